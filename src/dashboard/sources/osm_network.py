"""Makes a municipality's walk network from an OpenStreetMap extract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.sources.network_checks import check_network
from dashboard.sources.network_tables import NetworkFiles, NetworkMeta, SourceFile, line_text
from dashboard.sources.osm_crossings import barriers_and_crossings
from dashboard.sources.osm_graph import WalkGraph, to_degrees, walk_graph
from dashboard.sources.osm_places import NamedPlace, places_within
from dashboard.sources.osm_reader import Box, OsmExtract, read_extract
from dashboard.sources.pbf_file import PbfFile
from dashboard.sources.progress import Progress
from dashboard.sources.tidy import InputError
from dashboard.sources.walkable_ways import structure

#: The largest radius that anything is worked out for, metres: the network goes on that far beyond the municipality.
LARGEST_RADIUS = 5000.0


@dataclass(frozen=True, eq=False)
class Imported:
    """What came of an extract: the network, and the named places within the municipality."""

    network: NetworkFiles
    places: tuple[NamedPlace, ...]


def import_network(
    file: PbfFile, outline: shapely.Geometry, municipality: str, progress: Progress, buffer: float = LARGEST_RADIUS
) -> Imported:
    """Make the walk network of a municipality from an extract.

    Parameters
    ----------
    file
        The extract, looked through by `dashboard.sources.pbf_file.open_pbf`.
    outline
        The municipality, in SWEREF 99 TM.
    municipality
        Four-digit code.
    progress
        Is told how far it has come.
    buffer
        Metres beyond the outline that are taken along.

    Raises
    ------
    InputError
        When the file is damaged, has no ways to walk on, or none of them lies in the municipality.
    """
    extract = read_extract(file, box_around(outline, buffer), progress)
    source = SourceFile(file.path.name, file.sha256, file.timestamp)
    return network_of(extract, source, outline, municipality, progress, buffer=buffer)


def network_of(
    extract: OsmExtract,
    source: SourceFile,
    outline: shapely.Geometry,
    municipality: str,
    progress: Progress,
    *,
    buffer: float = LARGEST_RADIUS,
) -> Imported:
    """Make the walk network of a municipality from ways and places, wherever they were read from.

    Parameters
    ----------
    extract
        Ways and places within `box_around` the outline.
    source
        What they were read from.
    outline, municipality, progress, buffer
        As of `import_network`.

    Raises
    ------
    InputError
        When there are no ways to walk on, or none of them lies in the municipality.
    """
    region = shapely.buffer(outline, buffer)
    shapely.prepare(region)
    _refuse_other_places(extract, source.name, municipality)
    progress.begin("Joining ways")
    whole = walk_graph(extract.walkable, region)
    inside = shapely.contains_xy(outline, whole.x, whole.y)
    if not inside.any():
        raise _does_not_touch(source.name, municipality)
    graph, dropped = _largest_part(whole, inside)
    progress.end()
    progress.begin("Finding crossings")
    barriers, crossings, passed_over = barriers_and_crossings(extract.barriers, region, graph, extract.walkable)
    progress.end()
    dropped |= {"nodes_not_in_file": float(extract.nodes_missing), **passed_over}
    meta = NetworkMeta(
        municipality,
        "openstreetmap",
        dt.datetime.now(dt.UTC).date().isoformat(),
        source_files=(source,),
        dropped=dropped,
    )
    ways = [extract.walkable[way] for way in graph.way]
    network = NetworkFiles(
        meta=meta,
        x=graph.x,
        y=graph.y,
        a=graph.a,
        b=graph.b,
        length=graph.length,
        kind=_texts([way.tags["highway"] for way in ways]),
        name=_texts([" ".join(way.tags.get("name", "").split()) for way in ways]),
        structure=_texts([structure(way.tags) for way in ways]),
        line=_texts([line_text(points[1:-1]) for points in graph.course]),
        barriers=barriers,
        crossings=crossings,
    )
    check_network(network)
    return Imported(network, tuple(places_within(extract.places, to_degrees(outline))))


def box_around(outline: shapely.Geometry, buffer: float = LARGEST_RADIUS) -> Box:
    """Give the degrees between which everything lies that a network of an outline is made of."""
    return Box(*shapely.bounds(to_degrees(shapely.buffer(outline, buffer))).tolist())


def _texts(cells: Sequence[str]) -> NDArray[np.object_]:
    return np.array(cells, object)


def _refuse_other_places(extract: OsmExtract, name: str, municipality: str) -> None:
    if not extract.ways:
        raise InputError(f"{name} has no ways that people can walk on: give an extract with highways in it.")
    if not extract.walkable and extract.swapped:
        raise InputError(
            f"In {name} latitude and longitude seem to be swapped: with the two exchanged its ways lie in municipality"
            f" {municipality}; make the extract again with longitude as x and latitude as y."
        )
    if not extract.walkable:
        raise _does_not_touch(name, municipality)


def _does_not_touch(name: str, municipality: str) -> InputError:
    return InputError(f"{name} does not touch the municipality {municipality}: give an extract of the region it is in.")


def _largest_part(whole: WalkGraph, inside: NDArray[np.bool_]) -> tuple[WalkGraph, dict[str, float]]:
    """Keep the connected part with most nodes in the municipality, and count what is left out."""
    part = whole.parts()
    kept = part == np.bincount(part, weights=inside).argmax()
    graph = whole.of_nodes(kept)
    metres, all_metres = float(graph.length.sum()), float(whole.length.sum())
    return graph, {
        "parts": float(part.max()),
        "nodes": float(whole.x.size - graph.x.size),
        "edges": float(whole.a.size - graph.a.size),
        "metres": round(all_metres - metres),
        "share_of_metres_percent": round(100 * (1 - metres / all_metres), 2),
    }
