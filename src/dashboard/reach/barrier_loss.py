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
#: Lines across the barrier that are looked at for each node, the shortest ones.
_CANDIDATES = 8
#: Homes that are looked at most; with more, as many are taken evenly by people, so that the mean stays the same but for
#: a per cent or so.
MOST_HOMES = 500
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
    segments = shapely.linestrings(places[pairs]) if pairs.size else np.empty(0, object)
    across = np.asarray(shapely.crosses(line, segments), bool)
    pairs, metres, segments = pairs[across], metres[across], segments[across]
    # Whether a line crosses just once is slow to tell: only the nearest few of each node are asked.
    few = _nearest_of_each(pairs, metres, _CANDIDATES)
    few = few[crosses_once(segments[few], line)]
    nearest = few[_nearest_of_each(pairs[few], metres[few], 1)]
    chosen = np.unique(np.sort(candidates[pairs[nearest]], axis=1), axis=0)
    return chosen[:, 0], chosen[:, 1]


def _nearest_of_each(pairs: Ints, metres: Floats, count: int) -> Ints:
    """Give the positions of the pairs (k, 2) that are among the shortest few of at least one of their nodes."""
    nodes, pair = pairs.T.ravel(), np.tile(np.arange(metres.size), 2)
    order = np.lexsort((pairs[:, ::-1].T.ravel(), metres[pair], nodes))
    of_node = nodes[order]
    first = np.flatnonzero(np.r_[True, of_node[1:] != of_node[:-1]]) if order.size else order
    rank = np.arange(order.size) - np.repeat(first, np.diff(np.r_[first, order.size]))
    return np.unique(pair[order[rank < count]])


def _reach(network: WalkNetwork, living: Residents, everyone: Residents, services: Services, within: float) -> Within:
    """Give the mean over those living at the barrier of the people and the services within the walk."""
    people = np.bincount(everyone.node, everyone.people, network.nodes)
    homes, weight = _homes(living)
    met, served = 0.0, 0.0
    step = max(1, _AT_ONCE // max(network.nodes, 1))
    for first in range(0, homes.size, step):
        rows = dijkstra(network.matrix, directed=True, indices=homes[first : first + step], limit=within)
        share = weight[first : first + step] / weight.sum()
        met += float(share @ (np.isfinite(rows) @ people))
        served += float(share @ (rows[:, services.node] + services.access <= within).sum(axis=1))
    return Within(met, served)


def _homes(living: Residents) -> tuple[Ints, Floats]:
    """Give the nodes where people live and how many; of very many nodes those of persons taken at even steps."""
    homes, home = np.unique(living.node, return_inverse=True)
    people = np.asarray(np.bincount(home, living.people), np.float64)
    if homes.size <= MOST_HOMES:
        return homes, people
    persons = (np.arange(MOST_HOMES) + 0.5) / MOST_HOMES * people.sum()
    drawn, times = np.unique(np.searchsorted(np.cumsum(people), persons), return_counts=True)
    return homes[drawn], times.astype(np.float64)


def residents_of(node: ArrayLike, people: ArrayLike) -> Residents:
    """Put together where people live; numbers that are not known count as nobody."""
    known = np.nan_to_num(np.asarray(people, np.float64))
    return Residents(np.asarray(node, np.int64), known)
