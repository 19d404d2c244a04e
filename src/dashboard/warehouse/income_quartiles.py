"""The income quartiles that the warehouse holds, slice by slice: one municipality, level and year."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.warehouse.connection import Row, Warehouse

QUARTILES = ("q1", "q2", "q3", "q4")


@dataclass(frozen=True)
class Quartiles:
    """The shares of persons by quartile in one year, area by area, lowest quartile first.

    ``stand_in`` tells that the population stands in for the persons of the income statistics somewhere.
    """

    municipality: str
    level: str
    year: int
    codes: tuple[str, ...]
    shares: tuple[tuple[float | None, ...], ...]
    persons: tuple[float | None, ...]
    stand_in: bool


def read_quartiles(warehouse: Warehouse, municipality: str | None = None, level: str | None = None) -> list[Quartiles]:
    """Give the quartiles by municipality, level and year, the oldest first; empty where the data hold none.

    Parameters
    ----------
    warehouse
        Where they are.
    municipality, level
        Which; None for all.
    """
    found: dict[tuple[str, str, int], list[Row]] = {}
    for row in warehouse.rows("income_quartiles", {"municipality": municipality, "level": level}):
        found.setdefault((str(row["municipality"]), str(row["level"]), int(str(row["year"]))), []).append(row)
    return [
        Quartiles(
            *key,
            tuple(str(row["area_code"]) for row in rows),
            tuple(tuple(_number(row[name]) for name in QUARTILES) for row in rows),
            tuple(_number(row["persons"]) for row in rows),
            any(row["persons_stand_in"] for row in rows),
        )
        for key, rows in found.items()
    ]


def _number(value: object) -> float | None:
    return value if isinstance(value, float) else None
