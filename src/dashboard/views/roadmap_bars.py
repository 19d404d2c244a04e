"""The time of projects as bars beside their names, in HTML: words wrap and lead on, and grow with the reader's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from dashboard.views import html

#: How far a bar fades out where nobody knows how far it reaches, as a part of all time on the chart.
_FADE = 0.06
#: Room beside the first and the last day, for a bar that fades out and the question mark at its end.
_ROOM = 1.5 * _FADE
#: Names of years that fit beside each other on a phone.
_MOST_YEARS = 8


@dataclass(frozen=True)
class Piece:
    """A part of a project's time: None stands for an end that nobody has told; `kind` is how it is filled."""

    first: date | None
    last: date | None
    kind: str


@dataclass(frozen=True)
class Mark:
    """A milestone: its day, how it stands (`done`, `open` or `late`), and what is said of it."""

    on: date
    state: str
    said: str


@dataclass(frozen=True)
class Row:
    """A project: what stands beside its bar, as HTML; what is drawn; and the line in words for pointing at it."""

    text: str
    pieces: Sequence[Piece]
    marks: Sequence[Mark]
    said: str


@dataclass(frozen=True)
class Part:
    """Projects under a heading, with HTML below the heading."""

    heading: str
    below: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Scale:
    """Years, with parts of years, as places from the left in per cent."""

    low: float
    high: float

    def at(self, year: float) -> float:
        """Give the place of a year."""
        return 100 * (year - self.low) / (self.high - self.low)

    @property
    def fade(self) -> float:
        """How many years a bar fades out over."""
        return _FADE / (1 + 2 * _ROOM) * (self.high - self.low)


def bars_html(parts: Sequence[Part], today: date, *, today_label: str, no_time: str) -> str:
    """Give projects in parts, each with its words and its bar on one common scale of years.

    A bar fades out, with a question mark, where nobody has told how far it reaches. The bars are for the eye alone: the
    words beside them say the same.

    Parameters
    ----------
    parts
        What to lay out.
    today, today_label
        Where today's line stands, and what stands at it.
    no_time
        What stands instead of a bar when nothing of a project has a day.
    """
    scale = scale_of([row for part in parts for row in part.rows], today)
    body = "".join(_part(part, scale, today, no_time) for part in parts)
    return f'<div class="hs-plan">{_axis(scale, today, today_label)}{body}</div>'


def scale_of(rows: Sequence[Row], today: date) -> Scale:
    """Give the scale that holds every day: it begins with the first year that is known of any project."""
    days = [today, *(mark.on for row in rows for mark in row.marks)]
    days += [day for row in rows for piece in row.pieces for day in (piece.first, piece.last) if day is not None]
    low, high = float(min(days).year), year_of(max(days))
    room = _ROOM * (high - low)
    return Scale(low - room, high + room)


def year_of(day: date) -> float:
    """Give a day as a year with its part: half of 2021 is 2021.5."""
    first, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return round(day.year + (day - first).days / (after - first).days, 4)


def _years(scale: Scale) -> list[int]:
    years = list(range(ceil(scale.low), floor(scale.high) + 1))
    return years[:: max(1, ceil(len(years) / _MOST_YEARS))]


def _axis(scale: Scale, today: date, label: str) -> str:
    years = "".join(f'<span style="left:{scale.at(year):.2f}%">{year}</span>' for year in _years(scale))
    place = scale.at(year_of(today))
    look = "hs-plan-now hs-plan-now-right" if place > 50 else "hs-plan-now"
    now = f'<b class="{look}" style="left:{place:.2f}%">{html.escape(label)}</b>'
    return f'<div class="hs-plan-row hs-plan-axis" aria-hidden="true"><div></div><div>{years}{now}</div></div>'


def _part(part: Part, scale: Scale, today: date, no_time: str) -> str:
    head = html.subsection(part.heading) if part.heading else ""
    rows = "".join(_row(row, scale, today, no_time) for row in part.rows)
    return f'{head}{part.below}<ul class="hs-projects">{rows}</ul>' if rows else f"{head}{part.below}"


def _row(row: Row, scale: Scale, today: date, no_time: str) -> str:
    lines = "".join(f'<i class="hs-plan-year" style="left:{scale.at(year):.2f}%"></i>' for year in _years(scale))
    now = f'<i class="hs-plan-today" style="left:{scale.at(year_of(today)):.2f}%"></i>'
    drawn = "".join(_piece(piece, scale) for piece in row.pieces) + "".join(_mark(mark, scale) for mark in row.marks)
    drawn = drawn or f'<span class="hs-plan-none">{html.escape(no_time)}</span>'
    track = f'<div class="hs-plan-track" aria-hidden="true" title="{html.escape(row.said)}">{lines}{now}{drawn}</div>'
    return f'<li class="hs-plan-row"><div>{row.text}</div>{track}</li>'


def _piece(piece: Piece, scale: Scale) -> str:
    if piece.first is None and piece.last is None:
        return ""
    last = year_of(piece.last) if piece.last is not None else None
    first = year_of(piece.first) if piece.first is not None else None
    begins = first if first is not None else (last or 0) - scale.fade
    ends = last if last is not None else begins + scale.fade
    left, width = scale.at(begins), scale.at(ends) - scale.at(begins)
    look = f"hs-plan-bar hs-bar-{piece.kind}"
    asked = ""
    if first is None:
        look += " hs-plan-from"
        asked = f'<b class="hs-plan-asked hs-plan-asked-before" style="left:{left:.2f}%">?</b>'
    if last is None:
        look += " hs-plan-on"
        asked = f'<b class="hs-plan-asked" style="left:{left + width:.2f}%">?</b>'
    return f'<i class="{look}" style="left:{left:.2f}%;width:{width:.2f}%"></i>{asked}'


def _mark(mark: Mark, scale: Scale) -> str:
    place = scale.at(year_of(mark.on))
    look = f"hs-diamond hs-diamond-{mark.state}"
    return f'<i class="{look}" style="left:{place:.2f}%" title="{html.escape(mark.said)}"></i>'
