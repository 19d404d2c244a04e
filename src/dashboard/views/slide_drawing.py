"""What the drawings of slides share: the size of the canvas, how wide words are, and pieces of SVG."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.views.html import attributes, escape
from dashboard.views.theme import Theme

#: Units of the canvas, which on a screen of 1920 × 1080 are pixels.
WIDTH, HEIGHT = 860.0, 800.0
#: Type of labels, and about how wide one of its letters is.
TYPE, LETTER = 32.0, 17.6


def width_of(text: str, size: float = TYPE) -> float:
    """Give about how wide a text is."""
    return len(text) * LETTER * size / TYPE


def canvas(inner: str, summary: str, *, width: float = WIDTH, height: float = HEIGHT) -> str:
    """Give a drawing that scales with its box and says in words what it shows."""
    # Words stand beside it and in the table; a reader is not led through every mark.
    label = attributes({"role": "img", "aria-label": summary})
    return f'<svg class="hp-svg" viewBox="0 0 {width:g} {height:g}"{label}>{inner}</svg>'


def text(
    x: float,
    y: float,
    words: str,
    *,
    fill: str,
    anchor: str = "start",
    size: float = TYPE,
    bold: bool = False,
    halo: str = "",
) -> str:
    """Give a line of text; `halo` is the colour of the ground that is kept free around it."""
    around: dict[str, str | None] = {}
    if halo:
        around = {"stroke": halo, "stroke-width": "7", "paint-order": "stroke", "stroke-linejoin": "round"}
    given: dict[str, str | None] = {
        "x": f"{x:.0f}",
        "y": f"{y:.0f}",
        "font-size": f"{size:g}",
        "fill": fill,
        "text-anchor": None if anchor == "start" else anchor,
        "font-weight": "700" if bold else None,
    }
    return f"<text{attributes(given | around)}>{escape(words)}</text>"


def rectangle(x: float, y: float, width: float, height: float, fill: str, *, radius: float = 4, edge: str = "") -> str:
    """Give a filled box; `edge` is the colour of a line around it."""
    around = f' stroke="{edge}" stroke-width="3"' if edge else ""
    box = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.0):.1f}" height="{height:.1f}"'
    return f'<rect {box} rx="{radius:g}" fill="{fill}"{around}/>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 2, dashed: bool = False) -> str:
    """Give a straight line."""
    dashes = ' stroke-dasharray="10 8"' if dashed else ""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"{dashes}/>'


def swatches(names: Sequence[str], colours: Sequence[str], theme: Theme, label: str) -> str:
    """Give a legend: what each colour means."""
    box = '<span class="hp-swatch" style="background:{};border-color:{}" aria-hidden="true"></span>'
    items = "".join(
        f"<li>{box.format(colour, theme.border)}{escape(name)}</li>"
        for name, colour in zip(names, colours, strict=True)
    )
    return f'<ul class="hp-legend" aria-label="{escape(label)}">{items}</ul>'
