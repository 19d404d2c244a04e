"""Figures that are worked out: from what, when, and when not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sources.derived import BANDS_65_PLUS, population_before
from dashboard.sources.derived import derive as derive_columns
from dashboard.sources.indicator_names import AGE_BANDS, age_sex_indicator
from dashboard.sources.observation_frame import frame_of, observations_of
from dashboard.sources.tidy import Observation

AREA = "1487C1010_DeSO2025"


def given_figures(area: str = AREA, year: int = 2025, **values: float | None) -> list[Observation]:
    return [
        Observation("scb_tab6574", area, name, year, value, "missing" if value is None else "published")
        for name, value in values.items()
    ]


def derive(figures: list[Observation]) -> list[Observation]:
    return observations_of(derive_columns(frame_of(figures)))


def of(found: list[Observation], indicator: str) -> Observation:
    (one,) = [observation for observation in found if observation.indicator == indicator]
    return one


@given(before=st.integers(50, 6000), change=st.integers(-40, 300))
def test_the_population_before_comes_back_exactly_in_an_area(before, change):
    now = before + change
    assert population_before(now, round((now / before - 1) * 100, 3)) == before


def test_a_population_that_several_numbers_fit_is_not_told():
    # 140 000 and 140 001 both grow by 0.714 per cent when rounded to three decimals.
    now = 141_000
    growths = {round((now / before - 1) * 100, 3) for before in (140_000, 140_001)}
    assert len(growths) == 1
    assert population_before(now, growths.pop()) is None


def test_a_growth_that_no_number_fits_gives_nothing():
    assert population_before(100, 0.4999) is None


def test_the_year_before_is_derived_with_its_reason():
    one = of(derive(given_figures(population=1159, population_growth=-0.258)), "population")
    assert (one.year, one.value, one.status, one.note) == (2024, 1162.0, "derived", "population_from_growth")
    assert round((1159 / 1162 - 1) * 100, 3) == -0.258


def test_a_population_before_that_is_not_unique_is_missing_and_says_so():
    found = derive(given_figures("1490", population=141_000, population_growth=0.714))
    one = of(found, "population")
    assert (one.value, one.status, one.note) == (None, "missing", "population_before_not_unique")


def test_a_published_population_before_is_not_worked_out_again():
    figures = given_figures(population=1159, population_growth=-0.258) + given_figures(year=2024, population=1163)
    assert not [one for one in derive(figures) if one.indicator == "population"]


def test_no_population_before_the_division():
    """A growth of 2024 leads to 2023, for which the code of 2025 has no figures."""
    assert not derive(given_figures(year=2024, population=1159, population_growth=-0.258))


def test_persons_of_65_and_over_are_the_sum_of_eight_cells():
    cells = {age_sex_indicator(band, sex): 1.0 + n for n, band in enumerate(BANDS_65_PLUS) for sex in ("men", "women")}
    assert len(cells) == 8
    younger = {age_sex_indicator("60_64", "men"): 1000.0}
    found = derive(given_figures(population=200, **cells, **younger))
    older = of(found, "population_65_plus")
    assert (older.value, older.status, older.note) == (20.0, "derived", "sum_of_published_parts")
    share = of(found, "age_65_plus_share")
    assert (share.value, share.status) == (10.0, "derived")


def test_a_sum_with_a_missing_part_is_missing_and_no_part_counts_as_zero():
    cells = {age_sex_indicator(band, sex): 5.0 for band in BANDS_65_PLUS for sex in ("men", "women")}
    cells[age_sex_indicator("80_plus", "women")] = None
    found = derive(given_figures(population=200, **cells))
    for name in ("population_65_plus", "age_65_plus_share"):
        one = of(found, name)
        assert (one.value, one.status, one.note) == (None, "missing", "part_missing")


@pytest.mark.parametrize("population", [None, 0.0])
def test_a_share_of_nobody_is_missing(population):
    cells = {age_sex_indicator(band, sex): 5.0 for band in BANDS_65_PLUS for sex in ("men", "women")}
    share = of(derive(given_figures(population=population, **cells)), "age_65_plus_share")
    assert (share.value, share.status) == (None, "missing")


@pytest.mark.parametrize(("area", "source"), [(AREA, "scb_tab6638"), ("1487", "scb_tab824")])
def test_all_dwellings_are_the_sum_of_the_four_tenures(area, source):
    found = derive(
        given_figures(
            area,
            dwellings_rented=10,
            dwellings_tenant_owned=20,
            dwellings_owner_occupied=30,
            dwellings_tenure_unknown=4,
        )
    )
    one = of(found, "dwellings_total")
    assert (one.value, one.status, one.source) == (64.0, "derived", source)


def test_all_dwellings_are_missing_when_one_tenure_is():
    found = derive(given_figures(dwellings_rented=10, dwellings_tenant_owned=20, dwellings_owner_occupied=30))
    assert of(found, "dwellings_total").status == "missing"


def ages(population, young, middle, old, **where):
    """Figures by age with as many men as women: under 20, 20–24, 25–64 and 65 and older."""
    of_band = dict.fromkeys(AGE_BANDS, 0) | {"0_4": young, "20_24": middle[0], "25_29": middle[1], "65_69": old}
    cells = {f"population_{sex}_{band}": people / 2 for band, people in of_band.items() for sex in ("men", "women")}
    return given_figures(population=population, **cells, **where)


def test_the_labour_force_is_the_employed_over_the_share_that_is_not_unemployed():
    found = derive(
        ages(1000, 200, (100, 500), 200)
        + given_figures(year=2024, population=900, employment_rate_20_64=76, unemployment_rate_20_64=5)
    )
    one = of(found, "labour_force_estimated")
    assert math.isclose(one.value, 900 * 0.6 * 0.76 / 0.95)
    assert (one.status, one.source) == ("derived", "scb_tab6680")


def test_the_weight_of_education_is_the_share_of_the_right_ages():
    found = derive(
        ages(1000, 200, (100, 500), 200) + given_figures(year=2024, population=900, post_secondary_education_share=40)
    )
    one = of(found, "population_25_65_estimated")
    assert math.isclose(one.value, 900 * 0.5)
    assert (one.status, one.note) == ("derived", "estimated_weight")


def test_a_municipality_without_figures_by_age_takes_the_only_share_there_is():
    elsewhere = given_figures(area="1490C1010_DeSO2025", population=800, post_secondary_education_share=40)
    found = derive(ages(1000, 200, (100, 500), 200) + elsewhere)
    assert math.isclose(of(found, "population_25_65_estimated").value, 800 * 0.5)


def test_without_any_figures_by_age_the_weights_are_missing():
    found = derive(given_figures(population=1000, employment_rate_20_64=76, unemployment_rate_20_64=5))
    assert of(found, "labour_force_estimated").status == "missing"


@pytest.mark.parametrize("unemployment", [None, 100])
def test_the_labour_force_is_missing_when_it_cannot_be_told(unemployment):
    rates = given_figures(year=2024, population=900, employment_rate_20_64=76, unemployment_rate_20_64=unemployment)
    assert of(derive(ages(1000, 200, (100, 500), 200) + rates), "labour_force_estimated").status == "missing"


def test_broad_age_groups_are_sums_of_every_band_once():
    cells = {age_sex_indicator(band, sex): 2.0**n for n, band in enumerate(AGE_BANDS) for sex in ("men", "women")}
    found = derive(given_figures(population=200, **cells))
    groups = [of(found, f"population_{ages}") for ages in ("0_19", "20_34", "35_49", "50_64", "65_plus")]
    # Bands doubled one after the other: the sum tells which bands are in it.
    assert [one.value for one in groups] == [2 * 15, 2 * 112, 2 * 896, 2 * 7168, 2 * 122880]
    assert {(one.status, one.note) for one in groups} == {("derived", "sum_of_published_parts")}
    del cells[age_sex_indicator("35_39", "men")]
    middle = of(derive(given_figures(population=200, **cells)), "population_35_49")
    assert (middle.value, middle.status, middle.note) == (None, "missing", "part_missing")


def test_what_the_publisher_tells_itself_is_not_worked_out_again():
    cells = {age_sex_indicator(band, sex): 1.0 for band in AGE_BANDS for sex in ("men", "women")}
    rates = {"employment_rate_20_64": 75.0, "unemployment_rate_20_64": 5.0, "post_secondary_education_share": 40.0}
    told = {"labour_force_estimated": 700.0, "population_25_65_estimated": None, "population_65_plus": 8.0}
    everything = given_figures(population=34, **cells, **rates)
    assert {*told, "age_65_plus_share"} <= {one.indicator for one in derive(everything)}
    assert not {one.indicator for one in derive(everything + given_figures(**told))} & set(told)


def test_a_population_before_that_is_withheld_is_not_worked_out():
    figures = given_figures(population=1159, population_growth=-0.258) + given_figures(year=2024, population=None)
    assert not [one for one in derive(figures) if one.indicator == "population"]
