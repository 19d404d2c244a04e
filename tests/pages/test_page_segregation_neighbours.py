"""Segregation, neighbours: what holds for the city, every area with its pattern, and chance told as chance."""

import re

import pytest
from visitor import Visitor, plain

PATTERNS = (
    "Låg andel, grannar med låg andel",
    "Låg andel, grannar med hög andel",
    "Inte mer än slump",
    "Hög andel, grannar med låg andel",
    "Hög andel, grannar med hög andel",
)


@pytest.fixture
def page(visitor):
    return visitor.open("segregation", **{"del": "neighbours"})


def text_of(page):
    return plain(page.markup).replace("\u00a0", " ")


def rows_of(page):
    page.choose("more-neighbours", "table")
    return [plain(row) for row in page.markup.split("<tbody>")[1].split("</tbody>")[0].split("<tr")[1:]]


def test_the_city_in_a_sentence_with_what_chance_gives(page):
    assert page.is_well()
    assert page.headline == "Områden med liknande andel ligger ofta bredvid varandra (bakgrund, 2025)"
    text = text_of(page)
    assert "Likheten mellan grannar är 0,62: nära 1" in text
    assert "Morans" not in text
    assert "omkring 2 skulle göra det ändå" in text
    for word in ("hot spot", "värst", "problem", "kluster"):
        assert word not in text.lower()


def test_the_statistics_stand_in_the_card(page):
    page.choose("more-neighbours", "how")
    assert "Morans I, 0,62; slumpen ger i genomsnitt −0,03 (p = 0,001, räknat på 999 omkastningar" in text_of(page)


def test_only_what_holds_when_all_are_tried_is_told_as_certain(page):
    text = text_of(page)
    rows = rows_of(page)
    assert len(rows) == 32
    assert all(any(pattern in row for pattern in PATTERNS) for row in rows)
    sure = [row for row in rows if re.search(r"\bJa\b", row)]
    high, low = (sum(pattern in row for row in sure) for pattern in (PATTERNS[4], PATTERNS[0]))
    assert 0 < len(sure) < sum(PATTERNS[2] not in row for row in rows)
    assert f"Säkert: {high} områden med hög andel bland grannar med hög, {low} med låg bland låg" in page.titles[0]
    # The legend counts the certain and those that may be chance apart.
    unsure = sum(PATTERNS[0] in row for row in rows) - low
    assert re.search(rf"{PATTERNS[0]}: kan vara slump \({unsure} område(n)?\)", text)
    assert re.search(rf"{PATTERNS[4]} \({high} område(n)?\)", text)


@pytest.mark.parametrize("level", ["deso", "regso"])
def test_every_split_works_at_every_level(page, level):
    page.choose("niva", level)
    for split in ("low_economic_standard", "rented_tenure", "living_alone", "age_65_plus", "unemployed"):
        page.choose("uppdelning", split)
        assert page.is_well(), split
        assert "bredvid varandra" in page.headline


def test_what_chance_may_have_made_is_told_so(page):
    page.choose("uppdelning", "age_65_plus")
    assert "ligger inte bredvid varandra oftare än slumpen ger" in page.headline
    assert "Inget område skiljer sig säkert från slumpen när alla 32 prövas" in page.titles


def test_the_split_and_the_level_come_along_from_another_part(visitor):
    page = visitor.open("segregation", **{"del": "scale"}, uppdelning="age_65_plus")
    page.choose("del", "neighbours")
    assert "(äldre, " in page.headline
    page.choose("niva", "regso")
    page.choose("del", "now")
    assert "(äldre)" in page.headline
    assert page.widget("niva").value == "regso"


def test_a_split_that_the_part_lacks_is_named_and_comes_back(visitor):
    page = visitor.open("segregation", uppdelning="tenure")
    page.choose("del", "neighbours")
    assert page.is_well()
    assert "”Upplåtelseform” går inte att visa i den här delen; här visas ”Bakgrund”." in text_of(page)
    assert "uppdelning" not in page.at.query_params
    page.choose("niva", "regso")
    assert "”Upplåtelseform” går inte att visa" in text_of(page)
    page.choose("del", "now")
    assert page.widget("uppdelning").value == "tenure"
    assert page.at.query_params["uppdelning"] == "tenure"
    page.choose("del", "neighbours")
    page.choose("uppdelning", "unemployed")
    assert "går inte att visa" not in text_of(page)
    page.choose("del", "now")
    assert page.widget("uppdelning").value == "unemployed"


def test_the_same_in_english(english_visitor):
    page = english_visitor.open("segregation", **{"del": "neighbours"})
    assert page.is_well()
    assert page.headline == "Areas with a similar share often lie beside each other (background, 2025)"


def test_a_city_without_boundaries_says_what_is_missing(peer_city):
    with peer_city.in_use():
        page = Visitor().open("segregation", **{"del": "neighbours"})
        assert page.is_well()
        assert page.headline == "Liknar områden sina grannar?"
        assert "områdenas gränser saknas" in text_of(page)


def test_shares_have_no_more_decimals_than_their_source(visitor):
    rows = rows_of(visitor.open("segregation", **{"del": "neighbours", "uppdelning": "low_economic_standard"}))
    assert "70\u00a0%" in rows[-1]
    assert "70,0" not in rows[-1]
