"""Taking notes home as a file, always; and saving them in the data folder, where the operator has set a code."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.sources.tidy import InputError
from dashboard.sources.use_fields import Kind
from dashboard.sources.use_files import add_rows, as_csv
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.observer_code import MOST_TRIES, code_gate
from dashboard.views.use_notes import Row, file_name

log = logging.getLogger(__name__)

KNOWN = "use-code-known"
TRIES = "use-code-tries"
FAILED = "use-saving-failed"


def offer_file_and_saving(view: View, kind: Kind, rows: Sequence[Row], saved: Callable[[], None]) -> None:
    """Lay out the file with the rows and, when observers have a code, the way to save them.

    Parameters
    ----------
    view
        The view of this run.
    kind, rows
        What was noted.
    saved
        What is done when the rows have been saved; until then nothing of them is let go.
    """
    t = view.t
    st.download_button(
        t("use.take_home"),
        data=partial(as_csv, kind, list(rows)),
        file_name=file_name(kind, list(rows)),
        mime="text/csv",
        key=f"use-file-{kind.name}",
        on_click="ignore",
        width="stretch",
    )
    if not view.settings.observer_code:
        st.html(html.note(t("use.only_file")))
        return
    field = f"use-code-{kind.name}"
    if not st.session_state.get(KNOWN):
        st.text_input(t("use.code"), key=field, type="password", autocomplete="off")
    st.button(
        t("use.save"),
        key=f"use-save-{kind.name}",
        type="primary",
        width="stretch",
        on_click=_save,
        args=(view, kind, list(rows), field, saved),
    )
    if problem := st.session_state.pop(FAILED, None):
        st.error(t(f"use.failed_{problem}"))


def _save(view: View, kind: Kind, rows: list[Row], field: str, saved: Callable[[], None]) -> None:
    problem = _refusal(str(st.session_state.get(field) or ""), str(view.settings.observer_code))
    if problem is None:
        try:
            add_rows(rows, view.settings.data_folder, view.home.code, kind)
        except (InputError, OSError):
            log.exception("what an observer noted could not be saved")
            problem = "saving"
    if problem is None:
        saved()
    else:
        st.session_state[FAILED] = problem


def _refusal(typed: str, code: str) -> str | None:
    """Give why somebody may not save; None when they may."""
    state = st.session_state
    if state.get(KNOWN):
        return None
    if state.get(TRIES, 0) >= MOST_TRIES:
        return "tries"
    answer = code_gate().ask(typed, code)
    if answer == "right":
        state[KNOWN] = True
        return None
    if answer == "wrong":
        state[TRIES] = state.get(TRIES, 0) + 1
    return answer
