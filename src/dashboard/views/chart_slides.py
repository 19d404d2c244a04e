"""The picture of a slide made of a figure: its chart or map drawn anew for a room, else the beginning of its table.

A chart is drawn as narrow as on a telephone and then enlarged: its type is then as large as that of other slides. It
has the colours of paper, whatever the colours of the screen: decks go from hand to hand, and to PowerPoint.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import fields
from itertools import groupby
from pathlib import Path

from dashboard.colours import text_on
from dashboard.exports.chart_drawing import chart_svg
from dashboard.slides import ChartPicture, TablePicture
from dashboard.views.charts import Spec
from dashboard.views.charts.base import WIDE
from dashboard.views.drawn import Drawn
from dashboard.views.html import escape
from dashboard.views.html_reading import LegendItem, Table, first_table, legend_items
from dashboard.views.slide_table_room import room_for
from dashboard.views.theme import DARK, LIGHT, Theme
from dashboard.views.unsure_classes import pale

#: Units of a drawing, and how high it may be for its width before it is drawn wider, so that it fills its room.
WIDTH, MAP_HEIGHT, HIGHEST, WIDEST = 430, 320, 400, 860
#: What a table shows on a slide, and what its whole holds behind the key T.
MOST_ROWS, MOST_COLUMNS, MOST_ROWS_BEHIND, LONGEST_CELL = 8, 5, 100, 90
#: Of the legend of a drawing: the height of a line, of its type and of its swatch, and about how wide a letter is.
_LINE, _TYPE, _SWATCH, _LETTER = 24, 15, 16, 8.2
#: Between the points that corners of a map move to, in the picture and beyond its edges.
_SEEN, _UNSEEN, _EDGE = 0.5, 4, 30
_OUTLINE, _CORNER = re.compile(r'd="(M[\d.,LMZ-]+)"'), re.compile(r"(-?[\d.]+),(-?[\d.]+)")
_WORDS = re.compile(r'<text[^>]* transform="translate\((-?[\d.]+),(-?[\d.]+)\)"[^>]*>[^<]*</text>')
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")
_INK_ON_PART = re.compile(r"datum\.place==(\d+)")


def picture_of(drawn: Drawn, table: str, theme: Theme, maps_folder: Path) -> tuple[ChartPicture | TablePicture, int]:
    """Give the picture of a figure.

    Parameters
    ----------
    drawn
        What the figure has put on the page.
    table
        Its table, as HTML.
    theme
        The colours that it was drawn in.
    maps_folder
        Where the build wrote the boundaries for the screen.

    Returns
    -------
    One chart or map with the table behind it; the first rows of the table where there is no chart, or several. And how
    many rows of the table are neither shown nor behind the picture.

    Raises
    ------
    ChartError
        When the chart cannot be drawn.
    """
    found = first_table(table)
    whole = len(found.rows)
    if len(drawn.specs) != 1:
        headings, rows = _cut(found, MOST_ROWS)
        columns, fitting = room_for(headings, rows, MOST_ROWS)
        kept = tuple(row[:columns] for row in rows[:fitting])
        return TablePicture(headings[:columns], kept), whole - len(kept)
    svg, width, height = drawing(drawn.specs[0], legend_items("".join(drawn.legends)), theme, maps_folder)
    headings, rows = _cut(found, MOST_ROWS_BEHIND)
    return ChartPicture(svg, width, height, headings, rows), whole - len(rows)


def _cut(table: Table, most_rows: int) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Give as much of a table as a slide can hold, all rows as long as the longest."""
    columns = min(max((len(row) for row in [table.headings, *table.rows]), default=0), MOST_COLUMNS)

    def line(row: Sequence[str]) -> tuple[str, ...]:
        return tuple(_shortened(cell) for cell in [*row, *[""] * columns][:columns])

    return line(table.headings), tuple(line(row) for row in table.rows[:most_rows])


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1].rstrip()}…"


def drawing(spec: Spec, legend: Sequence[LegendItem], theme: Theme, maps_folder: Path) -> tuple[str, int, int]:
    """Draw a chart or map with its legend below it, and tell how wide and high it is."""
    wanted, items = paper_colours(spec, legend, theme)
    wanted = _for_a_room(wanted, maps_folder)
    width = WIDTH
    svg = chart_svg(wanted | {"width": width})
    height = _size(svg)[1]
    if "projection" in wanted:
        svg = _as_fine_as_seen(svg, width, height)
    if height > HIGHEST:
        width = round(min(WIDEST, WIDTH * height / HIGHEST))
        svg = chart_svg(wanted | {"width": width})
    return _with_legend(svg, items, width)


def _size(svg: str) -> tuple[float, float]:
    found = re.match(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("a drawing has no size")
    return float(found[1]), float(found[2])


def _as_fine_as_seen(svg: str, width: float, height: float) -> str:
    """Give a map without words beyond its edges, and with no more corners than can be seen: half of its size, or less.

    Corners move to the next point of a grid, a coarse one outside of the picture. Where to depends on the corner alone,
    so that neighbours still share their boundary.
    """

    def moved(corner: re.Match[str]) -> str:
        x, y = float(corner[1]), float(corner[2])
        step = _SEEN if -_EDGE <= x <= width + _EDGE and -_EDGE <= y <= height + _EDGE else _UNSEEN
        return f"{round(x / step) * step:.1f},{round(y / step) * step:.1f}".replace(".0", "")

    def redrawn(outline: re.Match[str]) -> str:
        rings = (part.split("L") for part in _CORNER.sub(moved, outline[1]).split("Z"))
        return f'd="{"Z".join("L".join(corner for corner, _ in groupby(ring)) for ring in rings)}"'

    def within(words: re.Match[str]) -> str:
        return words[0] if 0 <= float(words[1]) <= width and 0 <= float(words[2]) <= height else ""

    return _WORDS.sub(within, _OUTLINE.sub(redrawn, svg))


def _for_a_room(spec: Spec, maps_folder: Path) -> Spec:
    """Give the specification as a wide window gets it, its boundaries in it, without what answers a pointer."""
    # Without a browser there is no window, whose width decides over the size of type.
    text = json.dumps(spec).replace("windowSize()[0]", str(WIDE))
    found: Spec = {key: value for key, value in json.loads(text).items() if key not in ("params", "usermeta")}
    url = found.get("data", {}).get("url")
    if url is not None:
        # The name alone counts: whatever the address says, only a file of the build is read.
        shapes = json.loads((maps_folder / Path(url).name).read_text("utf-8"))
        found |= {"data": {"values": shapes["features"]}, "height": MAP_HEIGHT}
    return found


def paper_colours(spec: Spec, legend: Sequence[LegendItem], theme: Theme) -> tuple[Spec, list[LegendItem]]:
    """Give a chart and its legend in the colours of paper, from those of another appearance."""
    if theme == LIGHT:
        return spec, list(legend)
    table = {dark: light for dark, light in _pairs() if dark != light}

    def paper(text: str) -> str:
        return _COLOUR.sub(lambda found: table.get(found[0], found[0]), text)

    found: Spec = json.loads(paper(json.dumps(spec)))
    palette = _palette(found)
    _write_on(found, palette)
    return found, [LegendItem(paper(one.colour), one.mark, one.name) for one in legend]


def _pairs() -> list[tuple[str, str]]:
    """Give each colour of the dark appearance with that of paper; where two share a dark one, the first counts."""
    found: dict[str, str] = {}
    for one in fields(Theme):
        dark, light = getattr(DARK, one.name), getattr(LIGHT, one.name)
        if one.name == "kind":
            continue
        for pair in zip((dark,), (light,), strict=True) if isinstance(dark, str) else zip(dark, light, strict=True):
            found.setdefault(*pair)
    pale_ones = {pale(dark, DARK): pale(light, LIGHT) for dark, light in found.items()}
    return list((pale_ones | found).items())


def _palette(part: object) -> list[str]:
    """Give the colours of the first scale that names its own."""
    if isinstance(part, dict):
        colours = part.get("range")
        if isinstance(colours, list) and colours and all(_COLOUR.fullmatch(str(one)) for one in colours):
            return colours
        return next((found for value in part.values() if (found := _palette(value))), [])
    return next((found for value in part if (found := _palette(value))), []) if isinstance(part, list) else []


def _write_on(part: object, palette: Sequence[str]) -> None:
    """Choose anew between black and white for what is written on parts, whose colours are others now."""
    if isinstance(part, list):
        for one in part:
            _write_on(one, palette)
    elif isinstance(part, dict):
        place = _INK_ON_PART.fullmatch(str(part.get("test", "")))
        if place is not None and int(place[1]) < len(palette):
            part["value"] = text_on(palette[int(place[1])])
        for one in part.values():
            _write_on(one, palette)


def _with_legend(svg: str, items: Sequence[LegendItem], width: int) -> tuple[str, int, int]:
    _, height = _size(svg)
    words = [f"{one.mark}  {one.name}" for one in items]
    longest = max((len(text) for text in words), default=0) * _LETTER + _SWATCH + 24
    columns = max(1, min(3, int(width // longest))) if items else 1
    below = ""
    for place, one in enumerate(items):
        row, column = divmod(place, columns)
        x, y = column * width / columns, height + 10 + row * _LINE
        below += (
            f'<rect x="{x + 1:.0f}" y="{y:.0f}" width="{_SWATCH}" height="{_SWATCH}" rx="3" fill="{escape(one.colour)}"'
            f' stroke="{LIGHT.border}" stroke-width="1"/><text x="{x + _SWATCH + 9:.0f}" y="{y + 13:.0f}"'
            f' font-size="{_TYPE}" fill="{LIGHT.ink}">{_said(one)}</text>'
        )
    rows = -(-len(items) // columns)
    whole = round(height + (10 + rows * _LINE if items else 0))
    inner = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    # Its own ground, so that it can be read on any slide.
    ground = f'<rect width="{width}" height="{whole}" fill="{LIGHT.background}"/>'
    return f'<svg viewBox="0 0 {width} {whole}">{ground}{inner}{below}</svg>', width, whole


def _said(item: LegendItem) -> str:
    if not item.mark:
        return escape(item.name)
    return f'<tspan font-weight="700">{escape(item.mark)}</tspan><tspan dx="8">{escape(item.name)}</tspan>'
