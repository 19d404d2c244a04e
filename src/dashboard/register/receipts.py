"""What whoever holds a receipt may know of the contribution that it is for: how it went, and nothing internal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from dashboard.register import rows
from dashboard.register.circle_entries import Contribution, ContributionState, RefusedFor
from dashboard.register.contribution_rules import digest_of


@dataclass(frozen=True)
class Submitted:
    """A contribution that was handed in, and the code with which its sender comes back to it."""

    entry: Contribution
    receipt: str


class Heard(StrEnum):
    """How it went with a contribution."""

    WAITING = "waiting"
    PUBLISHED = "published"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True)
class Standing:
    """How it went with the contribution of a receipt.

    Attributes
    ----------
    heard
        How it went.
    why
        Why it is not shown, out of the list; None when it is, waits, or nobody chose a reason.
    contribution
        Its id, once it is published and everybody may read it; else empty.
    """

    heard: Heard
    why: RefusedFor | None = None
    contribution: str = ""


def contribution_of(connection: Connection, receipt: str) -> Contribution | None:
    """Give the contribution that a receipt is for, or None."""
    found = rows.contribution_of_receipt(connection, digest_of(receipt))
    entry = None if found is None else rows.find(connection, Contribution.kind, found)
    return entry if isinstance(entry, Contribution) else None


def standing_of(entry: Contribution | None) -> Standing | None:
    """Tell how it went with a contribution; None when there is none, or when what it said is gone.

    What a moderator wrote about a refusal stays inside: only the reason out of the list is told.
    """
    if entry is None or entry.state is ContributionState.REMOVED:
        return None
    if entry.state is ContributionState.REFUSED:
        return Standing(Heard.NOT_SHOWN, entry.refused_for)
    if entry.archived:
        return Standing(Heard.NOT_SHOWN)
    if entry.state is ContributionState.PUBLISHED:
        return Standing(Heard.PUBLISHED, contribution=entry.id)
    return Standing(Heard.WAITING)
