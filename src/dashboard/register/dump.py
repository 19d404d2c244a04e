"""The whole register at one moment, to be written to files, moved or restored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.register.changes import Change
from dashboard.register.entries import Entry


@dataclass(frozen=True)
class StoredPhoto:
    """A picture as it is stored."""

    media_type: str
    content: bytes


@dataclass(frozen=True)
class Dump:
    """Everything that the register holds.

    Attributes
    ----------
    entries
        All entries, archived ones too, each after those that it may name.
    changes
        The record of changes, oldest first, with who made them.
    photos
        Contribution → its picture.
    receipts
        Contribution → the digest of its receipt.
    """

    entries: tuple[Entry, ...] = ()
    changes: tuple[Change, ...] = ()
    photos: Mapping[str, StoredPhoto] = field(default_factory=dict)
    receipts: Mapping[str, str] = field(default_factory=dict)
