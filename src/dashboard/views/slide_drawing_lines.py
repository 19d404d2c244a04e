"""Lines of a slide over years, from nothing upwards, with the band of uncertainty and the values at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.slides import LinePicture, Series
from dashboard.views.numbers import NumberFormat
from dashboard.views.slide_drawing import TYPE, WIDTH, canvas, line, swatches, text, width_of
from dashboard.views.theme import Theme

_HEIGHT, _TOP, _BOTTOM = 720.0, 60.0, 70.0
#: Years that are written below the axis, at most.
_YEARS = 5


@dataclass(frozen=True)
class _Frame:
    picture: LinePicture
    left: float
    right: float
    most: float

    def x(self, year: int) -> float:
        first, last = self.picture.years[0], self.picture.years[-1]
        share = 0.5 if first == last else (year - first) / (last - first)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - value / self.most * (_HEIGHT - _TOP - _BOTTOM)


def lines(picture: LinePicture, theme: Theme, t: Translator, fmt: NumberFormat, summary: str) -> str:
    """Give lines over years."""
    every = [*(value for one in picture.series for value in one.values), *picture.upper]
    most = max([value for value in every if value is not None] or [1.0]) or 1.0
    step = _step(most)
    top = step * -(-most // step)
    decimals = 0 if step >= 1 else 1
    ticks = [(step * n, fmt.number(step * n, decimals)) for n in range(int(top / step) + 1)]
    axis = max(width_of(label) for _, label in ticks) + 20
    widest = max(width_of(one) for s in picture.series for one in s.texts)
    frame = _Frame(picture, axis + widest / 2, WIDTH - 12 - max(widest, width_of("2025")) / 2, top)
    parts = [_grid(frame, theme, ticks, axis), _break_names(frame, theme, t("slide.break")), _band(frame, theme)]
    colours = [theme.accent, theme.peer, *theme.categories][: len(picture.series)]
    parts += [_line(frame, one, colour, theme) for one, colour in zip(picture.series, colours, strict=True)]
    drawn = canvas("".join(parts), summary, height=_HEIGHT)
    names = [one.name for one in picture.series]
    if any(value is not None for value in picture.lower):
        return (
            swatches([*names, t("presentation.band")], [*colours, _pale(theme)], theme, t("presentation.legend"))
            + drawn
        )
    return drawn if len(names) == 1 else swatches(names, colours, theme, t("presentation.legend")) + drawn


def _pale(theme: Theme) -> str:
    return theme.sequential[0]


def _step(most: float) -> float:
    """Give a round step that needs at most five lines."""
    power = 1.0
    while power * 10 <= most / 4:
        power *= 10
    while power > most / 4 and power > 0.01:
        power /= 10
    return next(one * power for one in (1.0, 2.0, 2.5, 5.0, 10.0) if most / (one * power) <= 4)


def _grid(frame: _Frame, theme: Theme, ticks: Sequence[tuple[float, str]], axis: float) -> str:
    parts = []
    for tick, label in ticks:
        y = frame.y(tick)
        parts.append(line(axis, y, WIDTH, y, theme.line if tick else theme.ink, width=2))
        parts.append(text(axis - 16, y + TYPE * 0.35, label, fill=theme.muted, anchor="end"))
    years = frame.picture.years
    every = max(1, -(-(len(years) - 1) // (_YEARS - 1)))
    # From the end, so that the newest year always has its name.
    named = [year for n, year in enumerate(reversed(years)) if n % every == 0]
    parts += [
        text(frame.x(year), _HEIGHT - _BOTTOM + TYPE + 16, str(year), fill=theme.muted, anchor="middle")
        for year in named
    ]
    parts += [
        line(
            frame.x(year) - _gap(frame), _TOP, frame.x(year) - _gap(frame), _HEIGHT - _BOTTOM, theme.muted, dashed=True
        )
        for year in frame.picture.breaks
    ]
    return "".join(parts)


def _break_names(frame: _Frame, theme: Theme, name: str) -> str:
    """Say what a dashed line is: down where lines from nothing upwards seldom are."""
    parts = []
    for year in frame.picture.breaks:
        x = frame.x(year) - _gap(frame)
        fits = x + 12 + width_of(name) <= WIDTH
        at, anchor = (x + 12, "start") if fits else (x - 12, "end")
        parts.append(
            text(at, _HEIGHT - _BOTTOM - 18, name, fill=theme.muted, anchor=anchor, size=28, halo=theme.background)
        )
    return "".join(parts)


def _gap(frame: _Frame) -> float:
    """Give half the way from one year to the next."""
    years = frame.picture.years
    return (frame.right - frame.left) / max(years[-1] - years[0], 1) / 2


def _runs(picture: LinePicture, values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Give the years that a line leads through in one go: up to a break or a year without a value."""
    runs: list[list[tuple[int, float]]] = [[]]
    for year, value in zip(picture.years, values, strict=True):
        if year in picture.breaks or value is None:
            runs.append([])
        if value is not None:
            runs[-1].append((year, value))
    return [run for run in runs if run]


def _band(frame: _Frame, theme: Theme) -> str:
    picture = frame.picture
    if not picture.lower or not picture.upper:
        return ""
    parts = []
    upper, lower = _runs(picture, picture.upper), _runs(picture, picture.lower)
    for high, low in zip(upper, lower, strict=True):
        if len(high) == 1:
            (year, top), (_, bottom) = high[0], low[0]
            x, half = frame.x(year), 26.0
            points = [(x - half, top), (x + half, top), (x + half, bottom), (x - half, bottom)]
            corners = " ".join(f"{px:.1f},{frame.y(value):.1f}" for px, value in points)
        else:
            corners = " ".join(f"{frame.x(year):.1f},{frame.y(value):.1f}" for year, value in [*high, *reversed(low)])
        parts.append(f'<polygon points="{corners}" fill="{_pale(theme)}" stroke="{theme.accent}" stroke-width="2"/>')
    return "".join(parts)


def _line(frame: _Frame, one: Series, colour: str, theme: Theme) -> str:
    runs = _runs(frame.picture, one.values)
    parts = []
    for run in runs:
        points = " ".join(f"{frame.x(year):.1f},{frame.y(value):.1f}" for year, value in run)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="6" stroke-linejoin="round"/>'
        )
    known = [
        (year, value, written)
        for year, value, written in zip(frame.picture.years, one.values, one.texts, strict=True)
        if value is not None
    ]
    for year, value, written in dict.fromkeys([known[0], known[-1]]) if known else ():
        x, y = frame.x(year), frame.y(value)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="{colour}"/>')
        parts.append(text(x, y - 30, written, fill=theme.ink, anchor="middle", bold=True, halo=theme.background))
    return "".join(parts)
