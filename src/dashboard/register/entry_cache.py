"""What was last read of the register, kept for as long as nobody changes anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from threading import Lock

from sqlalchemy import Engine

from dashboard.access import Actor
from dashboard.register import database, rows
from dashboard.register.contents import Contents
from dashboard.register.entries import Entry, Project
from dashboard.register.visibility import contents_for


class EntryCache:
    """The entries of a database, and what each kind of reader may see of them; any number of threads may ask."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._read: tuple[rows.State, tuple[Entry, ...], datetime | None] | None = None
        self._seen: dict[tuple[object, ...], Contents] = {}

    def entries(self) -> tuple[rows.State, tuple[Entry, ...]]:
        """Give the state of the register, and all its entries, archived ones too."""
        return self._newest()[:2]

    def _newest(self) -> tuple[rows.State, tuple[Entry, ...], datetime | None]:
        """Give state and entries, and when a project was last changed."""
        with database.reading(self._engine) as connection:
            state = rows.state(connection)
            with self._lock:
                if self._read is not None and self._read[0] == state:
                    return self._read
            read = (state, rows.all_entries(connection), rows.last_change(connection, Project.kind))
        with self._lock:
            self._read = read
        return read

    def contents(self, actor: Actor, municipality: str, today: date, *, archived: bool) -> Contents:
        """Give what somebody may see today of a municipality's entries, with or without archived ones."""
        state, entries, changed = self._newest()
        # What is seen depends on these rights alone, so all who share them share the result.
        key = (state, municipality, today, archived, actor.may_see_unmoderated, actor.may_see_people)
        with self._lock:
            if key not in self._seen:
                # Of older states and of yesterday nothing is asked any more.
                self._seen = {old: seen for old, seen in self._seen.items() if old[0] == state and old[2] == today}
                wanted = [entry for entry in entries if archived or not entry.archived]
                seen = contents_for(actor, wanted, municipality, today)
                self._seen[key] = replace(seen, projects_changed=changed)
            return self._seen[key]
