"""Made-up OpenStreetMap extracts: nodes in metres around a point in Trollhättan's region, ways along them."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import osmium
import shapely
from osmium.osm import mutable
from pyproj import Transformer

from dashboard.sources.osm_network import Imported, import_network
from dashboard.sources.pbf_file import open_pbf
from dashboard.sources.progress import Progress

#: The point that metres are counted from, in SWEREF 99 TM.
EAST, NORTH = 341_000.0, 6_463_000.0
CODE = "1488"
TIMESTAMP = "2026-01-30T20:21:22Z"
_TO_DEGREES = Transformer.from_crs(3006, 4326, always_xy=True)


@dataclass
class MadeUpExtract:
    """An extract to be written; numbers of ways are given in turn from 1."""

    nodes: dict[int, tuple[float, float]] = field(default_factory=dict)
    node_tags: dict[int, dict[str, str]] = field(default_factory=dict)
    ways: list[tuple[Sequence[int], dict[str, str]]] = field(default_factory=list)
    relations: list[tuple[Sequence[int], dict[str, str]]] = field(default_factory=list)

    def way(self, *nodes: int, **tags: str) -> MadeUpExtract:
        """Add a way along nodes; `_` in the name of a tag stands for a colon."""
        self.ways.append((nodes, {name.replace("_", ":"): value for name, value in tags.items()}))
        return self

    def path(self, *nodes: int, **tags: str) -> MadeUpExtract:
        """Add a footway along nodes."""
        return self.way(*nodes, highway="footway", **tags)

    def write(self, path: Path, *, swapped: bool = False, without: Sequence[int] = ()) -> Path:
        """Write the file, with latitude and longitude swapped or without some nodes if that is asked for."""
        header = osmium.io.Header()
        header.set("osmosis_replication_timestamp", TIMESTAMP)
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for number, (x, y) in sorted(self.nodes.items()):
                if number not in without:
                    place = _TO_DEGREES.transform(EAST + x, NORTH + y)
                    place = place[::-1] if swapped else place
                    writer.add_node(mutable.Node(id=number, location=place, tags=self.node_tags.get(number, {})))
            for number, (nodes, tags) in enumerate(self.ways, 1):
                writer.add_way(mutable.Way(id=number, nodes=list(nodes), tags=tags))
            for number, (members, tags) in enumerate(self.relations, 1):
                writer.add_relation(
                    mutable.Relation(id=number, members=[("w", one, "outer") for one in members], tags=tags)
                )
        return path

    def imported(self, folder: Path, half: float = 3000.0, **how: object) -> Imported:
        """Write the file and import it for a square municipality of twice ``half`` metres."""
        return import_file(self.write(folder / "made-up.osm.pbf", **how), square(half))  # type: ignore[arg-type]


def square(half: float) -> shapely.Geometry:
    """Give a square around the point that metres are counted from."""
    return shapely.box(EAST - half, NORTH - half, EAST + half, NORTH + half)


def import_file(path: Path, outline: shapely.Geometry) -> Imported:
    """Import a file without a word."""
    with contextlib.closing(io.StringIO()) as nowhere:
        return import_network(open_pbf(path), outline, CODE, Progress(nowhere))
