"""What of the register may reach whom; whatever is not let through here never leaves the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dashboard.access import Actor
from dashboard.register.circle_entries import (
    Circle,
    Contribution,
    ContributionState,
    DistrictExpert,
    Meeting,
    TraceStep,
    WorkedTime,
)
from dashboard.register.contents import Contents, Kind, in_order
from dashboard.register.entries import Decision, Entry, FocusAreaEntry, LinkedIndicator, Milestone, Project
from dashboard.register.grant_entries import Funder, Grant, Spending
from dashboard.register.worked_sums import SMALLEST_GROUP, worked_sums

_PUBLIC_STATES = {ContributionState.PUBLISHED, ContributionState.REMOVED}


def contents_for(actor: Actor, entries: Iterable[Entry], municipality: str, today: date) -> Contents:
    """Give the entries of a municipality that somebody may see.

    Parameters
    ----------
    actor
        Who looks.
    entries
        Entries, none of them archived or all of them.
    municipality
        Its code; entries of others, and what belongs to those, are left out.
    today
        The day that decides which half-years are over, for the sums of what district experts worked.
    """
    own = _of_municipality(list(entries), municipality)
    contributions = _contributions(actor, _of(own, Contribution))
    seen = {contribution.id for contribution in contributions}
    experts, times = _of(own, DistrictExpert), _of(own, WorkedTime)
    people = actor.may_see_people
    return Contents(
        focus_areas=in_order(_of(own, FocusAreaEntry)),
        projects=in_order(_of(own, Project)),
        milestones=in_order(_of(own, Milestone)),
        linked_indicators=in_order(_of(own, LinkedIndicator)),
        decisions=in_order(_of(own, Decision)),
        funders=in_order(_of(own, Funder)),
        grants=in_order(_of(own, Grant)),
        spending=in_order(_of(own, Spending)),
        circles=in_order(_of(own, Circle)),
        meetings=in_order(_meeting(actor, meeting) for meeting in _of(own, Meeting)),
        contributions=in_order(contributions),
        trace_steps=in_order(step for step in _of(own, TraceStep) if step.contribution in seen),
        worked_sums=worked_sums(experts, times, today),
        district_experts=in_order(experts) if people else (),
        worked_times=in_order(times) if people else (),
    )


def _of(entries: Iterable[Entry], kind: type[Kind]) -> list[Kind]:
    return [entry for entry in entries if isinstance(entry, kind)]


def _of_municipality(entries: Sequence[Entry], municipality: str) -> list[Entry]:
    """Give the entries that name the municipality, and those that belong to them (which come after them)."""
    own: list[Entry] = []
    ids: set[tuple[str, str]] = set()
    for entry in entries:
        code = getattr(entry, "municipality", None)
        named = str(getattr(entry, entry.parent[0]) or "") if entry.parent else ""
        # A decision need not be about a project; such a one is the city's.
        if code == municipality or (code is None and entry.parent and (not named or (entry.parent[1], named) in ids)):
            own.append(entry)
            ids.add((entry.kind, entry.id))
    return own


def _contributions(actor: Actor, entries: Iterable[Contribution]) -> list[Contribution]:
    if actor.may_see_unmoderated:
        return list(entries)
    # What only the handling of a contribution needs stays inside: when it goes, how it came, what was agreed to.
    hidden = {"refused_for": None, "refused_because": "", "consent": "", "not_names": False, "delete_after": None}
    return [entry.model_copy(update=hidden) for entry in entries if entry.state in _PUBLIC_STATES]


def _meeting(actor: Actor, meeting: Meeting) -> Meeting:
    if actor.may_see_people:
        return meeting
    return meeting.model_copy(update={"participants": _large_groups(meeting.participants)})


def _large_groups(groups: dict[str, int | None]) -> dict[str, int | None]:
    """Give the groups with those below five as None; nobody took part in a group of 0, which tells of nobody."""
    return {
        name: count if count is None or count == 0 or count >= SMALLEST_GROUP else None
        for name, count in groups.items()
    }
