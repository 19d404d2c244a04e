"""Where a contribution is about: a place of the city, a point, an area, or the whole city."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.reach.coordinates import CoordinateError, to_metres
from dashboard.register.circle_entries import Contribution
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View
from dashboard.views.entry_choices import area_names, place_names
from dashboard.views.places_city import current_city
from dashboard.views.places_register import Located, neighbourhood
from dashboard.views.what_if_words import near
from dashboard.views.words import upper_first


@dataclass(frozen=True)
class _Point:
    x: float
    y: float


def where_words(view: View, said: Contribution) -> str:
    """Give the name of what a contribution is about."""
    if said.place is not None:
        return place_names(view).get(said.place, said.place)
    if said.latitude is not None and said.longitude is not None:
        return upper_first(point_words(view, said.latitude, said.longitude))
    if said.area is not None:
        return area_names(view).get(said.area, said.area)
    return view.t("circle.whole_city")


def point_words(view: View, lat: float, lon: float) -> str:
    """Give a position in words: the place that it lies at or near, else its numbers."""
    city = current_city(view)
    if city is None:
        return f"{lat:.4f}, {lon:.4f}"
    try:
        return near(view, city, *to_metres(lat, lon))
    except CoordinateError:
        return f"{lat:.4f}, {lon:.4f}"


def area_of(view: View, said: Contribution) -> Area | None:
    """Give the area that a contribution is about, or the neighbourhood that its place lies in; None when not known."""
    if said.area is not None:
        areas = [one for level in ("regso", "deso") for one in home_areas(view.warehouse, view.home.code, level)]
        return next((one for one in areas if one.code == said.area), None)
    spot, city = _spot(view, said), current_city(view)
    return None if spot is None or city is None else neighbourhood(view, city, spot)


def _spot(view: View, said: Contribution) -> Located | None:
    city = current_city(view)
    if said.place is not None:
        return None if city is None else city.place(said.place)
    if said.latitude is None or said.longitude is None:
        return None
    try:
        return _Point(*to_metres(said.latitude, said.longitude))
    except CoordinateError:
        return None


def about(view: View, said: Contribution) -> dict[str, str]:
    """Give what a contribution can be found by: ids of its place and its area, with their names."""
    found = {}
    if said.place is not None:
        found[said.place] = where_words(view, said)
    area = area_of(view, said)
    if area is not None:
        found[area.code] = area.label
    elif said.area is not None:
        found[said.area] = said.area
    return found
