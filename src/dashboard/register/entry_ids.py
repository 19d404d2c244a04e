"""Ids of new entries: from the name where there is one, so that links can be read, and never used twice."""

from __future__ import annotations

import re
import secrets
import unicodedata

from sqlalchemy import Connection

from dashboard.register.entries import Entry
from dashboard.register.rows import ids_of

_LONGEST = 60
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_id(connection: Connection, entry: Entry) -> str:
    """Give an id that no entry of the kind has or had."""
    name = slug_of(str(getattr(entry, "name", "")))
    if not name:
        return _random()
    if not ids_of(connection, entry.kind, [name]):
        return name
    return f"{name}-{_random()}"


def slug_of(name: str) -> str:
    """Give a name in small letters, digits and hyphens: “Utveckling av torget” → `utveckling-av-torget`."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("æ", "ae"))
    signs = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "-".join(re.findall(r"[a-z0-9]+", signs))[:_LONGEST].strip("-")


def _random() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(10))
