"""Walking distances: the shortest ways over the walk network."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from dashboard.reach.network import Floats, Ints, WalkNetwork

#: Metres a minute, 4.8 km/h: stated wherever minutes are shown.
METRES_A_MINUTE = 80.0
UNREACHABLE = np.inf


def network_distances(network: WalkNetwork, sources: ArrayLike, limit: float = np.inf) -> Floats:
    """Tell how far it is from each source to every node.

    Parameters
    ----------
    network
        The network.
    sources
        Nodes, shape (k,).
    limit
        Metres beyond which nothing is looked for.

    Returns
    -------
    Metres, shape (k, n); infinite where no way leads, or none within the limit.
    """
    nodes = np.atleast_1d(np.asarray(sources, np.int64))
    found = dijkstra(network.matrix, directed=True, indices=nodes, limit=limit)
    return cast(Floats, found)


def distance_to_nearest(network: WalkNetwork, sources: ArrayLike, access: ArrayLike | None = None) -> Floats:
    """Tell how far it is from every node to the nearest of some sources.

    Parameters
    ----------
    network
        The network.
    sources
        Nodes, shape (k,).
    access
        Metres that come on top at each source, shape (k,); nothing by default.

    Returns
    -------
    Metres, shape (n,); infinite where none can be reached.
    """
    nodes = np.atleast_1d(np.asarray(sources, np.int64))
    if not nodes.size:
        return np.full(network.nodes, UNREACHABLE)
    if access is None or not np.any(access):
        return cast(Floats, dijkstra(network.matrix, directed=True, indices=nodes, min_only=True))
    # The ways beside the network lead one way, from a node of their own to the sources: no short cut arises.
    on_top = np.maximum(np.atleast_1d(np.asarray(access, np.float64)), np.finfo(np.float64).tiny)
    order = np.lexsort((on_top, nodes))
    nodes, on_top = nodes[order], on_top[order]
    first = np.r_[True, nodes[1:] != nodes[:-1]]
    nodes, on_top = nodes[first], on_top[first]
    matrix, size = network.matrix, network.nodes + 1
    hub = csr_array(
        (
            np.concatenate([matrix.data, on_top]),
            np.concatenate([matrix.indices, nodes]),
            np.append(matrix.indptr, matrix.indptr[-1] + nodes.size),
        ),
        shape=(size, size),
    )
    return cast(Floats, dijkstra(hub, directed=True, indices=network.nodes)[:-1])


def shortest_way(network: WalkNetwork, source: int, target: int) -> tuple[float, Ints]:
    """Give the length of the shortest way between two nodes, and the nodes along it.

    Returns
    -------
    Metres and nodes from source to target; infinite and none when no way leads there.
    """
    distance, before = dijkstra(network.matrix, directed=True, indices=source, return_predecessors=True)
    if not np.isfinite(distance[target]):
        return UNREACHABLE, np.empty(0, np.int64)
    way = [target]
    while way[-1] != source:
        way.append(int(before[way[-1]]))
    return float(distance[target]), np.array(way[::-1], np.int64)


def minutes(metres: float) -> float:
    """Give the minutes that a walk takes, at 80 m a minute."""
    return metres / METRES_A_MINUTE
