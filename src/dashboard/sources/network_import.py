"""Takes a walk network from an OpenStreetMap extract into the data folder, and tells what network is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import shapely
import yaml

from dashboard.sources.known_crossings import drawn_areas
from dashboard.sources.network_files import network_folder, read_network, write_network
from dashboard.sources.network_tables import NetworkFiles
from dashboard.sources.osm_network import import_network
from dashboard.sources.osm_places import write_places
from dashboard.sources.pbf_file import open_pbf
from dashboard.sources.progress import Progress
from dashboard.sources.provenance import note_file
from dashboard.sources.tidy import InputError

Say = Callable[[str], None]


def municipality_outline(data_folder: Path, municipality: str) -> shapely.Geometry:
    """Give the outline that the small areas of 2025 of a municipality form together, in SWEREF 99 TM.

    Raises
    ------
    InputError
        When the data folder has no boundaries for it.
    """
    areas = drawn_areas(data_folder, "deso", municipality)
    if areas.empty:
        raise InputError(
            f"There are no boundaries of municipality {municipality} in {data_folder / 'areas'}:"
            " run `dashboard bundle` with its files first."
        )
    return shapely.union_all(areas.geometry.to_numpy())


def take_in(
    path: Path, municipality: str, data_folder: Path, *, places: bool, say: Say, progress: Progress | None = None
) -> None:
    """Make the walk network of a municipality from an extract and swap it into the data folder.

    Parameters
    ----------
    path
        An extract in PBF format.
    municipality
        Four-digit code.
    data_folder
        The project's ``data``.
    places
        Whether the named places of the extract replace ``places/places.csv`` too.
    say
        Takes a line of text for the operator.
    progress
        Shows how far it has come; by default on stderr.

    Raises
    ------
    InputError
        When the extract cannot be used; nothing is changed then.
    """
    start = time.perf_counter()
    outline = municipality_outline(data_folder, municipality)
    file = open_pbf(path)
    say(f"{path.name}: {file.size / 1e6:.1f} MB, as of {file.timestamp or 'a day that it does not tell'}")
    found = import_network(file, outline, municipality, progress or Progress())
    if places and not found.places:
        raise InputError(f"{path.name} has no named places in municipality {municipality}: leave out --places.")
    write_network(network_folder(data_folder, municipality), found.network)
    for line in description(found.network):
        say(line)
    if places:
        write_places(found.places, data_folder / "places" / "places.csv")
        note_file(
            data_folder / "catalogue" / "sources" / "openstreetmap.yaml", path.name, file.sha256, len(found.places)
        )
        say(f"{len(found.places)} named places in the municipality, in the place of those before")
    say(f"Done in {time.perf_counter() - start:.1f} s; the dashboard builds its warehouse anew by itself.")


def describe(municipality: str, data_folder: Path) -> Iterator[str]:
    """Tell which walk network a municipality has, as lines of text.

    Raises
    ------
    InputError
        When its files cannot be read.
    """
    folder = network_folder(data_folder, municipality)
    if not folder.is_dir():
        yield (
            f"Municipality {municipality} has no walk network:"
            f" run `dashboard network import FILE.osm.pbf --municipality {municipality}`."
        )
        return
    network = read_network(folder)
    meta = network.meta
    factor = "" if meta.length_factor is None else f", straight lines × {meta.length_factor:g}"
    yield f"Municipality {municipality}: walk network of kind {meta.kind}, made {meta.made}{factor}"
    for one in meta.source_files:
        yield f"    from {one.name} (SHA-256 {one.sha256}{', as of ' + one.timestamp if one.timestamp else ''})"
    yield from description(network)


def description(network: NetworkFiles) -> Iterator[str]:
    """Tell what a network holds and what was left out of it, as lines of text."""
    counts, dropped = network.counts, network.meta.dropped
    yield (
        f"    kept: {counts['nodes']:g} nodes and {counts['edges']:g} edges ({counts['metres'] / 1000:.1f} km),"
        f" {counts['barriers']:g} barriers with {counts['crossings']:g} crossings"
    )
    if dropped.get("parts"):
        yield (
            f"    left out: {dropped['parts']:g} parts that are not joined to the rest ({dropped['nodes']:g} nodes,"
            f" {dropped['edges']:g} edges, {dropped['metres'] / 1000:.1f} km,"
            f" {dropped['share_of_metres_percent']:g} % of the length)"
        )
    for name, why in (
        ("nodes_not_in_file", "nodes of ways that are not in the file; the ways end there"),
        ("waters_without_name", "rivers and lakes without a name"),
        ("barriers_too_short", "barriers that are too short to be in the way"),
    ):
        if dropped.get(name):
            yield f"    left out: {dropped[name]:g} {why}"


def bundled_municipality(data_folder: Path) -> str:
    """Give the municipality that the data folder was made for.

    Raises
    ------
    InputError
        When the data folder does not tell.
    """
    try:
        return str(yaml.safe_load((data_folder / "bundle.yaml").read_text("utf-8"))["municipality"])
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise InputError(f"{data_folder / 'bundle.yaml'} does not name a municipality: give --municipality.") from error
