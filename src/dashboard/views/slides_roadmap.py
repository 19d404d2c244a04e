"""Slides on the roadmap: how the projects stand, which they are, the days to keep and the grants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.register.contents import Contents
from dashboard.register.deadlines import coming, deadlines, passed
from dashboard.register.entries import ProjectStatus
from dashboard.register.grant_entries import Funder, Grant
from dashboard.register.grant_life import money
from dashboard.register.project_life import ProjectState, states
from dashboard.slides import BarPicture, Number, NumberPicture, Picture, Series, TablePicture
from dashboard.views import clock
from dashboard.views.context import View
from dashboard.views.deadlines_strip import what_words
from dashboard.views.entry_choices import place_names
from dashboard.views.grants_warnings import warned
from dashboard.views.grants_words import about, away_words, concern_words, granted_words
from dashboard.views.places_register import projects_at
from dashboard.views.roadmap_projects import headline, known_since_words, late_words
from dashboard.views.roadmap_projects import lead as roadmap_lead
from dashboard.views.roadmap_words import name_of, state_word, status_word
from dashboard.views.slides_common import LONGEST_LEAD, Asked, Said, contents_of, nothing
from dashboard.views.words import upper_first

#: Rows of a table that are read from the back row, and numbers beside each other.
MOST_ROWS, MOST_NUMBERS = 6, 4
#: Projects that people ask for first.
_ORDER = (
    ProjectStatus.DELAYED,
    ProjectStatus.ONGOING,
    ProjectStatus.PLANNED,
    ProjectStatus.PAUSED,
    ProjectStatus.DONE,
)


def roadmap_status(asked: Asked) -> Said:
    """Say how many projects there are, how they stand, and of how many that is not known."""
    view, t = asked.view, asked.view.t
    contents, link = contents_of(view), asked.link("roadmap")
    if isinstance(contents, str):
        return nothing(t("plan.headline_unavailable"), contents, link=link)
    today = clock.today()
    found = states(contents, today)
    if not found:
        return nothing(t("plan.headline_none", city=view.home.name), t("slide.roadmap_none_why"), link=link)
    title = headline(view, found, len(found))
    lead = roadmap_lead(view, contents, found, today)
    if len(lead) > LONGEST_LEAD:
        lead = late_words(view, found)
    summary = f"{title}. {lead}".strip()
    return Said(title, lead, _counts(view, found), summary=summary, source=_source(view, contents), link=link)


def _counts(view: View, found: Sequence[ProjectState]) -> Picture:
    known = [state for state in found if state.known is None]
    counts = [(status_word(view, one), sum(state.status is one for state in known)) for one in ProjectStatus]
    counts.append((view.t("slide.status_unknown"), len(found) - len(known)))
    shown = [(upper_first(word), n) for word, n in counts if n]
    texts = tuple(view.fmt.number(n) for _, n in shown)
    if len(shown) <= MOST_NUMBERS:
        return NumberPicture(tuple(Number(word, text) for (word, _), text in zip(shown, texts, strict=True)))
    words = tuple(word for word, _ in shown)
    return BarPicture(words, (Series(view.t("plan.project"), tuple(float(n) for _, n in shown), texts),), "")


def _source(view: View, contents: Contents) -> str:
    """Give the source of what the register says of projects; the day is that of the last change of one."""
    changed = contents.projects_changed
    if changed is None:
        return view.t("slide.source_register", city=view.home.name)
    day = view.fmt.date(clock.day_of(changed))
    return view.t("slide.source_register_dated", city=view.home.name, date=day)


def projects(asked: Asked) -> Said:
    """Show the projects of the roadmap or of one place, with how each stands."""
    view, t, fmt = asked.view, asked.view.t, asked.view.fmt
    contents, link = contents_of(view), asked.link("roadmap")
    if isinstance(contents, str):
        return nothing(t("plan.headline_unavailable"), contents, link=link)
    today, place = clock.today(), asked.of("place")
    name = place_names(view).get(place, "")
    if place and not name:
        return nothing(t("slide.place_none"), t("slide.place_none_why", city=view.home.name), link=link)
    found = list(projects_at(contents, place, today) if place else states(contents, today))
    if not found and place:
        return nothing(t("slide.projects_none_place", place=name), t("slide.projects_none_place_why"), link=link)
    if not found:
        return nothing(t("plan.headline_none", city=view.home.name), t("slide.roadmap_none_why"), link=link)
    found.sort(key=lambda state: (state.known is not None, _ORDER.index(state.status)))
    shown = found[:MOST_ROWS]
    rows = tuple((name_of(view, state.project), upper_first(state_word(view, state))) for state in shown)
    left = len(found) - len(shown)
    lead = t.n("slide.projects_left", left) if left else known_since_words(view, shown)
    title = t.n("slide.projects_place", len(found), place=name) if place else t.n("slide.projects", len(found))
    return Said(
        title,
        lead,
        TablePicture((t("plan.project"), t("slide.standing")), rows),
        summary=t("slide.projects_summary", n=fmt.number(len(rows))),
        source=_source(view, contents),
        link=link,
    )


def days(asked: Asked) -> Said:
    """Show the next days to keep, and those that have passed."""
    view, t = asked.view, asked.view.t
    contents, link = contents_of(view), asked.link("roadmap", **{"del": "grants"})
    if isinstance(contents, str):
        return nothing(t("plan.headline_unavailable"), contents, link=link)
    today = clock.today()
    found = deadlines(contents)
    ahead, behind = coming(found, today), passed(found, today)
    if not (ahead or behind):
        return nothing(t("deadlines.none"), t("deadlines.none_why"), link=link)
    shown = [*behind[: MOST_ROWS // 2], *ahead][:MOST_ROWS]
    rows = tuple(
        (view.fmt.date(one.day, "medium"), what_words(view, one), away_words(view, one.day, today)) for one in shown
    )
    title = t.n("deadlines.passed", len(behind))
    if ahead:
        day = ahead[0].day
        title = t("deadlines.title", day=view.fmt.date(day), away=away_words(view, day, today))
    lead = f"{t('deadlines.none')}." if not ahead else f"{t.n('deadlines.passed', len(behind))}." if behind else ""
    return Said(
        title,
        lead,
        TablePicture((t("slide.day"), t("grants.what"), t("slide.away")), rows),
        summary=f"{title}. {lead}".strip(),
        source=view.t("slide.source_register", city=view.home.name),
        link=link,
    )


def grants(asked: Asked) -> Said:
    """Show the grants: what was granted and what is left, and what somebody must see to."""
    view, t = asked.view, asked.view.t
    contents, link = contents_of(view), asked.link("roadmap", **{"del": "grants"})
    if isinstance(contents, str):
        return nothing(t("plan.headline_unavailable"), contents, link=link)
    if not contents.grants:
        return nothing(t("slide.grants_none", city=view.home.name), t("slide.grants_none_why"), link=link)
    today = clock.today()
    shown = contents.grants[:MOST_ROWS]
    headings = (t("slide.grant"), t("grants.granted"), t("grants.left"))
    return Said(
        t.n("slide.grants", len(contents.grants)),
        _see_to(view, contents, today),
        TablePicture(headings, tuple(_grant_row(view, contents, one, today) for one in shown)),
        summary=t("slide.grants_summary", n=view.fmt.number(len(shown))),
        source=view.t("slide.source_register", city=view.home.name),
        link=link,
    )


def _grant_row(view: View, contents: Contents, grant: Grant, today: date) -> tuple[str, str, str]:
    left = money(grant, contents.spending_of(grant.id), today).left
    # Two dots would say that somebody withholds it.
    known = view.t("plan.missing") if left is None else about(view, left, is_about=grant.amount_is_about)
    return grant.said("name").in_(view.language), granted_words(view, grant), known


def _see_to(view: View, contents: Contents, today: date) -> str:
    """Say what is most urgent, in so many sentences as there is room for."""
    near = warned(contents, contents.grants, today)
    if not near:
        return view.t("slide.grants_no_day")
    grant, concerns = near[0]
    name = grant.said("name").in_(view.language)
    said = f"{name}: {concern_words(view, concerns[0], contents.find(Funder, grant.funder))}"
    return said if len(said) <= LONGEST_LEAD else view.t("slide.grants_see_to", name=name)
