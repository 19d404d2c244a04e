"""Changes in both directions from 0, each with its interval where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.charts.base import SILENT, Spec, drawn, frame, pixel, quantity, tip, values
from dashboard.views.numbers import MISSING
from dashboard.views.theme import Theme

ROW = 48
BAR = 12


@dataclass(frozen=True)
class ChangeRow:
    """One change as a number and as text, with its interval; one that is not certain is drawn pale."""

    name: str
    value: float
    text: str
    lower: float | None = None
    upper: float | None = None
    interval_text: str = ""
    certain: bool = True


def change_bars(rows: Sequence[ChangeRow], *, theme: Theme, t: Translator, description: str, axis_title: str) -> Spec:
    """One bar a change, to the left of 0 or to the right; name and value stand above it, so that a phone has room.

    Parameters
    ----------
    rows : sequence of ChangeRow
        Changes from the top.
    theme, t, description
        Colours, texts, the chart in words.
    axis_title : str
        What the axis shows, with its unit.
    """
    lines = [_line(position, row) for position, row in enumerate(rows)]
    reach = max((abs(line[end]) for line in lines for end in ("value", "lower", "upper")), default=0.0) * 1.04 or 1.0
    x = {"scale": {"domain": [-reach, reach], "nice": False}, "axis": {"title": axis_title, "tickCount": 5}}
    color = {"condition": {"test": "datum.value<0", "value": theme.diverging[0]}, "value": theme.diverging[-1]}
    layers: list[Spec] = [
        {
            "data": values([{"zero": 0}]),
            "mark": {"type": "rule", "stroke": theme.muted, "strokeWidth": 1, **SILENT},
            "encoding": {"x": quantity("zero", **x)},
        },
        {
            "data": values(lines),
            "mark": {"type": "rule", "strokeWidth": BAR},
            "encoding": {
                "x": quantity("zero", **x),
                "x2": {"field": "value"},
                "y": pixel("y"),
                "stroke": color,
                "opacity": {"condition": {"test": "datum.certain", "value": 1}, "value": 0.5},
                "tooltip": tip(("name", "title"), ("text", t("charts.value")), ("range", t("charts.interval"))),
                "description": {"field": "said"},
            },
        },
        {
            "data": values([line for line in lines if line["known"]]),
            "mark": {"type": "rule", "stroke": theme.ink, "strokeWidth": 1.5, **SILENT},
            "encoding": {"x": quantity("lower", **x), "x2": {"field": "upper"}, "y": pixel("y")},
        },
        _words(lines, "name", color=theme.ink),
        _words(lines, "text", color=theme.ink),
    ]
    return frame(drawn(layers), theme=theme, t=t, description=description, height=len(lines) * ROW + 8)


def _line(position: int, row: ChangeRow) -> Spec:
    known = row.lower is not None and row.upper is not None
    return {
        "name": row.name,
        "value": row.value,
        "text": row.text,
        "zero": 0,
        "lower": row.lower if known else row.value,
        "upper": row.upper if known else row.value,
        "known": known,
        "certain": row.certain,
        "range": row.interval_text or MISSING,
        "said": f"{row.name}: {row.text} ({row.interval_text})" if row.interval_text else f"{row.name}: {row.text}",
        "y": position * ROW + 34,
    }


def _words(lines: list[Spec], field: str, *, color: str) -> Spec:
    """Write the name at the left edge, and the value, which is short and bold, at the right."""
    named = field == "name"
    mark = {
        "type": "text",
        "align": "left" if named else "right",
        "dy": -18,
        "color": color,
        "fontWeight": 400 if named else 700,
        "limit": {"expr": "width-70" if named else "width"},
        **SILENT,
    }
    place = {"value": 0 if named else {"expr": "width"}}
    return {
        "data": values(lines),
        "mark": mark,
        "encoding": {"x": place, "y": pixel("y"), "text": {"field": field}},
    }
