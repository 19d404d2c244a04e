"""How one change is made on a connection: checked, written and noted in the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from dashboard.access import Action, Actor
from dashboard.register import contribution_rules, rows
from dashboard.register.changes import Change
from dashboard.register.circle_entries import Contribution
from dashboard.register.entries import Entry
from dashboard.register.entry_ids import new_id
from dashboard.register.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from dashboard.register.faults import faults_of
from dashboard.register.kinds import KINDS
from dashboard.register.rules import PersonalSearch, faults_of_change

#: Fields that the register sets itself.
_OWN_FIELDS = frozenset({"id", "version", "archived"})


def check_right(actor: Actor, action: Action, kind: str) -> None:
    """Refuse what the actor's roles do not reach for.

    Raises
    ------
    NotAllowedError
        When they do not, or there is no such kind.
    """
    if kind not in KINDS or not actor.may(action, kind):
        raise NotAllowedError(kind)


def made(kind: str, values: Mapping[str, Any]) -> Entry:
    """Give an entry of some values; it has no id yet, and is stored nowhere.

    Raises
    ------
    InvalidError
        When a value does not hold.
    """
    return _validated(kind, {**_given(values), "version": 1})


def changed(before: Entry, values: Mapping[str, Any]) -> Entry:
    """Give an entry with other values; one that they do not change stays as it is.

    Raises
    ------
    InvalidError
        When a value does not hold.
    """
    return _validated(before.kind, {**before.model_dump(), **_given(values), **_own(before)})


def create(connection: Connection, actor: Actor, entry: Entry, search: PersonalSearch) -> Entry:
    """Store an entry that was made, and note that.

    Raises
    ------
    InvalidError
        When a rule speaks against it.
    """
    _check_rules(connection, None, entry, search)
    entry = entry.model_copy(update={"id": new_id(connection, entry)})
    rows.insert_entry(connection, entry)
    rows.write_change(connection, None, entry, action=Action.CREATE, role=actor.role, sign_in=actor.sign_in)
    return entry


def update(connection: Connection, actor: Actor, before: Entry, after: Entry, search: PersonalSearch) -> Entry:
    """Put an entry that was changed in the place of what it was, and note that, unless it is as it was.

    Raises
    ------
    InvalidError
        When a rule speaks against it.
    """
    if after == before:
        return before
    after = after.model_copy(update={"version": before.version + 1})
    _check_rules(connection, before, after, search)
    return put(connection, actor, before, after, Action.UPDATE)


def put(connection: Connection, actor: Actor, before: Entry, after: Entry, action: Action) -> Entry:
    """Put an entry in the place of what it was, and note that."""
    if not rows.replace_entry(connection, after, before.version):
        raise ConflictError(before, None)
    rows.write_change(connection, before, after, action=action, role=actor.role, sign_in=actor.sign_in)
    return after


def remove(connection: Connection, actor: Actor, entry: Contribution) -> None:
    """Take everything that was said out of a contribution, and out of the record of its changes."""
    gone = contribution_rules.removed(entry)
    if not rows.replace_entry(connection, gone, entry.version):
        raise ConflictError(entry, None)
    rows.forget_photo_and_receipt(connection, entry.id)
    rows.forget_what_changed(connection, entry.kind, entry.id)
    rows.write_change(connection, None, gone, action="remove", role=actor.role, sign_in=actor.sign_in)


def current(
    connection: Connection, actor: Actor, kind: str, entry_id: str, version: int | None, *, archived: bool = True
) -> Entry:
    """Give an entry that is still what it was in some version; without `archived` only one that is not.

    Raises
    ------
    NotFoundError
        When there is none.
    ConflictError
        When somebody has changed it since.
    """
    entry = rows.find(connection, kind, entry_id)
    if entry is None:
        raise NotFoundError(entry_id)
    if entry.version != version:
        changes = rows.changes_of(connection, kind, entry_id)
        raise ConflictError(entry, shown(actor, changes[-1]) if changes else None)
    if entry.archived and not archived:
        raise NotFoundError(entry_id)
    return entry


def shown(actor: Actor, change: Change) -> Change:
    """Give a change as somebody may see it: without who made it, unless the actor may know."""
    return change if actor.may_see_sign_ins else replace(change, sign_in=None)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    if own := _OWN_FIELDS & set(values):
        raise InvalidError(dict.fromkeys(own, "unknown_field"))
    return dict(values)


def _own(before: Entry) -> dict[str, Any]:
    # The register's own: which city an entry belongs to is settled when it is made.
    settled = {"municipality": before.municipality} if hasattr(before, "municipality") else {}
    return {"id": before.id, "version": before.version, "archived": before.archived, **settled}


def _validated(kind: str, values: Mapping[str, Any]) -> Entry:
    try:
        return KINDS[kind].model_validate(values)
    except ValidationError as error:
        raise InvalidError(faults_of(error, kind)) from error


def _check_rules(connection: Connection, before: Entry | None, after: Entry, search: PersonalSearch) -> None:
    if faults := faults_of_change(connection, before, after, search):
        raise InvalidError(faults)
