"""As many cities as a country has, in as many years: one query answers them, each as if it had been asked alone."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard.measures.formulas import TWO_GROUP
from dashboard.measures.segregation import panel, parameters, query

SHAPE = MUNICIPALITIES, YEARS, SPLITS, AREAS = 290, 15, 2, 4
FIRST_YEAR = 2011


@pytest.fixture(scope="module")
def country():
    """Give a made-up country: a database, and x and t of every municipality, year, split and area."""
    rng = np.random.default_rng(1488)
    t = rng.integers(2, 2500, SHAPE).astype(float)
    x = np.round(t * rng.beta(1.5, 5, SHAPE))
    # Everywhere there is somebody of the group and somebody of the rest.
    x[..., 0] = 1
    names = ("municipality", "year", "split", "area")
    rows = pd.DataFrame(dict(zip(names, (index.ravel() for index in np.indices(SHAPE)), strict=True)))
    rows["x"], rows["t"] = x.ravel(), t.ravel()
    rows = rows.sample(frac=1, random_state=1)
    cursor = duckdb.connect()
    cursor.register("made_up", rows)
    cursor.execute(
        "CREATE TABLE split_count AS SELECT lpad(municipality::VARCHAR, 4, '0') AS municipality, 'deso' AS level,"
        f" (year + {FIRST_YEAR})::INTEGER AS year, 'made_up_' || split AS split,"
        " 'C' || area AS area_code, 'R' || area // 2 AS regso_code, x, t, NULL::VARCHAR AS reason FROM made_up"
    )
    yield cursor, x, t
    cursor.close()


def test_one_query_answers_a_whole_country_by_the_formulas(country):
    cursor, x, t = country
    values = parameters(None, None, None, None) | {"measures": list(TWO_GROUP)}
    found = cursor.execute(query("segregation"), values).fetchnumpy()
    assert len(found["value"]) == MUNICIPALITIES * YEARS * SPLITS * len(TWO_GROUP)
    assert not np.ma.getmaskarray(found["value"]).any()
    for measure, formula in TWO_GROUP.items():
        chosen = found["measure"] == measure
        city = found["municipality"][chosen].astype(int)
        year = found["year"][chosen].astype(int) - FIRST_YEAR
        split = np.array([int(name[-1]) for name in found["split"][chosen]])
        own = np.asarray(found["value"][chosen])
        np.testing.assert_allclose(own, formula(x, t - x)[city, year, split], rtol=0, atol=1e-12)


def test_a_city_has_the_same_values_in_the_panel_as_alone(country):
    cursor, _, _ = country
    one = {"level": "deso", "year": 2025, "split": "made_up_1"}
    together = [row for row in panel(cursor, **one) if row.municipality in {"0000", "0289"}]
    alone = panel(cursor, municipality="0000", **one) + panel(cursor, municipality="0289", **one)
    assert len(together) == len(alone) == 18
    for row, own in zip(together, alone, strict=True):
        assert (row.municipality, row.measure, row.reason) == (own.municipality, own.measure, own.reason)
        assert row.value == pytest.approx(own.value, rel=0, abs=1e-14)
