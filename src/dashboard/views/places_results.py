"""What is worked out for a spot, once for each spot and city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import numpy as np

from dashboard.reach.catchment import (
    LIMITS,
    Walk,
    distances_from,
    mix_by_distance,
    nearest_walk,
    reaching,
    share_within,
    walks,
)
from dashboard.reach.centrality import share_below
from dashboard.reach.city import City, origin_of
from dashboard.reach.distances import METRES_A_MINUTE
from dashboard.reach.network import Floats, tie
from dashboard.views.places_groups import MIXES
from dashboard.views.places_spots import Spot
from dashboard.warehouse.connection import Warehouse

#: Minutes that the curve of the meeting potential is drawn for.
CURVE_MINUTES = tuple(range(2, 31))


@dataclass(frozen=True, eq=False)
class SpotResult:
    """A spot's walks, who reaches it, and how mixed they are.

    Parameters
    ----------
    spot
        The spot.
    distances
        Metres to every node of the spot's own network, shape (n,).
    walks
        The ways to all places, the nearest first.
    within
        Grouping → people (or dwellings) of each group within each of `LIMITS`, shape (limits, groups).
    mix
        Grouping → meeting potential within each of `LIMITS`, shape (limits,).
    curve
        Grouping → meeting potential within each of `CURVE_MINUTES`, shape (minutes,).
    base_node
        The node of the network as it was read that lies nearest on foot.
    """

    spot: Spot
    distances: Floats
    walks: tuple[Walk, ...]
    within: dict[str, Floats]
    mix: dict[str, Floats]
    curve: dict[str, Floats]
    base_node: int

    def people(self, limit: float) -> float:
        """Give how many people live within one of `LIMITS`; NaN when it is not known."""
        if "population" not in self.within:
            return float("nan")
        return float(self.within["population"][LIMITS.index(limit), 0])

    def nearest(self, kind: str) -> Walk | None:
        """Give the way to the nearest place of a kind; None when none can be reached."""
        return nearest_walk(self.walks, kind)

    def mix_at(self, grouping: str, limit: float) -> float:
        """Give the meeting potential within one of `LIMITS`; NaN when it is not known."""
        found = self.mix.get(grouping)
        return float("nan") if found is None else float(found[LIMITS.index(limit)])


def results(city: City, spots: Sequence[Spot]) -> list[SpotResult]:
    """Work out what is shown of some spots; what was worked out before for this city is remembered."""
    found = []
    for spot in spots:
        key = (spot.id, spot.name, spot.x, spot.y)
        kept = _kept(city)
        if key not in kept:
            if len(kept) >= MOST_KEPT:
                kept.pop(next(iter(kept)))
            kept[key] = _result(city, spot)
        found.append(kept[key])
    return found


MOST_KEPT = 64


# Keyed by the city itself, so that what belongs to an older build goes with it.
@lru_cache(maxsize=4)
def _kept(city: City) -> dict[tuple[str, str, float, float], SpotResult]:
    del city
    return {}


def _result(city: City, spot: Spot) -> SpotResult:
    metres = distances_from(spot.origin)
    people = city.people
    shares = [share_within(people, metres, limit) for limit in LIMITS]
    within = {
        name: np.array([reaching(grouping, share) for share in shares]) for name, grouping in people.groupings.items()
    }
    curve_limits = [METRES_A_MINUTE * minute for minute in CURVE_MINUTES]
    mixes = [name for name in MIXES if name in people.groupings]
    return SpotResult(
        spot,
        metres,
        tuple(walks(city, spot.origin, metres)),
        within,
        {name: mix_by_distance(people, people.groupings[name], metres, LIMITS) for name in mixes},
        {name: mix_by_distance(people, people.groupings[name], metres, curve_limits) for name in mixes},
        nearest_base_node(city, spot),
    )


def study_results(view_city: City) -> list[SpotResult]:
    """Give the results of all places that the city has chosen for analysis and that can be walked to."""
    spots = [
        Spot(place.id, place.name, origin_of(view_city, place), place)
        for place in view_city.study_places
        if place.node >= 0
    ]
    return results(view_city, spots)


def middle(values: Sequence[float]) -> float:
    """Give the median of what is known; NaN when nothing is."""
    known = [value for value in values if not np.isnan(value)]
    return median(known) if known else float("nan")


@dataclass(frozen=True, eq=False)
class CityCentrality:
    """How central every node of the base network is within a radius, as per cent of nodes that are less so."""

    closeness: Floats
    betweenness: Floats


@lru_cache(maxsize=2)
def centrality_ranks(warehouse: Warehouse) -> dict[float, CityCentrality]:
    """Give the percentile ranks of closeness and betweenness of every node, by radius in metres."""
    found = warehouse.columns("node_centralities")
    ranks = {}
    for radius in np.unique(found["radius"]):
        rows = found["radius"] == radius
        ranks[float(radius)] = CityCentrality(
            share_below(found["closeness"][rows]), share_below(found["betweenness"][rows])
        )
    return ranks


def nearest_base_node(city: City, spot: Spot) -> int:
    """Give the node of the network as it was read that lies nearest to a spot on foot."""
    ties = tie(city.base, [spot.x], [spot.y])
    if ties.node[0] < 0:
        return -1
    if ties.node[0] < city.base.nodes:
        return int(ties.node[0])
    beside = (ties.network.a == ties.node[0]) | (ties.network.b == ties.node[0])
    ends = np.where(ties.network.a[beside] == ties.node[0], ties.network.b[beside], ties.network.a[beside])
    return int(ends[np.argmin(ties.network.length[beside])])
