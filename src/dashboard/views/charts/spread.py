"""Where chosen areas stand among all areas of the city."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dashboard.i18n import Translator
from dashboard.views.charts.base import (
    LINE,
    ON_A_LINE,
    SILENT,
    Spec,
    fitted,
    frame,
    in_lines,
    lines_of,
    pixel,
    quantity,
    tip,
    type_size,
    values,
)
from dashboard.views.charts.strips import Dot
from dashboard.views.theme import Theme

STEP = 26

# Chosen areas differ in shape as well as in colour.
SHAPES = ("diamond", "square", "triangle-up", "circle")


def distribution_strip(
    dots: Sequence[Dot],
    chosen: Collection[str],
    *,
    theme: Theme,
    t: Translator,
    description: str,
    axis_title: str,
    mean: float | None = None,
    mean_text: str = "",
    domain: tuple[float, float] | None = None,
) -> Spec:
    """All areas for one indicator as strokes on a line, the chosen ones named, the whole city marked.

    Parameters
    ----------
    dots : sequence of Dot
        Every area; those without a value are left out.
    chosen : collection of str
        Names of the areas that are pointed out, at most four, in the order in which they were chosen.
    theme, t, description
        Colours, texts, the chart in words.
    axis_title : str
        What the axis shows, with its unit.
    mean, mean_text : float or None, str
        The whole city's value, and its text.
    domain : tuple of float, optional
        Where the axis begins and ends, for a scale with known ends; from the values when left out.
    """
    rows: list[Spec] = [_row(dot) for dot in dots if dot.value is not None]
    # A sign belongs to an area, whatever its place in the strip: the first chosen has the first sign everywhere.
    order = list(chosen)
    marked = sorted((row for row in rows if row["name"] in chosen), key=lambda row: row["value"])
    y = 10
    for row in marked:
        row["lines"] = in_lines(row["short"])
        row |= {"y": y, "place": order.index(row["name"]) % len(SHAPES)}
        y += STEP + LINE * (len(row["lines"] or [""]) - 1)
    line = y + 34
    for row in rows:
        row |= {"top": line - 12, "bottom": line + 12, "line": line}
    x = quantity(
        "value",
        scale={"zero": False, "nice": True} if domain is None else {"domain": list(domain), "nice": False},
        axis={"title": lines_of(axis_title, ON_A_LINE + 8), "tickCount": 6, "grid": False},
    )
    read = tip(("name", "title"), ("text", t("charts.value")))
    layers: list[Spec] = []
    if mean is not None:
        layers += _mean(mean, t("charts.city_mean", value=mean_text), line, x, theme)
    layers += [
        {
            "data": values(rows),
            "mark": {"type": "rule", "stroke": theme.peer, "strokeWidth": 3, "opacity": 0.7},
            "encoding": {
                "x": x,
                "y": pixel("top"),
                "y2": {"field": "bottom"},
                "tooltip": read,
                "description": {"field": "said"},
            },
        },
        *_chosen(marked, x, read, theme),
    ]
    return frame(layers, theme=theme, t=t, description=description, height=line + 24)


def _row(dot: Dot) -> Spec:
    said = f"{dot.name}: {dot.text}"
    return {
        "name": dot.name,
        "value": dot.value,
        "text": dot.text,
        "said": said,
        "short": f"{dot.text} · {dot.name}",
    }


def _mean(mean: float, label: str, line: int, x: Spec, theme: Theme) -> list[Spec]:
    place = values([{"value": mean, "top": line - 20, "bottom": line + 20}])
    rule = {"type": "rule", "stroke": theme.ink, "strokeWidth": 2, "strokeDash": [5, 3], **SILENT}
    text = {
        "type": "text",
        "align": "center",
        "dy": -8,
        "color": theme.ink,
        "text": label,
        "fontSize": type_size(12),
        **SILENT,
    }
    return [
        {"data": place, "mark": rule, "encoding": {"x": x, "y": pixel("top"), "y2": {"field": "bottom"}}},
        {"data": place, "mark": text, "encoding": {"x": x, "y": pixel("top")}},
    ]


def _chosen(rows: list[Spec], x: Spec, read: list[Spec], theme: Theme) -> list[Spec]:
    """Each chosen area on the line, and above it, at the left edge, its sign with its value and name.

    Names beside the marks would run out of a narrow picture or over each other.
    """
    layers: list[Spec] = []
    for row in rows:
        data = values([row])
        point = {"type": "point", "shape": SHAPES[row["place"]], "filled": True, "color": theme.accent}
        edge = {"size": 150, "opacity": 1, "stroke": theme.background, "strokeWidth": 1.5}
        limit = {"expr": "width-24"}
        look = {"align": "left", "baseline": "middle", "limit": limit, "lineHeight": LINE, "color": theme.ink}
        layers += [
            {
                "data": data,
                "mark": {**point, **edge},
                "encoding": {"x": x, "y": pixel("line"), "tooltip": read, "description": {"field": "said"}},
            },
            {
                "data": data,
                "mark": {**point, **edge, **SILENT},
                "encoding": {"x": {"value": 8}, "y": pixel("y")},
            },
            {
                "data": data,
                "transform": fitted("short", "(width-24)"),
                "mark": {"type": "text", **look, "dx": 22, **SILENT},
                "encoding": {"x": {"value": 0}, "y": pixel("y"), "text": {"field": "fits"}},
            },
        ]
    return layers
