"""Segregation as it is in one year: the measures, their uncertainty, and who lives apart from whom."""

from __future__ import annotations

import streamlit as st

from dashboard.views import (
    segregation,
    segregation_areas,
    segregation_choice,
    segregation_groups,
    segregation_nested,
    segregation_years,
)
from dashboard.views.context import View


def show_now(view: View) -> None:
    """Lay out the choices, the headline, the map or the groups, and every measure of what is chosen."""
    headline = st.container()
    choice = segregation_choice.choose(view)
    with headline:
        known = segregation.show_headline(view, choice)
    if known and choice.two_groups:
        left, right = st.columns([3, 2], gap="large")
        with left:
            segregation_areas.show_contributions(view, choice)
        with right:
            segregation_areas.show_curve(view, choice)
            segregation_nested.show_between_within(view, choice)
    elif known:
        segregation_groups.show_groups(view, choice)
        segregation_areas.show_no_map(view)
    if known:
        segregation.show_all_measures(view, choice)
        segregation_years.show_years(view, choice)
