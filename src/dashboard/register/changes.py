"""The register's memory: who changed what, when, and what it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: Fields that every change of an entry changes; a reader of the record is not told.
_BOOKKEEPING = frozenset({"id", "version"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one entry.

    Attributes
    ----------
    number
        Counts up over the whole register.
    at
        When, in UTC.
    action
        `create`, `update`, `archive`, `restore` or `remove`.
    kind, entry_id
        The entry.
    role
        In which role; a name of `dashboard.access.Role`, or `seed`.
    sign_in
        Who; None when the reader of the record may not know.
    before, after
        The entry's values; `before` is None when it was made. Both are None once the text was removed.
    """

    number: int
    at: datetime
    action: str
    kind: str
    entry_id: str
    role: str
    sign_in: str | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    def changed(self) -> tuple[str, ...]:
        """Give the fields whose values differ between before and after."""
        before, after = self.before or {}, self.after or {}
        names = [*after, *(name for name in before if name not in after)]
        return tuple(name for name in names if name not in _BOOKKEEPING and before.get(name) != after.get(name))
