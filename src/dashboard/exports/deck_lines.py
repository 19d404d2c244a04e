"""Lines over years in a PowerPoint file, with the interval of the first."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from dashboard.exports.deck_charts import (
    COLOURS,
    ChartValues,
    add_legend,
    code_of,
    known,
    label_point,
    new_chart,
    write_unit,
)
from dashboard.exports.deck_style import DeckWords, Paper
from dashboard.exports.deck_text import describe, written
from dashboard.slides import LinePicture

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.chart.series import LineSeries

_DASHES = (None, MSO_LINE_DASH_STYLE.LONG_DASH, MSO_LINE_DASH_STYLE.ROUND_DOT, MSO_LINE_DASH_STYLE.DASH_DOT)
_MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND)
#: The most years that have room for their numbers.
_MOST_YEARS = 14
#: The most lines that a legend below may have.
_LEGEND_LINES = 3


@dataclass(frozen=True)
class _Part:
    """A line without a break: its name, its values, which series it belongs to, and the end of an interval or not."""

    name: str
    values: tuple[float | None, ...]
    of: int
    is_end: bool = False
    is_first: bool = True

    @property
    def has_lone_value(self) -> bool:
        """Whether a value has no neighbour that a line could lead to."""
        framed = (None, *self.values, None)
        return any(
            one is not None and before is None and after is None
            for before, one, after in zip(framed, framed[1:], framed[2:], strict=False)
        )


def add_lines(paper: Paper, picture: LinePicture, summary: str) -> None:
    """Draw lines over years with their last values, and the ends of an interval as thin dotted lines."""
    years = picture.years
    evenly = all(after - before == 1 for before, after in itertools.pairwise(years))
    data = ChartValues()
    data.categories = [str(year) if evenly else dt.date(year, 1, 1) for year in years]
    if not evenly:
        data.categories.number_format = "yyyy"
    parts = list(_parts(picture, paper.words))
    data.add(paper, (part.name for part in parts), (part.values for part in parts), lines=_LEGEND_LINES)
    chart = new_chart(paper, paper.slide.shapes, XL_CHART_TYPE.LINE_MARKERS, data, 14)
    describe(paper.slide.shapes[-1], summary)
    write_unit(chart, picture.unit, picture.series, paper.language)
    _set_axes(chart, picture, paper.language)
    _name_years(chart, years, evenly=evenly)
    drawn = list(zip(parts, chart.plots[0].series, strict=True))
    for part, line in drawn:
        if part.is_end:
            _draw_end(line, alone=part.has_lone_value)
        else:
            _draw_line(line, part.of)
    _label_last(drawn, picture, paper.language)
    if len(drawn) > 1:
        add_legend(chart)
        _leave_out(chart, [number for number, part in enumerate(parts) if part.is_end and not part.is_first])


def _parts(picture: LinePicture, words: DeckWords) -> Iterator[_Part]:
    """Give every series from break to break, then the ends of the interval of the first: no program joins series."""
    starts = [0, *(place for place, year in enumerate(picture.years) if place and year in picture.breaks)]
    stretches = list(zip(starts, [*starts[1:], len(picture.years)], strict=True))
    rows = [(written(one.name), one.values, number, False) for number, one in enumerate(picture.series)]
    of = rows[0][0] if rows else ""
    ends = ((words.lower, picture.lower), (words.upper, picture.upper))
    rows += [(name.format(name=of), values, 0, True) for name, values in ends if values]
    for name, values, number, is_end in rows:
        for start, end in stretches:
            kept = tuple(value if start <= place < end else None for place, value in enumerate(values))
            said = words.since.format(name=name, year=picture.years[start]) if start else name
            yield _Part(said, kept, number, is_end, not start)


def _leave_out(chart: Chart, numbers: list[int]) -> None:
    """Leave series out of the legend that are named there already."""
    before = chart.legend._element.find(qn("c:legendPos"))
    for number in reversed(numbers):
        entry = f'<c:legendEntry {nsdecls("c")}><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'
        before.addnext(parse_xml(entry))


def _set_axes(chart: Chart, picture: LinePicture, language: str) -> None:
    axis, names = chart.value_axis, chart.category_axis
    axis.format.line.fill.background()
    axis.major_tick_mark = names.major_tick_mark = XL_TICK_MARK.NONE
    axis.major_gridlines.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_2
    names.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_2
    code = code_of(picture.series, language)
    if code:
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = code.code, False
    values = [value for one in picture.series for value in one.values] + [*picture.lower]
    if all(value is None or value >= 0 for value in values):
        axis.minimum_scale = 0


def _name_years(chart: Chart, years: tuple[int, ...], *, evenly: bool) -> None:
    """Name the years, every second or third of many; years that are missing leave their room empty."""
    names = chart.category_axis
    step = -(-(max(years) - min(years) + 1) // _MOST_YEARS) if years else 1
    if evenly:
        _insert(names, (("c:tickLblSkip", str(step)),), "c:noMultiLvlLbl")
        return
    names.tick_labels.number_format, names.tick_labels.number_format_is_linked = "yyyy", False
    axis = names._element
    for tag in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in axis.findall(qn(tag)):
            axis.remove(old)
    units = (("c:baseTimeUnit", "years"), ("c:majorUnit", str(step)), ("c:majorTimeUnit", "years"))
    _insert(names, units, "")


def _insert(names: object, settings: tuple[tuple[str, str], ...], before: str) -> None:
    """Add settings of an axis that the library has no word for."""
    axis = names._element  # type: ignore[attr-defined]
    follower = axis.find(qn(before)) if before else None
    for tag, value in settings:
        element = OxmlElement(tag)
        element.set("val", value)
        if follower is None:
            axis.append(element)
        else:
            follower.addprevious(element)


def _label_last(drawn: list[tuple[_Part, LineSeries]], picture: LinePicture, language: str) -> None:
    """Write the last values of the highest line above it, and of the lowest below: others would cover one another."""
    last: dict[int, tuple[float, int, LineSeries]] = {}
    for part, line in drawn:
        for place, value in enumerate(part.values):
            if not part.is_end and (shown := known(value)) is not None:
                last[part.of] = (shown, place, line)
    if not last:
        return
    ordered = sorted(last, key=lambda number: last[number][0])
    sides = {ordered[0]: XL_LABEL_POSITION.BELOW} | {ordered[-1]: XL_LABEL_POSITION.ABOVE}
    for number, side in sides.items():
        _, place, line = last[number]
        label_point(line, place, picture.series[number].texts[place], language, side)


def _draw_line(drawn: LineSeries, number: int) -> None:
    """A line is told from the others by its colour, its dashes and its marks."""
    drawn.smooth = False
    line = drawn.format.line
    line.width = Pt(3 if number == 0 else 2.25)
    line.color.theme_color = COLOURS[number % len(COLOURS)]
    line.dash_style = _DASHES[number % len(_DASHES)]
    drawn.marker.style, drawn.marker.size = _MARKERS[number % len(_MARKERS)], 7
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.theme_color = COLOURS[number % len(COLOURS)]
    drawn.marker.format.line.color.theme_color = COLOURS[number % len(COLOURS)]


def _draw_end(drawn: LineSeries, *, alone: bool) -> None:
    """A thin dotted line; a value without neighbours, which no line leads to, is a short stroke."""
    drawn.smooth = False
    drawn.format.line.width = Pt(1)
    drawn.format.line.color.theme_color = COLOURS[0]
    drawn.format.line.dash_style = MSO_LINE_DASH_STYLE.SQUARE_DOT
    drawn.marker.style = XL_MARKER_STYLE.DASH if alone else XL_MARKER_STYLE.NONE
    if alone:
        drawn.marker.size = 9
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.theme_color = COLOURS[0]
        drawn.marker.format.line.color.theme_color = COLOURS[0]
