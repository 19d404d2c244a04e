"""Detour ratios and the screening: grids with a river that can be worked out in the head, and networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from grids import as_networkx, chain, grid
from helsinki import helsinki

from dashboard.reach import detour
from dashboard.reach.detour import detour_ratios, node_detour_ratios, pair_distances, screen
from dashboard.reach.network import WalkNetwork

SIDE = 21
ROWS = np.arange(SIDE)


@pytest.mark.parametrize("row", [0, 1, 7, 20])
def test_straight_across_a_river_with_one_bridge(row):
    """Along the bank to row 0, over, and back again: 2r + 1 times as long."""
    network = grid(SIDE, SIDE, river_after=9, bridges=[0])
    assert node_detour_ratios(network, [SIDE * row + 9], [SIDE * row + 10]).tolist() == [1 + 2 * row]


def test_a_river_without_a_bridge_gives_no_number():
    network = grid(SIDE, SIDE, river_after=9)
    assert np.isinf(node_detour_ratios(network, SIDE * ROWS + 9, SIDE * ROWS + 10)).all()


def test_closing_a_bridge_and_adding_it_again():
    network = grid(SIDE, SIDE, river_after=9, bridges=[0])
    ends = [9], [10]
    bridge = (network.a == 9) & (network.b == 10)
    closed = network.without_edges(bridge)
    assert pair_distances(closed, *ends).tolist() == [np.inf]
    assert pair_distances(closed.with_edges(*ends, [100.0]), *ends).tolist() == [100]


def test_points_at_one_spot_have_no_ratio():
    assert np.isnan(node_detour_ratios(chain(3), [1], [1])).all()
    found = detour_ratios([150.0, np.inf, 0.0], [100.0, 100.0, 0.0])
    assert found[:2].tolist() == [1.5, np.inf]
    assert np.isnan(found[2])


def test_both_ways_round_and_in_any_order():
    network = helsinki()
    rng = np.random.default_rng(4)
    # Few nodes on one side and many on the other: the search starts from the few, whichever side they are on.
    few, many = rng.choice(network.nodes, 5)[rng.integers(0, 5, 200)], rng.choice(network.nodes, 200)
    there, back = pair_distances(network, few, many), pair_distances(network, many, few)
    assert there == pytest.approx(back, abs=1e-6)
    order = rng.permutation(200)
    assert pair_distances(network, few[order], many[order]).tolist() == there[order].tolist()


def test_a_real_network_against_networkx():
    network = helsinki()
    graph = as_networkx(network)
    rng = np.random.default_rng(2)
    a, b = rng.choice(network.nodes, (2, 40))
    theirs = [nx.dijkstra_path_length(graph, one, other, weight="length") for one, other in zip(a, b, strict=True)]
    assert pair_distances(network, a, b) == pytest.approx(theirs, rel=1e-9)


def test_many_sources_are_taken_in_parts(monkeypatch):
    network = grid(5, 5)
    a, b = np.divmod(np.arange(625), 25)
    whole = pair_distances(network, a, b)
    monkeypatch.setattr(detour, "_AT_ONCE", 60)
    assert pair_distances(network, a, b).tolist() == whole.tolist()


def test_no_pairs():
    assert pair_distances(chain(3), [], []).tolist() == []


def by_place(found) -> dict[tuple[float, float], tuple[int, int, int]]:
    places = zip(found.x.tolist(), found.y.tolist(), strict=True)
    numbers = zip(found.pairs.tolist(), found.barred.tolist(), found.unreachable.tolist(), strict=True)
    return dict(zip(places, numbers, strict=True))


def test_screening_of_a_grid_of_streets_finds_nothing():
    """Along streets the ratio is 1, across a corner √2."""
    found = screen(grid(11, 11), step=100, farthest_pair=142)
    assert found.x.size == 121
    assert by_place(found)[500, 500] == (8, 0, 0)
    assert by_place(found)[0, 0] == (3, 0, 0)
    assert not found.barred.any()
    assert found.share.tolist() == [0] * 121


def test_screening_finds_a_river_without_a_bridge():
    found = screen(grid(11, 11, river_after=4), step=100, farthest_pair=142)
    numbers = by_place(found)
    assert numbers[300, 500] == (8, 0, 0)
    assert numbers[400, 500] == numbers[500, 500] == (8, 3, 3)
    assert numbers[400, 0] == (5, 2, 2)
    assert set(found.x[found.barred > 0]) == {400, 500}


def test_screening_sees_a_bridge():
    """At the bridge nothing is barred; the next row goes round by it, three times as long as straight across."""
    numbers = by_place(screen(grid(11, 11, river_after=4, bridges=[0]), step=100, farthest_pair=100))
    assert numbers[400, 0] == (3, 0, 0)
    assert numbers[400, 100] == (4, 1, 0)
    assert numbers[400, 1000] == (3, 1, 0)


def test_a_ratio_of_exactly_two_is_not_barred():
    """A way along three sides of a square whose open side is the straight line: 3; with a kink half as deep: 2."""
    kinked = WalkNetwork.of([0, 0, 100, 100], [0, 50, 50, 0], [0, 1, 2], [1, 2, 3], [50, 100, 50])
    assert screen(kinked, extent=(0, 0, 100, 0), step=100).barred.tolist() == [0, 0]
    longer = WalkNetwork.of([0, 0, 100, 100], [0, 50, 50, 0], [0, 1, 2], [1, 2, 3], [50, 101, 50])
    assert screen(longer, extent=(0, 0, 100, 0), step=100).barred.tolist() == [1, 1]


def test_the_way_to_the_network_counts():
    """Both points 80 m beside a street: 80 + 100 + 80 m for 100 m; no ratio below 1 can come of it."""
    street = WalkNetwork.of([0, 100], [80, 80], [0], [1], [100])
    found = screen(street, extent=(0, 0, 100, 0), step=100)
    assert (found.pairs.tolist(), found.barred.tolist()) == ([1, 1], [1, 1])
    assert screen(street, extent=(0, 40, 100, 120), step=100).barred.tolist() == [0, 0]


def test_points_far_from_the_network_are_left_out():
    found = screen(chain(3), extent=(0, 0, 200, 1000), step=250)
    assert sorted(zip(found.x, found.y, strict=True)) == [(0, 0), (0, 250)]


def test_the_raster_lies_on_whole_steps_and_can_be_of_one_point():
    shifted = WalkNetwork.of([30, 420], [10, 10], [0], [1], [390])
    assert screen(shifted, extent=(30, 0, 420, 0)).x.tolist() == [250]
    alone = screen(shifted, extent=(30, 0, 420, 0))
    assert alone.pairs.tolist() == [0]
    assert np.isnan(alone.share).all()
    assert screen(WalkNetwork.of([], [], [], [], [])).x.size == 0
