"""A city on foot: its places on the network, and spots that walks start from."""

from __future__ import annotations

import numpy as np
import pytest
from grids import chain, grid
from town import people_of

from dashboard.reach.catchment import distances_from, walks
from dashboard.reach.city import City, Crossing, Place, TooFarError, origin_at, origin_of
from dashboard.reach.network import NOT_TIED, WalkNetwork

PLACES = (
    Place("square", "Square", "square", 130, 20, study=True),
    Place("library", "Library", "library", 170, -10),
    Place("cabin", "Cabin", "other", 100, 400, study=True),
)


@pytest.fixture
def city() -> City:
    return City.of(chain(4), people_of([[0, 1], [2, 3]]), PLACES)


def test_places_are_tied_and_nodes_keep_their_numbers(city):
    assert [(place.node, place.access) for place in city.places[:2]] == [(4, 20), (5, 10)]
    assert (city.base.nodes, city.network.nodes, city.base.edges, city.network.edges) == (4, 6, 3, 5)
    assert city.network.x[: city.base.nodes].tolist() == city.base.x.tolist()


def test_a_place_too_far_away_is_known_but_cannot_be_walked_to(city):
    cabin = city.place("cabin")
    assert cabin is not None
    assert (cabin.node, cabin.access) == (NOT_TIED, 400)
    assert cabin in city.study_places
    assert city.of_kind("other") == []
    with pytest.raises(TooFarError, match="400 m from the walk network, more than 250 m") as caught:
        origin_of(city, cabin)
    assert (caught.value.metres, caught.value.limit) == (400, 250)


def test_a_spot_too_far_away_is_refused_with_its_distance(city):
    with pytest.raises(TooFarError) as caught:
        origin_at(city, 100, -251)
    assert caught.value.metres == pytest.approx(251)
    assert origin_at(city, 100, -250).access == 250


def test_places_are_found_by_id_and_kind(city):
    assert city.place("library") == city.places[1]
    assert city.place("castle") is None
    assert [place.id for place in city.of_kind("library")] == ["library"]
    assert [place.id for place in city.study_places] == ["square", "cabin"]


def test_without_places_the_network_is_the_base():
    base = chain(3)
    city = City.of(base, people_of([[0]]), [], kind="schematic", factor=1.15)
    assert (city.network, city.places, city.is_schematic) == (base, (), True)


def test_a_walk_from_a_place_of_the_city(city):
    """20 m to the street, 40 m along it, 10 m to the library."""
    origin = origin_of(city, city.places[0])
    assert (origin.name, origin.network, origin.node) == ("Square", city.network, 4)
    assert distances_from(origin)[city.places[1].node] == pytest.approx(60, abs=1e-9)


@pytest.mark.parametrize(("x", "metres"), [(150, 20), (190, 20), (110, 60), (170, 0), (250, 80)])
def test_a_spot_on_the_same_edge_as_a_place(city, x, metres):
    """Between two places that cut the edge before, or beside them: along the street, not round by its ends."""
    origin = origin_at(city, x, 0, "Spot")
    found = {walk.place.id: walk for walk in walks(city, origin)}
    assert found["library"].metres == pytest.approx(metres + 10, abs=1e-9)
    assert origin.network.length.sum() == pytest.approx(300)
    assert city.network.nodes == 6


def test_no_place_is_nearer_than_the_straight_line():
    rng = np.random.default_rng(5)
    spots = rng.uniform(0, 800, (40, 2))
    city = City.of(grid(9, 9), people_of([[0]]), [Place(f"p{n}", "", "stop", x, y) for n, (x, y) in enumerate(spots)])
    for place in city.places:
        for walk in walks(city, origin_of(city, place)):
            assert walk.metres >= walk.straight_metres - 1e-9
            # City blocks, 50 m at most to the next street and back again at either end, and once round a block.
            assert walk.metres <= abs(walk.place.x - place.x) + abs(walk.place.y - place.y) + 300 + 1e-9


@pytest.mark.parametrize(
    ("walkable", "edges", "is_open"),
    [
        ("yes", (1,), True),
        ("assumed_yes", (1,), True),
        ("no", (1,), False),
        ("assumed_no", (1,), False),
        ("yes", (), False),
    ],
)
def test_a_crossing_is_open_when_one_may_walk_and_edges_lead_across(walkable, edges, is_open):
    assert Crossing("1", "river", "bridge", "Bridge", 0, 0, walkable, edges, "").is_open is is_open


def test_people_whose_number_is_not_known():
    people = people_of([[0], [1]])
    assert np.isnan(people.population).tolist() == [True, True]
    assert people_of([[0], [1]], population=[[10], [20]]).population.tolist() == [10, 20]


def test_the_share_of_some_homes():
    people = people_of([[0, 1, 2], [3], [4, 5]])
    assert people.share_of(np.array([True, True, True, False, True, False])).tolist() == [1, 0, 0.5]


def test_a_place_on_a_bridge_is_tied_to_the_shore():
    network = WalkNetwork.of([0, 100, 200], [0] * 3, [0, 1], [1, 2], [100, 100], open_to_points=[True, False])
    city = City.of(network, people_of([[0]]), [Place("kiosk", "Kiosk", "other", 150, 0)])
    assert (city.places[0].node, city.places[0].access) == (1, 50)
