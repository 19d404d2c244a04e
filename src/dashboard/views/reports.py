"""Measures as pages ask for them: worked out once and kept for as long as the warehouse stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from dashboard.measures import report, segregation
from dashboard.measures.inference import DRAWS
from dashboard.measures.report import CityComparison, Comparison, ReportRow
from dashboard.measures.segregation import AreaMeasure, CurvePoint
from dashboard.views.context import View
from dashboard.views.method_breaks import breaks_between
from dashboard.views.numbers import rounded
from dashboard.warehouse.connection import Warehouse


@dataclass(frozen=True)
class Slice:
    """A split at a level in a year that the home municipality has figures for."""

    split: str
    level: str
    year: int
    areas: int
    complete: bool
    reason: str | None


@lru_cache(maxsize=8)
def all_slices(warehouse: Warehouse, municipality: str) -> tuple[Slice, ...]:
    """Give every slice of a municipality, complete or not."""
    return tuple(
        Slice(
            str(row["split"]),
            str(row["level"]),
            int(str(row["year"])),
            int(str(row["areas"])),
            row["areas"] == row["known_areas"],
            None if row["reason"] is None else str(row["reason"]),
        )
        for row in warehouse.rows("split_slices", {"municipality": municipality})
    )


def years(warehouse: Warehouse, municipality: str, split: str, level: str) -> list[int]:
    """Give the years in which every area of a level is known for a split, the newest last."""
    slices = all_slices(warehouse, municipality)
    return sorted(one.year for one in slices if (one.split, one.level) == (split, level) and one.complete)


@lru_cache(maxsize=512)
def measures(warehouse: Warehouse, municipality: str, level: str, year: int, split: str) -> tuple[ReportRow, ...]:
    """Give every measure of a slice with interval and floor."""
    if rows := _at_all_levels(warehouse, municipality, year, split).get(level):
        return rows
    # Without areas at the level there is a reason to give.
    with warehouse.cursor() as cursor:
        return tuple(report.measure_report(cursor, municipality, level, year, split))


@lru_cache(maxsize=256)
def _at_all_levels(
    warehouse: Warehouse, municipality: str, year: int, split: str
) -> Mapping[str, tuple[ReportRow, ...]]:
    """Give every measure at each level that has the year: the page shows them side by side, and asks in one go."""
    with warehouse.cursor() as cursor:
        rows = report.measure_report(cursor, municipality, None, year, split)
    levels = dict.fromkeys(row.level for row in rows)
    return MappingProxyType({level: tuple(row for row in rows if row.level == level) for level in levels})


@lru_cache(maxsize=128)
def at_every_level(
    warehouse: Warehouse, municipality: str, year: int, split: str, measure: str
) -> Mapping[str, ReportRow]:
    """Give one measure with its interval at each level that has the year: in a fraction of the time of all of them."""
    with warehouse.cursor() as cursor:
        rows = report.measure_report(cursor, municipality, None, year, split, measure=measure)
    return MappingProxyType({row.level: row for row in rows})


@lru_cache(maxsize=64)
def cities(warehouse: Warehouse, level: str, year: int, split: str) -> tuple[CityComparison, ...]:
    """Give D of every municipality that has figures, and whether it differs from the home one's."""
    with warehouse.cursor() as cursor:
        return tuple(report.compare_cities(cursor, level, year, split))


@lru_cache(maxsize=64)
def values_of_cities(warehouse: Warehouse, level: str, split: str, kind: str) -> Mapping[int, Mapping[str, float]]:
    """Give D of every municipality that has one, year by year, the highest first; how sure they are is not asked."""
    ask = segregation.panel if kind == "two_group" else segregation.multigroup_panel
    with warehouse.cursor() as cursor:
        rows = ask(cursor, level=level, split=split, measures=[dissimilarity_of(kind)])
    found: dict[int, dict[str, float]] = {}
    for row in sorted(rows, key=lambda row: (-(row.value or 0.0), row.municipality)):
        if row.value is not None:
            found.setdefault(row.year, {})[row.municipality] = row.value
    return MappingProxyType(found)


@lru_cache(maxsize=64)
def change(warehouse: Warehouse, municipality: str, level: str, years: tuple[int, int], split: str) -> Comparison:
    """Give the change of D from one year to another with its interval."""
    with warehouse.cursor() as cursor:
        return report.compare_years(cursor, municipality, level, split, before=years[0], after=years[1])


@lru_cache(maxsize=128)
def areas(warehouse: Warehouse, municipality: str, level: str, year: int, split: str) -> tuple[AreaMeasure, ...]:
    """Give share, location quotient and contribution of every area."""
    with warehouse.cursor() as cursor:
        return tuple(segregation.area_measures(cursor, municipality=municipality, level=level, year=year, split=split))


@lru_cache(maxsize=128)
def curve(warehouse: Warehouse, municipality: str, level: str, year: int, split: str) -> tuple[CurvePoint, ...]:
    """Give the points of the segregation curve."""
    with warehouse.cursor() as cursor:
        return tuple(segregation.curve(cursor, municipality=municipality, level=level, year=year, split=split))


def row_of(rows: tuple[ReportRow, ...], measure: str) -> ReportRow | None:
    """Give the row of a measure."""
    return next((row for row in rows if row.measure == measure), None)


def dissimilarity_of(split_kind: str) -> str:
    """Give the name of the dissimilarity that a kind of split has."""
    return "dissimilarity" if split_kind == "two_group" else "multigroup_dissimilarity"


def interval_note(view: View, unit: str) -> str:
    """Say what the uncertainty of a measure is, in the unit that its split counts."""
    return view.t(f"measure.interval_note_{unit}", draws=view.fmt.number(DRAWS))


def change_text(view: View, split: str, level: str, *, with_interval: bool = False) -> str:
    """Say how D has changed since the year before, and whether that is more than chance.

    Over a break of method or of areas it says that the years can't be compared, and nothing of chance.

    Parameters
    ----------
    view, split, level
        Which D.
    with_interval
        Whether the change and its interval are told even when it is within chance.
    """
    known = years(view.warehouse, view.home.code, split, level)
    if len(known) < 2:
        return view.t("measure.no_year_before")
    before, after = known[-2], known[-1]
    breaks = breaks_between(view, view.catalogue.splits[split], level, before, after)
    if breaks:
        key = "measure.change_break" if breaks.same_areas else "measure.change_break_areas"
        method = view.fmt.year(max(breaks.indicators, default=after))
        return view.t(key, method=method, before=view.fmt.year(before), after=view.fmt.year(after))
    found = change(view.warehouse, view.home.code, level, (before, after), split)
    if found.value is None or found.differs is None or found.lower is None or found.upper is None:
        return view.t("measure.no_year_before")
    since, ends = view.fmt.year(before), (found.lower * 100, found.upper * 100)
    if not found.differs and not with_interval:
        return view.t("measure.unchanged", since=since)
    return view.t(
        "measure.change_within" if not found.differs else "measure.change_beyond",
        since=since,
        amount=view.fmt.signed(_shown(view, split, level, after) - _shown(view, split, level, before), 1),
        interval=view.fmt.between(*ends, 1),
    )


def _shown(view: View, split: str, level: str, year: int) -> float:
    """Give D of a year that has one as it is shown, so that nobody finds another difference between two years."""
    found = values_of_cities(view.warehouse, level, split, view.catalogue.splits[split].kind)
    return rounded(100 * found.get(year, {}).get(view.home.code, 0.0), 1)


def marked_difference(view: View, split: str, level: str) -> str:
    """Give the difference to the year before with its interval where a break marks it; else nothing."""
    known = years(view.warehouse, view.home.code, split, level)
    if len(known) < 2:
        return ""
    before, after = known[-2], known[-1]
    found = change(view.warehouse, view.home.code, level, (before, after), split)
    if found.value is None or found.lower is None or found.upper is None:
        return ""
    if not breaks_between(view, view.catalogue.splits[split], level, before, after):
        return ""
    return view.t(
        "measure.marked_difference",
        before=view.fmt.year(before),
        after=view.fmt.year(after),
        amount=view.fmt.signed(found.value * 100, 2),
        interval=view.fmt.between(found.lower * 100, found.upper * 100, 2),
    )
