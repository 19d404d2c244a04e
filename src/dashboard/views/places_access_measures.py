"""How far everybody has to each service: worked out once for a city, for its areas and for its groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.reach.access import AccessGap, AreaAccess, access_gap, area_access, living_in, merged, service_distances
from dashboard.reach.catchment import FEWEST_PEOPLE
from dashboard.reach.city import City, Grouping
from dashboard.reach.network import Floats
from dashboard.sources.place_kinds import SERVICES

#: Minutes and the metres that are walked in them.
MINUTES = (5, 10, 15)
LIMITS = (400.0, 800.0, 1200.0)
#: Points of the network that carry an area's people, below which its ways on a schematic network are uncertain.
FEWEST_POINTS = 5
#: Letter in the codes of small areas outside localities, and where it stands.
COUNTRYSIDE, LETTER = "A", 4
#: Minutes that a schematic network cannot tell: its people live on stops, shops and schools themselves.
TOO_NEAR = 5
#: Metres that a distance is rounded to: nothing finer is known of it.
STEP, SCHEMATIC_STEP = 10, 50
#: Metres below which two ways are about the same on a schematic network.
SCHEMATIC_GAP = 100

#: What a schematic network is made of: many of its points are stops, and people are spread over its points. Ways to
#: stops would tell of the network and not of the city.
MADE_OF = ("stop",)

#: Groups that are compared with the rest: a split of the catalogue → grouping of the city, position of the group.
GROUPS = {
    "foreign_background": ("foreign_background", 0),
    "low_economic_standard": ("low_economic_standard", 0),
    "age_65_plus": ("age", 2),
    "rented_tenure": ("tenure", 0),
}


def step(city: City) -> int:
    """Give the metres that distances in a city are rounded to."""
    return SCHEMATIC_STEP if city.is_schematic else STEP


def least_gap(city: City) -> int:
    """Give the metres below which two ways are about the same."""
    return SCHEMATIC_GAP if city.is_schematic else STEP


def told_minutes(city: City) -> list[tuple[int, int]]:
    """Give the minutes that shares are told for, each after its place in `MINUTES`."""
    return [(place, n) for place, n in enumerate(MINUTES) if not (city.is_schematic and n == TOO_NEAR)]


def services(city: City) -> list[str]:
    """Give the services that the city has at least one place of, and that ways to can be measured."""
    return [kind for kind in SERVICES if city.of_kind(kind) and kind not in withheld(city)]


def withheld(city: City) -> tuple[str, ...]:
    """Give the services that ways to cannot be measured on the network of this city."""
    return MADE_OF if city.is_schematic else ()


@lru_cache(maxsize=2)
def small_area_access(city: City) -> dict[str, AreaAccess]:
    """Give access of every small area to every service that the city has; never to be changed."""
    return {kind: area_access(city.people, kind, service_distances(city, kind), LIMITS) for kind in services(city)}


@lru_cache(maxsize=2)
def whole_city_access(city: City) -> dict[str, AreaAccess]:
    """Give access of all inhabitants together, one area, to every service; never to be changed."""
    everywhere = np.zeros(len(city.people.area_codes), np.int64)
    return {
        kind: merged(access, city.people.population, everywhere, 1) for kind, access in small_area_access(city).items()
    }


@dataclass(frozen=True)
class AreaWay:
    """The way to a service from an area, or from the whole city.

    ``mean`` is in metres and None where nobody can reach one, or it is not known how many live there; ``within`` are
    shares of the people, None where they are not known. ``basis`` tells on how many points of the network it rests:
    ``enough``, ``few`` (uncertain) or ``too_few`` (nothing is told).
    """

    area_code: str
    people: float | None
    mean: float | None
    reached: float | None
    within: tuple[float | None, ...]
    basis: str = "enough"

    @property
    def certain(self) -> bool:
        """Whether there is a mean way that rests on enough points."""
        return self.mean is not None and self.basis == "enough"

    @property
    def known(self) -> bool:
        """Whether it is known who can reach the service, be it nobody."""
        return self.reached is not None


def area_ways(city: City, kind: str, level: str) -> list[AreaWay]:
    """Give the ways from all areas of a level, from the nearest to the farthest; what is not known comes last.

    Parameters
    ----------
    city
        The city.
    kind
        A service that the city has.
    level
        ``deso`` or ``regso``; a RegSO is the mean of its DeSO, weighted by their people.
    """
    access, people = small_area_access(city)[kind], city.people.population
    codes: tuple[str, ...] = city.people.area_codes
    points = _points(city)
    if level == "regso":
        inside = [code in city.regso_of for code in codes]
        members = np.array([city.regso_of[code] for code in codes if code in city.regso_of], object)
        names, into = np.unique(members, return_inverse=True)
        access = merged(_only(access, np.array(inside)), people[inside], into.astype(np.int64), names.size)
        people = np.bincount(into, people[inside], minlength=names.size).astype(np.float64)
        points = np.bincount(into, points[inside], minlength=names.size)
        codes = tuple(str(name) for name in names)
    found = [
        _way(code, people[place], access, place, _basis(city, level, code, int(points[place])))
        for place, code in enumerate(codes)
    ]
    return sorted(found, key=lambda way: (way.mean is None, way.mean or 0.0, way.area_code))


def _points(city: City) -> np.ndarray:
    """Give the number of points of the network that carry the people of each small area."""
    people = city.people
    pairs = np.unique(np.stack([people.area, people.node])[:, people.share > 0], axis=1)
    return np.bincount(pairs[0], minlength=len(people.area_codes))


def _basis(city: City, level: str, code: str, points: int) -> str:
    if not city.is_schematic or points >= FEWEST_POINTS:
        return "enough"
    # In the countryside few points stand for farms kilometres apart.
    return "too_few" if level == "deso" and code[LETTER : LETTER + 1] == COUNTRYSIDE else "few"


def left_out(city: City) -> set[str]:
    """Give the codes of the small areas that have no number of their own, because their points are too few."""
    codes, points = city.people.area_codes, _points(city)
    return {code for code, n in zip(codes, points, strict=True) if _basis(city, "deso", code, int(n)) == "too_few"}


def city_way(city: City, kind: str) -> AreaWay:
    """Give the way of all inhabitants of the city to a service that it has."""
    return _way("", float(city.people.population.sum()), whole_city_access(city)[kind], 0)


def _only(access: AreaAccess, inside: np.ndarray) -> AreaAccess:
    return AreaAccess(access.kind, access.mean[inside], access.reached[inside], access.within[inside])


def _way(code: str, people: float, access: AreaAccess, place: int, basis: str = "enough") -> AreaWay:
    if basis == "too_few":
        return AreaWay(code, _known(people), None, None, (None,) * len(LIMITS), basis)
    within = tuple(_known(share) for share in access.within[place])
    return AreaWay(code, _known(people), _known(access.mean[place]), _known(access.reached[place]), within, basis)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


@dataclass(frozen=True)
class GroupWay:
    """A group's ways to a service beside those of everybody else.

    ``gap`` is None when it cannot be worked out; ``step`` the metres that differences must reach to mean anything;
    ``within`` the shares of group and rest that have at most 10 minutes.
    """

    kind: str
    gap: AccessGap | None
    step: int
    within: tuple[float | None, float | None]

    @property
    def verdict(self) -> str:
        """What the difference says: ``shorter``, ``longer``, ``chance``, ``coarse`` or ``missing``."""
        if self.gap is None:
            return "missing"
        if abs(self.gap.difference) < self.step:
            return "coarse"
        if not self.gap.more_than_chance:
            return "chance"
        return "shorter" if self.gap.difference < 0 else "longer"


@lru_cache(maxsize=16)
def group_ways(city: City, group: str, inside: frozenset[str] | None = None) -> tuple[GroupWay, ...]:
    """Compare a group's ways with those of everybody else, one service after another.

    Parameters
    ----------
    city
        The city.
    group
        One of `GROUPS`.
    inside
        Codes of the small areas that count; all when it is None.

    Returns
    -------
    One a service; none when the city has no such grouping.
    """
    name, position = GROUPS[group]
    grouping = city.people.groupings.get(name)
    if grouping is None:
        return ()
    if inside is not None:
        grouping = living_in(grouping, np.array([code in inside for code in city.people.area_codes]))
    return tuple(_compared(city, access, grouping, position) for access in small_area_access(city).values())


def _compared(city: City, access: AreaAccess, grouping: Grouping, position: int) -> GroupWay:
    members = grouping.counts[:, position]
    rest = grouping.counts.sum(axis=1) - members
    enough = min(members.sum(), rest.sum()) >= FEWEST_PEOPLE
    gap = access_gap(grouping, access, position) if enough else None
    shares = (None, None) if gap is None else (_near(access, members), _near(access, rest))
    return GroupWay(access.kind, gap, least_gap(city), shares)


def _near(access: AreaAccess, people: Floats) -> float | None:
    """Give the share of some people who have at most 10 minutes."""
    near = access.within[:, MINUTES.index(10)]
    return _known(float(near @ people) / float(people.sum()))
