"""Other cities: one of which there are only SCB's files, and one without boundaries. The pages show what there is."""

import re

import pytest
from visitor import PAGES, Visitor, plain


@pytest.fixture
def little(only_scb):
    with only_scb.in_use():
        yield only_scb


@pytest.fixture
def peer(peer_city):
    with peer_city.in_use():
        yield peer_city


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_with_scbs_files_alone(little, page, language):
    visitor = Visitor(language).open(page)
    assert visitor.is_well()
    assert visitor.headline
    assert "Trollh" not in visitor.headline


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_without_boundaries(peer, page, language):
    visitor = Visitor(language).open(page)
    assert visitor.is_well()
    assert visitor.headline
    assert not [spec for spec in visitor.charts() if "geoshape" in str(spec)]


def test_the_front_page_says_what_is_not_there(little):
    text = plain(Visitor().open("overview").markup)
    assert "Index saknas" in text
    assert "Inga insatsområden för Vänersborg" in text
    assert "Inga jämförbara kommuner" in text


def test_a_map_that_is_not_there_says_why_and_leaves_the_table(little):
    visitor = Visitor().open("districts")
    text = plain(visitor.markup)
    assert "Kartan saknas" in text
    assert len(visitor.labels()) == 6


def test_areas_without_a_name_are_shown_by_their_code(little):
    visitor = Visitor().open("districts")
    assert set(visitor.labels()) == {
        "1487A0010",
        "1487B2010",
        "1487C1010",
        "1487C1020",
        "1487C1030",
        "1487C1040",
    }


def test_the_measures_are_there_without_boundaries(little):
    visitor = Visitor().open("segregation")
    assert visitor.is_well()
    assert re.match(r"\d+ av 100: ", visitor.headline)


def test_a_level_without_figures_says_so(little):
    visitor = Visitor().open("segregation", niva="regso")
    assert visitor.is_well()
    assert "100" not in visitor.headline
    assert "Inget värde" in plain(visitor.markup)


@pytest.mark.parametrize("code", ["1487A0010", "1487C1040"])
def test_one_area_in_short_with_scbs_files_alone(little, code):
    visitor = Visitor().open("districts", omraden=[code])
    assert visitor.is_well()
    assert code in plain(visitor.markup)


def test_filters_of_a_city_without_names(little):
    visitor = Visitor().open("districts", typ=["C"])
    assert visitor.is_well()
    assert len(visitor.labels()) == 4


def test_every_split_of_a_peer(peer):
    visitor = Visitor()
    for split in (
        "foreign_background",
        "tenure",
        "unemployed",
        "living_alone",
        "age_65_plus",
        "post_secondary_education",
    ):
        for level in ("deso", "regso"):
            visitor.open("segregation", uppdelning=split, niva=level)
            assert visitor.is_well(), (split, level)


def test_a_peers_dissimilarity_is_the_published_one(peer):
    visitor = Visitor().open("segregation")
    assert visitor.headline.startswith("38 av 100")
    assert "37,5" in plain(visitor.markup)


def test_a_peer_is_compared_with_the_other_cities(peer):
    visitor = Visitor().open("overview")
    assert any("Vänersborg" in title for title in visitor.titles)


def test_a_peer_has_no_roadmap_of_another_city(peer):
    text = plain(Visitor().open("overview").markup)
    assert "Inga insatsområden för Vänersborg" in text
    assert "Färdplanen har" not in text
