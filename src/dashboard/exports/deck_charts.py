"""What bars and lines of a PowerPoint file have in common: charts of PowerPoint's own that can be edited there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from dashboard.exports.deck_numbers import NumberCode, number_code
from dashboard.exports.deck_style import PICTURE, Box, Paper
from dashboard.exports.deck_text import Measure, add_text, fitted, mark_language, tag, written
from dashboard.slides import Series

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.series import BarSeries, LineSeries
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.shapes.shapetree import GroupShapes

#: The series in their order, as the theme has their colours.
COLOURS = (
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.ACCENT_2,
    MSO_THEME_COLOR.ACCENT_3,
    MSO_THEME_COLOR.ACCENT_4,
    MSO_THEME_COLOR.ACCENT_5,
    MSO_THEME_COLOR.ACCENT_6,
)
#: Above a plot stands its unit, below it the legend; in inches.
TOP, LEGEND = 0.42, 0.42
#: What the key of a series takes in the legend.
_KEY = 0.55


class _PlainWriter(CategoryWorkbookWriter):  # type: ignore[misc]
    """Writes the sheet behind a chart; a name that begins with an equals sign stays a name."""

    def _populate_worksheet(self, workbook: object, worksheet: object) -> None:
        for name in ("strings_to_formulas", "strings_to_numbers", "strings_to_urls"):
            setattr(worksheet, name, False)
        super()._populate_worksheet(workbook, worksheet)


class ChartValues(CategoryChartData):  # type: ignore[misc]
    """The values of a chart."""

    @property
    def _workbook_writer(self) -> _PlainWriter:
        return _PlainWriter(self)

    def add(
        self, paper: Paper, names: Iterable[str], rows: Iterable[Iterable[float | None]], *, lines: int = 1
    ) -> None:
        """Add series, their names short enough for a legend of some lines."""
        named, measure = [written(name).replace("\n", " ") for name in names], Measure(paper.style.font_file)
        widest = PICTURE.width - _KEY
        # Only where they have no room side by side each gets a share.
        whole = sum(min(measure.width(name, 14), widest) + _KEY for name in named) <= PICTURE.width * lines
        room = (widest if whole else PICTURE.width * lines / max(1, len(named)) - _KEY, 0.24)
        for name, row in zip(named, rows, strict=True):
            self.add_series(fitted(paper, name, measure, room, (14, 14))[0], [known(value) for value in row])


def known(value: float | None) -> float | None:
    """Give a value that can be drawn, else None: a gap."""
    return value if value is not None and math.isfinite(value) else None


def code_of(series: Iterable[Series], language: str) -> NumberCode | None:
    """Give the number format of a chart, from how its values are written."""
    return number_code([pair for one in series for pair in zip(one.values, one.texts, strict=True)], language)


def new_chart(paper: Paper, shapes: GroupShapes, kind: XL_CHART_TYPE, data: ChartValues, size: float) -> Chart:
    """Add a chart where the slide has its picture, among these shapes."""
    frame = shapes.add_chart(kind, *(Emu(one) for one in PICTURE.emu), data)
    chart = frame.chart
    chart.font.size = Pt(size)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    root = chart._chartSpace
    look = root.find(f"{qn('c:txPr')}/{qn('a:p')}/{qn('a:pPr')}/{qn('a:defRPr')}")
    look.set("lang", tag(paper.language))
    # A gap where nothing is known: neither a zero nor a line across it.
    root.chart.find(qn("c:dispBlanksAs")).set("val", "gap")
    # Numbers of axes are never negative, though the library makes them so.
    for axis in root.iter(qn("c:axId"), qn("c:crossAx")):
        axis.set("val", axis.get("val").lstrip("-"))
    nothing = parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>")
    root.find(qn("c:txPr")).addprevious(nothing)
    language = OxmlElement("c:lang")
    language.set("val", tag(paper.language))
    root.insert(1 if root[0].tag == qn("c:date1904") else 0, language)
    chart.has_legend = False
    return chart


def write_unit(chart: Chart, unit: str, series: Iterable[Series], language: str) -> None:
    """Write the unit above the chart, at its left edge, unless most values are written with it."""
    texts = [text for one in series for value, text in zip(one.values, one.texts, strict=True) if value is not None]
    beside = re.compile(rf"\b{re.escape(unit)}\b" if unit.isalnum() else re.escape(unit))
    if not unit or 2 * sum(bool(beside.search(text)) for text in texts) > len(texts):
        chart.has_title = False
        return
    frame = chart.chart_title.text_frame
    add_text(frame, unit, language, 12, bold=False, first=True)
    title = chart.chart_title._element
    for old in title.findall(qn("c:layout")):
        title.remove(old)
    title.find(qn("c:tx")).addnext(_layout("edge", (0.0, 0.0)))
    chart.chart_title.include_in_layout = False


def place_plot(chart: Chart, room: Box) -> None:
    """Say where the plot itself lies, in inches from the corner of the chart."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    share = (
        room.left / PICTURE.width,
        room.top / PICTURE.height,
        room.width / PICTURE.width,
        room.height / PICTURE.height,
    )
    area.insert(0, _layout("edge", share, inner=True))


def _layout(mode: str, share: tuple[float, ...], *, inner: bool = False) -> BaseOxmlElement:
    """A place within a chart, in shares of it."""
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    modes = f'<c:xMode val="{mode}"/><c:yMode val="{mode}"/>'
    values = "".join(f'<c:{name} val="{one:.5f}"/>' for name, one in zip("xywh", share, strict=False))
    return parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{target}{modes}{values}</c:manualLayout></c:layout>")


def label_point(
    drawn: BarSeries | LineSeries, number: int, text: str, language: str, position: XL_LABEL_POSITION
) -> None:
    """Write a text at a point word by word."""
    label = drawn.points[number].data_label
    label.text_frame.word_wrap = False
    run = label.text_frame.paragraphs[0].add_run()
    run.text = written(text)
    mark_language(run, language)
    label.position = position


def add_legend(chart: Chart) -> None:
    """Name the series below the plot."""
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
