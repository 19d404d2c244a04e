"""What if: a city with links added or closed, places moved, services added. The city itself is never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import shapely

from dashboard.reach.city import City, Crossing, Place, tie_places
from dashboard.reach.network import ADDED, FARTHEST, Ints, WalkNetwork, straight, tie

LINK_KINDS = ("bridge", "tunnel", "path")
#: Nodes on each side that a crossing leads to when it is opened: two where anchors are few, as schematic networks are
#: made; one where nodes are corners of streets. And nodes that are looked at to find them.
SCHEMATIC_SHORES, SHORES, NEAR_CROSSING = 2, 1, 200


@dataclass(frozen=True)
class AddLink:
    """A new way between two spots (metres in SWEREF 99 TM): a ``bridge``, a ``tunnel`` or a ``path``."""

    kind: str
    x: float
    y: float
    to_x: float
    to_y: float


@dataclass(frozen=True)
class CloseCrossing:
    """A crossing that is closed to walkers."""

    crossing: str


@dataclass(frozen=True)
class CloseWay:
    """A stretch of way that is closed: the edge of the network that lies nearest to a spot (metres)."""

    x: float
    y: float


@dataclass(frozen=True)
class OpenCrossing:
    """A crossing that walkers cannot use today and could: a railway bridge with a footway, say."""

    crossing: str


@dataclass(frozen=True)
class MovePlace:
    """A place that lies somewhere else."""

    place: str
    x: float
    y: float


@dataclass(frozen=True)
class AddService:
    """A new place of a kind, such as a library."""

    kind: str
    x: float
    y: float


Change: TypeAlias = AddLink | CloseCrossing | CloseWay | OpenCrossing | MovePlace | AddService


class ScenarioError(Exception):
    """A change cannot be made in this city; ``reason`` names why, ``change`` which one, ``end`` which end of a link."""

    def __init__(self, reason: str, change: Change, metres: float = float("nan"), end: str = "") -> None:
        super().__init__(f"{reason}: {change}")
        self.reason = reason
        self.change = change
        self.metres = metres
        self.end = end


def changed_city(city: City, changes: Sequence[Change]) -> City:
    """Give the city as it would be.

    Parameters
    ----------
    city
        The city as it is.
    changes
        What is changed, in any order: links are added, crossings opened and closed, then places tied anew.

    Raises
    ------
    ScenarioError
        When a link or place lies too far from the network (``too_far``), a link joins a spot with itself
        (``no_length``), a crossing or place is not known (``unknown``), or is open (``is_open``) or closed
        (``is_closed``) already, or when it is not known what a crossing would join (``no_sides``).
    """
    base, crossings = _changed_network(city, changes)
    places = _changed_places(city, changes)
    network, tied = tie_places(base, places)
    by_id = {place.id: place for place in tied}
    new = iter(tied[len(city.places) :])
    for change in changes:
        if isinstance(change, MovePlace | AddService):
            place = by_id[change.place] if isinstance(change, MovePlace) else next(new)
            if place.node < 0:
                raise ScenarioError("too_far", change, place.access)
    return replace(city, base=base, network=network, places=tied, crossings=crossings)


def _changed_network(city: City, changes: Sequence[Change]) -> tuple[WalkNetwork, tuple[Crossing, ...]]:
    base, state = city.base, {one.id: one for one in city.crossings}
    for change in changes:
        if isinstance(change, AddLink):
            base = _linked(base, change, _factor(city, change.kind))
        elif isinstance(change, OpenCrossing):
            base = _opened(base, city, change)
            state[change.crossing] = replace(state[change.crossing], walkable="yes", edges=(ADDED,))
    # Closed last: the edges that cross are known by their numbers in the network as it was read.
    for change in changes:
        if isinstance(change, CloseCrossing):
            crossing = _crossing(city, change)
            if not crossing.is_open:
                raise ScenarioError("is_closed", change)
            base = base.without_edges(np.isin(base.origin, crossing.edges))
            state[change.crossing] = replace(crossing, walkable="no")
        elif isinstance(change, CloseWay):
            base = base.without_edges(base.origin == nearest_edge(city, change))
    return base, tuple(_as_left(base, one) for one in state.values())


def _as_left(base: WalkNetwork, crossing: Crossing) -> Crossing:
    """Give a crossing as closed when every edge across it has been closed as a way."""
    left = bool(np.isin(crossing.edges, base.origin).any())
    return crossing if left or not crossing.is_open else replace(crossing, walkable="no")


def nearest_edge(city: City, change: CloseWay) -> int:
    """Give the edge of the network as it was read that a closed way is.

    Raises
    ------
    ScenarioError
        When none lies within 250 m (``too_far``).
    """
    courses = city.base.courses
    spot = shapely.Point(change.x, change.y)
    if not len(courses):
        raise ScenarioError("too_far", change)
    edge = int(shapely.STRtree(courses).nearest(spot))
    metres = float(shapely.distance(courses[edge], spot))
    if metres > FARTHEST:
        raise ScenarioError("too_far", change, metres)
    return edge


def link_length(city: City, link: AddLink) -> float:
    """Give the metres of a new link between its two ends; the ways from the ends to the network come on top."""
    return float(straight(link.x, link.y, link.to_x, link.to_y)) * _factor(city, link.kind)


def _factor(city: City, kind: str) -> float:
    # A bridge or tunnel is built straight; a path in a schematic network is as long as all other stretches of it.
    return city.factor or 1.0 if kind == "path" else 1.0


def _linked(base: WalkNetwork, link: AddLink, factor: float) -> WalkNetwork:
    change = link
    length = float(straight(link.x, link.y, link.to_x, link.to_y))
    if length < 1.0:
        raise ScenarioError("no_length", change)
    ties = tie(base, [link.x, link.to_x], [link.y, link.to_y], FARTHEST)
    if not ties.tied.all():
        end = "AB"[int(ties.access.argmax())]
        raise ScenarioError("too_far", change, float(ties.access.max()), end)
    if ties.node[0] == ties.node[1]:
        raise ScenarioError("no_length", change)
    return ties.network.with_edges([ties.node[0]], [ties.node[1]], [length * factor + float(ties.access.sum())])


def _crossing(city: City, change: CloseCrossing | OpenCrossing) -> Crossing:
    found = next((one for one in city.crossings if one.id == change.crossing), None)
    if found is None:
        raise ScenarioError("unknown", change)
    return found


def _opened(base: WalkNetwork, city: City, change: OpenCrossing) -> WalkNetwork:
    """Give the network with a crossing open: a node at the crossing, joined to the nearest nodes on either side.

    That is how a schematic network is made with crossings that are open from the start: closing one and opening it
    again changes nothing.
    """
    crossing = _crossing(city, change)
    if crossing.is_open:
        raise ScenarioError("is_open", change)
    shores = _shores(city, crossing)
    if shores is None:
        raise ScenarioError("no_sides", change)
    metres = straight(base.x[shores], base.y[shores], crossing.x, crossing.y) * (city.factor or 1.0)
    hub = np.full(shores.size, base.nodes)
    return base.with_node(crossing.x, crossing.y).with_edges(hub, shores, metres)


def _shores(city: City, crossing: Crossing) -> Ints | None:
    """Give the nodes that a crossing leads to, the nearest on either side; None when there are none on one of them."""
    barrier = next((one for one in city.barriers if one.id == crossing.barrier), None)
    if barrier is None or barrier.line is None:
        return None
    base = city.base
    on_ground = np.unique(np.concatenate([base.a[base.open_to_points], base.b[base.open_to_points]]))
    apart = straight(base.x[on_ground], base.y[on_ground], crossing.x, crossing.y)
    order = on_ground[np.argsort(apart, kind="stable")][:NEAR_CROSSING]
    here = order[0]
    lines = shapely.linestrings([[(base.x[here], base.y[here]), (base.x[n], base.y[n])] for n in order])
    across = np.asarray(shapely.intersects(lines, barrier.line), bool)
    if not across.any():
        return None
    shores = SCHEMATIC_SHORES if city.is_schematic else SHORES
    return np.concatenate([order[~across][:shores], order[across][:shores]])


def _changed_places(city: City, changes: Sequence[Change]) -> list[Place]:
    places = list(city.places)
    for change in changes:
        if isinstance(change, MovePlace):
            found = next((n for n, place in enumerate(places) if place.id == change.place), None)
            if found is None:
                raise ScenarioError("unknown", change)
            places[found] = replace(places[found], x=change.x, y=change.y)
    return places + [
        Place(id=f"new-{number}", name="", kind=one.kind, x=one.x, y=one.y)
        for number, one in enumerate((one for one in changes if isinstance(one, AddService)), start=1)
    ]
