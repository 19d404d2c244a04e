"""Ways in pieces by how far they are to walk from a spot: every edge is cut where a limit lies on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.ops import substring

from dashboard.reach.network import Floats, WalkNetwork

#: West, south, east, north, in metres.
Box = tuple[float, float, float, float]
Course = tuple[tuple[float, float], ...]


def walked_pieces(
    network: WalkNetwork, distances: Floats, limits: Sequence[float], within: Box
) -> Iterator[tuple[int, Course]]:
    """Give the courses of all edges that meet a rectangle, in pieces.

    Parameters
    ----------
    network
        The network.
    distances
        Metres on foot to each of its nodes, shape (n,); infinite where no way leads.
    limits
        Metres, the least first.
    within
        The rectangle.

    Yields
    ------
    How many of the limits lie nearer than the piece, and its points.
    """
    if not network.edges:
        return
    bounds = shapely.bounds(network.courses)
    west, south, east, north = within
    meets = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    for edge in np.flatnonzero(meets):
        ends = float(distances[network.a[edge]]), float(distances[network.b[edge]])
        course, length = network.courses[edge], float(network.length[edge])
        for start, end, step in _steps(*ends, length, limits):
            yield step, _between(course, start / length if length else 0.0, end / length if length else 1.0)


def _steps(at_a: float, at_b: float, length: float, limits: Sequence[float]) -> list[tuple[float, float, int]]:
    """Give where an edge's pieces begin and end, in metres from its first end, and the step of each."""
    from_a = (limit - at_a for limit in limits)
    from_b = (length - (limit - at_b) for limit in limits)
    cuts = sorted({0.0, length, *(one for one in (*from_a, *from_b) if 0 < one < length)})
    found: list[tuple[float, float, int]] = []
    for start, end in zip(cuts, cuts[1:] or cuts, strict=False):
        middle = (start + end) / 2
        metres = min(at_a + middle, at_b + length - middle)
        step = sum(metres > limit for limit in limits)
        if found and found[-1][2] == step:
            found[-1] = (found[-1][0], end, step)
            continue
        found.append((start, end, step))
    return found


def _between(course: shapely.LineString, start: float, end: float) -> Course:
    piece = course if (start, end) == (0.0, 1.0) else substring(course, start, end, normalized=True)
    return tuple((float(x), float(y)) for x, y in piece.coords)
