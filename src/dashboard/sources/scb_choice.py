"""Which areas, years and codes are asked of a table of Statistics Sweden, found in the table's own metadata."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.sources.area_codes import FIRST_YEAR_OF_2025_DIVISION, AreaCode
from dashboard.sources.false_zeros import area_of_service
from dashboard.sources.fetch_faults import ChangedDimensionError
from dashboard.sources.fetched import Wanted
from dashboard.sources.json_stat import Dimension, Structure
from dashboard.sources.pxweb_selection import Codes
from dashboard.sources.scb_recipe_form import Cells, Recipe, Told

AREAS, PERIODS = "Region", "Tid"
_TOTALS = frozenset({"tot", "total", "totalt", "sa", "samtl", "samtlh", "totsa", "1+2"})
_TOTAL_LABEL = re.compile(r"(total|totalt|totals|samtliga)\b.*", re.IGNORECASE)
_PERIOD = re.compile(r"(\d{4})(M\d{2})?")
# “2584R015 Kiruna (Norrmalm)” in the division of 2025, “Kiruna (Övre Norrmalm)” in the one before.
_NAME = re.compile(r"(?:\d{4}R\d{3} )?[^()]+ \((.+)\)")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is asked of one table.

    Attributes
    ----------
    areas
        Code as the service writes it → the area with its division.
    periods
        Codes of the periods, in the table's order.
    dimensions
        Codes of every other dimension.
    """

    areas: Mapping[str, AreaCode]
    periods: tuple[str, ...]
    dimensions: Codes

    def selections(self, most_cells: int) -> list[Codes]:
        """Give what is to be asked for: one rectangle when it fits a call, else each division for its own years.

        Plain codes have figures until 2023 and suffixed ones from 2024; a rectangle of both is half false zeros, which
        costs nothing in one call and much in a hundred.
        """
        if not self.areas or not self.periods:
            return []
        others = math.prod(len(codes) for codes in self.dimensions.values())
        vintages = {area.vintage is not None and area.vintage >= 2025 for area in self.areas.values() if area.vintage}
        if len(self.areas) * len(self.periods) * others <= most_cells or not vintages:
            return [self._selection(tuple(self.areas), self.periods)]
        early = tuple(code for code in self.periods if year_of(code) < FIRST_YEAR_OF_2025_DIVISION)
        late = tuple(code for code in self.periods if code not in set(early))
        # Municipalities have no division, and their growth needs the year before: they are asked for by themselves.
        parts = [
            (self._codes(lambda area: area.vintage is None), self.periods),
            (self._codes(lambda area: area.vintage in {2018, 2020}), early),
            (self._codes(lambda area: area.vintage == 2025), late),
        ]
        return [self._selection(areas, periods) for areas, periods in parts if areas and periods]

    def _codes(self, keep: Callable[[AreaCode], bool]) -> tuple[str, ...]:
        return tuple(code for code, area in self.areas.items() if keep(area))

    def _selection(self, areas: tuple[str, ...], periods: tuple[str, ...]) -> Codes:
        return {**self.dimensions, AREAS: areas, PERIODS: periods}


def year_of(period: str) -> int:
    """Give the year that the code of a period begins with."""
    return int(period[:4])


def choose(recipe: Recipe, structure: Structure, wanted: Wanted, told: str) -> Chosen:
    """Choose what is asked of a table.

    Parameters
    ----------
    recipe
        What is made of the table.
    structure
        What the table's metadata say.
    wanted
        Municipalities and years.
    told
        Source and table, for messages.

    Raises
    ------
    ChangedDimensionError
        When the table has other dimensions than the recipe names, a dimension that is to have one code has several, a
        period is none, or there are no small areas of the home municipality.
    """
    has = {one.code: one for one in structure.dimensions}
    asked = {AREAS, PERIODS, *recipe.dimensions}
    if set(has) != asked:
        raise ChangedDimensionError(
            f"{told} has the dimensions {', '.join(has)} where {', '.join(sorted(asked))} are expected:"
            " look at the table at the publisher's, and correct its recipe."
        )
    dimensions = {name: _codes_of(has[name], codes, told) for name, codes in recipe.dimensions.items()}
    periods = _periods(has[PERIODS], recipe, wanted, told)
    return Chosen(_areas(has[AREAS], recipe, wanted, told), periods, dimensions)


def resolved(cells: Cells, dimensions: Codes, structure: Structure, told: str) -> dict[str, tuple[str, ...]]:
    """Give the codes of some cells in every dimension of a recipe.

    Raises
    ------
    ChangedDimensionError
        When a dimension has several totals.
    """
    labels = {one.code: one.labels for one in structure.dimensions}
    found: dict[str, tuple[str, ...]] = {}
    for name, every in dimensions.items():
        codes = cells.get(name, every)
        if isinstance(codes, Told):
            codes = _whole(name, every, labels[name], told) if codes is Told.WHOLE else every
        found[name] = (codes,) if isinstance(codes, str) else codes
    return found


def name_of_regso(label: str, code: str) -> str | None:
    """Give the name of a neighbourhood from its label, without municipality and code; None when it tells none."""
    if match := _NAME.fullmatch(label.strip()):
        return match[1].strip()
    bare = label.strip().removeprefix(code).strip()
    return bare or None


def _whole(name: str, codes: tuple[str, ...], labels: Mapping[str, str], told: str) -> tuple[str, ...]:
    """Give the total of a dimension, or all its codes when it has none."""
    totals = [code for code in codes if code.casefold() in _TOTALS or _TOTAL_LABEL.fullmatch(labels.get(code, ""))]
    if len(totals) > 1:
        raise ChangedDimensionError(
            f"{told} has several totals in {name} ({', '.join(totals)}): look which one is meant, and name it"
            " in the table's recipe."
        )
    return tuple(totals) or codes


def _codes_of(dimension: Dimension, codes: tuple[str, ...] | Told, told: str) -> tuple[str, ...]:
    if codes is Told.THE_ONLY and len(dimension.codes) != 1:
        raise ChangedDimensionError(
            f"{told} has {len(dimension.codes)} codes in {dimension.code} ({', '.join(dimension.codes[:5])}) where one"
            " is expected: look which one is meant, and name it in the table's recipe."
        )
    return dimension.codes if isinstance(codes, Told) else codes


def _periods(dimension: Dimension, recipe: Recipe, wanted: Wanted, told: str) -> tuple[str, ...]:
    """Give the periods that are wanted, and the year before each where a growth is worked out."""
    months = {made.month for made in recipe.makes}
    before = any(made.how == "growth" for made in recipe.makes)
    found = []
    for code in dimension.codes:
        match = _PERIOD.fullmatch(code)
        if match is None:
            raise ChangedDimensionError(
                f"{told} has the period “{code}”, which is neither a year nor a month: look what it stands for."
            )
        year = year_of(code)
        if (match[2] or "") not in months or year > (recipe.last_year or year):
            continue
        if wanted.wants(year) or (before and wanted.wants(year + 1)):
            found.append(code)
    return tuple(found)


def _areas(dimension: Dimension, recipe: Recipe, wanted: Wanted, told: str) -> dict[str, AreaCode]:
    municipalities = frozenset(wanted.municipalities)
    found: dict[str, AreaCode] = {}
    for code in dimension.codes:
        if code[:4] not in municipalities:
            continue
        try:
            area = area_of_service(code)
        except ValueError as error:
            raise ChangedDimensionError(
                f"{told}: {error}. Look whether the publisher has renamed its codes."
            ) from error
        if area is not None and area.level in recipe.levels:
            found[code] = area
    there = {area.level for area in found.values() if area.municipality == wanted.municipality}
    if absent := sorted(recipe.levels - there):
        if recipe.levels == {"municipality"}:
            # A survey need not cover every municipality.
            return found
        raise ChangedDimensionError(
            f"{told} has no {absent[0]} of municipality {wanted.municipality}: look whether the code is right"
            " and whether the publisher has renamed its areas."
        )
    return found
