"""Detours: how much longer ways are than straight lines, for pairs of points and, as a screening, on a raster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import KDTree

from dashboard.reach.network import FARTHEST, Flags, Floats, Ints, Ties, WalkNetwork, straight, tie

#: A way more than this many times as long as the straight line is taken for barred.
BARRED = 2.0
#: Metres between the points of the screening, and between those that are compared at most.
STEP = 250.0
FARTHEST_PAIR = 500.0
#: Distances (sources × nodes) that are held at once: 32 MB.
_AT_ONCE = 4_000_000


def pair_distances(network: WalkNetwork, a: ArrayLike, b: ArrayLike, limit: float = np.inf) -> Floats:
    """Tell how far it is to walk between the two nodes of each pair.

    Parameters
    ----------
    network
        The network.
    a, b
        The two nodes of each pair, shape (k,).
    limit
        Metres beyond which nothing is looked for.

    Returns
    -------
    Metres, shape (k,); infinite where no way leads, or none within the limit.
    """
    ends_a, ends_b = np.atleast_1d(np.asarray(a, np.int64)), np.atleast_1d(np.asarray(b, np.int64))
    found = np.full(ends_a.size, np.inf)
    if np.unique(ends_b).size < np.unique(ends_a).size:
        # One search for each source: the fewer of the two ends are searched from.
        ends_a, ends_b = ends_b, ends_a
    sources, source = np.unique(ends_a, return_inverse=True)
    step = max(1, _AT_ONCE // max(network.nodes, 1))
    for first in range(0, sources.size, step):
        these = np.flatnonzero((source >= first) & (source < first + step))
        rows = dijkstra(network.matrix, directed=True, indices=sources[first : first + step], limit=limit)
        found[these] = rows[source[these] - first, ends_b[these]]
    return found


def detour_ratios(distance: ArrayLike, straight_line: ArrayLike) -> Floats:
    """Divide walking distances by straight lines.

    Parameters
    ----------
    distance, straight_line
        Metres, shape (k,).

    Returns
    -------
    Ratios, shape (k,): infinite where no way leads, NaN where both points lie at one spot.
    """
    metres, lines = np.asarray(distance, np.float64), np.asarray(straight_line, np.float64)
    ratios: Floats = np.divide(metres, lines, out=np.full(metres.shape, np.nan), where=lines > 0)
    return ratios


def node_detour_ratios(network: WalkNetwork, a: ArrayLike, b: ArrayLike) -> Floats:
    """Give the detour ratio of pairs of nodes, shape (k,); infinite where no way leads, NaN for a node and itself."""
    x, y, ends_a, ends_b = network.x, network.y, np.asarray(a, np.int64), np.asarray(b, np.int64)
    return detour_ratios(pair_distances(network, ends_a, ends_b), straight(x[ends_a], y[ends_a], x[ends_b], y[ends_b]))


@dataclass(frozen=True, eq=False)
class Screening:
    """A raster of points with the share of pairs of near points that are barred; every array has the shape (k,).

    A weak detector, for screening only: on a railway 49 % of the pairs across lay above a ratio of 2, but so did 36 %
    of the other pairs.

    Parameters
    ----------
    step
        Metres between points; each stands for a square cell of that width around it.
    x, y
        The points that lie at the network, metres.
    pairs
        Pairs that a point belongs to.
    barred
        Those of them with a detour ratio above 2, or without a way.
    unreachable
        Those of them without a way.
    """

    step: float
    x: Floats
    y: Floats
    pairs: Ints
    barred: Ints
    unreachable: Ints

    @property
    def share(self) -> Floats:
        """The share of pairs that are barred, 0–1; NaN for a point without a pair."""
        found: Floats = np.divide(self.barred, self.pairs, out=np.full(self.pairs.shape, np.nan), where=self.pairs > 0)
        return found


def screen(
    network: WalkNetwork,
    *,
    extent: tuple[float, float, float, float] | None = None,
    step: float = STEP,
    farthest_pair: float = FARTHEST_PAIR,
    barred: float = BARRED,
) -> Screening:
    """Lay a raster over the network and tell what share of pairs of near points are barred from one another.

    The way between two points is measured from where they lie, the ways to the network included: it is never shorter
    than the straight line.

    Parameters
    ----------
    network
        The network.
    extent
        xmin, ymin, xmax, ymax in metres; that of the nodes by default. Points lie on whole multiples of ``step``.
    step
        Metres between points.
    farthest_pair
        Metres in a straight line between points that are compared at most.
    barred
        The ratio above which a pair is barred.

    Returns
    -------
    The points that lie within 250 m of the network.
    """
    x, y = _raster(network, extent, step)
    ties = tie(network, x, y, FARTHEST)
    kept = ties.tied
    ties = Ties(ties.network, ties.node[kept], ties.access[kept])
    x, y = x[kept], y[kept]
    a, b, too_long, cut_off = _barred_pairs(ties, x, y, farthest_pair, barred)
    ends = np.concatenate([a, b])

    def count(which: Flags) -> Ints:
        return np.bincount(ends[np.tile(which, 2)], minlength=x.size).astype(np.int64)

    return Screening(step, x, y, count(np.ones(a.size, bool)), count(too_long), count(cut_off))


def _raster(
    network: WalkNetwork, extent: tuple[float, float, float, float] | None, step: float
) -> tuple[Floats, Floats]:
    if not network.nodes:
        return np.empty(0), np.empty(0)
    low_x, low_y, high_x, high_y = extent or (network.x.min(), network.y.min(), network.x.max(), network.y.max())
    columns = step * np.arange(np.ceil(low_x / step), np.floor(high_x / step) + 1)
    rows = step * np.arange(np.ceil(low_y / step), np.floor(high_y / step) + 1)
    return np.tile(columns, rows.size), np.repeat(rows, columns.size)


def _barred_pairs(
    ties: Ties, x: Floats, y: Floats, farthest_pair: float, barred: float
) -> tuple[Ints, Ints, Flags, Flags]:
    """Give the pairs of near points, which of them are barred, and which have no way at all."""
    if x.size < 2:
        nothing = np.empty(0, np.int64)
        return nothing, nothing, np.empty(0, bool), np.empty(0, bool)
    # A hair is added, since a distance on the limit may come out a digit above it.
    pairs = KDTree(np.column_stack([x, y])).query_pairs(farthest_pair + 1e-6, output_type="ndarray").astype(np.int64)
    a, b = pairs[:, 0], pairs[:, 1]
    # A way longer than this is barred whatever its length: it need not be looked for.
    distance = pair_distances(ties.network, ties.node[a], ties.node[b], limit=barred * farthest_pair)
    way = ties.access[a] + distance + ties.access[b]
    too_long = ~(way <= barred * straight(x[a], y[a], x[b], y[b]))
    _, part = connected_components(ties.network.matrix, directed=False)
    return a, b, too_long, part[ties.node[a]] != part[ties.node[b]]
