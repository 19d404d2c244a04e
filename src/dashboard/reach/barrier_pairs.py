"""Pairs of points astride a barrier, beside pairs of the same length in the same surroundings that nothing separates.

After van Eldijk, Gil, Kuska & Patro (2020): Missing links. Quantifying barrier effects of transport infrastructure on
local accessibility. Transportation Research Part D 85, 102410.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike
from scipy.spatial import KDTree

from dashboard.reach.crossings import unbroken_parts
from dashboard.reach.detour import BARRED, detour_ratios, pair_distances
from dashboard.reach.network import Flags, Floats, Ints, WalkNetwork, straight

#: Metres in a straight line between the two points of a pair at most.
FARTHEST_PAIR = 1000.0
#: Metres: pairs are matched with pairs whose straight line lies in the same bin.
BIN = 50.0
#: Metres between the spots where a straight line crosses branches or tracks of one barrier, at most.
WIDEST = 100.0
#: Pairs below which nothing is said.
FEWEST_PAIRS = 10
#: Points that are taken at most; with more, as many are drawn at random. 125 000 pairs at the very most.
MOST_POINTS = 500
SEED = 20200


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of nodes; every array has the shape (k,).

    Parameters
    ----------
    a, b
        The two nodes.
    straight_line
        Metres between them in a straight line.
    distance
        Metres between them on foot; infinite where no way leads.
    """

    a: Ints
    b: Ints
    straight_line: Floats
    distance: Floats

    @property
    def ratio(self) -> Floats:
        """The detour ratio of each pair; infinite where no way leads."""
        return detour_ratios(self.distance, self.straight_line)

    def chosen(self, which: ArrayLike) -> Pairs:
        """Give some of the pairs, by positions or flags."""
        of = np.asarray(which)
        return Pairs(self.a[of], self.b[of], self.straight_line[of], self.distance[of])


@dataclass(frozen=True)
class PairSummary:
    """What pairs of points are like.

    Parameters
    ----------
    pairs
        How many.
    median_straight
        Metres in a straight line.
    unreachable
        The share of them without a way, 0–1.
    median_distance, median_ratio
        Of all pairs, those without a way as infinitely far; None when that is the answer.
    mean_distance
        Of the pairs with a way, metres; None when there is none.
    share_above
        The share of all pairs with a detour ratio above 2 or without a way, 0–1.
    """

    pairs: int
    median_straight: float
    unreachable: float
    median_distance: float | None
    mean_distance: float | None
    median_ratio: float | None
    share_above: float


@dataclass(frozen=True)
class Comparison:
    """Pairs astride a barrier beside matched pairs; both None, with the reason, when there are too few.

    ``reason`` is empty, or ``too_few_astride`` or ``too_few_matched``.
    """

    astride: PairSummary | None
    matched: PairSummary | None
    reason: str = ""

    def more(self, name: str) -> float | None:
        """Give how much more a value (a name of `PairSummary`) is astride than matched; None where one is None."""
        values = [None if group is None else getattr(group, name) for group in (self.astride, self.matched)]
        return None if values[0] is None or values[1] is None else float(values[0] - values[1])

    @property
    def times(self) -> float | None:
        """How many times as long the median way is astride as matched."""
        if self.astride is None or self.matched is None:
            return None
        over, beside = self.astride.median_distance, self.matched.median_distance
        return None if over is None or not beside else over / beside


@dataclass(frozen=True, eq=False)
class NearPairs:
    """All pairs of points at a barrier: those astride it, and those that no barrier separates."""

    astride: Pairs
    beside: Pairs


def near_pairs(
    network: WalkNetwork,
    line: shapely.Geometry,
    nodes: ArrayLike,
    *,
    others: Sequence[shapely.Geometry] = (),
    farthest: float = FARTHEST_PAIR,
    most_points: int = MOST_POINTS,
) -> NearPairs:
    """Find the pairs of points at a barrier, and how far they are from one another on foot.

    A pair is astride when the straight line between its points crosses the barrier once, and beside when it meets no
    barrier. All points lie within ``farthest`` of the barrier, so that both kinds are of the same surroundings.

    Parameters
    ----------
    network
        The network.
    line
        The course of the barrier.
    nodes
        The points, as nodes of the network, such as those where people live; each counts once.
    others
        The courses of all other barriers.
    farthest
        Metres in a straight line between the points of a pair at most.
    most_points
        Points that are taken at most; with more, as many are drawn at random, always the same.
    """
    points = np.unique(np.asarray(nodes, np.int64))
    x, y = network.x[points], network.y[points]
    near = shapely.dwithin(shapely.points(x, y), line, farthest)
    points = points[near]
    if points.size > most_points:
        points = np.sort(np.random.default_rng(SEED).choice(points, most_points, replace=False))
    a, b, metres = _pairs_within(network, points, farthest)
    segments = _segments(network, a, b)
    astride = crosses_once(segments, line)
    beside = ~_meets(segments, [line, *others])
    wanted = astride | beside
    distance = np.full(a.size, np.inf)
    distance[wanted] = pair_distances(network, a[wanted], b[wanted])
    pairs = Pairs(a, b, metres, distance)
    return NearPairs(pairs.chosen(astride), pairs.chosen(beside))


def _pairs_within(network: WalkNetwork, points: Ints, farthest: float) -> tuple[Ints, Ints, Floats]:
    if points.size < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    tree = KDTree(np.column_stack([network.x[points], network.y[points]]))
    found = points[np.sort(tree.query_pairs(farthest + 1e-6, output_type="ndarray"), axis=1)].reshape(-1, 2)
    # The tree gives pairs in an order of its own.
    found = found[np.lexsort((found[:, 1], found[:, 0]))]
    a, b = found[:, 0], found[:, 1]
    metres = straight(network.x[a], network.y[a], network.x[b], network.y[b])
    apart = metres > 0
    return a[apart], b[apart], metres[apart]


def _segments(network: WalkNetwork, a: Ints, b: Ints) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    ends = np.stack([np.stack([network.x[a], network.y[a]], 1), np.stack([network.x[b], network.y[b]], 1)], 1)
    found: np.ndarray[tuple[int], np.dtype[np.object_]] = shapely.linestrings(ends.reshape(-1, 2, 2))
    return found


def _meets(segments: np.ndarray[tuple[int], np.dtype[np.object_]], lines: Sequence[shapely.Geometry]) -> Flags:
    """Tell which segments touch or cross any of some lines."""
    found = np.zeros(segments.size, bool)
    for line in lines:
        shapely.prepare(line)
        found |= shapely.intersects(line, segments)
    return found


def crosses_once(segments: np.ndarray[tuple[int], np.dtype[np.object_]], line: shapely.Geometry) -> Flags:
    """Tell which segments cross a line once, so that their ends lie on either side of it, shape (k,).

    A line of several parts may be crossed at each of them, as long as the spots lie near one another: the parts
    are then branches, or tracks beside each other.
    """
    shapely.prepare(line)
    found = np.asarray(shapely.crosses(line, segments), bool)
    crossed = segments[found]
    spots = shapely.intersection(line, crossed)
    once = shapely.get_type_id(spots) == shapely.GeometryType.POINT
    several = np.flatnonzero(~once)
    parts = unbroken_parts(line)
    if several.size and len(parts) > 1:
        touched = np.sum([shapely.intersects(part, crossed[several]) for part in parts], axis=0)
        left, low, right, high = shapely.bounds(spots[several]).T
        near = np.hypot(right - left, high - low) <= WIDEST
        once[several] = near & (shapely.get_num_geometries(spots[several]) == touched)
    found[found] = once
    return found


def segments_between(network: WalkNetwork, pairs: Pairs) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Give the straight lines between the points of pairs as shapely lines, shape (k,)."""
    return _segments(network, pairs.a, pairs.b)


def compare(found: NearPairs, *, bin_width: float = BIN, fewest: int = FEWEST_PAIRS) -> Comparison:
    """Set pairs astride a barrier beside as many pairs of the same straight lines that nothing separates.

    In each bin of straight-line distance as many pairs are taken of either kind as there are of the rarer; of the
    other, that many are drawn at random, always the same.

    Parameters
    ----------
    found
        The pairs of `near_pairs`.
    bin_width
        Metres.
    fewest
        Pairs below which nothing is said.
    """
    if found.astride.a.size < fewest:
        return Comparison(None, None, "too_few_astride")
    astride, beside = matched(found.astride.straight_line, found.beside.straight_line, bin_width)
    if astride.size < fewest:
        return Comparison(None, None, "too_few_matched")
    return Comparison(summarize(found.astride.chosen(astride)), summarize(found.beside.chosen(beside)))


def matched(one: Floats, other: Floats, bin_width: float = BIN) -> tuple[Ints, Ints]:
    """Choose as many of two kinds of pairs in every bin of distance.

    Parameters
    ----------
    one, other
        Metres, shapes (k,) and (l,).
    bin_width
        Metres.

    Returns
    -------
    Positions in ``one`` and in ``other``, both of one length, ascending.
    """
    bins = [np.floor(metres / bin_width).astype(np.int64) for metres in (one, other)]
    chosen: tuple[list[Ints], list[Ints]] = ([], [])
    rng = np.random.default_rng(SEED)
    for distance in np.intersect1d(bins[0], bins[1]):
        there = [np.flatnonzero(group == distance) for group in bins]
        count = min(group.size for group in there)
        for taken, group in zip(chosen, there, strict=True):
            taken.append(np.sort(rng.choice(group, count, replace=False)))
    none = np.empty(0, np.int64)
    first, second = (np.sort(np.concatenate([none, *taken])) for taken in chosen)
    return first, second


def summarize(pairs: Pairs) -> PairSummary:
    """Say what at least one pair is like."""
    reached = np.isfinite(pairs.distance)
    ratio = pairs.ratio
    return PairSummary(
        pairs=int(pairs.a.size),
        median_straight=float(np.median(pairs.straight_line)),
        unreachable=float(np.mean(~reached)),
        median_distance=_median(pairs.distance),
        mean_distance=float(pairs.distance[reached].mean()) if reached.any() else None,
        median_ratio=_median(ratio),
        share_above=float(np.mean(ratio > BARRED)),
    )


def _median(values: Floats) -> float | None:
    # Halfway between a number and infinity lies infinity.
    middle = float(np.median(values))
    return middle if np.isfinite(middle) else None
