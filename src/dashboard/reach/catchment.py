"""Catchments: who can walk to a place, and how far everything lies from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.reach.city import City, Grouping, Origin, People, Place
from dashboard.reach.distances import METRES_A_MINUTE, network_distances
from dashboard.reach.network import Floats, straight
from dashboard.reach.social_mix import social_mix

#: Metres and the minutes that they take at 80 m a minute.
LIMITS = (400.0, 800.0, 1200.0, 2000.0)
#: A mix of fewer people than this is not shown: it would tell of single households.
FEWEST_PEOPLE = 50.0


@dataclass(frozen=True)
class Walk:
    """The way to a place: metres on foot and in a straight line; ``metres`` is infinite when no way leads there."""

    place: Place
    metres: float
    straight_metres: float

    @property
    def minutes(self) -> float:
        """Minutes at 80 m a minute."""
        return self.metres / METRES_A_MINUTE


def distances_from(origin: Origin) -> Floats:
    """Give the metres on foot from a spot to every node of its network, shape (n,), its way to the network included."""
    found: Floats = network_distances(origin.network, [origin.node])[0] + origin.access
    return found


def walks(city: City, origin: Origin, distances: Floats | None = None) -> list[Walk]:
    """Give the ways from a spot to every place of the city, the nearest first; those out of reach come last.

    Parameters
    ----------
    city
        The city.
    origin
        The spot.
    distances
        Those of `distances_from`, when they are known already.
    """
    metres = distances_from(origin) if distances is None else distances
    found = []
    for place in city.places:
        on_foot = float(metres[place.node]) + place.access if place.node >= 0 else np.inf
        apart = float(straight(origin.x, origin.y, place.x, place.y))
        # The very spot itself is no walk.
        found.append(Walk(place, 0.0 if apart == 0 else on_foot, apart))
    return sorted(found, key=lambda walk: (walk.metres, walk.place.name))


def nearest_walk(found: Sequence[Walk], kind: str) -> Walk | None:
    """Give the nearest place of a kind among ordered walks; None when none can be reached."""
    return next((walk for walk in found if walk.place.kind == kind and np.isfinite(walk.metres)), None)


def share_within(people: People, distances: Floats, limit: float) -> Floats:
    """Tell what share of each area's people live within a walk, shape (areas,)."""
    return people.share_of(distances[people.node] <= limit)


def reaching(grouping: Grouping, share: Floats) -> Floats:
    """Give how many of each group live within, shape (groups,).

    Parameters
    ----------
    grouping
        Counts of every area.
    share
        Share of each area's people who do, shape (areas,).

    Returns
    -------
    People or dwellings; NaN when an area that is reached has a count that is not known.
    """
    reached = share > 0
    return np.asarray(share[reached] @ grouping.counts[reached], np.float64)


def mix_by_distance(people: People, grouping: Grouping, distances: Floats, limits: Sequence[float]) -> Floats:
    """Give the meeting potential within each of several limits, shape (limits,); NaN where too few people live.

    Parameters
    ----------
    people, grouping
        Who lives where.
    distances
        Metres from the place to every node, shape (n,).
    limits
        Metres.
    """
    inside = np.array([reaching(grouping, share_within(people, distances, limit)) for limit in limits])
    found = social_mix(inside, grouping.counts.sum(axis=0))
    found[~(inside.sum(axis=1) >= FEWEST_PEOPLE)] = np.nan
    return found
