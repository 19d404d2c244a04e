"""The register: who may read what of it, and the one way to change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from dashboard.access import OPERATOR, PUBLIC, Action, Actor, Role
from dashboard.register import contribution_rules, database, rows, writing
from dashboard.register.changes import Change
from dashboard.register.circle_entries import Contribution, ContributionState
from dashboard.register.contents import Contents
from dashboard.register.dump import Dump, StoredPhoto
from dashboard.register.entries import Entry
from dashboard.register.entry_cache import EntryCache
from dashboard.register.errors import NotAllowedError, RegisterError
from dashboard.register.kinds import KINDS
from dashboard.register.receipts import Standing, Submitted, contribution_of, standing_of
from dashboard.register.rules import PersonalSearch
from dashboard.register.seeds import read_seeds

MONTHS_KEPT = 24
_SEED = "seed"


class Register:
    """The register in a database. Any number of threads and processes may use it at once.

    Parameters
    ----------
    engine
        The way to the database, whose tables are up to date; `Register.open` sees to that.
    months_kept
        How long a contribution is kept.
    today
        Gives the day.
    """

    def __init__(
        self, engine: Engine, *, months_kept: int = MONTHS_KEPT, today: Callable[[], date] = date.today
    ) -> None:
        self._engine = engine
        self._months_kept = months_kept
        self._today = today
        self._cache = EntryCache(engine)

    @classmethod
    def open(
        cls,
        url: str,
        seeds: Path | None = None,
        *,
        months_kept: int = MONTHS_KEPT,
        today: Callable[[], date] = date.today,
    ) -> Register:
        """Open a register, make it when it is not there, and bring its tables up to date.

        Parameters
        ----------
        url
            `sqlite:///path/to/file` or `postgresql://user:password@host/name`.
        seeds
            The folder of what an empty register begins with (`data/register`); read only when it is empty.
        months_kept, today
            As for the class.

        Raises
        ------
        UnavailableError
            When the database does not answer or is of a newer version.
        RegisterFileError
            When a file of the seeds cannot be used.
        """
        engine = database.open_engine(url)
        try:
            database.bring_up_to_date(engine)
            register = cls(engine, months_kept=months_kept, today=today)
            if seeds is not None:
                register._sow(seeds)
        except BaseException:
            engine.dispose()  # Nobody gets the register, so nobody could close its connections.
            raise
        return register

    def close(self) -> None:
        """Close the connections; new ones are opened when it is used again."""
        self._engine.dispose()

    def _sow(self, seeds: Path) -> None:
        if self.revision() != (0, 0):
            return
        entries = read_seeds(seeds)
        with database.writing(self._engine) as connection:
            # Asked again: another process may have sown while this one waited.
            if rows.revision(connection) != (0, 0):
                return
            for entry in entries:
                sown = entry.model_copy(update={"version": 1})
                rows.insert_entry(connection, sown)
                rows.write_change(connection, None, sown, action=Action.CREATE, role=_SEED, sign_in="")

    def revision(self) -> tuple[int, int]:
        """Give how many changes there are, and the number of the newest."""
        with database.reading(self._engine) as connection:
            return rows.revision(connection)

    def contents(self, actor: Actor, municipality: str) -> Contents:
        """Give what somebody may see of a municipality's entries, without archived ones."""
        return self._cache.contents(actor, municipality, self._today(), archived=False)

    def archived(self, actor: Actor, municipality: str) -> tuple[Entry, ...]:
        """Give the archived entries that somebody may bring back.

        Raises
        ------
        NotAllowedError
            When the actor may bring back nothing at all.
        """
        if not any(actor.may(Action.RESTORE, kind) for kind in KINDS):
            raise NotAllowedError("archived")
        entries = self._cache.contents(actor, municipality, self._today(), archived=True)
        return tuple(entry for entry in entries if entry.archived and actor.may(Action.RESTORE, entry.kind))

    def photo(self, actor: Actor, contribution: str) -> StoredPhoto | None:
        """Give the picture of a contribution that somebody may see, or None."""
        with database.reading(self._engine) as connection:
            entry = rows.find(connection, Contribution.kind, contribution)
            if not isinstance(entry, Contribution) or (entry.archived and not actor.may_see_unmoderated):
                return None
            if entry.state is not ContributionState.PUBLISHED and not actor.may_see_unmoderated:
                return None
            return rows.photo_of(connection, contribution)

    def changes(self, actor: Actor, kind: str, entry_id: str) -> tuple[Change, ...]:
        """Give the changes of an entry, oldest first, without who made them unless the actor may know.

        Raises
        ------
        NotAllowedError
            When the actor may not see the record, or not the entries of that kind.
        """
        hidden = kind == Contribution.kind and not actor.may_see_unmoderated
        people = kind in {"district_expert", "worked_time", "meeting"} and not actor.may_see_people
        if not actor.may_see_changes or hidden or people:
            raise NotAllowedError(kind)
        with database.reading(self._engine) as connection:
            found = rows.changes_of(connection, kind, entry_id)
        return tuple(writing.shown(actor, change) for change in found)

    # Writing

    def save(
        self,
        actor: Actor,
        kind: str,
        values: Mapping[str, Any],
        *,
        id: str | None = None,  # noqa: A002 - what the field is called
        version: int | None = None,
    ) -> Entry:
        """Make an entry or change one; the whole of it, with its line in the record, or nothing.

        Parameters
        ----------
        actor
            Who does it; the role is checked here, whatever the screen offered.
        kind
            A name of `KINDS`.
        values
            Field → value. Fields that are not named keep their value.
        id, version
            The entry to change, and the version of it that the values were written on; without them one is made.

        Returns
        -------
        The entry as it is now. When the values change nothing, that is the entry as it was.

        Raises
        ------
        NotAllowedError, NotFoundError, InvalidError, UnavailableError
            As their names say.
        ConflictError
            When somebody else has changed the entry since that version.
        """
        action = Action.CREATE if id is None else Action.UPDATE
        writing.check_right(actor, action, kind)
        if kind == Contribution.kind and not actor.may(Action.UPDATE, kind):
            if not actor.has(Role.CONTRIBUTOR, Role.MODERATOR):
                # The public has a way of its own, which asks for consent and gives a receipt.
                raise NotAllowedError(kind)
            values = contribution_rules.as_submitted(values, for_a_circle=True)
        if id is None:
            entry = writing.made(kind, self._dated(kind, values))
            search = PersonalSearch(entry)
            with database.writing(self._engine) as connection:
                return writing.create(connection, actor, entry, search)
        # Searching takes long, and one writes at a time: it is done on the entry as it is now, before others must wait.
        with database.reading(self._engine) as connection:
            before = writing.current(connection, actor, kind, id, version, archived=False)
        search = PersonalSearch(writing.changed(before, values))
        with database.writing(self._engine) as connection:
            before = writing.current(connection, actor, kind, id, version, archived=False)
            return writing.update(connection, actor, before, writing.changed(before, values), search)

    def _dated(self, kind: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        if kind != Contribution.kind:
            return values
        return contribution_rules.with_dates(values, self._today(), self._months_kept)

    def submit(self, values: Mapping[str, Any], photo: StoredPhoto | None = None) -> Submitted:
        """Take a contribution from the public: it waits for a moderator, and comes with a receipt.

        Parameters
        ----------
        values
            Field → value; what only a moderator may say is passed over. `consent` must be given.
        photo
            A picture that was cleaned (`dashboard.register.photos`); then `photo_alt` says what it shows.

        Raises
        ------
        InvalidError
            When a value does not hold, or the text tells who somebody is.
        UnavailableError
            When the database does not answer.
        """
        said = contribution_rules.as_handed_in(values, with_photo=photo is not None)
        receipt = contribution_rules.new_receipt()
        entry = writing.made(Contribution.kind, self._dated(Contribution.kind, said))
        search = PersonalSearch(entry)
        with database.writing(self._engine) as connection:
            entry = writing.create(connection, PUBLIC, entry, search)
            if photo is not None:
                rows.write_photo(connection, entry.id, photo)
            rows.write_receipt(connection, entry.id, contribution_rules.digest_of(receipt))
        if not isinstance(entry, Contribution):
            raise TypeError(entry.kind)
        return Submitted(entry, receipt)

    def has_receipts(self) -> bool:
        """Tell whether anybody holds a receipt with which something can be taken back."""
        with database.reading(self._engine) as connection:
            return rows.has_receipts(connection)

    def standing(self, receipt: str) -> Standing | None:
        """Tell how it went with the contribution that a receipt is for; None when there is none, or it is gone."""
        with database.reading(self._engine) as connection:
            return standing_of(contribution_of(connection, receipt))

    def withdraw(self, receipt: str) -> bool:
        """Remove the contribution that a receipt is for; tell whether there was one."""
        with database.writing(self._engine) as connection:
            entry = contribution_of(connection, receipt)
            if entry is None:
                return False
            writing.remove(connection, PUBLIC, entry)
        return True

    def purge(self, today: date | None = None, *, actor: Actor = OPERATOR) -> int:
        """Remove what was said in contributions whose time is over; give how many there were.

        Raises
        ------
        NotAllowedError
            When the actor is no administrator.
        """
        if not actor.has():
            raise NotAllowedError("purge")
        today = today or self._today()
        if not contribution_rules.those_over(self._cache.entries()[1], today):
            return 0
        with database.writing(self._engine) as connection:
            over = contribution_rules.those_over(rows.all_entries(connection), today)
            for entry in over:
                writing.remove(connection, actor, entry)
        return len(over)

    def archive(self, actor: Actor, kind: str, entry_id: str, version: int) -> Entry:
        """Take an entry off the screen; it can be brought back. Refused as `save` is."""
        return self._set_archived(actor, Action.ARCHIVE, kind, entry_id, version)

    def restore(self, actor: Actor, kind: str, entry_id: str, version: int) -> Entry:
        """Bring an archived entry back. Refused as `save` is."""
        return self._set_archived(actor, Action.RESTORE, kind, entry_id, version)

    def _set_archived(self, actor: Actor, action: Action, kind: str, entry_id: str, version: int) -> Entry:
        writing.check_right(actor, action, kind)
        with database.writing(self._engine) as connection:
            before = writing.current(connection, actor, kind, entry_id, version)
            wanted = action is Action.ARCHIVE
            if before.archived is wanted:
                return before
            after = before.model_copy(update={"archived": wanted, "version": before.version + 1})
            return writing.put(connection, actor, before, after, action)

    # The whole of it

    def snapshot(self) -> Dump:
        """Give everything at one moment, while others go on writing."""
        with database.reading(self._engine) as connection:
            return rows.everything(connection)

    def load(self, dump: Dump, *, replace: bool = False) -> None:
        """Put a dump into an empty register, or in the place of everything; all of it or nothing.

        Raises
        ------
        RegisterError
            `not_empty`, when there is something already and it is not to be replaced.
        """
        with database.writing(self._engine) as connection:
            if not replace and rows.revision(connection) != (0, 0):
                raise RegisterError("not_empty")
            rows.replace_everything(connection, dump)
