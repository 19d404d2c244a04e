"""Legend of the network map: each entry with its sign, drawn as on the map, and its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from dashboard.i18n import Translator
from dashboard.views.html import attributes, escape
from dashboard.views.network_styles import (
    Stroke,
    cell_shares,
    line_strokes,
    point_shapes,
    unreached_stroke,
    walk_strokes,
)
from dashboard.views.numbers import EN_DASH, NumberFormat
from dashboard.views.theme import Theme

WIDE, HIGH = 34, 20


@dataclass(frozen=True)
class LegendEntry:
    """An entry: the sign as an image, what it means, and a mark such as a number of a class."""

    swatch: str
    text: str
    mark: str = ""


def line_entry(style: str, text: str, theme: Theme) -> LegendEntry:
    """Entry for a kind of line (one of `network_styles.LINE_STYLES`)."""
    return LegendEntry(_svg(_drawn(line_strokes(theme)[style])), text)


def point_entry(kind: str, text: str, theme: Theme) -> LegendEntry:
    """Entry for a kind of point (one of `network_styles.POINT_KINDS`)."""
    shape = point_shapes(theme)[kind]
    look = {"d": shape.path, "fill": shape.fill, "stroke": shape.stroke, "stroke-width": shape.width}
    path = f"<path{attributes({**look, 'stroke-dasharray': _dashes(shape.dash)})}/>"
    return LegendEntry(_svg(f'<g transform="translate({WIDE / 2},{HIGH / 2})">{path}</g>'), text)


def cell_entry(class_index: int, colors: Sequence[str], text: str, theme: Theme) -> LegendEntry:
    """Entry for a class of cells, as large in its square as on the map."""
    side = (HIGH - 2) * cell_shares(len(colors))[class_index]
    look = {"x": (WIDE - side) / 2, "y": (HIGH - side) / 2, "width": side, "height": side}
    square = f"<rect{attributes({**look, 'fill': colors[class_index], 'stroke': theme.border})}/>"
    return LegendEntry(_svg(square), text, str(class_index + 1))


def walk_entries(breaks: Sequence[float], theme: Theme, t: Translator, fmt: NumberFormat) -> list[LegendEntry]:
    """Entries for the classes of walking distance, and for what is not reached.

    Parameters
    ----------
    breaks
        Ascending upper bounds, metres.
    theme, t, fmt
        Colours, texts and number format.
    """
    bounds = [fmt.number(metres, 0) for metres in breaks]
    texts = [
        t("network_map.up_to", metres=bounds[0]),
        *(t("network_map.metres", metres=f"{low}{EN_DASH}{high}") for low, high in pairwise(bounds)),
    ]
    strokes = walk_strokes(theme, len(breaks))
    entries = [LegendEntry(_svg(_drawn([stroke])), text) for stroke, text in zip(strokes, texts, strict=True)]
    beyond = t("network_map.beyond", metres=bounds[-1])
    return [*entries, LegendEntry(_svg(_drawn([unreached_stroke(theme)])), beyond)]


def network_legend_html(entries: Sequence[LegendEntry], *, label: str) -> str:
    """Lay out a legend.

    Parameters
    ----------
    entries
        What it explains.
    label
        What the legend is of, read to those who do not see it.
    """
    items = "".join(f"<li>{entry.swatch}{_mark(entry.mark)}<span>{escape(entry.text)}</span></li>" for entry in entries)
    return f'<ul class="hs-legend hs-map-legend" aria-label="{escape(label)}">{items}</ul>'


def _mark(mark: str) -> str:
    return f'<span class="hs-mark" aria-hidden="true">{escape(mark)}</span>' if mark else ""


def _svg(content: str) -> str:
    """Put a drawing into an image: Streamlit takes drawings out of HTML, but not images."""
    size = f'width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}"'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'
    shown = {"class": "hs-map-swatch", "alt": "", "width": WIDE, "height": HIGH}
    return f"<img{attributes({**shown, 'src': 'data:image/svg+xml,' + quote(drawing)})}>"


def _drawn(strokes: Sequence[Stroke]) -> str:
    course = {"d": f"M1,{HIGH / 2:g}H{WIDE - 1}", "fill": "none"}
    return "".join(
        "<path"
        + attributes(
            {
                **course,
                "stroke": stroke.color,
                "stroke-width": f"{stroke.width:g}",
                "stroke-dasharray": _dashes(stroke.dash),
            }
        )
        + "/>"
        for stroke in strokes
    )


def _dashes(dash: Sequence[float]) -> str | None:
    return " ".join(f"{part:g}" for part in dash) or None
