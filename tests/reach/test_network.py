"""The walk network and the points tied to it: cases that can be drawn on paper, and rules that hold for all."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from grids import grid
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.reach.distances import network_distances
from dashboard.reach.network import (
    FARTHEST,
    NOT_TIED,
    NetworkError,
    WalkNetwork,
    keep_nodes,
    largest_part,
    straight,
    tie,
)

COURSES = {"straight": [(0, 0), (100, 0)], "bent": [(0, 0), (50, 50), (100, 0)]}


def street(length: float = 100.0) -> WalkNetwork:
    """Give one street along the x axis from node 0 at 0 to node 1 at 100; it may be longer than it looks."""
    return WalkNetwork.of([0, 100], [0, 0], [0], [1], [length])


def two_ways() -> WalkNetwork:
    """Give two streets between the same two nodes, one straight and one that bends away."""
    lines = np.array([shapely.LineString(course) for course in COURSES.values()], object)
    return WalkNetwork.of([0, 100], [0, 0], [0, 0], [1, 1], [100, 150], lines=lines)


def edges_of(network: WalkNetwork) -> list[tuple[int, int, float]]:
    return sorted(
        (min(a, b), max(a, b), round(length, 9))
        for a, b, length in zip(network.a.tolist(), network.b.tolist(), network.length.tolist(), strict=True)
    )


def test_a_point_beside_an_edge_cuts_it_there():
    ties = tie(street(), [30], [7])
    assert (ties.node.tolist(), ties.tied.tolist()) == ([2], [True])
    assert ties.access == pytest.approx([7], abs=1e-9)
    assert (ties.network.x[2], ties.network.y[2]) == (30, 0)
    assert edges_of(ties.network) == [(0, 2, 30), (1, 2, 70)]


def test_an_edge_is_cut_in_proportion_to_its_own_length():
    """An edge of 200 m that looks 100 m long has 60 m before the point at 30."""
    assert edges_of(tie(street(200), [30], [0]).network) == [(0, 2, 60), (1, 2, 140)]


@pytest.mark.parametrize(("x", "y", "node", "access"), [(-30, 40, 0, 50), (103, 4, 1, 5), (0, 9, 0, 9), (100, 0, 1, 0)])
def test_a_point_beyond_an_end_or_on_a_node_cuts_nothing(x, y, node, access):
    network = street()
    ties = tie(network, [x], [y])
    assert (ties.node.tolist(), ties.access.tolist()) == ([node], [access])
    assert ties.network is network


@pytest.mark.parametrize("order", [(20, 80), (80, 20)])
def test_two_points_on_one_edge_are_as_far_apart_as_they_lie(order):
    """In whichever order they come, the edge becomes a chain and not two ways beside each other."""
    ties = tie(street(), order, [0, 0])
    assert ties.network.x[ties.node].tolist() == list(order)
    assert network_distances(ties.network, ties.node[0])[0, ties.node[1]] == pytest.approx(60, abs=1e-9)
    assert sorted(length for _, _, length in edges_of(ties.network)) == [20, 20, 60]


def test_points_at_one_spot_share_a_node():
    ties = tie(street(), [40, 40, 40], [5, -3, 5])
    assert ties.node.tolist() == [2, 2, 2]
    assert ties.access.tolist() == [5, 3, 5]
    assert edges_of(ties.network) == [(0, 2, 40), (1, 2, 60)]


def test_a_tied_network_can_be_tied_to_again():
    first = tie(street(), [40], [0])
    again = tie(first.network, [70, 40], [0, 0])
    assert again.node.tolist() == [3, 2]
    assert edges_of(again.network) == [(0, 2, 40), (1, 3, 30), (2, 3, 30)]
    assert again.network.origin.tolist() == [0, 0, 0]


def test_an_edge_of_no_length_can_be_tied_to():
    network = WalkNetwork.of([0, 0, 100], [0, 0, 0], [0, 1], [1, 2], [0, 100])
    ties = tie(network, [-30, 25], [0, 0])
    assert ties.node[0] in {0, 1}
    assert ties.access.tolist() == [30, 0]
    assert network_distances(ties.network, ties.node[0])[0, ties.node[1]] == pytest.approx(25, abs=1e-9)


def test_a_loop_is_cut_into_two_ways_round():
    lines = np.array([shapely.LineString([(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)])], object)
    ties = tie(WalkNetwork.of([0], [0], [0], [0], [400], lines=lines), [100], [50])
    assert edges_of(ties.network) == [(0, 1, 150), (0, 1, 250)]
    assert network_distances(ties.network, ties.node)[0].tolist() == [150, 0]


@pytest.mark.parametrize(("y", "to_the_ends"), [(2, [60, 40]), (45, [67.5, 82.5])])
def test_of_parallel_edges_the_nearer_is_cut(y, to_the_ends):
    """Beside the straight one at x = 60, and beside the bent one at x = 45: 0.45 × 150 m from its start."""
    ties = tie(two_ways(), [60 if y == 2 else 45], [y])
    assert network_distances(ties.network, ties.node)[0, :2] == pytest.approx(to_the_ends, abs=1e-9)
    assert ties.network.edges == 3


def test_a_bent_line_is_cut_where_the_point_meets_it():
    ties = tie(two_ways(), [75, 25], [25, 25])
    cut = [part for part, origin in zip(ties.network.courses, ties.network.origin, strict=True) if origin == 1]
    assert [list(part.coords) for part in cut] == [
        [(0, 0), (25, 25)],
        [(25, 25), (50, 50), (75, 25)],
        [(75, 25), (100, 0)],
    ]
    assert ties.network.length[ties.network.origin == 1].tolist() == pytest.approx([37.5, 75, 37.5])


def test_nothing_is_tied_to_a_bridge():
    """The point lies on the bridge; the street on the shore is 60 m away."""
    x, y = [0, 100, 200], [0, 0, 0]
    network = WalkNetwork.of(x, y, [0, 1], [1, 2], [100, 100], open_to_points=[True, False])
    ties = tie(network, [160], [0])
    assert (ties.node.tolist(), ties.access.tolist()) == ([1], [60])
    assert tie(network.without_edges(np.array([True, False])), [160], [0]).node.tolist() == [NOT_TIED]


def test_what_lies_too_far_away_is_not_tied_and_its_distance_is_told():
    network = street()
    ties = tie(network, [50, 50, 50], [FARTHEST, FARTHEST + 0.01, 1000])
    assert ties.node.tolist() == [2, NOT_TIED, NOT_TIED]
    assert ties.tied.tolist() == [True, False, False]
    assert ties.access == pytest.approx([250, 250.01, 1000])
    assert tie(network, [50], [31], farthest=30).node.tolist() == [NOT_TIED]


def test_without_edges_nothing_is_tied():
    ties = tie(WalkNetwork.of([0], [0], [], [], []), [0], [0])
    assert (ties.node.tolist(), ties.access.tolist()) == ([NOT_TIED], [np.inf])


def test_no_points():
    assert tie(street(), [], []).node.tolist() == []


@pytest.mark.parametrize("spot", [(np.nan, 0), (0, np.inf)])
def test_a_point_without_coordinates_is_refused(spot):
    with pytest.raises(NetworkError, match="a point has coordinates that are no numbers"):
        tie(street(), [50, spot[0]], [0, spot[1]])


coordinates = st.integers(-300, 300).map(float)


@st.composite
def networks(draw) -> WalkNetwork:
    nodes = draw(st.integers(2, 6))
    x, y = (np.array(draw(st.lists(coordinates, min_size=nodes, max_size=nodes))) for _ in "xy")
    edges = draw(st.integers(1, 8))
    a, b = (np.array(draw(st.lists(st.integers(0, nodes - 1), min_size=edges, max_size=edges))) for _ in "ab")
    bends = draw(st.lists(st.lists(st.tuples(coordinates, coordinates), max_size=2), min_size=edges, max_size=edges))
    courses = [
        shapely.LineString([(x[start], y[start]), *bend, (x[end], y[end])])
        for start, end, bend in zip(a, b, bends, strict=True)
    ]
    longer = draw(st.floats(1, 2))
    is_open = draw(st.lists(st.booleans(), min_size=edges, max_size=edges))
    length = longer * shapely.length(courses)
    return WalkNetwork.of(x, y, a, b, length, open_to_points=is_open, lines=np.array(courses, object))


@given(networks(), st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_tying_changes_no_way_and_no_length(network, points):
    x, y = np.array(points).T
    ties = tie(network, x, y)
    tied = ties.network
    assert tied.length.sum() == pytest.approx(network.length.sum(), abs=1e-6)
    for edge in range(network.edges):
        parts = tied.origin == edge
        assert tied.length[parts].sum() == pytest.approx(network.length[edge], abs=1e-6)
        assert set(tied.open_to_points[parts]) <= {network.open_to_points[edge]}
    assert tied.x[: network.nodes].tolist() == network.x.tolist()
    assert tied.y[: network.nodes].tolist() == network.y.tolist()
    every = np.arange(network.nodes)
    before, after = network_distances(network, every), network_distances(tied, every)[:, : network.nodes]
    assert np.isinf(before).tolist() == np.isinf(after).tolist()
    assert after[np.isfinite(after)] == pytest.approx(before[np.isfinite(before)], abs=1e-6)


@given(networks(), st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_every_point_is_tied_to_the_nearest_open_spot(network, points):
    x, y = np.array(points).T
    ties = tie(network, x, y)
    open_lines = network.courses[network.open_to_points]
    for place, point in enumerate(shapely.points(x, y)):
        nearest = shapely.distance(point, open_lines).min(initial=np.inf)
        assert ties.access[place] == pytest.approx(nearest, abs=1e-6)
        assert ties.tied[place] == (ties.access[place] <= FARTHEST)
        if ties.tied[place]:
            node = ties.node[place]
            apart = straight(ties.network.x[node], ties.network.y[node], x[place], y[place])
            assert apart == pytest.approx(nearest, abs=1e-6)
    ends = shapely.get_coordinates(shapely.get_point(ties.network.courses, 0))
    assert ends == pytest.approx(np.stack([ties.network.x, ties.network.y], 1)[ties.network.a], abs=1e-6)
    ends = shapely.get_coordinates(shapely.get_point(ties.network.courses, -1))
    assert ends == pytest.approx(np.stack([ties.network.x, ties.network.y], 1)[ties.network.b], abs=1e-6)


@pytest.mark.parametrize(
    ("ends", "length", "message"),
    [
        (([0], [2]), [1], "no node"),
        (([-1], [1]), [1], "no node"),
        (([0], [1]), [-1], "no number of metres"),
        (([0], [1]), [np.nan], "no number of metres"),
        (([0], [1]), [np.inf], "no number of metres"),
    ],
)
def test_a_network_that_cannot_be_is_refused(ends, length, message):
    with pytest.raises(NetworkError, match=message):
        WalkNetwork.of([0, 100], [0, 0], *ends, length)


def test_the_matrix_has_the_shortest_of_parallel_edges_and_those_of_no_length():
    network = WalkNetwork.of([0, 1, 2], [0, 0, 0], [0, 1, 0, 1, 1], [1, 0, 1, 2, 1], [300, 100, 200, 0, 7])
    assert network.matrix.nnz == 4
    dense = network.matrix.toarray()
    assert dense.tolist() == dense.T.tolist()
    assert dense[0, 1] == 100
    assert 0 < dense[1, 2] < 1e-300
    assert dense[1, 1] == 0
    assert network_distances(network, 0)[0] == pytest.approx([0, 100, 100])


def test_edges_are_closed_and_added():
    network = grid(3, 1)
    closed = network.without_edges(network.a == 0)
    assert (closed.nodes, edges_of(closed), closed.origin.tolist()) == (3, [(1, 2, 100)], [1])
    added = closed.with_edges([0], [2], [500])
    assert (edges_of(added), added.origin.tolist()) == ([(0, 2, 500), (1, 2, 100)], [1, -1])
    # Nothing is tied to an added link: on the ground at (10, 0) nothing but node 1 is near.
    assert tie(added, [10], [0]).access.tolist() == [90]
    assert edges_of(network) == [(0, 1, 100), (1, 2, 100)]


def test_an_added_edge_has_a_course_beside_those_that_bend():
    added = two_ways().with_edges([1], [0], [100])
    assert [list(line.coords) for line in added.courses[[1, 2]]] == [COURSES["bent"], [(100, 0), (0, 0)]]


def test_the_largest_part_is_kept():
    network = WalkNetwork.of(range(6), [0] * 6, [0, 2, 3], [1, 3, 4], [10, 20, 30])
    kept = largest_part(network)
    assert kept.tolist() == [False, False, True, True, True, False]
    smaller, old = keep_nodes(network, kept)
    assert old.tolist() == [2, 3, 4]
    assert smaller.x.tolist() == [2, 3, 4]
    assert edges_of(smaller) == [(0, 1, 20), (1, 2, 30)]
    assert smaller.origin.tolist() == [1, 2]


def test_straight_lines():
    assert straight([0, 3], [0, 0], [3, 3], [4, 0]).tolist() == [5, 0]
