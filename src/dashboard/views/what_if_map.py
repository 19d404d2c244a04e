"""What the map of a scenario must show: the place, every change, and the changed crossings by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dashboard.reach.city import City
from dashboard.reach.scenario import AddLink, Change, CloseCrossing, MovePlace, OpenCrossing
from dashboard.views.context import View
from dashboard.views.extents import Extent
from dashboard.views.network_map import MapPoint
from dashboard.views.places_map import AROUND, crossing_points

#: Air around changes that lie beyond the surroundings of the place, as a share of the longer side.
_PAD = 0.06


def shown_extent(city: City, x: float, y: float, changes: Iterable[Change]) -> Extent:
    """Give the surroundings of a place, widened until every change lies within them.

    Parameters
    ----------
    city
        The city as it is.
    x, y
        Where the place lies, metres in SWEREF 99 TM.
    changes
        What is changed.
    """
    around = Extent(x - AROUND, y - AROUND, x + AROUND, y + AROUND)
    spots = [spot for change in changes for spot in _spots(city, change)]
    held = Extent.of([around, *(Extent(*spot, *spot) for spot in spots)])
    return around if held == around else held.padded(_PAD)


def _spots(city: City, change: Change) -> Iterator[tuple[float, float]]:
    """Give where a change lies: both ends of a link, where a place lay and would lie."""
    if isinstance(change, CloseCrossing | OpenCrossing):
        yield from ((one.x, one.y) for one in city.crossings if one.id == change.crossing)
        return
    yield change.x, change.y
    if isinstance(change, AddLink):
        yield change.to_x, change.to_y
    elif isinstance(change, MovePlace):
        yield from ((one.x, one.y) for one in city.places if one.id == change.place)


def named_crossings(view: View, city: City, changes: Iterable[Change]) -> list[MapPoint]:
    """Give the crossings of a city, those that are opened or closed with their names beside them, drawn last."""
    changed = {f"crossing-{one.crossing}" for one in changes if isinstance(one, CloseCrossing | OpenCrossing)}
    names = {f"crossing-{one.id}": one.name or view.t("places.crossing_unnamed") for one in city.crossings}
    points = [
        replace(point, name=names[point.id]) if point.id in changed else point for point in crossing_points(view, city)
    ]
    return sorted(points, key=lambda point: point.id in changed)
