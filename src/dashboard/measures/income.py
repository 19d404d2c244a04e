"""Income segregation of one slice, as the command prints it and the page shows it: H^R, and D of its two ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from dashboard.measures.counts import SliceKey, stream
from dashboard.measures.formulas import dissimilarity
from dashboard.measures.inference import UndefinedMeasureError, table_of
from dashboard.measures.rank_order import IncomeSegregation, category_counts, income_segregation, rank_order_entropy
from dashboard.measures.report import ReportRow
from dashboard.measures.segregation import MeasureRow

Shares: TypeAlias = Sequence[Sequence[float | None]]
Persons: TypeAlias = Sequence[float | None]

#: What stands in the place of a split, also in the key of the stream of random numbers.
QUARTILES = "income_quartiles"
INCOME_MEASURES = ("rank_order_entropy", "dissimilarity_of_ends")


def quartile_segregation(
    municipality: str, level: str, year: int, shares: Shares, persons: Persons
) -> IncomeSegregation | str:
    """Give H^R and D of the ends with their intervals, or the reason why there is none.

    Parameters
    ----------
    municipality, level, year
        The slice; it has random numbers of its own, so the interval is the same wherever it is shown.
    shares
        Per cent of the persons in each quartile, the lowest first, one row an area.
    persons
        The persons of each area.
    """
    try:
        counts = category_counts(shares, persons)
        return income_segregation(counts, seed=stream((municipality, level, year, QUARTILES)))
    except UndefinedMeasureError as error:
        return error.reason


def income_report(municipality: str, level: str, year: int, shares: Shares, persons: Persons) -> list[ReportRow]:
    """Answer both ``INCOME_MEASURES`` with intervals and floors; parameters as `quartile_segregation`."""
    key = (municipality, level, year, QUARTILES)
    found = quartile_segregation(municipality, level, year, shares, persons)
    if isinstance(found, str):
        return [
            ReportRow(*key, measure, None, None, None, None, _inhabited(persons), found) for measure in INCOME_MEASURES
        ]
    return [
        ReportRow(*key, measure, one.value, one.lower, one.upper, one.floor, found.areas, None)
        for measure, one in zip(INCOME_MEASURES, (found.rank_order, found.ends), strict=True)
    ]


def income_panel(municipality: str, level: str, year: int, shares: Shares, persons: Persons) -> list[MeasureRow]:
    """Answer both measures without intervals, so that nothing is drawn; parameters as `quartile_segregation`."""
    key: SliceKey = (municipality, level, year, QUARTILES)
    try:
        n = table_of(category_counts(shares, persons))
    except UndefinedMeasureError as error:
        return [MeasureRow(*key, measure, None, _inhabited(persons), error.reason) for measure in INCOME_MEASURES]
    values = (float(rank_order_entropy(n)), float(dissimilarity(n[:, 0], n[:, -1])))
    return [
        MeasureRow(*key, measure, value, len(n), None) for measure, value in zip(INCOME_MEASURES, values, strict=True)
    ]


def _inhabited(persons: Persons) -> int:
    return sum(one is not None and one > 0 for one in persons)
