"""What the page on neighbourhoods says around its parts."""

from __future__ import annotations

import streamlit as st

from dashboard.views import districts_selection, html
from dashboard.views.areas import Area
from dashboard.views.context import View


def show_nothing(view: View) -> None:
    """Say that the data hold no figures for areas."""
    t = view.t
    st.html(html.headline(t("districts.no_areas")))
    st.html(html.empty_state(t("districts.no_areas"), t("districts.no_areas_why"), t("overview.missing_fill")))


def choose_areas(view: View, level: str) -> list[Area]:
    """Lay out the list of areas to compare, or say what to do when there is none."""
    t = view.t
    st.html(html.section(t("districts.compare_heading"), t("districts.compare_lead")))
    chosen = districts_selection.choose(view, level)
    if not chosen:
        st.html(html.empty_state(t("districts.compare_empty"), t("districts.compare_empty_why")))
    return chosen


def choose_profile(view: View, chosen: list[Area]) -> Area:
    """Let the visitor choose which of the compared areas is shown in short; one alone needs no choice."""
    members = {area.code: area for area in chosen}
    if len(chosen) == 1:
        return chosen[0]
    code = st.segmented_control(
        view.t("districts.profile"),
        list(members),
        format_func=lambda one: members[one].label,
        default=chosen[0].code,
        required=True,
        key=f"profil-{'-'.join(members)}",
    )
    return members.get(str(code), chosen[0])
