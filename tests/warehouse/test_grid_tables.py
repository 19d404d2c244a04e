"""Profiles of grids in the warehouse: those of the home municipality alone, and of several years the nearest."""

import duckdb
import pytest

from dashboard.sources.grid_profiles import GridMeta, GridProfile, ProfilePoint
from dashboard.warehouse.connection import query_text
from dashboard.warehouse.grid_tables import fill_grids


def profile(year, value, municipality="1488", split="unemployed"):
    of_all = ("Påhittad fil", "2026-01-02", ("a", "rest"), 3, 90, None, "grid.csv", "a" * 64, "b" * 64)
    points = (
        ProfilePoint(None, "dissimilarity", value, None, None),
        ProfilePoint(200, "dissimilarity", None, None, "k_too_large"),
    )
    return GridProfile(GridMeta(municipality, split, year, *of_all), points)


@pytest.mark.parametrize(("asked", "given"), [(2019, 2020), (2021, 2020), (2022, 2024), (2024, 2024), (2025, 2024)])
def test_the_nearest_year_is_given_and_of_two_the_later(asked, given):
    grids = [
        profile(2020, 0.2),
        profile(2024, 0.4),
        profile(asked, 0.8, municipality="1487"),
        profile(asked, 0.9, split="living_alone"),
    ]
    key = {"split": "unemployed", "year": asked, "measure": "dissimilarity"}
    with duckdb.connect(":memory:") as connection:
        fill_grids(connection, grids, "1488")
        cells, scale = connection.execute(query_text("grid_profile"), key).fetchall()
    value = {2020: 0.2, 2024: 0.4}[given]
    assert cells == (given, "Påhittad fil", 3, 90, None, None, value, None, None)
    assert scale[5:] == (200, None, None, "k_too_large")


def test_without_profiles_the_tables_are_there_and_empty():
    with duckdb.connect(":memory:") as connection:
        fill_grids(connection, [], "1488")
        assert connection.execute("select count(*) from grid").fetchone() == (0,)
        assert connection.execute("select count(*) from grid_point").fetchone() == (0,)
