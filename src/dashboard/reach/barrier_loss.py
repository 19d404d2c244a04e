"""People and services that a barrier takes out of walking distance: the network as it is beside one without it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree

from dashboard.reach.barrier_pairs import crosses_once
from dashboard.reach.network import Floats, Ints, WalkNetwork, straight

#: Metres within which people live at a barrier.
NEAR = 500.0
#: Metres on foot: 15 minutes.
WITHIN = 1200.0
#: Metres in a straight line between nodes on either side that a link can be thought between.
FARTHEST_LINK = 300.0
#: The same in a schematic network, whose nodes lie farther apart.
SCHEMATIC_LINK = 800.0
#: Distances (sources × nodes) that are held at once: 32 MB.
_AT_ONCE = 4_000_000


@dataclass(frozen=True, eq=False)
class Residents:
    """Where people live: ``node`` (k,) and how many, ``people`` (k,)."""

    node: Ints
    people: Floats


@dataclass(frozen=True, eq=False)
class Services:
    """Where services are: ``node`` (k,), and the metres in a straight line from it, ``access`` (k,)."""

    node: Ints
    access: Floats


@dataclass(frozen=True)
class Within:
    """What one who lives at the barrier has within the walk, on average: people (oneself included) and services."""

    people: float
    services: float


@dataclass(frozen=True)
class Loss:
    """What a barrier takes from those who live at it; ``now`` and ``without`` are None, with the reason, if not known.

    Parameters
    ----------
    residents
        People who live within 500 m of the barrier.
    links
        Links of the network without the barrier.
    now, without
        What they reach with the barrier, and if it could be crossed anywhere.
    reason
        Empty, or ``nobody_near``, ``no_opposite_nodes`` or ``no_matched_pairs``.
    """

    residents: float
    links: int
    now: Within | None
    without: Within | None
    reason: str = ""

    @property
    def people(self) -> float | None:
        """People that the barrier takes from the reach of one who lives at it."""
        return None if self.now is None or self.without is None else self.without.people - self.now.people

    @property
    def services(self) -> float | None:
        """Services that the barrier takes from the reach of one who lives at it."""
        return None if self.now is None or self.without is None else self.without.services - self.now.services


def loss(
    network: WalkNetwork,
    line: shapely.Geometry,
    residents: Residents,
    services: Services,
    ordinary_ratio: float | None,
    *,
    near: float = NEAR,
    within: float = WITHIN,
    farthest_link: float = FARTHEST_LINK,
) -> Loss:
    """Compare what people at a barrier reach with what they would reach if it could be crossed anywhere.

    Without the barrier every node near it has a link to the nearest node on the other side, as long as the straight
    line times the detour ratio that is ordinary in the surroundings. More links, slantwise across, would make short
    cuts that have nothing to do with the barrier.

    Parameters
    ----------
    network
        The network.
    line
        The course of the barrier.
    residents, services
        Where people live and services are.
    ordinary_ratio
        The median detour ratio of pairs that no barrier separates (`barrier_pairs.compare`); None when not known.
    near
        Metres in a straight line from the barrier within which people live at it.
    within
        Metres on foot.
    farthest_link
        Metres between the ends of a link at most.
    """
    shapely.prepare(line)
    places = shapely.points(network.x[residents.node], network.y[residents.node])
    at_barrier = shapely.dwithin(places, line, near) & (residents.people > 0)
    living = Residents(residents.node[at_barrier], residents.people[at_barrier])
    count = float(living.people.sum())
    if count <= 0:
        return Loss(0.0, 0, None, None, "nobody_near")
    if ordinary_ratio is None:
        return Loss(count, 0, None, None, "no_matched_pairs")
    a, b = opposite_nodes(network, line, farthest_link)
    if not a.size:
        return Loss(count, 0, None, None, "no_opposite_nodes")
    length = ordinary_ratio * straight(network.x[a], network.y[a], network.x[b], network.y[b])
    now, without = (
        _reach(one, living, residents, services, within) for one in (network, network.with_edges(a, b, length))
    )
    return Loss(count, int(a.size), now, without)


def opposite_nodes(network: WalkNetwork, line: shapely.Geometry, farthest: float = FARTHEST_LINK) -> tuple[Ints, Ints]:
    """Give for each node near a line the nearest one on the other side of it, each pair once.

    Parameters
    ----------
    network
        The network.
    line
        The course of the barrier.
    farthest
        Metres between the two at most.

    Returns
    -------
    Nodes on one side and on the other, shape (k,).
    """
    used = np.zeros(network.nodes, bool)
    used[network.a] = used[network.b] = True
    to_line = np.where(used, shapely.distance(shapely.points(network.x, network.y), line), np.inf)
    candidates = np.flatnonzero(to_line <= farthest)
    if candidates.size < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    places, to_line = np.column_stack([network.x[candidates], network.y[candidates]]), to_line[candidates]
    # A hair is added, since a distance on the limit may come out a digit above it.
    pairs = KDTree(places).query_pairs(farthest + 1e-6, output_type="ndarray")
    metres = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    # A line that crosses the barrier is at least as long as the ways from its ends to the barrier together.
    kept = to_line[pairs].sum(axis=1) <= metres + 1e-6
    pairs, metres = pairs[kept], metres[kept]
    across = crosses_once(shapely.linestrings(places[pairs]), line) if pairs.size else np.empty(0, bool)
    return _nearest_of_each(candidates[pairs[across]], metres[across])


def _nearest_of_each(pairs: Ints, metres: Floats) -> tuple[Ints, Ints]:
    """Keep the pairs (k, 2) that are the shortest of at least one of their two nodes, each once."""
    both = np.concatenate([pairs, pairs[:, ::-1]])
    order = np.lexsort((both[:, 1], np.tile(metres, 2), both[:, 0]))
    _, first = np.unique(both[order, 0], return_index=True)
    chosen = np.unique(np.sort(both[order][first], axis=1), axis=0)
    return chosen[:, 0], chosen[:, 1]


def _reach(network: WalkNetwork, living: Residents, everyone: Residents, services: Services, within: float) -> Within:
    """Give the mean over those living at the barrier of the people and the services within the walk."""
    people = np.bincount(everyone.node, everyone.people, network.nodes)
    homes, home = np.unique(living.node, return_inverse=True)
    weight = np.bincount(home, living.people)
    met, served = 0.0, 0.0
    step = max(1, _AT_ONCE // max(network.nodes, 1))
    for first in range(0, homes.size, step):
        rows = dijkstra(network.matrix, directed=True, indices=homes[first : first + step], limit=within)
        share = weight[first : first + step] / weight.sum()
        met += float(share @ (np.isfinite(rows) @ people))
        served += float(share @ (rows[:, services.node] + services.access <= within).sum(axis=1))
    return Within(met, served)


def residents_of(node: ArrayLike, people: ArrayLike) -> Residents:
    """Put together where people live; numbers that are not known count as nobody."""
    known = np.nan_to_num(np.asarray(people, np.float64))
    return Residents(np.asarray(node, np.int64), known)
