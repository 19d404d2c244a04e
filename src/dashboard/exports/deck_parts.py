"""What a slide of PowerPoint shows beside its message when it is no chart: a map, numbers, a table, quotes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

from dashboard.exports.deck_map import map_png, step_colour
from dashboard.exports.deck_style import EMU, PICTURE, POINTS, Box, DeckStyle, Paper
from dashboard.exports.deck_text import (
    INSET,
    LEADING,
    SMALLEST,
    Measure,
    add_text,
    describe,
    fitted,
    inner,
    is_right_to_left,
    read_from_left,
    set_frame,
    written,
)
from dashboard.slides import MapPicture, Number, NumberPicture, Quote, QuotePicture, TablePicture

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape
    from pptx.table import _Cell

_LEGEND = 2.15
_SWATCH = 0.26
_GAP = 0.25
#: The most that the field of a number is high.
_NUMBER = 2.1


def add_map(paper: Paper, picture: MapPicture, summary: str) -> None:
    """Draw a map as a picture, and beside it what its colours mean as text."""
    style = paper.style
    png, width, height = map_png(picture, style, PICTURE.width - _LEGEND - _GAP, PICTURE.height)
    image = paper.slide.shapes.add_picture(
        io.BytesIO(png), *(Emu(one) for one in Box(PICTURE.left, PICTURE.top, width, height).emu)
    )
    describe(image, summary)
    rows = [(step_colour(step, len(picture.steps), style.sequential), text) for step, text in enumerate(picture.steps)]
    # From most to least, as the legend of the screen and as a scale is read.
    rows.reverse()
    if picture.none and any(area.step is None for area in picture.areas):
        rows.append(("", picture.none))
    top, measure = PICTURE.top + 0.1, Measure(style.font_file)
    room = (PICTURE.height - 0.2) / max(1, len(rows))
    start = PICTURE.right - _LEGEND
    for colour, text in rows:
        swatch = paper.slide.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, *(Emu(one) for one in Box(start, top + 0.08, _SWATCH + 0.1, _SWATCH).emu)
        )
        _paint(swatch, colour, style)
        wide = _LEGEND - _SWATCH - 0.15
        shown, size = fitted(paper, text, measure, (wide - 2 * INSET, max(0.2, room - 2 * INSET)), (14, SMALLEST))
        high = min(room, max(0.42, measure.height(shown, size, wide - 2 * INSET) + 2 * INSET))
        box = paper.slide.shapes.add_textbox(*(Emu(one) for one in Box(start + _SWATCH + 0.15, top, wide, high).emu))
        set_frame(box.text_frame)
        add_text(box.text_frame, shown, paper.language, size, first=True)
        top += high


def _paint(swatch: Shape, colour: str, style: DeckStyle) -> None:
    """Fill a field of the legend, or hatch it where there is no value, and say that it says nothing itself."""
    fill = swatch.fill
    if colour:
        fill.solid()
        fill.fore_color.rgb = _rgb(colour)
    else:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb = _rgb(style.muted)
        fill.back_color.rgb = _rgb(style.missing)
    swatch.line.color.rgb = _rgb(style.border)
    swatch.line.width = Emu(9525)
    _make_plain(swatch)
    is_decoration(swatch)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


def add_field(paper: Paper, box: Box, colour: MSO_THEME_COLOR) -> Shape:
    """Add a plain rectangle in a colour of the theme: no outline, no shadow."""
    field = paper.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Emu(one) for one in box.emu))
    field.fill.solid()
    field.fill.fore_color.theme_color = colour
    field.line.fill.background()
    _make_plain(field)
    return field


def _make_plain(shape: Shape) -> None:
    """Take from a shape the style of the theme, which has a shadow."""
    style = shape._element.find(qn("p:style"))
    shape._element.remove(style)


def is_decoration(shape: Shape) -> None:
    """Mark a shape that says nothing, so that screen readers pass it by."""
    named = shape._element._nvXxPr.cNvPr
    named.append(
        parse_xml(
            f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
            "</a:ext></a:extLst>"
        )
    )


def add_numbers(paper: Paper, picture: NumberPicture) -> None:
    """Write large numbers, each in a field of its own."""
    columns = 1 if len(picture.numbers) == 1 else 2
    rows = -(-len(picture.numbers) // columns)
    width = (PICTURE.width - _GAP * (columns - 1)) / columns
    height = min(_NUMBER, (PICTURE.height - _GAP * (rows - 1)) / max(1, rows))
    # All as large as the longest can be: a number is no more than another because it is shorter.
    room, measure = (width - 4 * INSET, (height - 4 * INSET) * 0.44), Measure(paper.style.font_file, 700)
    largest = min((measure.fit(written(one.text), room, 54)[1] for one in picture.numbers), default=54)
    for position, number in enumerate(picture.numbers):
        row, column = divmod(position, columns)
        # The last of three has the width of two.
        wide = PICTURE.width if len(picture.numbers) % columns and position == len(picture.numbers) - 1 else width
        box = Box(PICTURE.left + column * (width + _GAP), PICTURE.top + row * (height + _GAP), wide, height)
        _add_number(paper, number, box, largest)


def _add_number(paper: Paper, number: Number, box: Box, largest: float) -> None:
    frame = add_field(paper, box, MSO_THEME_COLOR.BACKGROUND_2).text_frame
    set_frame(frame)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    width, height = box.width - 4 * INSET, box.height - 4 * INSET
    frame.margin_left = frame.margin_right = Emu(round(2 * INSET * EMU))
    plain, bold = Measure(paper.style.font_file), Measure(paper.style.font_file, 700)
    shares = ((number.label, plain, 18, 0.26), (number.text, bold, largest, 0.44), (number.note, plain, 16, 0.3))
    for position, (text, measure, most, share) in enumerate(shares):
        if not text:
            continue
        shown, size = fitted(paper, text, measure, (width, height * share), (most, SMALLEST))
        for run in add_text(frame, shown, paper.language, size, bold=measure is bold, first=position == 0):
            accent = measure is bold
            run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1 if accent else MSO_THEME_COLOR.TEXT_1
    read_from_left(frame)


def add_table(paper: Paper, picture: TablePicture, summary: str) -> None:
    """Write a table whose first row and first column are marked as headings."""
    rows = [picture.headings, *picture.rows]
    columns = max(len(row) for row in rows)
    cells = [[written(text) for text in (*row, *[""] * (columns - len(row)))] for row in rows]
    plain, bold = Measure(paper.style.font_file), Measure(paper.style.font_file, 700)
    measures = [bold] + [plain] * len(picture.rows)
    widths, size = _widths(cells, measures)
    heights = [_height(row, widths, measure, size) for row, measure in zip(cells, measures, strict=True)]
    # Rows at the smallest size that are still too high are cut.
    room = PICTURE.height / sum(heights) if sum(heights) > PICTURE.height else 1.0
    box = Box(PICTURE.left, PICTURE.top, PICTURE.width, min(sum(heights), PICTURE.height))
    frame = paper.slide.shapes.add_table(len(cells), columns, *(Emu(one) for one in box.emu))
    describe(frame, summary)
    table = frame.table
    table.first_col = True
    table.horz_banding = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(round(width * EMU))
    for number, (row, texts) in enumerate(zip(table.rows, cells, strict=True)):
        high = heights[number] * room
        row.height = Emu(round(high * EMU))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            shown, _ = fitted(paper, text, measures[number], (width - 2 * INSET, high - 2 * INSET + 1e-6), (size, size))
            _fill_cell(cell, shown, paper.language, size, heading=number == 0)


def _widths(cells: list[list[str]], measures: list[Measure]) -> tuple[list[float], float]:
    """Find the largest size at which the rows fit, and share the width by what the columns hold."""
    columns = list(zip(*cells, strict=True))
    for size in (18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0):
        least, longest = [], []
        for column in columns:
            pairs = list(zip(column, measures, strict=True))
            words = max(measure.width(word, size) for text, measure in pairs for word in text.split(" "))
            least.append(words + 2 * INSET + 0.02)
            longest.append(max(measure.width(text, size) for text, measure in pairs) + 2 * INSET + 0.02)
        spare = PICTURE.width - sum(least)
        if spare < 0:
            continue
        # What is left when every column has its longest word goes to those that need more, and then to all.
        more = [max(0.0, min(one, PICTURE.width * 0.6) - word) for one, word in zip(longest, least, strict=True)]
        share = min(1.0, spare / sum(more)) if sum(more) else 0.0
        rest = (spare - share * sum(more)) / len(columns)
        widths = [word + share * one + rest for word, one in zip(least, more, strict=True)]
        if sum(_height(row, widths, one, size) for row, one in zip(cells, measures, strict=True)) <= PICTURE.height:
            return widths, size
    return [PICTURE.width / len(columns)] * len(columns), 10.0


def _height(row: list[str], widths: list[float], measure: Measure, size: float) -> float:
    lines = max(measure.lines(text, size, width - 2 * INSET) for text, width in zip(row, widths, strict=True))
    return lines * size * LEADING / POINTS + 2 * INSET


def _fill_cell(cell: _Cell, text: str, language: str, size: float, *, heading: bool) -> None:
    set_frame(cell.text_frame)
    margin = Emu(round(INSET * EMU))
    cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = margin
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    add_text(cell.text_frame, text, language, size, bold=heading or None, first=True)
    for paragraph in cell.text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    cell.fill.solid()
    cell.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2 if heading else MSO_THEME_COLOR.BACKGROUND_1
    properties = cell._tc.get_or_add_tcPr()
    colour, width = ("tx1", 19050) if heading else ("tx2", 6350)
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="{width}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:lnB>'
    )

    fill = properties.find(qn("a:solidFill"))
    fill.addprevious(line)


def add_quotes(paper: Paper, picture: QuotePicture) -> None:
    """Write what people said, each in its own language and direction, with who said it below."""
    count = max(1, len(picture.quotes))
    height = (PICTURE.height - _GAP * (count - 1)) / count
    for position, quote in enumerate(picture.quotes):
        box = Box(PICTURE.left, PICTURE.top + position * (height + _GAP), PICTURE.width, height)
        _add_quote(paper, quote, box)


def _add_quote(paper: Paper, quote: Quote, box: Box) -> None:
    turned = is_right_to_left(quote.text, quote.language)
    bar = 0.07
    side = box.right - bar if turned else box.left
    is_decoration(add_field(paper, Box(side, box.top, bar, box.height), MSO_THEME_COLOR.ACCENT_1))
    words = Box(box.left + (0 if turned else 0.2), box.top, box.width - 0.2, box.height)
    frame = paper.slide.shapes.add_textbox(*(Emu(one) for one in words.emu)).text_frame
    set_frame(frame)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    measure = Measure(paper.style.font_file)
    width, height = inner(words)
    said_by, small = fitted(paper, quote.said_by, measure, (width, height * 0.3), (14, SMALLEST))
    below = measure.height(said_by, small, width) if quote.said_by else 0.0
    shown, size = fitted(paper, quote.text, measure, (width, height - below), (24, SMALLEST), language=quote.language)
    add_text(frame, shown, quote.language, size, first=True)
    if said_by:
        for run in add_text(frame, said_by, paper.language, small):
            run.font.color.theme_color = MSO_THEME_COLOR.TEXT_2
        if turned:
            frame.paragraphs[-1].alignment = PP_ALIGN.RIGHT
