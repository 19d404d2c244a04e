"""The queries of the pages: filters, order, newest years, and what is not known."""

import pytest

from dashboard.warehouse.connection import Warehouse

OPEN = {"regsos": [], "kinds": [], "indicators": [], "lows": [], "highs": []}


@pytest.fixture(scope="module")
def warehouse(made_up_city):
    found = Warehouse(made_up_city.warehouse)
    yield found
    found.close()


@pytest.fixture(scope="module")
def home(home_city):
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


def passing(warehouse: Warehouse, level: str = "deso", **filters: object) -> list[str]:
    rows = warehouse.rows("filtered_areas", {"municipality": "1487", "level": level} | OPEN | filters)
    return [str(row["area_code"]).partition("_")[0] for row in rows]


def test_an_open_filter_lets_everything_through(warehouse):
    assert len(passing(warehouse)) == 6
    assert len(passing(warehouse, "regso")) == 2


def test_each_filter_alone(warehouse):
    assert passing(warehouse, regsos=["1487R002_RegSO2025"]) == ["1487C1020", "1487C1030", "1487C1040"]
    assert passing(warehouse, kinds=["A", "B"]) == ["1487A0010", "1487B2010"]
    # The newest shares, of 2025, are 11, 19, 27, 35, 43 and 51.
    ranges = {"indicators": ["foreign_background_share"], "lows": [19.0], "highs": [35.0]}
    assert passing(warehouse, **ranges) == ["1487B2010", "1487C1010", "1487C1020"]


def test_all_filters_must_let_an_area_through(warehouse):
    filters = {
        "indicators": ["foreign_background_share", "population"],
        "lows": [19.0, 1300.0],
        "highs": [60.0, 1400.0],
    }
    assert passing(warehouse, kinds=["C"], regsos=["1487R002_RegSO2025"], **filters) == ["1487C1020", "1487C1030"]
    assert passing(warehouse, kinds=["A"], regsos=["1487R002_RegSO2025"]) == []


def test_a_figure_that_is_not_known_is_within_no_range(home):
    """A peer's DeSO have no socio-economic index: an open range leaves them out, no range does not."""
    filters = {"municipality": "1485", "level": "deso"} | OPEN
    assert len(home.rows("filtered_areas", filters)) == 35
    ranges = {"indicators": ["socio_economic_index"], "lows": [-1e9], "highs": [1e9]}
    assert home.rows("filtered_areas", filters | ranges) == []


def test_areas_stand_in_swedish_order(home):
    names = [str(row["name"]) for row in home.rows("areas", {"municipality": "1488", "level": "regso"})]
    order = "abcdefghijklmnopqrstuvwxyz\u00e5\u00e4\u00f6"
    assert names == sorted(names, key=lambda name: [order.find(letter) for letter in name.lower()])
    assert len(names) == 16


def test_a_deso_is_named_by_its_regso(warehouse):
    rows = warehouse.rows("areas", {"municipality": "1487", "level": "deso"})
    assert {row["code"]: row["name"] for row in rows}["1487C1040"] == "Testvik"


def test_all_areas_show_the_same_newest_year(warehouse):
    rows = warehouse.rows("area_values", {"municipality": "1487", "level": "deso"})
    years: dict[str, set[int]] = {}
    for row in rows:
        years.setdefault(str(row["indicator"]), set()).add(int(str(row["year"])))
    assert years["foreign_background_share"] == {2025}
    assert years["low_economic_standard_share"] == {2024}
    assert all(len(found) == 1 for found in years.values())


def test_the_home_municipality_comes_first_in_a_series(home):
    rows = home.rows("municipality_series", {"indicators": ["low_economic_standard_share"]})
    assert rows[0]["role"] == "home"
    assert [row["year"] for row in rows[:3]] == sorted(row["year"] for row in rows[:3])


def test_counts_of_a_split_are_shares_of_the_population(warehouse):
    with warehouse.cursor() as cursor:
        rows = cursor.execute(
            "select x, t, reason from split_count where split = 'foreign_background' and level = 'deso' and year = 2025"
            " order by area_code"
        ).fetchall()
    assert rows == [(pytest.approx((11 + 8 * n) * (1000 + 100 * n) / 100), 1000.0 + 100 * n, None) for n in range(6)]


def test_a_split_without_a_total_has_no_counts_and_says_why(warehouse):
    """The made-up RegSO have shares of 2025 and a population, but no figures of 2024."""
    with warehouse.cursor() as cursor:
        found = cursor.execute(
            "select distinct level, year from split_count where split = 'foreign_background' order by all"
        ).fetchall()
        multigroup = cursor.execute("select count(*) from group_count where n is null and reason is null").fetchone()
        unknown = cursor.execute(
            "select count(*) from split_count where (x is null or t is null) <> (reason is not null)"
        ).fetchone()
    assert found == [("deso", 2024), ("deso", 2025), ("regso", 2025)]
    assert multigroup == (0,)
    assert unknown == (0,)


def test_every_gap_in_a_count_has_a_reason_in_the_embedded_data_too(home):
    with home.cursor() as cursor:
        unknown = cursor.execute(
            "select count(*) from split_count where (x is null or t is null) <> (reason is not null)"
        ).fetchone()
        years = cursor.execute("select min(year) from split_count").fetchone()
    assert unknown == (0,)
    assert years == (2024,)


def test_a_slice_counts_its_areas_and_those_that_are_known(warehouse):
    rows = warehouse.rows("split_slices", {"municipality": "1487"})
    found = {(row["split"], row["level"], row["year"]): (row["areas"], row["known_areas"]) for row in rows}
    assert found["foreign_background", "deso", 2025] == (6, 6)
    assert found["tenure", "deso", 2025] == (6, 6)


def test_statuses_are_counted_for_the_home_municipality(warehouse):
    rows = warehouse.rows("status_counts", {"municipality": "1487"})
    assert {row["status"] for row in rows} >= {"published", "derived"}


def test_coverage_tells_years_and_areas_of_each_indicator(warehouse):
    rows = {(row["indicator"], row["level"]): row for row in warehouse.rows("coverage")}
    one = rows["foreign_background_share", "deso"]
    assert (one["first_year"], one["last_year"], one["areas"], one["without_value"]) == (2024, 2025, 6, 0)
