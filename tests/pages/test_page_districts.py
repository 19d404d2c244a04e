"""Stadsdelar: each filter, the comparison, and one area in short."""

import io

import openpyxl
import pytest
from visitor import Visitor, plain

from dashboard.exports import area_sheet_file
from dashboard.views import districts_map, figure
from dashboard.views.area_figures import FIRST, INTERNAL
from dashboard.warehouse.connection import Warehouse

OPEN = {"regsos": [], "kinds": [], "indicators": [], "lows": [], "highs": []}


@pytest.fixture
def page(visitor):
    return visitor.open("districts")


def expected(city, level: str = "deso", **filters: object) -> set[str]:
    """Give the codes that pass some filters, straight from the query."""
    warehouse = Warehouse(city.warehouse)
    rows = warehouse.rows("filtered_areas", {"municipality": "1488", "level": level} | OPEN | filters)
    warehouse.close()
    return {str(row["area_code"]).partition("_")[0] for row in rows}


def shown(page: Visitor) -> set[str]:
    """Give the codes of the areas in the table."""
    return {label.rpartition(" ")[2] for label in page.labels()}


def test_all_areas_are_there_without_a_filter(page, at_home):
    assert page.is_well()
    assert shown(page) == expected(at_home)
    assert len(shown(page)) == 32
    assert "32 delområden" in page.headline
    assert "31,9\u00a0%" in page.headline


@pytest.mark.parametrize("kinds", [["A"], ["B"], ["C"], ["A", "B"], ["A", "B", "C"]])
def test_the_kind_of_area_filters(at_home, kinds):
    page = Visitor().open("districts", typ=kinds)
    assert page.is_well()
    assert shown(page) == expected(at_home, kinds=kinds)
    assert {code[4] for code in shown(page)} == set(kinds)


def test_a_neighbourhood_filters(at_home):
    page = Visitor().open("districts", stadsdel=["1488R002", "1488R007"])
    assert page.is_well()
    assert shown(page) == expected(at_home, regsos=["1488R002_RegSO2025", "1488R007_RegSO2025"])
    assert 1 < len(shown(page)) < 32


def test_a_range_of_values_filters(at_home):
    page = Visitor().open("districts", granser="foreign_background_share")
    assert page.is_well()
    (slider,) = page.at.slider
    assert len(shown(page)) == 32
    page.choose(slider.key, (20.0, 40.0))
    assert page.is_well()
    ranges = {"indicators": ["foreign_background_share"], "lows": [19.95], "highs": [40.05]}
    assert shown(page) == expected(at_home, **ranges)
    assert page.at.query_params[slider.key] == "20~40"


def test_a_link_restores_ranges(at_home):
    page = Visitor().open("districts", granser="foreign_background_share")
    (slider,) = page.at.slider
    again = Visitor().open("districts", granser="foreign_background_share", **{slider.key: "20~40"})
    assert again.is_well()
    assert again.at.slider[0].value == (20.0, 40.0)
    assert 0 < len(shown(again)) < 32


def test_filters_work_together(at_home):
    page = Visitor().open("districts", typ=["C"], stadsdel=["1488R002"], granser="foreign_background_share")
    assert page.is_well()
    assert shown(page) == expected(at_home, kinds=["C"], regsos=["1488R002_RegSO2025"])


def test_no_area_that_passes_says_what_to_do(at_home):
    """No rural area lies in a neighbourhood of the town's centre."""
    town = next(
        code
        for code in (f"1488R{n:03d}" for n in range(1, 17))
        if not expected(at_home, kinds=["A"], regsos=[f"{code}_RegSO2025"])
    )
    page = Visitor().open("districts", typ=["A"], stadsdel=[town])
    assert page.is_well()
    assert "Inget område passar filtren" in plain(page.markup)
    assert page.labels() == []


def test_every_indicator_colours_the_map_and_can_filter_at_both_levels(at_home):
    visitor = Visitor()
    for level in ("deso", "regso"):
        visitor.open("districts", niva=level)
        names = [name for name in FIRST if name not in INTERNAL]
        for name in names:
            visitor.open("districts", niva=level, farg=name, granser=name)
            assert visitor.is_well(), (level, name)
            there = visitor.at.session_state["farg"]
            assert there == name or (level, name) == ("deso", "socio_economic_index")


def test_the_other_level_shows_sixteen_neighbourhoods(at_home):
    page = Visitor().open("districts", niva="regso")
    assert page.is_well()
    assert len(page.labels()) == 16
    assert "typ" not in [group.key for group in page.at.button_group]


def test_the_chosen_areas_are_marked_in_the_table(at_home):
    page = Visitor().open("districts", omraden=["1488C1010", "1488A0010"])
    assert {row["code"] for row in page.area_table()[1] if row["chosen"]} == {"1488C1010", "1488A0010"}


def test_the_table_stands_in_the_order_of_the_chosen_indicator(at_home):
    page = Visitor().open("districts", farg="low_economic_standard_share")
    headings, rows = page.area_table()
    assert headings[1].startswith("Låg ekonomisk standard")
    values = [row["sorting"][1] for row in rows]
    assert values == sorted(values)


def test_areas_stand_side_by_side_with_the_city(at_home):
    page = Visitor().open("districts", omraden=["1488C1010", "1488A0010"])
    assert page.is_well()
    text = plain(page.markup)
    assert any("bredvid hela staden" in title for title in page.titles)
    assert "1488C1010" in text
    assert "1488A0010" in text
    assert f"1{chr(160)}159" in text


def test_no_more_than_four_areas_are_compared(at_home):
    codes = sorted(expected(at_home))[:6]
    page = Visitor().open("districts", omraden=codes)
    assert page.is_well()
    assert page.widget("omraden").value == codes[:4]


def test_one_area_in_short_shows_age_tenure_and_change(at_home):
    page = Visitor().open("districts", omraden=["1488A0010"])
    assert page.is_well()
    text = plain(page.markup)
    assert "är under 20 år" in text
    assert "Bostäder efter upplåtelseform" in text or "av bostäderna" in text
    assert any("2024" in title and "2025" in title for title in page.titles)
    assert [one.proto.label for one in page.at.get("download_button")] == ["Området i korthet (PDF)"]


def test_without_its_font_the_page_on_an_area_is_not_offered(at_home, monkeypatch, tmp_path):
    monkeypatch.setattr(area_sheet_file, "FONTS", tmp_path)
    page = Visitor().open("districts", omraden=["1488A0010"])
    assert page.is_well()
    assert page.at.get("download_button") == []
    assert "Sidan kan inte göras nu" in plain(page.markup)


@pytest.mark.parametrize("code", ["1488C1010", "1488R007"])
def test_every_area_chosen_by_link_is_shown_at_its_level(at_home, code):
    level, key = ("regso", "stadsdelar") if "R" in code else ("deso", "omraden")
    page = Visitor("en").open("districts", niva=level, **{key: code})
    assert page.is_well()
    assert page.widget(key).value == [code]
    assert [row["code"] for row in page.area_table()[1] if row["chosen"]] == [code]


def test_each_level_has_a_choice_of_its_own(at_home):
    page = Visitor().open("districts", niva="regso", omraden="1488A0010", stadsdelar=["1488R007", "1488A0010"])
    assert page.is_well()
    assert page.widget("stadsdelar").value == ["1488R007"]


def test_choosing_an_area_writes_it_into_the_address(page):
    page.choose("omraden", ["1488C1010"])
    assert page.is_well()
    assert page.at.query_params == {"omraden": "1488C1010"}


def test_from_another_page_and_back(visitor):
    """The same keys stand for choices on several pages."""
    visitor.open("segregation").choose("niva", "regso")
    visitor.open("districts")
    assert visitor.is_well()
    assert visitor.widget("niva").value == "deso"
    visitor.open("overview")
    assert visitor.is_well()
    visitor.open("segregation")
    assert visitor.is_well()
    assert visitor.widget("karta").value == "centre"


def test_the_workbook_holds_exactly_the_areas_that_pass_and_is_made_when_it_is_asked_for(at_home, monkeypatch):
    offered = []
    lay_out = figure.offer_downloads

    def note(view, rows, name, file="", *, workbook=None, **further):
        offered.append((rows, workbook))
        lay_out(view, rows, name, file, workbook=workbook, **further)

    monkeypatch.setattr(figure, "offer_downloads", note)
    monkeypatch.setattr(districts_map, "area_workbook", lambda *_, **__: pytest.fail("nobody asked for it yet"))
    filters = {"typ": ["C"], "stadsdel": ["1488R002", "1488R007"]}
    page = Visitor().open("districts", **filters).choose("more-areas", "download")
    assert page.is_well()
    labels = [one.proto.label for one in page.at.get("download_button")]
    assert labels == [
        "Excel-arbetsbok",
        "CSV för Excel",
        "CSV (UTF-8)",
        "JSON",
        "Parquet",
        "GeoPackage (till GIS)",
        "GeoJSON (till webbkartor)",
    ]
    monkeypatch.undo()
    ((rows, workbook),) = offered
    with at_home.in_use():
        book = openpyxl.load_workbook(io.BytesIO(workbook()))
    codes = [row[0] for row in book["Delområden"].iter_rows(min_row=2, values_only=True)]
    # In the order of the table, too.
    assert codes == [row["code"] for row in page.area_table()[1]]
    wanted = {"kinds": ["C"], "regsos": ["1488R002_RegSO2025", "1488R007_RegSO2025"]}
    assert set(codes) == expected(at_home, **wanted)
    values = [row[5] for row in book["Alla värden"].iter_rows(min_row=2, values_only=True)]
    assert values == [row["value"] for row in rows]
    (link,) = (row[1] for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "Visa i översikten")
    assert "stadsdelar?" in link
    assert "typ=C" in link
    assert "stadsdel=1488R007" in link
