"""What the roadmap has on a place: its own projects, and those of the neighbourhood that it lies in."""

from collections.abc import Iterator

import pytest
from made_up_roadmap import ROADMAP, TODAY
from places_view import view_of
from tiny_city import tiny_city

from dashboard.reach.city import City, Origin
from dashboard.views.context import View
from dashboard.views.places_register import neighbourhood, projects_at, projects_in
from dashboard.views.places_spots import Spot
from dashboard.warehouse.connection import Warehouse


@pytest.fixture(scope="module")
def view(home_city) -> Iterator[View]:
    warehouse = Warehouse(home_city.warehouse)
    yield view_of(home_city, warehouse)
    warehouse.close()


def spot_at(city: City, x: float, y: float) -> Spot:
    return Spot("spot", "Fläcken", Origin("Fläcken", x, y, city.network, 0, 0.0))


@pytest.mark.parametrize(("x", "y", "code"), [(210, 0, "1488R012"), (1900, 200, "1488R014"), (2000, 600, None)])
def test_a_spot_lies_in_the_neighbourhood_of_the_nearest_homes_if_any_are_near(view, x, y, code):
    city = tiny_city()
    area = neighbourhood(view, city, spot_at(city, x, y))
    assert (None if area is None else area.code) == code


def test_projects_of_a_place_and_of_its_neighbourhood(view):
    city = tiny_city(population=(100, 300, 100, 10))
    area = neighbourhood(view, city, spot_at(city, 9100, 0))
    assert area is not None
    assert [one.project.id for one in projects_in(view, ROADMAP, area, TODAY)] == ["skolgarden"]
    assert [one.project.id for one in projects_at(ROADMAP, "kronogards-torg", TODAY)] == ["torget"]


def test_a_spot_of_ones_own_has_no_projects_of_its_own(view):
    assert projects_at(ROADMAP, None, TODAY) == []
    assert projects_in(view, ROADMAP, None, TODAY) == []
