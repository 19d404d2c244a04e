"""Entries, changes and pictures as rows of tables, read and written on a connection."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from dashboard.register.changes import Change
from dashboard.register.dump import Dump, StoredPhoto
from dashboard.register.entries import Entry
from dashboard.register.kinds import KINDS
from dashboard.register.tables import TABLES, ChangeRow, MarkRow, PhotoRow, ReceiptRow

CHANGE = cast("Table", ChangeRow.__table__)
#: In which role the entries are written that a register begins with.
_SEED = "seed"
PHOTO = cast("Table", PhotoRow.__table__)
RECEIPT = cast("Table", ReceiptRow.__table__)
MARK = cast("Table", MarkRow.__table__)
Revision = tuple[int, int]
#: The mark of a register, and its revision.
State = tuple[str, Revision]


def find(connection: Connection, kind: str, entry_id: str) -> Entry | None:
    """Give an entry, archived or not, or None."""
    if not _can_be(entry_id):
        return None
    table = TABLES[kind]
    row = connection.execute(select(table).where(table.c.id == entry_id)).one_or_none()
    return None if row is None else _entry(kind, row)


def _can_be(entry_id: str) -> bool:
    """Tell whether a database can be asked for an id: some refuse the sign NUL, all of them half a sign."""
    return entry_id.isprintable()


def all_entries(connection: Connection) -> tuple[Entry, ...]:
    """Give all entries, archived ones too, each after those that it may name."""
    return tuple(
        _entry(kind, row)
        for kind in KINDS
        for row in connection.execute(select(TABLES[kind]).order_by(TABLES[kind].c.id))
    )


def _entry(kind: str, row: Row[Any]) -> Entry:
    return KINDS[kind].model_validate(dict(row._mapping))


def ids_of(connection: Connection, kind: str, wanted: Iterable[str]) -> set[str]:
    """Give those of some ids that a kind has, archived ones too."""
    table = TABLES[kind]
    return set(connection.execute(select(table.c.id).where(table.c.id.in_(list(wanted)))).scalars())


def insert_entry(connection: Connection, entry: Entry) -> None:
    """Add an entry."""
    connection.execute(insert(TABLES[entry.kind]).values(_columns(entry)))


def replace_entry(connection: Connection, entry: Entry, version: int) -> bool:
    """Put an entry in the place of its version; tell whether that was still there."""
    table = TABLES[entry.kind]
    here = (table.c.id == entry.id) & (table.c.version == version)
    return connection.execute(update(table).where(here).values(_columns(entry))).rowcount == 1


def _columns(entry: Entry) -> dict[str, Any]:
    # Lists and names of states as plain values, days as days: what the columns hold.
    plain = entry.model_dump(mode="json")
    real = entry.model_dump()
    return {
        name: real[name] if not isinstance(real[name], tuple | dict) and not hasattr(real[name], "value") else value
        for name, value in plain.items()
    }


def write_change(
    connection: Connection, before: Entry | None, after: Entry, *, action: str, role: str, sign_in: str
) -> None:
    """Note a change: who, when, what before and after."""
    connection.execute(
        insert(CHANGE).values(
            at=datetime.now(UTC),
            action=action,
            kind=after.kind,
            entry_id=after.id,
            role=role,
            sign_in=sign_in,
            before=None if before is None else before.model_dump(mode="json"),
            after=after.model_dump(mode="json"),
        )
    )


def forget_what_changed(connection: Connection, kind: str, entry_id: str) -> None:
    """Take out of the record what an entry said; that it was changed, when and by whom stays."""
    here = (CHANGE.c.kind == kind) & (CHANGE.c.entry_id == entry_id)
    connection.execute(update(CHANGE).where(here).values(before=None, after=None))


def changes_of(connection: Connection, kind: str | None = None, entry_id: str | None = None) -> tuple[Change, ...]:
    """Give changes, oldest first: of one entry, of a kind, or all."""
    if entry_id is not None and not _can_be(entry_id):
        return ()
    query = select(CHANGE).order_by(CHANGE.c.number)
    if kind is not None:
        query = query.where(CHANGE.c.kind == kind)
    if entry_id is not None:
        query = query.where(CHANGE.c.entry_id == entry_id)
    return tuple(_change(row._mapping) for row in connection.execute(query))


def last_change(connection: Connection, kind: str) -> datetime | None:
    """Give when somebody last changed an entry of a kind, or None when nobody has.

    What a register begins with is no change: the day that it was put in tells nothing of how old it is.
    """
    by_somebody = (CHANGE.c.kind == kind) & (CHANGE.c.role != _SEED)
    at = connection.execute(select(func.max(CHANGE.c.at)).where(by_somebody)).scalar_one()
    return None if at is None else _in_utc(at)


def _change(row: Mapping[Any, Any]) -> Change:
    return Change(**{**row, "at": _in_utc(row["at"])})


def _in_utc(at: datetime) -> datetime:
    # SQLite keeps no time zone; what was written is UTC.
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def revision(connection: Connection) -> Revision:
    """Give how many changes there are, and the newest one: (0, 0) when nothing has been written yet."""
    return state(connection)[1]


def state(connection: Connection) -> State:
    """Give what tells one content of the register from every other one that stood or will stand in this database.

    A restore can bring as many changes with the same numbers, and other entries; it renews the mark.
    """
    mark = select(MARK.c.generation).scalar_subquery()
    query = select(mark, func.count(), func.max(CHANGE.c.number)).select_from(CHANGE)
    generation, count, newest = connection.execute(query).one()
    return str(generation), (int(count), int(newest or 0))


def photo_of(connection: Connection, contribution: str) -> StoredPhoto | None:
    """Give the picture of a contribution, or None."""
    row = connection.execute(select(PHOTO).where(PHOTO.c.contribution == contribution)).one_or_none()
    return None if row is None else StoredPhoto(row.media_type, row.content)


def write_photo(connection: Connection, contribution: str, photo: StoredPhoto) -> None:
    """Add the picture of a contribution."""
    values = {"contribution": contribution, "media_type": photo.media_type, "content": photo.content}
    connection.execute(insert(PHOTO).values(values))


def write_receipt(connection: Connection, contribution: str, digest: str) -> None:
    """Add the digest of a receipt."""
    connection.execute(insert(RECEIPT).values(contribution=contribution, digest=digest))


def contribution_of_receipt(connection: Connection, digest: str) -> str | None:
    """Give the contribution that a receipt is for, or None."""
    return connection.execute(select(RECEIPT.c.contribution).where(RECEIPT.c.digest == digest)).scalar_one_or_none()


def has_receipts(connection: Connection) -> bool:
    """Tell whether there is any receipt."""
    return connection.execute(select(RECEIPT.c.contribution).limit(1)).first() is not None


def forget_photo_and_receipt(connection: Connection, contribution: str) -> None:
    """Delete the picture and the receipt of a contribution."""
    for table in (PHOTO, RECEIPT):
        connection.execute(delete(table).where(table.c.contribution == contribution))


def everything(connection: Connection) -> Dump:
    """Give all that the register holds."""
    return Dump(
        entries=all_entries(connection),
        changes=changes_of(connection),
        photos={
            row.contribution: StoredPhoto(row.media_type, row.content) for row in connection.execute(select(PHOTO))
        },
        receipts={row.contribution: row.digest for row in connection.execute(select(RECEIPT))},
    )


def replace_everything(connection: Connection, dump: Dump) -> None:
    """Put a dump in the place of all that the register holds."""
    for table in (PHOTO, RECEIPT, CHANGE, *(TABLES[kind] for kind in reversed(list(KINDS)))):
        connection.execute(delete(table))
    order = list(KINDS)
    for entry in sorted(dump.entries, key=lambda entry: order.index(entry.kind)):
        insert_entry(connection, entry)
    for change in dump.changes:
        values = {name: getattr(change, name) for name in Change.__slots__}
        connection.execute(insert(CHANGE).values({**values, "sign_in": change.sign_in or ""}))
    for contribution, photo in dump.photos.items():
        write_photo(connection, contribution, photo)
    for contribution, digest in dump.receipts.items():
        write_receipt(connection, contribution, digest)
    connection.execute(delete(MARK))
    connection.execute(insert(MARK).values(number=1, generation=secrets.token_hex(16)))
    _count_on(connection)


def _count_on(connection: Connection) -> None:
    # PostgreSQL counts by a sequence, which knows nothing of numbers that were written; SQLite looks at the newest.
    if connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence("change", "number")
        newest = select(func.coalesce(func.max(CHANGE.c.number), 0) + 1).scalar_subquery()
        connection.execute(select(func.setval(sequence, newest, False)))
