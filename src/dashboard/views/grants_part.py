"""The state grants of the roadmap: where each is in its life, what is left of the money, and what is soon due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.access import Action
from dashboard.register.contents import Contents
from dashboard.register.entries import Project
from dashboard.register.grant_entries import Funder, Grant, Spending
from dashboard.register.grant_life import RUNNING, Concern, concerns, money, newest_first
from dashboard.register.grant_years import outcome, was_granted
from dashboard.views import clock, html
from dashboard.views.context import View
from dashboard.views.deadlines_strip import show_deadlines
from dashboard.views.entry_editing import offer_edit, offer_new
from dashboard.views.grant_report_offer import offer_grant_report
from dashboard.views.grants_address import grant_address, is_asked_for, open_grant
from dashboard.views.grants_calendar import offer_calendar, show_calendar
from dashboard.views.grants_line import line_html
from dashboard.views.grants_money import show_money
from dashboard.views.grants_round import show_round
from dashboard.views.grants_words import (
    about,
    concern_words,
    day_or_missing,
    funder_name,
    granted_words,
    window_words,
)
from dashboard.views.grants_years import show_years
from dashboard.views.page_links import link_html
from dashboard.views.roadmap_address import project_address
from dashboard.views.roadmap_project import kronor
from dashboard.views.roadmap_words import name_of, source_credit
from dashboard.views.words import listed, plain_markup, sentence

_ONLY_TOLD = "funder_closed"


def show_grants(view: View, contents: Contents) -> None:
    """Lay out the grants, the days to keep, the years so far and the yearly round."""
    t, today = view.t, clock.today()
    opened = open_grant(contents)
    if opened is not None:
        st.html(f'<p class="hs-back">{link_html(grant_address(view), t("grants.back"))}</p>')
        st.html(html.headline(opened.said("name").in_(view.language)))
        _show_grant(view, contents, opened, today)
        return
    if is_asked_for():
        st.html(html.notice(t("grants.unknown"), t("grants.unknown_why")))
    grants = _urgent_first(contents, today)
    if grants:
        st.html(html.headline(headline(view, grants), lead(view, contents, today)))
    else:
        st.html(html.headline(t("grants.headline_none", city=view.home.name)))
        st.html(html.empty_state(t("grants.none"), t("grants.none_why"), t("grants.none_fill")))
    show_deadlines(view, contents)
    offer_calendar(view)
    for grant in grants:
        name = grant.said("name").in_(view.language)
        if grant.state in RUNNING or _concerns(contents, grant, today):
            st.html(html.section(name))
            _show_grant(view, contents, grant, today)
        else:
            # Nothing is to be done about it: one line is enough for whoever is in a hurry.
            state = t(f"grants.state_{grant.state.value}")
            with st.expander(t("grants.folded", name=plain_markup(name), state=state)):
                _show_grant(view, contents, grant, today)
    offer_new(view, "grant")
    show_years(view, grants)
    show_round(view, contents, today)
    show_calendar(view)


def headline(view: View, grants: Sequence[Grant]) -> str:
    """Give the part's sentence: how many grants were given, and what the known amounts come to."""
    t = view.t
    found = outcome(grants)
    if not found.granted:
        return t.n("grants.headline_not_granted", len(grants))
    if found.granted_sum is None:
        return t.n("grants.headline_no_amount", found.granted)
    amount = about(view, found.granted_sum, is_about=found.is_about)
    if found.granted_known < found.granted:
        return t.n("grants.headline_part", found.granted, amount=amount, known=view.fmt.number(found.granted_known))
    return t.n("grants.headline", found.granted, amount=amount)


def lead(view: View, contents: Contents, today: date) -> str:
    """Say what is known to be used, and how many grants somebody must see to."""
    t = view.t
    granted = [grant for grant in contents.grants if was_granted(grant)]
    sums = [money(grant, contents.spending_of(grant.id), today) for grant in granted]
    known = [one.used for one in sums if one.used is not None]
    used = ""
    if granted:
        used = (
            t.n("grants.lead_used", len(known), amount=kronor(view, sum(known)))
            if known
            else t("grants.lead_used_unknown")
        )
    troubled = [
        grant.said("name").in_(view.language)
        for grant in _urgent_first(contents, today)
        if _concerns(contents, grant, today)
    ]
    names = listed(troubled, t)
    return sentence(used, t.n("grants.lead_concerns", len(troubled), names=names) if troubled else "")


def _concerns(contents: Contents, grant: Grant, today: date) -> tuple[Concern, ...]:
    every = concerns(grant, contents.spending_of(grant.id), contents.find(Funder, grant.funder), today)
    # That whoever granted it is gone changes nothing of what must be done; it stands with who that was.
    return tuple(one for one in every if one.code != _ONLY_TOLD)


def _urgent_first(contents: Contents, today: date) -> tuple[Grant, ...]:
    """Sort grants by what must be done: the urgent, those to see to, those that run, all others; each newest first."""

    def rank(grant: Grant) -> tuple[bool, bool, bool]:
        found = _concerns(contents, grant, today)
        return not any(one.urgent for one in found), not found, grant.state not in RUNNING

    return tuple(sorted(newest_first(contents.grants), key=rank))


def _show_grant(view: View, contents: Contents, grant: Grant, today: date) -> None:
    t = view.t
    posts = contents.spending_of(grant.id)
    funder = contents.find(Funder, grant.funder)
    sums = money(grant, posts, today)
    told = [one for one in concerns(grant, posts, funder, today) if one.code == _ONLY_TOLD]
    below = "".join(html.note(concern_words(view, one, funder)) for one in told)
    st.html(html.paragraph(t("grants.from_funder", name=funder_name(view, funder))) + below)
    if found := _concerns(contents, grant, today):
        strong = t("grants.urgent" if found[0].urgent else "grants.see_to")
        st.html(html.notice(strong, " ".join(concern_words(view, one, funder) for one in found)))
    st.html(line_html(view, grant))
    left, right = st.columns([3, 2], gap="large")
    with left:
        if was_granted(grant):
            show_money(view, grant, posts, sums)
            _offer_posts(view, grant, posts)
        st.html(_texts_html(view, grant))
        if not was_granted(grant):
            st.html(html.note(source_credit(view, [grant])))
    with right:
        st.html(html.definition_list(_facts(view, grant)) + _projects_html(view, contents, grant))
        if was_granted(grant):
            offer_grant_report(view, grant)
        offer_edit(view, grant)


def _offer_posts(view: View, grant: Grant, posts: Sequence[Spending]) -> None:
    """Offer the forms of the posts to those who may change them, each below its name."""
    if not view.actor.may(Action.UPDATE, "spending"):
        return
    for post in posts:
        day, amount = view.fmt.date(post.on, "medium"), kronor(view, post.amount)
        st.html(html.note(view.t("grants.post", what=post.what, day=day, amount=amount)))
        offer_edit(view, post)
    offer_new(view, "spending", grant=grant.id)


def _facts(view: View, grant: Grant) -> list[tuple[str, str]]:
    t = view.t
    applied = t("plan.missing") if grant.applied_amount is None else kronor(view, grant.applied_amount)
    facts = [(t("grants.applied"), applied)]
    if was_granted(grant):
        # Nobody waits for the days of money that was not granted.
        facts += [
            (t("grants.granted"), granted_words(view, grant)),
            (t("grants.window"), window_words(view, grant)),
            (t("grants.report_due"), day_or_missing(view, grant.report_due)),
        ]
    if grant.reported_on is not None:
        facts.append((t("grants.reported_on"), view.fmt.date(grant.reported_on)))
    return facts


def _texts_html(view: View, grant: Grant) -> str:
    """Give what the grant is for; what was written of the application and the time opens below it."""
    t = view.t
    said = grant.said("application_said").in_(view.language) or t("grants.application_unknown")
    purpose = _paragraphs(t("grants.purpose"), grant.said("purpose").in_(view.language))
    more = [
        *_paragraphs(t("grants.application_said"), said),
        *_paragraphs(t("grants.used_said"), grant.said("used_said").in_(view.language)),
    ]
    first = html.definition_list(purpose) if purpose else ""
    return first + html.folded(t("grants.more"), html.definition_list(more))


def _paragraphs(term: str, text: str) -> list[tuple[str, str]]:
    return [(term, part) for part in text.split("\n\n") if part]


def _projects_html(view: View, contents: Contents, grant: Grant) -> str:
    found = [contents.find(Project, one) for one in grant.projects]
    links = [link_html(project_address(view, one.id), name_of(view, one)) for one in found if one is not None]
    if not links:
        return ""
    items = "".join(f"<dd>{link}</dd>" for link in links)
    term = html.escape(view.t("grants.projects"))
    return f'<dl class="hs-definitions"><div><dt>{term}</dt>{items}</div></dl>'
