"""What has changed in the roadmap since a moment, as all may know it: of what stands there now, and never by whom.

Of an entry that is not shown any more nothing is told but that there was one: what was taken away is not brought back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from dashboard.register.changes import Change
from dashboard.register.contents import Contents, Kind
from dashboard.register.entries import Decision, Entry, LinkedIndicator, Milestone, Project
from dashboard.register.grant_entries import Grant, Spending
from dashboard.register.kinds import KINDS

#: The kinds that are told of, each before those that belong to it.
_TOLD: tuple[type[Entry], ...] = (Project, Milestone, LinkedIndicator, Decision, Grant, Spending)
_NAMES = frozenset(kind.kind for kind in _TOLD)
#: Fields that no reader needs to be told of: the register's own, and the order on the screen.
_SILENT = frozenset({"id", "version", "archived", "municipality", "position"})
#: In which role the entries are written that a register begins with: nobody has added them.
_SEED = "seed"


@dataclass(frozen=True)
class Difference:
    """An entry that is not what it was.

    Attributes
    ----------
    entry
        As it is now.
    before
        As it was; None when it is new, or cannot be read any more.
    new
        Whether it was not there.
    fields
        What of it has another value; empty for a new one.
    """

    entry: Entry
    before: Entry | None = None
    new: bool = False
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Since:
    """What has changed since a moment.

    Attributes
    ----------
    moment
        The moment, or that of the first change on record when that is later.
    whole
        Whether the record reaches back to the moment that was asked for.
    before
        The register as it was then, of what is still shown.
    differences
        The entries that have changed, in the order that they are read in.
    removed
        Kind and the id of what it belonged to, empty for a project or a grant → how many entries were shown then and
        are not any more.
    """

    moment: datetime
    whole: bool
    before: Contents
    differences: tuple[Difference, ...] = ()
    removed: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def of(self, kind: type[Kind], parent: str | None = None) -> tuple[tuple[Kind, Difference], ...]:
        """Give the differences of a kind; with the id of a parent, those of what belongs to it."""
        found = ((one.entry, one) for one in self.differences)
        return tuple(
            (entry, one)
            for entry, one in found
            if isinstance(entry, kind)
            and (parent is None or (entry.parent and getattr(entry, entry.parent[0]) == parent))
        )

    def difference_of(self, entry: Entry) -> Difference | None:
        """Give what is different of an entry, or None when nothing is."""
        return next((one for one in self.differences if (one.entry.kind, one.entry.id) == (entry.kind, entry.id)), None)


def changes_since(contents: Contents, changes: Iterable[Change], moment: datetime, municipality: str) -> Since:
    """Give what has changed since a moment.

    Parameters
    ----------
    contents
        What everybody may see now; of other entries nothing is told.
    changes
        The record of changes, oldest first.
    moment
        Changes of this moment and later are told.
    municipality
        Whose roadmap it is.
    """
    every = list(changes)
    begins = every[0].at if every else moment
    # What a register began with is no change, whenever that was.
    late = [one for one in every if one.at >= moment and one.role != _SEED]
    first: dict[tuple[str, str], Change] = {}
    for one in late:
        first.setdefault((one.kind, one.entry_id), one)
    found = [
        difference
        for kind in _TOLD
        for entry in contents.of(kind)
        if (change := first.get((kind.kind, entry.id)))
        and (difference := _difference(entry, change.before)) is not None
    ]
    return Since(
        moment=max(moment, begins),
        whole=begins <= moment,
        before=_rolled_back(contents, found),
        differences=tuple(found),
        removed=_removed(contents, first, municipality),
    )


def _difference(entry: Entry, before: Mapping[str, Any] | None) -> Difference | None:
    if before is None or before.get("archived"):
        return Difference(entry, new=True)
    now = entry.model_dump(mode="json")
    changed = tuple(name for name in now if name not in _SILENT and now[name] != before.get(name))
    return Difference(entry, _read(entry.kind, before), fields=changed) if changed else None


def _read(kind: str, values: Mapping[str, Any]) -> Entry | None:
    try:
        return KINDS[kind].model_validate(dict(values))
    except ValidationError:
        # Written by an older version of the dashboard: that it has changed is all that can be said.
        return None


def _rolled_back(contents: Contents, found: Iterable[Difference]) -> Contents:
    was = {(one.entry.kind, one.entry.id): one for one in found}

    def before(entries: tuple[Kind, ...]) -> tuple[Kind, ...]:
        kept: list[Kind] = []
        for entry in entries:
            one = was.get((entry.kind, entry.id))
            if one is None or not one.new:
                kept.append(one.before if one is not None and isinstance(one.before, type(entry)) else entry)
        return tuple(kept)

    return replace(
        contents,
        projects=before(contents.projects),
        milestones=before(contents.milestones),
        grants=before(contents.grants),
        spending=before(contents.spending),
    )


def _removed(
    contents: Contents, first: Mapping[tuple[str, str], Change], municipality: str
) -> dict[tuple[str, str], int]:
    shown = {(entry.kind, entry.id) for entry in contents}
    found: Counter[tuple[str, str]] = Counter()
    for (kind, entry_id), earliest in first.items():
        before = earliest.before
        if before is None or before.get("archived") or (kind, entry_id) in shown or kind not in _NAMES:
            continue
        parent = KINDS[kind].parent
        if parent is None and before.get("municipality") == municipality:
            found[kind, ""] += 1
        elif parent is not None and (parent[1], str(before.get(parent[0]))) in shown:
            # What belonged to an entry that is gone went with it.
            found[kind, str(before[parent[0]])] += 1
    return dict(found)
