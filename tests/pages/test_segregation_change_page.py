"""Segregation, change: two years beside each other, what stops a comparison, and what a change consists of."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import made_up
import pytest
from visitor import Visitor, plain

from dashboard.i18n import get_translator
from dashboard.measures.inference import Interval
from dashboard.measures.report import NOISE_OF_DRAWS
from dashboard.sources.bundle import bundle
from dashboard.views.method_breaks import Breaks
from dashboard.views.segregation_change_choice import broken_by
from dashboard.views.segregation_change_words import certain

PART = {"del": "change"}
LOCALES = Path(__file__).parents[2] / "locales"


@pytest.fixture
def page(visitor):
    return visitor.open("segregation", **PART, uppdelning="age_20_34")


def test_years_between_which_the_source_counts_anew_are_not_compared(visitor):
    page = visitor.open("segregation", **PART)
    assert page.is_well()
    assert page.headline == "2024 och 2025 går inte att jämföra rakt av (bakgrund)"
    text = plain(page.markup)
    assert "Från 2025 räknas uppgifterna fram på ett nytt sätt (utländsk bakgrund" in text
    assert not page.charts()
    # Both years stand beside each other, with no difference between them.
    assert "Måtten 2024 och 2025, vart år för sig" in page.titles
    row = next(
        plain(one) for one in re.findall(r"<tr.*?</tr>", page.markup, re.DOTALL) if "dissimilaritetsindex" in one
    )
    assert re.fullmatch(r".*45,5\s*[\d,]+–[\d,]+\s*45,4\s*44,7–46,2\s*", row)
    assert "0,03" not in text


def test_somebody_who_insists_gets_a_marked_comparison_that_the_link_remembers(visitor):
    page = visitor.open("segregation", **PART)
    page.choose("jamfor", True)
    assert page.is_well()
    assert page.headline == (
        "2024 och 2025 räknas inte på samma sätt: 45,5 och 45,4 av 100 går inte att jämföra säkert (bakgrund)"
    )
    text = plain(page.markup)
    assert "Jämförelse över ett metodbyte, 2024–2025." in text
    assert "−0,03 (osäkerhet mellan −1,19 och 1,10). En skillnad kan komma av det nya sättet att räkna" in text
    assert page.at.query_params["jamfor"] == "ja"
    again = Visitor().open("segregation", **PART, jamfor="ja")
    assert again.headline == page.headline
    again.choose("uppdelning", "post_secondary_education")
    assert again.is_well()
    assert "går inte att jämföra rakt av" in again.headline
    assert "jamfor" not in again.at.query_params


def test_every_measure_has_its_change_with_interval_and_a_word_on_chance(visitor):
    page = visitor.open("segregation", **PART, jamfor="ja")
    assert "0 av 9 mått har ändrats mer än slumpen ger, 2024–2025" in page.titles
    page.choose("more-change-measures", "table")
    rows = re.findall(r"<tr.*?</tr>", page.markup.split("<tbody>")[1].split("</tbody>")[0], re.DOTALL)
    assert len(rows) == 10
    first = plain(rows[0])
    assert "45,5" in first
    assert "45,4" in first
    assert "−0,03" in first
    assert "Slumpen ensam" in first
    assert "Går inte att säga" in plain(rows[1])


def test_a_measure_that_a_level_cannot_have_says_so_and_not_that_the_source_lacks_it(visitor):
    page = visitor.open("segregation", **PART, niva="regso", jamfor="ja")
    page.choose("more-change-measures", "table")
    text = plain(page.markup)
    assert "går bara att göra för delområden" in text
    assert "Uppgift saknas hos källan" not in text


def test_parts_and_areas_are_told_with_both_ends(visitor):
    page = visitor.open("segregation", **PART, jamfor="ja")
    assert "Ingen del av förändringen är större än vad slumpen ger" in page.titles
    assert "Inget område har ändrats mer än vad slumpen ger" in page.titles
    # No area is named for what chance may have made: it stands in the table and, pale, on the map.
    assert not any("drog upp talet mest" in title or "drog ned det mest" in title for title in page.titles)
    legend = re.findall(r"<li><span class=\"hs-swatch\".*?</li>", page.markup)
    # The bars have one legend each, the map its own with a sign for every class.
    bars = [plain(one).strip() for one in legend if "hs-mark" not in one]
    assert bars == ["Minskade", "Ökade", "Blek: slumpen ensam kan ge skillnaden"] * 2
    legend = [one for one in legend if "hs-mark" in one]
    assert any("Drog upp" in one for one in legend)
    assert any("Drog ned" in one for one in legend)
    assert all("kan vara slump" in one or "Nästan oförändrat" in one for one in legend)
    page.choose("more-change-areas", "table")
    assert page.markup.split("<tbody>")[1].split("</tbody>")[0].count("<tr") == 32
    page.choose("more-change-parts", "table")
    assert "Cortes m.fl. 2020" in plain(page.markup)


def test_entropy_can_be_divided_instead(visitor):
    page = visitor.open("segregation", **PART, jamfor="ja", forandring="entropy")
    assert page.is_well()
    assert page.widget("forandring").value == "entropy"
    page.choose("more-change-parts", "how")
    assert any("area_counts" in expander.label for expander in page.at.expander)


@pytest.mark.parametrize("split", ["tenure", "living_alone", "unemployed"])
def test_a_single_year_says_what_is_missing(visitor, split):
    page = visitor.open("segregation", **PART, uppdelning=split)
    assert page.is_well()
    assert "går inte att räkna ut här" in page.headline
    assert "Det krävs två." in plain(page.markup)
    assert "Två år finns för bakgrund, utbildning och unga vuxna." in plain(page.markup)
    assert "nivå" not in plain(page.markup.split("hs-empty")[1])
    labels = [option.content for option in page.widget("uppdelning").proto.options]
    assert "Bakgrund" in labels
    assert [label for label in labels if label.endswith("(1 år)")]


@pytest.mark.parametrize(
    ("same_areas", "indicators", "broken"),
    [(True, {}, ""), (True, {2025: ["a"]}, "method"), (False, {}, "areas"), (False, {2025: ["a"]}, "both")],
)
def test_a_break_is_told_by_what_it_is(same_areas, indicators, broken):
    assert broken_by(Breaks(same_areas, indicators)) == broken
    for language in ("sv", "en") if broken else ():
        t = get_translator(language, LOCALES)
        assert all(t.has(f"change.{text}_{broken}") for text in ("marked", "title_marked", "why", "apart"))


@pytest.mark.parametrize("level", ["deso", "regso"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_level_in_both_languages(at_home, level, language):
    visitor = Visitor(language).open("segregation", **PART, niva=level, uppdelning="foreign_background", jamfor="ja")
    assert visitor.is_well()
    assert "45" in visitor.headline


def test_a_link_to_years_that_do_not_exist_shows_those_that_do(at_home):
    page = Visitor().open("segregation", **PART, fran="1999", till="2050", jamfor="ja", forandring="luck")
    assert page.is_well()
    assert "2024" in page.headline
    assert set(page.at.query_params) == {"del", "jamfor"}


def test_a_city_without_boundaries_has_bars_and_table(peer_city):
    with peer_city.in_use():
        page = Visitor().open("segregation", **PART, jamfor="ja")
        assert page.is_well()
        assert "Kartan saknas" in plain(page.markup)
        assert not [spec for spec in page.charts() if "geoshape" in str(spec)]


def figures(year, suffix=""):
    """Give invented inhabitants and shares of a year, under the division that a suffix names."""
    rows = []
    for n, deso in enumerate(made_up.DESOS):
        for name, value, unit, table in (
            ("population", 1000 + 90 * n, "persons", "TAB6574"),
            ("foreign_background", 10 + (6 + year % 3) * n, "percent", "TAB6571"),
        ):
            rows.append([deso + suffix, made_up.REGSO_OF[deso], name, str(year), str(value), unit, table])
    return rows


@pytest.fixture(scope="module")
def several_years(tmp_path_factory, embedded, only_scb):
    """Build a city with figures of 2023, under the older areas, and of 2024 to 2026."""
    folder = tmp_path_factory.mktemp("several_years")
    files = made_up.InputFolder(folder / "input")
    files.change_deso(lambda known: known.extend([*figures(2023, "_DeSO2018"), *figures(2026)]))
    shutil.copytree(embedded / "catalogue", folder / "data" / "catalogue")
    bundle(files.path, made_up.CODE, folder / "data", lambda line: None)
    return type(only_scb).beside(folder / "data").build()


def test_an_interval_that_only_just_leaves_out_0_has_one_verdict_everywhere():
    # The measures call such a change chance, since other draws could lead it across 0.
    assert not certain(Interval(0.01, NOISE_OF_DRAWS / 2, 0.02))
    assert not certain(Interval(-0.01, -0.02, -NOISE_OF_DRAWS / 2))
    assert certain(Interval(0.01, NOISE_OF_DRAWS * 2, 0.02))
    assert certain(Interval(-0.01, -0.02, -NOISE_OF_DRAWS * 2))
    assert not certain(Interval(0.01, None, None))


def test_the_years_can_be_chosen_and_stand_in_the_link(several_years):
    with several_years.in_use():
        page = Visitor().open("segregation", **PART)
        assert (page.widget("fran").value, page.widget("till").value) == ("2025", "2026")
        assert set(page.at.query_params) == {"del"}
        page.choose("fran", "2024")
        assert page.at.query_params["fran"] == "2024"
        assert "2024 och 2026 går inte att jämföra rakt av" in page.headline
        page.choose("till", "2025")
        assert page.is_well()
        assert page.at.query_params["till"] == "2025"
        again = Visitor().open("segregation", **PART, fran="2025", till="2026")
        assert again.is_well()
        assert "fran" not in again.at.query_params  # the year before is what stands there without a word
        assert "av 100" in again.headline or "till" in again.headline
        assert "stoppad" not in plain(again.markup)


def test_other_areas_stop_a_comparison_and_have_no_parts(several_years):
    with several_years.in_use():
        page = Visitor().open("segregation", **PART, fran="2023", till="2024")
        assert page.is_well()
        assert "Gränserna mellan områdena drogs om" in plain(page.markup)
        assert not page.charts()
        page.choose("jamfor", True)
        assert page.is_well()
        assert "Förändringen går inte att dela upp" in page.titles
        assert "De två åren har inte samma områden." in plain(page.markup)
        assert len(page.charts()) == 1


def test_what_is_more_than_chance_over_a_break_is_never_told_as_a_change_of_the_city(visitor):
    page = visitor.open("segregation", **PART, uppdelning="post_secondary_education", jamfor="ja")
    assert page.is_well()
    told = [one for one in page.titles if "mer än slumpen ger" in one and not one.startswith("0 av")]
    assert told
    assert all(one.endswith("men åren går inte att jämföra säkert") for one in told)
    for key in page.keys("more-change-"):
        page.widget(key).set_value("table")
    page.at.run()
    text = plain(page.markup)
    assert "Mer än slumpen ger, men åren går inte att jämföra säkert." in text
    assert "Mer än slumpen ger." not in text
