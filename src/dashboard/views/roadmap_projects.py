"""The projects of the roadmap: how they stand, what is late and why, and all of them by focus area."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.access import Action
from dashboard.register.contents import Contents
from dashboard.register.deadlines import DeadlineKind, coming, deadlines, of_projects
from dashboard.register.entries import ProjectStatus
from dashboard.register.project_life import ProjectState, can_be_late, next_milestone, states
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.deadlines_strip import NEAREST, show_nearest
from dashboard.views.entry_editing import offer_edit, offer_new
from dashboard.views.grants_warnings import show_warnings, told_days, warned
from dashboard.views.page_links import link_html
from dashboard.views.roadmap_address import is_asked_for, open_project, project_address
from dashboard.views.roadmap_filter import choose_filter, passes, regso_by_code
from dashboard.views.roadmap_groups import groups
from dashboard.views.roadmap_project import show_project
from dashboard.views.roadmap_timeline import show_timeline
from dashboard.views.roadmap_words import late_sentences, name_of
from dashboard.views.words import listed, sentence


def show_projects(view: View, contents: Contents, today: date) -> None:
    """Lay out one project when the address names one, else all that pass the filters."""
    everything = states(contents, today)
    opened = open_project(contents)
    if opened is not None:
        state = next(one for one in everything if one.project.id == opened.id)
        show_project(view, contents, state, today)
        return
    if is_asked_for():
        # An old link in minutes of a meeting must not seem to lead to what it was about.
        st.html(html.notice(view.t("plan.unknown_project"), view.t("plan.unknown_why")))
    if not everything:
        _show_none(view, contents, today)
        return
    head = st.container()
    chosen = choose_filter(view, contents, everything)
    regso_of = regso_by_code(view)
    shown = [state for state in everything if passes(chosen, state, regso_of)]
    with head:
        _show_head(view, contents, shown, len(everything), today)
    if not shown:
        st.html(html.empty_state(view.t("plan.none_pass"), view.t("plan.none_pass_why"), view.t("plan.none_pass_fill")))
    else:
        _show_late(view, shown)
        grouped = groups(view, contents, shown, chosen.focus_areas, every=chosen.open)
        show_timeline(view, contents, grouped, today)
    offer_new(view, "project")
    _offer_focus_areas(view, contents)


def _show_head(view: View, contents: Contents, shown: Sequence[ProjectState], of_all: int, today: date) -> None:
    """Lay out what a leader needs at once: the sentence, what must be seen to, and the nearest days to keep."""
    found, grants = deadlines(contents), contents.grants
    if len(shown) < of_all:
        # Whoever chose some projects means their days, not those of all.
        chosen = {state.project.id for state in shown}
        found = of_projects(found, chosen)
        grants = tuple(one for one in grants if any(project in chosen for project in one.projects))
    title = headline(view, shown, of_all) if of_all else view.t("plan.headline_none", city=view.home.name)
    near = warned(contents, grants, today)
    told, ahead = told_days(near), coming(found, today)
    left = [one for one in ahead if one.key not in told]
    # The lead need not name a milestone that the list of days names.
    listed_below = any(one.kind is DeadlineKind.MILESTONE for one in left[:NEAREST])
    st.html(html.headline(title, lead(view, contents, shown, today, with_next=not listed_below)))
    show_warnings(view, contents, near)
    show_nearest(view, left, today, after_others=bool(left) and left[0] is not ahead[0])


def _show_none(view: View, contents: Contents, today: date) -> None:
    t = view.t
    _show_head(view, contents, (), 0, today)
    st.html(html.empty_state(t("plan.empty"), t("plan.empty_why", city=view.home.name), t("plan.empty_fill")))
    offer_new(view, "project")
    _offer_focus_areas(view, contents)


def _offer_focus_areas(view: View, contents: Contents) -> None:
    """Offer the forms of the focus areas to the few who keep them."""
    if not view.actor.may(Action.UPDATE, "focus_area"):
        return
    with st.expander(view.t("plan.focus_areas")):
        for area in contents.focus_areas:
            st.html(html.subsection(area.said("name").in_(view.language)))
            offer_edit(view, area)
        offer_new(view, "focus_area")


def headline(view: View, shown: Sequence[ProjectState], of_all: int) -> str:
    """Give the page's sentence: how many projects, how they stand, and of how many that is not known today."""
    t, fmt = view.t, view.fmt
    if not shown:
        return t("plan.headline_none_pass", all=fmt.number(of_all))
    known = [state for state in shown if state.known is None]
    counts = [(status, sum(state.status is status for state in known)) for status in ProjectStatus]
    said = listed([t.n(f"plan.count_{status.value}", n) for status, n in counts if n], t)
    if unknown := len(shown) - len(known):
        key = "plan.counts_and_unknown" if known else "plan.counts_unknown"
        said = t.n(key, unknown, counts=said)
    if len(shown) < of_all:
        return t.n("plan.headline_some", len(shown), all=fmt.number(of_all), counts=said)
    return t.n("plan.headline", of_all, counts=said)


def lead(view: View, contents: Contents, shown: Sequence[ProjectState], today: date, *, with_next: bool = True) -> str:
    """Say how many are late, what comes next unless that stands elsewhere, and how old what is known is."""
    if not shown:
        return ""
    return sentence(
        late_words(view, shown),
        next_words(view, contents, shown, today) if with_next else "",
        known_since_words(view, shown),
    )


def known_since_words(view: View, shown: Sequence[ProjectState]) -> str:
    """Say from when it is that projects are said to be under way of which nobody knows whether they still are."""
    years = [state.known.year for state in shown if state.known is not None]
    if not years:
        return ""
    first, last = view.fmt.year(min(years)), view.fmt.year(max(years))
    return view.t.n("plan.lead_old", len(years), years=first if first == last else f"{first}\u2013{last}")


def late_words(view: View, shown: Sequence[ProjectState]) -> str:
    """Say how many projects are late, or that none is; when none has a day to miss, that nobody can tell."""
    t = view.t
    late = sum(state.lateness.late for state in shown)
    if late:
        return t.n("plan.lead_late", late)
    datable = sum(can_be_late(state.project, state.milestones) for state in shown)
    if datable:
        return t.n("plan.lead_none_late", datable)
    return "" if _all_done(shown) else t("plan.lead_late_unknown")


def next_words(view: View, contents: Contents, shown: Sequence[ProjectState], today: date) -> str:
    """Say which milestone is due next, or that none has a day unless that has been said with what is late."""
    coming = next_milestone([state.project for state in shown], contents.milestones, today)
    if coming is not None and coming.due is not None:
        return view.t("plan.next", name=name_of(view, coming), day=view.fmt.date(coming.due))
    told = _all_done(shown) or not any(
        state.lateness.late or can_be_late(state.project, state.milestones) for state in shown
    )
    return "" if told else view.t("plan.next_none")


def _all_done(shown: Sequence[ProjectState]) -> bool:
    return all(state.status is ProjectStatus.DONE for state in shown)


def _show_late(view: View, shown: Sequence[ProjectState]) -> None:
    late = [state for state in shown if state.lateness.late]
    if not late:
        return
    items = "".join(
        f"<li>{_link(view, state)} {html.escape(' '.join(late_sentences(view, state.project, state.lateness)))}</li>"
        for state in late
    )
    st.html(f'{html.section(view.t("plan.late_title"))}<ul class="hs-late">{items}</ul>')


def _link(view: View, state: ProjectState) -> str:
    return link_html(project_address(view, state.project.id), name_of(view, state.project))
