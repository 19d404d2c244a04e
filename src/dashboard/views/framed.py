"""Whether this run is for a figure in a frame of another page."""

from __future__ import annotations

import streamlit as st

_BEGAN = "framed-session"


def is_framed() -> bool:
    """Tell whether this tab shows one figure in a frame of another page; a tab that began so stays so.

    What may be framed is decided when the page is fetched: the address may change afterwards, the frame does not.
    """
    if st.context.is_embedded:
        st.session_state[_BEGAN] = True
    return bool(st.session_state.get(_BEGAN))
