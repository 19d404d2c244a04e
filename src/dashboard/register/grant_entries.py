"""The entries on money: who grants it, what was applied for and granted, and what it was spent on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar, Self

from pydantic import model_validator

from dashboard.register.entries import Entry, check
from dashboard.register.fields import (
    Day,
    Line,
    Money,
    MunicipalityCode,
    Name,
    OptionalDay,
    OptionalMoney,
    OptionalPartialDate,
    Paragraphs,
    Slug,
    Slugs,
)


class GrantState(StrEnum):
    """Where a grant is in its life."""

    PLANNED = "planned"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"
    ONGOING = "ongoing"
    REPORTED = "reported"
    CLOSED = "closed"


class Funder(Entry):
    """Who grants money, and when the next round opens."""

    kind = "funder"

    municipality: MunicipalityCode
    name: Name
    name_en: Line = ""
    closed: OptionalDay = None
    #: Where new money is sought since the funder closed.
    successor: Line = ""
    call_opens: OptionalDay = None
    call_closes: OptionalDay = None
    call_note: Paragraphs = ""
    call_note_en: Paragraphs = ""
    source: Line = ""
    source_en: Line = ""
    source_date: OptionalPartialDate = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _in_order(self.call_opens, self.call_closes, "end_before_start")
        return self


class Grant(Entry):
    """A grant from the thought of it to its final report."""

    kind = "grant"
    references: ClassVar = {"funder": "funder", "projects": "project"}

    municipality: MunicipalityCode
    name: Name
    name_en: Line = ""
    funder: Slug
    state: GrantState
    purpose: Paragraphs = ""
    purpose_en: Paragraphs = ""
    projects: Slugs = ()
    applied_on: OptionalDay = None
    applied_amount: OptionalMoney = None
    decided_on: OptionalDay = None
    granted_amount: OptionalMoney = None
    #: The amount was published in round words (“close to”).
    amount_is_about: bool = False
    used_from: OptionalDay = None
    used_until: OptionalDay = None
    used_said: Paragraphs = ""
    used_said_en: Paragraphs = ""
    report_due: OptionalDay = None
    reported_on: OptionalDay = None
    closed_on: OptionalDay = None
    application_said: Paragraphs = ""
    application_said_en: Paragraphs = ""
    source: Line = ""
    source_en: Line = ""
    source_date: OptionalPartialDate = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _in_order(self.used_from, self.used_until, "end_before_start")
        _in_order(self.applied_on, self.decided_on, "decided_before_applied")
        _in_order(self.decided_on, self.reported_on, "reported_before_decided")
        if self.state in {GrantState.PLANNED, GrantState.APPLIED, GrantState.REFUSED}:
            check(self.granted_amount is None, "granted_too_early")
        return self


class Spending(Entry):
    """What a part of a grant was spent on."""

    kind = "spending"
    parent = ("grant", "grant")
    references: ClassVar = {"grant": "grant"}

    grant: Slug
    on: Day
    amount: Money
    what: Name


def _in_order(first: date | None, second: date | None, code: str) -> None:
    if first is not None and second is not None:
        check(first <= second, code)
