"""Catchments: who can walk to a place in towns that can be worked out in the head."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from grids import as_networkx, chain, grid
from hypothesis import given
from hypothesis import strategies as st
from town import people_of

from dashboard.reach.catchment import (
    FEWEST_PEOPLE,
    LIMITS,
    distances_from,
    mix_by_distance,
    nearest_walk,
    reaching,
    share_within,
    walks,
)
from dashboard.reach.city import City, Grouping, Place, origin_at, origin_of
from dashboard.reach.distances import METRES_A_MINUTE
from dashboard.reach.network import WalkNetwork


def test_the_limits_are_5_10_15_and_25_minutes():
    assert [limit / METRES_A_MINUTE for limit in LIMITS] == [5, 10, 15, 25]


def town() -> City:
    """Give a street of 400 m, a part that no way leads to, and places along it."""
    network = WalkNetwork.of([0, 100, 200, 300, 400, 2000, 2100], [0] * 7, [0, 1, 2, 3, 5], [1, 2, 3, 4, 6], [100] * 5)
    places = [
        Place("square", "Square", "square", 100, 30),
        Place("stop-b", "B", "stop", 300, 0),
        Place("stop-a", "A", "stop", 300, 0),
        Place("stop-near", "Near", "stop", 0, 0),
        Place("island", "Island", "library", 2050, 0),
        Place("far", "Far", "school", 100, 900),
        Place("kiosk", "Kiosk", "grocery", 100, 30),
    ]
    return City.of(network, people_of([[0, 1], [2, 3], [5]], population=[[100], [60], [7]]), places)


def test_ways_in_order_and_those_without_a_way_last():
    city = town()
    found = walks(city, origin_of(city, city.places[0]))
    assert [walk.place.id for walk in found] == ["kiosk", "square", "stop-near", "stop-a", "stop-b", "far", "island"]
    assert [walk.metres for walk in found] == pytest.approx([0, 0, 130, 230, 230, np.inf, np.inf])
    assert found[2].minutes == pytest.approx(130 / 80)
    assert found[3].straight_metres == pytest.approx(np.hypot(200, 30))
    assert found[-1].minutes == np.inf


def test_the_nearest_of_a_kind():
    city = town()
    found = walks(city, origin_of(city, city.places[0]))
    assert nearest_walk(found, "stop").place.id == "stop-near"
    assert nearest_walk(found, "library") is None
    assert nearest_walk(found, "museum") is None


def test_the_way_to_the_network_belongs_to_the_distance():
    city = town()
    origin = origin_at(city, 200, 50)
    metres = distances_from(origin)
    assert metres[[0, 2, 4]].tolist() == pytest.approx([250, 50, 250])
    assert np.isinf(metres[[5, 6]]).all()
    assert walks(city, origin) == walks(city, origin, metres)


def test_people_within_a_walk():
    """From the square: node 1 at 30 m, 0 and 2 at 130 m, 3 at 230 m."""
    city = town()
    metres = distances_from(origin_of(city, city.places[0]))
    for limit, expected in ((29, [0, 0, 0]), (30, [0.5, 0, 0]), (130, [1, 0.5, 0]), (230, [1, 1, 0])):
        share = share_within(city.people, metres, limit)
        assert share.tolist() == expected
        assert reaching(city.people.groupings["population"], share).tolist() == [100 * expected[0] + 60 * expected[1]]


def test_an_unknown_number_makes_unknown_only_what_it_belongs_to():
    grouping = Grouping("age", 2025, np.array([[10.0, 20.0], [np.nan, 5.0]]))
    assert reaching(grouping, np.array([0.5, 0.0])).tolist() == [5, 10]
    found = reaching(grouping, np.array([0.5, 0.1]))
    assert np.isnan(found[0])
    assert found[1] == 10.5
    assert reaching(grouping, np.zeros(2)).tolist() == [0, 0]


def test_the_mix_by_distance():
    """Two areas of one group each: alone they are no mix, both together that of the city."""
    people = people_of([[0], [3]], background=[[80, 0], [0, 80]])
    found = mix_by_distance(people, people.groupings["background"], np.array([0.0, 100, 200, 300]), [50, 299, 300])
    assert found.tolist() == [0, 0, 1]


def test_half_of_an_area_is_half_of_each_of_its_groups():
    people = people_of([[0], [1, 2]], background=[[60, 0], [40, 80]])
    found = mix_by_distance(people, people.groupings["background"], np.array([0.0, 100, 200]), [100])
    share = np.array([80, 40]) / 120
    whole = np.array([100, 80]) / 180
    assert found == pytest.approx([(share * np.log(share)).sum() / (whole * np.log(whole)).sum()])


@pytest.mark.parametrize(("people_there", "shown"), [(FEWEST_PEOPLE - 0.5, False), (FEWEST_PEOPLE, True)])
def test_the_mix_of_few_people_is_not_told(people_there, shown):
    counts = [[people_there / 2, people_there / 2], [500, 500]]
    people = people_of([[0], [1]], background=counts)
    found = mix_by_distance(people, people.groupings["background"], np.array([0.0, np.inf]), [400])
    assert np.isfinite(found).tolist() == [shown]


def test_the_mix_of_people_who_are_not_known_is_not_told():
    people = people_of([[0], [1]], background=[[100, 100], [np.nan, 5]])
    found = mix_by_distance(people, people.groupings["background"], np.array([0.0, 500]), [400, 800])
    assert np.isnan(found).tolist() == [True, True]


@given(st.lists(st.tuples(st.integers(0, 80), st.floats(0, 900)), min_size=1, max_size=12), st.floats(0, 1500))
def test_the_people_of_a_grid_against_networkx(homes, limit):
    """Areas with any numbers of people at any nodes; networkx says who lives within."""
    network = grid(9, 9)
    people = people_of([[node, 80 - node] for node, _ in homes], population=[[number] for _, number in homes])
    metres = distances_from(origin_at(City.of(network, people, []), 250, 0))
    graph = as_networkx(network)
    graph.add_edge("spot", 2, length=50)
    graph.add_edge("spot", 3, length=50)
    known = nx.single_source_dijkstra_path_length(graph, "spot", cutoff=limit, weight="length")
    expected = sum(number / 2 * ((node in known) + (80 - node in known)) for node, number in homes)
    found = reaching(people.groupings["population"], share_within(people, metres, limit))
    assert found == pytest.approx([expected], abs=1e-6)


def test_within_everything_live_all():
    homes = [list(range(n)) for n in range(1, 50)]
    people = people_of(homes, population=[[100 + n] for n in range(1, 50)])
    share = share_within(people, distances_from(origin_at(City.of(chain(50), people, []), 0, 0)), 1e9)
    assert share.tolist() == [1] * 49
    assert reaching(people.groupings["population"], share).tolist() == [people.population.sum()]
