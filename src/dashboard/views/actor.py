"""Who looks at this run of a page: by sign-in, or at the machine itself in local editor mode."""

from __future__ import annotations

import time
from functools import lru_cache
from urllib.parse import urlsplit

import streamlit as st

from dashboard.access import LOCAL_EDITOR, PUBLIC, Actor
from dashboard.settings import Settings, is_this_machine
from dashboard.sign_in import NOBODY, EndedSignIns, SignedIn, signed_in

#: Headers by which a proxy tells that it asks for somebody else.
_FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")


def current_actor(settings: Settings) -> Actor:
    """Give who looks; asked anew in every run, so that a right ends when it ends."""
    if settings.local_editor:
        return LOCAL_EDITOR if _sits_here() else PUBLIC
    return current_sign_in(settings).actor


def current_sign_in(settings: Settings) -> SignedIn:
    """Give who has signed in."""
    if not settings.has_sign_in:
        return NOBODY
    claims = dict(st.user)
    return NOBODY if ended_sign_ins().holds(claims, time.time()) else signed_in(claims, settings, time.time())


def sign_out() -> None:
    """End this sign-in, in every tab that it is open in."""
    ended_sign_ins().add(dict(st.user), time.time())
    st.logout()


@lru_cache(maxsize=1)
def ended_sign_ins() -> EndedSignIns:
    """Give what this process remembers of the sign-ins that were ended."""
    return EndedSignIns()


def _sits_here() -> bool:
    """Tell whether the browser runs on this very machine: its address, the name it asked for, and no proxy between."""
    headers = st.context.headers
    if any(name in headers for name in _FORWARDED):
        return False
    address = st.context.ip_address
    if address is not None and not is_this_machine(address):
        return False
    host = headers.get("Host", "")
    # A page of another site could reach this machine by a name of its own that leads here; a proxy that says nothing
    # of itself asks by the name of this machine, but for a page that came by another one. Who has gone says neither.
    return is_this_machine(urlsplit(f"//{host}").hostname) and urlsplit(headers.get("Origin", "")).netloc == host
