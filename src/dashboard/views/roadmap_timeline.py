"""The projects on a timeline by focus area, with the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.entries import Milestone, ProjectStatus
from dashboard.register.project_life import ProjectState
from dashboard.views import html, tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.page_links import link_html
from dashboard.views.roadmap_address import project_address
from dashboard.views.roadmap_bars import Mark, Part, Piece, Row, bars_html
from dashboard.views.roadmap_groups import Group, areas_of, heading
from dashboard.views.roadmap_words import (
    end_words,
    late_sentences,
    name_of,
    source_credit,
    source_words,
    start_words,
    state_word,
    status_and_when,
    status_html,
    when_beside,
)
from dashboard.views.words import listed, sentence, upper_first

#: Names that fit into a title.
_MOST_NAMES = 3
_UNSURE = "unsure"
#: How bars are filled, in the order of the key.
_KINDS = ("ongoing", "delayed", "done", "planned", "paused", _UNSURE)


def show_timeline(view: View, contents: Contents, grouped: Sequence[Group], today: date) -> None:
    """Lay out the projects on a timeline, each with a link, how it stands, who leads it and when it is."""
    t = view.t
    states = [state for group in grouped for state in group.members]
    content = Figure(
        key="plan-timeline",
        title=_title(view, states),
        summary=t("plan.timeline_lead"),
        table=lambda: _table(view, contents, states, today),
        rows=lambda: [_download_row(view, contents, state, today) for state in states],
        evidence=Evidence(
            credits=[source_credit(view, [state.project for state in states])],
            notes=[t("plan.timeline_note"), t("plan.missing_note")],
        ),
        file="fardplan",
    )
    rows = {state.project.id: _row(view, contents, state, today) for state in states}
    parts = [
        Part(group.name, _below(view, group), [rows[state.project.id] for state in group.members]) for group in grouped
    ]
    label = t("plan.today", day=view.fmt.date(today, "medium"))

    def draw() -> None:
        bars = bars_html(parts, today, today_label=label, no_time=t("plan.no_time"))
        st.html(legend_html(view, list(rows.values())) + bars)

    show_figure(view, content, draw)


def _title(view: View, states: Sequence[ProjectState]) -> str:
    """Say what is known for sure: which projects are done."""
    done = [name_of(view, state.project) for state in states if state.status is ProjectStatus.DONE]
    if not done:
        return view.t("plan.timeline_caption")
    if len(done) > _MOST_NAMES:
        return view.t.n("plan.timeline_done_many", len(done))
    return view.t.n("plan.timeline_done", len(done), names=listed(done, view.t))


def _below(view: View, group: Group) -> str:
    """Say below a heading which projects are told elsewhere, or that there is none."""
    if group.also:
        links = listed([_link(view, state) for state in group.also], view.t)
        said = html.escape(view.t("plan.also_here" if group.members else "plan.only_elsewhere"))
        return f'<p class="hs-text">{said} {links}</p>'
    return "" if group.members else html.paragraph(view.t("plan.group_empty"))


def _link(view: View, state: ProjectState) -> str:
    return link_html(project_address(view, state.project.id), name_of(view, state.project))


def _row(view: View, contents: Contents, state: ProjectState, today: date) -> Row:
    marks = [mark for one in state.milestones if (mark := _mark(view, state, one, today)) is not None]
    project = state.project
    others = [view.fmt.number(area.position) for area in areas_of(contents, project)]
    also = view.t("plan.of_areas", areas=listed(others, view.t)) if len(others) > 1 else ""
    owner = project.owner or view.t("plan.owner_missing")
    said = html.escape(sentence(when_beside(view, state), also))
    text = f"<h4>{_link(view, state)}</h4><p>{status_html(view, state)} {html.escape(owner)}</p><p>{said}</p>"
    if marks:
        # The diamonds are for the eye; whoever does not see them hears what they stand for.
        drawn = f"{view.t('plan.milestones')}: {'; '.join(mark.said for mark in marks)}"
        text += f'<p class="hs-hidden">{html.escape(drawn)}</p>'
    return Row(text, pieces(state, today), marks, status_and_when(view, state))


def pieces(state: ProjectState, today: date) -> list[Piece]:
    """Give what is drawn of a project: sure time as it was, unsure time, and since when it is late.

    Being late colours the days since the first one that was missed, not those before it. A project whose last milestone
    is still to come may be under way until then.
    """
    kind = "ongoing" if state.status is ProjectStatus.DELAYED else state.status.value
    found = [Piece(span.first, span.last, kind if span.sure else _UNSURE) for span in state.spans]
    open_days = [one.due for one in state.milestones if one.done is None and one.due is not None]
    if found and found[-1].last is None and open_days:
        begins = found[-1].first
        if begins is not None and begins < max(open_days):
            found[-1:] = [Piece(begins, max(open_days), _UNSURE), Piece(max(open_days), None, _UNSURE)]
    missed = [one.due for one in state.lateness.milestones if one.due is not None]
    missed += [state.lateness.ended] if state.lateness.ended is not None else []
    return [*found, Piece(min(missed), today, "delayed")] if missed else found


def _mark(view: View, state: ProjectState, milestone: Milestone, today: date) -> Mark | None:
    day = milestone.done or milestone.due
    if day is None:
        return None
    stands = "done" if milestone.done else "late" if milestone in state.lateness.milestones else "open"
    how = milestone_words(view, state, milestone, today)
    return Mark(day, stands, view.t("plan.milestone_said", name=name_of(view, milestone), how=how))


def milestone_words(view: View, state: ProjectState, milestone: Milestone, today: date) -> str:
    """Say how a milestone stands: done when, due when, late since when; or that it has no day.

    Nothing is late in a project that is done: whether the milestone was reached nobody has written down.
    """
    t, fmt = view.t, view.fmt
    if milestone.done is not None:
        return t("plan.milestone_done", day=fmt.date(milestone.done))
    if milestone.due is None:
        return t("plan.milestone_undated")
    if milestone in state.lateness.milestones:
        return t("plan.milestone_late", day=fmt.date(milestone.due))
    key = "plan.milestone_past" if milestone.due < today else "plan.milestone_open"
    return t(key, day=fmt.date(milestone.due))


def _table(view: View, contents: Contents, states: Sequence[ProjectState], today: date) -> str:
    t = view.t
    columns = [
        tables.Column("project", t("plan.project")),
        tables.Column("group", t("plan.filter_focus_area")),
        tables.Column("status", t("plan.filter_status")),
        tables.Column("start", t("plan.start")),
        tables.Column("end", t("plan.end")),
        tables.Column("milestones", t("plan.milestones")),
        tables.Column("late", t("plan.late")),
    ]
    rows: list[dict[str, str | tables.Cell]] = [dict(_cells(view, contents, state, today)) for state in states]
    return tables.table_html(columns, rows, caption=t("plan.timeline_caption"), t=t, notes=[t("plan.missing_note")])


def _cells(view: View, contents: Contents, state: ProjectState, today: date) -> dict[str, str]:
    said = [
        view.t("plan.milestone_said", name=name_of(view, one), how=milestone_words(view, state, one, today))
        for one in state.milestones
    ]
    late = late_sentences(view, state.project, state.lateness)
    areas = [heading(view, area) for area in areas_of(contents, state.project)]
    return {
        "project": name_of(view, state.project),
        "group": "; ".join(areas) or view.t("plan.group_none"),
        "status": upper_first(state_word(view, state)),
        "start": start_words(view, state.project),
        "end": end_words(view, state.project),
        "milestones": "; ".join(said) or view.t("plan.none"),
        "late": " ".join(late) or view.t("plan.nothing_late"),
    }


def _download_row(view: View, contents: Contents, state: ProjectState, today: date) -> dict[str, object]:
    project = state.project
    more = {"owner": project.owner, "source": source_words(view, project), "id": project.id}
    exact = {"start_date": project.start or "", "start_bound": project.start_bound.value}
    ends = {"end_date": project.end or "", "end_bound": project.end_bound.value}
    known = {"register_status": project.status.value, "known_until": "" if state.known is None else str(state.known)}
    return {**_cells(view, contents, state, today), **known, **exact, **ends, **more}


def legend_html(view: View, rows: Sequence[Row]) -> str:
    """Give the key of the marks that are drawn."""
    t = view.t
    there = {piece.kind for row in rows for piece in row.pieces}
    items = [(f"hs-bar-key hs-bar-{kind}", t(f"plan.key_{kind}")) for kind in _KINDS if kind in there]
    items += [
        (f"hs-diamond hs-diamond-{state}", t(f"plan.key_milestone_{state}"))
        for state in ("done", "open", "late")
        if any(mark.state == state for row in rows for mark in row.marks)
    ]
    entries = "".join(f'<li><i class="{look}" aria-hidden="true"></i>{html.escape(text)}</li>' for look, text in items)
    if any(None in (piece.first, piece.last) for row in rows for piece in row.pieces):
        entries += f'<li><b aria-hidden="true">?</b>{html.escape(t("plan.key_asked"))}</li>'
    return f'<ul class="hs-legend">{entries}</ul>'
