"""What the register holds, as one person may see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from dashboard.register.circle_entries import Circle, Contribution, DistrictExpert, Meeting, TraceStep, WorkedTime
from dashboard.register.entries import Decision, Entry, FocusAreaEntry, LinkedIndicator, Milestone, Project
from dashboard.register.grant_entries import Funder, Grant, Spending

Kind = TypeVar("Kind", bound=Entry)


@dataclass(frozen=True)
class WorkedSum:
    """What the district experts of a circle have worked together.

    Attributes
    ----------
    circle
        The circle's id.
    experts
        How many worked in the half-years that are counted; None when none is: see `worked_sums`.
    hours, pay
        Hours and Swedish kronor of all of them together; None likewise.
    until
        The last day of what is counted; None likewise.
    """

    circle: str
    experts: int | None
    hours: float | None
    pay: int | None
    until: date | None


@dataclass(frozen=True)
class Contents:
    """The entries of one municipality, without the archived ones, in the order that they are read in."""

    focus_areas: tuple[FocusAreaEntry, ...] = ()
    projects: tuple[Project, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    linked_indicators: tuple[LinkedIndicator, ...] = ()
    decisions: tuple[Decision, ...] = ()
    funders: tuple[Funder, ...] = ()
    grants: tuple[Grant, ...] = ()
    spending: tuple[Spending, ...] = ()
    circles: tuple[Circle, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    trace_steps: tuple[TraceStep, ...] = ()
    #: What all district experts of a circle worked together; one a circle in which anybody worked.
    worked_sums: tuple[WorkedSum, ...] = ()
    #: Empty but for those who may see single people.
    district_experts: tuple[DistrictExpert, ...] = ()
    worked_times: tuple[WorkedTime, ...] = ()
    #: When any project of the register was last changed; None when none has been. Who changed it is not told.
    projects_changed: datetime | None = field(default=None, compare=False)

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Give the entries of a kind."""
        return tuple(entry for entry in self if isinstance(entry, kind))

    def __iter__(self) -> Iterator[Entry]:
        """Give all entries, each after those that it may name."""
        for name in (
            "focus_areas",
            "projects",
            "milestones",
            "linked_indicators",
            "decisions",
            "funders",
            "grants",
            "spending",
            "circles",
            "meetings",
            "district_experts",
            "worked_times",
            "contributions",
            "trace_steps",
        ):
            yield from getattr(self, name)

    def find(self, kind: type[Kind], entry_id: str | None) -> Kind | None:
        """Give one entry by its id, or None when there is none that this person may see."""
        return next((entry for entry in self.of(kind) if entry.id == entry_id), None)

    def milestones_of(self, project: str) -> tuple[Milestone, ...]:
        """Give the milestones of a project in their order."""
        return tuple(one for one in self.milestones if one.project == project)

    def indicators_of(self, project: str) -> tuple[LinkedIndicator, ...]:
        """Give the indicators that follow a project."""
        return tuple(one for one in self.linked_indicators if one.project == project)

    def decisions_of(self, project: str) -> tuple[Decision, ...]:
        """Give the decisions on a project."""
        return tuple(one for one in self.decisions if one.project == project)

    def grants_of(self, project: str) -> tuple[Grant, ...]:
        """Give the grants that a project is paid by."""
        return tuple(one for one in self.grants if project in one.projects)

    def spending_of(self, grant: str) -> tuple[Spending, ...]:
        """Give what a grant was spent on, in the order of days."""
        return tuple(one for one in self.spending if one.grant == grant)

    def trace_of(self, contribution: str) -> tuple[TraceStep, ...]:
        """Give what happened with a contribution, in the order of days."""
        return tuple(one for one in self.trace_steps if one.contribution == contribution)

    def contributions_to(self, project: str) -> tuple[Contribution, ...]:
        """Give the contributions whose trace leads to a project."""
        wanted = {step.contribution for step in self.trace_steps if step.project == project}
        return tuple(one for one in self.contributions if one.id in wanted)


def in_order(entries: Iterable[Kind]) -> tuple[Kind, ...]:
    """Sort entries of one kind by their position or day, then by their id, so that a list does not jump about."""

    def key(entry: Kind) -> tuple[int, str, str]:
        position = int(getattr(entry, "position", 0))
        day = next(
            (str(value) for name in ("on", "due", "decided", "start") if (value := getattr(entry, name, None))), ""
        )
        return position, day or "9999", entry.id

    return tuple(sorted(entries, key=key))
