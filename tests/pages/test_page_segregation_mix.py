"""Segregation, several groups: both ends in the headline, every area with its bar, and the city's own mark."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from visitor import Visitor, plain

from dashboard.i18n import get_translator
from dashboard.measures.diversity import AreaMix
from dashboard.views.mixed_areas import Mixed
from dashboard.views.numbers import NumberFormat
from dashboard.views.segregation_mix import end_with_most, signs_on_line


@pytest.fixture
def page(visitor):
    return visitor.open("segregation", **{"del": "mix", "niva": "regso"})


def text_of(page):
    return plain(page.markup).replace("\u00a0", " ")


def strokes(page):
    """Give the areas on the line with their values, from the layer of strokes."""
    (line,) = [spec for spec in page.charts() if any(layer["mark"].get("strokeWidth") == 3 for layer in spec["layer"])]
    return next(layer["data"]["values"] for layer in line["layer"] if layer["mark"].get("strokeWidth") == 3)


def bars(page):
    (found,) = [spec for spec in page.charts() if any(layer["mark"]["type"] == "bar" for layer in spec["layer"])]
    segments = next(layer["data"]["values"] for layer in found["layer"] if layer["mark"]["type"] == "bar")
    return list(dict.fromkeys(row["area"] for row in segments))


def test_both_ends_are_named_and_neither_is_called_better(page):
    assert page.is_well()
    assert page.headline.startswith("Störst blandning: ")
    assert " av 100). Minst: " in page.headline
    text = text_of(page)
    assert "Hela stadens blandning är 97,4 av 100" in text
    assert re.search(r"områdena 2[45],\d % mindre blandade än staden \(osäkerhet mellan 2[\d,]+ och 2[\d,]+\)\.", text)
    assert "Varken mycket eller lite blandning är i sig bra." in text
    for word in ("sämst", "värst", "problem", "utsatt"):
        assert word not in text.lower()


def test_the_largest_group_of_an_area_is_its_own_and_no_ranking_of_areas(page):
    said = [spec["usermeta"]["description"] for spec in page.charts()]
    (line,) = [one for one in said if one.startswith("Varje streck")]
    assert "vanligast" in line
    # Another area has a larger share of the same group.
    assert "finns mest av" not in line


@pytest.mark.parametrize("split", ["tenure", "age_groups"])
@pytest.mark.parametrize(("level", "areas"), [("regso", 16), ("deso", 32)])
def test_every_area_has_its_place_and_the_city_stands_first(page, split, level, areas):
    page.choose("uppdelning", split)
    page.choose("niva", level)
    assert page.is_well()
    assert len(strokes(page)) == areas
    shown = bars(page)
    assert len(shown) == areas + 1
    assert shown[0].endswith(" · Hela staden")
    scores = [one.partition(" · ")[0] for one in shown[1:]]
    numbers = [float(score.replace(",", ".")) for score in scores]
    assert numbers == sorted(numbers, reverse=True)
    if numbers[-1] >= 80:
        # Where all are much alike none is pointed out as of one kind.
        assert page.headline == f"Nästan lika blandat överallt: från {scores[-1]} till {scores[0]} av 100"
    else:
        assert f"({scores[0]} av 100)" in page.headline
        assert page.headline.endswith(f"({scores[-1]})")
    start = int(numbers[-1] // 10 * 10)
    drawn = str(page.charts())
    assert f"'domain': [{start}, 100]" in drawn
    assert (f"Linjen börjar vid {start}" in drawn) == (start > 0)


def test_the_areas_that_stand_for_half_of_the_differences_are_those_marked(page):
    text = text_of(page)
    marked = [one.partition("* ")[2] for one in bars(page) if "* " in one]
    assert f"{len(marked)} av 16 områden står för hälften av skillnaderna mot staden" in text
    page.choose("more-mix-line", "table")
    rows = page.markup.split("<tbody>")[1].split("</tbody>")[0].split("<tr")[2:]
    parts = {}
    for row in rows:
        name, _, _, part, _ = [plain(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        parts[name] = float(re.sub(r"[^0-9,]", "", part).replace(",", "."))
    largest = sorted(parts, key=parts.__getitem__, reverse=True)[: len(marked)]
    assert set(marked) == set(largest)
    assert sum(parts[name] for name in largest[:-1]) < 50 < sum(parts[name] for name in largest) + 0.5


def test_the_line_says_what_it_shows(page):
    values = [row["value"] for row in strokes(page)]
    assert f"{sum(value < 97.35 for value in values)} av 16 områden är mindre blandade än hela staden" in text_of(page)


def test_an_area_that_is_shown_with_the_value_of_the_city_is_not_called_less_mixed(page):
    page.choose("uppdelning", "age_groups")
    # Innovatum-Norra Skoftebyn-Pettersberg is 99,8 as the city is.
    assert "15 av 16 områden är mindre blandade än hela staden" in text_of(page)
    assert "0 av 16 områden är mer blandade än så" in text_of(page)


def test_the_table_adds_up(page):
    page.choose("more-mix-line", "table")
    rows = page.markup.split("<tbody>")[1].split("</tbody>")[0].split("<tr")[1:]
    assert len(rows) == 17
    parts = [plain(row).replace("\u00a0", " ") for row in rows]
    assert "Hela staden" in parts[0]
    page.choose("more-mix-bars", "table")
    assert page.is_well()


def test_the_same_in_english(english_visitor):
    page = english_visitor.open("segregation", **{"del": "mix"})
    assert page.is_well()
    assert page.headline.startswith("Most mixed: ")


def test_a_city_without_ages_by_area_says_so(peer_city):
    with peer_city.in_use():
        page = Visitor().open("segregation", **{"del": "mix", "uppdelning": "age_groups"})
        assert page.is_well()
        assert page.headline == "Hur blandade är områdena?"
        assert "Inga grupper att visa" in text_of(page)
        # Its dwellings by tenure are known for the small areas.
        page.choose("uppdelning", "tenure")
        page.choose("niva", "deso")
        assert page.is_well()
        assert page.headline.startswith("Störst blandning: ")


def test_the_level_without_a_word_in_the_address_is_that_of_the_other_parts(visitor):
    page = visitor.open("segregation", **{"del": "mix"})
    assert page.widget("niva").value == "deso"
    assert "niva" not in page.at.query_params


@pytest.mark.parametrize(
    ("scores", "high", "low", "signs"),
    [
        ((0.9, 0.5, 0.2), "A (vanligast: x 60 %)", "C (vanligast: x 60 %)", ["A", "C"]),
        ((0.9, 0.9, 0.2), "A (vanligast: x 60 %) och B (vanligast: x 60 %)", "C (vanligast: x 60 %)", ["A", "B", "C"]),
        ((0.9, 0.2, 0.2, 0.2, 0.2), "A (vanligast: x 60 %)", "4 områden", ["A"]),
    ],
)
def test_areas_that_share_an_end_are_all_named_or_counted(scores, high, low, signs):
    t, text = get_translator("sv", Path(__file__).parents[2] / "locales"), SimpleNamespace(in_=lambda language: "x")
    catalogue = SimpleNamespace(
        measures={"entropy_score": SimpleNamespace(scale=100, decimals=1)},
        indicator=lambda name: SimpleNamespace(short_name=text),
    )
    view = SimpleNamespace(t=t, fmt=NumberFormat("sv", t), catalogue=catalogue, language="sv")
    mixes = tuple(AreaMix(10, (0.6, 0.4), score, None, None, None) for score in scores)
    split = SimpleNamespace(groups=("x", "y"))
    names = tuple("ABCDE"[: len(scores)])
    found = Mixed(split, "regso", 2025, names, names, ((None, None),) * len(scores), mixes, mixes[0])
    said = [end_with_most(view, found, at).replace("\u00a0", " ") for at in (0, len(scores) - 1)]
    assert said == [high, low]
    assert signs_on_line(view, found) == signs
