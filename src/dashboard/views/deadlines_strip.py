"""The nearest days to keep, as short lists and as a sentence: milestones, money, final reports and calls."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.deadlines import Deadline, DeadlineKind, coming, deadlines, passed
from dashboard.register.entries import Milestone
from dashboard.register.grant_entries import Grant
from dashboard.views import clock, html
from dashboard.views.context import View
from dashboard.views.grants_address import grant_address
from dashboard.views.grants_words import away_words
from dashboard.views.page_links import link_html
from dashboard.views.roadmap_address import project_address
from dashboard.views.words import lower_first

#: How many days are listed, ahead and passed; those beyond open below. Fewer where other things are to be read.
MOST, NEAREST = 5, 3


def show_deadlines(view: View, contents: Contents) -> None:
    """Lay out the next days to keep and those that have passed, or say that none is known.

    Parameters
    ----------
    view
        The view of this run.
    contents
        The register as the visitor may see it.
    """
    t, today = view.t, clock.today()
    found = deadlines(contents)
    ahead, behind = coming(found, today), passed(found, today)
    if not (ahead or behind):
        st.html(html.section(t("deadlines.none"), t("deadlines.none_why")))
        return
    if behind:
        # What is late is more urgent than what is to come.
        title = t.n("deadlines.passed", len(behind))
        st.html(html.section(title, "" if ahead else f"{t('deadlines.none')}.") + _all_listed(view, behind, today))
    if ahead:
        st.html(html.section(_title(view, ahead[0], today)) + _all_listed(view, ahead, today))


def show_nearest(view: View, ahead: Sequence[Deadline], today: date, *, after_others: bool) -> None:
    """Lay out the nearest days to keep with a link to all; nothing when none is known.

    Parameters
    ----------
    view
        The view of this run.
    ahead
        The days of today and later, in their order.
    today
        What day it is.
    after_others
        Whether nearer days stand above already.
    """
    if not ahead:
        return
    link = ""
    if len(ahead) > NEAREST:
        said = view.t.n("deadlines.others", len(ahead) - NEAREST)
        link = f'<p class="hs-note">{link_html(grant_address(view), said)}</p>'
    title = _title(view, ahead[0], today, after_others=after_others)
    st.html(html.section(title) + _list(view, ahead[:NEAREST], today) + link)


def days_sentence(
    view: View, contents: Contents, today: date, *, told: Milestone | None = None, warned_of: Collection[str] = ()
) -> str:
    """Say which day to keep is next and how many have passed; empty when there is nothing to say.

    Parameters
    ----------
    view
        The view of this run.
    contents
        The register as the visitor may see it.
    today
        What day it is.
    told
        The next milestone, when that has been told already; a day of money, a report or a call before it is still told.
    warned_of
        Keys of days that a warning beside it tells.
    """
    t = view.t
    found = [one for one in deadlines(contents) if one.key not in warned_of]
    behind = len(passed(found, today))
    first = next(iter(coming(found, today)), None)
    if first is None or (told is not None and first.kind is DeadlineKind.MILESTONE and first.day == told.due):
        return f"{t.n('deadlines.passed', behind)}." if behind else ""
    said = {
        "what": lower_first(what_words(view, first)),
        "day": view.fmt.date(first.day),
        "away": away_words(view, first.day, today),
    }
    return t.n("deadlines.next_and_passed", behind, **said) if behind else t("deadlines.next", **said)


def _title(view: View, first: Deadline, today: date, *, after_others: bool = False) -> str:
    key = "deadlines.title_then" if after_others else "deadlines.title"
    return view.t(key, day=view.fmt.date(first.day), away=away_words(view, first.day, today))


def _all_listed(view: View, found: Sequence[Deadline], today: date) -> str:
    """Give the first days, and all others in a part that opens."""
    first, others = _list(view, found[:MOST], today), found[MOST:]
    if not others:
        return first
    return first + html.folded(view.t.n("deadlines.more", len(others)), _list(view, others, today))


def _list(view: View, found: Sequence[Deadline], today: date) -> str:
    return f'<ul class="hs-deadlines">{"".join(_item(view, one, today) for one in found)}</ul>'


def _item(view: View, deadline: Deadline, today: date) -> str:
    entry = deadline.entry
    what = what_words(view, deadline)
    if isinstance(entry, Milestone):
        address = project_address(view, entry.project)
    else:
        address = grant_address(view, entry.id if isinstance(entry, Grant) else "")
    day = html.escape(view.fmt.date(deadline.day, "medium"))
    away = html.escape(away_words(view, deadline.day, today))
    time = f'<time datetime="{deadline.day.isoformat()}">{day}</time>'
    return f"<li>{time}<span>{link_html(address, what)} {away}</span></li>"


def what_words(view: View, deadline: Deadline) -> str:
    """Say what must have been done by a day."""
    return view.t(f"calendar.{deadline.kind.value}", name=deadline.entry.said("name").in_(view.language))
