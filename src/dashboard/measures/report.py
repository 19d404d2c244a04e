"""Every measure with how sure it is: what the command line prints and the pages show."""

from __future__ import annotations

from dataclasses import dataclass, replace

import duckdb

from dashboard.measures.counts import Counts, SliceKey, TwoGroups, counts, has_several_groups
from dashboard.measures.cursor import Cursor
from dashboard.measures.inference import Sample, basic_interval, difference
from dashboard.measures.segregation import (
    MULTIGROUP_MEASURES,
    TWO_GROUP_MEASURES,
    MeasureRow,
    multigroup_panel,
    panel,
)

#: The order of a report: corrected D follows D.
REPORT_MEASURES = (
    TWO_GROUP_MEASURES[0],
    "corrected_dissimilarity",
    *TWO_GROUP_MEASURES[1:],
    *MULTIGROUP_MEASURES,
)
#: The measures that a random floor stands beside.
WITH_FLOOR = ("dissimilarity", "multigroup_dissimilarity")
#: How far the ends of an interval move from one set of 1 000 draws to another.
NOISE_OF_DRAWS = 0.0005


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One measure of one slice; a value that is None has its ``reason``.

    ``lower`` and ``upper`` are the 95 per cent interval (None for corrected D, and where too few draws have
    an answer); ``random_floor`` is None except for the measures of ``WITH_FLOOR``.
    """

    municipality: str
    level: str
    year: int
    split: str
    measure: str
    value: float | None
    lower: float | None
    upper: float | None
    random_floor: float | None
    areas: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much a measure differs between two slices, with the interval of the difference.

    ``differs`` tells whether the interval leaves out 0. All are None where ``reason`` says why.
    """

    measure: str
    value: float | None
    lower: float | None
    upper: float | None
    differs: bool | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in two years, and how much it differs (after minus before)."""

    before: ReportRow
    after: ReportRow
    difference: Comparison


@dataclass(frozen=True, slots=True)
class CityComparison:
    """D of one city, and ``difference``: home minus this city (None for the home city itself)."""

    city: ReportRow
    difference: Comparison | None


@dataclass(frozen=True, slots=True)
class _Slice:
    """The measures of one slice and what they rest on; without an answer there are no counts."""

    rows: list[MeasureRow]
    counts: Counts | None

    def sample(self) -> Sample | None:
        """Redraw the slice for the measures that have a value."""
        defined = [row.measure for row in self.rows if row.value is not None]
        return self.counts.sample(defined) if self.counts is not None and defined else None

    def report(self, sample: Sample | None) -> list[ReportRow]:
        """Put the interval and the random floor beside each value, and the corrected D after D."""
        result = []
        for row in self.rows:
            lower = upper = floor = None
            if row.value is not None and sample is not None and self.counts is not None:
                ends = basic_interval(row.value, sample.drawn[row.measure])
                lower, upper = ends.lower, ends.upper
                floor = self.counts.random_floor() if row.measure in WITH_FLOOR else None
            result.append(ReportRow(*_key(row), row.measure, row.value, lower, upper, floor, row.areas, row.reason))
        return result

    def corrected(self, dissimilarity: ReportRow) -> ReportRow:
        """Return the row of the corrected D that belongs to a row of D."""
        value = self.counts.corrected_dissimilarity() if isinstance(self.counts, TwoGroups) else None
        # What chance adds is taken out of it, so the floor of D is not its floor.
        return replace(
            dissimilarity, measure="corrected_dissimilarity", value=value, lower=None, upper=None, random_floor=None
        )


def measure_report(
    cursor: Cursor,
    municipality: str | None = None,
    level: str | None = None,
    year: int | None = None,
    split: str | None = None,
    *,
    measure: str | None = None,
) -> list[ReportRow]:
    """Answer everything that is measured of the slices asked for, with intervals and random floors.

    Parameters
    ----------
    cursor
        A cursor of the warehouse (``split_count``, ``group_count``).
    municipality, level, year, split
        Which slices; None for all.
    measure
        The one measure that is wanted, of those of the panel; None for all. Its interval is the same either way.

    Returns
    -------
    list of ReportRow
        By slice, and in the order of ``REPORT_MEASURES``. A slice named by all four keys that has no areas is
        answered with the reason ``no_areas``.
    """
    rows: list[ReportRow] = []
    for part in _slices(cursor, municipality, level, year, split, measure=measure):
        for row in part.report(part.sample()):
            rows.append(row)
            if row.measure == "dissimilarity" and measure is None:
                rows.append(part.corrected(row))
    return sorted(rows, key=lambda row: (_key(row), REPORT_MEASURES.index(row.measure)))


def compare_cities(
    cursor: duckdb.DuckDBPyConnection, level: str, year: int, split: str, *, home: str | None = None
) -> list[CityComparison]:
    """Answer whether the home city's D differs from each other city's by more than chance.

    Parameters
    ----------
    cursor
        A cursor of the warehouse.
    level, year, split
        Which slices of all municipalities; for a split of several groups the multigroup D.
    home
        Code of the home city; None for the one with the role ``home`` in table ``municipality``.

    Returns
    -------
    list of CityComparison
        Highest D first, cities without an answer last.

    Raises
    ------
    ValueError
        If no home city is given and the warehouse names none.
    """
    if home is None:
        found = cursor.execute("SELECT code FROM municipality WHERE role = 'home'").fetchone()
        if found is None:
            raise ValueError("the warehouse names no home municipality")
        home = str(found[0])
    measure = _dissimilarity(cursor, split)
    parts = [(part, part.sample()) for part in _slices(cursor, None, level, year, split, measure=measure)]
    rows = {part.rows[0].municipality: (part.report(sample)[0], sample) for part, sample in parts}
    own, own_sample = rows.get(home, (None, None))
    cities = []
    for code, (row, sample) in rows.items():
        reason = "no_areas" if own is None else row.reason or own.reason
        compared = None if code == home else _comparison(measure, sample, own_sample, reason)
        cities.append(CityComparison(row, compared))
    return sorted(cities, key=lambda one: (one.city.value is None, -(one.city.value or 0), one.city.municipality))


def compare_years(
    cursor: duckdb.DuckDBPyConnection,
    municipality: str,
    level: str,
    split: str,
    *,
    before: int,
    after: int,
) -> Comparison:
    """Answer whether D of one city has changed by more than chance; the value is after minus before.

    For a split of several groups it is the multigroup D.
    """
    measure = _dissimilarity(cursor, split)
    parts = _years(cursor, municipality, level, split, (before, after), measure=measure)
    reason = next((row.reason for part in parts for row in part.rows if row.reason), None)
    first, second = (part.sample() for part in parts)
    return _comparison(measure, first, second, reason)


def compare_measures(
    cursor: duckdb.DuckDBPyConnection,
    municipality: str,
    level: str,
    split: str,
    *,
    before: int,
    after: int,
) -> list[Change]:
    """Answer for every measure whether it has changed by more than chance, in the order of ``REPORT_MEASURES``.

    The intervals rest on the draws of the two years' own intervals. Corrected D has its change and no interval.
    """
    first, second = _years(cursor, municipality, level, split, (before, after))
    samples = first.sample(), second.sample()
    changes = []
    for old, new in zip(first.report(samples[0]), second.report(samples[1]), strict=True):
        defined = old.value is not None and new.value is not None
        found = _comparison(old.measure, *(samples if defined else (None, None)), old.reason or new.reason)
        changes.append(Change(old, new, found))
        if old.measure == "dissimilarity":
            corrected = first.corrected(old), second.corrected(new)
            before_value, after_value = (one.value for one in corrected)
            moved = None if before_value is None or after_value is None else after_value - before_value
            changes.append(
                Change(*corrected, Comparison("corrected_dissimilarity", moved, None, None, None, found.reason))
            )
    return sorted(changes, key=lambda one: REPORT_MEASURES.index(one.before.measure))


def _key(row: MeasureRow | ReportRow) -> SliceKey:
    return (row.municipality, row.level, row.year, row.split)


def _dissimilarity(cursor: duckdb.DuckDBPyConnection, split: str) -> str:
    return "multigroup_dissimilarity" if has_several_groups(cursor, split) else "dissimilarity"


def _slices(
    cursor: Cursor,
    municipality: str | None,
    level: str | None,
    year: int | None,
    split: str | None,
    *,
    measure: str | None = None,
) -> list[_Slice]:
    """Return the slices asked for; one measure of them, or all."""
    slices = []
    for several in (False, True) if split is None else (has_several_groups(cursor, split),):
        ask = multigroup_panel if several else panel
        measures = None if measure is None else [measure]
        rows: dict[SliceKey, list[MeasureRow]] = {}
        for row in ask(cursor, municipality=municipality, level=level, year=year, split=split, measures=measures):
            rows.setdefault(_key(row), []).append(row)
        known = counts(cursor, several=several, municipality=municipality, level=level, year=year, split=split)
        slices += [_Slice(measured, known.get(key)) for key, measured in rows.items()]
    return slices


def _years(
    cursor: Cursor, municipality: str, level: str, split: str, years: tuple[int, int], *, measure: str | None = None
) -> list[_Slice]:
    """Return the slices of two years; they are asked for together, for a query takes as long for one as for all."""
    known = {part.rows[0].year: part for part in _slices(cursor, municipality, level, None, split, measure=measure)}
    return [
        known[year] if year in known else _slices(cursor, municipality, level, year, split, measure=measure)[0]
        for year in years
    ]


def _comparison(measure: str, before: Sample | None, after: Sample | None, reason: str | None) -> Comparison:
    if before is None or after is None:
        return Comparison(measure, None, None, None, None, reason)
    change = difference(before, after, measure)
    differs = None
    if change.lower is not None and change.upper is not None:
        # An end nearer to 0 than the draws' own noise may fall on either side with other draws.
        differs = change.lower > NOISE_OF_DRAWS or change.upper < -NOISE_OF_DRAWS
    return Comparison(measure, change.value, change.lower, change.upper, differs, None)
