"""Shortest ways: cases that can be worked out in the head, and networkx on random and real networks."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from grids import as_networkx, chain, grid
from helsinki import helsinki

from dashboard.reach.distances import (
    METRES_A_MINUTE,
    distance_to_nearest,
    minutes,
    network_distances,
    shortest_way,
)
from dashboard.reach.network import WalkNetwork, tie


def random_network(seed: int, nodes: int = 80, edges: int = 120) -> WalkNetwork:
    """Give a network with parallel edges, loops, edges of no length and parts that hang together with nothing."""
    rng = np.random.default_rng(seed)
    length = rng.uniform(0, 300, edges) * (rng.uniform(size=edges) > 0.1)
    return WalkNetwork.of(*rng.uniform(0, 1000, (2, nodes)), *rng.integers(0, nodes, (2, edges)), length)


def by_networkx(graph: nx.Graph, source: int) -> np.ndarray:
    found = nx.single_source_dijkstra_path_length(graph, source, weight="length")
    return np.array([found.get(node, np.inf) for node in range(len(graph))])


def test_along_a_chain():
    network = chain(4)
    assert network_distances(network, [0, 2]).tolist() == [[0, 100, 200, 300], [200, 100, 0, 100]]
    assert network_distances(network, 3).tolist() == [[300, 200, 100, 0]]
    assert network_distances(network, []).shape == (0, 4)


def test_on_a_grid_the_ways_are_city_blocks():
    side = 21
    row, column = np.divmod(np.arange(side * side), side)
    found = network_distances(grid(side, side), side * 10 + 10)[0]
    assert found.tolist() == (100 * (abs(row - 10) + abs(column - 10))).tolist()


@pytest.mark.parametrize(("radius", "without", "with_river"), [(800, 145, 81), (1000, 221, 121)])
def test_a_river_halves_what_can_be_reached(radius, without, with_river):
    """From the middle of a grid of 21 × 21, a river right beside it and its only bridge out of reach."""
    side, start = 21, 21 * 10 + 10
    for network, expected in (
        (grid(side, side), without),
        (grid(side, side, river_after=10, bridges=[0]), with_river),
    ):
        assert int((network_distances(network, start)[0] <= radius).sum()) == expected


def test_where_no_way_leads_there_is_no_number():
    side = 5
    network = grid(side, side, river_after=1)
    across = np.arange(side * side) % side > 1
    found = network_distances(network, 0)[0]
    assert np.isinf(found).tolist() == across.tolist()
    assert np.isinf(distance_to_nearest(network, [0, 1], [5, 0])).tolist() == across.tolist()
    metres, way = shortest_way(network, 0, 4)
    assert (metres, way.tolist()) == (np.inf, [])


def test_beyond_the_limit_nothing_is_looked_for():
    assert network_distances(chain(5), 0, limit=200).tolist() == [[0, 100, 200, np.inf, np.inf]]


@pytest.mark.parametrize("seed", range(5))
def test_random_networks_against_networkx(seed):
    network = random_network(seed)
    graph = as_networkx(network)
    every = np.arange(network.nodes)
    expected = np.stack([by_networkx(graph, source) for source in every])
    assert 0 < np.isinf(expected).sum() < expected.size
    assert network_distances(network, every) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_the_nearest_of_several_against_networkx(seed):
    rng = np.random.default_rng(100 + seed)
    network = random_network(seed)
    graph = as_networkx(network)
    # One source twice, with different ways beside the network: the shorter counts.
    sources = np.append(rng.choice(network.nodes, 6, replace=False), 0)
    sources[0] = 0
    access = rng.uniform(0, 250, sources.size)
    ways = np.stack([by_networkx(graph, source) for source in sources.tolist()])
    assert distance_to_nearest(network, sources) == pytest.approx(ways.min(axis=0), abs=1e-9)
    expected = (ways + access[:, None]).min(axis=0)
    assert distance_to_nearest(network, sources, access) == pytest.approx(expected, abs=1e-9)
    assert distance_to_nearest(network, sources, np.zeros(7)) == pytest.approx(ways.min(axis=0), abs=1e-9)


def test_no_way_leads_through_a_place_and_out_at_another():
    """Two services right beside the spot where nothing else is: no tunnel of 2 m arises between their nodes."""
    found = distance_to_nearest(chain(5), [0, 4, 2], [1, 1, 1000])
    assert found.tolist() == [1, 101, 201, 101, 1]


def test_without_a_source_nothing_is_near():
    assert distance_to_nearest(chain(3), []).tolist() == [np.inf] * 3
    assert distance_to_nearest(chain(3), [], []).tolist() == [np.inf] * 3


def test_the_way_is_as_long_as_its_edges():
    network = random_network(3)
    graph = as_networkx(network)
    distance = network_distances(network, 5)[0]
    for target in np.flatnonzero(np.isfinite(distance)).tolist():
        metres, way = shortest_way(network, 5, target)
        assert (way[0], way[-1]) == (5, target)
        assert nx.path_weight(graph, way.tolist(), "length") == pytest.approx(metres, abs=1e-9)
        assert metres == distance[target]


def test_a_real_network_against_networkx():
    network = helsinki()
    graph = as_networkx(network)
    sources = np.random.default_rng(1).choice(network.nodes, 20, replace=False)
    expected = np.stack([by_networkx(graph, source) for source in sources.tolist()])
    found = network_distances(network, sources)
    assert np.isfinite(found).all()
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert distance_to_nearest(network, sources) == pytest.approx(expected.min(axis=0), rel=1e-9, abs=1e-9)


def nearest_spot(network: WalkNetwork, x: float, y: float) -> tuple[int, float, float]:
    """Give the nearest edge, the share of it before the spot nearest to a point, and how far that is; by projection."""
    start = np.stack([network.x, network.y], 1)[network.a]
    along = np.stack([network.x, network.y], 1)[network.b] - start
    squared = np.maximum((along**2).sum(1), 1e-12)
    share = np.clip(((np.array([x, y]) - start) * along).sum(1) / squared, 0, 1)
    apart = np.hypot(*(start + share[:, None] * along - [x, y]).T)
    edge = int(apart.argmin())
    return edge, float(share[edge]), float(apart[edge])


@pytest.mark.parametrize("seed", range(6))
def test_points_in_a_real_network_against_networkx(seed):
    """Beside any street: networkx is told of the two halves of the street that the point lies at."""
    network = helsinki()
    rng = np.random.default_rng(seed)
    near = rng.integers(network.nodes)
    x, y = network.x[near] + rng.uniform(-40, 40), network.y[near] + rng.uniform(-40, 40)
    edge, share, apart = nearest_spot(network, x, y)
    graph = as_networkx(network)
    graph.add_edge(network.nodes, int(network.a[edge]), length=share * network.length[edge])
    graph.add_edge(network.nodes, int(network.b[edge]), length=(1 - share) * network.length[edge])
    ties = tie(network, [x], [y])
    assert ties.access == pytest.approx([apart], abs=1e-6)
    found = network_distances(ties.network, ties.node)[0]
    assert found[: network.nodes] == pytest.approx(by_networkx(graph, network.nodes)[:-1], abs=1e-6)


def test_minutes():
    assert (METRES_A_MINUTE, minutes(400), minutes(2000), minutes(np.inf)) == (80, 5, 25, np.inf)
