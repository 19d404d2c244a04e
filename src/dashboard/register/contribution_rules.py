"""What becomes of a contribution: as what it comes in, when it is deleted, how it is taken back."""

from __future__ import annotations

import hashlib
import secrets
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dashboard.register.circle_entries import Channel, Contribution, ContributionState
from dashboard.register.entries import Entry
from dashboard.register.errors import InvalidError

#: What whoever hands in a contribution may say; everything else is for a moderator.
_SAID = frozenset(
    {
        "municipality",
        "place",
        "latitude",
        "longitude",
        "area",
        "theme",
        "focus_area",
        "form",
        "text",
        "language",
        "consent",
        "not_names",
        "photo_alt",
    }
)
#: What a contributor of the city may say beside it.
_SAID_FOR_A_CIRCLE = _SAID | {"circle", "meeting", "agreement"}
# Without letters and digits that are taken for one another when they are read out.
_RECEIPT_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_RECEIPT_LENGTH = 16


def as_submitted(values: Mapping[str, Any], *, for_a_circle: bool) -> dict[str, Any]:
    """Give the values of a contribution that waits for a moderator, whatever else was asked for."""
    said = _SAID_FOR_A_CIRCLE if for_a_circle else _SAID
    kept = {name: value for name, value in values.items() if name in said}
    channel = Channel.CIRCLE if for_a_circle else Channel.FORM
    return {**kept, "state": ContributionState.SUBMITTED, "channel": channel}


def as_handed_in(values: Mapping[str, Any], *, with_photo: bool) -> dict[str, Any]:
    """Give the values of a contribution that the public hands in.

    Raises
    ------
    InvalidError
        When consent is missing, or what the picture shows.
    """
    said = as_submitted(values, for_a_circle=False)
    faults = {} if said.get("consent") else {"consent": "consent_missing"}
    if not with_photo:
        said["photo_alt"] = ""
    elif not str(said.get("photo_alt") or "").strip():
        faults["photo_alt"] = "photo_alt_missing"
    if faults:
        raise InvalidError(faults)
    return said


def with_dates(values: Mapping[str, Any], today: date, months: int) -> dict[str, Any]:
    """Give the values of a new contribution with the day it came in and the day it goes."""
    dated = dict(values)
    dated["submitted_on"] = dated.get("submitted_on") or today
    dated["delete_after"] = dated.get("delete_after") or months_later(today, months)
    return dated


def months_later(day: date, months: int) -> date:
    """Give the same day some months later, or the last one of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def removed(entry: Contribution) -> Contribution:
    """Give a contribution without anything that was said in it; what came of it stays."""
    return Contribution(
        id=entry.id,
        version=entry.version + 1,
        municipality=entry.municipality,
        circle=entry.circle,
        meeting=entry.meeting,
        focus_area=entry.focus_area,
        text="",
        state=ContributionState.REMOVED,
        submitted_on=entry.submitted_on,
        channel=entry.channel,
        archived=entry.archived,
    )


def is_over(entry: Contribution, today: date) -> bool:
    """Tell whether the time that a contribution is kept for is over."""
    gone = entry.state is ContributionState.REMOVED
    return not gone and entry.delete_after is not None and entry.delete_after <= today


def those_over(entries: Iterable[Entry], today: date) -> list[Contribution]:
    """Give the contributions among some entries whose time is over."""
    return [entry for entry in entries if isinstance(entry, Contribution) and is_over(entry, today)]


def new_receipt() -> str:
    """Give a code with which a contribution can be taken back, in groups that can be read out."""
    signs = "".join(secrets.choice(_RECEIPT_SIGNS) for _ in range(_RECEIPT_LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, _RECEIPT_LENGTH, 4))


def digest_of(receipt: str) -> str:
    """Give what is kept of a receipt; from it nobody can tell the receipt."""
    signs = "".join(sign for sign in receipt.lower() if sign in _RECEIPT_SIGNS)
    return hashlib.sha256(signs.encode()).hexdigest()
