"""A city on foot: its walk network with everything that lies on it, and where its people live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
import shapely

from dashboard.reach.network import FARTHEST, Flags, Floats, Ints, Ties, WalkNetwork, tie

#: Id of a grouping (``age``, ``foreign_background``, …).
GroupingName: TypeAlias = str


class TooFarError(Exception):
    """A spot lies too far from the walk network to be walked to."""

    def __init__(self, metres: float, limit: float = FARTHEST) -> None:
        super().__init__(f"{metres:.0f} m from the walk network, more than {limit:.0f} m")
        self.metres = metres
        self.limit = limit


@dataclass(frozen=True)
class Place:
    """Somewhere to walk to.

    ``node`` is where it meets the network of its city, `NOT_TIED` when it lies too far away; ``access`` the metres in a
    straight line that come on top. ``study`` marks the places that the city has chosen for analysis, ``approximate``
    those whose own position is not known, only the place that they lie at.
    """

    id: str
    name: str
    kind: str
    x: float
    y: float
    study: bool = False
    approximate: bool = False
    node: int = -1
    access: float = np.inf


@dataclass(frozen=True, eq=False)
class Grouping:
    """The people (or dwellings) of every area, in groups.

    Parameters
    ----------
    id
        Name, such as ``foreign_background``.
    year
        Of the counts.
    counts
        Shape (areas, groups); NaN where a count is not known.
    """

    id: GroupingName
    year: int
    counts: Floats


@dataclass(frozen=True, eq=False)
class People:
    """Where people live: shares of each area's people at nodes of the network.

    Parameters
    ----------
    area_codes
        The areas, in the order of every array of areas.
    node, area, share
        Which node carries which share of which area's people, shape (k,). The shares of an area sum to 1.
    groupings
        By id.
    """

    area_codes: tuple[str, ...]
    node: Ints
    area: Ints
    share: Floats
    groupings: Mapping[GroupingName, Grouping]

    @property
    def population(self) -> Floats:
        """All inhabitants of each area, shape (areas,); NaN where it is not known."""
        if "population" in self.groupings:
            return self.groupings["population"].counts[:, 0]
        return np.full(len(self.area_codes), np.nan)

    def share_of(self, chosen: Flags) -> Floats:
        """Tell what share of each area's people live at some of the homes.

        Parameters
        ----------
        chosen
            Which of the homes count, shape (k,) as ``node``.

        Returns
        -------
        Shares, shape (areas,): exactly 1 where all homes of an area count.
        """
        areas = len(self.area_codes)
        found = np.bincount(self.area, np.where(chosen, self.share, 0.0), minlength=areas)
        # Thirty shares of one thirtieth add up to a little more or less than 1: divided by what all add up to.
        everybody = np.bincount(self.area, self.share, minlength=areas)
        return np.divide(found, everybody, out=np.zeros(areas), where=everybody > 0)

    def mean_way(self, distances: Floats) -> Floats:
        """Tell how far those who can get there have to go on average.

        Parameters
        ----------
        distances
            Metres from every node of the network, shape (n,); infinite from where no way leads.

        Returns
        -------
        Metres, shape (areas,); NaN where nobody can.
        """
        metres = distances[self.node]
        can = np.isfinite(metres)
        areas = len(self.area_codes)
        weights = np.bincount(self.area[can], self.share[can], minlength=areas)
        summed = np.bincount(self.area[can], self.share[can] * metres[can], minlength=areas)
        mean: Floats = np.divide(summed, weights, out=np.full(areas, np.nan), where=weights > 0)
        return mean


@dataclass(frozen=True, eq=False)
class Barrier:
    """Something that is crossed at few spots; ``line`` (SWEREF 99 TM) is None where its course is not known."""

    id: str
    kind: str
    name: str
    line: shapely.Geometry | None
    note: str


@dataclass(frozen=True)
class Crossing:
    """A spot where a barrier is crossed, or could be; ``edges`` are those of the base network that cross there."""

    id: str
    barrier: str
    kind: str
    name: str
    x: float
    y: float
    walkable: str
    edges: tuple[int, ...]
    note: str

    @property
    def is_open(self) -> bool:
        """Whether one can walk across, as far as it is known."""
        return self.walkable.endswith("yes") and bool(self.edges)


@dataclass(frozen=True, eq=False)
class City:
    """A city on foot.

    ``base`` is the network as it was read; ``network`` the same with every place tied to it. Nodes of ``base`` keep
    their positions in ``network``. ``kind`` is ``schematic`` or ``openstreetmap``; ``factor`` what straight lines were
    multiplied by in a schematic one.
    """

    kind: str
    factor: float | None
    made: str
    base: WalkNetwork
    network: WalkNetwork
    people: People
    places: tuple[Place, ...]
    barriers: tuple[Barrier, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    regso_of: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_schematic(self) -> bool:
        """Whether distances are estimates on a schematic network."""
        return self.kind == "schematic"

    def place(self, place_id: str) -> Place | None:
        """Give a place by its id."""
        return next((place for place in self.places if place.id == place_id), None)

    def of_kind(self, kind: str) -> list[Place]:
        """Give the places of a kind that can be walked to."""
        return [place for place in self.places if place.kind == kind and place.node >= 0]

    @property
    def study_places(self) -> list[Place]:
        """The places that the city has chosen for analysis."""
        return [place for place in self.places if place.study]

    @classmethod
    def of(
        cls,
        base: WalkNetwork,
        people: People,
        places: Sequence[Place],
        *,
        kind: str = "openstreetmap",
        factor: float | None = None,
        made: str = "",
        barriers: Sequence[Barrier] = (),
        crossings: Sequence[Crossing] = (),
        regso_of: Mapping[str, str] | None = None,
    ) -> City:
        """Put a city together: tie its places to the network."""
        network, tied = tie_places(base, places)
        return cls(
            kind, factor, made, base, network, people, tied, tuple(barriers), tuple(crossings), dict(regso_of or {})
        )


def tie_places(base: WalkNetwork, places: Sequence[Place]) -> tuple[WalkNetwork, tuple[Place, ...]]:
    """Tie places to a network; those too far away keep the node `NOT_TIED`."""
    if not places:
        return base, ()
    ties: Ties = tie(base, [place.x for place in places], [place.y for place in places])
    tied = tuple(
        replace(place, node=int(node), access=float(access))
        for place, node, access in zip(places, ties.node, ties.access, strict=True)
    )
    return ties.network, tied


@dataclass(frozen=True, eq=False)
class Origin:
    """A spot that walks start from: its node on a network on which the places of the city have their nodes too."""

    name: str
    x: float
    y: float
    network: WalkNetwork
    node: int
    access: float


def origin_at(city: City, x: float, y: float, name: str = "") -> Origin:
    """Tie any spot to the network of a city.

    Parameters
    ----------
    city
        The city.
    x, y
        The spot, metres in SWEREF 99 TM.
    name
        What it is called.

    Raises
    ------
    TooFarError
        When it lies more than 250 m from the network.
    """
    ties = tie(city.network, [x], [y])
    if not ties.tied[0]:
        raise TooFarError(float(ties.access[0]))
    return Origin(name, x, y, ties.network, int(ties.node[0]), float(ties.access[0]))


def origin_of(city: City, place: Place) -> Origin:
    """Give a place of the city as a spot that walks start from.

    Raises
    ------
    TooFarError
        When the place lies more than 250 m from the network.
    """
    if place.node < 0:
        raise TooFarError(place.access)
    return Origin(place.name, place.x, place.y, city.network, place.node, place.access)
