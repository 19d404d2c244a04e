"""Measures of segregation from the warehouse: each function runs one query for all slices asked for.

A slice is one municipality, level, year and split. The queries read the relations ``split_count`` (two
groups: x persons of the group among t) and ``group_count`` (several groups); a temporary view of the same
name takes their place. The formulas are in ``docs/measures``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from dashboard.measures.cursor import Cursor

TWO_GROUP_MEASURES = (
    "dissimilarity",
    "gini",
    "isolation",
    "exposure",
    "correlation_ratio",
    "entropy",
    "entropy_between",
    "entropy_within",
    "within_between",
)
MULTIGROUP_MEASURES = ("multigroup_entropy", "multigroup_dissimilarity")

#: Why a value is empty. A reason given with the counts (``not_published``, say) is passed on as it is.
REASONS = (
    "no_areas",
    "missing_values",
    "impossible_counts",
    "no_people",
    "group_absent",
    "rest_absent",
    "empty_area",
    "no_regso",
    "not_deso",
    "no_segregation",
    "other_areas",
    "no_counterfactual",
    "k_too_large",
    "no_coordinates",
    "too_few_areas",
    "no_variation",
    "no_neighbours",
)

QueryName = Literal["segregation", "multigroup", "areas", "curve", "counts", "group_counts", "area_counts"]
_WHOLE = ("multigroup", "counts", "group_counts", "area_counts")


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of one slice; ``areas`` counts the inhabited ones, ``reason`` says why a value is None."""

    municipality: str
    level: str
    year: int
    split: str
    measure: str
    value: float | None
    areas: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class AreaMeasure:
    """One area of one slice: how its share p compares with the city's, and what it adds to D.

    ``direction`` is ``over``, ``under`` or ``equal`` (to the city's share); ``contribution`` sums to 1 over
    the areas of a slice, both poles together. ``reason`` says why a value of the row is None.
    """

    municipality: str
    level: str
    year: int
    split: str
    area_code: str
    regso_code: str | None
    x: float | None
    t: float | None
    p: float | None
    city_share: float | None
    direction: str | None
    location_quotient: float | None
    contribution: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of the segregation curve; position 0 is the corner (0, 0), which no area stands for."""

    municipality: str
    level: str
    year: int
    split: str
    position: int
    area_code: str | None
    rest: float
    group: float
    p: float | None


@cache
def query(name: QueryName) -> str:
    """Return the SQL of one of the queries, complete, as it is run and as a reader can run it again.

    Parameters
    ----------
    name
        ``segregation`` (two groups), ``multigroup``, ``areas``, ``curve``, and the counts behind them,
        ``counts``, ``group_counts`` and, area by area, ``area_counts``.
    """
    folder = resources.files(__package__)
    text = (folder / f"{name}.sql").read_text(encoding="utf-8")
    if name in _WHOLE:
        return text
    return (folder / "slices.sql").read_text(encoding="utf-8") + text


def panel(
    cursor: Cursor,
    *,
    municipality: str | None = None,
    level: str | None = None,
    year: int | None = None,
    split: str | None = None,
    measures: Sequence[str] | None = None,
) -> list[MeasureRow]:
    """Answer how unevenly two groups live, for every slice asked for, in one query.

    Parameters
    ----------
    cursor
        A cursor of the warehouse, with ``split_count(municipality, level, year, split, area_code,
        regso_code, x, t, reason)``; x and t are persons (or dwellings), any non-negative numbers.
    municipality, level, year, split
        Which slices; None for all.
    measures
        Which of ``TWO_GROUP_MEASURES``; None for all.

    Returns
    -------
    list of MeasureRow
        Ordered by slice and measure. A slice asked for by all four keys that has no areas at all is
        answered too, with the reason ``no_areas``.

    Notes
    -----
    Massey & Denton 1988; Reardon & Firebaugh 2002; the split of H between and within RegSO: Elbers 2021.
    """
    return _measures(cursor, "segregation", TWO_GROUP_MEASURES, measures, (municipality, level, year, split))


def multigroup_panel(
    cursor: Cursor,
    *,
    municipality: str | None = None,
    level: str | None = None,
    year: int | None = None,
    split: str | None = None,
    measures: Sequence[str] | None = None,
) -> list[MeasureRow]:
    """Answer how unevenly several groups live (Reardon & Firebaugh 2002); parameters as `panel`.

    Reads ``group_count(municipality, level, year, split, area_code, regso_code, position, n, reason)``.
    """
    return _measures(cursor, "multigroup", MULTIGROUP_MEASURES, measures, (municipality, level, year, split))


def area_measures(
    cursor: Cursor,
    *,
    municipality: str | None = None,
    level: str | None = None,
    year: int | None = None,
    split: str | None = None,
) -> list[AreaMeasure]:
    """Answer which areas lie above and below the city's share and what each adds to D.

    Parameters as `panel`; ordered by slice and area code.
    """
    values = parameters(municipality, level, year, split)
    return [AreaMeasure(*row) for row in cursor.execute(query("areas"), values).fetchall()]


def curve(
    cursor: Cursor,
    *,
    municipality: str | None = None,
    level: str | None = None,
    year: int | None = None,
    split: str | None = None,
) -> list[CurvePoint]:
    """Return the points of the segregation curve, from (0, 0) to (1, 1), by rising share of the group.

    Parameters as `panel`. A slice without an answer has no points; `panel` says why.
    """
    values = parameters(municipality, level, year, split)
    return [CurvePoint(*row) for row in cursor.execute(query("curve"), values).fetchall()]


def parameters(municipality: str | None, level: str | None, year: int | None, split: str | None) -> dict[str, object]:
    """Return the values that the queries bind; None stands for all."""
    return {"municipality": municipality, "level": level, "year": year, "split": split}


def _measures(
    cursor: Cursor,
    name: QueryName,
    known: tuple[str, ...],
    wanted: Sequence[str] | None,
    key: tuple[str | None, str | None, int | None, str | None],
) -> list[MeasureRow]:
    measures = known if wanted is None else tuple(wanted)
    unknown = sorted(set(measures) - set(known))
    if unknown:
        raise ValueError(f"unknown measure: {', '.join(unknown)}; known are {', '.join(known)}")
    municipality, level, year, split = key
    values = parameters(municipality, level, year, split) | {"measures": list(measures)}
    rows = [MeasureRow(*row) for row in cursor.execute(query(name), values).fetchall()]
    if not rows and municipality and level and year is not None and split:
        # The query has nothing to group; the question was clear, so it gets its answer.
        rows = [MeasureRow(municipality, level, year, split, m, None, 0, "no_areas") for m in measures]
    rank = {measure: position for position, measure in enumerate(known)}
    return sorted(rows, key=lambda row: (row.municipality, row.level, row.year, row.split, rank[row.measure]))
