"""A workbook for spreadsheets (.xlsx): a first sheet that explains, then sheets of data whose numbers are numbers."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook as Book
    from xlsxwriter.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a spreadsheet takes: signs of a sheet's name, of a cell and of a property, and what no name may hold.
LONGEST_NAME, LONGEST_TEXT, LONGEST_PROPERTY = 31, 32_767, 255
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
A4, POINTS_A_LINE, TALLEST = 9, 15, 409
#: Signs beside each other that can be read on a printed page, and those of a line that words fill well.
SIGNS_A_PAGE, LONG_LINE = 250, 30
FONT = "Calibri"


@dataclass(frozen=True)
class Number:
    """A number and the decimals that it is shown with; the cell keeps all of them. Years are not grouped."""

    value: float
    decimals: int = 0
    grouped: bool = True


Cell = str | Number | None


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in signs or more, and whether it holds numbers."""

    heading: str
    width: int
    numeric: bool = False

    @property
    def signs(self) -> int:
        """The width that holds the longest word of the heading, too, which is bold."""
        return max(self.width, *(math.ceil(len(word) * 1.15) + 2 for word in self.heading.split()), 1)


@dataclass(frozen=True)
class Sheet:
    """A sheet of data.

    Parameters
    ----------
    name
        What its tab says; cut and parted from names that are taken where a spreadsheet wants it.
    columns, rows
        Headings, and one cell a column in each row; None is an empty cell.
    none
        What is said instead of rows when there are none.
    kept
        How many columns stay in sight when one scrolls to the right.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    none: str
    kept: int = 0


@dataclass(frozen=True)
class Look:
    """Colours, as ``#rrggbb``: of text, of headings and what they stand on, and of lines."""

    ink: str
    head: str
    head_fill: str
    line: str


@dataclass(frozen=True)
class Workbook:
    """What a workbook holds.

    Parameters
    ----------
    title, author
        Also properties of the file; the author is an organisation, never a person.
    made
        The day that it is made.
    facts
        Label and text of each thing that the first sheet tells.
    explained
        What stands below them in a table; its name is that of the first sheet.
    sheets
        The data.
    look
        The colours.
    """

    title: str
    author: str
    made: date
    facts: Sequence[tuple[str, str]]
    explained: Sheet
    sheets: Sequence[Sheet]
    look: Look


def workbook_file(content: Workbook) -> bytes:
    """Give a workbook as a file.

    Text is written as text, whatever it begins with: nothing in the file is worked out when it is opened, and it
    holds no macro and no link.

    Parameters
    ----------
    content
        What it holds.
    """
    # Imported here: eight megabytes that most servers never need.
    import xlsxwriter

    sink = io.BytesIO()
    kept_as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(sink, {"in_memory": True, **kept_as_text}) as book:
        book.set_properties(
            {
                "title": content.title[:LONGEST_PROPERTY],
                "author": content.author[:LONGEST_PROPERTY],
                "created": datetime.combine(content.made, time()),
            }
        )
        styles = _Styles(book, content.look)
        taken: list[str] = []
        _explain(_sheet(book, content.explained.name, taken), content, styles)
        for sheet in content.sheets:
            _fill(_sheet(book, sheet.name, taken), sheet, styles, content.author)
    return sink.getvalue()


def sheet_name(text: str, taken: Sequence[str]) -> str:
    """Give a name that a spreadsheet takes: short, without its own signs, unlike all others whatever their case."""
    plain = " ".join(text.translate(NOT_IN_NAMES).split()).strip("' ") or "1"
    used = {one.casefold() for one in taken}
    name, number = plain[:LONGEST_NAME].rstrip(), 1
    while name.casefold() in used:
        number += 1
        ending = f" {number}"
        name = plain[: LONGEST_NAME - len(ending)].rstrip() + ending
    return name


class _Styles:
    """The formats of one file, each made once."""

    def __init__(self, book: Book, look: Look) -> None:
        self._book, self._look = book, look
        self._made: dict[tuple[object, ...], Format] = {}

    def number(self, number: Number) -> Format:
        whole = "#,##0" if number.grouped else "0"
        decimals = f".{'0' * number.decimals}" if number.decimals else ""
        return self._format(num_format=whole + decimals, align="right", indent=1)

    def text(self, *, right: bool = False) -> Format:
        return self._format(text_wrap=True, num_format="@", **_side(right=right))

    def label(self) -> Format:
        return self._format(text_wrap=True, bold=True)

    def title(self) -> Format:
        return self._format(bold=True, font_size=16, bottom=0)

    def heading(self, *, right: bool = False) -> Format:
        look = self._look
        return self._format(
            bold=True,
            text_wrap=True,
            valign="bottom",
            font_color=look.head,
            bg_color=look.head_fill,
            **_side(right=right),
        )

    def _format(self, **wanted: object) -> Format:
        ground = {"font_name": FONT, "font_size": 11, "font_color": self._look.ink, "valign": "top"}
        line = {"bottom": 1, "bottom_color": self._look.line}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**ground, **line, **wanted})
        return self._made[key]


def _side(*, right: bool) -> dict[str, object]:
    """Give the side that a cell stands on; numbers keep off the text that begins beside them."""
    return {"align": "right", "indent": 1} if right else {"align": "left"}


def _sheet(book: Book, name: str, taken: list[str]) -> Worksheet:
    taken.append(sheet_name(name, taken))
    sheet = book.add_worksheet(taken[-1])
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    return sheet


def _explain(sheet: Worksheet, content: Workbook, styles: _Styles) -> None:
    """Write the first sheet: the title, what there is to tell, and the table below."""
    table = content.explained
    _set_widths(sheet, table)
    sheet.write_string(0, 0, _text(content.title), styles.title())
    sheet.set_row(0, POINTS_A_LINE * 2)
    row = 1
    for label, text in content.facts:
        sheet.write_string(row, 0, _text(label), styles.label())
        sheet.write_string(row, 1, _text(text), styles.text())
        _set_height(sheet, row, [label, text], table.columns)
        row += 1
    _write_table(sheet, table, styles, row + 1)
    _set_footer(sheet, content.author)


def _fill(sheet: Worksheet, content: Sheet, styles: _Styles, author: str) -> None:
    _set_widths(sheet, content)
    _write_table(sheet, content, styles, 0)
    sheet.freeze_panes(1, content.kept)
    sheet.repeat_rows(0)
    if content.kept:
        sheet.repeat_columns(0, content.kept - 1)
    if content.rows:
        sheet.autofilter(0, 0, len(content.rows), len(content.columns) - 1)
    _set_footer(sheet, author)


def _write_table(sheet: Worksheet, content: Sheet, styles: _Styles, top: int) -> None:
    """Write headings and rows; without rows, why there are none."""
    for place, column in enumerate(content.columns):
        sheet.write_string(top, place, _text(column.heading), styles.heading(right=column.numeric))
    # Letters of headings are bold, and long words leave room at the end of a line.
    lines = max((_lines(one.heading, one.signs / 1.15) for one in content.columns), default=1)
    sheet.set_row(top, POINTS_A_LINE * lines + 3)
    if not content.rows:
        sheet.write_string(top + 1, 0, _text(content.none))
    for down, cells in enumerate(content.rows, start=top + 1):
        for place, (cell, column) in enumerate(zip(cells, content.columns, strict=True)):
            _write(sheet, down, place, cell, styles, right=column.numeric)
        _set_height(sheet, down, cells, content.columns)


def _write(sheet: Worksheet, row: int, place: int, cell: Cell, styles: _Styles, *, right: bool) -> None:
    if isinstance(cell, Number) and math.isfinite(cell.value):
        sheet.write_number(row, place, cell.value, styles.number(cell))
    elif isinstance(cell, str) and cell:
        sheet.write_string(row, place, _text(cell), styles.text(right=right))
    else:
        # What is no number is not known: an empty cell, which no sum and no mean counts.
        sheet.write_blank(row, place, None, styles.text(right=right))


def _text(text: str) -> str:
    return text[:LONGEST_TEXT]


def _lines(text: str, width: float) -> int:
    """Give how many lines a text takes in a column, about."""
    # Letters are narrower than the digits that a width is counted in; short lines lose that again where words end.
    held = width * 1.1 if width > LONG_LINE else width
    return sum(max(1, math.ceil(len(line) / held)) for line in text.split("\n"))


def _set_height(sheet: Worksheet, row: int, cells: Sequence[Cell], columns: Sequence[Column]) -> None:
    """Make room for what takes several lines: not every program works that out by itself."""
    lines = max(
        (_lines(cell, one.signs) for cell, one in zip(cells, columns, strict=False) if isinstance(cell, str)), default=1
    )
    if lines > 1:
        sheet.set_row(row, min(POINTS_A_LINE * lines, TALLEST))


def _set_widths(sheet: Worksheet, content: Sheet) -> None:
    for place, column in enumerate(content.columns):
        sheet.set_column(place, place, column.signs)
    sheet.fit_to_pages(math.ceil(sum(column.signs for column in content.columns) / SIGNS_A_PAGE), 0)


def _set_footer(sheet: Worksheet, author: str) -> None:
    # An ampersand begins a command in a footer.
    sheet.set_footer(f"&L{author.replace('&', '&&')[:100]}&C&A&R&P / &N")
