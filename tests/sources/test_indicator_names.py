"""Names in the publishers' files and in the catalogue: the same name is the same thing at every level."""

import pytest

from dashboard.catalogue import load_catalogue
from dashboard.sources import indicator_names
from dashboard.sources.indicator_names import AGE_BANDS, age_sex_indicator, catalogue_name, tenure_indicator


@pytest.mark.parametrize(
    ("name", "level", "table", "expected"),
    [
        ("foreign_background", "deso", "TAB6571", "foreign_background_share"),
        ("foreign_background_share", "deso", "TAB6571", "foreign_background_share"),
        ("population_men_0-4", "regso", "SCB TAB6574", "population_men_0_4"),
        ("population_women_80+", "regso", "SCB TAB6574", "population_women_80_plus"),
        ("employed_industry_B+C", "regso", "SCB TAB6681", "employed_industry_b_c"),
        ("unemployment", "deso", "TAB6680", "unemployment_rate_20_64"),
        ("employment_rate", "regso", "SCB TAB6680", "employment_rate_20_64"),
        ("unemployment", "municipality", "SCB TAB6260 2024M12", "unemployment_rate_december"),
        ("employment_rate", "municipality", "SCB TAB6260 2026M06", "employment_rate_june"),
        ("persons_in_multi_dwelling_buildings", "regso", "", "apartment_building_share"),
        ("dwellings_in_multi_dwelling_buildings", "municipality", "", "apartment_dwelling_share"),
        ("something_new", "deso", "TAB1", "something_new"),
    ],
)
def test_names_are_those_of_the_catalogue(name, level, table, expected):
    assert catalogue_name(name, level, table) == expected


@pytest.mark.parametrize("table", ["SCB TAB6260 2024M03", "SCB TAB6260", ""])
def test_other_months_have_no_indicator(table):
    assert catalogue_name("unemployment", "municipality", table) is None


def test_a_month_of_a_municipality_is_never_the_yearly_figure_of_an_area():
    areas = catalogue_name("unemployment", "deso", "TAB6680")
    city = catalogue_name("unemployment", "municipality", "SCB TAB6260 2024M12")
    assert areas != city


def test_seventeen_age_bands_from_birth_without_gaps():
    starts = [int(band.partition("_")[0]) for band in AGE_BANDS]
    assert starts == list(range(0, 85, 5))
    assert AGE_BANDS[0] == "0_4"
    assert AGE_BANDS[-1] == "80_plus"


def test_tenures_of_other_names_have_no_indicator():
    assert tenure_indicator("hyresratt") == "dwellings_rented"
    assert tenure_indicator("arrende") is None


def test_every_name_that_is_mapped_is_in_the_catalogue(embedded):
    known = load_catalogue(embedded / "catalogue").indicators
    mapped = {*indicator_names._RENAMED.values(), *indicator_names._TENURES.values()}
    mapped |= {age_sex_indicator(band, sex) for band in AGE_BANDS for sex in ("men", "women")}
    assert not mapped - set(known)
