"""One measure over the size of the surrounding that people are seen in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.charts.base import SILENT, Spec, drawn, frame, quantity, tip, title_of_values, type_size, values
from dashboard.views.theme import Theme

#: Dashes of the first and the second line: they are told apart without colour.
DASHES = ([1, 0], [7, 5])


@dataclass(frozen=True)
class ScaleDot:
    """A value at a number of people, with its interval; ``within`` when the areas hide what is smaller."""

    people: float
    value: float
    name: str
    text: str
    lower: float | None = None
    upper: float | None = None
    interval_text: str = ""
    within: bool = False


def scale_line(
    dots: Sequence[ScaleDot],
    areas: Sequence[ScaleDot],
    *,
    theme: Theme,
    t: Translator,
    description: str,
    x_title: str,
    y_title: str,
    ticks: Sequence[int],
    other: Sequence[ScaleDot] = (),
    lines: tuple[str, str] = ("", "other"),
    height: int = 320,
) -> Spec:
    """A line over the number of people, on an axis where each step is a doubling.

    Parameters
    ----------
    dots : sequence of ScaleDot
        Values of the neighbourhoods, ascending; hollow where they say no more than the areas themselves.
    areas : sequence of ScaleDot
        Levels of areas, at their mean number of people: marks with their names beside the line.
    theme, t, description
        Colours, texts, the chart in words.
    x_title, y_title : str
        Titles of the axes; the one of the values stands above the chart.
    ticks : sequence of int
        Where the axis of people is marked.
    other : sequence of ScaleDot
        Values of the same measure counted in something else: squares on a dashed line, hollow as the others.
    lines : tuple of str
        What the two lines are called, below the chart; nothing stands there when there is only the first.
    height : int
        Height in pixels.
    """
    rows = [_row(one) for one in dots]
    marks = [_row(one) for one in areas]
    beside = [_row(one) for one in other]
    everything = [*rows, *marks, *beside]
    if not everything:
        return frame([], theme=theme, t=t, description=description, height=height)
    highest = max(max(row["value"], row["upper"] or 0) for row in everything)
    lowest = min(min(row["value"], 0 if row["lower"] is None else row["lower"]) for row in everything)
    x = quantity(
        "people",
        scale={"type": "log", "base": 2, "domain": [ticks[0] * 0.9, ticks[-1] * 1.15], "nice": False},
        axis={"title": x_title, "grid": False, "values": list(ticks), "format": ",.0f", "labelOverlap": "greedy"},
    )
    y = quantity(
        "value", scale={"domain": [min(lowest * 1.1, 0), highest * 1.12]}, axis={"title": None, "tickCount": 5}
    )
    read = tip(("name", "title"), ("text", y_title), ("interval", t("charts.interval")))
    held = [row for row in rows if row["lower"] is not None]
    # Green, for the map of the same part has orange for what is more common.
    colours = (theme.accent, theme.categories[2])
    dot = {"type": "point", "filled": True, "size": 80, "opacity": 1, "strokeWidth": 2.5}
    words = {"type": "text", "dy": -14, "fontSize": type_size(13), "fontWeight": 600, **SILENT}
    layers: list[Spec] = [
        {
            "data": values(held),
            "mark": {"type": "rule", "stroke": theme.accent, "strokeWidth": 6, "opacity": 0.25, **SILENT},
            "encoding": {"x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
        },
        {
            "data": values(
                [row | {"line": name} for name, line in zip(lines, (rows, beside), strict=True) for row in line]
            ),
            "mark": {"type": "line", "strokeWidth": 3, **SILENT},
            "encoding": {"x": x, "y": y, **_looks(lines, colours, named=bool(other))},
        },
        *(
            {
                "data": values([row for row in line if row["within"] is within]),
                "mark": {**dot, "shape": shape, "stroke": colour, "color": theme.surface if within else colour},
                "encoding": {"x": x, "y": y, "tooltip": read, "description": {"field": "said"}},
            }
            for line, shape, colour in ((rows, "circle", colours[0]), (beside, "square", colours[1]))
            for within in (True, False)
        ),
        {
            "data": values(marks),
            "mark": {
                "type": "point",
                "shape": "diamond",
                "filled": True,
                "size": 150,
                "opacity": 1,
                "color": theme.ink,
            },
            "encoding": {"x": x, "y": y, "tooltip": read, "description": {"field": "said"}},
        },
        # Named to both sides, so that the names do not run into each other on a narrow screen.
        *(
            {
                "data": values(group),
                "mark": {**words, "align": align, "dx": dx, "color": theme.ink},
                "encoding": {"x": x, "y": y, "text": {"field": "name"}},
            }
            for group, align, dx in ((marks[:1], "right", 6), (marks[1:], "left", 6))
        ),
    ]
    spec = frame(drawn(layers), theme=theme, t=t, description=description, height=height, top=8)
    return spec | {"title": title_of_values(y_title, theme=theme)}


def _looks(lines: tuple[str, str], colours: tuple[str, str], *, named: bool) -> Spec:
    """Give the colour and the dashes of each line; below the chart they stand once, with the names of the lines."""
    legend = {"title": None, "orient": "bottom", "columns": 1, "symbolType": "stroke", "symbolSize": 400}
    looks = {"stroke": colours, "strokeDash": DASHES}
    return {
        channel: {
            "field": "line",
            "type": "nominal",
            "scale": {"domain": list(lines), "range": list(look)},
            "legend": legend | {"symbolStrokeWidth": 3, "labelLimit": 320} if named else None,
        }
        for channel, look in looks.items()
    }


def _row(one: ScaleDot) -> Spec:
    return {
        "people": one.people,
        "value": one.value,
        "lower": one.lower,
        "upper": one.upper,
        "name": one.name,
        "text": one.text,
        "interval": one.interval_text,
        "within": one.within,
        "said": f"{one.name}: {one.text}",
    }
