"""Reads from an OpenStreetMap extract what a walk network, its barriers and its places are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import osmium
from numpy.typing import NDArray

from dashboard.sources.barrier_tags import is_barrier, is_still_water
from dashboard.sources.osm_places import PLACE_KEYS, NamedPlace, place_category
from dashboard.sources.pbf_file import PbfFile
from dashboard.sources.progress import Progress
from dashboard.sources.walkable_ways import is_walkable

#: Only objects with one of these keys are looked at.
KEYS = tuple(sorted({"highway", "railway", "waterway", "natural", *PLACE_KEYS}))
DEGREES = 1e-7
#: What the file's reader writes for a node that is not in the file.
NOWHERE = 2**31 - 1


@dataclass(frozen=True, eq=False)
class OsmWay:
    """A way as it is in the file.

    Parameters
    ----------
    tags
        Its tags.
    nodes
        Numbers of its nodes, shape (k,).
    lon, lat
        Degrees, shape (k,); not a number where the node is not in the file.
    """

    tags: Mapping[str, str]
    nodes: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]


@dataclass(frozen=True)
class Box:
    """Degrees between which something is of interest."""

    west: float
    south: float
    east: float
    north: float

    def touches(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> bool:
        """Tell whether the smallest box around some points touches this one."""
        if np.isnan(lon).all():
            return False
        return bool(
            np.nanmin(lon) <= self.east
            and np.nanmax(lon) >= self.west
            and np.nanmin(lat) <= self.north
            and np.nanmax(lat) >= self.south
        )


@dataclass
class OsmExtract:
    """What was found in an extract.

    Parameters
    ----------
    walkable, barriers
        Ways that touch the box: those that people can walk on, and those that stand in their way.
    places
        Named places within the box.
    ways
        How many ways of each kind there are in the file, wherever they lie.
    swapped
        How many walkable ways would touch the box if latitude and longitude changed places.
    nodes_missing
        How many nodes of the walkable ways that touch the box are not in the file.
    """

    walkable: list[OsmWay] = field(default_factory=list)
    barriers: list[OsmWay] = field(default_factory=list)
    places: list[NamedPlace] = field(default_factory=list)
    ways: int = 0
    swapped: int = 0
    nodes_missing: int = 0


def read_extract(file: PbfFile, box: Box, progress: Progress) -> OsmExtract:
    """Read ways and places within a box from an extract.

    Raises
    ------
    InputError
        When the file is damaged.
    """
    relations, members = _read_relations(file, progress)
    extract = OsmExtract()
    outlines: dict[int, list[OsmWay]] = defaultdict(list)

    def take_member(way: osmium.osm.Way) -> None:
        if way.id in members:
            read = _way(way, {})
            for number in members[way.id]:
                outlines[number].append(read)

    outsiders = _Members(take_member)
    positions = osmium.index.create_map("flex_mem")

    def prepare(reader: osmium.FileProcessor) -> osmium.FileProcessor:
        # One store for all parts of the file: pyosmium takes it, though its annotation names the kind of a store only.
        kept = reader.with_locations(positions)  # type: ignore[arg-type]
        kept = kept.with_filter(osmium.filter.KeyFilter(*KEYS))
        return kept.handler_for_filtered(outsiders)

    progress.begin(f"Reading {file.path.name}", file.size)
    for found in file.objects(prepare, osmium.osm.NODE | osmium.osm.WAY, progress.at):
        if isinstance(found, osmium.osm.Way):
            take_member(found)
            take_way(_way(found, _tags(found)), box, extract)
        elif isinstance(found, osmium.osm.Node):
            take_place(_tags(found), np.array([found.lon]), np.array([found.lat]), box, extract)
    progress.end()
    for number, ways in outlines.items():
        take_outline(relations[number], ways, box, extract)
    return extract


class _Members:
    """Is handed what has none of the keys; only ways can be parts of an outline."""

    def __init__(self, take: Callable[[osmium.osm.Way], None]) -> None:
        self.way = take


def _read_relations(file: PbfFile, progress: Progress) -> tuple[list[dict[str, str]], dict[int, list[int]]]:
    """Give tags of the relations of interest, and for the ways that bound them which ones they belong to."""
    progress.begin(f"Looking for lakes and places in {file.path.name}", file.size)
    relations: list[dict[str, str]] = []
    members: dict[int, list[int]] = defaultdict(list)
    wanted = osmium.filter.KeyFilter("natural", *PLACE_KEYS)
    for found in file.objects(lambda reader: reader.with_filter(wanted), osmium.osm.RELATION, progress.at):
        tags = _tags(found)
        if isinstance(found, osmium.osm.Relation) and (is_still_water(tags) or place_category(tags)):
            for member in found.members:
                if member.type == "w" and member.role in ("outer", ""):
                    members[member.ref].append(len(relations))
            relations.append(tags)
    progress.end()
    return relations, members


def _tags(found: osmium.osm.OSMObject[Any]) -> dict[str, str]:
    return {tag.k: tag.v for tag in found.tags}


def _way(way: osmium.osm.Way, tags: Mapping[str, str]) -> OsmWay:
    points = np.array([(node.ref, node.x, node.y) for node in way.nodes], np.int64).reshape(-1, 3)
    lon, lat = (np.where(points[:, axis] == NOWHERE, np.nan, points[:, axis] * DEGREES) for axis in (1, 2))
    return OsmWay(tags, points[:, 0], lon, lat)


def take_way(way: OsmWay, box: Box, extract: OsmExtract) -> None:
    """Take a way that people can walk on, or that is a part of a barrier or a place, if it touches the box."""
    if is_walkable(way.tags):
        extract.ways += 1
        if box.touches(way.lon, way.lat):
            extract.walkable.append(way)
            extract.nodes_missing += int(np.isnan(way.lon).sum())
        elif box.touches(way.lat, way.lon):
            extract.swapped += 1
    if is_barrier(way.tags) and box.touches(way.lon, way.lat):
        extract.barriers.append(way)
    take_place(way.tags, way.lon, way.lat, box, extract)


def take_outline(tags: dict[str, str], ways: list[OsmWay], box: Box, extract: OsmExtract) -> None:
    """Take an area that several ways bound together: a lake, the grounds of a hospital."""
    if is_still_water(tags):
        extract.barriers.extend(
            OsmWay(tags, way.nodes, way.lon, way.lat) for way in ways if box.touches(way.lon, way.lat)
        )
    lon, lat = np.concatenate([way.lon for way in ways]), np.concatenate([way.lat for way in ways])
    take_place(tags, lon, lat, box, extract)


def take_place(
    tags: Mapping[str, str], lon: NDArray[np.float64], lat: NDArray[np.float64], box: Box, extract: OsmExtract
) -> None:
    """Take a named place; one that has an outline lies in the middle of it."""
    if (found := place_category(tags)) and box.touches(lon, lat):
        middle = [float(np.nanmin(axis) + np.nanmax(axis)) / 2 for axis in (lon, lat)]
        category, tag = found
        extract.places.append(NamedPlace(category, tags["name"], middle[1], middle[0], tag))
