"""What pages ask for together is what each part of it is when it is asked for alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple

import pytest

from dashboard.measures import report
from dashboard.views import reports, scale_reports
from dashboard.warehouse.connection import Warehouse

HOME = "1488"


@pytest.fixture(scope="module")
def warehouse(home_city) -> Iterator[Warehouse]:
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


@pytest.mark.parametrize("split", ["post_secondary_education", "tenure", "living_alone"])
def test_every_level_has_the_measures_that_it_has_alone(warehouse, split):
    slices = [one for one in reports.all_slices(warehouse, HOME) if one.split == split]
    assert {one.level for one in slices} == {"deso", "regso"}
    for one in slices:
        with warehouse.cursor() as cursor:
            alone = tuple(report.measure_report(cursor, HOME, one.level, one.year, split))
        found = reports.measures(warehouse, HOME, one.level, one.year, split)
        for one_found, one_alone in zip(found, alone, strict=True):
            # Two threads sum up, so that the last binary digits depend on which of them was first.
            for value, expected in zip(astuple(one_found), astuple(one_alone), strict=True):
                inexact = isinstance(expected, float)
                assert value == (pytest.approx(expected, rel=1e-12, abs=1e-14) if inexact else expected)


def test_a_level_without_areas_is_told_so(warehouse):
    rows = reports.measures(warehouse, HOME, "deso", 1999, "foreign_background")
    assert {(row.value, row.reason) for row in rows} == {(None, "no_areas")}


@pytest.mark.parametrize(("split", "kind", "cities"), [("age_20_34", "two_group", 2), ("age_groups", "multigroup", 1)])
def test_the_years_of_all_cities_are_those_that_are_compared(warehouse, split, kind, cities):
    known = reports.values_of_cities(warehouse, "deso", split, kind)
    assert len(known[2025]) >= cities
    for year, found in known.items():
        compared = [one.city for one in reports.cities(warehouse, "deso", year, split) if one.city.value is not None]
        assert list(found) == [one.municipality for one in compared]
        assert list(found.values()) == pytest.approx([one.value for one in compared], rel=1e-12)


def test_a_city_has_the_same_share_by_its_areas_as_in_its_neighbourhoods(warehouse):
    for one in reports.all_slices(warehouse, HOME):
        if one.level == scale_reports.LEVEL and one.complete:
            shares = {area.city_share for area in reports.areas(warehouse, HOME, one.level, one.year, one.split)}
            found = scale_reports.city_share(warehouse, HOME, one.year, one.split)
            assert not shares or list(shares) == pytest.approx([found], rel=1e-14)
    assert scale_reports.city_share(warehouse, HOME, 1999, "foreign_background") is None
    assert scale_reports.people(warehouse, HOME, 1999, "foreign_background") is None


def test_a_slice_without_an_answer_has_its_reason_at_every_scale(warehouse):
    points = scale_reports.profile(warehouse, HOME, 1999, "foreign_background", "dissimilarity")
    assert {(one.value, one.reason) for one in points} == {(None, "no_areas")}
    assert scale_reports.neighbourhoods(warehouse, HOME, 1999, "foreign_background", 800) == "no_areas"
    assert scale_reports.neighbourhoods(warehouse, HOME, 2025, "foreign_background", 10**6) == "k_too_large"
