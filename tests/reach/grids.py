"""Networks whose distances can be worked out in the head."""

from __future__ import annotations

from collections.abc import Collection

import networkx as nx
import numpy as np

from dashboard.reach.network import WalkNetwork


def grid(columns: int, rows: int, *, river_after: int | None = None, bridges: Collection[int] = ()) -> WalkNetwork:
    """Give a grid of streets, 100 m apart, node = row × columns + column, maybe with a river after a column.

    The river is crossed by streets only in the rows that have bridges.
    """
    node = np.arange(columns * rows).reshape(rows, columns)
    along = [(node[:-1].ravel(), node[1:].ravel())]
    for column in range(columns - 1):
        crossed = [row for row in range(rows) if column != river_after or row in bridges]
        along.append((node[crossed, column], node[crossed, column + 1]))
    a, b = (np.concatenate(ends) for ends in zip(*along, strict=True))
    column, row = np.tile(np.arange(columns), rows), np.repeat(np.arange(rows), columns)
    return WalkNetwork.of(100.0 * column, 100.0 * row, a, b, np.full(a.size, 100.0))


def chain(nodes: int) -> WalkNetwork:
    """Give nodes in a row, 100 m apart."""
    return grid(nodes, 1)


def as_networkx(network: WalkNetwork, shortest: float = 0.0) -> nx.Graph:
    """Give the same network for networkx, of parallel edges the shortest."""
    graph = nx.Graph()
    graph.add_nodes_from(range(network.nodes))
    for a, b, length in zip(network.a.tolist(), network.b.tolist(), network.length.tolist(), strict=True):
        if a != b:
            before = graph.get_edge_data(a, b, {"length": np.inf})["length"]
            graph.add_edge(a, b, length=max(min(length, before), shortest))
    return graph
