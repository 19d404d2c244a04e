"""Marks that charts can carry beside what they draw."""

from __future__ import annotations

from dashboard.views.charts.base import SILENT, Spec, quantity, type_size, values
from dashboard.views.theme import Theme


def marked_year(year: int, label: str, *, theme: Theme) -> list[Spec]:
    """Give the layers of a line at a year, with its name, for a chart that `trend_line` has made."""
    place = values([{"year": year}])
    x = quantity("year")
    line = {"type": "rule", "stroke": theme.ink, "strokeWidth": 1.5, "strokeDash": [6, 3], **SILENT}
    text = {
        "type": "text",
        "align": "left",
        "baseline": "top",
        "dx": 6,
        "fontSize": type_size(14),
        "fontWeight": 700,
        **SILENT,
    }
    return [
        {"data": place, "mark": line, "encoding": {"x": x}},
        {
            "data": place,
            "mark": {**text, "color": theme.ink, "text": label},
            "encoding": {"x": x, "y": {"value": 0}},
        },
    ]


def marked_value(value: float, label: str, *, zero: bool, theme: Theme) -> list[Spec]:
    """Give the layers of a line at a value, with its name, for a chart that `trend_line` has made with that `zero`."""
    place = values([{"value": value}])
    y = quantity("value", scale={"zero": zero, "nice": True})
    line = {"type": "rule", "stroke": theme.ink, "strokeWidth": 1.5, "strokeDash": [2, 3], **SILENT}
    text = {
        "type": "text",
        "align": "right",
        "baseline": "bottom",
        "dy": -3,
        "fontSize": type_size(14),
        "fontWeight": 700,
        **SILENT,
    }
    return [
        {"data": place, "mark": line, "encoding": {"y": y}},
        {
            "data": place,
            "mark": {**text, "fontSize": type_size(14), "fontWeight": 700, "color": theme.ink, "text": label},
            "encoding": {"x": {"value": "width"}, "y": y},
        },
    ]
