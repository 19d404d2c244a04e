"""The kinds of values that entries of the register hold, each with its check.

A check that fails raises `PydanticCustomError`, whose type is the code of the fault (`register.fault_<code>`).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_MONEY = 100_000_000_000
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_KEPT_CONTROLS = {"\n", "\t"}
# Marks that turn the direction of the text after them; one left open would turn the rest of the page.
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF], "")


def clean_text(value: object) -> object:
    """Give a text as it is stored: composed letters, plain line ends, nothing that no screen shows.

    Databases refuse the sign NUL and lone surrogates; other control characters are of no use to a reader.
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode("utf-8")
    text = "".join(c for c in text if c in _KEPT_CONTROLS or unicodedata.category(c) != "Cc")
    # Composed last: what was taken out may have stood between a letter and its accent.
    return unicodedata.normalize("NFC", text.translate(_DIRECTION_MARKS)).strip()


def _none_when_empty(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _partial_date(value: str) -> str:
    if not _PARTIAL.fullmatch(value) or not value.isascii():
        raise PydanticCustomError("no_partial_date", "neither a year, a month nor a day")
    first_day(value)
    return value


def first_day(partial: str) -> date:
    """Give the first day of a year (`2021`), a month (`2021-09`) or the day itself.

    Raises
    ------
    PydanticCustomError
        When there is no such day.
    """
    return _day(partial, last=False)


def last_day(partial: str) -> date:
    """Give the last day of a year, a month, or the day itself."""
    return _day(partial, last=True)


def _day(partial: str, *, last: bool) -> date:
    parts = [int(part) for part in partial.split("-")]
    try:
        year = parts[0]
        month = parts[1] if len(parts) > 1 else (12 if last else 1)
        day = parts[2] if len(parts) > 2 else (monthrange(year, month)[1] if last else 1)
        found = date(year, month, day)
    except ValueError as error:
        raise PydanticCustomError("no_partial_date", "no such day") from error
    return _within_reach(found)


def _within_reach(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError("year_out_of_reach", "a year between 1900 and 2100")
    return value


def _no_repeats(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _link(value: str) -> str:
    parts = urlsplit(value)
    # Any other scheme, `javascript:` say, would run when a reader follows it.
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", value)):
        raise PydanticCustomError("no_link", "an address that begins with https://")
    return value


def _area_code(value: str) -> str:
    if not re.fullmatch(r"\d{4}(R\d{3}|[ABC]\d{4})", value, re.ASCII):
        raise PydanticCustomError("no_area", "a code of a RegSO or a DeSO")
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", value):
        raise PydanticCustomError("no_id", "small letters, digits and hyphens")
    return value


_Cleaned = BeforeValidator(clean_text)
_Optional = BeforeValidator(_none_when_empty)

#: A name or a heading, which must be there.
Name = Annotated[str, _Cleaned, Field(min_length=1, max_length=200)]
#: One line, which may be empty.
Line = Annotated[str, _Cleaned, Field(max_length=300)]
#: Some paragraphs, which may be empty.
Paragraphs = Annotated[str, _Cleaned, Field(max_length=4000)]
Lines = Annotated[tuple[Line, ...], Field(max_length=60), AfterValidator(_no_repeats)]
Slug = Annotated[str, Field(max_length=80), AfterValidator(_slug)]
Slugs = Annotated[tuple[Slug, ...], Field(max_length=60), AfterValidator(_no_repeats)]
AreaCode = Annotated[str, AfterValidator(_area_code)]
AreaCodes = Annotated[tuple[AreaCode, ...], Field(max_length=60), AfterValidator(_no_repeats)]
MunicipalityCode = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
#: `2021`, `2021-09` or `2021-09-01`: as exact as it is known.
PartialDate = Annotated[str, AfterValidator(_partial_date)]
Day = Annotated[date, AfterValidator(_within_reach)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
#: Swedish kronor, whole.
Money = Annotated[int, Field(ge=0, le=MOST_MONEY)]
Link = Annotated[str, _Cleaned, Field(max_length=500), AfterValidator(_link)]

OptionalSlug = Annotated[Slug | None, _Optional]
OptionalArea = Annotated[AreaCode | None, _Optional]
OptionalPartialDate = Annotated[PartialDate | None, _Optional]
OptionalDay = Annotated[Day | None, _Optional]
OptionalMoney = Annotated[Money | None, _Optional]
OptionalYear = Annotated[Year | None, _Optional]
