"""The part on use and experience: which place, then what was seen, answered and judged there."""

from __future__ import annotations

import streamlit as st

from dashboard.reach.city import City
from dashboard.views import html, links
from dashboard.views.context import View
from dashboard.views.places_spots import USE_OF
from dashboard.views.places_use import show_use


def show_use_of_places(view: View, city: City) -> None:
    """Lay out the part for one of the places that the city has chosen."""
    t = view.t
    places = {place.id: place.name for place in city.study_places}
    if not places:
        st.html(html.headline(t("places.use"), t("places.use_lead")))
        st.html(
            html.empty_state(t("places.use_no_places"), t("places.use_no_places_why"), t("places.use_no_places_fill"))
        )
        return
    head = st.container()
    names = list(places)
    links.restore_one(USE_OF, names, names[0])
    chosen = str(st.selectbox(t("places.use_of"), names, format_func=lambda one: places[one], key=USE_OF, width=420))
    links.remember(USE_OF, chosen, names[0])
    with head:
        st.html(html.headline(t("places.use_headline", place=places[chosen]), t("places.use_lead")))
    show_use(view, chosen, places[chosen])
