"""Makes a graph of walkable ways: split where ways meet, everything between two such nodes one edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer

from dashboard.sources.network_tables import Floats, Ints
from dashboard.sources.osm_reader import OsmWay
from dashboard.sources.scb_areas import SWEREF_99_TM, WGS_84
from dashboard.sources.walkable_ways import structure

_GEOD = Geod(ellps="WGS84")
_TO_METRES = Transformer.from_crs(WGS_84, SWEREF_99_TM, always_xy=True)


@dataclass(frozen=True, eq=False)
class WalkGraph:
    """Nodes and edges with their course.

    Parameters
    ----------
    osm_node, x, y
        Number in OpenStreetMap, ascending, and metres in SWEREF 99 TM of each node, shape (n,).
    a, b
        The ends of each edge as positions among the nodes, shape (m,).
    length
        Geodesic length of each edge along all its points, metres, shape (m,).
    way
        The way that each edge is a part of, as its position among those that were given, shape (m,).
    course
        The points of each edge from ``a`` to ``b``, metres, each of shape (k, 2).
    """

    osm_node: Ints
    x: Floats
    y: Floats
    a: Ints
    b: Ints
    length: Floats
    way: Ints
    course: tuple[Floats, ...]

    def parts(self) -> Ints:
        """Number the connected part that each node lies in, shape (n,)."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        links = csr_array((np.ones(self.a.size), (self.a, self.b)), shape=(self.x.size, self.x.size))
        return np.asarray(connected_components(links, directed=False)[1], np.int64)

    def of_nodes(self, kept: NDArray[np.bool_]) -> WalkGraph:
        """Keep some nodes and the edges between them."""
        position = np.cumsum(kept) - 1
        edges = np.flatnonzero(kept[self.a] & kept[self.b])
        return WalkGraph(
            self.osm_node[kept],
            self.x[kept],
            self.y[kept],
            position[self.a[edges]],
            position[self.b[edges]],
            self.length[edges],
            self.way[edges],
            tuple(self.course[edge] for edge in edges),
        )


@dataclass(frozen=True, eq=False)
class _Segments:
    """The straight pieces between neighbouring points of ways; ``u`` and ``v`` are positions among the points."""

    osm_node: Ints
    lon: Floats
    lat: Floats
    u: Ints
    v: Ints
    way: Ints


def project(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Give metres in SWEREF 99 TM of degrees in WGS 84."""
    x, y = _TO_METRES.transform(lon, lat)
    return np.asarray(x, np.float64), np.asarray(y, np.float64)


def walk_graph(ways: Sequence[OsmWay], region: shapely.Geometry) -> WalkGraph:
    """Make the graph of walkable ways within a region.

    Parameters
    ----------
    ways
        Walkable ways; they meet where they share a node, and nowhere else.
    region
        What is kept, in SWEREF 99 TM; a way is cut after its last point within it.

    Returns
    -------
    The graph. A node stands where ways meet or end, and where kind, name or structure of a way change.
    """
    segments = _segments(ways, region)
    u, v = segments.u, segments.v
    alike = _alike(ways)[segments.way] if segments.way.size else segments.way
    points = segments.osm_node.size
    ends, of_end = np.concatenate([u, v]), np.concatenate([alike, alike])
    least, most = np.full(points, np.iinfo(np.int64).max), np.full(points, -1)
    np.minimum.at(least, ends, of_end)
    np.maximum.at(most, ends, of_end)
    stands = (np.bincount(ends, minlength=points) != 2) | (least != most)
    chains = _chains(u, v, stands)
    return _graph(segments, chains)


def _alike(ways: Sequence[OsmWay]) -> Ints:
    """Number the ways so that those which may become one edge have the same number."""
    known: dict[tuple[str, ...], int] = {}
    keys = ((w.tags["highway"], w.tags.get("name", ""), structure(w.tags), w.tags.get("bridge:name", "")) for w in ways)
    return np.array([known.setdefault(key, len(known)) for key in keys], np.int64)


def _segments(ways: Sequence[OsmWay], region: shapely.Geometry) -> _Segments:
    sizes = np.array([way.nodes.size for way in ways], np.int64)
    nodes = np.concatenate([np.empty(0, np.int64), *(way.nodes for way in ways)])
    lon, lat = (np.concatenate([np.empty(0), *(getattr(way, axis) for way in ways)]) for axis in ("lon", "lat"))
    way = np.repeat(np.arange(sizes.size), sizes)
    known = np.isfinite(lon)
    inside = np.zeros(nodes.size, bool)
    inside[known] = shapely.contains_xy(region, *project(lon[known], lat[known]))
    first = np.flatnonzero(inside[:-1] & inside[1:] & (way[:-1] == way[1:]) & (nodes[:-1] != nodes[1:]))
    ends = np.concatenate([first, first + 1])
    osm_node, where, position = np.unique(nodes[ends], return_index=True, return_inverse=True)
    u, v = position[: first.size], position[first.size :]
    # A piece that two ways share, such as a path along the edge of a square, is there once.
    pairs = np.stack([np.minimum(u, v), np.maximum(u, v)], 1)
    once = np.sort(np.unique(pairs, axis=0, return_index=True)[1])
    return _Segments(osm_node, lon[ends][where], lat[ends][where], u[once], v[once], way[first][once])


def _chains(u: Ints, v: Ints, stands: NDArray[np.bool_]) -> list[tuple[list[int], list[int]]]:
    """Follow the pieces from each node that stands to the next one; give points and pieces of each such chain."""
    at: list[list[int]] = [[] for _ in range(stands.size)]
    for piece, (one, other) in enumerate(zip(u.tolist(), v.tolist(), strict=True)):
        at[one].append(piece)
        at[other].append(piece)
    sums = (u + v).tolist()
    stop = stands.tolist()
    seen = [False] * u.size
    found: list[tuple[list[int], list[int]]] = []
    # Rings that nothing else touches have no node that stands: their first point becomes one.
    for start in [*np.flatnonzero(stands).tolist(), *np.flatnonzero(~stands).tolist()]:
        for begin in at[start]:
            if seen[begin]:
                continue
            points, pieces, piece = [start], [], begin
            while True:
                seen[piece] = True
                pieces.append(piece)
                points.append(sums[piece] - points[-1])
                here = points[-1]
                if stop[here] or here == start:
                    break
                piece = at[here][0] if at[here][0] != piece else at[here][1]
            found.append((points, pieces))
    return found


def _graph(segments: _Segments, chains: list[tuple[list[int], list[int]]]) -> WalkGraph:
    x, y = project(segments.lon, segments.lat)
    u, v = segments.u, segments.v
    *_, metres = _GEOD.inv(segments.lon[u], segments.lat[u], segments.lon[v], segments.lat[v])
    length = np.array([float(metres[pieces].sum()) for _, pieces in chains])
    ends = np.array([(points[0], points[-1]) for points, _ in chains], np.int64).reshape(-1, 2)
    used, position = np.unique(ends, return_inverse=True)
    position = position.reshape(-1, 2)
    planar = np.stack([x, y], 1)
    return WalkGraph(
        segments.osm_node[used],
        x[used],
        y[used],
        position[:, 0],
        position[:, 1],
        length,
        np.array([segments.way[pieces[0]] for _, pieces in chains], np.int64),
        tuple(planar[points] for points, _ in chains),
    )


def to_degrees(shape: shapely.Geometry) -> shapely.Geometry:
    """Give a shape in WGS 84 that is in SWEREF 99 TM, coordinates as longitude and latitude."""
    back = Transformer.from_crs(SWEREF_99_TM, WGS_84, always_xy=True)
    return shapely.transform(shape, back.transform, interleaved=False)
