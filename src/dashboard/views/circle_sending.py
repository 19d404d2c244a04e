"""Sending a contribution: checked, held back when there are too many, and answered with a receipt or with reasons."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from dashboard.register.circle_entries import Form
from dashboard.register.errors import InvalidError, RegisterError
from dashboard.register.personal_data import Found, find_personal_data
from dashboard.register.rate_limit import RateLimit, visitor_key
from dashboard.views import circle_kept as kept
from dashboard.views import register_access
from dashboard.views.circle_give_photo import chosen_photo, forget_photo
from dashboard.views.circle_give_where import position_fault, where_values
from dashboard.views.circle_take_back import CODE, GONE, RECEIPT
from dashboard.views.circle_way_in import is_open
from dashboard.views.circle_words import stored_theme
from dashboard.views.context import View, current_view

log = logging.getLogger(__name__)

#: The version of the text that people agree to; a new text is a new version.
CONSENT_VERSION = "2026-11-2"
LONGEST = 2000
_HOUR = 3600.0
FAULTS = "give-faults"
#: The words that the box on names was about when it was drawn last.
VOUCHED = "give-vouched"
#: Field of a contribution → the field of the form beside which its fault stands.
_FIELDS = {
    "text": kept.TEXT,
    "theme": kept.THEME,
    "photo_alt": kept.PHOTO_ALT,
    "consent": kept.CONSENT,
    "place": kept.PLACE,
    "area": kept.AREA,
    "language": kept.LANGUAGE,
    "latitude": kept.POSITION,
    "longitude": kept.POSITION,
}


@dataclass(frozen=True)
class Fault:
    """Something that keeps a contribution from being sent.

    Attributes
    ----------
    field
        The field that it is about; empty for the whole.
    text
        The key of the sentence.
    found
        Personal data that is quoted back.
    """

    field: str
    text: str
    found: tuple[Found, ...] = ()


@lru_cache(maxsize=1)
def limit(most: int) -> RateLimit:
    """Give this process's count of what visitors have sent within an hour."""
    return RateLimit(most, _HOUR)


def send() -> None:
    """Hand in what is written (in the button's callback); all of it stays in the form unless that has worked."""
    view = current_view()
    faults = _faults(view)
    if kept.written(kept.TRAP):
        # The browser may have filled it in by itself; a second try by a person goes through.
        kept.forget(kept.TRAP)
        faults = [Fault("", "circle.fault_trap")]
    if faults:
        st.session_state[FAULTS] = faults
        return
    key = visitor_key(st.context.ip_address)
    # Moderators write down what was said at meetings, many at a time.
    counted = not view.actor.is_signed_in
    if counted and not limit(view.settings.contributions_per_hour).allow(key):
        st.session_state[FAULTS] = [Fault("", "register.refused_too_many")]
        return
    try:
        receipt = register_access.register(view).submit(_values(view), chosen_photo()).receipt
    except RegisterError as error:
        log.warning("a contribution was not taken: %s", error.code)
        if counted:
            limit(view.settings.contributions_per_hour).take_back(key)
        st.session_state[FAULTS] = _refused(error)
    else:
        st.session_state.pop(FAULTS, None)
        st.session_state[RECEIPT] = st.session_state[CODE] = receipt
        st.session_state.pop(GONE, None)
        forget_photo()
        kept.forget(*kept.BEGINS)


def _values(view: View) -> dict[str, object]:
    return {
        **where_values(view),
        "municipality": view.home.code,
        "theme": stored_theme(view, kept.written(kept.THEME)),
        # Their own words; a moderator who writes them anew makes a summary of them.
        "form": Form.QUOTE,
        "text": kept.written(kept.TEXT),
        "language": kept.written(kept.LANGUAGE),
        "not_names": kept.is_ticked(kept.NOT_NAMES),
        "consent": CONSENT_VERSION if kept.is_ticked(kept.CONSENT) else "",
        "photo_alt": kept.written(kept.PHOTO_ALT) if chosen_photo() is not None else "",
    }


def _refused(error: RegisterError) -> list[Fault]:
    if not isinstance(error, InvalidError):
        return [Fault("", f"register.refused_{error.code}")]
    return [Fault(_FIELDS.get(field, ""), f"register.fault_{code}") for field, code in error.faults.items()]


def open_faults(view: View) -> list[Fault]:
    """Give what was refused and has not been put right since."""
    refused: list[Fault] = st.session_state.get(FAULTS) or []
    now = _faults(view) if refused else []
    # What the register or the count of visitors refused is known when it is tried again.
    return [one for one in refused if not one.field or one.text.startswith("register.") or one in now]


def _faults(view: View) -> list[Fault]:
    """Give what speaks against sending, in the order of the form."""
    if not is_open(view):
        return [Fault("", "circle.closed_why")]
    found = [*_where_faults(view), *_text_faults(kept.TEXT)]
    if chosen_photo() is not None:
        found += _photo_faults()
    if not kept.is_ticked(kept.CONSENT):
        found.append(Fault(kept.CONSENT, "circle.fault_consent"))
    return found


def _where_faults(view: View) -> list[Fault]:
    way = kept.written(kept.WHERE)
    if way == "place" and not kept.written(kept.PLACE):
        return [Fault(kept.PLACE, "circle.fault_no_place")]
    if way == "area" and not kept.written(kept.AREA):
        return [Fault(kept.AREA, "circle.fault_no_area")]
    fault = position_fault(view) if way == "map" else ""
    return [Fault(kept.POSITION, fault)] if fault else []


def _text_faults(key: str) -> list[Fault]:
    text = kept.written(key)
    if not text.strip():
        return [Fault(key, "circle.fault_no_text")]
    if len(text) > LONGEST:
        return [Fault(key, "circle.fault_too_long")]
    return _personal_faults(key, text)


def _photo_faults() -> list[Fault]:
    alt = kept.written(kept.PHOTO_ALT)
    found = _personal_faults(kept.PHOTO_ALT, alt) if alt.strip() else [Fault(kept.PHOTO_ALT, "circle.fault_photo_alt")]
    if not kept.is_ticked(kept.PHOTO_NOBODY):
        found.append(Fault(kept.PHOTO_NOBODY, "circle.fault_photo_nobody"))
    return found


def _personal_faults(key: str, text: str) -> list[Fault]:
    finds = find_personal_data(text)
    must_go = tuple(one for one in finds if one.must_go)
    vouched = st.session_state.get(VOUCHED, ()) if kept.is_ticked(kept.NOT_NAMES) else ()
    asked = tuple(one for one in finds if not one.must_go and one.text not in vouched)
    faults = [Fault(key, "circle.fault_must_go", must_go)] if must_go else []
    return [*faults, Fault(key, "circle.fault_asked", asked)] if asked else faults


def texts_asked_about() -> tuple[str, ...]:
    """Give what in the form looks like a name, so that whoever wrote it is asked whether it is one."""
    texts = (kept.written(key) for key in (kept.TEXT, kept.PHOTO_ALT))
    return tuple(dict.fromkeys(one.text for text in texts for one in find_personal_data(text) if not one.must_go))
