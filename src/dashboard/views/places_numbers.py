"""Distances, minutes and numbers of people on foot, no more exact on screen than they are known."""

from __future__ import annotations

import math

from dashboard.reach.city import City
from dashboard.reach.distances import METRES_A_MINUTE
from dashboard.views.context import View
from dashboard.views.numbers import MISSING, NBSP

#: Metres and people that figures are rounded to: on a schematic network, and on a measured one.
METRE_STEPS = (50.0, 10.0)
PEOPLE_STEPS = (100.0, 10.0)


def rounded(value: float, step: float) -> float:
    """Round to a step, halves upwards; what is no finite number stays as it is."""
    return math.floor(value / step + 0.5) * step if math.isfinite(value) else value


def metres(view: View, city: City, value: float) -> str:
    """Give a walking distance: “850 m”, “2,6 km”; “inte nåbar” when no way leads there."""
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return view.t("places.unreachable")
    found = rounded(value, METRE_STEPS[0 if city.is_schematic else 1])
    if found == 0:
        return view.t("places.beside")
    if found < 1000:
        return f"{view.fmt.number(found)}{NBSP}m"
    return f"{view.fmt.number(value / 1000, 1)}{NBSP}km"


def whole_metres(view: View, city: City, value: float) -> str:
    """Give a walking distance in metres alone, for figures whose differences are told: “2 550 m”."""
    if not math.isfinite(value):
        return metres(view, city, value)
    return f"{view.fmt.number(rounded(value, METRE_STEPS[0 if city.is_schematic else 1]))}{NBSP}m"


def minutes(view: View, value: float) -> str:
    """Give the minutes that a walking distance takes: “12 min”; “mindre än 1 min” for next to nothing."""
    if math.isnan(value):
        return MISSING
    if math.isinf(value):
        return view.t("places.unreachable")
    whole = math.floor(value / METRES_A_MINUTE + 0.5)
    return view.t("places.under_a_minute") if whole < 1 else view.t("places.minutes", n=view.fmt.number(whole))


def people(view: View, city: City, value: float) -> str:
    """Give a number of people or dwellings, rounded to what the spread over nodes allows: “4 600”."""
    if math.isnan(value):
        return MISSING
    step = PEOPLE_STEPS[0 if city.is_schematic else 1]
    if 0 < value < step:
        return view.t("places.fewer_than", n=view.fmt.number(step))
    return view.fmt.number(rounded(value, step))


def mix(view: View, value: float) -> str:
    """Give a meeting potential: “0,72”."""
    return view.fmt.number(None if math.isnan(value) else value, 2)
