"""Bars of a slide: lying, each with its value beside it, names above them or before them."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.slides import BarPicture
from dashboard.views.numbers import MISSING
from dashboard.views.slide_drawing import HEIGHT, TYPE, WIDTH, canvas, line, rectangle, swatches, text, width_of
from dashboard.views.theme import Theme

#: Names with at most so many letters stand before their bars.
SHORT_NAME = 17
#: Height of a bar and air between rows, at most.
THICK, AIR = 52.0, 30.0
_TOP = 56.0


@dataclass(frozen=True)
class _Frame:
    """Where things stand on the canvas."""

    left: float
    per_unit: float
    row: float
    bar: float
    name_above: float
    top: float


def bars(picture: BarPicture, theme: Theme, t: Translator, summary: str) -> str:
    """Give lying bars with a legend where there are several of a kind."""
    frame = _frame(picture)
    parts = [_row(picture, frame, theme, row, name) for row, name in enumerate(picture.categories)]
    # On top: a bar that reaches beyond it must not hide it.
    parts.append(_reference(picture, frame, theme))
    height = min(HEIGHT, frame.top + frame.row * len(picture.categories))
    drawn = canvas("".join(parts), summary, height=height)
    if len(picture.series) == 1:
        return drawn
    names = [one.name for one in picture.series]
    return swatches(names, _colours(picture, theme), theme, t("presentation.legend")) + drawn


def _colours(picture: BarPicture, theme: Theme) -> list[str]:
    return [theme.accent, theme.peer, *theme.categories][: len(picture.series)]


def _frame(picture: BarPicture) -> _Frame:
    series = picture.series
    known = [value for one in series for value in one.values if value is not None]
    reference = [picture.reference[1]] if picture.reference else []
    most = max([*known, *reference, 0.0]) or 1.0
    beside = max(width_of(one, TYPE) for s in series for one in s.texts) + 24
    longest = max(len(name) for name in picture.categories)
    inline = len(series) == 1 and longest <= SHORT_NAME
    left = width_of("m" * longest) + 20 if inline else 0.0
    top = _TOP if picture.reference else 0.0
    above = 0.0 if inline else TYPE + 12
    row = min((HEIGHT - top) / len(picture.categories), above + (THICK + 6) * len(series) + AIR)
    bar = min(THICK, (row - above - AIR / 2) / len(series) - 6)
    return _Frame(left, (WIDTH - left - beside) / most, row, bar, above, top)


def _row(picture: BarPicture, frame: _Frame, theme: Theme, row: int, name: str) -> str:
    y = frame.top + row * frame.row
    marked = picture.marked in (None, row)
    bold = picture.marked == row
    if frame.name_above:
        parts = [text(0, y + TYPE, name, fill=theme.ink, bold=bold, halo=theme.background)]
    else:
        middle = y + frame.bar / 2 + TYPE * 0.35
        parts = [text(frame.left - 16, middle, name, fill=theme.ink, anchor="end", bold=bold)]
    for n, (one, colour) in enumerate(zip(picture.series, _colours(picture, theme), strict=True)):
        top = y + frame.name_above + n * (frame.bar + 6)
        shade = colour if marked or len(picture.series) > 1 else theme.peer
        parts.append(_bar(one.values[row], one.texts[row] or MISSING, frame, theme, top=top, colour=shade, bold=bold))
    return "".join(parts)


def _bar(value: float | None, label: str, frame: _Frame, theme: Theme, *, top: float, colour: str, bold: bool) -> str:
    length = 0.0 if value is None else max(value, 0.0) * frame.per_unit
    middle = top + frame.bar / 2 + TYPE * 0.35
    drawn = "" if value is None else rectangle(frame.left, top, max(length, 3.0), frame.bar, colour)
    written = text(frame.left + length + 14, middle, label, fill=theme.ink, bold=bold, halo=theme.background)
    return drawn + written


def _reference(picture: BarPicture, frame: _Frame, theme: Theme) -> str:
    """Give the line that all are held against, named above it."""
    if picture.reference is None:
        return ""
    name, value, written = picture.reference
    x = frame.left + value * frame.per_unit
    label = f"{name} {written}"
    half = width_of(label) / 2
    at = min(max(x, half), WIDTH - half)
    # Beside the bars alone, so that it strikes no name through.
    high = (frame.bar + 6) * len(picture.series)
    tops = [frame.top + n * frame.row + frame.name_above for n in range(len(picture.categories))]
    # On the colour of the ground: ink on a dark bar could not be told from it.
    marks = [
        line(x, top - 6, x, top + high, theme.background, width=10)
        + line(x, top - 6, x, top + high, theme.ink, width=4, dashed=True)
        for top in tops
    ]
    drop = line(x, _TOP - 16, x, _TOP - 4, theme.ink, width=4)
    return "".join([*marks, drop, text(at, TYPE, label, fill=theme.ink, anchor="middle", bold=True)])
