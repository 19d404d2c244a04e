"""The tables of the knowledge circle: a column for every field of an entry, by the same name."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from dashboard.register.table_base import EntryRow, belongs_to


class CircleRow(EntryRow):
    """Knowledge circles."""

    __tablename__ = "circle"

    municipality: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    theme: Mapped[str]
    theme_en: Mapped[str]
    started: Mapped[str | None]
    started_said: Mapped[str]
    started_said_en: Mapped[str]
    note: Mapped[str]
    note_en: Mapped[str]
    source: Mapped[str]
    source_en: Mapped[str]
    source_date: Mapped[str | None]


class MeetingRow(EntryRow):
    """Meetings of circles."""

    __tablename__ = "meeting"

    circle: Mapped[str] = belongs_to("circle")
    on: Mapped[date]
    place: Mapped[str | None]
    theme: Mapped[str]
    summary: Mapped[str]
    participants: Mapped[dict[str, Any]]


class DistrictExpertRow(EntryRow):
    """District experts, by pseudonym."""

    __tablename__ = "district_expert"

    circle: Mapped[str] = belongs_to("circle")
    pseudonym: Mapped[str]


class WorkedTimeRow(EntryRow):
    """Hours and pay of district experts."""

    __tablename__ = "worked_time"

    district_expert: Mapped[str] = belongs_to("district_expert")
    meeting: Mapped[str | None] = belongs_to("meeting")
    on: Mapped[date]
    hours: Mapped[float]
    pay: Mapped[int]


class ContributionRow(EntryRow):
    """What residents said."""

    __tablename__ = "contribution"

    municipality: Mapped[str]
    circle: Mapped[str | None] = belongs_to("circle")
    meeting: Mapped[str | None] = belongs_to("meeting")
    place: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    area: Mapped[str | None]
    theme: Mapped[str]
    focus_area: Mapped[str | None] = belongs_to("focus_area")
    form: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    agreement: Mapped[str | None]
    indicator: Mapped[str | None]
    statistics_say: Mapped[str]
    statistics_agree: Mapped[bool | None]
    state: Mapped[str]
    refused_for: Mapped[str | None]
    refused_because: Mapped[str]
    submitted_on: Mapped[date | None]
    delete_after: Mapped[date | None]
    channel: Mapped[str]
    consent: Mapped[str]
    not_names: Mapped[bool]
    photo_alt: Mapped[str]


class TraceStepRow(EntryRow):
    """What happened with contributions."""

    __tablename__ = "trace_step"

    contribution: Mapped[str] = belongs_to("contribution")
    step: Mapped[str]
    on: Mapped[date]
    text: Mapped[str]
    project: Mapped[str | None] = belongs_to("project")
    decision: Mapped[str | None] = belongs_to("decision")
