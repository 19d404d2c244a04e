"""The home municipality's dwellings by tenure, as scenarios change them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.catalogue import Split
from dashboard.measures.scenarios import Outcome, ScenarioError, Step, Stock, compare, place
from dashboard.views import reports
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.warehouse.connection import Warehouse

SPLIT = "tenure"
LEVEL = "deso"


@dataclass(frozen=True, eq=False)
class Housing:
    """The dwellings of a year, and what the areas are called.

    Parameters
    ----------
    stock
        Counts by small area and tenure.
    year
        The year that they are of.
    nested
        Whether the neighbourhood (RegSO) of every small area is known, so that H can be divided.
    labels
        Area code → what people call it, neighbourhoods among them.
    small
        Codes of the neighbourhoods and, under each, those of its small areas.
    """

    stock: Stock
    year: int
    nested: bool
    labels: dict[str, str]
    small: dict[str, tuple[str, ...]]

    def full_code(self, code: str) -> str | None:
        """Give the area code that a code without its year of division stands for here."""
        return next((known for known in self.labels if short_code(known) == code), None)


def short_code(area_code: str) -> str:
    """Give an area's code without the year of its division: 1488C1090_DeSO2025 is 1488C1090."""
    return area_code.partition("_")[0]


def tenure_split(view: View) -> Split | None:
    """Give the split into forms of tenure, if the catalogue has one."""
    return view.catalogue.splits.get(SPLIT)


def current_housing(view: View) -> Housing | None:
    """Give the dwellings of the newest year in which every area is known; None without one."""
    split = tenure_split(view)
    years = reports.years(view.warehouse, view.home.code, SPLIT, LEVEL) if split is not None else []
    if split is None or not years:
        return None
    return _housing(view.warehouse, view.home.code, years[-1], split.groups)


@lru_cache(maxsize=4)
def _housing(warehouse: Warehouse, municipality: str, year: int, groups: tuple[str, ...]) -> Housing:
    parameters = {"municipality": municipality, "level": LEVEL, "year": year, "split": SPLIT}
    counts: dict[str, list[float]] = {}
    for row in warehouse.rows("group_counts", parameters):
        counts.setdefault(str(row["area_code"]), []).append(float(str(row["n"])))
    areas = {area.area_code: area for area in home_areas(warehouse, municipality, LEVEL) if area.area_code in counts}
    codes = tuple(sorted(areas))
    around = {code: areas[code].regso_code for code in codes}
    labels = {area.area_code: area.label for area in home_areas(warehouse, municipality, "regso")}
    nested = all(regso in labels for regso in around.values())
    small: dict[str, tuple[str, ...]] = {}
    for code in codes:
        # Where no neighbourhood is known the small area stands for itself.
        regso = around[code] if nested else code
        small[str(regso)] = (*small.get(str(regso), ()), code)
    named = {code: labels[code] for code in labels if code in small} | {code: areas[code].label for code in codes}
    belongs = {code: regso for regso, members in small.items() for code in members}
    stock = Stock(codes, tuple(belongs[code] for code in codes), groups, np.array([counts[code] for code in codes]))
    return Housing(stock, year, nested, named, small)


def workable(housing: Housing, steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], dict[int, ScenarioError]]:
    """Give the steps that can be made one after the other, and why each of the rest cannot, by its position."""
    made: tuple[Step, ...] = ()
    refused: dict[int, ScenarioError] = {}
    for position, step in enumerate(steps):
        try:
            place(housing.stock, (*made, step))
        except ScenarioError as error:
            refused[position] = error
        else:
            made = (*made, step)
    return made, refused


@lru_cache(maxsize=64)
def outcome(housing: Housing, steps: tuple[Step, ...]) -> Outcome:
    """Give what a scenario does, worked out once; ScenarioError when a step cannot be made."""
    return compare(housing.stock, steps)
