"""What else there is on a place: projects and grants, what residents said, how it is used; one link to it all."""

from __future__ import annotations

import streamlit as st

from dashboard.reach.city import City
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.places_spots import Spot
from dashboard.views.use_figures import totals


def show_around(view: View, city: City, spot: Spot) -> None:
    """Lay out the rest of a place's page; what the dashboard has nothing on yet says so, and what would fill it."""
    del city
    t = view.t
    st.html(html.section(t("places.around_title", place=spot.name), t("places.around_lead")))
    left, middle, right = st.columns(3, gap="medium")
    with left:
        st.html(html.empty_state(t("places.projects"), t("places.projects_why"), t("places.projects_fill")))
    with middle:
        st.html(
            html.empty_state(t("places.contributions"), t("places.contributions_why"), t("places.contributions_fill"))
        )
    with right:
        known = spot.place is not None and not totals(view.warehouse, spot.id).nothing
        said = t("places.use_known") if known else t("places.use_none")
        st.html(html.empty_state(t("places.use"), said, t("places.use_open")))
    st.html(html.note(t("places.link")))
    st.code(view.link(), language=None)
