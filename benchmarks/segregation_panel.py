"""How much faster the panel query is than a loop over PySAL, per slice, in one process.

A simulated panel (290 municipalities, 15 years, 6 splits, about 462 000 rows; no real data) is measured by
the query of the product, D, Gini, isolation and H, and a sample of its slices by PySAL's ``segregation``. The
values of the sample must agree to 1e-12. The rounds take turns, so that other work on the machine slows both
down. The query takes as many threads as DuckDB does by itself (one a core), PySAL as many as it takes.

Run: python -m benchmarks.segregation_panel
"""

from __future__ import annotations

import sys
import time
import warnings
from statistics import median
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from segregation.singlegroup import Dissim, Entropy, Gini, Isolation

from benchmarks.results import Result, report
from dashboard.measures.segregation import parameters, query
from dashboard.warehouse.connection import QUERIES

MUNICIPALITIES, YEARS, SPLITS = 290, 15, 6
AREAS = 5133
SAMPLE = 120
ROUNDS = 7
GOAL = 1000
ORACLES = {"dissimilarity": Dissim, "gini": Gini, "isolation": Isolation, "entropy": Entropy}


def simulate(connection: duckdb.DuckDBPyConnection) -> int:
    """Fill ``split_count`` with simulated cities, rows in no order; return the number of rows."""
    rng = np.random.default_rng(1)
    sizes = 4 + rng.multinomial(AREAS - 4 * MUNICIPALITIES, np.full(MUNICIPALITIES, 1 / MUNICIPALITIES))
    municipality = np.repeat([f"{code:04d}" for code in range(MUNICIPALITIES)], sizes)
    number = np.concatenate([np.arange(size) for size in sizes])
    areas = pd.DataFrame(
        {
            "municipality": municipality,
            "area_code": [f"{m}C{i:04d}_DeSO2025" for m, i in zip(municipality, number, strict=True)],
            "regso_code": [f"{m}R{i // 3:03d}_RegSO2025" for m, i in zip(municipality, number, strict=True)],
        }
    )
    slices = pd.MultiIndex.from_product(
        [range(2011, 2011 + YEARS), [f"split_{i}" for i in range(SPLITS)]], names=["year", "split"]
    ).to_frame(index=False)
    panel = areas.merge(slices, how="cross")
    panel["level"] = "deso"
    panel["t"] = rng.integers(600, 2500, len(panel)).astype(float)
    panel["x"] = np.round(panel["t"] * rng.beta(1.5, 5, len(panel)))
    panel = panel.sample(frac=1, random_state=1)
    connection.register("panel", panel)
    connection.execute(
        "CREATE TABLE split_count AS SELECT municipality, level, year::INTEGER AS year, split, area_code,"
        " regso_code, x, t, NULL::VARCHAR AS reason FROM panel"
    )
    connection.unregister("panel")
    # As the warehouse keeps them.
    connection.execute("CREATE TABLE group_count AS FROM split_count LIMIT 0")
    connection.execute((QUERIES / "split_count_names.sql").read_text("utf-8"))
    return len(panel)


def in_sql(connection: duckdb.DuckDBPyConnection) -> tuple[float, dict[str, Any]]:
    """Run the query for the whole panel; return the seconds until its columns are in memory, and these."""
    values = parameters(None, None, None, None) | {"measures": list(ORACLES)}
    start = time.perf_counter()
    columns = connection.execute(query("segregation"), values).fetchnumpy()
    return time.perf_counter() - start, columns


def in_pysal(frames: dict[tuple[object, ...], pd.DataFrame]) -> tuple[float, dict[tuple[object, ...], float]]:
    """Measure the slices one by one; return the seconds and the values by slice and measure."""
    start = time.perf_counter()
    found = {
        (*key, measure): float(oracle(frame, group_pop_var="x", total_pop_var="t").statistic)
        for key, frame in frames.items()
        for measure, oracle in ORACLES.items()
    }
    return time.perf_counter() - start, found


def measure() -> list[Result]:
    """Measure the whole panel in SQL and a sample of it by PySAL, in turns."""
    # PySAL divides by zero and takes the logarithm of zero on its way to the right limit.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="segregation")
    connection = duckdb.connect()
    rows = simulate(connection)
    slices = MUNICIPALITIES * YEARS * SPLITS
    keys = connection.execute(
        "SELECT DISTINCT municipality, year, split FROM split_count ORDER BY hash(municipality, year, split)"
        " LIMIT $sample",
        {"sample": SAMPLE},
    ).fetchall()
    frames = {
        key: connection.execute(
            "SELECT x, t FROM split_count WHERE municipality = ? AND year = ? AND split = ?", list(key)
        ).df()
        for key in keys
    }
    in_sql(connection)
    in_pysal(dict(list(frames.items())[:3]))
    sql, pysal = [], []
    for _ in range(ROUNDS):
        seconds, columns = in_sql(connection)
        sql.append(seconds / slices)
        seconds, expected = in_pysal(frames)
        pysal.append(seconds / SAMPLE)
    names = ("municipality", "year", "split", "measure")
    found = dict(zip(zip(*(columns[name] for name in names), strict=True), columns["value"], strict=True))
    assert len(found) == slices * len(ORACLES)
    worst = max(abs(found[key] - value) for key, value in expected.items())
    assert worst < 1e-12, worst
    return [
        Result(
            f"D, Gini, isolation and H of {slices} simulated slices ({rows} rows) in one query,"
            f" against PySAL on {SAMPLE} of them:"
            f" {median(sql) * 1e6:.1f} µs against {median(pysal) * 1e3:.2f} ms a slice",
            median(pysal) / median(sql),
            "times faster",
            GOAL,
            f"medians of {ROUNDS}",
            more_is_better=True,
        )
    ]


if __name__ == "__main__":
    sys.exit(report(measure))
