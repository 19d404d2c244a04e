"""The tables of the roadmap and its grants: a column for every field of an entry, by the same name."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from dashboard.register.table_base import EntryRow, added_later, belongs_to


class FocusAreaRow(EntryRow):
    """Focus areas."""

    __tablename__ = "focus_area"

    municipality: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    indicators: Mapped[list[str]]
    splits: Mapped[list[str]]
    gap: Mapped[str]
    gap_en: Mapped[str]
    source: Mapped[str]
    source_en: Mapped[str]
    source_date: Mapped[str | None]


class ProjectRow(EntryRow):
    """Projects and analyses."""

    __tablename__ = "project"

    municipality: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    summary: Mapped[str]
    summary_en: Mapped[str]
    focus_areas: Mapped[list[str]]
    status: Mapped[str]
    status_why: Mapped[str]
    status_why_en: Mapped[str] = added_later()
    owner: Mapped[str]
    partners: Mapped[list[str]]
    place: Mapped[str | None]
    areas: Mapped[list[str]]
    plan_type: Mapped[str | None]
    start: Mapped[str | None]
    start_bound: Mapped[str]
    start_said: Mapped[str]
    start_said_en: Mapped[str]
    end: Mapped[str | None]
    end_bound: Mapped[str]
    end_said: Mapped[str]
    end_said_en: Mapped[str]
    budget: Mapped[int | None]
    results: Mapped[str]
    results_en: Mapped[str]
    source: Mapped[str]
    source_en: Mapped[str]
    source_date: Mapped[str | None]


class MilestoneRow(EntryRow):
    """Milestones of projects."""

    __tablename__ = "milestone"

    project: Mapped[str] = belongs_to("project")
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    due: Mapped[date | None]
    done: Mapped[date | None]
    note: Mapped[str]
    note_en: Mapped[str] = added_later()


class LinkedIndicatorRow(EntryRow):
    """Figures that projects want to move."""

    __tablename__ = "linked_indicator"

    project: Mapped[str] = belongs_to("project")
    indicator: Mapped[str]
    baseline_year: Mapped[int]
    wanted: Mapped[str | None]
    target: Mapped[float | None]
    target_year: Mapped[int | None]
    note: Mapped[str]


class DecisionRow(EntryRow):
    """Decisions."""

    __tablename__ = "decision"

    project: Mapped[str | None] = belongs_to("project")
    body: Mapped[str]
    decided: Mapped[date | None]
    text: Mapped[str]
    reference: Mapped[str]
    link: Mapped[str]


class FunderRow(EntryRow):
    """Funders and their next round."""

    __tablename__ = "funder"

    municipality: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    closed: Mapped[date | None]
    successor: Mapped[str]
    call_opens: Mapped[date | None]
    call_closes: Mapped[date | None]
    call_note: Mapped[str]
    call_note_en: Mapped[str]
    source: Mapped[str]
    source_en: Mapped[str]
    source_date: Mapped[str | None]


class GrantRow(EntryRow):
    """Grants."""

    __tablename__ = "grant"

    municipality: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    funder: Mapped[str] = belongs_to("funder")
    state: Mapped[str]
    purpose: Mapped[str]
    purpose_en: Mapped[str]
    projects: Mapped[list[str]]
    applied_on: Mapped[date | None]
    applied_amount: Mapped[int | None]
    decided_on: Mapped[date | None]
    granted_amount: Mapped[int | None]
    amount_is_about: Mapped[bool]
    used_from: Mapped[date | None]
    used_until: Mapped[date | None]
    used_said: Mapped[str]
    used_said_en: Mapped[str]
    report_due: Mapped[date | None]
    reported_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    application_said: Mapped[str]
    application_said_en: Mapped[str]
    source: Mapped[str]
    source_en: Mapped[str]
    source_date: Mapped[str | None]


class SpendingRow(EntryRow):
    """What grants were spent on."""

    __tablename__ = "spending"

    grant: Mapped[str] = belongs_to("grant")
    on: Mapped[date]
    amount: Mapped[int]
    what: Mapped[str]
