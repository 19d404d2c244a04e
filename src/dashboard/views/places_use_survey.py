"""The short survey on a phone: one response after the other, then take home or save."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.sources.use_fields import QUESTIONS, SURVEYS
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.use_notes import Answers, now_in
from dashboard.views.use_saving import offer_file_and_saving
from dashboard.views.use_words import code_label, field_label, question

SAVED = "use-survey-saved"
EMPTY = "use-survey-empty"
_ASKED = (*QUESTIONS, "age", "gender")


def show_survey(view: View, place_id: str) -> None:
    """Lay out the questions, and what becomes of the responses so far."""
    t = view.t
    key = f"use-answers-{place_id}"
    answers: Answers = st.session_state.setdefault(key, Answers())
    if st.session_state.pop(SAVED, False):
        st.success(t("use.saved"))
    st.html(html.paragraph(t("use.survey_lead")))
    for name in _ASKED:
        codes = SURVEYS.field(name).codes
        names = {code: code_label(t, name, code) for code in codes}
        st.pills(question(t, name), codes, format_func=names.__getitem__, key=f"use-q-{name}", wrap=True)
    st.button(
        t("use.add_response"),
        key="use-add-response",
        type="primary",
        width="stretch",
        on_click=_add,
        args=(answers, place_id),
    )
    if st.session_state.pop(EMPTY, False):
        st.warning(t("use.response_empty", questions=", ".join(field_label(t, name).lower() for name in QUESTIONS)))
    if answers.rows:
        # How many, never what was answered: the next respondent holds the same phone.
        st.html(f'<p class="hs-text" role="status">{html.escape(t.n("use.responses", len(answers.rows)))}</p>')
        offer_file_and_saving(view, SURVEYS, answers.rows, partial(_saved, key))


def _add(answers: Answers, place_id: str) -> None:
    state = st.session_state
    said = {name: state.get(f"use-q-{name}") for name in _ASKED}
    if answers.add(place_id, now_in(st.context.timezone), said):
        for name in _ASKED:
            state[f"use-q-{name}"] = None
    else:
        state[EMPTY] = True


def _saved(key: str) -> None:
    st.session_state.pop(key, None)
    st.session_state[SAVED] = True
