"""Reads the fields of JSON answers, each held to the kind that the service documents."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable

from dashboard.sources.fetch_faults import UnreadableAnswerError

Fields = dict[str, object]


def fields_of(document: object, where: str) -> Fields:
    """Give an object of an answer as its fields.

    Raises
    ------
    UnreadableAnswerError
        When it is something else; the message begins with ``where``.
    """
    if not isinstance(document, dict):
        raise _unlike(where, "an object", document)
    return document


def list_in(fields: Fields, name: str, where: str) -> list[object]:
    """Give a list of an object; see ``fields_of``."""
    value = fields.get(name)
    if not isinstance(value, list):
        raise _unlike(f"{where}, {name}", "a list", value)
    return value


def text_in(fields: Fields, name: str, where: str) -> str:
    """Give a text of an object; see ``fields_of``."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise _unlike(f"{where}, {name}", "a text", value)
    return value


def number_in(fields: Fields, name: str, where: str) -> float | None:
    """Give a finite number of an object, or None where it is null or not there; see ``fields_of``."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _unlike(f"{where}, {name}", "a number", value)
    return float(value)


def checksum(documents: Iterable[object]) -> str:
    """Give the SHA-256 of answers in the order in which they were put together, whatever the order of their fields."""
    digest = hashlib.sha256()
    for one in documents:
        digest.update(json.dumps(one, sort_keys=True, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()


def _unlike(where: str, kind: str, value: object) -> UnreadableAnswerError:
    shown = "nothing" if value is None else f"“{str(value)[:60]}”"
    return UnreadableAnswerError(
        f"{where}: {shown} stands where {kind} is documented, so nothing of it is used:"
        " look for a newer version of this program."
    )
