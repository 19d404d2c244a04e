"""The layers that a map of areas is made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.charts.base import SILENT, Spec, type_size
from dashboard.views.classes import Scheme
from dashboard.views.theme import Theme


@dataclass(frozen=True)
class MapArea:
    """An area on the map: its class, and what is read when pointing at it.

    ``x`` and ``y`` (metres, a point inside the area) place the sign of its class; without them it has none.
    """

    code: str
    label: str
    value_text: str
    class_index: int | None
    dimmed: bool = False
    selected: bool = False
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class MapPlace:
    """A named point, metres; its name stands to the ``right`` or ``left`` of it."""

    label: str
    x: float
    y: float
    side: str = "right"


def joined(areas: Sequence[MapArea], scheme: Scheme) -> list[Spec]:
    """Steps that give every shape its row; a shape without one is left out, not shown as missing."""
    columns = ("code", "label", "value", "class", "state", "x", "y", "mark")
    lines = [_line(columns), *(_line(_cells(area, scheme)) for area in areas)]
    rows = {"values": "\n".join(lines), "format": {"type": "tsv"}}
    found = {"data": rows, "key": "code", "fields": list(columns)}
    return [
        {"lookup": "properties.code", "from": found},
        {"filter": "datum.code"},
        # Rows that are looked up arrive as text, whatever types their format names.
        {"calculate": "toNumber(datum.class)", "as": "class"},
    ]


def _cells(area: MapArea, scheme: Scheme) -> tuple[object, ...]:
    state = ("d" if area.dimmed else "") + ("s" if area.selected else "")
    index = -1 if area.class_index is None else area.class_index
    mark = "" if area.dimmed else scheme.mark(area.class_index)
    x, y = ("", "") if area.x is None or area.y is None else (round(area.x), round(area.y))
    return area.code, area.label, area.value_text, index, state, x, y, mark


def _line(cells: Iterable[object]) -> str:
    """One line of tab-separated values; quoted where a text would break the line."""
    texts = (str(cell).replace("\t", " ").replace("\n", " ") for cell in cells)
    return "\t".join('"' + text.replace('"', '""') + '"' if '"' in text else text for text in texts)


def shapes(scheme: Scheme, theme: Theme, t: Translator, value_label: str, *, selectable: bool) -> Spec:
    """The areas in the colours of their classes; what is pointed at says its name, value and class."""
    classes = list(range(-1, len(scheme.labels)))
    names = json.dumps([scheme.missing_label, *scheme.labels])
    said = "datum.label+', '+datum.value+', '+datum.meaning"
    return {
        "name": "areas",
        "transform": [
            {"calculate": f"{names}[datum.class+1]", "as": "meaning"},
            {"calculate": said, "as": "said"},
        ],
        "mark": {"type": "geoshape", "clip": True, "cursor": "pointer" if selectable else "default"},
        "encoding": {
            "fill": {
                "field": "class",
                "type": "nominal",
                "scale": {"domain": classes, "range": [theme.missing, *scheme.colors]},
                "legend": None,
            },
            "fillOpacity": {"condition": {"test": "indexof(datum.state,'d')>=0", "value": 0.2}, "value": 1},
            "description": {"field": "said"},
            "tooltip": [
                {"field": "label", "title": "title"},
                {"field": "value", "title": value_label or t("map.value")},
                {"field": "meaning", "title": t("map.class")},
            ],
        },
    }


def outlines(theme: Theme) -> list[Spec]:
    """Boundaries between areas: a line, and a wider one below it for where the line itself would drown."""
    return [_outline(theme.casing, 2.2), _outline(theme.border, 0.6)]


def chosen(areas: Sequence[MapArea], theme: Theme) -> list[Spec]:
    """A thick line around the areas that are chosen."""
    if not any(area.selected for area in areas):
        return []
    lines = [_outline(theme.background, 6), _outline(theme.ink, 3)]
    return [{"transform": [{"filter": "indexof(datum.state,'s')>=0"}], "layer": lines}]


def signs(theme: Theme) -> Spec:
    """The sign of its class on every area."""
    return _text("mark", theme, fontSize=type_size(11), fontWeight=500)


def place_layers(places: Sequence[MapPlace], theme: Theme) -> list[Spec]:
    """Named points: a dot, and the name beside it."""
    if not places:
        return []
    points = [{"x": round(p.x), "y": round(p.y), "name": p.label, "left": p.side == "left"} for p in places]
    edge = {"stroke": theme.background, "strokeWidth": 2}
    dot = {"type": "circle", "clip": True, "size": 90, "opacity": 1, "color": theme.ink, **edge, **SILENT}
    side = {"align": {"expr": "datum.left?'right':'left'"}, "dx": {"expr": "datum.left?-9:9"}}
    names = _text("name", theme, fontSize=type_size(13), fontWeight=700, **side)
    return [{"data": {"values": points}, "layer": [{"mark": dot, "encoding": _AT}, names]}]


def _outline(color: str, width: float) -> Spec:
    # Without "none" Vega-Lite fills the shape with something transparent, which would catch the click.
    line = {"fill": "none", "stroke": color, "strokeWidth": width, "strokeJoin": "round"}
    return {"mark": {"type": "geoshape", "clip": True, **line, **SILENT}}


def _text(field: str, theme: Theme, **look: object) -> Spec:
    """Text with a halo that keeps it readable on any class."""
    base = {"type": "text", "clip": True, **look, **SILENT}
    halo = {**base, "stroke": theme.background, "strokeWidth": 3.5, "strokeJoin": "round"}
    return {
        "encoding": {**_AT, "text": {"field": field}},
        "layer": [{"mark": halo}, {"mark": {**base, "color": theme.ink}}],
    }


# Places are in metres; the map's own scale and shift bring them to the screen.
_AT: Spec = {
    "longitude": {"field": "x", "type": "quantitative"},
    "latitude": {"field": "y", "type": "quantitative"},
}
