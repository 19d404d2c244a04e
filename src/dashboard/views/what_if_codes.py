"""Scenarios as they stand in an address: short texts that outlive wording and language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.reach.city import City
from dashboard.reach.coordinates import CoordinateError, to_degrees, to_metres
from dashboard.reach.scenario import (
    LINK_KINDS,
    AddLink,
    AddService,
    Change,
    CloseCrossing,
    CloseWay,
    MovePlace,
    OpenCrossing,
)
from dashboard.sources.place_kinds import PLACE_KINDS

#: Between the parts of a change, between changes, and most of each.
PART, BETWEEN = "~", "!"
MOST_CHANGES = 8
MOST_SAVED = 6
LONGEST_NAME = 40


@dataclass(frozen=True)
class Scenario:
    """A scenario that was saved by name."""

    name: str
    changes: tuple[str, ...]


def code_of(change: Change) -> str:
    """Give a change as it stands in the address; positions as latitude and longitude with five decimals (1 m)."""
    if isinstance(change, AddLink):
        return PART.join(("L", change.kind, *_degrees(change.x, change.y), *_degrees(change.to_x, change.to_y)))
    if isinstance(change, CloseCrossing):
        return PART.join(("C", change.crossing))
    if isinstance(change, OpenCrossing):
        return PART.join(("O", change.crossing))
    if isinstance(change, CloseWay):
        return PART.join(("W", *_degrees(change.x, change.y)))
    if isinstance(change, MovePlace):
        return PART.join(("M", change.place, *_degrees(change.x, change.y)))
    return PART.join(("S", change.kind, *_degrees(change.x, change.y)))


def change_of(code: str) -> Change | None:
    """Give the change that a text of the address stands for; None for a text that stands for none."""
    kind, *parts = code.split(PART)
    try:
        return _READ[kind](parts) if kind in _READ else None
    except (ValueError, TypeError, IndexError, CoordinateError):
        return None


def _link(parts: Sequence[str]) -> Change | None:
    kind, lat, lon, to_lat, to_lon = parts
    return AddLink(kind, *_metres(lat, lon), *_metres(to_lat, to_lon)) if kind in LINK_KINDS else None


def _crossing(closed: bool) -> Callable[[Sequence[str]], Change | None]:
    def read(parts: Sequence[str]) -> Change | None:
        (crossing,) = parts
        if not crossing:
            return None
        return CloseCrossing(crossing) if closed else OpenCrossing(crossing)

    return read


def _way(parts: Sequence[str]) -> Change | None:
    lat, lon = parts
    return CloseWay(*_metres(lat, lon))


def _moved(parts: Sequence[str]) -> Change | None:
    place, lat, lon = parts
    return MovePlace(place, *_metres(lat, lon)) if place else None


def _service(parts: Sequence[str]) -> Change | None:
    kind, lat, lon = parts
    return AddService(kind, *_metres(lat, lon)) if kind in PLACE_KINDS else None


#: First letter of a change → how its parts are read.
_READ: dict[str, Callable[[Sequence[str]], Change | None]] = {
    "L": _link,
    "C": _crossing(closed=True),
    "O": _crossing(closed=False),
    "W": _way,
    "M": _moved,
    "S": _service,
}


def changes_of(codes: Sequence[str]) -> list[Change]:
    """Give the changes that texts stand for, without those that stand for none."""
    return [change for code in codes if (change := change_of(code)) is not None]


def fits(city: City, code: str) -> bool:
    """Tell whether a text is a change of something that the city has."""
    change = change_of(code)
    if isinstance(change, CloseCrossing | OpenCrossing):
        return any(one.id == change.crossing for one in city.crossings)
    if isinstance(change, MovePlace):
        return city.place(change.place) is not None
    return change is not None


def saved_code(scenario: Scenario) -> str:
    """Give a saved scenario as it stands in the address."""
    name = scenario.name.replace(BETWEEN, " ").replace(PART, " ").strip()[:LONGEST_NAME]
    return BETWEEN.join((name, *scenario.changes))


def saved_of(city: City, code: str) -> Scenario | None:
    """Give the saved scenario that a text of the address stands for; None when a part of it stands for nothing."""
    name, *codes = code.split(BETWEEN)
    if not name or not codes or len(codes) > MOST_CHANGES or not all(fits(city, one) for one in codes):
        return None
    return Scenario(name[:LONGEST_NAME], tuple(codes))


def _degrees(x: float, y: float) -> tuple[str, str]:
    lat, lon = to_degrees(x, y)
    return f"{lat:.5f}", f"{lon:.5f}"


def _metres(lat: str, lon: str) -> tuple[float, float]:
    return to_metres(float(lat), float(lon))
