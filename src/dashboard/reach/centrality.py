"""Radius-limited centrality of nodes: what lies near (integration), and what ways lead through (through-movement)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import triu
from scipy.sparse.csgraph import dijkstra

from dashboard.reach.network import Floats, Ints, WalkNetwork

if TYPE_CHECKING:
    import igraph

#: Metres: 5, 10 and 20 minutes on foot, and the reach of a bicycle or a bus.
RADII = (400.0, 800.0, 1600.0, 5000.0)
#: Metres that two nodes are apart at least, so that a pair at one spot does not outweigh everything else.
CLOSEST = 1.0
#: Metres that an edge of no length counts as where ways are counted: with 0 their number would have no end.
SHORTEST_EDGE = 0.001
#: Distances (sources × nodes) that are held at once: 32 MB.
_AT_ONCE = 4_000_000


@dataclass(frozen=True, eq=False)
class Centrality:
    """The centrality of every node within one radius; every array has the shape (n,).

    Parameters
    ----------
    radius
        Metres on foot.
    reached
        Other nodes within the radius.
    total_depth
        The sum of the distances to them, metres.
    harmonic
        The sum of one over the distances to them, 1/metre; a distance counts as one metre at least.
    closeness
        ``reached``² / ``total_depth``, 1/metre: closeness after Wasserman & Faust (1994) without the division by all
        nodes, which would be the same for every node. 0 where no other node is reached. Unlike in the harmonic sum, a
        pair of nodes a few metres apart cannot outweigh everything else.
    betweenness
        Over pairs of nodes within the radius of one another: the share of the pair's shortest ways that lead through
        the node (Freeman 1977). Each pair counts once.
    """

    radius: float
    reached: Ints
    total_depth: Floats
    harmonic: Floats
    closeness: Floats
    betweenness: Floats


def centralities(network: WalkNetwork, radii: Iterable[float] = RADII) -> dict[float, Centrality]:
    """Tell how central every node is within each of some radii.

    Of parallel edges the shortest counts. The nodes are looked at one by one, so that the time grows with the number of
    nodes times what lies within the largest radius.

    Parameters
    ----------
    network
        The network.
    radii
        Metres on foot.

    Returns
    -------
    Radius → centrality, in the order given.
    """
    wanted = [float(radius) for radius in radii]
    near = _nearness(network, wanted)
    graph = _graph(network)
    return {
        radius: Centrality(radius, *found, _betweenness(graph, radius))
        for radius, found in zip(wanted, near, strict=True)
    }


def _nearness(network: WalkNetwork, radii: list[float]) -> list[tuple[Ints, Floats, Floats, Floats]]:
    """Give reached nodes, total depth, harmonic sum and closeness for each radius, from one search to the largest."""
    size = network.nodes
    reached = np.zeros((len(radii), size), np.int64)
    depth, harmonic = np.zeros((2, len(radii), size))
    step = max(1, _AT_ONCE // max(size, 1))
    for first in range(0, size, step):
        sources = np.arange(first, min(first + step, size))
        distances = dijkstra(network.matrix, directed=True, indices=sources, limit=max(radii))
        distances[np.arange(sources.size), sources] = np.inf
        from_source, _ = np.nonzero(np.isfinite(distances))
        metres = distances[np.isfinite(distances)]
        inverse = 1.0 / np.maximum(metres, CLOSEST)
        for position, radius in enumerate(radii):
            # What adds nothing is left in with a weight of nothing, so that nothing has to be copied.
            within = metres <= radius
            reached[position, sources] = np.bincount(from_source, within, sources.size)
            depth[position, sources] = np.bincount(from_source, metres * within, sources.size)
            harmonic[position, sources] = np.bincount(from_source, inverse * within, sources.size)
    closeness = np.divide(reached**2, depth, out=np.zeros_like(depth), where=depth > 0)
    return list(zip(reached, depth, harmonic, closeness, strict=True))


def _graph(network: WalkNetwork) -> igraph.Graph:
    # Loaded when it is used: only the build does, and it would take more memory than all else here together.
    import igraph

    edges = triu(network.matrix).tocoo()
    graph = igraph.Graph(n=network.nodes, edges=np.column_stack([edges.row, edges.col]).tolist())
    graph.es["length"] = np.maximum(edges.data, SHORTEST_EDGE).tolist()
    return graph


def _betweenness(graph: igraph.Graph, radius: float) -> Floats:
    found = graph.betweenness(directed=False, cutoff=radius, weights="length") if graph.ecount() else 0.0
    return np.broadcast_to(np.asarray(found, np.float64), graph.vcount()).copy()


def percentile_rank(values: ArrayLike) -> Floats:
    """Tell how many per cent of the values lie below each of them, those that are equal counted half.

    Parameters
    ----------
    values
        Numbers, shape (n,); NaN for none.

    Returns
    -------
    Per cent, shape (n,), 50 on average; NaN where there is no number.
    """
    numbers = np.asarray(values, np.float64)
    ranks = np.full(numbers.shape, np.nan)
    known = np.isfinite(numbers)
    ordered = np.sort(numbers[known])
    below, up_to = (np.searchsorted(ordered, numbers[known], side) for side in ("left", "right"))
    ranks[known] = 50 * (below + up_to) / max(ordered.size, 1)
    return ranks


def share_below(values: ArrayLike) -> Floats:
    """Tell how many per cent of the values are lower than each of them.

    Parameters
    ----------
    values
        Numbers, shape (n,); NaN for none. Numbers that agree to twelve digits count as equal.

    Returns
    -------
    Per cent, shape (n,), 0 for the lowest; NaN where there is no number.
    """
    numbers = np.asarray(values, np.float64)
    shares = np.full(numbers.shape, np.nan)
    known = np.isfinite(numbers)
    if known.any():
        # What is worked out along other ways differs in the last digit.
        size = np.abs(numbers[known]).max() or 1.0
        rounded = np.round(numbers[known] / size, 12)
        shares[known] = 100 * np.searchsorted(np.sort(rounded), rounded, side="left") / rounded.size
    return shares
