"""The newest figures of the home municipality's areas, and which areas pass a filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.views.context import View
from dashboard.warehouse.connection import Warehouse

# Counts that exist to work out a share or measure; they answer no question of their own.
INTERNAL = frozenset({"labour_force_estimated", "population_25_65_estimated", "population_65_plus", "income_persons"})
# The order of columns and choices; what is not named comes after, in the catalogue's order.
FIRST = (
    "population",
    "foreign_background_share",
    "low_economic_standard_share",
    "disposable_income_median",
    "employment_rate_20_64",
    "unemployment_rate_20_64",
    "post_secondary_education_share",
    "rental_tenure_share",
    "one_person_household_share",
    "age_20_34_share",
    "age_65_plus_share",
    "population_growth",
    "socio_economic_index",
)


@dataclass(frozen=True)
class Figure:
    """One figure of one area."""

    area_code: str
    indicator: str
    year: int
    value: float | None
    status: str
    note: str
    source: str


@dataclass(frozen=True)
class Range:
    """A filter: the newest value of an indicator must lie within the limits."""

    indicator: str
    low: float
    high: float


Figures = Mapping[str, Mapping[str, Figure]]


@lru_cache(maxsize=8)
def newest(warehouse: Warehouse, municipality: str, level: str) -> Figures:
    """Give the newest figures: indicator → area code → figure."""
    found: dict[str, dict[str, Figure]] = {}
    for row in warehouse.rows("area_values", {"municipality": municipality, "level": level}):
        figure = _figure(row)
        found.setdefault(figure.indicator, {})[figure.area_code] = figure
    return found


def all_years(warehouse: Warehouse, areas: Sequence[str], indicators: Sequence[str]) -> list[Figure]:
    """Give the figures of some areas in every year that there is."""
    return [
        _figure(row) for row in warehouse.rows("area_series", {"areas": list(areas), "indicators": list(indicators)})
    ]


def _figure(row: Mapping[str, object]) -> Figure:
    value = row["value"]
    return Figure(
        str(row["area_code"]),
        str(row["indicator"]),
        int(str(row["year"])),
        value if isinstance(value, float) else None,
        str(row["status"]),
        str(row["note"]),
        str(row["source"]),
    )


def choices(view: View, level: str) -> list[str]:
    """Give the indicators that a visitor can colour, filter and compare areas by."""
    there = [
        name
        for name in newest(view.warehouse, view.home.code, level)
        if view.catalogue.indicator(name).family is None and name not in INTERNAL
    ]
    rank = {name: position for position, name in enumerate(FIRST)}
    order = list(view.catalogue.indicators)
    return sorted(there, key=lambda name: (rank.get(name, len(rank)), order.index(name)))


def passing(
    view: View, level: str, regsos: Sequence[str], kinds: Sequence[str], ranges: Sequence[Range]
) -> frozenset[str]:
    """Give the codes of the areas that pass every filter; an empty filter lets all through."""
    rows = view.warehouse.rows(
        "filtered_areas",
        {
            "municipality": view.home.code,
            "level": level,
            "regsos": list(regsos),
            "kinds": list(kinds),
            "indicators": [one.indicator for one in ranges],
            "lows": [one.low for one in ranges],
            "highs": [one.high for one in ranges],
        },
    )
    return frozenset(str(row["area_code"]) for row in rows)


def shown(view: View, indicator: str, value: float | None) -> str:
    """Give a value with its unit as the screen writes it."""
    entry = view.catalogue.indicator(indicator)
    unit = "" if entry.unit_label is None else entry.unit_label.in_(view.language)
    return view.fmt.with_unit(value, entry.unit, entry.decimals, unit)


def reason(view: View, figure: Figure | None) -> str:
    """Say why there is no figure; empty when there is one."""
    if figure is None:
        return view.t("note.not_published")
    if figure.value is not None:
        return ""
    return view.t(f"note.{figure.note}") if view.t.has(f"note.{figure.note}") else view.t("note.absent_in_source")


def limits(view: View, level: str, indicator: str) -> tuple[float, float]:
    """Give the lowest and highest newest value of an indicator among the areas."""
    values = [f.value for f in newest(view.warehouse, view.home.code, level)[indicator].values() if f.value is not None]
    return min(values), max(values)
