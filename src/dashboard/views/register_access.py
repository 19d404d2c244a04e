"""The register as the pages reach it: opened once, read as the visitor may, and a sentence when it does not answer."""

from __future__ import annotations

import logging
from datetime import date

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.errors import RegisterError
from dashboard.register.opening import OpenedOnce
from dashboard.register.store import Register
from dashboard.views import clock, html
from dashboard.views.context import View

log = logging.getLogger(__name__)
_opened = OpenedOnce()
_purged: dict[str, date] = {}


def register(view: View) -> Register:
    """Give the register, opened when it is asked for first.

    Raises
    ------
    UnavailableError
        When the database does not answer; some seconds later the next call tries again.
    """
    url, months = view.settings.database_url, view.settings.contribution_months
    seeds = view.settings.data_folder / "register"
    found = _opened.get((url, months), lambda: Register.open(url, seeds, months_kept=months, today=clock.today))
    _purge_once_a_day(found, url)
    return found


def _purge_once_a_day(found: Register, url: str) -> None:
    today = clock.today()
    if _purged.get(url) != today:
        found.purge(today)
        _purged[url] = today


def forget() -> None:
    """Forget the register; the next call opens the one of the settings then."""
    _opened.forget()
    _purged.clear()


def contents(view: View) -> Contents | None:
    """Give what this visitor may see; None when the database does not answer, after saying so on the screen."""
    try:
        return register(view).contents(view.actor, view.home.code)
    except RegisterError as error:
        log.warning("the register cannot be read: %s", error)
        st.html(html.notice(view.t("register.notice"), said(view, error)))
        return None


def contents_for_file(view: View) -> Contents | None:
    """Give the register as a file holds it; None when it does not answer, which the log has: a file says so itself."""
    try:
        return register(view).contents(view.actor, view.home.code)
    except RegisterError as error:
        log.warning("the register cannot be read: %s", error)
        return None


def said(view: View, error: RegisterError) -> str:
    """Give the sentence for what went wrong: what happened and what to do."""
    return view.t(f"register.refused_{error.code}")
