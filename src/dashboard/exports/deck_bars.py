"""Lying bars of a PowerPoint file, with what all of them are held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from dashboard.exports.deck_charts import (
    COLOURS,
    LEGEND,
    TOP,
    ChartValues,
    add_legend,
    code_of,
    known,
    label_point,
    new_chart,
    place_plot,
    write_unit,
)
from dashboard.exports.deck_style import EMU, PICTURE, POINTS, Box, Paper
from dashboard.exports.deck_text import LEADING, Measure, add_text, describe, fitted, set_frame, written
from dashboard.slides import BarPicture, Series

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.series import BarSeries
    from pptx.shapes.shapetree import GroupShapes

    from dashboard.exports.deck_numbers import NumberCode

_REFERENCE, _BOTTOM = 0.34, 0.1
#: The most of the width that names of categories may take.
_MOST_FOR_NAMES = 0.36
_SMALLEST_NAME = 9
#: Room for the letters of a wider font.
_SLACK = 1.12


def add_bars(paper: Paper, picture: BarPicture, summary: str) -> None:
    """Draw lying bars with their values, and the reference as a dashed line behind them."""
    measure = Measure(paper.style.font_file)
    several = len(picture.series) > 1
    top = TOP + (_REFERENCE if picture.reference else 0)
    high = PICTURE.height - top - (LEGEND if several else _BOTTOM)
    names, size, left = _names(paper, picture, measure, high)
    room = Box(left, top, PICTURE.width - left - 0.1, high)
    texts = [text for one in picture.series for text in one.texts]
    beside = max((measure.width(text, size) for text in texts), default=0) + 0.15
    ends = _ends(picture, min(0.4, beside / room.width))
    # In one group, so that the line of the reference stays where it belongs when somebody moves or stretches the chart.
    shapes = paper.slide.shapes.add_group_shape().shapes if picture.reference else paper.slide.shapes
    if picture.reference:
        _draw_reference(paper, shapes, picture.reference, ends, room)
    data = ChartValues()
    data.categories = names
    data.add(paper, (one.name for one in picture.series), (one.values for one in picture.series))
    chart = new_chart(paper, shapes, XL_CHART_TYPE.BAR_CLUSTERED, data, size)
    describe(shapes[-1], summary)
    if picture.reference:
        describe(paper.slide.shapes[-1], summary)
    write_unit(chart, picture.unit, picture.series, paper.language)
    place_plot(chart, room)
    _set_axes(chart, ends)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = (60, -5) if several else (45, 0)
    code = code_of(picture.series, paper.language)
    for number, (one, drawn) in enumerate(zip(picture.series, plot.series, strict=True)):
        drawn.invert_if_negative = False
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.theme_color = COLOURS[number % len(COLOURS)]
        if picture.marked is not None and not several:
            # The one that the slide is about stands out from the others.
            drawn.format.fill.fore_color.theme_color = COLOURS[-1]
            point = drawn.points[picture.marked].format.fill
            point.solid()
            point.fore_color.theme_color = COLOURS[0]
        _label_values(drawn, one, code, paper.language)
    if several:
        add_legend(chart)


def _names(paper: Paper, picture: BarPicture, measure: Measure, high: float) -> tuple[list[str], float, float]:
    """Give the names of the categories, the size that they can have, and the room that they take."""
    named = [_named(picture, position) for position in range(len(picture.categories))]
    bars = len(named) * max(1, len(picture.series))
    size: float = 14 if bars <= 14 else 12 if bars <= 22 else 10
    width = min(max((measure.width(name, size) for name in named), default=0) + 0.1, PICTURE.width * _MOST_FOR_NAMES)
    band = high / max(1, len(named))
    # Air between them: a program that finds them too close leaves some out.
    room = (width, max(band * 0.85, size * LEADING / POINTS))
    for name in named:
        size = min(size, measure.fit(name, room, size, _SMALLEST_NAME)[1])
    shown = [fitted(paper, name, measure, room, (size, size))[0] for name in named]
    # Broken here: a program that does not break them makes the whole chart narrower, but not the line of the reference.
    lines = ["\n".join(line.rstrip() for line in measure.broken(name, size, width)) for name in shown]
    return lines, size, width * _SLACK + 0.1


def _named(picture: BarPicture, position: int) -> str:
    """A category, with what is written where a bar is missing: a missing bar has no room for words."""
    gaps = [one for one in picture.series if known(one.values[position]) is None]
    name = written(picture.categories[position])
    if not gaps:
        return name
    if len(picture.series) == 1:
        return f"{name}: {written(gaps[0].texts[position])}"
    return f"{name} ({', '.join(f'{written(one.name)}: {written(one.texts[position])}' for one in gaps)})"


def _set_axes(chart: Chart, ends: tuple[float, float]) -> None:
    axis, names = chart.value_axis, chart.category_axis
    axis.minimum_scale, axis.maximum_scale = ends
    axis.visible = axis.has_major_gridlines = False
    names.reverse_order = True
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_2
    # Every name is written: a program that lacks room would leave out every second one.
    skip = OxmlElement("c:tickLblSkip")
    skip.set("val", "1")
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _ends(picture: BarPicture, label: float) -> tuple[float, float]:
    """Where the axis begins and ends, so that the longest bar leaves a share of the width to its label."""
    values = [value for one in picture.series for value in map(known, one.values) if value is not None]
    values += [picture.reference[1]] if picture.reference else []
    low, high = min([0.0, *values]), max([0.0, *values])
    span = (high - low) or 1.0
    left, right = low < 0, high > 0 or low == high
    beside = label * span / (1 - label * (left + right))
    return low - beside * left, high + beside * right


def _label_values(drawn: BarSeries, one: Series, code: NumberCode | None, language: str) -> None:
    """Write the value beside each bar: by a number format, or word by word where the slide says it otherwise."""
    labels = drawn.data_labels
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    # Nothing shines through: the line of the reference runs behind.
    fill = parse_xml(f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></c:spPr>')
    labels._element.find(qn("c:dLblPos")).addprevious(fill)
    if code:
        labels.number_format, labels.number_format_is_linked = code.code, False
    for number, (value, text) in enumerate(zip(one.values, one.texts, strict=True)):
        if known(value) is not None and value is not None and not (code and code.agrees(value, text, language)):
            label_point(drawn, number, text, language, XL_LABEL_POSITION.OUTSIDE_END)


def _draw_reference(
    paper: Paper, shapes: GroupShapes, reference: tuple[str, float, str], ends: tuple[float, float], room: Box
) -> None:
    """Draw what all bars are held against as a dashed line from top to bottom, with its name and value above it."""
    name, value, text = reference
    said = written(f"{name} {text}").replace("\n", " ")
    across = PICTURE.left + room.left + room.width * (value - ends[0]) / (ends[1] - ends[0])
    top, bottom = PICTURE.top + room.top, PICTURE.top + room.top + room.height
    x, low, high = (Emu(round(one * EMU)) for one in (across, top, bottom))
    line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, x, low, x, high)
    line.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    line.line.width = Pt(1.5)
    line.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    describe(line, said)
    measure = Measure(paper.style.font_file)
    shown, size = fitted(paper, said, measure, (PICTURE.width - 0.2, 0.25), (14, 10))
    width = min(PICTURE.width, measure.width(shown, size) + 0.25)
    left = min(max(across - width / 2, PICTURE.left), PICTURE.right - width)
    box = Box(left, top - _REFERENCE - 0.03, width, _REFERENCE)
    frame = shapes.add_textbox(*(Emu(one) for one in box.emu)).text_frame
    set_frame(frame)
    frame.margin_top = frame.margin_bottom = Emu(0)
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    add_text(frame, shown, paper.language, size, first=True)
    frame.paragraphs[0].alignment = PP_ALIGN.CENTER
