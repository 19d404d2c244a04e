"""A schematic walk network, for a city whose real one has not been imported.

It is made from real anchors only: stops and other named places, one point in each small area, and bridges. Neighbouring
anchors are joined (Gabriel graph: two anchors are neighbours when no third one lies in the circle between them), and
nothing crosses a known barrier but at its crossings. The length of an edge is its straight line times a factor. It says
about how far things are from each other, not which way one walks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay

from dashboard.sources import network_tables
from dashboard.sources.known_crossings import Barrier, Crossing, drawn_areas, read_crossings
from dashboard.sources.network_files import write_network
from dashboard.sources.network_tables import Floats, Ints, NetworkFiles, NetworkMeta, SourceFile
from dashboard.sources.scb_areas import SWEREF_99_TM, WGS_84
from dashboard.sources.tidy import InputError, read_rows

#: Ways on foot are longer than straight lines. Walks in towns are 1.2–1.4 times as long as the straight line; the
#: detour over the joined anchors gives a part of that already, and with the factor it is about 1.3 in all.
LENGTH_FACTOR = 1.15
#: Anchors that lie this close together are one: metres.
SAME_SPOT = 25.0
#: Shores that a bridge is tied to, on each side.
SHORES = 2

_GEOD = Geod(ellps="GRS80")


@dataclass(frozen=True, eq=False)
class Schematic:
    """The network: anchors (x, y), edges (a, b, metres, ``bridge`` or nothing), and the edges of each crossing."""

    x: Floats
    y: Floats
    a: Ints
    b: Ints
    length: Floats
    structure: tuple[str, ...]
    barriers: tuple[Barrier, ...]
    crossings: tuple[Crossing, ...]
    crossing_edges: tuple[tuple[int, ...], ...]


def schematic_network(data_folder: Path, municipality: str) -> Schematic:
    """Make the schematic network of a municipality from the data folder.

    Parameters
    ----------
    data_folder
        The project's ``data``: areas, places, register.
    municipality
        Four-digit code.

    Raises
    ------
    InputError
        When the municipality has no boundaries of small areas or fewer than three anchors, or the register's crossings
        cannot be used.
    """
    small = drawn_areas(data_folder, "deso", municipality)
    if small.empty:
        raise InputError(f"There are no boundaries of small areas (DeSO) for municipality {municipality}.")
    barriers, crossings = read_crossings(data_folder, municipality)
    x, y, regso = _anchors(data_folder, small)
    if x.size < 3:
        raise InputError(f"There are only {x.size} anchors in municipality {municipality}; a network needs three.")
    side = np.array([_side(name, barriers) for name in regso])
    a, b = _gabriel(x, y)
    a, b = _without_barred(x, y, (a, b), side, barriers)
    a, b = _joined(x, y, (a, b), side, barriers)
    structure = [""] * a.size
    ends: list[tuple[int, ...]] = []
    for crossing in crossings:
        shores = _shores(x, y, side, crossing, barriers) if crossing.walkable.endswith("yes") else []
        if not shores:
            ends.append(())
            continue
        node = x.size
        x, y = np.append(x, crossing.x), np.append(y, crossing.y)
        ends.append(tuple(range(a.size, a.size + len(shores))))
        a, b = np.append(a, np.full(len(shores), node)), np.append(b, shores)
        side = np.append(side, -1)
        structure += ["bridge"] * len(shores)
    length = LENGTH_FACTOR * geodesic(x[a], y[a], x[b], y[b])
    return Schematic(x, y, a, b, length, tuple(structure), barriers, crossings, tuple(ends))


def geodesic(x: Floats, y: Floats, to_x: Floats, to_y: Floats) -> Floats:
    """Give the geodesic distances in metres between points in SWEREF 99 TM."""
    to_degrees = Transformer.from_crs(SWEREF_99_TM, WGS_84, always_xy=True)
    lon, lat = to_degrees.transform(x, y)
    to_lon, to_lat = to_degrees.transform(to_x, to_y)
    return np.asarray(_GEOD.inv(lon, lat, to_lon, to_lat)[2], np.float64)


def _anchors(data_folder: Path, small: gpd.GeoDataFrame) -> tuple[Floats, Floats, list[str]]:
    """Give the anchors, those on the same spot once, each with the neighbourhood that it lies in."""
    inside = small.geometry.representative_point()
    points = [(point.x, point.y) for point in inside]
    path = data_folder / "places" / "places.csv"
    if path.is_file():
        rows = [row for _, row in read_rows(path, ("lat", "lon"))]
        planar = gpd.points_from_xy(
            [float(row["lon"]) for row in rows], [float(row["lat"]) for row in rows], crs=WGS_84
        ).to_crs(SWEREF_99_TM)
        points += list(zip(planar.x, planar.y, strict=True))
    kept: list[tuple[float, float]] = []
    for point in points:
        if all(np.hypot(point[0] - other[0], point[1] - other[1]) > SAME_SPOT for other in kept):
            kept.append(point)
    anchors = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*zip(*kept, strict=True), crs=SWEREF_99_TM))
    joined = gpd.sjoin(anchors, small[["regso_code", "geometry"]], how="inner", predicate="within")
    joined = joined[~joined.index.duplicated()]
    regso = [str(code).partition("_")[0] for code in joined["regso_code"]]
    return joined.geometry.x.to_numpy(), joined.geometry.y.to_numpy(), regso


def _side(regso: str, barriers: Sequence[Barrier]) -> int:
    """Number the combination of sides that a neighbourhood lies on."""
    return sum(2**place for place, barrier in enumerate(barriers) if regso in barrier.side)


def _gabriel(x: Floats, y: Floats) -> tuple[Ints, Ints]:
    """Give the pairs of neighbours: no third point lies in the circle that has the two on its diameter."""
    corners = Delaunay(np.stack([x, y], 1)).simplices
    pairs = np.unique(np.sort(np.concatenate([corners[:, :2], corners[:, 1:], corners[:, ::2]]), axis=1), axis=0)
    a, b = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
    middle_x, middle_y = (x[a] + x[b]) / 2, (y[a] + y[b]) / 2
    radius = np.hypot(x[a] - x[b], y[a] - y[b]) / 2
    apart = np.hypot(x[None, :] - middle_x[:, None], y[None, :] - middle_y[:, None])
    apart[np.arange(a.size), a] = apart[np.arange(a.size), b] = np.inf
    free = apart.min(axis=1) >= radius
    return a[free], b[free]


def _without_barred(
    x: Floats, y: Floats, pairs: tuple[Ints, Ints], side: Ints, barriers: Sequence[Barrier]
) -> tuple[Ints, Ints]:
    """Leave out the pairs on different sides of a barrier, and those whose straight line crosses one."""
    a, b = pairs
    kept = (side[a] == side[b]) & ~_barred(x, y, pairs, barriers)
    return a[kept], b[kept]


def _barred(x: Floats, y: Floats, pairs: tuple[Ints, Ints], barriers: Sequence[Barrier]) -> NDArray[np.bool_]:
    """Tell which straight lines between two anchors cross a barrier."""
    a, b = pairs
    lines = shapely.linestrings(np.stack([np.stack([x[a], y[a]], 1), np.stack([x[b], y[b]], 1)], 1))
    crossed = np.zeros(a.size, bool)
    for barrier in barriers:
        if barrier.line is not None:
            crossed |= shapely.intersects(lines, barrier.line)
    return crossed


def _joined(
    x: Floats, y: Floats, pairs: tuple[Ints, Ints], side: Ints, barriers: Sequence[Barrier]
) -> tuple[Ints, Ints]:
    """Join parts of the same side that came apart, by their shortest links that cross no barrier."""
    a, b = pairs
    one, other = np.triu_indices(x.size, 1)
    open_ground = side[one] == side[other]
    one, other = one[open_ground], other[open_ground]
    while True:
        graph = csr_array((np.ones(a.size), (a, b)), shape=(x.size, x.size))
        _, part = connected_components(graph, directed=False)
        apart = part[one] != part[other]
        one, other = one[apart], other[apart]
        open_ground = ~_barred(x, y, (one, other), barriers)
        one, other = one[open_ground], other[open_ground]
        if not one.size:
            return a, b
        shortest = np.hypot(x[one] - x[other], y[one] - y[other]).argmin()
        a, b = np.append(a, one[shortest]), np.append(b, other[shortest])


def _shores(x: Floats, y: Floats, side: Ints, crossing: Crossing, barriers: Sequence[Barrier]) -> list[int]:
    """Give the anchors that a crossing is tied to: the nearest ones on each side of its own barrier.

    None when it is not known which anchors lie on which side.
    """
    place = next((place for place, one in enumerate(barriers) if one.id == crossing.barrier and one.side), None)
    if place is None:
        return []
    apart = np.where(side < 0, np.inf, np.hypot(x - crossing.x, y - crossing.y))
    here = side[apart.argmin()]
    found: list[int] = []
    # The two sides differ in this barrier alone, so that nobody gets across another one on the way.
    for name in sorted((here, here ^ 2**place)):
        members = np.flatnonzero(side == name)
        found += [int(node) for node in members[np.argsort(apart[members])[:SHORES]]]
    return found


def as_files(schematic: Schematic, municipality: str, made: str, sources: Sequence[SourceFile]) -> NetworkFiles:
    """Give a schematic network as the tables of a municipality's network folder.

    Parameters
    ----------
    schematic
        The network.
    municipality
        Four-digit code.
    made
        ISO date.
    sources
        The files that the anchors came from.
    """
    count = schematic.a.size
    texts = np.full(count, "", dtype=object)
    crossings = [
        network_tables.Crossing(
            f"{place}", one.barrier, one.kind, one.name, one.x, one.y, one.walkable, edges, one.note
        )
        for place, (one, edges) in enumerate(zip(schematic.crossings, schematic.crossing_edges, strict=True))
    ]
    barriers = [
        network_tables.Barrier(one.id, one.kind, one.name, "" if one.line is None else _wkt(one.line), one.note)
        for one in schematic.barriers
    ]
    return NetworkFiles(
        meta=NetworkMeta(municipality, "schematic", made, LENGTH_FACTOR, tuple(sources)),
        x=schematic.x,
        y=schematic.y,
        a=schematic.a,
        b=schematic.b,
        length=schematic.length,
        kind=np.full(count, "schematic", dtype=object),
        name=texts.copy(),
        structure=np.array(schematic.structure, dtype=object),
        line=texts.copy(),
        barriers=tuple(barriers),
        crossings=tuple(crossings),
    )


def _wkt(line: shapely.Geometry) -> str:
    return str(shapely.to_wkt(line, rounding_precision=1))


def make_schematic_network(data_folder: Path, municipality: str, made: str) -> NetworkFiles:
    """Make the schematic network of a municipality and put it into the data folder.

    Parameters
    ----------
    data_folder
        The project's ``data``.
    municipality
        Four-digit code.
    made
        ISO date that is noted as the day it was made.

    Returns
    -------
    What was written.

    Raises
    ------
    InputError
        When there is nothing to make it from; the network that was there stays.
    """
    inputs = ("areas/deso_2025.parquet", "areas/regso_2025.parquet", "places/places.csv", "register/crossings.yaml")
    there = [data_folder / name for name in inputs if (data_folder / name).is_file()]
    sources = [SourceFile(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in there]
    network = as_files(schematic_network(data_folder, municipality), municipality, made, sources)
    write_network(data_folder / "networks" / municipality, network)
    return network
