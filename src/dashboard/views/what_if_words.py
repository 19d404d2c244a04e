"""Changes in words, and why one cannot be made."""

from __future__ import annotations

import math

from dashboard.reach.city import City
from dashboard.reach.coordinates import to_degrees
from dashboard.reach.network import straight
from dashboard.reach.scenario import (
    AddLink,
    AddService,
    Change,
    CloseCrossing,
    CloseWay,
    MovePlace,
    OpenCrossing,
    ScenarioError,
    link_length,
)
from dashboard.views.context import View
from dashboard.views.places_numbers import metres
from dashboard.views.words import upper_first


def change_text(view: View, city: City, change: Change) -> str:
    """Give a change in words: “Ny bro, 320 m, från … till …”."""
    t = view.t
    if isinstance(change, AddLink):
        length = metres(view, city, link_length(city, change))
        return t(
            "what_if.said_link",
            kind=t(f"what_if.link_{change.kind}"),
            length=length,
            start=near(view, city, change.x, change.y),
            end=near(view, city, change.to_x, change.to_y),
        )
    if isinstance(change, CloseCrossing):
        return t("what_if.said_close", name=_crossing(view, city, change.crossing))
    if isinstance(change, OpenCrossing):
        return t("what_if.said_open", name=_crossing(view, city, change.crossing))
    if isinstance(change, CloseWay):
        return t("what_if.said_close_way", where=near(view, city, change.x, change.y))
    if isinstance(change, MovePlace):
        place = city.place(change.place)
        name = change.place if place is None else place.name
        return t("what_if.said_move", name=name, where=near(view, city, change.x, change.y))
    return _service(view, city, change)


def _service(view: View, city: City, change: AddService) -> str:
    t = view.t
    return t(
        "what_if.said_service",
        kind=upper_first(t(f"place_kind_one.{change.kind}")),
        where=near(view, city, change.x, change.y),
    )


def near(view: View, city: City, x: float, y: float) -> str:
    """Give a spot in words: the place that it lies at or near, or its position."""
    nearest = min(city.places, key=lambda one: float(straight(one.x, one.y, x, y)), default=None)
    if nearest is not None and float(straight(nearest.x, nearest.y, x, y)) < 30:
        return nearest.name
    if nearest is not None and float(straight(nearest.x, nearest.y, x, y)) < 400:
        return view.t("what_if.near", name=nearest.name)
    lat, lon = to_degrees(x, y)
    # As it is typed, so that it can be copied into a field.
    return f"{lat:.4f}, {lon:.4f}"


def _crossing(view: View, city: City, crossing: str) -> str:
    found = next((one for one in city.crossings if one.id == crossing), None)
    if found is None:
        return crossing
    return found.name or view.t("what_if.unnamed", where=near(view, city, found.x, found.y))


def error_text(view: View, city: City, error: ScenarioError) -> str:
    """Say which change cannot be made, why, and what to do."""
    t = view.t
    why = t(
        f"what_if.error_{error.reason}_end" if error.end else f"what_if.error_{error.reason}",
        end=error.end,
        # Upwards, or 250.3 m would read as a distance that is within the limit.
        metres=view.fmt.number(math.ceil(error.metres) if math.isfinite(error.metres) else None),
    )
    return t("what_if.error", change=change_text(view, city, error.change), why=why)
