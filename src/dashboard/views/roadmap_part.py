"""The parts of the page on the roadmap, and which one is open."""

from __future__ import annotations

import streamlit as st

from dashboard.views import html, links
from dashboard.views.context import View

#: Parts in the order of the screen; each stands in the address as `del=…` and has a text `plan.part_…`.
PARTS = ("projects", "grants")
KEY = "del"


def choose_part(view: View) -> str:
    """Let the visitor choose a part of the page; the link remembers it."""
    links.restore_one(KEY, PARTS, PARTS[0])
    chosen = st.segmented_control(
        view.t("plan.part"),
        PARTS,
        format_func=lambda part: view.t(f"plan.part_{part}"),
        required=True,
        key=KEY,
        label_visibility="collapsed",
    )
    links.remember(KEY, str(chosen), PARTS[0])
    return str(chosen)


def show_unavailable(view: View) -> None:
    """Lay out the heading of the page when the register does not answer; what to do stands below it."""
    st.html(html.headline(view.t("plan.headline_unavailable")))
