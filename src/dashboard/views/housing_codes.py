"""Housing scenarios as they stand in an address: compact, with the version of the writing and a check against damage.

``1.k3f.b-1488C1090-b-200_c-1488R011-h-50-a`` is version 1, the check k3f, and two steps. Without the check a link that
was cut (“200” become “20”) would be read as another scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from dashboard.measures.scenarios import MOST_STEPS, Step
from dashboard.views.housing_stock import Housing, short_code

VERSION = "1"
FIELD, PART, BETWEEN = ".", "-", "_"
KIND_LETTERS = {"build": "b", "convert": "c", "move": "m", "demolish": "d"}
TENURE_LETTERS = {"dwellings_rented": "h", "dwellings_tenant_owned": "b", "dwellings_owner_occupied": "a"}
_KINDS = {letter: kind for kind, letter in KIND_LETTERS.items()}
_TENURES = {letter: tenure for tenure, letter in TENURE_LETTERS.items()}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MOST_DIGITS = 6


@dataclass(frozen=True)
class ReadScenario:
    """What a text of the address stands for; ``problem`` is ``version``, ``damaged`` or ``unknown`` if for nothing."""

    steps: tuple[Step, ...]
    problem: str | None = None


def scenario_code(steps: Sequence[Step]) -> str:
    """Give a scenario as it stands in the address."""
    body = BETWEEN.join(_step_code(step) for step in steps)
    return FIELD.join((VERSION, _check(body), body))


def read_scenario(housing: Housing, code: str) -> ReadScenario:
    """Give the scenario that a text of the address stands for in a city, or why it stands for none."""
    version, _, rest = code.partition(FIELD)
    if version != VERSION:
        return ReadScenario((), "version" if version.isdecimal() else "damaged")
    check, _, body = rest.partition(FIELD)
    if not body or check != _check(body):
        return ReadScenario((), "damaged")
    steps = [_step_of(housing, one) for one in body.split(BETWEEN)]
    known = tuple(step for step in steps if step is not None)
    if len(known) < len(steps) or len(known) > MOST_STEPS:
        return ReadScenario((), "unknown")
    return ReadScenario(known)


def _step_code(step: Step) -> str:
    parts = [KIND_LETTERS[step.kind], short_code(step.area), TENURE_LETTERS[step.group], str(step.number)]
    if step.to_group is not None:
        parts.append(TENURE_LETTERS[step.to_group])
    if step.to_area is not None:
        parts.append(short_code(step.to_area))
    return PART.join(parts)


def _step_of(housing: Housing, code: str) -> Step | None:
    letter, *parts = code.split(PART)
    kind = _KINDS.get(letter)
    if kind is None or len(parts) != (4 if kind in {"convert", "move"} else 3):
        return None
    area, group, number = housing.full_code(parts[0]), _TENURES.get(parts[1]), parts[2]
    if area is None or group not in housing.stock.groups or not _is_number(number):
        return None
    if kind == "convert":
        to_group = _TENURES.get(parts[3])
        return None if to_group not in housing.stock.groups else Step(kind, int(number), group, area, to_group=to_group)
    if kind == "move":
        to_area = housing.full_code(parts[3])
        return None if to_area is None else Step(kind, int(number), group, area, to_area=to_area)
    return Step(kind, int(number), group, area)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and not text.startswith("0")


def _check(body: str) -> str:
    rest, found = crc32(body.encode()), ""
    for _ in range(3):
        rest, digit = divmod(rest, len(_DIGITS))
        found += _DIGITS[digit]
    return found
