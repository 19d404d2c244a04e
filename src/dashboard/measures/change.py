"""What a change between two years consists of: its parts, and which areas drove it, with how sure each is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.measures.counts import SliceKey, stream
from dashboard.measures.cursor import Cursor
from dashboard.measures.decomposition import FOR_DRAWS, Measure, Parts, divide_by_rank, divide_change
from dashboard.measures.formulas import Array, multigroup_dissimilarity, multigroup_entropy
from dashboard.measures.inference import DRAWS, Interval, UndefinedMeasureError, basic_interval, redraw
from dashboard.measures.segregation import query

#: The measures whose change is divided. For two groups they are D and H themselves.
DIVIDED: dict[str, Measure] = {
    "dissimilarity": multigroup_dissimilarity,
    "entropy": multigroup_entropy,
    "multigroup_dissimilarity": multigroup_dissimilarity,
    "multigroup_entropy": multigroup_entropy,
}
#: The parts of a change, as `decomposition.Parts` names them; the first two together are the composition.
PARTS = ("groups", "areas", "structure", "settled")


@dataclass(frozen=True, slots=True)
class AreaPart:
    """What one area adds to a change, in the measure's own unit; both kinds of sign occur."""

    area_code: str
    before: float
    after: float
    change: Interval

    @property
    def certain(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.change.lower is not None and (self.change.lower > 0 or (self.change.upper or 0.0) < 0)


@dataclass(frozen=True, slots=True)
class Divided:
    """A change of one measure with its parts, which sum to it, and the areas, which sum to it too.

    ``composition`` is the groups' and the areas' sizes together. ``by_rank`` is the other counterfactual, for two
    groups: what comes from the areas' sizes and what from the groups' shares; None for several groups.
    """

    measure: str
    change: Interval
    composition: Interval
    parts: dict[str, Interval]
    by_rank: tuple[float, float] | None
    areas: tuple[AreaPart, ...]


def area_parts(measure: str, n: Array) -> Array:
    """Answer what each area adds to D or H of a table (…, areas, groups); the areas sum to the measure.

    For D tⱼ Σ|πⱼₘ − πₘ| / (2·T·I), which for two groups is ½ |x/X − y/Y|; for H tⱼ Σ πⱼₘ ln(πⱼₘ/πₘ) / (T·E).
    Both are 0 for an area with the mix of the city and never negative.
    """
    persons = n.sum(axis=-1)
    everybody = persons.sum(axis=-1)[..., None]
    city = n.sum(axis=-2) / everybody
    expected = persons[..., None] * city[..., None, :]
    if measure.endswith("dissimilarity"):
        interaction = (city * (1 - city)).sum(axis=-1)[..., None]
        return np.asarray(np.abs(n - expected).sum(axis=-1) / (2 * everybody * interaction))
    ratio = np.divide(n, expected, out=np.ones_like(n), where=n > 0)
    diversity = -(city * np.log(np.where(city > 0, city, 1.0))).sum(axis=-1)[..., None]
    return np.asarray((n * np.log(ratio)).sum(axis=-1) / (everybody * diversity))


def divided_change(
    cursor: Cursor,
    municipality: str,
    level: str,
    split: str,
    *,
    before: int,
    after: int,
    measure: str,
) -> Divided:
    """Answer what a change of D or H consists of, and which areas drove it.

    Parameters
    ----------
    cursor
        A cursor of the warehouse (``split_count``, ``group_count``).
    municipality, level, split
        Which slices.
    before, after
        The two years.
    measure
        One of ``DIVIDED``.

    Raises
    ------
    UndefinedMeasureError
        With the reason: ``other_areas`` when the years do not have the same areas, ``no_counterfactual`` when empty
        areas stand in the way, or why one of the years has no value.

    Notes
    -----
    The draws are those of the intervals: persons drawn anew in each year, independently (`inference.redraw`).
    """
    tables = _tables(cursor, municipality, level, split, (before, after))
    codes, first = tables[before]
    if codes != tables[after][0]:
        raise UndefinedMeasureError("other_areas")
    second = tables[after][1]
    work_out = DIVIDED[measure]
    drawn_first, drawn_second = (
        _drawn(n, (municipality, level, year, split)) for year, n in ((before, first), (after, second))
    )
    parts = divide_change(work_out, first, second)
    if np.isnan(parts.structure):
        raise UndefinedMeasureError("no_counterfactual")
    drawn = divide_change(work_out, drawn_first, drawn_second, FOR_DRAWS)
    change = float(work_out(second) - work_out(first))
    return Divided(
        measure,
        basic_interval(change, work_out(drawn_second) - work_out(drawn_first), clip=False),
        basic_interval(float(parts.groups + parts.areas), drawn.groups + drawn.areas, clip=False),
        {name: _interval(name, parts, drawn) for name in PARTS},
        divide_by_rank(work_out, first, second) if first.shape[1] == 2 else None,
        _areas(measure, codes, (first, second), (drawn_first, drawn_second)),
    )


def same_areas(cursor: Cursor, municipality: str, level: str, split: str, years: tuple[int, int]) -> bool:
    """Answer whether two years have the same areas; codes carry the division that they belong to."""
    values = {"municipality": municipality, "level": level, "split": split, "before": years[0], "after": years[1]}
    codes: dict[int, set[str]] = {year: set() for year in years}
    for year, code, _ in cursor.execute(query("area_counts"), values).fetchall():
        codes[year].add(code)
    return codes[years[0]] == codes[years[1]]


def _interval(name: str, parts: Parts, drawn: Parts) -> Interval:
    return basic_interval(float(getattr(parts, name)), getattr(drawn, name), clip=False)


def _areas(
    measure: str, codes: list[str], tables: tuple[Array, Array], drawn: tuple[Array, Array]
) -> tuple[AreaPart, ...]:
    before, after = (area_parts(measure, n) for n in tables)
    moved = area_parts(measure, drawn[1]) - area_parts(measure, drawn[0])
    return tuple(
        AreaPart(
            code,
            float(before[i]),
            float(after[i]),
            basic_interval(float(after[i] - before[i]), moved[:, i], clip=False),
        )
        for i, code in enumerate(codes)
    )


def _tables(
    cursor: Cursor, municipality: str, level: str, split: str, years: tuple[int, int]
) -> dict[int, tuple[list[str], Array]]:
    """Return the areas and their counts, year by year."""
    values = {"municipality": municipality, "level": level, "split": split, "before": years[0], "after": years[1]}
    codes: dict[int, list[str]] = {year: [] for year in years}
    counts: dict[int, list[list[float | None]]] = {year: [] for year in years}
    for year, code, n in cursor.execute(query("area_counts"), values).fetchall():
        codes[year].append(code)
        counts[year].append(n)
    return {year: (codes[year], _checked(counts[year])) for year in years}


def _checked(rows: list[list[float | None]]) -> Array:
    """Return the counts as a table, or say why they have no measure."""
    if not rows:
        raise UndefinedMeasureError("no_areas")
    if any(value is None for row in rows for value in row) or len({len(row) for row in rows}) > 1:
        raise UndefinedMeasureError("missing_values")
    n = np.array(rows, dtype=np.float64)
    if not np.isfinite(n).all() or (n < 0).any():
        raise UndefinedMeasureError("impossible_counts")
    if n.sum() == 0:
        raise UndefinedMeasureError("no_people")
    if (n.sum(axis=0) == 0).any():
        raise UndefinedMeasureError("group_absent")
    return n


def _drawn(n: Array, key: SliceKey) -> Array:
    """Redraw the inhabited areas of a table, as the intervals of its slice do."""
    lived_in = n.sum(axis=1) > 0
    drawn = np.zeros((DRAWS, *n.shape))
    drawn[:, lived_in, :] = redraw(n[lived_in], DRAWS, stream(key))
    return drawn
