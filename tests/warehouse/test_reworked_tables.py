"""Older figures for the areas of today in the warehouse: with a crosswalk alone, and apart from published ones."""

import made_up_recut
import pandas as pd
import pytest

from dashboard.warehouse.connection import Warehouse
from dashboard.warehouse.fingerprint import BuildError


@pytest.fixture(scope="module")
def warehouse(recut_city):
    found = Warehouse(recut_city.warehouse)
    yield found
    found.close()


def series(warehouse, area, indicator):
    return warehouse.rows("reworked_series", {"areas": [f"{area}_DeSO2025"], "indicators": [indicator]})


def test_older_years_are_worked_out_for_each_area(warehouse):
    def people(area):
        return {row["year"]: row["value"] for row in series(warehouse, area, "population")}

    old = {
        code: {year: made_up_recut.population(n, year) for year in made_up_recut.YEARS}
        for n, code in enumerate(made_up_recut.OLD)
    }
    assert people("1487C1010") == old["1487C1010"]
    for year in made_up_recut.YEARS:
        assert people("1487C1020")[year] == pytest.approx(old["1487C1025"][year] / 2)
        assert people("1487C1040")[year] == pytest.approx(old["1487C1041"][year] + old["1487C1042"][year])
    assert {row["kind"] for row in series(warehouse, "1487C1040", "population")} == {"merged"}
    (weight,) = {row["largest_weight"] for row in series(warehouse, "1487C1020", "population")}
    assert weight == pytest.approx(0.5)
    assert warehouse.meta["reworked"] == "2019"


def test_a_median_stands_where_no_boundary_moved_alone(warehouse):
    assert all(row["value"] is not None for row in series(warehouse, "1487C1010", "disposable_income_median"))
    for row in series(warehouse, "1487C1040", "disposable_income_median"):
        assert (row["value"], row["note"]) == (None, "median_cannot_be_reworked")


def test_published_figures_are_not_mixed_with_them(warehouse):
    rows = warehouse.rows("area_series", {"areas": ["1487C1040_DeSO2025"], "indicators": ["population"]})
    assert {row["year"] for row in rows} == {2024, 2025}


def test_without_a_crosswalk_there_are_none(only_scb):
    found = Warehouse(only_scb.warehouse)
    try:
        assert "reworked" not in found.meta
        assert series(found, "1487C1040", "population") == []
    finally:
        found.close()


def test_a_damaged_crosswalk_stops_the_build(city):
    made_up_recut.add_old_division(city.data)
    path = city.data / "areas" / "crosswalk.parquet"
    pd.read_parquet(path).assign(weight=0.1).to_parquet(path)
    with pytest.raises(BuildError, match="weights that do not add up to 1"):
        city.build()
