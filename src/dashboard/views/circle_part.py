"""The parts of the page on the knowledge circle, and which one is open."""

from __future__ import annotations

import streamlit as st

from dashboard.views import html, links
from dashboard.views.circle_way_in import is_open
from dashboard.views.context import View

#: Parts in the order of the screen; each stands in the address as `del=…` and has a text `circle.part_…`.
PARTS = ("said", "circles", "give", "moderate")
KEY = "del"


def parts_for(view: View) -> tuple[str, ...]:
    """Give the parts that a visitor is offered: what waits for a moderator is for moderators."""
    return PARTS if view.actor.may_see_unmoderated else PARTS[:-1]


def part_words(view: View, part: str) -> str:
    """Give what a part is called: nobody is invited to a form that is closed."""
    return view.t("circle.give_closed") if part == "give" and not is_open(view) else view.t(f"circle.part_{part}")


def choose_part(view: View) -> str:
    """Let the visitor choose a part of the page; the link remembers it."""
    offered = parts_for(view)
    links.restore_one(KEY, offered, offered[0])
    chosen = st.segmented_control(
        view.t("circle.part"),
        offered,
        format_func=lambda part: part_words(view, part),
        required=True,
        key=KEY,
        label_visibility="collapsed",
    )
    links.remember(KEY, str(chosen), offered[0])
    return str(chosen)


def show_unavailable(view: View) -> None:
    """Lay out the heading of the page when the register does not answer; what to do stands above it."""
    st.html(html.headline(view.t("circle.headline_unavailable")))
