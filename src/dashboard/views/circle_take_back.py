"""Coming back to a contribution with the code from its receipt: how it went, and taking it back for good."""

from __future__ import annotations

import logging
from functools import lru_cache

import streamlit as st

from dashboard.register.contribution_rules import digest_of
from dashboard.register.errors import RegisterError
from dashboard.register.rate_limit import RateLimit, visitor_key
from dashboard.register.receipts import Heard, Standing
from dashboard.register.trace import public_traces
from dashboard.views import html, register_access
from dashboard.views.circle_card import card_html, cards_html
from dashboard.views.circle_contact import contact_words
from dashboard.views.context import View, current_view
from dashboard.views.entry_choices import choice_word
from dashboard.views.words import lower_first

log = logging.getLogger(__name__)

CODE, TOLD, STANDING = "give-code", "give-taken", "give-standing"
#: The code that was given right after sending, and that what was sent with it is gone.
RECEIPT, GONE = "give-receipt", "give-gone"
#: Codes that a visitor may try within an hour; there are far too many to guess one.
MOST_TRIES = 20
_HOUR = 3600.0


@lru_cache(maxsize=1)
def tries() -> RateLimit:
    """Give this process's count of the codes that visitors have tried."""
    return RateLimit(MOST_TRIES, _HOUR)


def may_take_back(view: View) -> bool:
    """Tell whether there can be anything to take back; where nothing was ever handed in, nobody is asked for a code."""
    try:
        return register_access.register(view).has_receipts() or bool(st.session_state.get(TOLD))
    except RegisterError as error:
        log.warning("whether there are receipts is not known: %s", error.code)
        return True


def show_taking_back(view: View) -> None:
    """Lay out the field for the code, what can be done with it, and what came of the last one."""
    t = view.t
    st.html(html.section(t("circle.come_back"), t("circle.come_back_lead")))
    if told := st.session_state.pop(TOLD, ""):
        st.html(html.alert(t(told)))
    code = st.text_input(
        t("circle.code"), max_chars=40, key=CODE, placeholder="abcd-efgh-jkmn-pqrs", autocomplete="off"
    )
    with st.container(horizontal=True):
        st.button(t("circle.see_standing"), key="give-see", on_click=_see)
        st.button(t("circle.take_back_send"), key="give-take-back", on_click=_take_back)
    asked, standing = st.session_state.get(STANDING) or ("", None)
    # What was said of another code would be read as said of the one that stands in the field.
    if standing is not None and digest_of(code or "") == asked:
        st.html(f'<div class="hs-standing" role="status">{_standing_html(view, standing)}</div>')


def _standing_html(view: View, standing: Standing) -> str:
    """Say how it went; what is published stands as everybody reads it, with all that has happened since."""
    t = view.t
    said = f'<p class="hs-text"><strong>{html.escape(t(f"circle.standing_{standing.heard.value}"))}</strong></p>'
    if standing.heard is Heard.PUBLISHED:
        contents = register_access.contents(view)
        traces = () if contents is None else public_traces(contents)
        cards = [
            card_html(view, contents, one)
            for one in traces
            if contents and one.contribution.id == standing.contribution
        ]
        return said + cards_html(cards)
    if standing.heard is Heard.NOT_SHOWN:
        return said + html.paragraph(_why(view, standing))
    return said + html.paragraph(t("circle.standing_later"))


def _why(view: View, standing: Standing) -> str:
    t = view.t
    if standing.why is not None:
        why = lower_first(choice_word(view, "contribution", "refused_for", standing.why.value))
        return t("circle.standing_because", why=why)
    contact = contact_words(view)
    return t("circle.standing_ask", contact=contact) if contact else t("circle.standing_no_reason")


def _see() -> None:
    """Look up how it went with the contribution that a code is for (in the button's callback)."""
    if (code := _tried()) is None:
        return
    state = st.session_state
    state.pop(STANDING, None)
    try:
        standing = register_access.register(current_view()).standing(code)
    except RegisterError as error:
        log.warning("how it went with a contribution is not known: %s", error.code)
        state[TOLD] = f"register.refused_{error.code}"
        return
    if standing is None:
        state[TOLD] = "circle.no_such_code"
    else:
        state[STANDING] = (digest_of(code), standing)


def _take_back() -> None:
    """Remove the contribution that a code is for (in the button's callback)."""
    if (code := _tried()) is None:
        return
    state = st.session_state
    try:
        found = register_access.register(current_view()).withdraw(code)
    except RegisterError as error:
        log.warning("a contribution was not taken back: %s", error.code)
        state[TOLD] = f"register.refused_{error.code}"
        return
    if not found:
        state[TOLD] = "circle.no_such_code"
        return
    state[CODE] = ""
    state.pop(STANDING, None)
    if digest_of(state.get(RECEIPT) or code) == digest_of(code):
        state.pop(RECEIPT, None)
        state[GONE] = True
    else:
        # The code on the screen is for another one, and is shown nowhere else.
        state[TOLD] = "circle.taken_back"


def _tried() -> str | None:
    """Give the code in the field, or None after noting why it is not looked up."""
    state = st.session_state
    code = str(state.get(CODE) or "")
    if not code.strip():
        state[TOLD] = "circle.no_code"
    elif not tries().allow(visitor_key(st.context.ip_address)):
        state[TOLD] = "circle.too_many_codes"
    else:
        return code
    return None
