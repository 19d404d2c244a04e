"""Segregation: every split at every level in every year that there is, and a reason where there is no value."""

import re

import pytest
from visitor import Visitor, plain

from dashboard.measures.inference import DRAWS
from dashboard.views.reports import all_slices
from dashboard.warehouse.connection import Warehouse

SPLITS = (
    "foreign_background",
    "low_economic_standard",
    "post_secondary_education",
    "unemployed",
    "tenure",
    "rented_tenure",
    "living_alone",
    "age_20_34",
    "age_65_plus",
    "age_groups",
)
LEVELS = ("deso", "regso")


@pytest.fixture
def page(visitor):
    return visitor.open("segregation")


def test_forty_five_of_a_hundred(page):
    assert page.is_well()
    assert page.headline.startswith("45 av 100: ")
    assert "bakgrund" in page.headline
    text = plain(page.markup)
    lead = plain(re.search(r'<p class="hs-lead">(.*?)</p>', page.markup)[1]).strip()
    assert lead.endswith("område. Osäkerhet: mellan 44,7 och 46,2.")
    assert lead.count(". ") == 1
    assert "omkring 2,0 för delområden (slumpgolv)" in text
    assert "45,4" in text


@pytest.mark.parametrize(
    ("split", "unit"), [("foreign_background", "personer"), ("living_alone", "hushåll"), ("rented_tenure", "bostäder")]
)
def test_the_uncertainty_is_told_in_what_the_split_counts(visitor, split, unit):
    page = visitor.open("segregation", uppdelning=split)
    page.choose("more-measures", "how")
    said = re.search(
        r"slumpen i vilka (\w+) som (?:bor|ligger) var \(95 procent, ([^)]+) dragningar", plain(page.markup)
    )
    assert said.groups() == (unit, f"{DRAWS:,}".replace(",", "\u00a0"))


def test_the_same_in_english(english_visitor):
    page = english_visitor.open("segregation")
    assert page.is_well()
    assert page.headline.startswith("45 of 100: ")
    assert "background" in page.headline


def test_every_split_is_offered(page):
    assert len(page.widget("uppdelning").proto.options) == len(SPLITS)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_split_level_and_year_works(at_home, language):
    warehouse = Warehouse(at_home.warehouse)
    slices = {(one.split, one.level, one.year): one.complete for one in all_slices(warehouse, "1488")}
    warehouse.close()
    visitor = Visitor(language)
    shown = set()
    for split in SPLITS:
        for level in LEVELS:
            visitor.open("segregation", uppdelning=split, niva=level)
            assert visitor.is_well(), (split, level)
            years = [year for (s, lev, year), complete in slices.items() if (s, lev) == (split, level) and complete]
            if not years:
                assert 'class="hs-empty-title"' in visitor.markup
                assert not visitor.at.get("vega_lite_chart")
                continue
            for year in years:
                visitor.open("segregation", uppdelning=split, niva=level, ar=str(year))
                assert visitor.is_well(), (split, level, year)
                assert visitor.widget("ar").value == str(year)
                assert visitor.widget("niva").value == level
                shown.add((split, level, year))
    assert len(shown) == 26


def test_every_measure_of_a_split_can_be_the_headline(page):
    measures = [str(option) for option in page.at.session_state["matt"].split()]
    assert measures == ["dissimilarity"]
    seen = set()
    for measure in ("corrected_dissimilarity", "gini", "isolation", "exposure", "correlation_ratio", "entropy"):
        page.choose("matt", measure)
        assert page.is_well(), measure
        assert page.at.query_params == {"matt": measure}
        seen.add(page.headline)
    assert len(seen) == 6


def test_a_link_restores_everything(at_home):
    address = {"uppdelning": "rented_tenure", "niva": "regso", "matt": "gini", "karta": "municipality"}
    page = Visitor().open("segregation", **address)
    assert page.is_well()
    assert dict(page.at.query_params) == address
    assert page.headline.startswith("Gini-index")


@pytest.mark.parametrize(
    ("part", "split", "level"), [("mix", "age_groups", "regso"), ("neighbours", "unemployed", "regso")]
)
def test_the_choice_in_a_part_stands_in_the_link(visitor, part, split, level):
    page = visitor.open("segregation", **{"del": part})
    page.choose("uppdelning", split)
    page.choose("niva", level)
    address = dict(page.at.query_params)
    assert address == {"del": part, "uppdelning": split, "niva": level}
    again = Visitor().open("segregation", **address)
    assert again.is_well()
    assert again.headline == page.headline


def test_a_link_to_what_does_not_exist_shows_what_does(at_home):
    page = Visitor().open("segregation", uppdelning="shoe_size", niva="county", ar="1999", matt="luck")
    assert page.is_well()
    assert page.headline.startswith("45 av 100")
    assert page.at.query_params == {}


def test_several_groups_have_no_map_and_say_why(page):
    page.choose("uppdelning", "tenure")
    assert page.is_well()
    assert "Ingen karta för flera grupper samtidigt" in plain(page.markup)
    assert not [spec for spec in page.charts() if "geoshape" in str(spec)]


def test_within_and_between_is_told_for_deso_alone(page):
    assert any(title.endswith("av skillnaderna ligger mellan stadsdelar") for title in page.titles)
    page.choose("niva", "regso")
    assert page.is_well()
    assert "Uppdelningen inom och mellan stadsdelar går bara att göra för delområden." in plain(page.markup)


def test_both_poles_stand_in_the_table_of_the_map(page):
    page.choose("more-contributions", "table")
    text = plain(page.markup)
    assert "Båda ändarna bidrar" in text or "båda ändarna bidrar" in text
    rows = page.markup.split("<tbody>")[1].split("</tbody>")[0].count("<tr")
    assert rows == 32


@pytest.mark.parametrize(
    ("split", "own"), [("living_alone", "42,4\u00a0%"), ("rented_tenure", ""), ("age_65_plus", "")]
)
def test_the_municipalitys_own_figure_is_told_where_it_is_a_share(visitor, split, own):
    text = plain(visitor.open("segregation", uppdelning=split).markup)
    assert re.findall(r"Kommunens eget tal är ([^;]+);", text) == ([own] if own else [])


def test_the_page_keeps_its_choices_from_run_to_run(page):
    page.choose("uppdelning", "unemployed")
    first = page.headline
    page.at.run()
    assert page.headline == first
    assert page.at.query_params == {"uppdelning": "unemployed"}


@pytest.mark.parametrize("level", ["deso", "regso"])
@pytest.mark.parametrize("split", ["foreign_background", "post_secondary_education", "age_20_34"])
def test_now_says_nothing_of_chance_where_change_stops_the_comparison(visitor, split, level):
    stop = "2024 och 2025 går inte att jämföra rakt av"
    stopped = stop in visitor.open("segregation", **{"del": "change"}, uppdelning=split, niva=level).headline
    page = visitor.open("segregation", uppdelning=split, niva=level)
    assert page.is_well()
    text = plain(page.markup)
    assert stopped == (stop in text)
    if stopped:
        assert f"Metoden byttes 2025, så {stop}" in page.titles
        assert "säker förändring" not in text
        assert "mer än slumpen" not in text
        assert re.search(r"Mellan 2024 och 2025 skiljer talen \S+ \(osäkerhet [^)]+\), med bytet inräknat", text)


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"del": "scale"},
        {"del": "income"},
        {"del": "change", "jamfor": "ja"},
        {"del": "neighbours"},
        {"del": "mix"},
        {"del": "mix", "uppdelning": "tenure"},
        {"del": "what_if", "bostader": "1.kkj.b-1488C1090-b-200_b-1488R011-h-150"},
    ],
    ids=lambda address: "-".join(address.values())[:20] or "now",
)
def test_every_figure_opens_its_table_and_tells_how_it_was_worked_out(visitor, address):
    visitor.open("segregation", **address)
    tables = visitor.markup.count('<table class="hs-table')
    keys = visitor.keys("more-")
    with_table = [key for key in keys if len(visitor.widget(key).proto.options) == 4]
    assert len(with_table) >= len(visitor.charts())
    for key in with_table:
        visitor.widget(key).set_value("table")
    visitor.at.run()
    assert visitor.is_well()
    assert visitor.markup.count('<table class="hs-table') == tables + len(with_table)
    for key in keys:
        visitor.widget(key).set_value("how")
    visitor.at.run()
    assert visitor.is_well()
    queries = [code.value.lower() for code in visitor.at.code if "select" in code.value.lower()]
    assert len(queries) >= len(keys)
