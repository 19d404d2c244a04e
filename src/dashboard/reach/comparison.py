"""Before and after: what a change does to reach, meeting potential, detours and access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.reach.access import AreaAccess, area_access, service_distances, weighted_mean
from dashboard.reach.catchment import LIMITS, distances_from, mix_by_distance, reaching, share_within
from dashboard.reach.city import City, Origin, TooFarError
from dashboard.reach.distances import network_distances
from dashboard.reach.network import Floats, Ints, straight, tie

#: Homes that ways are looked for from, at most and at least; between them as many as make this many distances (homes ×
#: nodes), which takes a few tenths of a second; and homes that ways are looked for to.
MOST_HOMES, FEWEST_HOMES = 250, 30
AT_ONCE = 600_000
MOST_TARGETS = 3000
_SEED = 1488


@dataclass(frozen=True, eq=False)
class PlaceReach:
    """Who can walk to a place: people within each of `LIMITS`, and the meeting potential there by grouping."""

    distances: Floats
    people: Floats
    mix: dict[str, Floats]


def place_reach(city: City, origin: Origin, groupings: Sequence[str]) -> PlaceReach:
    """Work out who can walk to a spot.

    Parameters
    ----------
    city
        The city.
    origin
        The spot, tied to the network of this very city.
    groupings
        Which groupings the meeting potential is worked out for; those without figures are left out.
    """
    metres = distances_from(origin)
    people = city.people
    everybody = people.groupings.get("population")
    within = [share_within(people, metres, limit) for limit in LIMITS]
    counted = np.full(len(LIMITS), np.nan)
    if everybody is not None:
        counted = np.array([reaching(everybody, share)[0] for share in within])
    mix = {
        name: mix_by_distance(people, people.groupings[name], metres, LIMITS)
        for name in groupings
        if name in people.groupings
    }
    return PlaceReach(metres, counted, mix)


@dataclass(frozen=True, eq=False)
class CityAccess:
    """Access of all people to a service: mean metres, share within each of `LIMITS`, and every area's own."""

    kind: str
    mean: float
    within: Floats
    areas: AreaAccess


def city_access(city: City, kind: str) -> CityAccess:
    """Work out how near people live to the nearest place of a kind, over the whole city."""
    found = area_access(city.people, kind, service_distances(city, kind), LIMITS)
    population = city.people.population
    within = np.array([weighted_mean(found.within[:, place], population) for place in range(len(LIMITS))])
    return CityAccess(kind, weighted_mean(np.nan_to_num(found.mean), population * found.reached), within, found)


@dataclass(frozen=True)
class Detours:
    """Ways between homes 300–3 000 m apart.

    Parameters
    ----------
    median
        Median detour ratio of the pairs that have a way between them; NaN when none has.
    above
        Share of all pairs with a ratio above 1.5 or no way at all, 0–1; NaN without pairs.
    pairs, unreachable
        Pairs with a way between them, and pairs without one.
    """

    median: float
    above: float
    pairs: int
    unreachable: int


def home_detours(city: City, lowest: float = 300.0, highest: float = 3000.0) -> Detours:
    """Work out how much longer the ways between people's homes are than straight lines.

    The homes are nodes of the base network that carry people. In a large network ways are looked for from a sample of
    them, drawn by how many they carry, to all others; the same ones before and after a change. Each pair counts once.
    """
    people, network = city.people, city.network
    carried = people.share * np.nan_to_num(people.population[people.area])
    weight = np.bincount(people.node, carried, minlength=network.nodes).astype(np.float64)
    homes = _drawn(np.flatnonzero(weight > 0), weight, MOST_TARGETS)
    most = max(FEWEST_HOMES, min(MOST_HOMES, AT_ONCE // max(city.base.nodes, 1)))
    sources = _drawn(homes, weight, most)
    on_foot = network_distances(network, sources)[:, homes]
    apart = straight(
        network.x[sources][:, None], network.y[sources][:, None], network.x[homes][None, :], network.y[homes][None, :]
    )
    # A pair of two sources would be there twice, once from either end.
    twice = np.isin(homes, sources)[None, :] & (homes[None, :] <= sources[:, None])
    chosen = (apart >= lowest) & (apart <= highest) & ~twice
    ratio = on_foot[chosen] / apart[chosen]
    known = ratio[np.isfinite(ratio)]
    median = float(np.median(known)) if known.size else float("nan")
    # A missing way is above any bound: left out, the pairs that a closed bridge parts would improve the share.
    above = float(np.mean(ratio > 1.5)) if ratio.size else float("nan")
    return Detours(median, above, int(known.size), int(ratio.size - known.size))


def _drawn(homes: Ints, weight: Floats, most: int) -> Ints:
    """Give as many homes as there may be, drawn by how many people they carry; all of them when they are fewer."""
    if homes.size <= most:
        return homes
    rng = np.random.default_rng(_SEED)
    drawn: Ints = np.sort(rng.choice(homes, most, replace=False, p=weight[homes] / weight[homes].sum()))
    return drawn


def way_between(city: City, x: float, y: float, to_x: float, to_y: float) -> float:
    """Give the metres on foot between any two spots; infinite when no way leads there.

    Raises
    ------
    TooFarError
        When one of them lies too far from the network.
    """
    ties = tie(city.network, [x, to_x], [y, to_y])
    if not ties.tied.all():
        raise TooFarError(float(ties.access.max()))
    found = network_distances(ties.network, [int(ties.node[0])])[0, int(ties.node[1])]
    return float(found + ties.access.sum())
