"""Works indicators out of the cells of a table: whole arrays at a time, since a country has ten million of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard.sources.area_codes import AreaCode, existed
from dashboard.sources.json_stat import MISSING, PUBLISHED, SUPPRESSED, Cube
from dashboard.sources.scb_choice import AREAS, PERIODS, resolved, year_of
from dashboard.sources.scb_recipe_form import Cells, Made, Recipe
from dashboard.sources.tidy import Status

Numbers = npt.NDArray[np.float64]
Marks = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

#: What a number in ``Figures.told`` stands for: status and note.
ABSENT, PART_ABSENT, NO_WHOLE, WITHHELD, PRINTED, WORKED_OUT = range(6)
TOLD: tuple[tuple[Status, str], ...] = (
    ("missing", "absent_in_source"),
    ("missing", "part_missing"),
    ("missing", "whole_is_zero"),
    ("suppressed", "suppressed_at_source"),
    ("published", ""),
    ("derived", "worked_out_from_counts"),
)
DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """One indicator of a table: arrays with one row an area and one column a year.

    Attributes
    ----------
    made
        How it was made.
    years
        The year of each column.
    values
        NaN where there is none.
    margins
        Of those that have one: the margin of error, NaN where there is none.
    told
        Which of ``TOLD``.
    there
        Whether the area existed in that year.
    possible
        Whether a figure can be there; a growth needs the year before under the same division.
    """

    made: Made
    years: npt.NDArray[np.int16]
    values: Numbers
    margins: Numbers | None
    told: Marks
    there: Mask
    possible: Mask


def figures_of(cube: Cube, recipe: Recipe, areas: Mapping[str, AreaCode], told: str) -> Iterator[Figures]:
    """Work out every indicator of a recipe.

    Parameters
    ----------
    cube
        The cells that were asked for, false zeros taken out.
    recipe
        What is made of them.
    areas
        Code as the service writes it → the area.
    told
        Source and table, for messages.

    Raises
    ------
    ChangedDimensionError
        When the total that a share is of cannot be told.
    """
    table = _table(cube, told)
    periods = table.codes[PERIODS]
    own = [areas[code] for code in table.codes[AREAS]]
    # One code a year: of a table by month, those of one month.
    columns_of = {
        month: np.array([place for place, code in enumerate(periods) if code[4:] == month], dtype=np.int64)
        for month in {made.month for made in recipe.makes}
    }
    existed_in = _existed(own, [year_of(code) for code in periods])
    for made in recipe.makes:
        columns = columns_of[made.month]
        years = np.array([year_of(periods[place]) for place in columns], dtype=np.int16)
        there = existed_in[:, columns]
        values, status, possible = _worked_out(table, made, columns, years, there)
        margins = table.summed(made.margin, columns)[0] if made.margin else None
        yield Figures(made, years, values, margins, status, there, possible)


@dataclass(frozen=True, slots=True)
class _Table:
    """Cells by area, period and the other dimensions in their order."""

    cube: Cube
    values: Numbers
    status: Marks
    codes: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...]
    told: str

    def summed(self, cells: Cells, columns: Places) -> tuple[Numbers, Marks]:
        """Give the sum of some cells by area and column, and whether all are printed, or one withheld or absent."""
        codes = resolved(cells, {name: self.codes[name] for name in self.others}, self.cube.structure, self.told)
        values, status = self.values, self.status
        for axis, name in enumerate(self.others, start=2):
            places = [self.codes[name].index(code) for code in codes[name]]
            values, status = values.take(places, axis=axis), status.take(places, axis=axis)
        over = tuple(range(2, values.ndim))
        sums: Numbers = values.sum(axis=over).take(columns, axis=1)
        printed, withheld = (status == PUBLISHED).all(axis=over), (status == SUPPRESSED).any(axis=over)
        together = np.where(printed, PUBLISHED, np.where(withheld, SUPPRESSED, MISSING)).astype(np.uint8)
        return sums, together.take(columns, axis=1)


def _table(cube: Cube, told: str) -> _Table:
    names = [one.code for one in cube.structure.dimensions]
    others = tuple(name for name in names if name not in {AREAS, PERIODS})
    order = [names.index(name) for name in (AREAS, PERIODS, *others)]
    codes = {one.code: one.codes for one in cube.structure.dimensions}
    return _Table(cube, cube.values.transpose(order), cube.status.transpose(order), codes, others, told)


def _worked_out(
    table: _Table, made: Made, columns: Places, years: npt.NDArray[np.int16], there: Mask
) -> tuple[Numbers, Marks, Mask]:
    """Give values, what is told of each, and where a figure can be."""
    part, status = table.summed(made.part, columns)
    if made.how == "share" and made.whole is not None:
        whole, of_whole = table.summed(made.whole, columns)
        return *_share(part, whole, status, of_whole), there
    if made.how == "growth":
        before = np.array([_place_of(years, int(year) - 1) for year in years], dtype=np.int64)
        possible = there & there[:, before] & (before >= 0)
        values, told = _change(part, part[:, before], status, status[:, before])
        return values, told, possible
    absent = PART_ABSENT if made.note else ABSENT
    told = _marks([status], absent, WORKED_OUT if made.note else PRINTED)
    return np.where(told >= PRINTED, part, np.nan), told, there


def _place_of(years: npt.NDArray[np.int16], year: int) -> int:
    """Give the column of a year, or -1."""
    found = np.flatnonzero(years == year)
    return int(found[0]) if len(found) else -1


def _share(part: Numbers, whole: Numbers, of_part: Marks, of_whole: Marks) -> tuple[Numbers, Marks]:
    told = _marks([of_part, of_whole], PART_ABSENT, WORKED_OUT)
    told[(told == WORKED_OUT) & (whole == 0)] = NO_WHOLE
    ratio = np.divide(100 * part, whole, out=np.full_like(part, np.nan), where=told == WORKED_OUT)
    # SCB changes counts cell by cell, so that a part may come out a person larger than the whole.
    return _rounded(np.minimum(ratio, 100.0)), told


def _change(now: Numbers, before: Numbers, of_now: Marks, of_before: Marks) -> tuple[Numbers, Marks]:
    told = _marks([of_now, of_before], PART_ABSENT, WORKED_OUT)
    told[(told == WORKED_OUT) & (before == 0)] = NO_WHOLE
    ratio = np.divide(now, before, out=np.full_like(now, np.nan), where=told == WORKED_OUT)
    return _rounded((ratio - 1) * 100), told


def _marks(parts: list[Marks], absent: int, there: int) -> Marks:
    """Tell what a figure is: withheld as soon as a part is, else missing as soon as one is."""
    printed = np.all([part == PUBLISHED for part in parts], axis=0)
    withheld = np.any([part == SUPPRESSED for part in parts], axis=0)
    found: Marks = np.where(printed, there, np.where(withheld, WITHHELD, absent)).astype(np.uint8)
    return found


def _rounded(values: Numbers) -> Numbers:
    """Round to three decimals as Python does it; numpy's way gives another digit now and then near the middle."""
    rounded = np.round(values, DECIMALS)
    scaled = values * 10**DECIMALS
    near = np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6
    rounded[near] = [round(value, DECIMALS) for value in values[near].tolist()]
    return rounded


def _existed(areas: list[AreaCode], years: list[int]) -> Mask:
    """Tell by area and year whether the area existed; all areas of a division did in the same years."""
    divisions = {area.vintage: area for area in areas}
    there = np.array([[existed(area, year) for year in years] for area in divisions.values()], dtype=bool)
    places = {vintage: place for place, vintage in enumerate(divisions)}
    found: Mask = there[[places[area.vintage] for area in areas]]
    return found
