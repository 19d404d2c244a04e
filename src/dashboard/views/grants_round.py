"""The yearly round: when the next call opens and with whom, and what the last application said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.grant_entries import Funder, Grant, GrantState
from dashboard.register.grant_life import newest_first
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.entry_editing import offer_edit, offer_new
from dashboard.views.grants_words import away_words
from dashboard.views.roadmap_words import source_credit


def show_round(view: View, contents: Contents, today: date) -> None:
    """Lay out the yearly round, funder by funder: those that are open before those that are closed."""
    t = view.t
    st.html(html.section(_title(view, contents.funders, today), t("grants.round_lead")))
    if not contents.funders:
        st.html(html.empty_state(t("grants.no_funders"), t("grants.no_funders_why"), t("grants.no_funders_fill")))
    for funder in sorted(contents.funders, key=lambda one: (_is_closed(one, today), one.name)):
        _show_funder(view, contents, funder, today)
    offer_new(view, "funder")


def _is_closed(funder: Funder, today: date) -> bool:
    return funder.closed is not None and funder.closed <= today


def _title(view: View, funders: Sequence[Funder], today: date) -> str:
    """Say what comes next of all calls: one that is open closes, else one opens, else none is known."""
    t = view.t
    still = [funder for funder in funders if not _is_closed(funder, today)]
    days = [(day, key, one) for one in still for day, key in _days_ahead(one, today)]
    if not days:
        return t("grants.round_unknown")
    day, key, funder = min(days, key=lambda found: found[0])
    return t(
        key, name=funder.said("name").in_(view.language), day=view.fmt.date(day), away=away_words(view, day, today)
    )


def _days_ahead(funder: Funder, today: date) -> list[tuple[date, str]]:
    found = [(funder.call_opens, "grants.round_opens"), (funder.call_closes, "grants.round_closes")]
    return [(day, key) for day, key in found if day is not None and day >= today]


def _show_funder(view: View, contents: Contents, funder: Funder, today: date) -> None:
    t = view.t
    grants = [grant for grant in newest_first(contents.grants) if grant.funder == funder.id]
    facts = [*_closed_facts(view, funder, today), *_call_facts(view, funder, today)]
    if note := funder.said("call_note").in_(view.language):
        facts += [(t("grants.call_note"), part) for part in note.split("\n\n") if part]
    facts += [(t("grants.last_application"), part) for part in _last_application(view, grants)]
    st.html(html.subsection(funder.said("name").in_(view.language)) + html.definition_list(facts))
    st.html(html.note(source_credit(view, [funder])))
    offer_edit(view, funder)


def _closed_facts(view: View, funder: Funder, today: date) -> list[tuple[str, str]]:
    t = view.t
    if funder.closed is None:
        return []
    when = t("grants.funder_closed" if _is_closed(funder, today) else "grants.funder_closes")
    found = [(when, view.fmt.date(funder.closed))]
    return [*found, (t("grants.funder_successor"), funder.successor)] if funder.successor else found


def _call_facts(view: View, funder: Funder, today: date) -> list[tuple[str, str]]:
    t = view.t
    if _is_closed(funder, today):
        return [(t("grants.call_opens"), t("grants.call_never"))]
    if funder.call_opens is None and funder.call_closes is None:
        return [(t("grants.call_opens"), t("grants.call_unknown"))]
    days = [(funder.call_opens, "grants.call_opens"), (funder.call_closes, "grants.call_closes")]
    return [
        (t(key), t("plan.day_missing") if day is None else f"{view.fmt.date(day)}, {away_words(view, day, today)}")
        for day, key in days
    ]


def _last_application(view: View, grants: Sequence[Grant]) -> list[str]:
    """Say what the newest application to a funder said; of older ones the grant itself tells."""
    t = view.t
    applied = [grant for grant in grants if grant.state is not GrantState.PLANNED]
    if not applied:
        return [t("grants.never_applied")]
    newest = applied[0]
    said = newest.said("application_said").in_(view.language) or t("grants.application_unknown")
    return [newest.said("name").in_(view.language), *(part for part in said.split("\n\n") if part)]
