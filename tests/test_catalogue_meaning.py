"""What the catalogue says of each figure: range, direction, breaks, credit, splits and readings."""

import re
from pathlib import Path

import pytest

from dashboard.catalogue import LEVELS, Catalogue, CatalogueError, Text, load_catalogue

FOLDER = Path(__file__).parents[1] / "data" / "catalogue"
NEITHER_GOOD_NOR_BAD = {
    "population",
    "population_growth",
    "foreign_background_share",
    "age_20_34_share",
    "age_65_plus_share",
    "population_65_plus",
    "one_person_household_share",
    "rental_tenure_share",
    "apartment_building_share",
    "apartment_dwelling_share",
}
BROKEN_BY_THE_CELL_KEY_METHOD = {
    "population",
    "foreign_background_share",
    "one_person_household_share",
    "age_20_34_share",
    "post_secondary_education_share",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(FOLDER)


def test_shares_lie_between_0_and_100_and_say_of_what(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        if indicator.id.endswith("_share") or indicator.kind == "share":
            assert (indicator.kind, indicator.unit, indicator.minimum, indicator.maximum) == (
                "share",
                "percent",
                0,
                100,
            )
            assert indicator.denominator is not None, indicator.id


def test_people_homes_and_ages_are_neither_good_nor_bad(catalogue: Catalogue) -> None:
    families = (
        "population_age_sex",
        "population_age_groups",
        "dwellings_tenure",
        "employed_by_industry",
        "income_component_mean",
    )
    members = {member for family in families for member in catalogue.families[family].members}
    for indicator_id in NEITHER_GOOD_NOR_BAD | members:
        assert catalogue.indicator(indicator_id).direction == "neither", indicator_id
    assert catalogue.indicator("socio_economic_index").direction == "higher_is_worse"
    assert catalogue.indicator("employment_rate_20_64").direction == "higher_is_better"


def test_the_method_break_is_marked_for_small_areas_only(catalogue: Catalogue) -> None:
    for indicator_id in BROKEN_BY_THE_CELL_KEY_METHOD:
        indicator = catalogue.indicator(indicator_id)
        assert (indicator.breaks("deso"), indicator.breaks("regso")) == ((2025,), (2025,))
        assert indicator.breaks("municipality") == ()
        assert any("cell för cell" in caveat.sv for caveat in indicator.caveats)
    assert catalogue.indicator("low_economic_standard_share").breaks("deso") == ()
    assert catalogue.indicator("rental_tenure_share").breaks("deso") == ()


def test_figures_that_must_not_be_compared_say_so(catalogue: Catalogue) -> None:
    pairs = {
        "unemployment_rate_20_64": "TAB6260",
        "employment_rate_20_64": "TAB6260",
        "unemployment_rate_december": "TAB6680",
        "employment_rate_june": "TAB6680",
        "apartment_building_share": "TAB824",
        "apartment_dwelling_share": "TAB6065",
    }
    for indicator_id, other_table in pairs.items():
        indicator = catalogue.indicator(indicator_id)
        assert any(other_table in caveat.sv and other_table in caveat.en for caveat in indicator.caveats)
        assert other_table not in {catalogue.sources[source].table for source in indicator.sources.values()}


def test_levels_come_smallest_first_and_have_source_and_years(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        assert indicator.levels == tuple(level for level in LEVELS if level in indicator.sources)
        assert tuple(indicator.years) == indicator.levels
    assert catalogue.source_of("rental_tenure_share", "municipality").table == "TAB824"
    assert catalogue.source_of("rental_tenure_share", "deso").table == "TAB6638"
    with pytest.raises(CatalogueError, match="no figures at the level 'municipality'"):
        catalogue.source_of("socio_economic_index", "municipality")


def test_next_update_is_named_or_the_reason_why_not(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        if indicator.next_update is None:
            assert indicator.next_update_reason is not None, indicator.id
        else:
            assert re.match(r"\w+ 20\d\d \(väntat", indicator.next_update.sv), indicator.id
    expected = catalogue.indicator("population").next_update
    assert expected == Text(
        "mars 2027 (väntat, enligt senaste publiceringen 2026-03-24)",
        "March 2027 (expected, going by the latest release on 2026-03-24)",
    )
    assert catalogue.indicator("socio_economic_index").next_update is None


def test_next_update_quotes_a_stamp_that_the_source_has(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        if indicator.next_update is not None:
            quoted = re.findall(r"\d{4}-\d{2}-\d{2}", indicator.next_update.sv)
            stamps = {catalogue.sources[source].updated for source in indicator.sources.values()}
            assert set(quoted) == stamps, indicator.id


def test_statistics_sweden_is_credited_as_it_asks(catalogue: Catalogue) -> None:
    for source in catalogue.sources.values():
        if source.table is not None:
            assert source.citation.sv == f"Källa: SCB, {source.table}"
            assert source.own_computation_citation is not None
            assert source.own_computation_citation.sv == f"Egen beräkning på öppna data från SCB ({source.table})"
            assert source.table in source.url
            assert source.licence.sv == "CC0 1.0"
    assert catalogue.source("openstreetmap").citation.sv == "© OpenStreetMap contributors, ODbL 1.0"


def test_only_published_figures_are_credited_to_the_publisher(catalogue: Catalogue) -> None:
    assert catalogue.credit("population", "deso").sv == "Källa: SCB, TAB6574"
    assert catalogue.credit("population", "deso", "derived").sv == "Egen beräkning på öppna data från SCB (TAB6574)"
    assert catalogue.credit("age_65_plus_share", "regso").sv.startswith("Egen beräkning")
    assert catalogue.credit("net_income_mean", "municipality").en == "Source: Statistics Sweden (SCB), TAB6683"


def test_stand_ins_are_confessed(catalogue: Catalogue) -> None:
    for split_id in ("post_secondary_education", "unemployed", "living_alone", "low_economic_standard"):
        assert catalogue.split(split_id).approximation is not None, split_id
    for split_id in ("rented_tenure", "age_65_plus", "tenure"):
        assert catalogue.split(split_id).approximation is None, split_id


def test_every_reading_can_be_filled_in_for_every_split(catalogue: Catalogue) -> None:
    for measure in catalogue.measures.values():
        for split in catalogue.splits.values():
            for language in ("sv", "en"):
                words = {
                    "value": "45",
                    "group": split.group.in_(language) if split.group else "",
                    "rest": split.rest.in_(language) if split.rest else "",
                    "base": split.base.in_(language) if split.base else "",
                }
                sentence = measure.reading_for(split.unit).in_(language).format(**words)
                assert "45" in sentence
                assert not set("{}") & set(sentence)


def test_measures_of_several_groups_need_no_group(catalogue: Catalogue) -> None:
    for measure_id in ("multigroup_entropy", "multigroup_dissimilarity"):
        assert "{group}" not in catalogue.measure(measure_id).reading_for("dwellings").sv


def test_dwellings_do_not_move_or_live(catalogue: Catalogue) -> None:
    for measure in catalogue.measures.values():
        assert not re.search(r"\b(flytta|bor|bo|bodde)\b", measure.reading_for("dwellings").sv), measure.id
    assert " bor " in catalogue.measure("dissimilarity").reading_for("persons").sv


def test_no_reading_asks_one_group_to_move(catalogue: Catalogue) -> None:
    """D is the same whichever group moves; telling it as one group's moves puts the burden on that group."""
    for measure in catalogue.measures.values():
        for reading in (measure.reading_for("persons"), measure.reading_for("dwellings")):
            assert "flytta" not in reading.sv, measure.id
            assert "would have to move" not in reading.en, measure.id


def test_measures_have_sensible_ranges(catalogue: Catalogue) -> None:
    for measure in catalogue.measures.values():
        # A number of groups begins at one, and neighbours can be unlike.
        assert measure.low == {"effective_groups": 1, "morans_i": -1}.get(measure.id, 0)
        if measure.level == "place":
            assert (measure.high, measure.scale) in {(None, 1), (1, 1), (1, 100)}, measure.id
        else:
            assert measure.high == 1 or measure.id in {"location_quotient", "random_floor", "effective_groups"}
            assert measure.scale == (1 if measure.id in {"location_quotient", "effective_groups", "morans_i"} else 100)
        assert re.search(r"\(\d{4}\)", measure.reference), measure.id


def test_income_of_households_made_comparable_is_called_so_in_both_languages(catalogue: Catalogue) -> None:
    indicator = catalogue.indicator("disposable_income_median")
    # “Ekonomisk standard” is adjusted for the size of the household: “disposable income” alone is another figure.
    assert indicator.short_name.sv.startswith("Ekonomisk standard")
    assert indicator.short_name.en.startswith("Equivalised")
    assert indicator.name.en.startswith("Equivalised")
