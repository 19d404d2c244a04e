"""How a place is used and experienced: what observers saw, people answered and raters judged; or the empty forms."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.places_use_answers import show_answers, show_criteria
from dashboard.views.places_use_form import STYLE, show_form
from dashboard.views.places_use_people import show_people, show_times
from dashboard.views.use_figures import Totals, totals
from dashboard.views.use_offers import offer_forms

OPEN = "use-form-open"


def show_use(view: View, place_id: str, place_name: str) -> None:
    """Lay out how a place is used and experienced; while the form is open, the form alone.

    Parameters
    ----------
    view
        The view of this run.
    place_id
        Id of the place in the register of places.
    place_name
        Its name.
    """
    t = view.t
    if st.session_state.get(OPEN) == place_id:
        show_form(view, place_id, place_name, close=_close)
        return
    found = totals(view.warehouse, place_id)
    st.html(html.section(t("use.title", place=place_name), t("use.lead")))
    if found.nothing:
        st.html(html.empty_state(t("use.none", place=place_name), t("use.none_why"), t("use.none_fill")))
    else:
        st.html(html.paragraph(known_words(view, found)))
        if found.observed:
            show_times(view, place_id, place_name)
            show_people(view, place_id, place_name)
        if found.answered:
            show_answers(view, place_id, place_name)
        if found.rated:
            show_criteria(view, place_id, place_name)
    st.html(STYLE)
    st.html(html.subsection(t("use.forms")) + html.paragraph(t("use.forms_lead")))
    st.button(t("use.open_form"), key="use-open", type="primary", on_click=_open, args=(place_id,))
    offer_forms(view, place_id, place_name)


def _open(place_id: str) -> None:
    st.session_state[OPEN] = place_id


def _close() -> None:
    st.session_state.pop(OPEN, None)


def known_words(view: View, found: Totals) -> str:
    """Say how much was observed, answered and rated at a place, and when."""
    t, fmt = view.t, view.fmt

    def span(dates: tuple[dt.date, dt.date]) -> str:
        first, last = dates
        return fmt.date(first) if first == last else t("use.span", first=fmt.date(first), last=fmt.date(last))

    said = []
    if found.observed:
        minutes = fmt.number(found.minutes)
        sessions = t.n("use.sessions", found.sessions, minutes=minutes, dates=span(found.observed))
        people = t("use.people_few") if found.people is None else t.n("use.people", found.people)
        said += [sessions, people]
    if found.answered:
        few = t("use.answers_few", dates=span(found.answered))
        said.append(few if found.answers is None else t.n("use.answers", found.answers, dates=span(found.answered)))
    if found.rated:
        said.append(t.n("use.ratings", found.ratings, dates=span(found.rated)))
    return " ".join(said)
