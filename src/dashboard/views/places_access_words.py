"""How ways and shares are put into words: no finer than they are known."""

from __future__ import annotations

import math

from dashboard.reach.city import City
from dashboard.reach.distances import METRES_A_MINUTE
from dashboard.views import places_numbers
from dashboard.views.context import View
from dashboard.views.numbers import rounded
from dashboard.views.places_access_measures import AreaWay, step
from dashboard.views.tables import Cell

#: Shares this near to so many in ten are told without “just under” or “just over”.
NEAR_A_TENTH = 0.02
# From these shares on, “almost all” and “almost none” are nearer the truth than so many in ten.
ALMOST_ALL, ALMOST_NONE = 0.95, 0.05
#: Text of a share in tenths, by whether it is about them (0), a little less (−1) or a little more (1).
TENTHS = {0: "access.share_tenths", -1: "access.share_tenths_under", 1: "access.share_tenths_over"}
HALVES = {0: "access.share_half", -1: "access.share_half_under", 1: "access.share_half_over"}
HALF = 5
KILOMETRE = 1000


def shown_metres(metres: float, city: City) -> int:
    """Round metres as they are written: to what is known of them, from a kilometre on to a tenth of one."""
    found = int(rounded(metres / step(city), 0)) * step(city)
    return found if found < KILOMETRE else int(rounded(metres / 100, 0)) * 100


def metres_text(view: View, city: City, metres: float | None) -> str:
    """Give metres as a table shows them: “850 m”, “1,2 km”, “under 50 m”, or that there is no way."""
    if metres is None:
        return view.t("access.unreachable")
    if shown_metres(metres, city):
        return places_numbers.metres(view, city, metres)
    return view.t("access.under", metres=places_numbers.metres(view, city, step(city)))


def about(view: View, city: City, metres: float | None) -> str:
    """Give metres in a sentence: “ungefär 850 m”."""
    text = metres_text(view, city, metres)
    if metres is None or not shown_metres(metres, city):
        return text
    return view.t("access.about", metres=text)


def about_with_minutes(view: View, city: City, metres: float | None) -> str:
    """Give metres and minutes in a sentence: “ungefär 850 m (11 min)”."""
    if metres is None:
        return view.t("access.unreachable")
    if not shown_metres(metres, city):
        return view.t("access.under_minutes", metres=places_numbers.metres(view, city, step(city)))
    text = metres_text(view, city, metres)
    return view.t("access.about_minutes", metres=text, minutes=minutes_text(view, metres))


def minutes_text(view: View, metres: float | None) -> str:
    """Give whole minutes; at least one."""
    if metres is None:
        return view.t("access.unreachable")
    return view.fmt.number(whole_minutes(metres))


def whole_minutes(metres: float) -> float:
    """Give the minutes of a way as they are written, worked out from metres that nothing has rounded."""
    return max(1.0, rounded(metres / METRES_A_MINUTE, 0))


def difference(city: City, metres: float) -> float:
    """Round a difference of two ways once, alike in both directions, as screen and files hold it."""
    return math.copysign(rounded(abs(metres) / step(city), 0) * step(city), metres)


def percent(view: View, share: float | None) -> str:
    """Give a share in whole per cent: the spread of people over the network bears no decimals."""
    return view.fmt.percent(None if share is None else 100 * share, 0)


def share_of_people(view: View, share: float) -> str:
    """Give a share in words: “9 av 10”, “knappt hälften”, “nästan alla”, “ingen”."""
    t = view.t
    if share >= ALMOST_ALL:
        return t("access.share_all" if share > 1 - 1e-9 else "access.share_most")
    if share < ALMOST_NONE:
        return t("access.share_none" if share <= 0 else "access.share_few")
    tenths = rounded(10 * share, 0)
    # A whisker of tolerance: 0.48 less 0.5 is not quite two hundredths to a computer.
    side = 0 if abs(share - tenths / 10) <= NEAR_A_TENTH + 1e-9 else (1 if share > tenths / 10 else -1)
    if tenths == HALF:
        return t(HALVES[side])
    return t(TENTHS[side], n=view.fmt.number(tenths))


def unknown_text(view: View, way: AreaWay) -> str:
    """Say why nothing is told of an area."""
    return view.t("access.too_few_why" if way.basis == "too_few" else "access.unknown")


def share_cell(view: View, way: AreaWay, place: int) -> Cell:
    """Give a share as a table cell, with the reason when it is not known."""
    share = way.within[place]
    return Cell(percent(view, share), "" if share is not None else unknown_text(view, way))


def metres_cell(view: View, city: City, way: AreaWay) -> Cell:
    """Give the mean way as a table cell; not known differs from not reachable, and few points have their sign."""
    if way.basis == "too_few":
        return Cell(view.t("access.too_few_points"))
    if not way.known:
        return Cell(view.fmt.number(None), view.t("access.unknown"))
    text = metres_text(view, city, way.mean)
    return Cell(view.t("access.uncertain_value", value=text) if way.basis == "few" else text)


def minutes_cell(view: View, way: AreaWay) -> Cell:
    """Give the minutes of the mean way as a table cell."""
    if not way.known:
        return Cell(view.fmt.number(None), unknown_text(view, way))
    return Cell(minutes_text(view, way.mean))
