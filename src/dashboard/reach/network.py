"""The walk network: nodes, edges with a length, and points that are tied to the nearest edge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

#: Metres beyond which a point does not belong to the network.
FARTHEST = 250.0
#: `Ties.node` of a point that lies too far away.
NOT_TIED = -1
#: `WalkNetwork.origin` of an edge that was not read but added.
ADDED = -1


class NetworkError(Exception):
    """A network cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True, eq=False)
class WalkNetwork:
    """An undirected graph in the plane.

    Parameters
    ----------
    x, y
        Nodes, metres in SWEREF 99 TM, shape (n,).
    a, b
        The two ends of each edge as positions among the nodes, shape (m,).
    length
        How long each edge is to walk, metres, shape (m,); never shorter than nothing.
    open_to_points
        Whether a point beside an edge may be tied to it, shape (m,): not so on bridges and in tunnels.
    origin
        The edge of the network as it was read that each edge is, or is a part of, shape (m,); `ADDED` for added ones.
    lines
        The course of each edge from ``a`` to ``b`` as a shapely line; straight ones where it is left out.
    """

    x: Floats
    y: Floats
    a: Ints
    b: Ints
    length: Floats
    open_to_points: Flags
    origin: Ints
    lines: NDArray[np.object_] | None = None

    @classmethod
    def of(
        cls,
        x: ArrayLike,
        y: ArrayLike,
        a: ArrayLike,
        b: ArrayLike,
        length: ArrayLike,
        *,
        open_to_points: ArrayLike | None = None,
        lines: NDArray[np.object_] | None = None,
    ) -> WalkNetwork:
        """Make a network from any arrays, checked.

        Raises
        ------
        NetworkError
            When an edge has an end that is no node, or a length that is negative or no number.
        """
        xs, ys = np.asarray(x, np.float64), np.asarray(y, np.float64)
        ends_a, ends_b = np.asarray(a, np.int64), np.asarray(b, np.int64)
        lengths = np.asarray(length, np.float64)
        for ends in (ends_a, ends_b):
            if ends.size and (ends.min() < 0 or ends.max() >= xs.size):
                raise NetworkError("an edge has an end that is no node of the network")
        if not np.all(np.isfinite(lengths)) or (lengths.size and lengths.min() < 0):
            raise NetworkError("an edge has a length that is no number of metres")
        is_open = np.ones(ends_a.size, bool) if open_to_points is None else np.asarray(open_to_points, bool)
        return cls(xs, ys, ends_a, ends_b, lengths, is_open, np.arange(ends_a.size), lines)

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return int(self.x.size)

    @property
    def edges(self) -> int:
        """How many edges there are."""
        return int(self.a.size)

    @cached_property
    def matrix(self) -> csr_array:
        """Lengths as a sparse symmetric matrix (n, n), the shortest of parallel edges; edges of no length kept."""
        # Among parallel edges the shortest counts: sorted by length, the first of each pair of ends is kept.
        low, high = np.minimum(self.a, self.b), np.maximum(self.a, self.b)
        order = np.lexsort((self.length, high, low))
        low, high, length = low[order], high[order], self.length[order]
        first = np.ones(order.size, bool)
        first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        first &= low != high
        low, high, length = low[first], high[first], length[first]
        # scipy takes a stored 0 for no edge at all: the smallest number stands in for it.
        length = np.maximum(length, np.finfo(np.float64).tiny)
        # Searches take a third less time with small positions than with large ones.
        rows, columns = (np.concatenate(ends).astype(np.int32) for ends in ((low, high), (high, low)))
        return csr_array((np.concatenate([length, length]), (rows, columns)), shape=(self.nodes, self.nodes))

    @cached_property
    def courses(self) -> NDArray[np.object_]:
        """The course of each edge as a shapely line, straight where none was given."""
        if self.lines is not None:
            return self.lines
        ends = np.stack([np.stack([self.x[self.a], self.y[self.a]], 1), np.stack([self.x[self.b], self.y[self.b]], 1)])
        made: NDArray[np.object_] = shapely.linestrings(np.swapaxes(ends, 0, 1)) if self.edges else np.empty(0, object)
        return made

    @cached_property
    def open_edges(self) -> tuple[Ints, shapely.STRtree]:
        """The edges that points may be tied to, and a tree of their courses."""
        which = np.flatnonzero(self.open_to_points)
        return which, shapely.STRtree(self.courses[which])

    def without_edges(self, closed: Flags) -> WalkNetwork:
        """The same network without some of its edges (flags, shape (m,)); all nodes stay."""
        kept = ~closed
        lines = None if self.lines is None else self.lines[kept]
        return WalkNetwork(
            self.x,
            self.y,
            self.a[kept],
            self.b[kept],
            self.length[kept],
            self.open_to_points[kept],
            self.origin[kept],
            lines,
        )

    def with_node(self, x: float, y: float) -> WalkNetwork:
        """The same network with one node more, its last, that no edge leads to yet."""
        return replace(self, x=np.append(self.x, x), y=np.append(self.y, y))

    def with_edges(self, a: ArrayLike, b: ArrayLike, length: ArrayLike) -> WalkNetwork:
        """The same network with straight edges added between some of its nodes; no point is tied to them."""
        more = WalkNetwork.of(self.x, self.y, a, b, length)
        lines = None if self.lines is None else np.concatenate([self.lines, more.courses])
        return WalkNetwork(
            self.x,
            self.y,
            np.concatenate([self.a, more.a]),
            np.concatenate([self.b, more.b]),
            np.concatenate([self.length, more.length]),
            np.concatenate([self.open_to_points, np.zeros(more.edges, bool)]),
            np.concatenate([self.origin, np.full(more.edges, ADDED)]),
            lines,
        )


@dataclass(frozen=True, eq=False)
class Ties:
    """Points that were tied to a network.

    Parameters
    ----------
    network
        The network with a node where each point meets it. The nodes that were there keep their positions.
    node
        The node of each point, shape (k,); `NOT_TIED` for a point that lies too far away.
    access
        Metres in a straight line from each point to its node, shape (k,); known for those too far away as well.
    """

    network: WalkNetwork
    node: Ints
    access: Floats

    @property
    def tied(self) -> Flags:
        """Whether each point belongs to the network, shape (k,)."""
        found: Flags = self.node != NOT_TIED
        return found


def tie(network: WalkNetwork, x: ArrayLike, y: ArrayLike, farthest: float = FARTHEST) -> Ties:
    """Tie points to the nearest spot on the nearest edge, and cut the edge there.

    Parameters
    ----------
    network
        The network.
    x, y
        The points, metres in SWEREF 99 TM, shape (k,).
    farthest
        Metres beyond which a point is not tied.

    Returns
    -------
    The ties, points in the order given.

    Raises
    ------
    NetworkError
        When a point has coordinates that are no numbers.
    """
    xs, ys = np.atleast_1d(np.asarray(x, np.float64)), np.atleast_1d(np.asarray(y, np.float64))
    if not (np.isfinite(xs).all() and np.isfinite(ys).all()):
        raise NetworkError("a point has coordinates that are no numbers")
    node, access = np.full(xs.size, NOT_TIED), np.full(xs.size, np.inf)
    which, tree = network.open_edges
    if not which.size or not xs.size:
        return Ties(network, node, access)
    points = shapely.points(xs, ys)
    nearest = which[tree.nearest(points)]
    courses = network.courses[nearest]
    access = shapely.distance(points, courses)
    share = shapely.line_locate_point(courses, points, normalized=True)
    near = access <= farthest
    node[near & (share <= 0)] = network.a[nearest][near & (share <= 0)]
    node[near & (share >= 1)] = network.b[nearest][near & (share >= 1)]
    inside = np.flatnonzero(near & (share > 0) & (share < 1))
    if not inside.size:
        return Ties(network, node, access)
    cut, at = _cut(network, nearest[inside], share[inside])
    node[inside] = at
    return Ties(cut, node, access)


def _cut(network: WalkNetwork, edges: Ints, shares: Floats) -> tuple[WalkNetwork, Ints]:
    """Cut edges at shares of their course (0–1); give the new network and the node of each cut."""
    order = np.lexsort((shares, edges))
    edges, shares = edges[order], shares[order]
    new = np.ones(order.size, bool)
    new[1:] = (edges[1:] != edges[:-1]) | (shares[1:] != shares[:-1])
    number = np.cumsum(new) - 1
    nodes = network.nodes + number
    node = np.empty(order.size, np.int64)
    node[order] = nodes
    edges, shares, nodes = edges[new], shares[new], nodes[new]
    courses = network.courses[edges]
    places = shapely.line_interpolate_point(courses, shares, normalized=True)
    # Each cut edge becomes a chain: a, its cuts in order, b.
    first = np.r_[True, edges[1:] != edges[:-1]]
    last = np.r_[first[1:], True]
    starts = np.where(first, network.a[edges], np.r_[0, nodes[:-1]])
    begin = np.where(first, 0.0, np.r_[0.0, shares[:-1]])
    a = np.concatenate([starts, nodes[last]])
    b = np.concatenate([nodes, network.b[edges[last]]])
    low, high = np.concatenate([begin, shares[last]]), np.concatenate([shares, np.ones(int(last.sum()))])
    whole = np.concatenate([edges, edges[last]])
    closed = np.zeros(network.edges, bool)
    closed[edges] = True
    rest = network.without_edges(closed)
    parts = None
    if rest.lines is not None:
        pieces = [_piece(network.courses[e], lo, hi) for e, lo, hi in zip(whole, low, high, strict=True)]
        parts = np.concatenate([rest.lines, np.array(pieces, object)])
    cut = WalkNetwork(
        np.concatenate([network.x, shapely.get_x(places)]),
        np.concatenate([network.y, shapely.get_y(places)]),
        np.concatenate([rest.a, a]),
        np.concatenate([rest.b, b]),
        np.concatenate([rest.length, network.length[whole] * (high - low)]),
        np.concatenate([rest.open_to_points, network.open_to_points[whole]]),
        np.concatenate([rest.origin, network.origin[whole]]),
        parts,
    )
    return cut, node


def _piece(line: shapely.LineString, low: float, high: float) -> shapely.LineString:
    from shapely.ops import substring

    return substring(line, low, high, normalized=True)


def largest_part(network: WalkNetwork) -> Flags:
    """Tell which nodes lie in the largest connected part, shape (n,)."""
    from scipy.sparse.csgraph import connected_components

    _, part = connected_components(network.matrix, directed=False)
    found: Flags = part == np.bincount(part).argmax()
    return found


def keep_nodes(network: WalkNetwork, kept: Flags) -> tuple[WalkNetwork, Ints]:
    """Keep some nodes and the edges between them.

    Returns
    -------
    The smaller network, and the old position of each of its nodes.
    """
    old = np.flatnonzero(kept)
    position = np.full(network.nodes, -1)
    position[old] = np.arange(old.size)
    smaller = network.without_edges(~(kept[network.a] & kept[network.b]))
    made = replace(smaller, x=network.x[old], y=network.y[old], a=position[smaller.a], b=position[smaller.b])
    return made, old


def straight(x: ArrayLike, y: ArrayLike, to_x: ArrayLike, to_y: ArrayLike) -> Floats:
    """Metres in a straight line between points, in the plane of SWEREF 99 TM (0.01 per cent off near Trollhättan)."""
    distance: Floats = np.hypot(np.asarray(x) - np.asarray(to_x), np.asarray(y) - np.asarray(to_y))
    return distance
