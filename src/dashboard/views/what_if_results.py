"""What a scenario does, worked out once for each city, place and set of changes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.reach.city import City, Origin, TooFarError, origin_at
from dashboard.reach.comparison import (
    CityAccess,
    Detours,
    PlaceReach,
    city_access,
    home_detours,
    place_reach,
    way_between,
)
from dashboard.reach.network import Floats
from dashboard.reach.scenario import AddLink, MovePlace, changed_city, link_length
from dashboard.sources.place_kinds import SERVICES
from dashboard.views.places_access_measures import withheld
from dashboard.views.places_groups import MIXES
from dashboard.views.places_spots import Spot
from dashboard.views.what_if_codes import changes_of

MOST_KEPT = 24


@dataclass(frozen=True, eq=False)
class Outcome:
    """A city as it is or would be, seen from one place.

    Parameters
    ----------
    city
        The city.
    origin
        The place on it; None when it cannot be reached any more.
    reach
        Who walks to the place.
    access
        Service → access of all people.
    detours
        How direct ways between homes are.
    links
        Metres between the two ends of each new link of the scenario, in order.
    area_metres
        Mean metres from every area's homes to the place, shape (areas,); NaN where no way leads there.
    """

    city: City
    origin: Origin | None
    reach: PlaceReach | None
    access: dict[str, CityAccess]
    detours: Detours
    links: tuple[float, ...]
    area_metres: Floats


@dataclass(frozen=True, eq=False)
class Trial:
    """A scenario and what it does: the city as it is, the place it is seen from, the changes, before and after."""

    city: City
    spot: Spot
    codes: tuple[str, ...]
    before: Outcome
    after: Outcome


def outcome(city: City, spot: Spot, codes: tuple[str, ...], ends: tuple[str, ...] = ()) -> Outcome:
    """Work out a scenario.

    Parameters
    ----------
    city
        The city as it is.
    spot
        The place that the outcome is seen from.
    codes
        The changes, as in the address; none for the city as it is.
    ends
        The changes whose links' ends are measured: those of the scenario that the city as it is is compared with.

    Raises
    ------
    ScenarioError
        When a change cannot be made.
    """
    kept = _kept(city)
    key = (spot.id, spot.x, spot.y, codes, ends or codes)
    found = kept.get(key)
    if found is None:
        found = _outcome(city, spot, codes, ends or codes)
        while len(kept) >= MOST_KEPT:
            kept.popitem(last=False)
        kept[key] = found
    return found


@lru_cache(maxsize=4)
def _kept(city: City) -> OrderedDict[tuple[object, ...], Outcome]:
    del city
    return OrderedDict()


def _outcome(city: City, spot: Spot, codes: tuple[str, ...], ends: tuple[str, ...]) -> Outcome:
    changes = changes_of(codes)
    changed = changed_city(city, changes) if changes else city
    x, y = spot.x, spot.y
    for change in changes:
        if isinstance(change, MovePlace) and change.place == spot.id:
            x, y = change.x, change.y
    try:
        origin = origin_at(changed, x, y, spot.name)
    except TooFarError:
        origin = None
    reach = None if origin is None else place_reach(changed, origin, MIXES)
    services = [
        kind for kind in SERVICES if kind not in withheld(city) and any(place.kind == kind for place in changed.places)
    ]
    links = [one for one in changes_of(ends) if isinstance(one, AddLink)]
    return Outcome(
        changed,
        origin,
        reach,
        {kind: city_access(changed, kind) for kind in services},
        home_detours(changed),
        tuple(_way_of(changed, one, built=one in changes) for one in links),
        _area_metres(changed, reach),
    )


def _way_of(city: City, link: AddLink, *, built: bool) -> float:
    """Give the metres between the ends of a link: once it is built, over the link itself, without the ways to it."""
    try:
        round_about = way_between(city, link.x, link.y, link.to_x, link.to_y)
    except TooFarError:
        # What an end was tied to has been closed.
        round_about = np.inf
    return min(round_about, link_length(city, link)) if built else round_about


def _area_metres(city: City, reach: PlaceReach | None) -> Floats:
    if reach is None:
        return np.full(len(city.people.area_codes), np.nan)
    return city.people.mean_way(reach.distances)
