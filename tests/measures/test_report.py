"""The report puts value, interval, floor and reason of every measure together."""

from __future__ import annotations

import pytest

from dashboard.measures import inference
from dashboard.measures.report import (
    REPORT_MEASURES,
    WITH_FLOOR,
    compare_cities,
    compare_years,
    measure_report,
)
from dashboard.measures.segregation import MULTIGROUP_MEASURES, TWO_GROUP_MEASURES

TWO = [measure for measure in REPORT_MEASURES if measure not in MULTIGROUP_MEASURES]
KEY = ("1488", "deso", 2025, "foreign_background")


@pytest.fixture
def city(relations, trollhattan):
    for year in (2024, 2025):
        relations.two_groups(trollhattan.x[year], trollhattan.t[year], regso=trollhattan.regso, year=year)
    return relations


def test_report_of_trollhattan(city, trollhattan):
    rows = measure_report(city.cursor, *KEY)
    assert [row.measure for row in rows] == TWO
    assert {(row.municipality, row.level, row.year, row.split) for row in rows} == {KEY}
    found = {row.measure: row for row in rows}
    assert round(found["dissimilarity"].value, 4) == 0.4543
    assert (found["dissimilarity"].lower, found["dissimilarity"].upper) == pytest.approx((0.446, 0.462), abs=1e-3)
    assert round(found["within_between"].value, 3) == 0.988
    corrected = inference.corrected_dissimilarity(trollhattan.x[2025], trollhattan.t[2025])
    assert found["corrected_dissimilarity"].value == pytest.approx(corrected, rel=1e-12)
    for row in rows:
        assert (row.areas, row.reason) == (32, None)
        floor = None if row.random_floor is None else round(row.random_floor, 4)
        assert floor == (0.0196 if row.measure in WITH_FLOOR else None)
        if row.measure == "corrected_dissimilarity":
            assert (row.lower, row.upper) == (None, None)
        else:
            assert row.lower < row.value < row.upper


def test_report_of_all_years(city):
    rows = measure_report(city.cursor, "1488", "deso", None, "foreign_background")
    assert [(row.year, row.measure) for row in rows] == [(year, m) for year in (2024, 2025) for m in TWO]
    # A slice asked for by itself has the same answer and the same interval.
    alone = measure_report(city.cursor, *KEY)
    for name in ("value", "lower", "upper", "random_floor"):
        found, expected = ([getattr(row, name) for row in part] for part in (rows[len(TWO) :], alone))
        assert [one is None for one in found] == [one is None for one in expected]
        assert [one or 0 for one in found] == pytest.approx([one or 0 for one in expected], abs=1e-14)


def test_report_of_everything(city):
    city.several_groups([[10, 20, 30], [40, 20, 10]])
    rows = measure_report(city.cursor)
    assert {row.split for row in rows} == {"foreign_background", "tenure"}
    tenure = [row for row in rows if row.split == "tenure"]
    assert [row.measure for row in tenure] == list(MULTIGROUP_MEASURES)
    alone = measure_report(city.cursor, "1488", "deso", 2025, "tenure")
    assert [row.measure for row in alone] == [row.measure for row in tenure]
    assert [row.random_floor is not None for row in tenure] == [False, True]
    assert all(row.lower < row.value < row.upper for row in tenure)


def test_report_without_an_answer(relations):
    relations.two_groups([None, 5], [10, 20], reasons=["not_published", None])
    rows = measure_report(relations.cursor, *KEY)
    assert [row.measure for row in rows] == TWO
    for row in rows:
        assert (row.value, row.lower, row.upper, row.random_floor) == (None, None, None, None)
        assert (row.areas, row.reason) == (2, "not_published")


@pytest.mark.parametrize(
    ("n", "reason"),
    [
        ([[1, None, 3], [4, 5, 6]], "missing_values"),
        ([[1, 2, 3], [4, 5]], "missing_values"),
        ([[1, -2, 3], [4, 5, 6]], "impossible_counts"),
        ([[1, 0, 3], [4, 0, 6]], "group_absent"),
    ],
)
def test_report_of_several_groups_without_an_answer(relations, n, reason):
    rows = measure_report(relations.several_groups(n), "1488", "deso", 2025, "tenure")
    assert [(row.value, row.lower, row.random_floor, row.reason) for row in rows] == [(None, None, None, reason)] * 2


def test_report_of_a_slice_that_is_not_there(city):
    rows = measure_report(city.cursor, "1488", "deso", 1999, "foreign_background")
    assert {(row.value, row.areas, row.reason) for row in rows} == {(None, 0, "no_areas")}
    assert [row.measure for row in rows] == TWO
    city.several_groups([[1, 2], [2, 1]])
    rows = measure_report(city.cursor, "1488", "deso", 1999, "tenure")
    assert [row.measure for row in rows] == list(MULTIGROUP_MEASURES)


def test_report_at_the_level_of_regso(relations):
    relations.two_groups([500, 900], [2000, 2000], level="regso")
    found = {row.measure: row for row in measure_report(relations.cursor, level="regso")}
    assert found["entropy"].lower is not None
    assert (found["within_between"].value, found["within_between"].reason) == (None, "not_deso")


def test_interval_is_missing_where_the_group_is_too_small(relations):
    row = measure_report(relations.two_groups([1, 1, 0], [500, 500, 500]), *KEY)[0]
    assert row.value is not None
    assert (row.lower, row.upper, row.reason) == (None, None, None)


@pytest.fixture
def cities(city):
    city.two_groups([900, 1000, 1100], [3000, 3000, 3000], municipality="1485")
    city.two_groups([2900, 100, 100], [3000, 3000, 3000], municipality="1490")
    city.two_groups([None, 100, 100], [3000, 3000, 3000], municipality="1496")
    return city


def test_cities_are_compared_with_home(cities):
    found = compare_cities(cities.cursor, "deso", 2025, "foreign_background", home="1488")
    assert [one.city.municipality for one in found] == ["1490", "1488", "1485", "1496"]
    own = found[1]
    assert own.difference is None
    alone = measure_report(cities.cursor, *KEY)[0]
    assert (own.city.lower, own.city.upper) == pytest.approx((alone.lower, alone.upper), abs=1e-14)
    for one in (found[0], found[2]):
        assert one.difference.value == pytest.approx(own.city.value - one.city.value, abs=1e-12)
        assert one.difference.lower < one.difference.value < one.difference.upper
        assert one.difference.differs
        assert one.city.random_floor is not None
    assert found[0].difference.value < 0 < found[2].difference.value
    unknown = found[3]
    assert (unknown.city.value, unknown.difference.value, unknown.difference.differs) == (None, None, None)
    assert unknown.city.reason == unknown.difference.reason == "missing_values"


def test_a_like_city_does_not_differ(city, trollhattan):
    city.two_groups(trollhattan.x[2024], trollhattan.t[2024], municipality="1485")
    other = compare_cities(city.cursor, "deso", 2025, "foreign_background", home="1488")[0]
    assert other.city.municipality == "1485"
    assert other.difference.differs is False


def test_home_is_looked_up(cities):
    cities.cursor.execute("CREATE TABLE municipality (code VARCHAR, name VARCHAR, role VARCHAR)")
    with pytest.raises(ValueError, match="names no home"):
        compare_cities(cities.cursor, "deso", 2025, "foreign_background")
    cities.cursor.execute("INSERT INTO municipality VALUES ('1485', 'B', 'peer'), ('1488', 'A', 'home')")
    found = compare_cities(cities.cursor, "deso", 2025, "foreign_background")
    assert [one.city.municipality for one in found if one.difference is None] == ["1488"]


def test_home_without_counts(cities):
    found = compare_cities(cities.cursor, "deso", 2025, "foreign_background", home="1480")
    assert {one.difference.reason for one in found} == {"no_areas"}


def test_cities_of_several_groups(relations):
    relations.several_groups([[100, 20, 30], [40, 200, 10]])
    relations.several_groups([[100, 20, 30], [100, 20, 30]], municipality="1485")
    found = compare_cities(relations.cursor, "deso", 2025, "tenure", home="1488")
    assert [one.city.measure for one in found] == ["multigroup_dissimilarity"] * 2
    assert found[1].difference.differs


def test_change_between_years(city):
    change = compare_years(city.cursor, "1488", "deso", "foreign_background", before=2024, after=2025)
    assert change.value == pytest.approx(-0.0003, abs=5e-5)
    assert (change.lower, change.upper) == pytest.approx((-0.011, 0.011), abs=1.5e-3)
    assert change.differs is False
    missing = compare_years(city.cursor, "1488", "deso", "foreign_background", before=2023, after=2025)
    assert (missing.value, missing.reason) == (None, "no_areas")


def test_measures_are_named_once():
    assert sorted(REPORT_MEASURES) == sorted([*TWO_GROUP_MEASURES, "corrected_dissimilarity", *MULTIGROUP_MEASURES])
