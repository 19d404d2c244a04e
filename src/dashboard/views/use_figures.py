"""What was observed and answered at a place as it may be shown: what leaves here has lost its small numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.disclosure import Shown, finest, may_be_shown, protect, protect_margins
from dashboard.sources.use_fields import ACTIVITIES, AGES, GENDERS, POSTURES, SCALE, VISITS
from dashboard.views.use_words import DOING, MOVING
from dashboard.warehouse.connection import Warehouse

#: Breakdowns of the people who were seen, and their parts in the order of the screen.
PARTS: dict[str, tuple[str, ...]] = {
    "gender": GENDERS,
    "age": AGES,
    DOING: (*POSTURES, *MOVING),
    "activity": ACTIVITIES,
}
#: The five steps of a scale, and the three that they are shown in when single steps are too few.
SCALE_STEPS = (("1",), ("2",), ("3",), ("4",), ("5",))
SCALE_THIRDS = (("1", "2"), ("3",), ("4", "5"))


@dataclass(frozen=True)
class Totals:
    """What there is at a place; None where it is so little that it is not told."""

    sessions: int
    minutes: int
    people: int | None
    answers: int | None
    ratings: int
    observed: tuple[dt.date, dt.date] | None
    answered: tuple[dt.date, dt.date] | None
    rated: tuple[dt.date, dt.date] | None

    @property
    def nothing(self) -> bool:
        """Whether nothing was observed, answered or rated at all."""
        return not (self.observed or self.answered or self.rated)


@dataclass(frozen=True)
class Part:
    """A part of a breakdown; `people` is None where the number is hidden."""

    codes: tuple[str, ...]
    people: int | None
    share: float | None = None


@dataclass(frozen=True)
class TimePart:
    """An hour or a day of the week: the people seen, the minutes observed, and people per hour of observation."""

    number: int
    people: int | None
    minutes: int

    @property
    def rate(self) -> float | None:
        """People per hour that was observed."""
        return None if self.people is None else self.people / self.minutes * 60


@dataclass(frozen=True)
class Breakdown:
    """A breakdown: all people together, and its parts."""

    total: int | None
    parts: tuple[Part, ...]
    mean: float | None = None

    @property
    def hides(self) -> bool:
        """Whether a number is hidden."""
        return any(part.people is None for part in self.parts)


@lru_cache(maxsize=32)
def totals(warehouse: Warehouse, place: str) -> Totals:
    """Give what there is at a place."""
    (row,) = warehouse.rows("use_totals", {"place": place})

    def span(what: str) -> tuple[dt.date, dt.date] | None:
        first, last = row[f"first_{what}"], row[f"last_{what}"]
        return (first, last) if isinstance(first, dt.date) and isinstance(last, dt.date) else None

    people, answers = _number(row["people"]), _number(row["answers"])
    return Totals(
        sessions=_number(row["sessions"]),
        minutes=_number(row["minutes"]),
        people=people if may_be_shown(people) else None,
        answers=answers if may_be_shown(answers) else None,
        ratings=_number(row["ratings"]),
        observed=span("session"),
        answered=span("answer"),
        rated=span("rating"),
    )


@lru_cache(maxsize=32)
def times(warehouse: Warehouse, place: str) -> tuple[tuple[TimePart, ...], tuple[TimePart, ...]]:
    """Give the people seen by hour, and by day of the week (1 = Monday)."""
    rows = warehouse.rows("use_times", {"place": place})
    table = {(_number(row["hour"]), _number(row["weekday"])): _number(row["people"]) for row in rows}
    margins = protect_margins(table)

    def parts(name: str, shown: Shown) -> tuple[TimePart, ...]:
        numbers = sorted({_number(row[name]) for row in rows})
        minutes = [sum(_number(row["minutes"]) for row in rows if row[name] == number) for number in numbers]
        return tuple(TimePart(*part) for part in zip(numbers, shown.counts, minutes, strict=True))

    return parts("hour", margins[0]), parts("weekday", margins[1])


@lru_cache(maxsize=64)
def people(warehouse: Warehouse, place: str, field: str) -> Breakdown:
    """Give the people seen by one of `PARTS`."""
    rows = warehouse.rows("use_people", {"place": place})
    counts = {str(row["code"] or ""): _number(row["people"]) for row in rows if row["field"] == field}
    codes = [*PARTS[field], *([""] if counts.get("") else [])]
    return _breakdown([(code,) for code in codes], protect([counts.get(code, 0) for code in codes]))


@lru_cache(maxsize=64)
def answers(warehouse: Warehouse, place: str, question: str) -> Breakdown:
    """Give the answers to a question of the survey; a scale in three steps when five would show too few.

    The mean is given only where every step is shown, because it is one more equation for what is hidden.
    """
    rows = warehouse.rows("use_answers", {"place": place})
    counts = {str(row["answer"]): _number(row["people"]) for row in rows if row["question"] == question}
    if question == "visits":
        return _breakdown([(code,) for code in VISITS], protect([counts.get(code, 0) for code in VISITS]))
    groupings = (SCALE_STEPS, SCALE_THIRDS)
    positions = [[[SCALE.index(code) for code in group] for group in grouping] for grouping in groupings]
    chosen, shown = finest([counts.get(code, 0) for code in SCALE], positions)
    means = {str(row["question"]): row["mean"] for row in warehouse.rows("use_answer_means", {"place": place})}
    known = means.get(question) if chosen == 0 and shown.complete else None
    return _breakdown(groupings[chosen], shown, known if isinstance(known, float) else None)


def _breakdown(groups: Sequence[tuple[str, ...]], shown: Shown, mean: float | None = None) -> Breakdown:
    def share(count: int | None) -> float | None:
        return 100 * count / shown.total if count is not None and shown.total else None

    parts = tuple(Part(codes, count, share(count)) for codes, count in zip(groups, shown.counts, strict=True))
    return Breakdown(shown.total, parts, mean)


def _number(value: object) -> int:
    return int(str(value))
