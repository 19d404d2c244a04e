"""How ways and shares are put into words: no finer than they are known."""

from __future__ import annotations

from dashboard.reach.city import City
from dashboard.reach.distances import METRES_A_MINUTE
from dashboard.views.context import View
from dashboard.views.numbers import rounded
from dashboard.views.places_access_measures import AreaWay, step
from dashboard.views.tables import Cell

# From these shares on, “almost all” and “almost none” are nearer the truth than so many in ten.
ALMOST_ALL, ALMOST_NONE = 0.95, 0.05


def shown_metres(metres: float, city: City) -> int:
    """Round metres to what is known of them."""
    return int(rounded(metres / step(city), 0)) * step(city)


def metres_text(view: View, city: City, metres: float | None) -> str:
    """Give metres as a table shows them: “1 250”, “under 50 m”, or that there is no way."""
    if metres is None:
        return view.t("access.unreachable")
    shown = shown_metres(metres, city)
    return view.fmt.number(shown) if shown else view.t("access.under", metres=view.fmt.number(step(city)))


def about(view: View, city: City, metres: float | None) -> str:
    """Give metres in a sentence: “ungefär 1 250 m”."""
    if metres is None:
        return view.t("access.unreachable")
    shown = shown_metres(metres, city)
    if shown:
        return view.t("access.about", metres=view.fmt.number(shown))
    return view.t("access.under", metres=view.fmt.number(step(city)))


def about_with_minutes(view: View, city: City, metres: float | None) -> str:
    """Give metres and minutes in a sentence: “ungefär 1 250 m (16 min)”."""
    if metres is None:
        return view.t("access.unreachable")
    shown = shown_metres(metres, city)
    if not shown:
        return view.t("access.under_minutes", metres=view.fmt.number(step(city)))
    return view.t("access.about_minutes", metres=view.fmt.number(shown), minutes=minutes_text(view, city, metres))


def minutes_text(view: View, city: City, metres: float | None) -> str:
    """Give whole minutes, of the metres that are shown; at least one."""
    if metres is None:
        return view.t("access.unreachable")
    return view.fmt.number(max(1.0, rounded(shown_metres(metres, city) / METRES_A_MINUTE, 0)))


def percent(view: View, share: float | None) -> str:
    """Give a share in whole per cent: the spread of people over the network bears no decimals."""
    return view.fmt.percent(None if share is None else 100 * share, 0)


def share_of_people(view: View, share: float) -> str:
    """Give a share in words: “9 av 10”, “nästan alla”, “ingen”."""
    t = view.t
    if share >= ALMOST_ALL:
        return t("access.share_all" if share > 1 - 1e-9 else "access.share_most")
    if share < ALMOST_NONE:
        return t("access.share_none" if share <= 0 else "access.share_few")
    return t("access.share_tenths", n=view.fmt.number(10 * share))


def share_cell(view: View, way: AreaWay, place: int) -> Cell:
    """Give a share as a table cell, with the reason when it is not known."""
    share = way.within[place]
    return Cell(percent(view, share), "" if share is not None else view.t("access.unknown"))


def metres_cell(view: View, city: City, way: AreaWay) -> Cell:
    """Give the mean way as a table cell; not known differs from not reachable."""
    if not way.known:
        return Cell(view.fmt.number(None), view.t("access.unknown"))
    return Cell(metres_text(view, city, way.mean))


def minutes_cell(view: View, city: City, way: AreaWay) -> Cell:
    """Give the minutes of the mean way as a table cell."""
    if not way.known:
        return Cell(view.fmt.number(None), view.t("access.unknown"))
    return Cell(minutes_text(view, city, way.mean))
