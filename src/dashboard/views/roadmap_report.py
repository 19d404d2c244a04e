"""The report on the roadmap for a committee: how all stands today, and what has changed since the last one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.register.contents import Contents
from dashboard.register.deadlines import Deadline, coming, deadlines, passed
from dashboard.register.entries import Decision, Entry, LinkedIndicator
from dashboard.register.grant_entries import Funder
from dashboard.register.grant_life import newest_first
from dashboard.register.project_life import ProjectState, states
from dashboard.register.since import Since
from dashboard.sheets import Item, PaperCell, PaperTable, Report, Section
from dashboard.views.context import View
from dashboard.views.deadlines_strip import what_words
from dashboard.views.figure import source_text
from dashboard.views.grants_warnings import warned
from dashboard.views.grants_words import away_words, concern_words
from dashboard.views.page_links import page_address
from dashboard.views.provenance import paper_line
from dashboard.views.roadmap_courses import chance_words, course_words
from dashboard.views.roadmap_groups import Group, groups
from dashboard.views.roadmap_indicators import courses, evidence, figure_name, wanted_words
from dashboard.views.roadmap_projects import headline, lead
from dashboard.views.roadmap_report_changes import decision_words, grant_changes, known_from, project_changes, summary
from dashboard.views.roadmap_report_money import grant_sections
from dashboard.views.roadmap_timeline import milestone_words
from dashboard.views.roadmap_words import Sourced, late_sentences, name_of, source_words, state_word, when_beside
from dashboard.views.words import listed, sentence, upper_first


@dataclass(frozen=True)
class _Told:
    """What stands above the changes, empty when nobody asked for them; project → its changes."""

    heading: str
    changes: Mapping[str, tuple[str, ...]]


def roadmap_report(
    view: View, contents: Contents, *, today: date, since: Since | None, asked: date | None, public: str
) -> Report:
    """Give what the report says.

    Parameters
    ----------
    view
        The view; its language is that of the report.
    contents
        What the public may see of the register.
    today
        The day that the report is made.
    since, asked
        What has changed since a day, and the day that was asked for; None for a report of today alone.
    public
        Where the dashboard is served; empty where that is not known.
    """
    t = view.t
    every = states(contents, today)
    of_projects = {one.project.id: project_changes(view, since, one) if since else () for one in every}
    of_grants = {one.id: grant_changes(view, since, one) if since else () for one in contents.grants}
    city = [one for one in contents.decisions if one.project is None]
    title = headline(view, every, len(every)) if every else t("plan.headline_none", city=view.home.name)
    dates = [t("report.made", day=view.fmt.date(today))]
    known = None if since is None or asked is None else known_from(since, asked)
    told: tuple[str, ...] = (sentence(lead(view, contents, every, today)),) if every else ()
    if since is not None and asked is not None and known is not None:
        # Of the days before the record nothing is known: not even that nothing has changed.
        dates.append(t("report.since", day=view.fmt.date(known)))
        changed: list[Entry] = [one.project for one in every if of_projects[one.project.id]]
        changed += [one for one in contents.grants if of_grants[one.id]]
        changed += [one for one in city if since.difference_of(one)]
        told = (*summary(view, since, changed, asked), *told)
    heading = "" if known is None else t("report.changed", day=view.fmt.date(known))
    address = page_address(view, "roadmap")
    return Report(
        language=view.language,
        document=t("report.document", city=view.home.name, day=view.fmt.date(today)),
        title=title,
        kind=t("report.kind", city=view.home.name),
        dates=tuple(dates),
        lead=told,
        sections=(
            *_warnings(view, contents, today),
            _days(view, contents, today),
            *_projects(view, contents, every, today, _Told(heading, of_projects)),
            *_city_decisions(view, city, since),
            *grant_sections(view, contents, today, of_grants, heading),
            *_figures(view, contents, every),
            _sources(view, contents, every),
            _reading(view, with_changes=since is not None),
        ),
        page_of=t("report.page_of"),
        link=f"{public}/{address}" if public else "",
        link_text=t("report.link"),
        fingerprint=paper_line(view),
    )


def _warnings(view: View, contents: Contents, today: date) -> list[Section]:
    """Give the grants that have a day near or passed; no part when none has."""
    items = []
    for grant, about_days in warned(contents, contents.grants, today):
        funder = contents.find(Funder, grant.funder)
        strong = view.t("grants.urgent" if about_days[0].urgent else "grants.see_to")
        name = grant.said("name").in_(view.language)
        text = sentence(f"{name}.", *(concern_words(view, one, funder) for one in about_days))
        items.append(Item(strong, text))
    return [Section(view.t("report.warnings"), items=tuple(items))] if items else []


def _days(view: View, contents: Contents, today: date) -> Section:
    """Give the days to keep, those that have passed first; or say that none is known."""
    t = view.t
    found = deadlines(contents)
    listed_days = [*passed(found, today), *coming(found, today)]
    if not listed_days:
        return Section(t("report.days"), texts=(f"{t('deadlines.none')}.", t("deadlines.none_why")))
    return Section(
        t("report.days"),
        table=PaperTable(
            (t("report.what"), t("report.day"), t("report.away")),
            tuple(_day(view, one, today) for one in listed_days),
            (5.0, 2.2, 2.2),
        ),
    )


def _day(view: View, one: Deadline, today: date) -> tuple[PaperCell, ...]:
    away = upper_first(away_words(view, one.day, today))
    return PaperCell(what_words(view, one)), PaperCell(view.fmt.date(one.day)), PaperCell(away)


def _projects(
    view: View,
    contents: Contents,
    every: Sequence[ProjectState],
    today: date,
    told: _Told,
) -> list[Section]:
    """Give each focus area with its projects in a table; an area without any says so."""
    t = view.t
    if not every:
        return [Section(t("report.projects"), texts=(t("plan.empty_why", city=view.home.name),))]
    found = [Section(t("report.projects"))]
    for group in groups(view, contents, every, every=True):
        rows = tuple(_row(view, contents, one, today, told) for one in group.members)
        headings = (t("plan.project"), t("report.stands"), told.heading or t("report.reached"))
        table = PaperTable(headings, rows, (3.0, 3.2, 3.6)) if rows else None
        found.append(Section(group.name, 3, _also(view, group), table=table))
    return found


def _also(view: View, group: Group) -> tuple[str, ...]:
    if group.also:
        names = listed([name_of(view, one.project) for one in group.also], view.t)
        return (f"{view.t('plan.also_here' if group.members else 'plan.only_elsewhere')} {names}.",)
    return () if group.members else (view.t("plan.group_empty"),)


def _row(
    view: View,
    contents: Contents,
    state: ProjectState,
    today: date,
    told: _Told,
) -> tuple[PaperCell, ...]:
    t, project = view.t, state.project
    owner = t("report.owner", owner=project.owner) if project.owner else t("report.owner_missing")
    stands = PaperCell(
        f"{upper_first(state_word(view, state))}.",
        tuple(late_sentences(view, project, state.lateness)),
        when_beside(view, state),
    )
    if told.heading:
        said = told.changes[project.id]
        last = PaperCell(lines=said) if said else PaperCell(t("report.unchanged"))
    else:
        last = _reached(view, contents, state, today)
    return PaperCell(name_of(view, project), note=owner), stands, last


def _reached(view: View, contents: Contents, state: ProjectState, today: date) -> PaperCell:
    """Give the milestones and decisions of a project; where there are none, that none is known."""
    t = view.t
    milestones = [
        t("plan.milestone_said", name=name_of(view, one), how=milestone_words(view, state, one, today))
        for one in state.milestones
    ]
    decisions = [decision_words(view, one) for one in contents.decisions_of(state.project.id)]
    if not milestones and not decisions:
        return PaperCell(upper_first(t("plan.missing")) + ".", note=t("report.reached_missing"))
    return PaperCell(lines=(*milestones, *decisions))


def _city_decisions(view: View, decisions: Sequence[Decision], since: Since | None) -> list[Section]:
    """Give the decisions that belong to no project: those that are new or changed, or all of them."""
    found = [(one, since.difference_of(one) if since else None) for one in decisions]
    items = tuple(Item("", decision_words(view, one, how)) for one, how in found if since is None or how is not None)
    return [Section(view.t("report.city_decisions"), items=items)] if items else []


def _figures(view: View, contents: Contents, every: Sequence[ProjectState]) -> list[Section]:
    """Give how the figures of each project have gone since its start; none of them tells that the project did it."""
    t = view.t
    followed = [(one, contents.indicators_of(one.project.id)) for one in every]
    if not any(linked for _, linked in followed):
        return [Section(t("report.figures"), texts=(t("report.figures_none"),))]
    found = [Section(t("report.figures"), texts=(t("plan.no_cause"),))]
    for state, linked in followed:
        if linked:
            items = tuple(_figure(view, state, one) for one in linked)
            found.append(Section(name_of(view, state.project), 3, items=items))
    return found


def _figure(view: View, state: ProjectState, linked: LinkedIndicator) -> Item:
    t = view.t
    if not _is_known(view, linked):
        return Item("", t("plan.indicator_gone", id=linked.indicator))
    found = courses(view, state.project, linked)
    said = [course_words(view, linked.indicator, one, linked.baseline_year) for one in found]
    if linked.indicator in view.catalogue.splits:
        said.append(chance_words(view, linked.indicator, found[0], linked.baseline_year))
    elif not state.project.areas:
        said.insert(0, t("plan.no_areas"))
    said += [wanted_words(view, linked), linked.note, t("plan.no_cause_short")]
    year = view.fmt.year(linked.baseline_year)
    return Item(f"{t('plan.since_start', name=figure_name(view, linked.indicator), year=year)}.", sentence(*said))


def _is_known(view: View, linked: LinkedIndicator) -> bool:
    return linked.indicator in view.catalogue.indicators or linked.indicator in view.catalogue.splits


def _sources(view: View, contents: Contents, every: Sequence[ProjectState]) -> Section:
    """Name every source once: of projects, grants and funders, and of the figures."""
    sourced: list[Sourced] = [*(one.project for one in every), *newest_first(contents.grants), *contents.funders]
    said = [upper_first(source_words(view, one)) for one in sourced]
    for state in every:
        known = [one for one in contents.indicators_of(state.project.id) if _is_known(view, one)]
        said += [source_text(view, evidence(view, one, courses(view, state.project, one))) for one in known]
    items = tuple(Item("", f"{one.rstrip('.')}.") for one in dict.fromkeys(said) if one)
    return Section(view.t("report.sources"), items=items, texts=() if items else (view.t("report.sources_none"),))


def _reading(view: View, *, with_changes: bool) -> Section:
    t = view.t
    said = [t("report.how_missing"), t("report.how_late"), t("grants.money_note")]
    said += [t("report.how_changes")] if with_changes else []
    return Section(t("report.how"), items=tuple(Item("", one) for one in said))
