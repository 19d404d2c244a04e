"""The part on housing to try: dwellings built, converted, moved or demolished, and what that does to the mix."""

from __future__ import annotations

import streamlit as st

from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.errors import told_in_words
from dashboard.views.housing_assumptions import show_assumptions
from dashboard.views.housing_builder import build_scenario, current_steps, is_example
from dashboard.views.housing_results import headline, show_areas, show_city
from dashboard.views.housing_stock import current_housing, outcome, workable
from dashboard.views.words import sentence


def show_what_if(view: View) -> None:
    """Lay out the part: what is tried, what it does to the city and its neighbourhoods, and what is assumed."""
    t, housing = view.t, current_housing(view)
    if housing is None:
        st.html(html.headline(t("housing.headline_try"), t("housing.lead")))
        st.html(html.empty_state(t("housing.none"), t("housing.none_why"), t("housing.none_fill")))
        return
    head = st.container()
    steps = current_steps(housing)
    # A step was taken away that another rests on, or the link was made for other figures: the rest still counts.
    made, refused = workable(housing, steps)
    with told_in_words(view):
        build_scenario(view, housing, steps, refused)
    found = outcome(housing, made) if made else None
    with head:
        title, lead = (t("housing.headline_try"), t("housing.lead"))
        if found is not None:
            title, lead = headline(view, housing, made, found)
        if refused:
            counted = sentence(t("housing.refused_rest"), f"{title}.", lead) if found else t("housing.refused_all")
            title, lead = t.n("housing.headline_refused", len(refused)), counted
        st.html(html.headline(title, lead))
        if is_example(housing, steps):
            st.html(html.notice(t("housing.example_strong"), t("housing.example_told")))
    if found is not None:
        # The bars are understood by most; what the measures say comes after.
        show_areas(view, housing, found)
        show_city(view, housing, found)
    show_assumptions(view, housing, made, found)
