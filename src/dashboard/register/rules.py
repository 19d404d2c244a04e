"""The rules that need more than the entry itself: what it names, what it was before, whom it tells of."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from dashboard.register.circle_entries import Contribution
from dashboard.register.entries import Bound, Entry, Project
from dashboard.register.fields import first_day
from dashboard.register.grant_entries import Grant
from dashboard.register.grant_life import may_move
from dashboard.register.personal_data import find_personal_data
from dashboard.register.rows import ids_of

#: Texts that are no words about people: codes, addresses of documents.
_NO_PROSE = frozenset({"id", "link", "reference", "municipality", "indicator", "place", "area", "language", "consent"})


class PersonalSearch:
    """What tells who somebody is in an entry, searched for before others have to wait for whoever writes.

    Parameters
    ----------
    entry
        The entry as it is about to be stored.
    """

    def __init__(self, entry: Entry) -> None:
        self._searched = _what_is_searched(entry)
        self._found = tuple(personal_faults(entry))

    def faults_of(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        """Give the faults of what is really stored: searched anew when that is not word for word what was searched."""
        return self._found if _what_is_searched(entry) == self._searched else tuple(personal_faults(entry))


def _what_is_searched(entry: Entry) -> tuple[object, ...]:
    return type(entry), getattr(entry, "not_names", None), tuple(texts_of(entry))


def faults_of_change(
    connection: Connection, before: Entry | None, after: Entry, search: PersonalSearch
) -> dict[str, str]:
    """Give what speaks against a change, as field → code of the fault; nothing when it may be made."""
    faults = _unknown_references(connection, before, after)
    if isinstance(after, Grant) and isinstance(before, Grant) and not may_move(before.state, after.state):
        faults.setdefault("state", "state_order")
    faults = contradictions_of(after) | faults
    for field, code in search.faults_of(after):
        faults.setdefault(field, code)
    return faults


def contradictions_of(entry: Entry) -> dict[str, str]:
    """Give what in an entry contradicts itself, as field → code of the fault.

    Asked of what is written and not of what is read: an entry of before the rule stays readable until it is changed.
    """
    if not isinstance(entry, Project) or entry.start is None or entry.end is None:
        return {}
    if entry.end_bound is not Bound.BEFORE or entry.start_bound is Bound.BEFORE:
        return {}
    # Over before a date, and not yet begun, or still under way, on that date.
    return {} if first_day(entry.start) < first_day(entry.end) else {"end": "over_before_start"}


def _unknown_references(connection: Connection, before: Entry | None, after: Entry) -> dict[str, str]:
    faults = {}
    for field, kind in after.references.items():
        wanted = _as_set(getattr(after, field))
        # What was named before may have been archived since; it need not be known to be kept.
        new = wanted - (_as_set(getattr(before, field)) if before else set())
        if new - ids_of(connection, kind, new):
            faults[field] = "unknown_reference"
    return faults


def _as_set(value: object) -> set[str]:
    if isinstance(value, tuple):
        return {str(one) for one in value}
    return {str(value)} if value else set()


def personal_faults(entry: Entry) -> Iterator[tuple[str, str]]:
    """Find what tells who somebody is.

    E-mail addresses, telephone and personal identity numbers have no place anywhere in the register. What looks like
    a name or a home address is asked about where residents write; whoever wrote it may say that it is none.

    Yields
    ------
    Field and code of the fault, `personal_` and what was found.
    """
    asks = isinstance(entry, Contribution) and not entry.not_names
    for field, text in texts_of(entry):
        for found in find_personal_data(text):
            if found.must_go or asks:
                yield field, f"personal_{found.kind.removeprefix('personal_')}"


def texts_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give the texts of an entry that people wrote, by field."""
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if field in _NO_PROSE or not value:
            continue
        if type(value) is str:
            yield field, value
        elif isinstance(value, tuple | dict):
            yield field, "\n".join(str(one) for one in value)
