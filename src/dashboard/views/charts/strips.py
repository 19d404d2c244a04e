"""The home city among others: where it stands on several indicators at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.charts.base import SILENT, Spec, drawn, frame, pixel, quantity, tip, type_size, values
from dashboard.views.theme import Theme

ROW = 84


@dataclass(frozen=True)
class Dot:
    """One city or area on a strip: its name, its value, and the value as text."""

    name: str
    value: float | None
    text: str
    home: bool = False


@dataclass(frozen=True)
class StripRow:
    """A strip: what it is of, in which unit, and its dots."""

    label: str
    dots: Sequence[Dot]
    sub_label: str = ""


def strip_plot(rows: Sequence[StripRow], *, theme: Theme, t: Translator, description: str) -> Spec:
    """Where the home city stands among its peers, one strip an indicator.

    Each strip runs from the lowest to the highest of its own values, which are written at its ends, so that
    strips in different units can stand together. Home is a diamond with its value, the others are rings.

    Parameters
    ----------
    rows : sequence of StripRow
        Strips from the top; dots without a value are left out.
    theme, t, description
        Colours, texts, the chart in words.
    """
    strips: list[Spec] = []
    dots: list[Spec] = []
    for position, row in enumerate(rows):
        y = position * ROW + 46
        known = sorted((d for d in row.dots if d.value is not None), key=lambda d: (d.value or 0.0, d.name))
        if not known:
            strips.append({"y": y, "label": row.label, "sub": row.sub_label, "low": "", "high": ""})
            continue
        first, last = known[0], known[-1]
        strips.append(
            {
                "y": y,
                "label": row.label,
                "sub": row.sub_label,
                # Home is named at its own mark, not a second time at the end of the strip.
                "low": "" if first.home else f"{first.text} {first.name}",
                "high": "" if last.home else f"{last.name} {last.text}",
            }
        )
        dots += [_placed(dot, first.value or 0.0, last.value or 0.0, y, row.label) for dot in known]
    home = [dot for dot in dots if dot["home"]]
    scale = {"domain": [0, 1], "padding": 10}
    where = {"x": quantity("at", scale=scale, axis=None), "y": pixel("y")}
    read = tip(("name", "title"), ("text", t("charts.value")), ("of", t("charts.indicator")))
    layers: list[Spec] = [
        {
            "data": values(strips),
            "mark": {"type": "rule", "stroke": theme.line, "strokeWidth": 6, "strokeCap": "round", **SILENT},
            "encoding": {"x": {"value": 6}, "x2": {"value": {"expr": "width-6"}}, "y": pixel("y")},
        },
        {
            "data": values([dot for dot in dots if not dot["home"]]),
            "mark": {
                "type": "point",
                "shape": "circle",
                "filled": True,
                "fill": theme.background,
                "size": 90,
                "stroke": theme.peer,
                "strokeWidth": 2,
                "opacity": 1,
            },
            "encoding": {**where, "tooltip": read, "description": {"field": "said"}},
        },
        {
            "data": values(home),
            "mark": {
                "type": "point",
                "shape": "diamond",
                "filled": True,
                "fill": theme.accent,
                "size": 240,
                "stroke": theme.background,
                "strokeWidth": 2,
                "opacity": 1,
            },
            "encoding": {**where, "tooltip": read, "description": {"field": "said"}},
        },
        _beside(strips, "label", theme, x=0, dy=-33, align="left", weight=700),
        _beside(strips, "sub", theme, x="width", dy=-33, align="right", color=theme.muted, size=12),
        _beside(strips, "low", theme, x=0, dy=18, align="left", color=theme.muted, size=12),
        _beside(strips, "high", theme, x="width", dy=18, align="right", color=theme.muted, size=12),
    ]
    for align in ("left", "center", "right"):
        mark = {"type": "text", "align": align, "dy": -17, "color": theme.accent, "fontWeight": 700, **SILENT}
        chosen = [dot for dot in home if dot["align"] == align]
        if chosen:
            layers.append({"data": values(chosen), "mark": mark, "encoding": {**where, "text": {"field": "short"}}})
    return frame(drawn(layers), theme=theme, t=t, description=description, height=len(rows) * ROW)


def _placed(dot: Dot, low: float, high: float, y: int, of: str) -> Spec:
    at = 0.5 if high == low else ((dot.value or 0.0) - low) / (high - low)
    align = "left" if at < 0.12 else "right" if at > 0.88 else "center"
    return {
        "at": round(at, 4),
        "y": y,
        "name": dot.name,
        "text": dot.text,
        "short": f"{dot.name} {dot.text}",
        "said": f"{of}: {dot.name} {dot.text}",
        "of": of,
        "home": dot.home,
        "align": align,
    }


def _beside(
    rows: list[Spec],
    field: str,
    theme: Theme,
    *,
    x: int | str,
    dy: int,
    align: str,
    weight: int = 400,
    color: str | None = None,
    size: int = 13,
) -> Spec:
    mark = {"type": "text", "align": align, "dy": dy, "fontWeight": weight, "fontSize": type_size(size), **SILENT}
    place = {"value": {"expr": x}} if isinstance(x, str) else {"value": x}
    return {
        "data": values(rows),
        "mark": {**mark, "color": color or theme.ink},
        "encoding": {"x": place, "y": pixel("y"), "text": {"field": field}},
    }
