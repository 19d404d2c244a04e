"""What a workbook of areas says: the values of the screen, “..” for what is held back, and the source of each."""

import datetime as dt
import io

import duckdb
import openpyxl
import pytest

from dashboard.exports.workbook_file import Number, workbook_file
from dashboard.views import area_figures
from dashboard.views.area_workbook import area_workbook, unit_words
from dashboard.views.areas import home_areas
from dashboard.views.batch_view import view_for_files

DAY = dt.date(2026, 3, 1)
LINK = "https://stad.example.org/stadsdelar?typ=C"


def made(view, levels=("deso",), **further):
    chosen = {level: home_areas(view.warehouse, view.home.code, level) for level in levels}
    return area_workbook(view, chosen, today=DAY, **further)


@pytest.fixture(scope="module")
def view(home_city):
    return view_for_files(home_city.settings(), "sv")


def test_the_first_sheet_has_place_date_link_version_checksum_and_the_source_of_each_figure(view):
    content = made(view, link=LINK)
    told = " ".join(text for fact in content.facts for text in fact)
    for text in ("Trollhättan (1488)", "1\xa0mars\xa02026", LINK, "Hela staden 0.", view.warehouse.meta["fingerprint"]):
        assert text in told
    assert "32 delområden (DeSO2025)" in told
    assert "”..” betyder" in told
    names = area_figures.choices(view, "deso")
    assert [row[0] for row in content.explained.rows] == [view.catalogue.indicator(name).name.sv for name in names]
    for name, row in zip(names, content.explained.rows, strict=True):
        entry, source = view.catalogue.indicator(name), view.catalogue.source_of(name, "deso")
        assert entry.definition.sv in row[1]
        assert (row[2], row[5]) == (unit_words(view, name), source.access_date)
        assert source.table in row[4]
        assert all(caveat.sv in row[6] for caveat in entry.caveats)
    # Without an address of its own the file does not speak of a link.
    assert view.t("workbook.link") not in [label for label, _ in made(view).facts]


def test_every_value_is_that_of_the_warehouse(view):
    wide, long = made(view).sheets
    figures = area_figures.newest(view.warehouse, "1488", "deso")
    names = area_figures.choices(view, "deso")
    areas = home_areas(view.warehouse, "1488", "deso")
    assert "population_25_65_estimated" not in names, "A weight is no number of people."
    assert len(wide.rows) == 32
    assert len(long.rows) == 32 * len(names)
    for area, row in zip(areas, wide.rows, strict=True):
        assert row[:2] == [area.code, area.label]
        for name, cell in zip(names, row[3:], strict=True):
            value = figures[name][area.area_code].value
            decimals = view.catalogue.indicator(name).decimals
            assert cell == (None if value is None else Number(value, decimals)), (area.code, name)
    assert [row[5] for row in long.rows] == [cell for row in wide.rows for cell in row[3:]]
    (missing,) = (row for row in long.rows if row[5] is None)
    assert missing[7] == f"saknas: {view.t('note.absent_in_source')}"
    assert {row[7] for row in long.rows if row is not missing} == {"publicerat", "uträknat"}
    assert all("SCB" in row[8] for row in long.rows)


def test_every_year_has_a_column_of_its_own_and_breaks_are_told(view):
    newest, every = made(view, ("regso",)), made(view, ("regso",), all_years=True)
    names = [column.heading for column in every.sheets[0].columns]
    assert {"Utländsk bakgrund, 2024 (%)", "Utländsk bakgrund, 2025 (%)"} <= set(names)
    assert "Utländsk bakgrund, 2024 (%)" not in [column.heading for column in newest.sheets[0].columns]
    marked = [row[0] for row in every.explained.rows if "på ett nytt sätt från 2025" in row[6]]
    assert "Andel med utländsk bakgrund" in marked
    assert not any("på ett nytt sätt" in row[6] for row in newest.explained.rows)
    row = next(one for one in every.sheets[1].rows if one[3] == "Andel med utländsk bakgrund" and one[4].value == 2024)
    codes = {"areas": [f"{row[0]}_RegSO2025"], "indicators": ["foreign_background_share"]}
    values = {one["year"]: one["value"] for one in view.warehouse.rows("area_series", codes)}
    assert row[5].value == values[2024] != values[2025]


def test_what_is_held_back_is_two_dots_and_what_is_missing_is_empty(built_city):
    with duckdb.connect(built_city.warehouse) as connection:
        for status, note, area in (
            ("suppressed", "suppressed_at_source", "1487C1010_DeSO2025"),
            ("missing", "absent_in_source", "1487C1020_DeSO2025"),
        ):
            connection.execute(
                "update observation set value = null, status = ?, note = ? where area_code = ?", [status, note, area]
            )
        connection.execute("delete from observation where area_code = '1487C1030_DeSO2025'")
    view = view_for_files(built_city.settings(), "sv")
    for every in (False, True):
        book = openpyxl.load_workbook(io.BytesIO(workbook_file(made(view, all_years=every))))
        wide = {row[0]: set(row[3:]) for row in book["Delområden"].iter_rows(values_only=True)}
        assert wide["1487C1010"] == {".."}
        assert wide["1487C1020"] == wide["1487C1030"] == {None}
        long: dict[str, set[tuple[object, object]]] = {}
        for row in book["Alla värden"].iter_rows(values_only=True):
            long.setdefault(row[0], set()).add((row[5], row[7]))
        assert long["1487C1010"] == {("..", f"visas inte: {view.t('note.suppressed_at_source')}")}
        assert long["1487C1020"] == {(None, f"saknas: {view.t('note.absent_in_source')}")}
        assert long["1487C1030"] == {(None, f"saknas: {view.t('note.not_published')}")}
        assert 0 not in {value for found in long.values() for value, _ in found}


def test_an_empty_selection_says_so_in_english_too(home_city):
    view = view_for_files(home_city.settings(), "en")
    book = openpyxl.load_workbook(io.BytesIO(workbook_file(area_workbook(view, {"deso": []}, today=DAY))))
    assert book.sheetnames == ["About this file", "Small areas", "All values"]
    assert "No area is chosen. The sheets have headings only." in [cell.value for cell in book.worksheets[0]["B"]]
    assert [sheet["A2"].value for sheet in book.worksheets[1:]] == ["No area is chosen."] * 2


def test_every_unit_of_the_catalogue_has_words(home_city):
    for language in ("sv", "en"):
        view = view_for_files(home_city.settings(), language)
        assert all(unit_words(view, name) for name in view.catalogue.indicators)
