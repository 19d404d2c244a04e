"""One area over the years: today's figures as a whole line, those that are worked out for its boundaries dashed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.charts.base import (
    SILENT,
    Spec,
    drawn,
    frame,
    quantity,
    tip,
    title_of_values,
    type_size,
    values,
)
from dashboard.views.theme import Theme


@dataclass(frozen=True)
class AreaYear:
    """A year of an area: value, value as text, and whether it is worked out for boundaries that came later."""

    year: int
    value: float
    text: str
    reworked: bool = False


def area_line(
    points: Sequence[AreaYear],
    *,
    theme: Theme,
    t: Translator,
    description: str,
    value_title: str,
    first_of_today: int,
    breaks: Collection[int] = (),
    height: int = 260,
) -> Spec:
    """Values of an area over the years.

    Years that are worked out have a dashed line and hollow points, so that they differ without colour too. No line
    crosses the re-cut: a thin one stands before the first year of today's boundaries, with words.

    Parameters
    ----------
    points
        Years with a value, in any order.
    theme, t, description
        Colours, texts, the chart in words.
    value_title
        What is shown, with its unit; stands above the chart.
    first_of_today
        First year of today's boundaries.
    breaks
        First years of another way of making the figures: no line leads to them from the year before.
    height
        Height in pixels.
    """
    rows = _rows(sorted(points, key=lambda point: point.year), t, breaks)
    if not rows:
        return frame([], theme=theme, t=t, description=description, height=height)
    years = [row["year"] for row in rows]
    x_scale = {"domain": [min(years) - 0.3, max(years) + 0.3], "nice": False}
    axis = {"title": None, "format": "d", "tickMinStep": 1, "labelOverlap": "greedy", "grid": False}
    x = quantity("year", scale=x_scale, axis=axis)
    y = quantity("value", scale={"zero": False, "nice": True}, axis={"title": None, "tickCount": 5})
    read = tip(("title", "title"), ("text", t("charts.value")))
    today = [row for row in rows if not row["reworked"]]
    before = [row for row in rows if row["reworked"]]
    layers = [
        _line(before, x, y, {"stroke": theme.accent, "strokeWidth": 2, "strokeDash": [6, 5]}),
        _line(today, x, y, {"stroke": theme.accent, "strokeWidth": 3.5}),
        _dots(before, x, y, read, {"filled": False, "stroke": theme.accent, "strokeWidth": 2, "size": 55}),
        _dots(today, x, y, read, {"filled": True, "color": theme.accent, "size": 60}),
    ]
    if before and today:
        layers = [*_recut(first_of_today, x, theme, t), *layers]
    spec = frame(drawn(layers), theme=theme, t=t, description=description, height=height, top=8)
    return spec | {"title": title_of_values(value_title, theme=theme, offset=20)}


def _rows(points: Sequence[AreaYear], t: Translator, breaks: Collection[int]) -> list[Spec]:
    """Rows, numbered by stretches between gaps, breaks and the re-cut."""
    rows: list[Spec] = []
    stretch = 0
    for place, point in enumerate(points):
        before = points[place - 1] if place else None
        if before:
            apart = point.year != before.year + 1 or point.year in breaks
            stretch += apart or point.reworked != before.reworked
        title = t("charts.reworked_year", year=str(point.year)) if point.reworked else str(point.year)
        row = {"year": point.year, "value": point.value, "text": point.text, "title": title, "line": str(stretch)}
        rows.append({**row, "reworked": point.reworked, "said": f"{title}: {point.text}"})
    return rows


def _line(rows: list[Spec], x: Spec, y: Spec, look: Spec) -> Spec:
    encoding = {"x": x, "y": y, "detail": {"field": "line"}}
    return {"data": values(rows), "mark": {"type": "line", **look, **SILENT}, "encoding": encoding}


def _dots(rows: list[Spec], x: Spec, y: Spec, read: list[Spec], look: Spec) -> Spec:
    encoding = {"x": x, "y": y, "tooltip": read, "description": {"field": "said"}}
    mark = {"type": "point", "shape": "circle", "opacity": 1, **look}
    return {"data": values(rows), "mark": mark, "encoding": encoding}


def _recut(year: int, x: Spec, theme: Theme, t: Translator) -> list[Spec]:
    place = values([{"year": year - 0.5}])
    line = {"type": "rule", "stroke": theme.muted, "strokeWidth": 1, "strokeDash": [2, 3], **SILENT}
    text = {"type": "text", "align": "right", "baseline": "bottom", "dy": -5, "fontSize": type_size(12), **SILENT}
    return [
        {"data": place, "mark": line, "encoding": {"x": x}},
        {
            "data": place,
            "mark": {**text, "color": theme.muted, "text": t("charts.recut")},
            "encoding": {"x": x, "y": {"value": 0}},
        },
    ]
