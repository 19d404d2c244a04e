"""The map of a scenario: it holds the place and every change, and says which crossings are changed."""

from __future__ import annotations

import pytest
from halves import IN_SWEDEN, halves
from places_view import view_of

from dashboard.reach.scenario import (
    AddLink,
    AddService,
    CloseCrossing,
    CloseWay,
    MovePlace,
    OpenCrossing,
    changed_city,
)
from dashboard.views.extents import Extent
from dashboard.views.places_map import AROUND
from dashboard.views.what_if_map import named_crossings, shown_extent
from dashboard.warehouse.connection import Warehouse


@pytest.fixture(scope="module")
def view(home_city):
    warehouse = Warehouse(home_city.warehouse)
    yield view_of(home_city, warehouse)
    warehouse.close()


def holds(extent: Extent, x: float, y: float) -> bool:
    return extent.xmin < x < extent.xmax and extent.ymin < y < extent.ymax


def test_changes_nearby_leave_the_map_on_the_surroundings_of_the_place():
    found = shown_extent(halves(), 0, 0, [CloseCrossing("bridge"), CloseWay(100, 100)])
    assert found == Extent(-AROUND, -AROUND, AROUND, AROUND)


@pytest.mark.parametrize(
    ("change", "spots"),
    [
        (CloseCrossing("bridge"), [(250, 0)]),
        (OpenCrossing("railway"), [(250, 200)]),
        (CloseWay(100, 200), [(100, 200)]),
        (AddLink("bridge", 0, 0, 500, 5000), [(0, 0), (500, 5000)]),
        (AddService("library", 0, -300), [(0, -300)]),
        (MovePlace("library", 7000, 7000), [(7000, 7000), (500, 200)]),
    ],
)
def test_changes_far_from_the_place_are_on_the_map(change, spots):
    """Seen from ten kilometres away: the place, its surroundings and both ends of what is changed."""
    found = shown_extent(halves(), -10_000, -4000, [change])
    assert all(holds(found, x, y) for x, y in [*spots, (-10_000 - AROUND, -4000 - AROUND)])


def test_changed_crossings_are_named(view):
    city = halves(corner_at=IN_SWEDEN)
    changes = [CloseCrossing("bridge"), OpenCrossing("railway")]
    points = {point.id: point for point in named_crossings(view, changed_city(city, changes), changes)}
    assert {name: point.name for name, point in points.items()} == {
        "crossing-bridge": "Bron",
        "crossing-railway": "Järnvägsbron",
        "crossing-ford": "",
    }
    assert points["crossing-bridge"].kind == "crossing_closed"
    assert points["crossing-railway"].kind == "crossing_open"
    assert next(iter(points)) == "crossing-ford"
