"""Crossings of a barrier: where one can walk across on a network, and how far apart they lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from dashboard.reach.city import Crossing
from dashboard.reach.network import Floats, WalkNetwork

#: Metres: spots nearer to one another are one crossing, such as the two pavements of a bridge.
SAME_CROSSING = 50.0
#: Metres: parts of a barrier that run nearer to one another are one, such as two tracks or two carriageways.
PARALLEL = 75.0


@dataclass(frozen=True)
class Spot:
    """A spot where one can walk across a barrier; ``crossing`` is the known crossing there, None for another way."""

    x: float
    y: float
    kind: str
    crossing: str | None = None


@dataclass(frozen=True)
class Spacing:
    """How far apart the crossings of a barrier lie, along it.

    Parameters
    ----------
    length
        Metres that the barrier is long.
    crossings
        Spots where one can walk across.
    kinds
        How many of each kind.
    mean_gap, largest_gap
        Metres along the barrier between neighbouring crossings; None with fewer than two on a part of it. What lies
        beyond the outermost crossings is no gap, because the barrier is cut off there by the edge of the data.
    """

    length: float
    crossings: int
    kinds: Mapping[str, int]
    mean_gap: float | None
    largest_gap: float | None


def open_spots(
    network: WalkNetwork, line: shapely.Geometry, known: Sequence[Crossing] = (), *, same: float = SAME_CROSSING
) -> list[Spot]:
    """Find where a network crosses a barrier.

    Parameters
    ----------
    network
        The network: a crossing whose edges it lacks is closed, and any other edge across the barrier is a crossing too.
    line
        The course of the barrier.
    known
        The known crossings of this barrier; their edges are numbered as in the network that was read.
    same
        Metres: spots nearer than this to one another are one crossing.
    """
    there = set(network.origin.tolist())
    found = [Spot(one.x, one.y, one.kind, one.id) for one in known if one.is_open and not there.isdisjoint(one.edges)]
    of_known = np.isin(network.origin, [edge for one in known for edge in one.edges])
    shapely.prepare(line)
    others = network.courses[~of_known]
    others = others[np.asarray(shapely.intersects(line, others), bool)]
    points = shapely.get_parts(shapely.extract_unique_points(shapely.intersection(line, others)))
    for point in sorted(points.tolist(), key=lambda one: (one.x, one.y)):
        if all(np.hypot(point.x - spot.x, point.y - spot.y) > same for spot in found):
            found.append(Spot(float(point.x), float(point.y), "unknown"))
    return found


def spacing(line: shapely.Geometry, spots: Sequence[Spot]) -> Spacing:
    """Tell how far apart crossings lie along a barrier.

    Parameters
    ----------
    line
        The course of the barrier.
    spots
        Where one can walk across (`open_spots`).
    """
    parts = unbroken_parts(line)
    gaps = np.concatenate([np.empty(0), *(np.diff(crossings_along(part, spots, parts)) for part in parts)])
    return Spacing(
        length=float(line.length),
        crossings=len(spots),
        kinds=dict(sorted(Counter(spot.kind for spot in spots).items())),
        mean_gap=float(gaps.mean()) if gaps.size else None,
        largest_gap=float(gaps.max()) if gaps.size else None,
    )


def unbroken_parts(line: shapely.Geometry) -> list[shapely.LineString]:
    """Give the unbroken parts of a line, those that meet end to end joined, each from its southern end."""
    merged = line if line.geom_type == "LineString" else shapely.line_merge(line)
    parts = [part for part in shapely.get_parts(merged).tolist() if part.length > 0]
    return [part if part.coords[0][1] <= part.coords[-1][1] else part.reverse() for part in parts]


def crossings_along(part: shapely.LineString, spots: Sequence[Spot], parts: Sequence[shapely.LineString]) -> Floats:
    """Give where along a part of a barrier the crossings lie whose nearest part it is: metres, ascending."""
    if not spots:
        return np.empty(0)
    places = shapely.points([spot.x for spot in spots], [spot.y for spot in spots])
    nearest = np.min([shapely.distance(one, places) for one in parts], axis=0)
    own = shapely.distance(part, places) <= nearest
    found: Floats = np.sort(shapely.line_locate_point(part, places[own]))
    return found


def single_course(line: shapely.Geometry, apart: float = PARALLEL) -> shapely.Geometry:
    """Give a barrier as one line where it is drawn as several beside each other, such as tracks or carriageways.

    Parameters
    ----------
    line
        The course of the barrier.
    apart
        Metres: what lies nearer than this to a longer part is left out.
    """
    kept: list[shapely.LineString] = []
    covered = shapely.Polygon()
    for part in sorted(unbroken_parts(line), key=lambda one: -one.length):
        rest = shapely.difference(part, covered)
        pieces = [piece for piece in unbroken_parts(rest) if piece.length >= apart or piece.length == part.length]
        kept += pieces
        covered = shapely.union_all([covered, *shapely.buffer(np.array(pieces, object), apart, cap_style="flat")])
    return kept[0] if len(kept) == 1 else shapely.multilinestrings(kept)
