"""Texts that are meant to be run instead of read, and a register that has one of them in every field."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from dashboard.access import OPERATOR
from dashboard.register.entries import Entry
from dashboard.register.kinds import KINDS
from dashboard.register.store import Register

HOSTILE = (
    "x'); DROP TABLE project; --",
    "x'; DELETE FROM change; COMMIT; --",
    '" OR ""="',
    "x\\'; UPDATE project SET archived = TRUE; --",
    "$$; DROP TABLE circle; $$ %s %(id)s :id ? {0} {id} $1 %%",
    "<script>window.hostile = 1</script>",
    "<img src=https://example.org/x.png onerror='window.hostile = 1'> </textarea></style><b class=hostile>",
    "[x](javascript:window.hostile=1) ![x](https://example.org/x.png) $x^2$ :red[x] <a class=hostile href=//x>x</a>",
    "=HYPERLINK(1) \t {{7*7}} ${7*7} %0d%0a \\u0000 &lt;b&gt;",
)
#: For fields that take a few signs only.
SHORT = "';--<b>"
HOME = {"municipality": "1488"}
#: Kind → what it needs at least; names in braces are ids of entries made before.
LEAST: dict[str, dict[str, Any]] = {
    "focus_area": {**HOME, "position": 1, "name": "x"},
    "project": {**HOME, "name": "x", "status": "planned", "place": "kronogards-torg"},
    "milestone": {"project": "{project}", "name": "x"},
    "linked_indicator": {"project": "{project}", "indicator": "foreign_background", "baseline_year": 2024},
    "decision": {"project": "{project}", "body": "x", "text": "x"},
    "funder": {**HOME, "name": "x"},
    "grant": {**HOME, "name": "x", "funder": "{funder}", "state": "planned"},
    "spending": {"grant": "{grant}", "on": "2026-01-01", "amount": 1, "what": "x"},
    "circle": {**HOME, "name": "x"},
    "meeting": {"circle": "{circle}", "on": "2026-01-01"},
    "district_expert": {"circle": "{circle}", "pseudonym": "x"},
    "worked_time": {"district_expert": "{district_expert}", "on": "2026-01-01", "hours": 1, "pay": 1},
    "contribution": {**HOME, "text": "x", "not_names": True, "state": "published", "place": "kronogards-torg"},
    "trace_step": {"contribution": "{contribution}", "step": "discussed", "on": "2026-01-01"},
}


def accepts(kind: str, values: dict[str, Any]) -> bool:
    try:
        KINDS[kind].model_validate(values)
    except ValidationError:
        return False
    return True


def least_of(kind: str, ids: dict[str, str]) -> dict[str, Any]:
    return {name: value.format(**ids) if isinstance(value, str) else value for name, value in LEAST[kind].items()}


def filled(kind: str, values: dict[str, Any], text: str) -> dict[str, Any]:
    """Put a text into every field that takes one: as itself, in an address, in a list, as the name of a group."""
    found: dict[str, Any] = {}
    for name in KINDS[kind].model_fields.keys() - {"id", "version", "archived"}:
        shapes = (text, SHORT, f"https://example.org/{''.join(text.split())}", [text, SHORT], {text: 7, SHORT: 8})
        found |= next(({name: shape} for shape in shapes if accepts(kind, values | {name: shape})), {})
    return found


def make_one_of_each(register: Register, text: str) -> list[tuple[Entry, dict[str, Any]]]:
    made: list[tuple[Entry, dict[str, Any]]] = []
    ids: dict[str, str] = {}
    for kind in KINDS:
        least = least_of(kind, ids)
        hostile = filled(kind, least, text)
        entry = register.save(OPERATOR, kind, least | hostile)
        ids[kind] = entry.id
        made.append((entry, hostile))
    return made
