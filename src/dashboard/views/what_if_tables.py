"""Before and after as rows: the same for the screen, for several scenarios side by side, and for files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from dashboard.reach.catchment import LIMITS
from dashboard.reach.city import City
from dashboard.sources.place_kinds import SERVICES
from dashboard.views.context import View
from dashboard.views.numbers import MINUS
from dashboard.views.numbers import rounded as decimal_rounded
from dashboard.views.places_groups import MIXES, group_texts
from dashboard.views.places_numbers import METRE_STEPS, PEOPLE_STEPS, mix, people, rounded, whole_metres
from dashboard.views.what_if_results import Outcome
from dashboard.views.words import lower_first

MINUTES = (5, 10, 15, 25)
MIX_AT = LIMITS.index(1200.0)
NEAR = LIMITS.index(800.0)


@dataclass(frozen=True)
class Line:
    """A figure that a scenario may change.

    Parameters
    ----------
    id, part, label, unit
        Its name in files, the part of the table it belongs to, its name on screen, and its unit.
    value, text
        Its value of an outcome, and how a value is written.
    left_out
        Per cent of an outcome that a mean or median leaves out, if it leaves out any: two figures that leave out
        different shares are not of the same people, and are not compared.
    """

    id: str
    part: str
    label: str
    value: Callable[[Outcome], float]
    text: Callable[[float], str]
    unit: str
    left_out: Callable[[Outcome], float] | None = None

    def comparable(self, before: Outcome, after: Outcome) -> bool:
        """Tell whether two figures leave out the same share of people or pairs, as it is shown."""
        if self.left_out is None:
            return True
        shares = [decimal_rounded(self.left_out(found), 1) for found in (before, after)]
        return shares[0] == shares[1]

    def for_file(self, city: City, value: float) -> float | None:
        """Give a value for files, as exact as it is known; None when it is unknown, out of reach or too small to tell.

        People to 100 or 10 and metres to 50 or 10, by the kind of network; shares and ratios with three decimals.
        """
        shown = self._shown(value, city) if self.unit in {"persons", "metres"} else decimal_rounded(value, 3)
        return shown if np.isfinite(shown) else None

    def shown_change(self, before: Outcome, after: Outcome) -> float:
        """Give the difference of the two figures as they are shown; NaN when it cannot be told.

        Rounded first, so that it agrees with the figures that stand beside it.
        """
        one, other = (self._shown(self.value(found), found.city) for found in (before, after))
        return 0.0 if np.isinf(one) and np.isinf(other) else float(other - one)

    def _shown(self, value: float, city: City) -> float:
        if self.unit == "persons":
            step = PEOPLE_STEPS[0 if city.is_schematic else 1]
            # “Fewer than 100” is no figure that anything can be taken from.
            return float("nan") if 0 < value < step else rounded(value, step)
        if self.unit == "metres":
            return rounded(value, METRE_STEPS[0 if city.is_schematic else 1])
        return decimal_rounded(value, 2 if self.unit == "ratio" else 1)


def lines(view: View, city: City, before: Outcome, *others: Outcome) -> list[Line]:
    """Give the figures that scenarios are compared on: reach and mix of the place, access, detours, the links' own.

    Services that only one of the others has are among them.
    """
    return [
        *_reach(view, city),
        *_mixes(view, city),
        *_links(view, city, before),
        *_access(view, city, (before, *others)),
        *_detours(view),
    ]


def _reach(view: View, city: City) -> list[Line]:
    def value(place: int, found: Outcome) -> float:
        return 0.0 if found.reach is None else float(found.reach.people[place])

    return [
        Line(
            f"people_{limit:.0f}",
            "reach",
            view.t("places.row_people", minutes=view.fmt.number(minute)),
            partial(value, place),
            partial(people, view, city),
            "persons",
        )
        for place, (minute, limit) in enumerate(zip(MINUTES, LIMITS, strict=True))
    ]


def _mixes(view: View, city: City) -> list[Line]:
    def value(name: str, found: Outcome) -> float:
        return float("nan") if found.reach is None else float(found.reach.mix[name][MIX_AT])

    return [
        Line(
            f"mix_{one.id}",
            "mix",
            view.t("what_if.mix", by=lower_first(one.name)),
            partial(value, one.id),
            partial(mix, view),
            "ratio",
        )
        for one in group_texts(view, city, MIXES)
    ]


def _links(view: View, city: City, before: Outcome) -> list[Line]:
    def value(number: int, found: Outcome) -> float:
        return found.links[number] if number < len(found.links) else float("nan")

    return [
        Line(
            f"link_{number + 1}",
            "link",
            view.t("what_if.link_ends", n=view.fmt.number(number + 1)),
            partial(value, number),
            partial(whole_metres, view, city),
            "metres",
        )
        for number in range(len(before.links))
    ]


def _access(view: View, city: City, outcomes: Sequence[Outcome]) -> list[Line]:
    def mean(kind: str, found: Outcome) -> float:
        return found.access[kind].mean if kind in found.access else float("inf")

    def near(kind: str, found: Outcome) -> float:
        return 100 * float(found.access[kind].within[NEAR]) if kind in found.access else 0.0

    def unreached(kind: str, found: Outcome) -> float:
        if kind not in found.access:
            return 100.0
        weights = found.city.people.population
        return 100 * (1 - float((found.access[kind].areas.reached * weights).sum() / weights.sum()))

    def percent(value: float) -> str:
        return view.fmt.percent(None if np.isnan(value) else value, 1)

    made = []
    for kind in (one for one in SERVICES if any(one in found.access for found in outcomes)):
        name, one = view.t(f"place_kind.{kind}"), view.t(f"place_kind_one.{kind}")
        made += [
            Line(
                f"mean_{kind}",
                "access",
                view.t("what_if.mean_way", kind=name),
                partial(mean, kind),
                partial(whole_metres, view, city),
                "metres",
                partial(unreached, kind),
            ),
            Line(
                f"near_{kind}",
                "access",
                view.t("what_if.near_share", kind=one),
                partial(near, kind),
                percent,
                "percent",
            ),
            Line(
                f"unreached_{kind}",
                "access",
                view.t("what_if.unreached", kind=one),
                partial(unreached, kind),
                percent,
                "percent",
            ),
        ]
    return made


def _detours(view: View) -> list[Line]:
    def median(found: Outcome) -> float:
        return found.detours.median

    def above(found: Outcome) -> float:
        return 100 * found.detours.above

    def unreachable(found: Outcome) -> float:
        whole = found.detours.pairs + found.detours.unreachable
        return 100 * found.detours.unreachable / whole if whole else float("nan")

    def ratio(value: float) -> str:
        return view.fmt.number(None if np.isnan(value) else value, 2)

    def percent(value: float) -> str:
        return view.fmt.percent(None if np.isnan(value) else value, 1)

    t = view.t
    return [
        Line("detour_median", "detour", t("what_if.detour_median"), median, ratio, "ratio", unreachable),
        Line("detour_above", "detour", t("what_if.detour_above"), above, percent, "percent"),
        Line("detour_unreachable", "detour", t("what_if.detour_unreachable"), unreachable, percent, "percent"),
    ]


def moves(line: Line, before: Outcome, after: Outcome) -> bool:
    """Tell whether a figure is read as another one after the change."""
    return line.text(line.value(before)) != line.text(line.value(after))


def change_text(view: View, city: City, line: Line, before: Outcome, after: Outcome) -> str:
    """Give a change in words and figures: “+300”, “−150 m”, “oförändrat”.

    The change of the figures as they are shown, so that it fits the two figures beside it.
    """
    found = line.shown_change(before, after)
    if why := _no_change(line, before, after, found):
        return view.t(why)
    if line.unit == "ratio":
        return view.fmt.signed(found, 2)
    if line.unit == "percent":
        return view.fmt.signed(found, 1)
    size = people(view, city, abs(found)) if line.unit == "persons" else whole_metres(view, city, abs(found))
    return f"{'+' if found > 0 else MINUS}{size}"


def _no_change(line: Line, before: Outcome, after: Outcome, found: float) -> str:
    """Give the key of the text that stands where there is no difference in figures; empty where there is one."""
    if not moves(line, before, after):
        return "what_if.same"
    if np.isinf(found):
        return "what_if.lost" if found > 0 else "what_if.gained"
    if not line.comparable(before, after):
        return "what_if.not_comparable"
    return "what_if.unknown" if np.isnan(found) else ""
