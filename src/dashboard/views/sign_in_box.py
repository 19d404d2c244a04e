"""The sidebar's lines on signing in: in which role, and the buttons; nothing where nobody can sign in."""

from __future__ import annotations

import streamlit as st

from dashboard.access import PUBLIC
from dashboard.page_addresses import FAILED
from dashboard.views import html
from dashboard.views.actor import current_sign_in, sign_out
from dashboard.views.context import View

_FAILED = "sign-in-failed"


def show_sign_in(view: View) -> None:
    """Lay out who has signed in, as a role in words, and the button that fits."""
    t = view.t
    if view.settings.local_editor and view.actor.is_signed_in:
        st.html(html.note(t("sign_in.local")))
        return
    if not view.settings.has_sign_in:
        return
    signed_in = current_sign_in(view.settings)
    if signed_in.is_over:
        st.html(html.note(t("sign_in.over")))
    elif signed_in.actor == PUBLIC and _has_failed():
        st.html(html.note(t("sign_in.failed")))
    if signed_in.actor == PUBLIC:
        st.button(t("sign_in.in"), key="sign-in", on_click=st.login)
        return
    st.html(html.note(t("sign_in.as", role=t(f"sign_in.role_{signed_in.actor.role.value}"))))
    st.button(t("sign_in.out"), key="sign-out", on_click=sign_out)


def _has_failed() -> bool:
    """Tell whether the visitor comes from a sign-in that was refused; the address is not to say so for ever."""
    if FAILED in st.query_params:
        del st.query_params[FAILED]
        st.session_state[_FAILED] = True
    return bool(st.session_state.get(_FAILED))
