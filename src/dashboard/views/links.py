"""Links that restore a view: what is chosen stands in the address, by codes that outlive wording and language.

Streamlit can bind a widget to the address by itself, but then writes the words that the visitor sees, so that a link
would break with the language or the next better wording.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import streamlit as st

# What this module itself wrote into the address; another value there comes from a link or from the back button.
_WRITTEN = "link-written"
RANGE_SEPARATOR = "~"
YES = "ja"


def restore_one(key: str, options: Sequence[str], default: str) -> None:
    """Set the choice of a widget before it is drawn: from the address, else as it was, else the default.

    A value of the address or of an earlier run that is not among the options is passed over.
    """
    found = _from_address(key)
    now = None if found == [] else st.session_state.get(key)
    chosen = found[0] if found else now
    # Set even when it is there already: a widget of the same key on another page loses its value with that page.
    st.session_state[key] = chosen if chosen in options else now if now in options else default


def restore_many(key: str, options: Sequence[str], most: int | None = None, default: Sequence[str] = ()) -> None:
    """Set the choices of a widget with several before it is drawn.

    An address without the choice stands for the default, so that the back button leads to it; that nothing is chosen
    although there is a default stands in the address as an empty value.
    """
    found = _from_address(key)
    kept = st.session_state.get(key, default)
    chosen = (kept or []) if found is None else found or default
    st.session_state[key] = [one for one in dict.fromkeys(chosen) if one in options][:most]


def restore_free(key: str, fits: Callable[[str], bool], most: int) -> list[str]:
    """Give what the visitor has entered under a key that no widget has: from the address, else as it was.

    What does not fit is passed over, as is what is more than there may be.
    """
    found = _from_address(key)
    entered = st.session_state.get(key) or [] if found is None else found
    st.session_state[key] = [one for one in dict.fromkeys(entered) if fits(one)][:most]
    return list(st.session_state[key])


def restore_flag(key: str) -> None:
    """Set a checkbox before it is drawn: from the address, else as it was, else off."""
    found = _from_address(key)
    st.session_state[key] = bool(st.session_state.get(key)) if found is None else found[:1] == [YES]


def remember_flag(key: str, value: bool) -> None:
    """Write a checkbox into the address when it is on."""
    remember(key, YES if value else (), ())


def restore_range(key: str, low: float, high: float) -> None:
    """Set the limits of a slider before it is drawn; the whole span by default."""
    found = _from_address(key)
    chosen = st.session_state.get(key, (low, high)) if found is None else _limits(found, low, high)
    first, last = sorted(min(max(float(end), low), high) for end in chosen)
    st.session_state[key] = (first, last)


def remember(key: str, value: str | Sequence[str], default: str | Sequence[str] = ()) -> None:
    """Write a choice into the address; the default leaves it out, so that addresses stay short."""
    wanted = [value] if isinstance(value, str) else list(value)
    usual = [default] if isinstance(default, str) else list(default)
    wanted = [] if wanted == usual else wanted
    _written()[key] = wanted
    if st.query_params.get_all(key) == wanted:
        return
    if wanted:
        st.query_params[key] = wanted
    else:
        del st.query_params[key]


def range_text(low: float, high: float) -> str:
    """Give limits as they stand in an address."""
    return f"{low:.12g}{RANGE_SEPARATOR}{high:.12g}"


def _limits(found: list[str], low: float, high: float) -> tuple[float, float]:
    try:
        first, last = (float(end) for end in found[0].split(RANGE_SEPARATOR))
    except (IndexError, ValueError):
        return low, high
    return (low, high) if math.isnan(first + last) else (first, last)


def _from_address(key: str) -> list[str] | None:
    """Give what the address says when that is news; None when it says what was written there last."""
    now = st.query_params.get_all(key)
    before = _written().get(key)
    if before is None or key not in st.session_state:
        # Streamlit forgets a widget with its page: coming back, only the address still knows what was chosen.
        return now or None
    return None if now == before else now


def _written() -> dict[str, list[str]]:
    found: dict[str, list[str]] = st.session_state.setdefault(_WRITTEN, {})
    return found
