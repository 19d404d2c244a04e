"""What else there is on a place: projects and grants, what residents said, how it is used; one link to it all."""

from __future__ import annotations

import streamlit as st

from dashboard.reach.city import City
from dashboard.register.contents import Contents
from dashboard.views import clock, html, register_access
from dashboard.views.circle_way_in import position_code
from dashboard.views.context import View
from dashboard.views.places_register import neighbourhood, projects_at, projects_in, show_projects_here
from dashboard.views.places_spots import Spot
from dashboard.views.roadmap_voices import contributions_at, show_voices
from dashboard.views.use_figures import totals


def show_around(view: View, city: City, spot: Spot) -> None:
    """Lay out the rest of a place's page; what the dashboard has nothing on yet says so, and what would fill it."""
    t = view.t
    st.html(html.section(t("places.around_title", place=spot.name), t("places.around_lead")))
    # Without its database, the register says so; how the place is used does not depend on it.
    contents = register_access.contents(view)
    left, middle, right = st.columns([2, 2, 1], gap="large")
    with left:
        if contents is not None:
            _show_projects(view, contents, city, spot)
    with middle:
        if contents is not None:
            said = () if spot.place is None else contributions_at(contents, spot.id)
            about = position_code(spot.x, spot.y) if spot.place is None else spot.id
            show_voices(view, contents, said, of_project=False, about=about, name=spot.name)
    with right:
        known = spot.place is not None and not totals(view.warehouse, spot.id).nothing
        said_of_use = t("places.use_known") if known else t("places.use_none")
        st.html(html.empty_state(t("places.use"), said_of_use, t("places.use_open")))
    st.html(html.note(t("places.link")))
    st.code(view.link(), language=None, wrap_lines=True)


def _show_projects(view: View, contents: Contents, city: City, spot: Spot) -> None:
    today, area = clock.today(), neighbourhood(view, city, spot)
    here = projects_at(contents, None if spot.place is None else spot.id, today)
    ids = {one.project.id for one in here}
    around = [one for one in projects_in(view, contents, area, today) if one.project.id not in ids]
    show_projects_here(view, contents, here, around, area)
