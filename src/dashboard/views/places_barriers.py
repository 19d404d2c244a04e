"""Barriärer: what a river, a railway or a road does to the ways of those who live beside it."""

from __future__ import annotations

import streamlit as st

from dashboard.reach.city import Barrier, City
from dashboard.views import html, links, places_notice
from dashboard.views.barrier_map import show_map
from dashboard.views.barrier_names import barrier_name
from dashboard.views.barrier_results import ordered, report_of
from dashboard.views.barrier_screening import show_screening
from dashboard.views.barrier_stretches import show_stretches
from dashboard.views.barrier_tables import show_loss, show_pairs
from dashboard.views.barrier_words import headline, lead, note_text
from dashboard.views.context import View

#: Key of the choice, in the address too.
KEY = "barriar"


def show_barriers(view: View, city: City) -> None:
    """Lay out the part of the page on barriers.

    Parameters
    ----------
    view
        The view of this run.
    city
        The home municipality on foot.
    """
    t = view.t
    head = st.container()
    if not city.barriers:
        with head:
            st.html(html.headline(t("barriers.headline_none")))
            places_notice.show_notice(view, city)
        st.html(html.empty_state(t("barriers.none"), t("barriers.none_why"), _fill(view)))
    else:
        barrier = _choose(view, city)
        found = report_of(city, barrier.id)
        with head:
            st.html(html.headline(headline(view, city, barrier, found), lead(view, city, found)))
            places_notice.show_notice(view, city)
        if found is None:
            _show_unknown(view, barrier)
        else:
            show_map(view, city, found)
            show_pairs(view, city, found)
            show_loss(view, city, found)
            show_stretches(view, city, found)
    show_screening(view, city)


def _choose(view: View, city: City) -> Barrier:
    """Let the visitor choose a barrier; the link remembers it."""
    found = {barrier.id: barrier for barrier in ordered(city)}
    first = next(iter(found))
    links.restore_one(KEY, list(found), first)
    chosen = str(
        st.selectbox(
            view.t("barriers.choose"),
            list(found),
            format_func=lambda one: _listed_name(view, found[one]),
            key=KEY,
            width=400,
        )
    )
    links.remember(KEY, chosen, first)
    return found[chosen]


def _listed_name(view: View, barrier: Barrier) -> str:
    """Give the name in the list of choices, which tells beforehand where there is nothing to see."""
    name = barrier_name(view, barrier)
    return name if barrier.line is not None else view.t("barriers.without_course", name=name)


def _show_unknown(view: View, barrier: Barrier) -> None:
    """Say why nothing is worked out for a barrier, and what would fill it."""
    why = note_text(view, barrier.note) or view.t("barriers.note_course_unknown")
    st.html(html.empty_state(view.t("barriers.unknown", name=barrier_name(view, barrier)), why, _fill(view)))


def _fill(view: View) -> str:
    return view.t("barriers.fill")
