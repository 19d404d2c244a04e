"""Changes to a city of two halves, each worked out by hand, and all of them together against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from grids import as_networkx
from halves import PLACES, halves, node

from dashboard.reach.access import service_distances
from dashboard.reach.catchment import distances_from
from dashboard.reach.city import City, Place, origin_of
from dashboard.reach.comparison import way_between
from dashboard.reach.distances import network_distances
from dashboard.reach.network import WalkNetwork, tie
from dashboard.reach.scenario import (
    AddLink,
    AddService,
    CloseCrossing,
    CloseWay,
    MovePlace,
    OpenCrossing,
    ScenarioError,
    changed_city,
    link_length,
)

WEST, EAST = PLACES[:2]
CLOSED = CloseCrossing("bridge")


def way(city: City, start: str = "west", end: str = "east") -> float:
    """Give the metres between two places of a city."""
    one, other = city.place(start), city.place(end)
    assert one is not None
    assert other is not None
    return float(distances_from(origin_of(city, one))[other.node]) + other.access


def test_as_it_is():
    assert way(halves()) == 500
    assert way(halves(), end="library") == 700


def test_closing_the_only_bridge_leaves_no_way_and_never_a_number():
    closed = changed_city(halves(), [CLOSED])
    assert way(closed) == np.inf
    assert way_between(closed, 0, 0, 500, 0) == np.inf
    metres = service_distances(closed, "library")
    assert np.isinf(metres[[node(0, 0), node(2, 2)]]).all()
    assert metres[node(3, 2)] == 200
    assert [one.is_open for one in closed.crossings] == [False, False, False]


def test_opening_a_crossing_joins_the_shores_in_a_straight_line():
    """The railway bridge leads from (200, 200) to (300, 200): one block, where it was 5 blocks round by the bridge."""
    city = halves()
    assert way_between(city, 200, 200, 300, 200) == 500
    opened = changed_city(city, [OpenCrossing("railway")])
    assert way_between(opened, 200, 200, 300, 200) == 100
    # 0 → 200 east, 200 north, over, 200 east.
    assert way(opened, end="library") == 700
    assert {one.id: one.is_open for one in opened.crossings} == {"bridge": True, "railway": True, "ford": False}
    assert way(changed_city(city, [CLOSED, OpenCrossing("railway")])) == 900


def test_closing_and_opening_again_is_the_city_as_it_was():
    """On a measured network; tests/views/test_places_city.py does the same on the schematic one."""
    city = halves()
    again = changed_city(changed_city(city, [CLOSED]), [OpenCrossing("bridge")])
    everywhere = np.arange(city.base.nodes)
    # The crossing has become a node of its own, beside all that were there.
    after = network_distances(again.base, everywhere)[:, everywhere]
    assert np.array_equal(after, network_distances(city.base, everywhere))
    assert [one.is_open for one in again.crossings] == [one.is_open for one in city.crossings]
    # And closing the reopened one parts the halves again.
    assert way(changed_city(again, [CLOSED])) == np.inf


def test_no_change_is_the_city_as_it_is():
    city = halves()
    same = changed_city(city, [])
    assert same.base is city.base
    assert (same.places, same.crossings) == (city.places, city.crossings)


@pytest.mark.parametrize(
    ("kind", "network", "metres"),
    [
        ("bridge", "openstreetmap", 100),
        ("tunnel", "openstreetmap", 100),
        ("path", "openstreetmap", 100),
        ("bridge", "schematic", 100),
        ("tunnel", "schematic", 100),
        ("path", "schematic", 120),
    ],
)
def test_how_long_a_new_link_is(kind, network, metres):
    """A bridge and a tunnel are built straight; a path of a schematic network is as much longer as the others are."""
    city = halves(kind=network)
    link = AddLink(kind, 200, 200, 300, 200)
    assert link_length(city, link) == pytest.approx(metres)
    linked = changed_city(city, [link])
    assert network_distances(linked.base, [node(2, 2)])[0, node(3, 2)] == pytest.approx(metres)


def test_the_ways_from_a_link_to_the_network_come_on_top():
    """From (200, 230), 30 m beside the corner, to (300, 240), 40 m beside the other one."""
    linked = changed_city(halves(), [AddLink("bridge", 200, 230, 300, 240)])
    assert network_distances(linked.base, [node(2, 2)])[0, node(3, 2)] == pytest.approx(70 + np.hypot(100, 10))


def test_a_link_into_the_middle_of_a_street_cuts_it():
    """From 40 m along a street of the west straight to the corner opposite: both halves of the street go on."""
    city = halves()
    linked = changed_city(city, [AddLink("tunnel", 140, 200, 300, 200)])
    assert linked.base.nodes == city.base.nodes + 1
    assert linked.base.length.sum() == pytest.approx(city.base.length.sum() + 160)
    assert way_between(linked, 100, 200, 300, 200) == pytest.approx(40 + 160)
    assert way_between(linked, 200, 200, 300, 200) == pytest.approx(60 + 160)


def test_no_place_is_tied_to_a_new_link():
    """Whoever stands beside a bridge still has to walk to its end."""
    linked = changed_city(halves(), [AddLink("bridge", 200, 200, 300, 200), MovePlace("library", 240, 205)])
    library = linked.place("library")
    assert library is not None
    assert library.access == pytest.approx(np.hypot(40, 5))
    assert linked.network.x[library.node] == 200


def test_moving_a_place():
    moved = changed_city(halves(), [MovePlace("library", 100, 210)])
    library = moved.place("library")
    assert library is not None
    assert (library.name, library.x, library.y, library.access) == ("Biblioteket", 100, 210, 10)
    assert way(moved, end="library") == 100 + 200 + 10
    assert [one.id for one in moved.places] == ["west", "east", "library"]


def test_a_place_that_is_moved_twice_lies_where_it_was_moved_to_last():
    moved = changed_city(halves(), [MovePlace("library", 0, 0), MovePlace("library", 100, 0)])
    assert way(moved, end="library") == 100


def test_adding_services():
    more = changed_city(halves(), [AddService("library", 100, 0), AddService("pharmacy", 0, 100)])
    assert [(one.id, one.kind) for one in more.places[3:]] == [("new-1", "library"), ("new-2", "pharmacy")]
    assert service_distances(more, "library")[node(0, 0)] == 100
    assert service_distances(more, "library")[node(5, 2)] == 0
    assert service_distances(more, "pharmacy")[node(0, 0)] == 100


def test_all_together_do_what_each_does():
    changes = [
        AddService("library", 0, 200),
        CLOSED,
        AddLink("bridge", 200, 100, 300, 100),
        MovePlace("east", 300, 100),
    ]
    changed = changed_city(halves(), changes)
    # West to the moved square: 200 along, 100 up, 100 over the new bridge.
    assert way(changed) == 400
    assert service_distances(changed, "library")[node(2, 0)] == 400
    assert way_between(changed, 200, 0, 300, 0) == 300
    # In any order.
    other = changed_city(halves(), changes[::-1])
    assert way(other) == 400
    assert np.array_equal(service_distances(other, "library")[:18], service_distances(changed, "library")[:18])


def test_the_city_itself_stays_as_it_is():
    city = halves()
    lengths, edges, nodes = city.base.length.copy(), city.base.edges, city.network.nodes
    places, crossings = city.places, city.crossings
    changed_city(
        city,
        [
            CLOSED,
            OpenCrossing("railway"),
            AddLink("path", 140, 100, 330, 200),
            MovePlace("library", 0, 0),
            AddService("stop", 150, 10),
        ],
    )
    assert (city.base.edges, city.network.nodes) == (edges, nodes)
    assert np.array_equal(city.base.length, lengths)
    assert (city.places, city.crossings) == (places, crossings)
    assert way(city) == 500


@pytest.mark.parametrize(
    ("change", "metres", "end"),
    [
        (AddLink("bridge", 200, 600, 300, 200), 400, "A"),
        (AddLink("bridge", 200, 200, 900, 200), 400, "B"),
        (MovePlace("library", 500, 500), 300, ""),
        (AddService("stop", -260, 0), 260, ""),
    ],
)
def test_too_far_from_the_network_says_how_far_and_which_end(change, metres, end):
    with pytest.raises(ScenarioError) as caught:
        changed_city(halves(), [AddService("library", 0, 0), change])
    assert (caught.value.reason, caught.value.change) == ("too_far", change)
    assert caught.value.end == end
    assert caught.value.metres == pytest.approx(metres)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (AddLink("path", 100, 100, 100, 100), "no_length"),
        (AddLink("path", 100, 100, 100.5, 100.5), "no_length"),
        # Both ends lie nearest to the same corner.
        (AddLink("path", -50, -50, -50, -90), "no_length"),
        (CloseCrossing("nowhere"), "unknown"),
        (OpenCrossing("nowhere"), "unknown"),
        (MovePlace("nowhere", 0, 0), "unknown"),
        (OpenCrossing("bridge"), "is_open"),
        (CloseCrossing("railway"), "is_closed"),
        (OpenCrossing("ford"), "no_sides"),
    ],
)
def test_what_cannot_be_done(change, reason):
    with pytest.raises(ScenarioError) as caught:
        changed_city(halves(), [change])
    assert (caught.value.reason, caught.value.change) == (reason, change)
    assert reason in str(caught.value)


def test_a_crossing_whose_other_side_has_no_streets_cannot_be_opened():
    west = halves(places=())
    only = west.base.without_edges(west.base.x[west.base.b] > 250)
    city = City.of(only, west.people, (), barriers=west.barriers, crossings=west.crossings)
    with pytest.raises(ScenarioError) as caught:
        changed_city(city, [OpenCrossing("railway")])
    assert caught.value.reason == "no_sides"


def test_against_networkx_on_a_random_network():
    """The same change made by hand to a graph of networkx gives the same ways."""
    rng = np.random.default_rng(7)
    size = 80
    x, y = rng.uniform(0, 2000, (2, size))
    pairs = {tuple(sorted(rng.choice(size, 2, replace=False).tolist())) for _ in range(220)}
    a, b = (np.array(ends) for ends in zip(*sorted(pairs), strict=True))
    network = WalkNetwork.of(x, y, a, b, np.hypot(x[a] - x[b], y[a] - y[b]) * rng.uniform(1, 1.5, a.size))
    place = Place("p", "P", "library", float(x[3]), float(y[3]))
    city = City.of(network, halves().people, [place], kind="schematic", factor=1.3)
    before = network_distances(city.base, [3])[0]
    far = int(np.argmax(before / np.maximum(np.hypot(x - x[3], y - y[3]), 1)))
    link = AddLink("path", float(x[3]), float(y[3]), float(x[far]), float(y[far]))
    changed = changed_city(city, [link])
    ties = tie(network, [link.x, link.to_x], [link.y, link.to_y])
    graph = as_networkx(ties.network)
    one, other = (int(end) for end in ties.node)
    length = 1.3 * float(np.hypot(link.x - link.to_x, link.y - link.to_y)) + float(ties.access.sum())
    if not graph.has_edge(one, other) or graph.edges[one, other]["length"] > length:
        graph.add_edge(one, other, length=length)
    found = network_distances(changed.base, [3])[0]
    expected = nx.single_source_dijkstra_path_length(graph, 3, weight="length")
    assert np.allclose(found, [expected.get(one, np.inf) for one in range(changed.base.nodes)], rtol=1e-12, atol=1e-9)
    assert (found[:size] < before - 1).any()


def test_closing_a_way_closes_the_nearest_stretch_alone():
    """The way from (0, 0) to (500, 0) goes round one block when the stretch from (300, 0) to (400, 0) is closed."""
    city = halves()
    closed = changed_city(city, [CloseWay(355, 10)])
    assert closed.base.edges == city.base.edges - 1
    assert way(closed) == 700
    assert way(city) == 500


def test_closing_a_bridge_as_a_way_is_closing_its_crossing():
    city = halves()
    closed = changed_city(city, [CloseWay(250, 0)])
    assert way(closed) == np.inf
    assert closed.crossings == changed_city(city, [CLOSED]).crossings
    # Another stretch leaves the crossing as it is.
    assert changed_city(city, [CloseWay(350, 0)]).crossings == city.crossings


def test_a_stretch_that_a_new_link_has_cut_is_closed_as_a_whole():
    city = halves()
    both = changed_city(city, [AddLink("path", 350, 0, 350, 200), CloseWay(320, 0)])
    alone = changed_city(city, [CloseWay(320, 0)])
    assert way(both) == way(alone) == 700


def test_no_way_lies_near_a_spot_far_away():
    with pytest.raises(ScenarioError) as told:
        changed_city(halves(), [CloseWay(5000, 5000)])
    assert told.value.reason == "too_far"
    assert told.value.metres == pytest.approx(np.hypot(4500, 4800))
