"""One measure for several cities, with its uncertainty and what chance alone would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.charts.base import SILENT, Spec, drawn, frame, quantity, quoted, tip, type_size, values
from dashboard.views.numbers import MISSING
from dashboard.views.theme import Theme

BAR = 36


@dataclass(frozen=True)
class IntervalRow:
    """A city with its value, the bounds of its interval and the random floor, all in the same unit."""

    name: str
    value: float
    text: str
    lower: float | None = None
    upper: float | None = None
    floor: float | None = None
    home: bool = False
    interval_text: str = ""
    floor_text: str = ""


def interval_dots(
    rows: Sequence[IntervalRow],
    *,
    theme: Theme,
    t: Translator,
    description: str,
    axis_title: str,
    domain: tuple[float, float] | None = None,
) -> Spec:
    """One measure for several cities: value, interval, and the floor that chance alone would give.

    Parameters
    ----------
    rows : sequence of IntervalRow
        Cities from the top.
    theme, t, description
        Colours, texts, the chart in words.
    axis_title : str
        What the axis shows, with its unit.
    domain : tuple of float, optional
        Ends of the axis; from 0 to a round number above the highest bound when left out.
    """
    data = [_interval_row(row) for row in rows]
    home = [row for row in data if row["home"]]
    peers = [row for row in data if not row["home"]]
    names = [row.name for row in rows]
    bold = {"condition": {"test": _is_home(home), "value": 700}, "value": 400}
    dark = {"condition": {"test": _is_home(home), "value": theme.ink}, "value": theme.muted}
    y = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "axis": {"title": None, "labelFontWeight": bold, "labelColor": dark, "labelLimit": 140},
        "scale": {"paddingInner": 0.4, "paddingOuter": 0.4},
    }
    scale: Spec = {"domain": list(domain)} if domain else {"zero": True, "nice": True}
    x = quantity("value", scale=scale, axis={"title": axis_title, "tickCount": 5})
    read = tip(
        ("name", "title"),
        ("text", t("charts.value")),
        ("range", t("charts.interval")),
        ("floor_text", t("charts.floor")),
    )
    layers: list[Spec] = [_bars(peers, x, y, theme.peer, 3), _bars(home, x, y, theme.accent, 4)]
    floors = [row for row in data if row["floor"] is not None]
    if floors:
        tick = {
            "type": "tick",
            "orient": "vertical",
            "thickness": 2,
            "size": 16,
            "color": theme.muted,
            **SILENT,
        }
        over = {
            "type": "text",
            "align": "left",
            "dx": -4,
            "dy": -16,
            "fontSize": type_size(12),
            "color": theme.muted,
            **SILENT,
        }
        layers += [
            {"data": values(floors), "mark": tick, "encoding": {"x": quantity("floor"), "y": y}},
            {
                "data": values(floors[:1]),
                "mark": over,
                "encoding": {"x": quantity("floor"), "y": y, "text": {"value": t("charts.floor")}},
            },
        ]
    layers += [
        _interval_points(peers, x, y, read, shape="circle", size=50, fill=theme.peer, theme=theme),
        _interval_points(home, x, y, read, shape="diamond", size=150, fill=theme.accent, theme=theme),
        _interval_values(peers, y, theme.ink, 400),
        _interval_values(home, y, theme.ink, 700),
    ]
    return frame(drawn(layers), theme=theme, t=t, description=description, height=len(rows) * BAR + 8, top=12)


def _interval_row(row: IntervalRow) -> Spec:
    known = row.lower is not None and row.upper is not None
    return {
        "name": row.name,
        "value": row.value,
        "text": row.text,
        "lower": row.lower if known else row.value,
        "upper": row.upper if known else row.value,
        "floor": row.floor,
        "home": row.home,
        "range": row.interval_text or MISSING,
        "floor_text": row.floor_text or MISSING,
        "said": f"{row.name}: {row.text} ({row.interval_text})" if row.interval_text else f"{row.name}: {row.text}",
    }


def _is_home(home: list[Spec]) -> str:
    return "||".join(f"datum.value=={quoted(row['name'])}" for row in home) or "false"


def _bars(rows: list[Spec], x: Spec, y: Spec, color: str, width: int) -> Spec:
    mark = {
        "type": "rule",
        "stroke": color,
        "strokeWidth": width,
        "strokeCap": "round",
        "opacity": 0.45,
        **SILENT,
    }
    return {
        "data": values(rows),
        "mark": mark,
        "encoding": {"x": {**x, "field": "lower"}, "x2": {"field": "upper"}, "y": y},
    }


def _interval_points(
    rows: list[Spec], x: Spec, y: Spec, read: list[Spec], *, shape: str, size: int, fill: str, theme: Theme
) -> Spec:
    mark = {"type": "point", "shape": shape, "filled": True, "fill": fill, "size": size, "opacity": 1}
    return {
        "data": values(rows),
        "mark": {**mark, "stroke": theme.background, "strokeWidth": 1.5},
        "encoding": {"x": x, "y": y, "tooltip": read, "description": {"field": "said"}},
    }


def _interval_values(rows: list[Spec], y: Spec, color: str, weight: int) -> Spec:
    mark = {"type": "text", "align": "left", "dx": 12, "color": color, "fontWeight": weight, **SILENT}
    return {
        "data": values(rows),
        "mark": mark,
        "encoding": {"x": quantity("upper"), "y": y, "text": {"field": "text"}},
    }
