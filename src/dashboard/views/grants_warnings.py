"""Strong sentences for leaders: grants whose money must be used or whose report must be handed in, soon or long ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.deadlines import DeadlineKind, deadline_key
from dashboard.register.grant_entries import Funder, Grant
from dashboard.register.grant_life import Concern, concerns
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.grants_address import grant_address
from dashboard.views.grants_words import concern_words
from dashboard.views.page_links import link_html

#: How many grants are warned of by name; of the others only the number is told.
MOST = 3
#: Concerns about a day that has passed or soon will → what that day is. Others are told in the part on grants.
_KIND = {
    "money_over": DeadlineKind.USED_UNTIL,
    "money_over_unknown": DeadlineKind.USED_UNTIL,
    "money_soon": DeadlineKind.USED_UNTIL,
    "report_late": DeadlineKind.REPORT_DUE,
    "report_soon": DeadlineKind.REPORT_DUE,
}

Warned = tuple[Grant, list[Concern]]


def show_warnings(view: View, contents: Contents, found: Sequence[Warned]) -> None:
    """Lay out one notice a grant that has a day near or passed; nothing when none has.

    Parameters
    ----------
    view, contents
        The view of this run, and the register as the visitor may see it.
    found
        What `warned` gave.
    """
    for grant, about_days in found[:MOST]:
        strong = html.escape(view.t("grants.urgent" if about_days[0].urgent else "grants.see_to"))
        link = link_html(grant_address(view, grant.id), grant.said("name").in_(view.language))
        funder = contents.find(Funder, grant.funder)
        text = html.escape(" ".join(concern_words(view, one, funder) for one in about_days))
        st.html(f'<div class="hs-notice" role="note"><strong>{strong}</strong> {link}. {text}</div>')
    if len(found) > MOST:
        said = view.t.n("deadlines.others_warned", len(found) - MOST)
        st.html(f'<p class="hs-note">{link_html(grant_address(view), said)}</p>')


def told_days(found: Sequence[Warned]) -> frozenset[str]:
    """Give the keys of the days that the notices tell, so that they need not be told again below."""
    return frozenset(deadline_key(grant, _KIND[one.code]) for grant, about_days in found[:MOST] for one in about_days)


def warned(contents: Contents, grants: Sequence[Grant], today: date) -> list[Warned]:
    """Give the grants that have a day near or passed, each with what is to be said of it; the urgent come first."""
    found = [(grant, _about_days(contents, grant, today)) for grant in grants]
    return sorted((one for one in found if one[1]), key=_urgency)


def _about_days(contents: Contents, grant: Grant, today: date) -> list[Concern]:
    every = concerns(grant, contents.spending_of(grant.id), contents.find(Funder, grant.funder), today)
    return [one for one in every if one.code in _KIND]


def _urgency(one: Warned) -> tuple[bool, date, str]:
    grant, about_days = one
    return not about_days[0].urgent, min(found.day or date.max for found in about_days), grant.id
