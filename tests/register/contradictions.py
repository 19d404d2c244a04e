"""What must hold of a register whatever happened to it: its entries and its record of changes tell the same."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing

from sqlalchemy.engine import make_url

from dashboard.register.changes import Change
from dashboard.register.circle_entries import Channel
from dashboard.register.dump import Dump
from dashboard.register.entries import Entry


def contradictions(dump: Dump) -> list[str]:
    """Give what does not fit together in a register, in words; of a sound one nothing."""
    record: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in dump.changes:
        record[change.kind, change.entry_id].append(change)
    entries = {(entry.kind, entry.id): entry for entry in dump.entries}
    found = [f"{key}: changed, but not there" for key in record.keys() - entries.keys()]
    for key, entry in entries.items():
        found += [f"{key}: {fault}" for fault in _of_entry(entry, record[key])]
    handed_in = {key[1] for key, entry in entries.items() if getattr(entry, "channel", None) is Channel.FORM}
    if handed_in != set(dump.receipts):
        found.append(f"receipts without a contribution, or the other way round: {handed_in ^ set(dump.receipts)}")
    return found


def _of_entry(entry: Entry, changes: list[Change]) -> list[str]:
    found = []
    if entry.version != len(changes):
        found.append(f"version {entry.version} after {len(changes)} changes")
    if not changes:
        return [*found, "there, but never made"]
    versions = [(change.after or {}).get("version") for change in changes]
    if versions != list(range(1, len(changes) + 1)):
        found.append(f"versions {versions}")
    if [change.before for change in changes] != [None, *(change.after for change in changes[:-1])]:
        found.append("a change does not begin where the one before it ended")
    if changes[-1].after != entry.model_dump(mode="json"):
        found.append("is not what the last change made of it")
    return found


def faults_of_file(url: str) -> list[str]:
    """Give what SQLite itself finds wrong with its file; nothing of other databases."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return []
    with closing(sqlite3.connect(str(address.database))) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [*(line for line in said if line != "ok"), *map(str, orphans)]
