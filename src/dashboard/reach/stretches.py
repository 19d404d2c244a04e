"""Stretches of a barrier: how far along it the next crossing lies, and what detour it makes just there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.reach.barrier_pairs import Pairs, segments_between
from dashboard.reach.crossings import Spot, crossings_along, unbroken_parts
from dashboard.reach.network import Floats, Ints, WalkNetwork

#: Metres that a stretch is long, as nearly as the barrier divides.
STRETCH = 250.0
#: The same in a schematic network, where few pairs cross a barrier.
SCHEMATIC_STRETCH = 1000.0
#: Pairs whose straight line crosses a stretch, below which no ratio is given.
FEWEST_PAIRS = 5
#: The same in a schematic network, where few pairs tell of the network rather than of the city.
SCHEMATIC_FEWEST_PAIRS = 30
#: Detour ratios above which a stretch is of the second and of the third class.
BREAKS = (1.5, 2.0)


@dataclass(frozen=True, eq=False)
class Stretch:
    """A piece of a barrier.

    Parameters
    ----------
    line
        Its course.
    start, end
        Metres along its part of the barrier, from the southern end of that.
    to_crossing
        Metres along the barrier from its middle to the nearest crossing that one can walk over; None when there is none
        on its part of the barrier.
    pairs
        Pairs astride whose straight line crosses it.
    unreachable
        Those of them without a way, counted where there is a ratio.
    median_ratio
        Their median detour ratio, infinite when at least half of them have no way; None where too few pairs
        cross each of the pieces that it is made of.
    """

    line: shapely.LineString
    start: float
    end: float
    to_crossing: float | None
    pairs: int
    unreachable: int
    median_ratio: float | None

    @property
    def middle(self) -> tuple[float, float]:
        """The point halfway along it, metres."""
        point = self.line.interpolate(0.5, normalized=True)
        return float(point.x), float(point.y)

    @property
    def class_index(self) -> int | None:
        """0 up to a ratio of 1.5, 1 up to 2, 2 above or without a way; None where the ratio is not known."""
        return None if self.median_ratio is None else _class_of(self.median_ratio)


@dataclass(frozen=True, eq=False)
class _Piece:
    """One of the equal pieces that a barrier is cut into, and the pairs that cross it."""

    part: int
    line: shapely.LineString
    start: float
    end: float
    crossed: Ints


def stretches(
    network: WalkNetwork,
    line: shapely.Geometry,
    astride: Pairs,
    spots: Sequence[Spot],
    *,
    length: float = STRETCH,
    fewest: int = FEWEST_PAIRS,
) -> list[Stretch]:
    """Cut a barrier into stretches, and join neighbours of the same class.

    Parameters
    ----------
    network
        The network of the pairs.
    line
        The course of the barrier.
    astride
        Pairs astride it (`barrier_pairs.near_pairs`).
    spots
        Where one can walk across (`crossings.open_spots`).
    length
        Metres that a piece is long, as nearly as each part of the barrier divides.
    fewest
        Pairs below which a stretch has no ratio.

    Returns
    -------
    All stretches, those with the largest detour first; those without a known detour last, in the order of the barrier.
    """
    parts = unbroken_parts(line)
    positions = [crossings_along(part, spots, parts) for part in parts]
    ratio = astride.ratio
    joined = [
        _stretch(list(pieces), positions[part], None if cls is None else ratio)
        for (part, cls), pieces in groupby(
            _pieces(network, parts, astride, length), key=lambda piece: (piece.part, _class(piece, ratio, fewest))
        )
    ]
    return sorted(joined, key=lambda one: (one.median_ratio is None, -(one.median_ratio or 0.0)))


def _pieces(network: WalkNetwork, parts: list[shapely.LineString], astride: Pairs, length: float) -> list[_Piece]:
    where = _where_crossed(network, parts, astride)
    found = []
    for number, part in enumerate(parts):
        count = max(1, round(part.length / length))
        ends = np.linspace(0.0, part.length, count + 1)
        of_part = np.flatnonzero(where[0] == number)
        piece = np.minimum((where[1][of_part] / part.length * count).astype(np.int64), count - 1)
        found += [
            _Piece(
                number, _between(part, ends[i], ends[i + 1]), float(ends[i]), float(ends[i + 1]), of_part[piece == i]
            )
            for i in range(count)
        ]
    return found


def _where_crossed(network: WalkNetwork, parts: list[shapely.LineString], astride: Pairs) -> tuple[Ints, Floats]:
    """Give for each pair the part of the barrier that its straight line crosses, and where along it (metres)."""
    part_of, along = np.full(astride.a.size, -1), np.zeros(astride.a.size)
    segments: NDArray[np.object_] = segments_between(network, astride)
    for number, part in enumerate(parts):
        at = np.flatnonzero((part_of < 0) & shapely.crosses(part, segments))
        points = shapely.centroid(shapely.intersection(part, segments[at]))
        part_of[at] = number
        along[at] = shapely.line_locate_point(part, points)
    return part_of, along


def _between(part: shapely.LineString, start: float, end: float) -> shapely.LineString:
    from shapely.ops import substring

    return substring(part, start, end)


def _class(piece: _Piece, ratio: Floats, fewest: int) -> int | None:
    return _class_of(float(np.median(ratio[piece.crossed]))) if piece.crossed.size >= fewest else None


def _class_of(ratio: float) -> int:
    return sum(ratio > limit for limit in BREAKS)


def _stretch(pieces: list[_Piece], crossings: Floats, ratio: Floats | None) -> Stretch:
    """Join pieces that follow on one another; without ratios, those that too few pairs cross."""
    start, end = pieces[0].start, pieces[-1].end
    middle = (start + end) / 2
    crossed = np.concatenate([piece.crossed for piece in pieces])
    return Stretch(
        line=shapely.line_merge(shapely.union_all([piece.line for piece in pieces])),
        start=start,
        end=end,
        to_crossing=float(np.abs(crossings - middle).min()) if crossings.size else None,
        pairs=int(crossed.size),
        unreachable=0 if ratio is None else int(np.isinf(ratio[crossed]).sum()),
        median_ratio=None if ratio is None else float(np.median(ratio[crossed])),
    )
