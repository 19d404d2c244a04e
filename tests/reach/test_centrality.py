"""Centrality within a radius: values worked out in the head, and networkx on random and real networks."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from grids import as_networkx, chain, grid
from helsinki import helsinki
from scipy.stats import percentileofscore

from dashboard.reach.centrality import CLOSEST, SHORTEST_EDGE, centralities, percentile_rank, share_below
from dashboard.reach.network import WalkNetwork, keep_nodes

LARGE = 41
CENTRE = LARGE * (LARGE // 2) + LARGE // 2


def graph_of(edges, nodes: int, length: float = 1.0) -> WalkNetwork:
    a, b = np.array(list(edges)).T
    return WalkNetwork.of(np.arange(nodes), np.zeros(nodes), a, b, np.full(a.size, length))


@pytest.fixture(scope="module")
def large_grid():
    return centralities(grid(LARGE, LARGE), (400, 800, 1600))


@pytest.mark.parametrize(
    ("radius", "reached", "total_depth", "harmonic"),
    [(400, 40, 12_000, 0.16), (800, 144, 81_600, 0.32), (1600, 544, 598_400, 0.64)],
)
def test_the_centre_of_a_grid(large_grid, radius, reached, total_depth, harmonic):
    found = large_grid[radius]
    assert (found.radius, found.reached[CENTRE], found.total_depth[CENTRE]) == (radius, reached, total_depth)
    assert found.harmonic[CENTRE] == pytest.approx(harmonic, abs=1e-12)
    assert found.closeness[CENTRE] == pytest.approx(reached**2 / total_depth, abs=1e-12)


def test_through_movement_at_the_centre_of_a_grid(large_grid):
    assert large_grid[400].betweenness[CENTRE] == pytest.approx(40, abs=1e-9)


def test_through_movement_of_small_networks():
    small = centralities(grid(3, 3), [5000])[5000].betweenness
    corner, side, centre = 4 / 3, 5, 32 / 3
    assert small == pytest.approx([corner, side, corner, side, centre, side, corner, side, corner])
    assert centralities(chain(5), [5000])[5000].betweenness == pytest.approx([0, 3, 4, 3, 0])
    star = graph_of([(0, leaf) for leaf in range(1, 6)], 6)
    assert centralities(star, [5000])[5000].betweenness == pytest.approx([10, 0, 0, 0, 0, 0])


def test_a_chain_and_its_integration_in_steps():
    """Integration of space syntax (Hillier & Hanson 1984) follows from the total depth; five lines in a row."""
    depth = centralities(graph_of([(0, 1), (1, 2), (2, 3), (3, 4)], 5), [10])[10].total_depth
    assert depth.tolist() == [10, 7, 6, 7, 10]
    lines = 5
    diamond = 2 * (lines * (np.log2((lines + 2) / 3) - 1) + 1) / ((lines - 1) * (lines - 2))
    asymmetry = 2 * (depth / (lines - 1) - 1) / (lines - 2)
    assert diamond / asymmetry == pytest.approx([0.352, 0.704, 1.056, 0.704, 0.352], abs=5e-4)


def test_the_karate_club():
    club = nx.karate_club_graph()
    found = centralities(graph_of(club.edges, 34), [100])[100]
    assert found.betweenness[0] == pytest.approx(231.0714, abs=1e-4)
    assert found.reached[0] / found.total_depth[0] == pytest.approx(0.568966, abs=1e-6)


def test_only_what_lies_within_the_radius_counts():
    found = centralities(chain(5), [250, 200, 199.9])
    assert list(found) == [250, 200, 199.9]
    assert found[250].reached.tolist() == found[200].reached.tolist() == [2, 3, 4, 3, 2]
    assert found[199.9].reached.tolist() == [1, 2, 2, 2, 1]
    assert found[200].betweenness.tolist() == [0, 1, 1, 1, 0]
    assert found[199.9].betweenness.tolist() == [0, 0, 0, 0, 0]


def test_of_parallel_edges_the_shortest_counts_and_loops_do_not():
    network = WalkNetwork.of([0, 1, 2], [0, 0, 0], [0, 1, 0, 1, 1], [1, 0, 1, 2, 1], [300, 100, 200, 50, 7])
    found = centralities(network, [400])[400]
    assert found.total_depth.tolist() == [250, 150, 200]
    assert found.betweenness.tolist() == [0, 1, 0]


def test_nodes_at_one_spot_do_not_outweigh_everything():
    """A length of 0 gives no infinite sum, and leads through like any other edge."""
    network = WalkNetwork.of([0, 100, 100, 200], [0, 0, 0, 0], [0, 1, 2], [1, 2, 3], [100, 0, 100])
    found = centralities(network, [400])[400]
    assert found.harmonic == pytest.approx([0.025, CLOSEST + 0.02, CLOSEST + 0.02, 0.025])
    assert found.total_depth == pytest.approx([400, 200, 200, 400])
    assert found.betweenness == pytest.approx([0, 2, 2, 0])


def test_a_node_that_reaches_nothing_has_no_centrality():
    network = WalkNetwork.of([0, 1, 2], [0, 0, 0], [0], [1], [10])
    found = centralities(network, [400])[400]
    assert (found.reached[2], found.closeness[2], found.harmonic[2], found.betweenness[2]) == (0, 0, 0, 0)
    alone = centralities(WalkNetwork.of([0], [0], [], [], []), [400])[400]
    assert (alone.closeness.tolist(), alone.betweenness.tolist()) == ([0], [0])


def by_networkx(graph: nx.Graph, node: int, radius: float) -> tuple[int, float, float]:
    found = nx.single_source_dijkstra_path_length(graph, node, cutoff=radius, weight="length")
    metres = [length for other, length in found.items() if other != node]
    return len(metres), sum(metres), sum(1 / max(length, CLOSEST) for length in metres)


def through_by_networkx(graph: nx.Graph, radius: float) -> np.ndarray:
    """Count shares of shortest ways between all pairs within a radius, way by way."""
    through = np.zeros(len(graph))
    lengths = dict(nx.all_pairs_dijkstra_path_length(graph, cutoff=radius, weight="length"))
    for a, ends in lengths.items():
        for b in ends:
            if a < b:
                ways = list(nx.all_shortest_paths(graph, a, b, weight="length"))
                for way in ways:
                    through[way[1:-1]] += 1 / len(ways)
    return through


@pytest.mark.parametrize("seed", range(4))
def test_random_networks_against_networkx(seed):
    rng = np.random.default_rng(seed)
    nodes, edges = 60, 110
    network = WalkNetwork.of(
        *rng.uniform(0, 1000, (2, nodes)),
        *rng.integers(0, nodes, (2, edges)),
        # Whole metres, so that ways of one length are so to the last digit.
        rng.integers(0, 200, edges).astype(float),
    )
    graph = as_networkx(network)
    within = as_networkx(network, SHORTEST_EDGE)
    for radius, found in centralities(network, (150, 400)).items():
        told = [by_networkx(graph, node, radius) for node in range(nodes)]
        assert found.reached.tolist() == [one[0] for one in told]
        assert found.total_depth == pytest.approx([one[1] for one in told], abs=1e-9)
        assert found.harmonic == pytest.approx([one[2] for one in told], abs=1e-9)
        assert found.betweenness == pytest.approx(through_by_networkx(within, radius), abs=1e-9)


def test_a_real_network_against_networkx():
    network = helsinki()
    graph = as_networkx(network)
    found = centralities(network, (400, 800))
    for node in np.random.default_rng(1).choice(network.nodes, 60, replace=False).tolist():
        for radius, centrality in found.items():
            reached, depth, harmonic = by_networkx(graph, node, radius)
            assert centrality.reached[node] == reached
            assert centrality.total_depth[node] == pytest.approx(depth, rel=1e-9)
            assert centrality.harmonic[node] == pytest.approx(harmonic, rel=1e-9)


def test_through_movement_in_a_real_network_against_networkx():
    """Without a radius, networkx has the measure itself."""
    network = helsinki()
    near = np.hypot(network.x - network.x.mean(), network.y - network.y.mean()) < 300
    part, _ = keep_nodes(network, near)
    theirs = nx.betweenness_centrality(as_networkx(part, SHORTEST_EDGE), weight="length", normalized=False)
    found = centralities(part, [100_000])[100_000].betweenness
    assert found.max() > 1000
    assert found == pytest.approx([theirs[node] for node in range(part.nodes)], abs=1e-6)


def test_percentile_rank_against_scipy():
    values = np.random.default_rng(6).integers(0, 30, 200).astype(float)
    expected = [percentileofscore(values, value, kind="mean") for value in values]
    assert percentile_rank(values) == pytest.approx(expected, abs=1e-9)


def test_percentile_rank():
    assert percentile_rank([10, 30, 20, 40]).tolist() == [12.5, 62.5, 37.5, 87.5]
    assert percentile_rank([5, 5, 5]).tolist() == [50, 50, 50]
    with_gap = percentile_rank([1, np.nan, 2])
    assert with_gap[[0, 2]].tolist() == [25, 75]
    assert np.isnan(with_gap[1])
    assert percentile_rank([]).tolist() == []


def test_share_below_counts_lower_values_alone():
    """Of four nodes that no way leads past, none has a lower value, however many there are."""
    assert share_below([0, 0, 0, 5]).tolist() == [0, 0, 0, 75]
    assert share_below([10, 30, 20, 40]).tolist() == [0, 50, 25, 75]
    with_gap = share_below([1, np.nan, 2])
    assert with_gap[[0, 2]].tolist() == [0, 50]
    assert np.isnan(with_gap[1])
    assert share_below([]).tolist() == []
    assert share_below([0, 0]).tolist() == [0, 0]


def test_share_below_takes_numbers_that_differ_in_the_last_digit_for_equal():
    assert share_below([0.1 + 0.2, 0.3, 0.4]).tolist() == [0, 0, pytest.approx(200 / 3)]
