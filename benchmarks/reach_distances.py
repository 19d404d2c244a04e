"""How much faster walking distances are than with other programs: 20 places to all nodes of a real network.

The streets of central Helsinki, imported as the product does. Every program has the network in its own form before the
clock starts, and all answer in one process, in turns. The answers must agree: networkx's to 1e-9, those of the others
to 0.1 m, since they keep lengths as whole millimetres or in single precision. pandana and cityseer are measured where
they are installed; the project does not need them.

Run: python -m benchmarks.reach_distances
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import shapely

from benchmarks.results import Result, report
from benchmarks.walk_networks import helsinki
from dashboard.reach.distances import network_distances
from dashboard.reach.network import Floats, Ints, WalkNetwork

PLACES = 20
ROUNDS = 15
#: How many times as fast as each program, at least, and how far its answers may lie from ours: metres.
GOALS = {"networkx": 20.0, "pandana": 10.0, "cityseer": 1.0}
TOLERANCES = {"networkx": 0.0, "pandana": 0.1, "cityseer": 0.1}
#: Metres a second; cityseer counts in seconds, and reads the metres from the same search.
SPEED = 80 / 60
#: Gives what a program answers, and makes distances of it afterwards, which is not counted.
Ask = Callable[[], Any]
Read = Callable[[Any], Floats]


def with_networkx(network: WalkNetwork, places: Ints) -> tuple[Ask, Read]:
    """Ask networkx, one place after another."""
    graph = nx.Graph()
    graph.add_nodes_from(range(network.nodes))
    shortest = network.matrix.tocoo()
    graph.add_weighted_edges_from(
        zip(*(part.tolist() for part in (shortest.row, shortest.col, shortest.data)), strict=True)
    )

    def ask() -> list[dict[int, float]]:
        return [nx.single_source_dijkstra_path_length(graph, place) for place in places.tolist()]

    return ask, lambda found: np.array([[one.get(node, np.inf) for node in range(network.nodes)] for one in found])


def with_pandana(network: WalkNetwork, places: Ints) -> tuple[Ask, Read]:
    """Ask pandana for all pairs at once; it has worked out its contraction hierarchies before."""
    pandana = importlib.import_module("pandana")
    matrix = network.matrix.tocoo()
    once = matrix.row < matrix.col
    ends = pd.Series(matrix.row[once]), pd.Series(matrix.col[once])
    made = pandana.Network(pd.Series(network.x), pd.Series(network.y), *ends, pd.DataFrame({"m": matrix.data[once]}))
    origins, targets = np.repeat(places, network.nodes), np.tile(np.arange(network.nodes), places.size)
    return (
        lambda: made.shortest_path_lengths(origins, targets, imp_name="m"),
        lambda found: np.asarray(found, np.float64).reshape(places.size, network.nodes),
    )


def with_cityseer(network: WalkNetwork, places: Ints) -> tuple[Ask, Read]:
    """Ask cityseer's compiled search, one place after another."""
    made = importlib.import_module("cityseer.rustalgos").graph.NetworkStructure()
    for node, (x, y) in enumerate(zip(network.x.tolist(), network.y.tolist(), strict=True)):
        made.add_street_node(node, x, y, True, 1.0)
    for ends, lines in (
        ((network.a, network.b), network.courses),
        ((network.b, network.a), shapely.reverse(network.courses)),
    ):
        texts = shapely.to_wkt(lines, rounding_precision=-1)
        for edge, (a, b, text) in enumerate(zip(ends[0].tolist(), ends[1].tolist(), texts, strict=True)):
            made.add_street_edge(a, b, edge, a, b, text)
    return (
        lambda: [made.dijkstra_tree_shortest(place, 1_000_000, SPEED)[1] for place in places.tolist()],
        lambda found: np.array([[visit.short_dist for visit in one] for one in found]),
    )


PROGRAMS = {"networkx": with_networkx, "pandana": with_pandana, "cityseer": with_cityseer}


def timed(ask: Ask) -> tuple[float, Any]:
    """Give the seconds that an answer takes, and the answer."""
    start = time.perf_counter()
    found = ask()
    return time.perf_counter() - start, found


def measure() -> list[Result]:
    """Ask every program in turns, and hold its answers against ours."""
    network = helsinki()
    places = np.random.default_rng(1).choice(network.nodes, PLACES, replace=False)
    ours = network_distances(network, places)
    others = {name: start(network, places) for name, start in PROGRAMS.items() if importlib.util.find_spec(name)}
    seconds: dict[str, list[float]] = {name: [] for name in ("ours", *others)}
    for _ in range(ROUNDS):
        seconds["ours"].append(timed(lambda: network_distances(network, places))[0])
        for name, (ask, read) in others.items():
            spent, found = timed(ask)
            seconds[name].append(spent)
            np.testing.assert_allclose(read(found), ours, rtol=1e-9, atol=TOLERANCES[name])
    own = median(seconds.pop("ours"))
    return [
        Result(
            f"Distances on foot from {PLACES} places to {network.nodes} nodes of real streets ({network.edges} edges),"
            f" against {name}: {1000 * own:.1f} ms against {1000 * median(spent):.0f} ms",
            median(spent) / own,
            "times faster",
            GOALS[name],
            f"medians of {ROUNDS}",
            more_is_better=True,
        )
        for name, spent in seconds.items()
    ]


if __name__ == "__main__":
    sys.exit(report(measure))
