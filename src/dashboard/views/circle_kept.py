"""What a visitor has written into the form: kept until it is sent, whatever is refused or fails meanwhile.

Streamlit lets go of what a widget holds as soon as a run does not draw it, such as one that shows another page.
"""

from __future__ import annotations

import streamlit as st

_KEPT = "give-kept"
#: Fields of the form → what they begin with.
WHERE, PLACE, AREA, POSITION = "give-where", "give-place", "give-area", "give-position"
THEME, TEXT, LANGUAGE = "give-theme", "give-text", "give-language"
NOT_NAMES, CONSENT = "give-not-names", "give-consent"
PHOTO_ALT, PHOTO_NOBODY = "give-photo-alt", "give-photo-nobody"
#: A field that people do not see; programs that fill in every field do.
TRAP = "give-website"
BEGINS: dict[str, object] = {
    WHERE: "place",
    PLACE: "",
    AREA: "",
    POSITION: "",
    THEME: "",
    TEXT: "",
    LANGUAGE: "sv",
    NOT_NAMES: False,
    CONSENT: False,
    PHOTO_ALT: "",
    PHOTO_NOBODY: False,
    TRAP: "",
}


def restore(key: str) -> None:
    """Give a widget what was written in it, before it is drawn."""
    if key not in st.session_state:
        st.session_state[key] = _kept().get(key, BEGINS.get(key, ""))


def keep(key: str) -> None:
    """Keep what a widget holds, after it was drawn."""
    _kept()[key] = st.session_state[key]


def put(key: str, value: object) -> None:
    """Fill in a field before it is drawn, whatever was written in it."""
    _kept()[key] = value
    st.session_state[key] = value


def begin_with(key: str, value: object) -> None:
    """Give a field something to begin with, unless something has been written."""
    _kept().setdefault(key, value)


def written(key: str) -> str:
    """Give what is written in a field, drawn now or not."""
    return str(st.session_state.get(key, _kept().get(key, BEGINS.get(key))) or "")


def is_ticked(key: str) -> bool:
    """Tell whether a box is ticked, drawn now or not."""
    return bool(st.session_state.get(key, _kept().get(key, False)))


def forget(*keys: str) -> None:
    """Let go of what was written in some fields (in a callback)."""
    for key in keys:
        _kept().pop(key, None)
        st.session_state.pop(key, None)


def _kept() -> dict[str, object]:
    found: dict[str, object] = st.session_state.setdefault(_KEPT, {})
    return found
