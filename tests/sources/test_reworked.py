"""Older figures for the areas of today: counts keep their sum, and shares go through what they are shares of."""

import made_up_divisions
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.catalogue import load_catalogue
from dashboard.sources.crosswalk import crosswalk_of
from dashboard.sources.observation_frame import frame_of
from dashboard.sources.reworked import DENOMINATORS, reworked, why_not
from dashboard.sources.tidy import Observation

OLD = tuple(made_up_divisions.BEFORE)
CROSSWALK = crosswalk_of(made_up_divisions.divisions())


@pytest.fixture(scope="module")
def catalogue(embedded):
    return load_catalogue(embedded / "catalogue")


def figures(indicator, values, year=2020, status="published"):
    """Give figures of the six old areas, in their order; None is suppressed."""
    return [
        Observation(
            "scb_tab6574", f"{code}_DeSO2018", indicator, year, value, "suppressed" if value is None else status
        )
        for code, value in zip(OLD, values, strict=True)
    ]


def worked_out(catalogue, *observations, crosswalk=CROSSWALK):
    frame = reworked(frame_of([one for some in observations for one in some]), crosswalk, catalogue)
    return {
        (row.area_code.partition("_")[0], row.indicator, row.year): None if np.isnan(row.value) else row.value
        for row in frame.itertuples()
    }


def notes(catalogue, *observations, crosswalk=CROSSWALK):
    frame = reworked(frame_of([one for some in observations for one in some]), crosswalk, catalogue)
    return {
        (row.area_code.partition("_")[0], row.indicator): (str(row.status), str(row.note)) for row in frame.itertuples()
    }


def test_counts_are_moved_by_the_weights(catalogue):
    found = worked_out(catalogue, figures("population", [100, 200, 300, 400, 500, 600]))
    assert {area: value for (area, _, _), value in found.items()} == pytest.approx(
        {
            "1487C1010": 100,
            "1487C1021": 100,
            "1487C1022": 100,
            "1487C1050": 700,
            "1487C1060": 500 + 150,
            "1487C1070": 450,
        }
    )


@settings(max_examples=15)
@given(st.lists(st.floats(0, 1e7), min_size=6, max_size=6))
def test_the_sum_of_counts_stays(catalogue, values):
    frame = reworked(frame_of(figures("population", values)), CROSSWALK, catalogue)
    assert frame["value"].sum() == pytest.approx(sum(values), rel=1e-9, abs=1e-9)


def test_figures_say_that_they_are_worked_out_and_why(catalogue):
    frame = reworked(frame_of(figures("population", [100, 200, 300, 400, 500, 600])), CROSSWALK, catalogue)
    assert set(frame["status"]) == {"derived"}
    assert set(frame["note"]) == {"reworked_to_new_areas"}
    assert set(frame["source"]) == {"scb_tab6574"}
    assert all(code.endswith("_DeSO2025") for code in frame["area_code"])


def test_shares_go_through_numerator_and_denominator_and_are_never_averaged(catalogue):
    found = worked_out(
        catalogue,
        figures("population", [100, 200, 300, 100, 500, 600]),
        figures("foreign_background_share", [10, 20, 40, 0, 50, 30]),
    )
    share = {area: value for (area, name, _), value in found.items() if name == "foreign_background_share"}
    assert share["1487C1010"] == 10
    assert share["1487C1021"] == pytest.approx(20)
    assert share["1487C1050"] == pytest.approx(100 * 120 / 400), "neither 20, the mean, nor anything by area"
    assert share["1487C1060"] == pytest.approx(100 * (250 + 0.25 * 180) / (500 + 150))
    assert share["1487C1070"] == pytest.approx(30)


def test_a_share_of_nobody_counts_for_nothing(catalogue):
    found = worked_out(
        catalogue,
        figures("population", [100, 200, 300, 0, 500, 600]),
        figures("foreign_background_share", [10, 20, 40, None, 50, 30]),
    )
    assert found["1487C1050", "foreign_background_share", 2020] == pytest.approx(40)


def test_without_its_denominator_a_share_is_known_where_no_boundary_moved_alone(catalogue):
    share = figures("foreign_background_share", [10, 20, 40, 0, 50, 30])
    found = worked_out(catalogue, share)
    assert found["1487C1010", "foreign_background_share", 2020] == 10
    assert [area for (area, _, _), value in found.items() if value is not None] == ["1487C1010"]
    assert notes(catalogue, share)["1487C1050", "foreign_background_share"] == ("missing", "denominator_not_known")


@pytest.mark.parametrize(
    ("indicator", "why"),
    [
        ("disposable_income_median", "median_cannot_be_reworked"),
        ("socio_economic_index", "index_cannot_be_reworked"),
        ("population_growth", "change_cannot_be_reworked"),
        ("self_sufficient_all", "denominator_not_known"),
        ("income_component_10_mean", "denominator_not_known"),
    ],
)
def test_what_cannot_be_moved_is_refused_with_a_reason(catalogue, indicator, why):
    assert why_not(catalogue.indicator(indicator)) == why
    if "deso" in catalogue.indicator(indicator).levels:
        some = figures("population", [100] * 6), figures(indicator, [10, 20, 30, 40, 50, 60])
        found = notes(catalogue, *some)
        assert found["1487C1050", indicator] == ("missing", why)
        assert found["1487C1021", indicator] == ("missing", why), "half an area has not the median of the whole"
        assert worked_out(catalogue, *some)["1487C1010", indicator, 2020] == 10


def test_what_can_be_moved_has_a_denominator_of_counts(catalogue):
    for name, alternatives in DENOMINATORS.items():
        assert catalogue.indicator(name).kind in {"share", "mean"}
        assert why_not(catalogue.indicator(name)) is None
        for parts in alternatives:
            assert {catalogue.indicator(part).kind for part in parts} == {"count"}
    assert why_not(catalogue.indicator("population")) is None


def test_the_better_denominator_is_taken_where_it_is_there(catalogue):
    share = figures("low_economic_standard_share", [10, 20, 40, 0, 50, 30])
    people = figures("population", [100, 200, 300, 100, 500, 600])
    with_income = figures("income_persons", [100, 200, 100, 300, 500, 600])
    key = ("1487C1050", "low_economic_standard_share", 2020)
    assert worked_out(catalogue, share, people)[key] == pytest.approx(100 * 120 / 400)
    assert worked_out(catalogue, share, people, with_income)[key] == pytest.approx(100 * 40 / 400)


def test_a_part_that_is_missing_makes_the_whole_missing(catalogue):
    some = figures("population", [100, 200, None, 400, 500, 600])
    found = worked_out(catalogue, some)
    assert found["1487C1050", "population", 2020] is None
    assert found["1487C1060", "population", 2020] == 650
    assert notes(catalogue, some)["1487C1050", "population"] == ("missing", "part_missing")


def test_an_area_that_is_known_in_part_has_no_figures(catalogue):
    divisions = made_up_divisions.divisions()
    old = divisions["deso_2018"]
    divisions["deso_2018"] = old[old["code"] != "1487C1030"]
    some = figures("population", [100, 200, 300, 400, 500, 600])
    told = notes(catalogue, some, crosswalk=crosswalk_of(divisions))
    assert told["1487C1050", "population"] == ("missing", "part_of_area_not_known")


def test_years_are_kept_apart_and_other_areas_passed_over(catalogue):
    found = worked_out(
        catalogue,
        figures("population", [100, 200, 300, 400, 500, 600], 2019),
        figures("population", [101, 202, 303, 404, 505, 606], 2020),
        [Observation("scb_tab6574", "1487C1010_DeSO2025", "population", 2025, 7.0, "published")],
        [Observation("scb_tab6574", "1487", "population", 2020, 2100.0, "published")],
    )
    assert found["1487C1050", "population", 2019] == 700
    assert found["1487C1050", "population", 2020] == 707
    assert {year for (_, _, year) in found} == {2019, 2020}


def test_neighbourhoods_are_worked_out_as_well(catalogue):
    regsos = ("1487R001", "1487R002", "1487R003", "1487R004")
    some = [
        Observation("scb_tab6574", f"{code}_RegSO2020", "population", 2020, value, "published")
        for code, value in zip(regsos, (100.0, 200.0, 300.0, 400.0), strict=True)
    ]
    found = worked_out(catalogue, some)
    assert {area: value for (area, _, _), value in found.items()} == pytest.approx(
        {"1487R001": 100, "1487R002": 200, "1487R003": 400, "1487R004": 300}
    )


def test_nothing_gives_nothing(catalogue):
    assert reworked(frame_of([]), CROSSWALK, catalogue).empty
    assert reworked(frame_of(figures("population", [1] * 6)), CROSSWALK.iloc[:0], catalogue).empty
