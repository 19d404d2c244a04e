"""How the values of an entry's fields are written in a form, as text or choice, and read back with nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from dashboard.register.kinds import KINDS
from dashboard.views.typed_values import read_day, read_money, read_number, read_partial_day, read_whole

#: What a widget holds: a text, a choice (an empty text is none), several choices, or a tick.
Raw = str | list[str] | bool
#: Characters above which a text gets several lines.
LONGEST_LINE = 500
#: How a group of fewer than five is written, whose number is not known.
FEW = "<5"


class FieldKind(StrEnum):
    """How a field is written."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    GROUPS = "groups"
    PARTIAL_DAY = "partial_day"
    DAY = "day"
    MONEY = "money"
    WHOLE = "whole"
    NUMBER = "number"
    CHOICE = "choice"
    TICK = "tick"
    YES_NO = "yes_no"
    ONE = "one"
    MANY = "many"
    PLACE = "place"
    AREA = "area"
    AREAS = "areas"
    INDICATOR = "indicator"
    INDICATORS = "indicators"
    SPLITS = "splits"
    LANGUAGE = "language"


SEVERAL = frozenset({FieldKind.MANY, FieldKind.AREAS, FieldKind.INDICATORS, FieldKind.SPLITS})
ONE_OF = frozenset(
    {
        FieldKind.CHOICE,
        FieldKind.YES_NO,
        FieldKind.ONE,
        FieldKind.PLACE,
        FieldKind.AREA,
        FieldKind.INDICATOR,
        FieldKind.LANGUAGE,
    }
)
#: Fields whose type alone does not tell how they are written.
_BY_NAME = {
    "place": FieldKind.PLACE,
    "area": FieldKind.AREA,
    "areas": FieldKind.AREAS,
    "indicator": FieldKind.INDICATOR,
    "indicators": FieldKind.INDICATORS,
    "splits": FieldKind.SPLITS,
    "language": FieldKind.LANGUAGE,
    "participants": FieldKind.GROUPS,
    **dict.fromkeys(("start", "end", "started", "source_date"), FieldKind.PARTIAL_DAY),
    **dict.fromkeys(("budget", "applied_amount", "granted_amount", "amount", "pay"), FieldKind.MONEY),
}
_YES, _NO = "yes", "no"


def field_kind(kind: str, field: str) -> FieldKind:
    """Give how a field of a kind of entry is written."""
    if field in KINDS[kind].references:
        return FieldKind.MANY if _base(kind, field) is tuple else FieldKind.ONE
    if field in _BY_NAME:
        return _BY_NAME[field]
    return _by_type(kind, field)


def _by_type(kind: str, field: str) -> FieldKind:
    base = _base(kind, field)
    if issubclass(base, Enum):
        return FieldKind.CHOICE
    if base is bool:
        return FieldKind.YES_NO if is_optional(kind, field) else FieldKind.TICK
    if base is str:
        return FieldKind.TEXT if (most_characters(kind, field) or 0) > LONGEST_LINE else FieldKind.LINE
    plain = {date: FieldKind.DAY, int: FieldKind.WHOLE, float: FieldKind.NUMBER, tuple: FieldKind.LINES}
    return plain[base]


def is_optional(kind: str, field: str) -> bool:
    """Tell whether a field may be without a value."""
    return NoneType in set(_types(KINDS[kind].model_fields[field].annotation))


def is_required(kind: str, field: str) -> bool:
    """Tell whether an entry cannot be made without something in the field."""
    info = KINDS[kind].model_fields[field]
    if not info.is_required():
        return False
    if _base(kind, field) is not str:
        return True
    # The text of a contribution is required by a rule that looks at its state too.
    return (
        any(getattr(one, "min_length", 0) for one in info.metadata)
        or field == "text"
        or field_kind(kind, field) in ONE_OF
    )


def most_characters(kind: str, field: str) -> int | None:
    """Give how long the text of a field may be; None when it is no text."""
    limits = [one.max_length for one in KINDS[kind].model_fields[field].metadata if hasattr(one, "max_length")]
    return min(limits, default=None)


def limits(kind: str, field: str) -> tuple[float | None, float | None]:
    """Give the least and the greatest number that a field takes."""
    info = KINDS[kind].model_fields[field]
    found = [*info.metadata, *_metadata(info.annotation)]
    low = [one.ge for one in found if hasattr(one, "ge")] + [one.gt for one in found if hasattr(one, "gt")]
    high = [one.le for one in found if hasattr(one, "le")] + [one.lt for one in found if hasattr(one, "lt")]
    return (max(low) if low else None), (min(high) if high else None)


def choices(kind: str, field: str) -> list[str]:
    """Give the values of a field that is one of a few."""
    return [str(one.value) for one in _enum(kind, field)]


def _enum(kind: str, field: str) -> Iterable[Enum]:
    base = _base(kind, field)
    return base if issubclass(base, Enum) else ()


def _base(kind: str, field: str) -> type[Any]:
    return next(one for one in _types(KINDS[kind].model_fields[field].annotation) if one is not NoneType)


def _types(annotation: Any) -> Iterator[type[Any]]:  # noqa: ANN401 - an annotation can be anything
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _types(get_args(annotation)[0])
    elif origin in {Union, UnionType}:
        for one in get_args(annotation):
            yield from _types(one)
    else:
        yield origin or annotation


def _metadata(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    if get_origin(annotation) is Annotated:
        for one in annotation.__metadata__:
            yield from one.metadata if isinstance(one, FieldInfo) else (one,)
    if get_origin(annotation) in {Annotated, Union, UnionType}:
        for one in get_args(annotation):
            yield from _metadata(one)


def shown(kind: str, field: str, value: Any, language: str) -> Raw:  # noqa: ANN401 - a field can hold anything
    """Give a value as the form's widget holds it."""
    how = field_kind(kind, field)
    if how in SEVERAL:
        return [str(one) for one in value or ()]
    if how is FieldKind.TICK:
        return bool(value)
    if value is None:
        return ""
    return _written(how, value, language)


def _written(how: FieldKind, value: Any, language: str) -> str:  # noqa: ANN401
    if isinstance(value, Enum):
        return str(value.value)
    if how is FieldKind.NUMBER:
        # In full, where Python would write 1e-07.
        text = f"{Decimal(repr(value)):f}".removesuffix(".0")
        return text.replace(".", ",") if language == "sv" else text
    writer = _WRITERS.get(how)
    return str(value) if writer is None else writer(value)


_WRITERS: Mapping[FieldKind, Callable[[Any], str]] = {
    FieldKind.LINES: "\n".join,
    FieldKind.GROUPS: lambda groups: "\n".join(f"{group}: {FEW if n is None else n}" for group, n in groups.items()),
    FieldKind.YES_NO: lambda value: _YES if value else _NO,
    FieldKind.MONEY: lambda value: f"{value:,}".replace(",", " "),
    FieldKind.DAY: lambda value: str(value.isoformat()),
}


def parsed(kind: str, field: str, raw: Raw) -> tuple[Any, str]:
    """Read what a widget holds.

    Returns
    -------
    The value, and the code of the fault when it is none; an empty code otherwise.
    """
    if not isinstance(raw, str):
        return (tuple(raw) if isinstance(raw, list) else raw), ""
    how = field_kind(kind, field)
    if not raw.strip() and _base(kind, field) not in {str, tuple, dict}:
        return None, "" if is_optional(kind, field) else "required"
    if not raw and how in ONE_OF | {FieldKind.PARTIAL_DAY}:
        return None, "required" if is_required(kind, field) else ""
    reader = _READERS.get(how)
    if reader is None:
        return raw, ""
    value, fault = reader(raw)
    return value, fault


def _read_lines(text: str) -> tuple[Any, str]:
    return tuple(line.strip() for line in text.splitlines() if line.strip()), ""


def _read_groups(text: str) -> tuple[Any, str]:
    groups: dict[str, int | None] = {}
    for line in (line for line in text.splitlines() if line.strip()):
        name, _, count = line.rpartition(":")
        written = count.replace(" ", "").replace("\u00a0", "")
        number = None if written == FEW else read_whole(count)
        if not name.strip() or name.strip() in groups or (number is None and written != FEW):
            return {}, "no_group"
        groups[name.strip()] = number
    return groups, ""


def _read_yes_no(text: str) -> tuple[Any, str]:
    return {_YES: True, _NO: False}.get(text), ""


def _read_day(text: str) -> tuple[Any, str]:
    day = read_day(text)
    return day, "no_date" if day is None else ""


def _read_partial_day(text: str) -> tuple[Any, str]:
    return read_partial_day(text), ""


def _read_whole(text: str) -> tuple[Any, str]:
    number = read_whole(text)
    return number, "no_number" if number is None else ""


def _read_money(text: str) -> tuple[Any, str]:
    number = read_money(text)
    return number, "no_money" if number is None else ""


def _read_number(text: str) -> tuple[Any, str]:
    number = read_number(text)
    return number, "no_number" if number is None else ""


_READERS: Mapping[FieldKind, Any] = {
    FieldKind.LINES: _read_lines,
    FieldKind.GROUPS: _read_groups,
    FieldKind.YES_NO: _read_yes_no,
    FieldKind.WHOLE: _read_whole,
    FieldKind.MONEY: _read_money,
    FieldKind.NUMBER: _read_number,
    FieldKind.DAY: _read_day,
    FieldKind.PARTIAL_DAY: _read_partial_day,
}
