"""The record of changes as a file says it: of each change what it changed, not the whole entry over and over.

A change follows the one before it of the same entry: `before` is written only where it is not what that one left, and
instead of `after` stands `changed`, the fields that have other values than before, where that says it all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from dashboard.register.changes import Change
from dashboard.register.entry_reading import words_of
from dashboard.register.errors import RegisterFileError

_Values = dict[str, JsonValue]
_PLAIN = ("number", "at", "action", "kind", "entry_id", "role")


class _Said(BaseModel):
    """A change as a file says it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    number: Annotated[int, Field(ge=1, lt=2**63)]
    at: AwareDatetime
    action: str
    kind: str
    entry_id: str
    role: str
    sign_in: str | None = None
    before: _Values | None = None
    after: _Values | None = None
    changed: _Values | None = None


@dataclass
class _Entries:
    """What each entry was after the changes so far."""

    left: dict[tuple[str, str], Mapping[str, object] | None] = field(default_factory=dict)

    def before(self, change: Change | _Said) -> Mapping[str, object] | None:
        return self.left.get((change.kind, change.entry_id))

    def follow(self, change: Change) -> None:
        self.left[change.kind, change.entry_id] = change.after


def values_of_changes(changes: Iterable[Change]) -> Iterator[dict[str, object]]:
    """Give changes as they are written."""
    entries = _Entries()
    for change in changes:
        values: dict[str, object] = {name: getattr(change, name) for name in _PLAIN}
        if change.sign_in is not None:
            values["sign_in"] = change.sign_in
        if not _same(change.before, entries.before(change)):
            values["before"] = change.before
        yield values | _after(change)
        entries.follow(change)


def read_changes(content: object, file: str) -> tuple[Change, ...]:
    """Make the record of changes.

    Parameters
    ----------
    content
        What the file says.
    file
        Its name, for the complaint.

    Raises
    ------
    RegisterFileError
        When a change is incomplete or says what no change can say, or the numbers do not count up; the change is named.
    """
    if not isinstance(content, list):
        raise RegisterFileError(f"{file}: it is no list of changes.")
    entries = _Entries()
    changes: list[Change] = []
    for values in content:
        change = _read_change(values, entries, file)
        if changes and change.number <= changes[-1].number:
            raise RegisterFileError(f"{file}, change {change.number}: the numbers of the changes do not count up.")
        entries.follow(change)
        changes.append(change)
    return tuple(changes)


def _after(change: Change) -> dict[str, object]:
    before, after = change.before, change.after
    if before is None or after is None or before.keys() - after.keys():
        return {"after": after}
    return {
        "changed": {name: after[name] for name in after if name not in before or not _same(before[name], after[name])}
    }


def _same(one: object, other: object) -> bool:
    # Python takes 1, 1.0 and true for the same; a record does not.
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _read_change(values: object, entries: _Entries, file: str) -> Change:
    if not isinstance(values, Mapping):
        raise RegisterFileError(f"{file}: {str(values)[:40]} is no change.")
    where = f"{file}, change {values.get('number', '?')}"
    try:
        said = _Said.model_validate(dict(values))
    except ValidationError as error:
        raise RegisterFileError(f"{where}: {words_of(error)}.") from error
    if "\\u0000" in json.dumps(said.model_dump(mode="json")):
        raise RegisterFileError(f"{where}: it holds the sign NUL, which no database takes.")
    before = said.before if "before" in values else entries.before(said)
    after: Mapping[str, object] | None = said.after
    if ("after" in values) == (said.changed is not None) or (said.changed is not None and before is None):
        raise RegisterFileError(f"{where}: it says either after or, of an entry that was there before, changed.")
    if said.changed is not None and before is not None:
        after = {**before, **said.changed}
    plain = {name: getattr(said, name) for name in _PLAIN}
    return Change(**plain | {"at": said.at.astimezone(UTC)}, sign_in=said.sign_in, before=before, after=after)
