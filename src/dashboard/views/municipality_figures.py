"""Figures of whole municipalities: the newest, the one before, the first, and all municipalities side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.warehouse.connection import Warehouse


@dataclass(frozen=True)
class Point:
    """One year of a series."""

    year: int
    value: float | None
    status: str
    note: str = ""

    @property
    def of_school_year(self) -> bool:
        """Whether the year is the one in which a school year begins."""
        return self.note == "school_year"


@dataclass(frozen=True)
class Series:
    """One indicator of one municipality, year by year, with the years that have a figure."""

    municipality: str
    name: str
    home: bool
    indicator: str
    source: str
    points: tuple[Point, ...]

    @property
    def known(self) -> tuple[Point, ...]:
        """The years that have a figure."""
        return tuple(point for point in self.points if point.value is not None)

    def at(self, year: int) -> float | None:
        """Give the figure of a year, None when there is none."""
        return next((point.value for point in self.points if point.year == year), None)


@lru_cache(maxsize=128)
def series(warehouse: Warehouse, indicator: str) -> tuple[Series, ...]:
    """Give an indicator's series for all municipalities, the home one first."""
    found: dict[str, Series] = {}
    for row in warehouse.rows("municipality_series", {"indicators": [indicator]}):
        code, value = str(row["municipality"]), row["value"]
        point = Point(
            int(str(row["year"])), value if isinstance(value, float) else None, str(row["status"]), str(row["note"])
        )
        before = found.get(code)
        found[code] = Series(
            code,
            str(row["name"]),
            row["role"] == "home",
            indicator,
            str(row["source"]),
            (*(before.points if before else ()), point),
        )
    return tuple(found.values())


def home_series(warehouse: Warehouse, indicator: str) -> Series | None:
    """Give the home municipality's series, None when it has no figure at all."""
    return next((one for one in series(warehouse, indicator) if one.home and one.known), None)
