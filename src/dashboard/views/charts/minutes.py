"""Curves over walking time: how a value changes the longer one walks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.charts.base import SILENT, Spec, frame, quantity, tip, title_of_values, type_size, values
from dashboard.views.theme import Theme

#: Dashes of the first, second … curve: they are told apart without colour.
DASHES = ([1, 0], [8, 4], [2, 4], [10, 4, 2, 4])


@dataclass(frozen=True)
class MinuteCurve:
    """A curve: its name, and minutes, value (None where there is none) and value as text of each point."""

    name: str
    points: Sequence[tuple[int, float | None, str]]


def minute_curves(
    curves: Sequence[MinuteCurve],
    *,
    theme: Theme,
    t: Translator,
    description: str,
    x_title: str,
    y_title: str,
    level: tuple[float, str] | None = None,
    height: int = 300,
) -> Spec:
    """Curves over minutes on foot, each with its name at its end.

    Parameters
    ----------
    curves : sequence of MinuteCurve
        Up to four.
    theme, t, description
        Colours, texts, the chart in words.
    x_title, y_title : str
        Titles of the axes; the one of the values stands above the chart.
    level : tuple of float and str, optional
        A level that the values are read against, and what it is called.
    height : int
        Height in pixels.
    """
    rows = [
        {"name": one.name, "minutes": minute, "value": value, "text": text, "said": f"{one.name}, {minute}: {text}"}
        for one in curves
        for minute, value, text in one.points
        if value is not None
    ]
    if not rows:
        return frame([], theme=theme, t=t, description=description, height=height)
    names = [one.name for one in curves]
    last = max(int(str(row["minutes"])) for row in rows)
    highest = max([float(str(row["value"])) for row in rows] + ([level[0]] if level else []))
    x = quantity("minutes", scale={"domain": [0, last]}, axis={"title": x_title, "grid": False, "tickCount": 6})
    y = quantity("value", scale={"domain": [0, highest * 1.08]}, axis={"title": None, "tickCount": 5})
    colour = {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": names, "range": [theme.accent, *theme.categories[1:4]]},
        "legend": {
            "title": None,
            "orient": "bottom",
            "symbolType": "stroke",
            "symbolSize": 400,
            "labelLimit": 320,
            "columns": 2,
        },
    }
    dash = {"field": "name", "type": "nominal", "scale": {"domain": names, "range": list(DASHES[: len(names)])}}
    line = {"type": "line", "strokeWidth": 3.5, "interpolate": "monotone", **SILENT}
    # Seen by the pointer and by screen readers only; without colour, so that the legend takes the lines' looks.
    dots = {"type": "point", "filled": True, "size": 60, "opacity": 0.001, "color": theme.ink}
    read = tip(("name", "title"), ("minutes", x_title), ("text", y_title))
    layers: list[Spec] = [
        *_level(level, y, theme),
        {
            "data": values(rows),
            "mark": line,
            "encoding": {"x": x, "y": y, "color": colour, "strokeDash": {**dash, "legend": colour["legend"]}},
        },
        {
            "data": values(rows),
            "mark": dots,
            "encoding": {"x": x, "y": y, "tooltip": read, "description": {"field": "said"}},
        },
    ]
    spec = frame(layers, theme=theme, t=t, description=description, height=height, top=8)
    return spec | {"title": title_of_values(y_title, theme=theme)}


def _level(level: tuple[float, str] | None, y: Spec, theme: Theme) -> list[Spec]:
    if level is None:
        return []
    place = values([{"value": level[0]}])
    rule = {"type": "rule", "stroke": theme.ink, "strokeWidth": 1.5, "strokeDash": [4, 4], **SILENT}
    text = {
        "type": "text",
        "align": "left",
        "baseline": "bottom",
        "dx": 4,
        "dy": -4,
        "fontSize": type_size(13),
        **SILENT,
    }
    return [
        {"data": place, "mark": rule, "encoding": {"y": y}},
        {
            "data": place,
            "mark": {**text, "color": theme.ink, "text": level[1]},
            "encoding": {"x": {"value": 0}, "y": y},
        },
    ]
