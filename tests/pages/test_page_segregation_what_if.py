"""Segregation, housing to try: steps are added, refused and taken away, and the link restores them."""

import re
from decimal import Decimal

import pytest
from visitor import Visitor, plain

from dashboard.measures.scenarios import Step
from dashboard.views.housing_codes import scenario_code


@pytest.fixture
def page(visitor):
    return visitor.open("segregation", **{"del": "what_if"})


def number(page, value):
    next(one for one in page.at.number_input if one.key == "housing-number").set_value(value)
    return page


def codes(page):
    found = page.at.query_params.get("bostader", [])
    return [found] if isinstance(found, str) else found


def test_without_a_scenario_it_says_what_can_be_tried_and_what_it_cannot_know(page):
    assert page.is_well()
    assert page.headline.startswith("Pröva nya bostäder")
    text = plain(page.markup)
    assert "Vilka som flyttar in" in text
    assert "Allt annat är som den 31 december 2025" in text
    assert "Exempel, ingen plan: bygg 200 bostadsrätter i Kronogårds Torg-Frälsegården" in text
    assert not page.charts()


def test_the_example_is_marked_as_one_and_gives_before_after_and_interval(page):
    page.press("housing-example")
    assert page.is_well()
    assert page.headline == "Bostadsformerna skulle bli jämnare fördelade: ojämlikhetsindex från 53,06 till 52,39"
    text = plain(page.markup).replace("\u00a0", " ")
    assert "De kommer inte från någon plan." in text
    assert "Förändring: −0,67 (osäkerhet mellan −0,71 och −0,56)." in text
    assert "Kronogårds Torg-Frälsegården: blandningen från" in text
    # Where the dwellings of a neighbourhood of two small areas end up.
    assert "+65 hyresrätter i 1488C1200 och +85 hyresrätter i 1488C1230" in text
    assert len(page.charts()) == 1


def test_a_change_that_hardly_shows_is_called_that_and_adds_up_with_what_stands_beside_it(visitor):
    code = scenario_code([Step("build", 50, "dwellings_rented", "1488R001_RegSO2025")])
    page = visitor.open("segregation", **{"del": "what_if", "bostader": [code]})
    assert page.is_well()
    assert page.headline.startswith("Knappt märkbar skillnad")
    rows = [
        [
            plain(cell).strip().replace("\u00a0", " ")
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in page.markup.split("<tbody>")[1].split("</tbody>")[0].split("<tr")[1:]
    ]
    changes = {name: [Decimal(one.replace(",", ".").replace("−", "-")) for one in rest[:3]] for name, *rest in rows}
    assert len(changes) >= 2
    for name, (before, after, change) in changes.items():
        # Each of the three is rounded, so that they may miss each other by one in the last place.
        assert abs(after - before - change) <= Decimal("0.01"), name
        assert change.as_tuple().exponent == -2, name


def test_a_step_that_cannot_be_made_is_told_in_whole_sentences(visitor):
    code = scenario_code([Step("demolish", 5, "dwellings_tenant_owned", "1488C1070_DeSO2025")])
    page = visitor.open("segregation", **{"del": "what_if", "bostader": [code]})
    (said,) = page.warnings()
    assert said.startswith(
        "Det går inte att riva 5 bostadsrätter i Kronogårds Torg-Frälsegården · 1488C1070. Där finns 0"
    )


def test_an_area_that_is_emptied_has_no_dwellings_and_no_mix(visitor):
    code = scenario_code([Step("demolish", 502, "dwellings_rented", "1488C1070_DeSO2025")])
    page = visitor.open("segregation", **{"del": "what_if", "bostader": [code]})
    page.choose("more-housing-areas", "table")
    assert page.is_well()
    text = plain(page.markup)
    assert "Det finns inga bostäder i området." in text
    assert "Ingen bor i området." not in text


def test_the_link_restores_the_scenario(page):
    page.press("housing-example")
    address = {"del": "what_if", "bostader": codes(page)}
    # It stands beside the steps, to be copied.
    assert any(codes(page)[0] in one.value for one in page.at.code)
    again = Visitor().open("segregation", **address)
    assert again.is_well()
    assert again.headline == page.headline
    assert again.at.query_params == page.at.query_params


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda code: code[:-1], "Länken är skadad"),
        (lambda code: "2" + code[1:], "en annan version"),
        (lambda code: "rubbish", "Länken är skadad"),
    ],
)
def test_a_damaged_link_is_told_and_never_read_as_another_scenario(page, damage, said):
    page.press("housing-example")
    broken = Visitor().open("segregation", **{"del": "what_if", "bostader": [damage(codes(page)[0])]})
    assert not broken.at.exception
    assert [said in warning for warning in broken.warnings()] == [True]
    assert broken.headline.startswith("Pröva nya bostäder")
    # What comes after it clears the notice.
    broken.press("housing-example")
    assert broken.is_well()


def test_more_than_there_is_cannot_be_demolished(page):
    page.choose("housing-kind", "demolish")
    number(page, 19999)
    page.press("housing-add")
    (warning,) = page.warnings()
    assert "Där finns" in warning
    assert codes(page) == []
    # What was typed is kept.
    assert next(one for one in page.at.number_input if one.key == "housing-number").value == 19999


@pytest.mark.parametrize(
    ("typed", "said"),
    [(99999, "Högst 20\u00a0000 bostäder"), (0, "Skriv ett helt antal"), (-5, "Skriv ett helt antal")],
)
def test_a_number_out_of_bounds_is_refused_in_words_and_none_other_is_added(page, typed, said):
    field = next(one for one in page.at.number_input if one.key == "housing-number")
    # A field with bounds would keep the number to itself, and the button would add the one before it.
    assert field.min is None or field.min < -1000
    assert field.max is None or field.max > 1_000_000
    number(page, typed)
    page.press("housing-add")
    (warning,) = page.warnings()
    assert said in warning
    assert codes(page) == []


def test_what_is_refused_is_what_was_typed_and_what_the_steps_before_have_left(page):
    page.choose("housing-area", "1488C1070_DeSO2025")
    page.choose("housing-kind", "demolish")
    number(page, 500)
    page.press("housing-add")
    assert page.is_well()
    number(page, 50)
    page.press("housing-add")
    (warning,) = page.warnings()
    assert warning.startswith("Det går inte att riva 50 hyresrätter i")
    assert "Efter stegen före finns där 2 hyresrätter." in warning


def test_every_kind_of_step_can_be_added_and_taken_away(page):
    number(page, 5)
    page.press("housing-add")
    for kind in ("convert", "move", "demolish"):
        page.choose("housing-kind", kind)
        number(page, 2)
        page.press("housing-add")
        assert page.is_well(), kind
    assert len(codes(page)[0].split("_")) == 4
    # The same step again is a step of its own, in its place.
    page.press("housing-add")
    assert page.is_well()
    assert len(codes(page)[0].split("_")) == 5
    for left in (4, 3, 2, 1):
        page.press("housing-remove-0")
        assert not page.at.exception
        assert len(codes(page)[0].split("_")) == left
    page.press("housing-remove-0")
    assert codes(page) == []
    assert page.headline.startswith("Pröva nya bostäder")


def test_a_step_that_rests_on_one_that_is_gone_is_told(page):
    page.choose("housing-group", "dwellings_owner_occupied")
    number(page, 7000)
    page.press("housing-add")
    page.choose("housing-kind", "demolish")
    number(page, 7000)
    page.press("housing-add")
    assert page.is_well()
    page.press("housing-remove-0")
    assert any("Där finns" in warning for warning in page.warnings())
    assert page.headline == "Ett steg går inte att göra"
    assert not page.charts()


def step_number(page, position, value):
    next(one for one in page.at.number_input if one.key == f"housing-step-number-{position}").set_value(value).run()
    return page


def test_the_steps_that_can_be_made_count_beside_one_that_cannot(page):
    page.press("housing-add")
    page.choose("housing-kind", "demolish")
    page.choose("housing-area", "1488C1070_DeSO2025")
    page.press("housing-add")
    alone = page.headline
    step_number(page, 1, 9000)
    assert page.headline == "Ett steg går inte att göra"
    (warning,) = page.warnings()
    assert "riva 9 000 hyresrätter" in plain(warning).replace("\u00a0", " ")
    # The first is drawn and told, and the number can be put right where it stands.
    assert page.charts()
    assert "Det som visas gäller de andra stegen." in plain(page.markup)
    step_number(page, 1, 50)
    assert page.is_well()
    assert page.headline == alone


@pytest.mark.parametrize(("typed", "said"), [(0, "Skriv ett helt antal"), (20001, "Högst 20\u00a0000")])
def test_a_number_of_a_step_that_is_none_is_refused_and_the_old_one_stays(page, typed, said):
    page.press("housing-add")
    before = codes(page)
    step_number(page, 0, typed)
    (warning,) = page.warnings()
    assert said in warning
    assert codes(page) == before
    assert next(one for one in page.at.number_input if one.key == "housing-step-number-0").value == 50


def test_the_same_in_english(english_visitor):
    page = english_visitor.open("segregation", **{"del": "what_if"})
    page.press("housing-example")
    assert page.is_well()
    assert page.headline == ("Forms of tenure would become more evenly spread: dissimilarity index from 53.06 to 52.39")


def test_tables_and_files_are_offered(page):
    page.press("housing-example")
    page.choose("more-housing-areas", "table")
    text = plain(page.markup)
    assert "1488C1230" in text
    assert "Hela staden" in text


def test_the_bars_come_first_and_the_two_measures_of_the_whole_after_them(page):
    page.press("housing-example")
    text = plain(page.markup).replace("\u00a0", " ")
    assert text.index("blandningen från") < text.index("Områdenas blandning")
    assert "entropiindex" in text
    parted = "– därav mellan stadsdelar"
    assert parted not in text
    page.choose("more-housing-city", "table")
    assert parted in plain(page.markup)


def test_another_city_tries_its_own_dwellings_without_the_example(peer_city):
    with peer_city.in_use():
        page = Visitor().open("segregation", **{"del": "what_if"})
        assert page.is_well()
        assert "Exempel, ingen plan" not in plain(page.markup)
        page.press("housing-add")
        assert page.is_well()
        assert "bostadsformerna" in page.headline.lower()
        assert codes(page)[0].split(".")[2].startswith("b-1487")
