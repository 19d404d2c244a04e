"""Reads the figures of schools as Skolverket writes them: numbers with a comma, and marks for what is not shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.sources.answer_fields import Fields, fields_of, list_in
from dashboard.sources.fetch_faults import UnreadableAnswerError

#: Kind of value → the mark that is written in the place of a number, and why, in words.
MARKS = {
    "MISSING": (".", "missing"),
    "OMITTED_DUE_TO_BASED_ON_FEW_PUPILS": ("..", "withheld, because of few pupils"),
    "ROUNDED_OFF_DUE_TO_FEW_PUPILS_NOT_ELIGIBLE": ("..", "only told as about 100, because of few pupils"),
    "TEACHERS_EXCLUDED_DUE_TO_NO_REQUIRED_LEGITIMATION": (".", "not relevant, because no certificate is required"),
}
EXISTS = "EXISTS"
#: How Skolverket writes that a number is rounded.
ABOUT = ("cirka", "ca", "~")


@dataclass(frozen=True, slots=True)
class SchoolFigure:
    """One figure of a school: a number, or the mark for none and why."""

    number: float | None
    mark: str = ""
    why: str = ""


#: A figure that the school has no row for.
NONE_GIVEN = SchoolFigure(None, *MARKS["MISSING"])


def series(body: Fields, name: str, most: float, where: str) -> dict[str, SchoolFigure]:
    """Give the figures of a measure by school year, ``2025/26``; none when the school has no such measure.

    Parameters
    ----------
    body
        What the service knows of the school.
    name
        The measure: a list of ``value``, ``valueType`` and ``timePeriod``.
    most
        The largest figure that it can have.
    where
        How messages begin.

    Raises
    ------
    UnreadableAnswerError
        When a row has another form than documented, a kind of value that is not known, or stands twice.
    """
    if body.get(name) is None:
        return {}
    found: dict[str, SchoolFigure] = {}
    for row in list_in(body, name, where):
        fields = fields_of(row, f"{where}, {name}")
        period = fields.get("timePeriod")
        if period is None and fields.get("valueType") == "MISSING":
            continue
        if not isinstance(period, str) or period in found:
            raise UnreadableAnswerError(
                f"{where}: {name} for “{str(period)[:20]}” is not one figure a school year, so nothing of it is used:"
                " try again."
            )
        found[period] = _figure(fields, most, f"{where}, {name} {period}")
    return found


def newest_year(schools: Mapping[str, Mapping[str, SchoolFigure]]) -> str | None:
    """Give the newest school year that any of some schools has a number for."""
    return max((year for one in schools.values() for year, it in one.items() if it.number is not None), default=None)


def number_of(text: str) -> float | None:
    """Give the number that a text of Skolverket's stands for (``239,1``, ``cirka 1 110``); None for anything else."""
    plain = text.replace("\xa0", " ").strip().casefold()
    for word in ABOUT:
        plain = plain.removeprefix(word)
    plain = plain.removesuffix("%").replace(" ", "").replace(",", ".")
    if not plain.isascii() or not plain.replace(".", "", 1).isdecimal():
        return None
    return float(plain)


def _figure(fields: Fields, most: float, where: str) -> SchoolFigure:
    kind, value = fields.get("valueType"), fields.get("value")
    if kind == EXISTS:
        number = number_of(str(value))
        if number is None or number > most:
            raise UnreadableAnswerError(
                f"{where}: “{str(value)[:40]}” is no number up to {most:g}, so nothing of it is used:"
                " look for a newer version of this program."
            )
        return SchoolFigure(number)
    if not isinstance(kind, str) or kind not in MARKS:
        raise UnreadableAnswerError(
            f"{where} is of the kind “{str(kind)[:60]}”, whose meaning is not known, so nothing of it is used:"
            " look for a newer version of this program."
        )
    return SchoolFigure(None, *MARKS[kind])
