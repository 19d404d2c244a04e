"""The form for a phone in the square: a session with one tap a person, and the short survey."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.places_use_session import show_session
from dashboard.views.places_use_survey import show_survey

PARTS = ("session", "survey")
PART = "use-form-part"

# A thumb needs room; names of ages and postures are longer than Streamlit's buttons let them be.
STYLE = """<style>
.st-key-use-form [data-testid="stBaseButton-primary"] *, .st-key-use-open button * { color: var(--hs-on-accent); }
.st-key-use-form { max-width: 40rem; }
.st-key-use-form button { min-height: 3rem; }
.st-key-use-tally { gap: 0.5rem; }
.st-key-use-tally > div { flex: 1 1 30% !important; width: auto !important; min-width: 30%; max-width: 50%; }
.st-key-use-tally button { width: 100%; height: 4.5rem; padding: 0.25rem; }
.st-key-use-tally button p { font-size: 0.9375rem; line-height: 1.2; white-space: normal; text-wrap: balance; }
.st-key-use-count { position: sticky; top: 3rem; z-index: 5; background: var(--hs-background); padding: 0.5rem 0; }
.st-key-use-form [data-testid="stButtonGroup"] button { min-height: 2.75rem; min-width: 2.75rem; }
</style>"""


def show_form(view: View, place_id: str, place_name: str, close: Callable[[], None] | None = None) -> None:
    """Lay out the form for a place.

    Parameters
    ----------
    view
        The view of this run.
    place_id, place_name
        The place.
    close
        What is done when the visitor leaves the form; what was noted stays until it is saved or thrown away.
    """
    t = view.t
    st.html(STYLE)
    st.html(html.section(t("use.form_title", place=place_name), t("use.privacy")))
    if close is not None:
        st.button(t("use.close_form"), key="use-close", on_click=close)
    _show_parts(view, place_id)


@st.fragment
def _show_parts(view: View, place_id: str) -> None:
    t = view.t
    with st.container(key="use-form"):
        st.session_state.setdefault(PART, PARTS[0])
        part = st.segmented_control(
            t("use.form_part"),
            PARTS,
            format_func=lambda name: t(f"use.part_{name}"),
            required=True,
            key=PART,
            label_visibility="collapsed",
            width="stretch",
        )
        if part == "survey":
            show_survey(view, place_id)
        else:
            show_session(view, place_id)
