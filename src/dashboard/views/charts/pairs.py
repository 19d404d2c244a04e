"""A group beside everybody else, on one axis, for several things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.charts.base import SILENT, Spec, drawn, frame, pixel, quantity, tip, values
from dashboard.views.theme import Theme

ROW = 54
SHAPES = ("diamond", "circle")


@dataclass(frozen=True)
class Pair:
    """Two values of one thing, as numbers and as text, and in words what their difference says."""

    label: str
    group: float | None
    rest: float | None
    group_text: str
    rest_text: str
    said: str
    certain: bool = True


def paired_dots(
    rows: Sequence[Pair],
    names: tuple[str, str],
    *,
    theme: Theme,
    t: Translator,
    description: str,
    axis_title: str,
) -> Spec:
    """One line a thing, with a diamond for the group and a ring for the rest; what the difference says stands above.

    Parameters
    ----------
    rows : sequence of Pair
        Lines from the top; one without values keeps its place and its words. A difference that is not certain is
        drawn thin.
    names : tuple of str
        What the group and the rest are called.
    theme, t, description
        Colours, texts, the chart in words.
    axis_title : str
        What the axis shows, with its unit.
    """
    lines = [_line(position, row) for position, row in enumerate(rows)]
    known = [line for line in lines if line["group"] is not None and line["rest"] is not None]
    x = {"scale": {"zero": True, "nice": True}, "axis": {"title": axis_title, "tickCount": 5}}
    layers: list[Spec] = [
        {
            "data": values(known),
            "mark": {"type": "rule", "stroke": theme.peer, **SILENT},
            "encoding": {
                "x": quantity("group", **x),
                "x2": {"field": "rest"},
                "y": pixel("y"),
                "strokeWidth": {"condition": {"test": "datum.certain", "value": 5}, "value": 1},
            },
        },
        _points(_side(known, "rest", names[1]), x, names, theme),
        _points(_side(known, "group", names[0]), x, names, theme),
        _words(lines, "label", 0, align="left", color=theme.ink, weight=700),
        _words(lines, "said", {"expr": "width"}, align="right", color=theme.muted, weight=400),
    ]
    for layer in layers[1:3]:
        layer["encoding"]["tooltip"] = tip(("label", "title"), ("text", t("charts.value")))
    return frame(drawn(layers), theme=theme, t=t, description=description, height=len(rows) * ROW + 8)


def _line(position: int, row: Pair) -> Spec:
    return {
        "label": row.label,
        "group": row.group,
        "rest": row.rest,
        "group_text": row.group_text,
        "rest_text": row.rest_text,
        "said": row.said,
        "certain": row.certain,
        "top": position * ROW + 14,
        "y": position * ROW + 36,
    }


def _side(known: Sequence[Spec], side: str, name: str) -> list[Spec]:
    return [
        {
            "label": f"{line['label']}: {name}",
            "who": name,
            "value": line[side],
            "text": line[f"{side}_text"],
            "said": f"{line['label']}: {name} {line[f'{side}_text']}",
            "y": line["y"],
        }
        for line in known
    ]


def _points(rows: list[Spec], x: Spec, names: tuple[str, str], theme: Theme) -> Spec:
    """Points of one side; both sides share one legend, which tells them apart by shape and colour."""
    scale: Spec = {"domain": list(names)}
    legend = {"orient": "top", "title": None, "columns": {"expr": "width<420?1:2"}, "labelLimit": 320, "offset": 8}
    return {
        "data": values(rows),
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": 150, "strokeWidth": 1.5},
        "encoding": {
            "x": quantity("value", **x),
            "y": pixel("y"),
            "shape": {"field": "who", "type": "nominal", "scale": scale | {"range": list(SHAPES)}, "legend": legend},
            "color": {
                "field": "who",
                "type": "nominal",
                "scale": scale | {"range": [theme.accent, theme.ink]},
                "legend": legend,
            },
            "stroke": {"value": theme.background},
            "description": {"field": "said"},
        },
    }


def _words(rows: list[Spec], field: str, x: object, *, align: str, color: str, weight: int) -> Spec:
    mark = {"type": "text", "align": align, "baseline": "middle", "color": color, "fontWeight": weight, **SILENT}
    where = {"x": {"value": x}, "y": pixel("top")}
    return {"data": values(rows), "mark": mark, "encoding": {**where, "text": {"field": field}}}
