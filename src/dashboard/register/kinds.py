"""All kinds of entries, by name, each after those that it may name."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.register.circle_entries import Circle, Contribution, DistrictExpert, Meeting, TraceStep, WorkedTime
from dashboard.register.entries import Decision, Entry, FocusAreaEntry, LinkedIndicator, Milestone, Project
from dashboard.register.grant_entries import Funder, Grant, Spending

KINDS: Mapping[str, type[Entry]] = {
    entry.kind: entry
    for entry in (
        FocusAreaEntry,
        Project,
        Milestone,
        LinkedIndicator,
        Decision,
        Funder,
        Grant,
        Spending,
        Circle,
        Meeting,
        DistrictExpert,
        WorkedTime,
        Contribution,
        TraceStep,
    )
}
