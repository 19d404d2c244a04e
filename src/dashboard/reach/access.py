"""Everyone's access: how far it is from where people live to the nearest of each service, and for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dashboard.reach.city import City, Grouping, People
from dashboard.reach.distances import distance_to_nearest
from dashboard.reach.network import Floats, Ints


def service_distances(city: City, kind: str) -> Floats:
    """Give the metres on foot from every node to the nearest place of a kind, shape (n,); infinite without one."""
    places = city.of_kind(kind)
    return distance_to_nearest(city.network, [one.node for one in places], [one.access for one in places])


@dataclass(frozen=True, eq=False)
class AreaAccess:
    """Access of the people of every area to a service.

    Parameters
    ----------
    kind
        The service.
    mean
        Mean metres of those who can reach one, shape (areas,); NaN where nobody can.
    reached
        Share of the people who can reach one at all, shape (areas,).
    within
        Share of the people who have one within each limit, shape (areas, limits).
    """

    kind: str
    mean: Floats
    reached: Floats
    within: Floats


def area_access(people: People, kind: str, distances: Floats, limits: tuple[float, ...]) -> AreaAccess:
    """Work out how near the people of every area live to the nearest place of a kind.

    Parameters
    ----------
    people
        Who lives where.
    kind
        The service.
    distances
        Metres from every node to the nearest one, shape (n,), as of `service_distances`.
    limits
        Metres.
    """
    metres = distances[people.node]
    within = np.empty((len(people.area_codes), len(limits)))
    for place, limit in enumerate(limits):
        within[:, place] = people.share_of(metres <= limit)
    return AreaAccess(kind, people.mean_way(distances), people.share_of(np.isfinite(metres)), within)


def weighted_mean(values: Floats, weights: Floats) -> float:
    """Give a mean over areas, each weighted by its people; NaN when a value or weight that counts is not known."""
    counts = ~(weights == 0)
    total = float(weights[counts].sum())
    if not counts.any() or not total > 0:
        return float("nan")
    return float((values[counts] * weights[counts]).sum() / total)


@dataclass(frozen=True)
class AccessGap:
    """Whether a group has longer ways than the rest.

    ``group`` and ``rest`` are mean metres; ``difference`` is group less rest; ``random_floor`` the difference that
    chance alone would be expected to give if the group lived spread at random over all homes.
    """

    kind: str
    grouping: str
    group: float
    rest: float
    difference: float
    random_floor: float

    @property
    def more_than_chance(self) -> bool:
        """Whether there is a difference of at least one and a half times what chance would give."""
        return self.difference != 0 and abs(self.difference) >= 1.5 * self.random_floor


def access_gap(grouping: Grouping, access: AreaAccess, group: int = 0) -> AccessGap | None:
    """Compare a group's mean way to a service with that of everybody else.

    Parameters
    ----------
    grouping
        Counts of every area.
    access
        Of every area, as of `area_access`. Within an area all have the same mean way.
    group
        Which of the groups; the others together are the rest.

    Returns
    -------
    None when a count or a way is not known, or nobody belongs to the group or to the rest.

    Notes
    -----
    The floor is E|Δ| = √(2/π) · σ · √(1/X + 1/Y), σ the standard deviation of the way over all people, X and Y the
    sizes of group and rest: the expected absolute difference of two means when who belongs to the group is drawn
    at random among all people (half-normal approximation of the permutation distribution).
    """
    x = grouping.counts[:, group]
    y = grouping.counts.sum(axis=1) - x
    everybody = x + y
    ways = access.mean
    if not np.isfinite(everybody).all() or not np.isfinite(ways[everybody > 0]).all() or x.sum() <= 0 or y.sum() <= 0:
        return None
    ways = np.where(everybody > 0, ways, 0.0)
    of_group, of_rest = weighted_mean(ways, x), weighted_mean(ways, y)
    middle = weighted_mean(ways, everybody)
    spread = np.sqrt(weighted_mean((ways - middle) ** 2, everybody))
    floor = float(np.sqrt(2 / np.pi) * spread * np.sqrt(1 / x.sum() + 1 / y.sum()))
    return AccessGap(access.kind, grouping.id, of_group, of_rest, of_group - of_rest, floor)


def merged(access: AreaAccess, people: Floats, into: Ints, areas: int) -> AreaAccess:
    """Put areas together to larger ones, each weighted by its people.

    Parameters
    ----------
    access
        Of the small areas.
    people
        How many live in each small area, shape (small areas,).
    into
        Which large area each small area lies in, shape (small areas,).
    areas
        Number of large areas.

    Returns
    -------
    Access of the large areas. The mean way is again that of those who can reach one. All is NaN in an area where the
    number of people of one of its parts is not known, or nobody lives.
    """

    def summed(values: Floats) -> Floats:
        return np.bincount(into, values, minlength=areas).astype(np.float64)

    can = people * access.reached
    # Where nobody can reach one there is no mean way, and nobody to weigh it with.
    ways = np.where(access.reached > 0, access.mean, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        everybody = summed(people)
        reached = summed(can) / everybody
        mean = summed(can * ways) / summed(can)
        within = [summed(people * share) / everybody for share in access.within.T]
    return AreaAccess(access.kind, mean, reached, np.stack(within, axis=1))


def living_in(grouping: Grouping, inside: NDArray[np.bool_]) -> Grouping:
    """Give the people of a grouping who live in some of the areas: the others count nobody.

    Parameters
    ----------
    grouping
        Counts of every area.
    inside
        Which areas count, shape (areas,).
    """
    return replace(grouping, counts=np.where(inside[:, None], grouping.counts, 0.0))
