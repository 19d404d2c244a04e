"""Workbooks open as they should: numbers are numbers, text is text, and the first sheet tells what the rest is."""

import datetime as dt
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from dashboard.exports.workbook_file import Column, Look, Number, Sheet, Workbook, sheet_name, workbook_file

LOOK = Look(ink="#111111", head="#ffffff", head_fill="#0b5c8a", line="#dddddd")
ROWS = [
    ["1488C1070", "Kronogården åäö", Number(12345.678, 1), Number(2025, grouped=False)],
    ["1488C1080", "Öxnered", "..", None],
    ["1488C1090", "=1+1", Number(0.0, 0), Number(float("nan"))],
]
COLUMNS = [
    Column("Områdeskod", 14),
    Column("Område", 30),
    Column("Befolkningstillväxten, 2025 (%)", 10, numeric=True),
    Column("År", 8, numeric=True),
]
CONTENT = Workbook(
    title="Områden i Åmål",
    author="Åmål, kommun",
    made=dt.date(2026, 3, 1),
    facts=[("Källa", "SCB"), ("Filen gjordes", "1 mars 2026"), ("Lång", "ord " * 200)],
    explained=Sheet("Om filen", [Column("Mått", 30), Column("Vad måttet är", 60)], [["Folkmängd", "Antal"]], "-"),
    sheets=[Sheet("Delområden", COLUMNS, ROWS, "Inget område är valt.", kept=2)],
    look=LOOK,
)


def opened(content: Workbook = CONTENT) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook_file(content)))


def test_numbers_are_numbers_with_their_decimals_as_format_and_what_is_not_known_is_empty():
    sheet = opened()["Delområden"]
    share, year = sheet["C2"], sheet["D2"]
    assert (share.value, share.data_type, share.number_format) == (12345.678, "n", "#,##0.0")
    assert (year.value, year.data_type, year.number_format) == (2025, "n", "0")
    assert (sheet["C4"].value, sheet["C4"].number_format) == (0, "#,##0")
    assert (sheet["C3"].value, sheet["C3"].data_type) == ("..", "s")
    # An empty cell, and one whose number is none.
    assert [sheet["D3"].value, sheet["D4"].value] == [None, None]
    assert [sheet["A2"].value, sheet["B2"].value] == ["1488C1070", "Kronogården åäö"]


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "{=1}", "https://example.org", "123", "mailto:a"])
def test_text_stays_text_wherever_it_stands(text):
    sheet = Sheet("Data", [Column(text, 20)], [[text]], text)
    content = workbook_file(
        replace(CONTENT, title=text, facts=[(text, text)], explained=sheet, sheets=[replace(sheet, rows=[])])
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) == 7
    assert {(cell.value, cell.data_type, cell.hyperlink) for cell in cells} == {(text, "s", None)}


def test_there_is_neither_macro_nor_link_nor_formula():
    with zipfile.ZipFile(io.BytesIO(workbook_file(CONTENT))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    assert not [name for name in parts if "vba" in name.lower() or "externalLink" in name]
    assert not [name for name, text in parts.items() if 'TargetMode="External"' in text or "<f>" in text]


def test_the_first_sheet_tells_and_the_file_names_no_person():
    book = opened()
    sheet = book.worksheets[0]
    assert sheet.title == "Om filen"
    assert [cell.value for cell in sheet["A"][:6]] == ["Områden i Åmål", "Källa", "Filen gjordes", "Lång", None, "Mått"]
    assert [sheet["B2"].value, sheet["B7"].value] == ["SCB", "Antal"]
    # Room for all lines of a long text: 800 signs where 60 go into a line.
    assert sheet.row_dimensions[4].height >= 12 * 15
    about = book.properties
    assert (about.title, about.creator, about.lastModifiedBy) == ("Områden i Åmål", "Åmål, kommun", "Åmål, kommun")
    assert about.created.date() == CONTENT.made


def test_headings_stay_in_sight_and_filter_and_hold_their_longest_word():
    sheet = opened()["Delområden"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:D4"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")
    assert sheet.column_dimensions["B"].width >= 30
    assert sheet.column_dimensions["C"].width >= len("Befolkningstillväxten,")
    assert sheet["A1"].font.bold
    assert sheet["A1"].fill.start_color.rgb == "FF0B5C8A"


def test_without_rows_a_sheet_says_so():
    sheet = opened(replace(CONTENT, sheets=[replace(CONTENT.sheets[0], rows=[])]))["Delområden"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_col=1)] == [
        ["Områdeskod"],
        ["Inget område är valt."],
    ]
    assert sheet.auto_filter.ref is None


def test_names_of_sheets_are_what_a_spreadsheet_takes():
    assert sheet_name("Delområden [alla]: 1/2?", []) == "Delområden alla 1 2"
    long = "Stadsdelar och delområden i hela kommunen"
    assert len(sheet_name(long, [])) <= 31
    again = sheet_name(long, [sheet_name(long, []).upper()])
    assert len(again) <= 31
    assert again.endswith(" 2")
    assert sheet_name("'*'", []) == "1"
    sheets = [replace(CONTENT.sheets[0], name=name) for name in ("Om filen", "om filen", "'", long, long)]
    assert len(opened(replace(CONTENT, sheets=sheets)).sheetnames) == 6


def test_a_text_that_no_cell_takes_is_cut():
    sheet = replace(CONTENT.sheets[0], rows=[["x" * 40_000, None, None, None]])
    assert len(opened(replace(CONTENT, sheets=[sheet]))["Delområden"]["A2"].value) == 32_767
