"""Segregation, part on scale: the profile over scales and the map of the nearest, for every split in both languages."""

import pytest
from visitor import Visitor, plain

from dashboard.views.reports import all_slices
from dashboard.warehouse.connection import Warehouse


@pytest.fixture
def page(visitor):
    return visitor.open("segregation", **{"del": "scale"})


def test_the_profile_of_foreign_background(page):
    assert page.is_well()
    assert page.headline.replace("\u00a0", " ") == (
        "Uppdelningen efter bakgrund syns även på långt håll: 68 % av den finns kvar bland de 12 800 närmaste"
    )
    text = plain(page.markup).replace("\u00a0", " ")
    assert "Från 45,4 bland de 200 närmaste till 30,9 bland de 12 800 närmaste" in text
    assert "Till och med de 1 600 närmaste ryms de flesta grannskap" in text
    assert "Ungefärligt: alla i ett delområde" in text
    assert "på andra sidan kommungränsen" in text


def test_the_line_holds_every_scale_and_both_levels(page):
    line, _ = page.charts()
    rows = {row["name"]: row for layer in line["layer"] for row in layer["data"]["values"]}
    assert {row["people"] for row in rows.values()} >= {200, 400, 800, 1600, 3200, 6400, 12800}
    assert rows["Delområden"]["people"] == pytest.approx(59_265 / 32, rel=0.01)
    assert rows["Delområden"]["value"] == pytest.approx(45.43, abs=0.01)
    assert rows["de 3\u00a0200 närmaste"]["value"] == pytest.approx(42.37, abs=0.01)
    assert rows["de 3\u00a0200 närmaste"]["lower"] < 42.37 < rows["de 3\u00a0200 närmaste"]["upper"]
    assert [row["within"] for row in rows.values() if row["people"] in {800, 3200}] == [True, False]


def test_the_link_restores_measure_and_scale(visitor):
    page = visitor.open("segregation", **{"del": "scale", "skalmatt": "entropy", "narmaste": "6400", "ar": "2024"})
    assert page.is_well()
    assert page.headline.startswith("Entropiindex")
    assert any("6\u00a0400 närmaste" in title for title in page.titles)
    assert page.widget("ar").value == "2024"
    page.choose("narmaste", "12800")
    assert page.is_well()
    assert any("12\u00a0800 närmaste" in title for title in page.titles)


def test_the_tables_say_the_same(page):
    page.choose("more-scale-profile", "table")
    text = plain(page.markup).replace("\u00a0", " ")
    assert "32 delområden, i snitt 1 852 personer" in text
    assert "41,6–43,0" in text
    page.choose("more-scale-map", "table")
    assert "Når (km)" in plain(page.markup)


def test_shares_have_no_more_decimals_than_their_source(visitor):
    page = visitor.open("segregation", **{"del": "scale", "uppdelning": "low_economic_standard"})
    text = plain(page.markup).replace("\u00a0", " ")
    assert "Bland de 3 200 närmaste går andelen från 4 % till 51 %; områdena tillsammans har 16 %" in text


def test_a_part_of_all_people_is_not_told_as_inhabitants(visitor):
    page = visitor.open("segregation", **{"del": "scale", "uppdelning": "unemployed"})
    page.choose("more-scale-profile", "table")
    text = plain(page.markup).replace("\u00a0", " ")
    assert "De närmaste är så många av arbetskraften, inte så många invånare." in text
    assert "32 delområden, i snitt 892 av arbetskraften" in text
    assert "inte så många invånare" not in plain(visitor.open("segregation", **{"del": "scale"}).markup)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_split_and_year_works(at_home, language):
    warehouse = Warehouse(at_home.warehouse)
    slices = {(one.split, one.year) for one in all_slices(warehouse, "1488") if one.level == "deso" and one.complete}
    every = {one.split for one in all_slices(warehouse, "1488")}
    warehouse.close()
    visitor = Visitor(language)
    for split, year in sorted(slices):
        visitor.open("segregation", **{"del": "scale", "uppdelning": split, "ar": str(year)})
        assert visitor.is_well(), (split, year)
        assert visitor.charts(), (split, year)
    for split in sorted(every - {split for split, _ in slices}):
        visitor.open("segregation", **{"del": "scale", "uppdelning": split})
        assert visitor.is_well(), split
        assert 'class="hs-empty-title"' in visitor.markup
