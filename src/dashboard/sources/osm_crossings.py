"""The barriers within a region, and where the walk network crosses them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from statistics import fmean

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.sources.barrier_tags import RUNNING_WATERS, barrier_kind, barrier_names, slug
from dashboard.sources.network_tables import Barrier, Crossing
from dashboard.sources.osm_graph import WalkGraph, project
from dashboard.sources.osm_reader import OsmWay
from dashboard.sources.walkable_ways import structure

#: Metres of shore from which a lake is worth walking round, and of anything else from which it is in the way.
SHORTEST_SHORE, SHORTEST_LINE = 1000.0, 200.0
#: Crossings of the same kind that lie this close together are one: the two pavements of a bridge, several tracks.
SAME_CROSSING = 40.0
#: Metres before and after a crossing that must lie on different sides.
LOOK = 3.0
TOUCH = 0.01


@dataclass(eq=False)
class _Parts:
    """The parts of one barrier: their lines in metres and their tags."""

    kind: str
    name: str
    lines: list[shapely.LineString] = field(default_factory=list)
    ways: list[OsmWay] = field(default_factory=list)
    shore: bool = False


@dataclass(frozen=True)
class _Spot:
    """One place where edges cross a barrier."""

    kind: str
    x: float
    y: float
    edges: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Edges:
    """The edges of the walk network as lines, with the tags of their ways."""

    courses: NDArray[np.object_]
    tree: shapely.STRtree
    tags: list[Mapping[str, str]]

    def kind(self, edges: Sequence[int], point: shapely.Point, bridges: shapely.Geometry, *, shared: bool) -> str:
        """Tell how edges get past a barrier at a point; ``shared`` when the barrier has a node there too."""
        structures = {structure(self.tags[edge]) for edge in edges}
        if "bridge" in structures:
            return "bridge"
        if "tunnel" in structures or shapely.dwithin(bridges, point, TOUCH):
            return "underpass"
        return "level" if shared else "unknown"


def barriers_and_crossings(
    ways: Sequence[OsmWay], region: shapely.Geometry, graph: WalkGraph, walkable: Sequence[OsmWay]
) -> tuple[tuple[Barrier, ...], tuple[Crossing, ...], dict[str, float]]:
    """Group the parts of barriers by their names and find where the walk network crosses them.

    Parameters
    ----------
    ways
        The parts of all barriers.
    region
        What is kept of them, in SWEREF 99 TM.
    graph
        The walk network; ``crossings.edges`` are its edges.
    walkable
        The ways that the edges are parts of.

    Returns
    -------
    Barriers, crossings, and how many barriers were left out, by reason.
    """
    dropped: Counter[str] = Counter()
    courses = np.array([shapely.linestrings(points) for points in graph.course], object)
    edges = _Edges(courses, shapely.STRtree(courses), [walkable[way].tags for way in graph.way])
    barriers: list[Barrier] = []
    crossings: list[Crossing] = []
    for key, parts in sorted(_group(ways, dropped).items()):
        line = shapely.intersection(shapely.line_merge(shapely.multilinestrings(parts.lines)), region)
        if shapely.length(line) < (SHORTEST_SHORE if parts.shore else SHORTEST_LINE):
            dropped["barriers_too_short"] += 1
            continue
        barriers.append(Barrier(key, parts.kind, parts.name, _wkt(line)))
        spots = _merged(list(_spots(parts, graph, edges)))
        crossings += [_crossing(n, key, parts, spot, edges.tags) for n, spot in enumerate(spots, 1)]
    return tuple(barriers), tuple(crossings), {name: float(count) for name, count in dropped.items()}


def _wkt(line: shapely.Geometry) -> str:
    """Write the lines of a geometry as WKT, decimetres."""
    lines = [part for part in shapely.get_parts(line) if part.geom_type == "LineString"]
    whole = lines[0] if len(lines) == 1 else shapely.multilinestrings(lines)
    return str(shapely.to_wkt(whole, rounding_precision=1))


def _group(ways: Sequence[OsmWay], dropped: Counter[str]) -> dict[str, _Parts]:
    """Give the barriers by their slug: parts of the same kind and name are one."""
    named = _names(ways)
    rivers = {name for way in ways if way.tags.get("waterway") in RUNNING_WATERS for name in barrier_names(way.tags)}
    grouped: dict[tuple[str, str], _Parts] = {}
    for way, names in zip(ways, named, strict=True):
        kind = barrier_kind(way.tags) or ""
        shore = way.tags.get("natural") == "water"
        coast = way.tags.get("natural") == "coastline"
        if kind == "water" and not coast and not names:
            dropped["waters_without_name"] += 1
            continue
        for name in names or ("",):
            if shore and name in rivers:
                continue
            parts = grouped.setdefault((kind, name), _Parts(kind, name, shore=shore))
            parts.lines += _lines(way)
            parts.ways.append(way)
    found: dict[str, _Parts] = {}
    for (kind, name), parts in sorted(grouped.items(), key=lambda item: item[0]):
        key = slug(name) or ("coast" if kind == "water" else kind)
        found[key if key not in found else f"{key}-{kind}"] = parts
    return found


def _names(ways: Sequence[OsmWay]) -> list[tuple[str, ...]]:
    """Give the names of each part; a slip road without one is called like the road that it leads to."""
    names = [barrier_names(way.tags) for way in ways]
    links = [n for n, way in enumerate(ways) if way.tags.get("highway", "").endswith("_link")]
    while True:
        at: dict[int, tuple[str, ...]] = {}
        for way, own in zip(ways, names, strict=True):
            if own and barrier_kind(way.tags) == "road":
                at |= dict.fromkeys(way.nodes.tolist(), own)
        news = {n: at[node] for n in links if not names[n] for node in ways[n].nodes.tolist() if node in at}
        if not news:
            return names
        for n, own in news.items():
            names[n] = own


def _lines(way: OsmWay) -> list[shapely.LineString]:
    """Give the course of a way in metres, in pieces where nodes are missing."""
    known = np.isfinite(way.lon)
    planar = np.stack(project(way.lon[known], way.lat[known]), 1)
    breaks = np.flatnonzero(np.diff(np.flatnonzero(known)) > 1) + 1
    return [shapely.LineString(piece) for piece in np.split(planar, breaks) if len(piece) > 1]


def _spots(parts: _Parts, graph: WalkGraph, edges: _Edges) -> Iterator[_Spot]:
    """Give the spots where edges lead from one side of a barrier to the other."""
    whole = shapely.multilinestrings(parts.lines)
    on_bridges = [line for way in parts.ways if structure(way.tags) == "bridge" for line in _lines(way)]
    bridges = shapely.multilinestrings(on_bridges) if on_bridges else shapely.Point()
    vertices = {point for line in parts.lines for point in _rounded(line)}
    touching: dict[int, set[int]] = defaultdict(set)
    for edge in sorted(edges.tree.query(whole, predicate="intersects").tolist()):
        course = edges.courses[edge]
        for point in _points(shapely.intersection(course, whole)):
            at, end = course.project(point), course.length
            if at < TOUCH or at > end - TOUCH:
                touching[int(graph.a[edge] if at < TOUCH else graph.b[edge])].add(edge)
                continue
            before, after = course.interpolate(max(0.0, at - LOOK)), course.interpolate(min(end, at + LOOK))
            if shapely.LineString([before, after]).intersects(whole):
                shared = bool(_rounded(point) & vertices & _rounded(course))
                yield _Spot(edges.kind([edge], point, bridges, shared=shared), point.x, point.y, (edge,))
    for node, ends in sorted(touching.items()):
        point = shapely.Point(graph.x[node], graph.y[node])
        if across := _across(point, {edge: edges.courses[edge] for edge in sorted(ends)}, whole):
            kind = edges.kind(across, point, bridges, shared=True)
            # Where a bridge begins right at the barrier, the bridge is the crossing, not the street that leads to it.
            raised = [edge for edge in across if structure(edges.tags[edge])]
            yield _Spot(kind, point.x, point.y, tuple(raised or across))


def _points(shape: shapely.Geometry) -> list[shapely.Point]:
    """Give the single points of an intersection; where an edge is itself a part of the barrier there are lines."""
    return [part for part in shapely.get_parts(shape, return_index=False) if part.geom_type == "Point"]


def _rounded(shape: shapely.Geometry) -> set[tuple[float, float]]:
    return {(float(x), float(y)) for x, y in np.round(shapely.get_coordinates(shape), 2)}


def _across(node: shapely.Point, courses: dict[int, shapely.LineString], whole: shapely.Geometry) -> list[int]:
    """Give those edges at a node on a barrier that lead on to another one on its other side."""
    near = {
        edge: course.interpolate(min(LOOK, course.length) * (1 if course.project(node) < TOUCH else -1))
        for edge, course in courses.items()
    }
    pairs = [pair for pair in combinations(near, 2) if shapely.LineString([near[e] for e in pair]).intersects(whole)]
    return sorted({edge for pair in pairs for edge in pair})


def _merged(spots: Sequence[_Spot]) -> list[_Spot]:
    """Make one of the spots that belong to the same crossing, from west to east."""
    groups: list[list[_Spot]] = []
    for spot in spots:
        same = [group for group in groups if any(_belong(spot, other) for other in group)]
        groups = [group for group in groups if group not in same]
        groups.append([spot, *(other for group in same for other in group)])
    found = [
        _Spot(
            group[0].kind,
            fmean(spot.x for spot in group),
            fmean(spot.y for spot in group),
            tuple(sorted({edge for spot in group for edge in spot.edges})),
        )
        for group in groups
    ]
    return sorted(found, key=lambda spot: (spot.x, spot.y))


def _belong(one: _Spot, other: _Spot) -> bool:
    """Tell whether two spots of a barrier are one crossing: close together, or the two shores of one bridge."""
    if one.kind != other.kind:
        return False
    shared = one.kind in ("bridge", "underpass") and not set(one.edges).isdisjoint(other.edges)
    return shared or math.dist((one.x, one.y), (other.x, other.y)) <= SAME_CROSSING


def _crossing(number: int, barrier: str, parts: _Parts, spot: _Spot, tags: Sequence[Mapping[str, str]]) -> Crossing:
    """Make a row of the table; a way that meets water on neither a bridge nor in a tunnel is taken to be passable."""
    sure = spot.kind in ("bridge", "underpass") or (spot.kind == "level" and parts.kind != "water")
    names = [tags[edge].get("bridge:name", "") for edge in spot.edges]
    names = [name for name in names if name] or [tags[edge].get("name", "") for edge in spot.edges]
    name = Counter(name for name in names if name).most_common(1)
    return Crossing(
        f"{barrier}-{number}",
        barrier,
        spot.kind,
        name[0][0] if name else "",
        spot.x,
        spot.y,
        "yes" if sure else "assumed_yes",
        spot.edges,
    )
