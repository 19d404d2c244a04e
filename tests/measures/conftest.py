"""Relations as the measures read them, built from plain lists, and counts from published data."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import libpysal
import numpy as np
import pytest
from numpy.typing import NDArray

Array = NDArray[np.float64]

SPLIT_COUNT = (
    "split_count(municipality VARCHAR, level VARCHAR, year INTEGER, split VARCHAR, area_code VARCHAR,"
    " regso_code VARCHAR, x DOUBLE, t DOUBLE, reason VARCHAR)"
)
GROUP_COUNT = (
    "group_count(municipality VARCHAR, level VARCHAR, year INTEGER, split VARCHAR, area_code VARCHAR,"
    " regso_code VARCHAR, position INTEGER, n DOUBLE, reason VARCHAR)"
)


class Relations:
    """An empty database with both relations, and slices put in from lists with one entry an area."""

    def __init__(self) -> None:
        self.cursor = duckdb.connect()
        self.cursor.execute(f"CREATE TABLE {SPLIT_COUNT}")
        self.cursor.execute(f"CREATE TABLE {GROUP_COUNT}")

    def two_groups(
        self,
        x: Sequence[float | None] | Array,
        t: Sequence[float | None] | Array,
        *,
        regso: Sequence[str | None] | None = None,
        reasons: Sequence[str | None] | None = None,
        municipality: str = "1488",
        level: str = "deso",
        year: int = 2025,
        split: str = "foreign_background",
    ) -> duckdb.DuckDBPyConnection:
        columns = {
            "area": [f"{municipality}C{i:04d}" for i in range(len(x))],
            "regso": list(regso or [None] * len(x)),
            "x": list(x),
            "t": list(t),
            "reasons": list(reasons or [None] * len(x)),
        }
        key = {"municipality": municipality, "level": level, "year": year, "split": split}
        self.cursor.execute(
            "INSERT INTO split_count SELECT $municipality, $level, $year, $split, unnest($area),"
            " unnest($regso::VARCHAR[]), unnest($x::DOUBLE[]), unnest($t::DOUBLE[]),"
            " unnest($reasons::VARCHAR[])",
            columns | key,
        )
        return self.cursor

    def several_groups(
        self,
        n: Sequence[Sequence[float | None]] | Array,
        *,
        reason: str | None = None,
        municipality: str = "1488",
        level: str = "deso",
        year: int = 2025,
        split: str = "tenure",
    ) -> duckdb.DuckDBPyConnection:
        """Put in a table of counts, one row an area; ``reason`` goes with the counts that are None."""
        key = (municipality, level, year, split)
        rows = [
            (*key, f"{municipality}C{i:04d}", None, j + 1, value, reason if value is None else None)
            for i, row in enumerate(n)
            for j, value in enumerate(row)
        ]
        self.cursor.executemany("INSERT INTO group_count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return self.cursor


@pytest.fixture
def relations() -> Relations:
    return Relations()


@pytest.fixture
def new_relations() -> Callable[[], Relations]:
    """Return a maker of databases, for tests that need more than one."""
    return Relations


@pytest.fixture(scope="session")
def sids() -> Callable[[int], tuple[Array, Array]]:
    """Return non-white births and all births of 100 counties; the data ships in the libpysal wheel."""
    table: Any = libpysal.io.open(libpysal.examples.get_path("sids2.dbf"))
    columns = {
        (name, year): np.array(table.by_col(f"{name}{year}"), dtype=float)
        for name in ("NWBIR", "BIR")
        for year in (74, 79)
    }
    table.close()
    return lambda year: (columns["NWBIR", year], columns["BIR", year])


class City:
    """Trollhättan's 32 DeSO: persons with foreign background (x), all persons (t), RegSO."""

    def __init__(self) -> None:
        path = Path(__file__).parent / "data" / "trollhattan_deso.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.regso = [row["regso_code"] for row in rows]
        now = np.array([float(row["population_2025"]) for row in rows])
        growth = np.array([float(row["population_growth_2025"]) for row in rows])
        self.t = {2025: now, 2024: np.round(now / (1 + growth / 100))}
        self.x = {
            year: self.t[year] * [float(row[f"foreign_background_share_{year}"]) / 100 for row in rows]
            for year in (2024, 2025)
        }


@pytest.fixture(scope="session")
def trollhattan() -> City:
    return City()
