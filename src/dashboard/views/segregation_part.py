"""The parts of the page on segregation, and which one is open."""

from __future__ import annotations

import streamlit as st

from dashboard.views import links
from dashboard.views.context import View

#: Parts in the order of the screen; each stands in the address as `del=…` and has a text `segregation.part_…`.
PARTS = ("now", "scale", "income", "change", "neighbours", "mix", "what_if")
KEY = "del"


def choose_part(view: View) -> str:
    """Let the visitor choose a part of the page; the link remembers it."""
    links.restore_one(KEY, PARTS, PARTS[0])
    chosen = st.segmented_control(
        view.t("segregation.part_label"),
        PARTS,
        format_func=lambda part: view.t(f"segregation.part_{part}"),
        required=True,
        key=KEY,
        label_visibility="collapsed",
    )
    links.remember(KEY, str(chosen), PARTS[0])
    return str(chosen)
