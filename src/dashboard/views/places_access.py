"""Allas vägar: how far everybody has to everyday services, from which areas, and whether some have farther."""

from __future__ import annotations

import streamlit as st

from dashboard.reach.city import City
from dashboard.views import html, places_notice, places_numbers
from dashboard.views import places_access_words as words
from dashboard.views.context import View
from dashboard.views.places_access_evidence import people_year
from dashboard.views.places_access_groups import show_groups
from dashboard.views.places_access_map import show_areas
from dashboard.views.places_access_measures import GROUPS, MINUTES, city_way, services
from dashboard.views.places_access_services import show_services
from dashboard.views.words import upper_first

#: What the headline tells of: of each of the two, the first that can be measured.
HEADLINE = (("stop", "grocery"), ("health_centre", "pharmacy"))


def show_access(view: View, city: City) -> None:
    """Lay out the part of the page on everyone's access."""
    st.html(html.headline(headline(view, city), lead(view, city)))
    places_notice.show_notice(view, city)
    if not services(city):
        t = view.t
        st.html(html.empty_state(t("access.no_service"), t("access.no_service_why"), t("access.no_service_fill")))
        return
    show_areas(view, city)
    show_services(view, city)
    if any(grouping in city.people.groupings for grouping, _ in GROUPS.values()):
        show_groups(view, city)


def headline(view: View, city: City) -> str:
    """Say how many have an everyday service and one of care within ten minutes' walk, as far as it is known."""
    known = services(city)
    kinds = [kind for kind in (next((one for one in row if one in known), None) for row in HEADLINE) if kind]
    found = [
        (view.t(f"place_kind_one.{kind}"), words.share_of_people(view, share))
        for kind in kinds
        if (share := city_way(city, kind).within[MINUTES.index(10)]) is not None
    ]
    if not found:
        return view.t("access.headline_unknown", city=view.home.name)
    (one, first), *others = found
    if not others:
        return upper_first(view.t("access.headline_one", first=first, one=one))
    other, second = others[0]
    return upper_first(view.t("access.headline", first=first, one=one, second=second, other=other))


def lead(view: View, city: City) -> str:
    """Say whom the headline is about; nothing when it is not known how many live here."""
    year, people = people_year(city), city.people.population.sum()
    if year is None or not people > 0:
        return ""
    return view.t(
        "access.lead",
        people=places_numbers.people(view, city, float(people)),
        city=view.home.name,
        year=view.fmt.year(year),
    )
