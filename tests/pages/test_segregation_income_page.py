"""Segregation, income: what is missing and what fills it, both ends, and the measure from quartiles."""

from __future__ import annotations

import re
import shutil

import made_up
import pytest
from visitor import Visitor, plain

from dashboard.sources.bundle import bundle
from dashboard.views import income_reports
from dashboard.warehouse.connection import Warehouse

PART = {"del": "income"}
NAMES = ("income_quartile_1", "income_quartile_2", "income_quartile_3", "income_quartile_4")
#: Invented: the six areas go from many in the lowest quartile to many in the highest.
SHARES = ((60, 20, 10, 10), (40, 30, 20, 10), (25, 25, 25, 25), (25, 25, 25, 25), (10, 20, 30, 40), (10, 10, 20, 60))


def quartile_rows(years, persons=True):
    rows = []
    for year in years:
        for deso, shares in zip(made_up.DESOS, SHARES, strict=True):
            pairs = [*zip(NAMES, shares, strict=True), *([("income_persons", 1000)] if persons else [])]
            rows += [
                [deso, made_up.REGSO_OF[deso], name, str(year), str(value), "percent", "TAB6684"]
                for name, value in pairs
            ]
    return rows


def city_with(folder, city_type, embedded, rows):
    """Build a city from an input folder with further rows of the DeSO."""
    files = made_up.InputFolder(folder / "input")
    files.change_deso(lambda known: known.extend(rows))
    shutil.copytree(embedded / "catalogue", folder / "data" / "catalogue")
    bundle(files.path, made_up.CODE, folder / "data", lambda line: None)
    return city_type.beside(folder / "data").build()


@pytest.fixture(scope="module")
def with_quartiles(tmp_path_factory, only_scb, embedded):
    folder = tmp_path_factory.mktemp("quartiles")
    return city_with(folder, type(only_scb), embedded, quartile_rows((2024, 2025)))


@pytest.fixture
def income(with_quartiles):
    with with_quartiles.in_use():
        yield Visitor().open("segregation", **PART)


def test_without_quartiles_the_page_says_what_is_missing_and_what_fills_it(visitor):
    page = visitor.open("segregation", **PART)
    assert page.is_well()
    text = plain(page.markup)
    told = "Hur uppdelat vi bor efter inkomst visas när SCB:s inkomstkvartiler är inlästa (TAB6684)."
    assert told in text
    # What is known stands first; what an operator has to do lies folded, below it.
    first = text.index("lever")
    assert first < text.index(told) < text.index("000008A6")
    assert "TAB6684 (innehåll 000008A6, 000008A7, 000008A8, 000008A9, 000008A5)" in text
    assert "scb_deso_1488_indicators.csv" in text
    code = " ".join(block.value for block in page.at.code)
    assert all(name in code for name in NAMES)
    assert "dashboard bundle FOLDER --municipality 1488" in code
    assert "av 100" not in page.headline


def test_both_ends_of_the_medians_are_there(visitor):
    page = visitor.open("segregation", **PART)
    assert re.fullmatch(r"Mellan \d{3} och \d{3} tusen kronor: så olika är områdenas medianinkomst", page.headline)
    # The source counts persons, each with the income of the household.
    assert "Inkomsten för personen i mitten" in plain(page.markup)
    page.choose("more-income-sides", "table")
    rows = re.findall(r"<tr.*?</tr>", page.markup.split("<tbody>")[1].split("</tbody>")[0], re.DOTALL)
    assert len(rows) == 32
    medians = [float(re.findall(r"\d{3},\d", plain(row))[0].replace(",", ".")) for row in rows]
    assert medians == sorted(medians)
    assert "Källa: SCB, TAB6684, TAB6685" in plain(page.markup)


@pytest.mark.parametrize("level", ["deso", "regso"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_level_in_both_languages(at_home, level, language):
    visitor = Visitor(language).open("segregation", **PART, niva=level)
    assert visitor.is_well()
    assert f"scb_{level}_1488_indicators.csv" in plain(visitor.markup)


def test_quartiles_give_the_measure_with_interval_and_floor(income):
    assert income.is_well()
    # H^R by its definition, integrated numerically, is 0.12649; D of the ends is 8/17.
    assert income.headline == "12,6 av 100: så uppdelat bor vi efter inkomst, 2025"
    text = plain(income.markup)
    assert re.search(r"ojämlikhetsindex 47,1 år 2025 \(osäkerhet mellan [\d,]+ och [\d,]+\)", text)
    assert "inkomstkvartiler är inlästa" not in text
    assert "slumpgolv" in text
    assert "De som har lägst inkomst mot de som har högst: ojämlikhetsindex" in text
    assert any(
        re.fullmatch(r"Inkomstsegregationen var [\d,]+ av 100 år 2024 och [\d,]+ år 2025", one) for one in income.titles
    )
    income.choose("more-income-years", "table")
    rows = re.findall(r"<tr.*?</tr>", income.markup.split("<tbody>")[1].split("</tbody>")[0], re.DOTALL)
    assert [re.search(r"20\d\d", plain(row))[0] for row in rows] == ["2025", "2024"]
    assert "I 2 av 6 områden hör fler till den högsta kvartilen än till den lägsta, i 4 är det inte så" in income.titles
    # The medians of 2024 stand below as they do without quartiles.
    assert any("tusen kronor i" in title for title in income.titles)


def test_another_year_is_in_the_link(income, with_quartiles):
    income.choose("inkomstar", "2024")
    assert income.headline.endswith("2024")
    assert income.at.query_params["inkomstar"] == "2024"


def test_the_value_is_that_of_the_measure(with_quartiles):
    warehouse = Warehouse(with_quartiles.warehouse)
    found = income_reports.measured(warehouse, made_up.CODE, "deso", 2024)
    assert found.ends.value == pytest.approx(
        sum(abs(low / 170 - high / 170) for low, _, _, high in SHARES) / 2, abs=1e-9
    )
    assert 0.05 < found.rank_order.lower < found.rank_order.value < found.rank_order.upper < 0.25
    assert found.rank_order.floor < found.rank_order.lower
    assert not income_reports.quartiles(warehouse, made_up.CODE, "deso")[2024].stand_in
    warehouse.close()


def test_years_of_other_areas_are_told_and_are_no_change(tmp_path, only_scb, embedded):
    """Before 2024 the areas were others: the title stays with today's, and the summary says why."""
    old = [[f"{code}_DeSO2018", *rest] for code, *rest in quartile_rows((2022, 2023))]
    city = city_with(tmp_path, type(only_scb), embedded, [*quartile_rows((2024,)), *old])
    with city.in_use():
        page = Visitor().open("segregation", **{"del": "income"})
    assert page.is_well()
    said = page.words()
    assert "Från 2024 är områdena andra" in said
    assert "år 2022 och" not in said
    assert "2022" in said


def test_population_stands_in_and_a_missing_share_leaves_no_value(tmp_path, only_scb, embedded):
    rows = quartile_rows((2024,), persons=False)
    broken = [row for row in quartile_rows((2025,)) if (row[0], row[2]) != (made_up.DESOS[0], NAMES[2])]
    city = city_with(tmp_path, type(only_scb), embedded, rows + broken)
    warehouse = Warehouse(city.warehouse)
    assert income_reports.quartiles(warehouse, made_up.CODE, "deso")[2024].stand_in
    assert income_reports.measured(warehouse, made_up.CODE, "deso", 2024).rank_order.value > 0
    assert income_reports.measured(warehouse, made_up.CODE, "deso", 2025) == "missing_values"
    assert income_reports.measured(warehouse, made_up.CODE, "deso", 1999) == "no_areas"
    warehouse.close()
    with city.in_use():
        page = Visitor().open("segregation", **PART)
        assert page.is_well()
        assert page.headline == "Inkomstsegregationen går inte att räkna ut här"
        page.choose("more-income-quartiles", "table")
        assert ".." in plain(page.markup)
        page.choose("inkomstar", "2024")
        assert re.findall(r"\(([^()]*TAB[^()]*)\)\. 2024", plain(page.markup)) == ["TAB6684, TAB6574"]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("city", ["peer_city", "only_scb"])
def test_other_cities_have_both_parts(request, city, language):
    with request.getfixturevalue(city).in_use():
        for part in ("income", "change"):
            page = Visitor(language).open("segregation", **{"del": part, "jamfor": "ja"})
            assert page.is_well(), part
            assert page.headline
            assert page.charts()
