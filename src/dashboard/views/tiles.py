"""Tiles: one number each, how it has changed, and where it comes from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dashboard.views.html import attributes, escape
from dashboard.views.theme import Theme


@dataclass(frozen=True)
class Tile:
    """What one tile says; every text is ready to be read.

    Parameters
    ----------
    label, value, unit : str
        What it is, the number, and what follows the number in smaller type, with the space before it if the
        language wants one (`` of 100``, but ``%`` in English).
    change : str
        How it has changed, in words.
    uncertainty : str
        How sure the value is, in words; empty when there is nothing to say.
    source : str
        Source line.
    trend : sequence of float or None
        Values of consecutive years, the last one the newest; drawn as a small line.
    trend_text : str
        The same line in words, for those who do not see it.
    break_at : int or None
        Position in ``trend`` from which the figures are made in another way; the line is not drawn across.
    reason : str
        Why there is no value, shown in the place of the change.
    """

    label: str
    value: str
    unit: str = ""
    change: str = ""
    uncertainty: str = ""
    source: str = ""
    trend: Sequence[float | None] = ()
    trend_text: str = ""
    break_at: int | None = None
    reason: str = ""


def tile_grid(tiles: Sequence[Tile], theme: Theme, *, label: str) -> str:
    """Tiles beside each other, as many as there is room for.

    Parameters
    ----------
    tiles : sequence of Tile
        The tiles, in reading order.
    theme : Theme
        Colours.
    label : str
        What the tiles are together, read to those who do not see them.
    """
    items = "".join(f"<li>{tile_html(tile, theme)}</li>" for tile in tiles)
    shown = {"class": "hs-tiles", "aria-label": label, "style": f"--hs-columns:{_columns(len(tiles))}"}
    return f"<ul{attributes(shown)}>{items}</ul>"


def _columns(count: int) -> int:
    """Most tiles in a row: all of up to four, else three or four, whichever leaves the fuller last row."""
    if count <= 4:
        return max(count, 1)
    return 4 if count % 4 == 0 or (count % 4 > count % 3 > 0) else 3


def tile_html(tile: Tile, theme: Theme) -> str:
    """One tile."""
    unit = f'<span class="hs-tile-unit">{escape(tile.unit)}</span>' if tile.unit else ""
    parts = [
        _line("hs-tile-label", tile.label),
        f'<p class="hs-tile-value">{escape(tile.value)}{unit}</p>',
        _line("hs-tile-change", tile.reason or tile.change),
        _line("hs-tile-uncertainty", tile.uncertainty),
        sparkline(tile.trend, theme, alt=tile.trend_text, break_at=tile.break_at),
        _line("hs-tile-source", tile.source),
    ]
    return f'<div class="hs-tile">{"".join(parts)}</div>'


def sparkline(
    values: Sequence[float | None],
    theme: Theme,
    *,
    alt: str,
    break_at: int | None = None,
    width: int = 156,
    height: int = 32,
) -> str:
    """A small line of how a value has gone, with a dot at its end.

    It is an image with the drawing in its address, since Streamlit takes drawings out of HTML but not images.

    Parameters
    ----------
    values : sequence of float or None
        Values at even distances; the line has a gap where one is missing.
    theme : Theme
        Colours.
    alt : str
        The line in words.
    break_at : int or None
        Position before which the line is cut.
    width, height : int
        Size in pixels.

    Returns
    -------
    str
        An ``img`` element; empty when fewer than two values are known.
    """
    points = [(i, v) for i, v in enumerate(values) if v is not None and not math.isnan(v)]
    if len(points) < 2:
        return ""
    pad = 5.0
    low, high = min(v for _, v in points), max(v for _, v in points)
    wide = (width - 2 * pad) / (len(values) - 1)
    tall = (height - 2 * pad) / (high - low) if high > low else 0.0
    level = 0.0 if tall else height / 2 - pad
    placed = {i: (pad + i * wide, height - pad - level - (v - low) * tall) for i, v in points}
    paths = [
        f"<polyline points='{' '.join(f'{x:.1f},{y:.1f}' for x, y in run)}'/>"
        for run in _runs(placed, break_at)
        if len(run) > 1
    ]
    x, y = placed[points[-1][0]]
    gap = ""
    if break_at is not None and 0 < break_at < len(values):
        at = pad + (break_at - 0.5) * wide
        dashes = f"stroke='{theme.muted}' stroke-width='1' stroke-dasharray='2 2'"
        gap = f"<path d='M{at:.1f} 2V{height - 2}' {dashes}/>"
    size = f"viewBox='0 0 {width} {height}' width='{width}' height='{height}'"
    stroke = f"stroke='{theme.accent}' stroke-width='2' stroke-linejoin='round' stroke-linecap='round'"
    drawing = (
        f"<svg xmlns='http://www.w3.org/2000/svg' {size}><g fill='none' {stroke}>{gap}{''.join(paths)}</g>"
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3.5' fill='{theme.accent}'/></svg>"
    )
    source = "data:image/svg+xml," + quote(drawing, safe=" ='/:;,()")
    shown = {"class": "hs-spark", "alt": alt, "src": source, "width": width, "height": height}
    return f"<img{attributes(shown)}>"


def _runs(placed: dict[int, tuple[float, float]], break_at: int | None) -> list[list[tuple[float, float]]]:
    """Neighbouring points that belong to one stroke of the line."""
    runs: list[list[tuple[float, float]]] = []
    before: int | None = None
    for i, point in placed.items():
        if before is None or i != before + 1 or i == break_at:
            runs.append([])
        runs[-1].append(point)
        before = i
    return runs


def _line(name: str, text: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>' if text else ""
