"""Scenarios saved by name: they stand in the link, so that whoever has the link has them too."""

from __future__ import annotations

import streamlit as st

from dashboard.reach.city import City
from dashboard.views import html, links
from dashboard.views.context import View
from dashboard.views.what_if_builder import CHANGES
from dashboard.views.what_if_codes import BETWEEN, LONGEST_NAME, MOST_SAVED, Scenario, saved_code, saved_of

SAVED = "scenario"
_NAME = "what-if-name"
_TOLD = "what-if-told"


def saved_scenarios(city: City) -> list[Scenario]:
    """Give the scenarios that were saved in this link or session."""
    codes = links.restore_free(SAVED, lambda code: saved_of(city, code) is not None, MOST_SAVED)
    return [found for code in codes if (found := saved_of(city, code)) is not None]


def offer_saving(view: View, city: City, changes: tuple[str, ...]) -> list[Scenario]:
    """Let the visitor save what is being built, open what was saved, and take it away; gives what is saved."""
    t = view.t
    saved = saved_scenarios(city)
    st.html(html.subsection(t("what_if.saved")))
    if changes:
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        left.text_input(t("what_if.name"), key=_NAME, max_chars=LONGEST_NAME)
        right.button(t("what_if.save"), key="what-if-save", on_click=_save, args=(view, changes))
    elif not saved:
        st.html(html.note(t("what_if.saved_none")))
    if told := st.session_state.pop(_TOLD, ""):
        st.info(told)
    for number, one in enumerate(saved):
        name, opened, gone = st.columns([3, 1, 1], vertical_alignment="center")
        name.html(html.paragraph(one.name))
        opened.button(t("what_if.reopen"), key=f"what-if-open-{number}", on_click=_open, args=(one,))
        gone.button(t("what_if.forget"), key=f"what-if-forget-{number}", on_click=_forget, args=(one,))
    links.remember(SAVED, [saved_code(one) for one in saved])
    return saved


def _save(view: View, changes: tuple[str, ...]) -> None:
    code = saved_code(Scenario(str(st.session_state.get(_NAME) or ""), changes))
    name = code.split(BETWEEN, 1)[0]
    if not name:
        st.session_state[_TOLD] = view.t("what_if.name_needed")
        return
    now = [one for one in st.session_state.get(SAVED) or [] if one.split(BETWEEN, 1)[0] != name]
    if len(now) >= MOST_SAVED:
        st.session_state[_TOLD] = view.t("what_if.saved_full", n=view.fmt.number(MOST_SAVED))
        return
    st.session_state[SAVED] = [*now, code]
    st.session_state[_NAME] = ""
    st.session_state[_TOLD] = view.t("what_if.saved_told")


def _open(scenario: Scenario) -> None:
    st.session_state[CHANGES] = list(scenario.changes)
    links.remember(CHANGES, scenario.changes)


def _forget(scenario: Scenario) -> None:
    st.session_state[SAVED] = [one for one in st.session_state.get(SAVED) or [] if one != saved_code(scenario)]
