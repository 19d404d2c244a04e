"""Lines: how unevenly a group is spread, and how values go over the years."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboard.i18n import Translator
from dashboard.views.charts.base import SILENT, Spec, frame, quantity, tip, title_of_values, type_size, values
from dashboard.views.theme import Theme


@dataclass(frozen=True)
class Series:
    """A city's values: year, value (None where there is none), value as text."""

    name: str
    points: Sequence[tuple[int, float | None, str]]
    home: bool = False


def segregation_curve(
    points: Sequence[tuple[float, float]],
    *,
    theme: Theme,
    t: Translator,
    description: str,
    x_title: str,
    y_title: str,
    gap_label: str = "",
) -> Spec:
    """The segregation curve: the areas in order of the group's share, both groups summed up.

    The largest distance between the curve and the diagonal is the dissimilarity index (Duncan & Duncan 1955).

    Parameters
    ----------
    points : sequence of tuple of float
        Summed share of the others and of the group, 0 to 1, ascending, from (0, 0) to (1, 1).
    theme, t, description
        Colours, texts, the chart in words.
    x_title, y_title : str
        Titles of the axes, with the unit per cent.
    gap_label : str
        What stands at the largest distance, such as “45”; without it the distance is not drawn.
    """
    data = [{"x": round(100 * x, 2), "y": round(100 * y, 2)} for x, y in points]
    axis = {"values": [0, 50, 100]}
    x = quantity("x", scale={"domain": [0, 100]}, axis={**axis, "title": x_title, "grid": False})
    y = quantity("y", scale={"domain": [0, 100]}, axis={**axis, "title": y_title})
    corner = values([{"x": 0, "y": 0}, {"x": 100, "y": 100}])
    # The words lie along the diagonal whatever the width of the page makes of its slope.
    slope = {"expr": "-atan2(height,width)*180/PI"}
    along = {
        "type": "text",
        "angle": slope,
        "dy": -9,
        "color": theme.muted,
        "text": t("charts.even"),
        **SILENT,
    }
    dashes = {"type": "line", "stroke": theme.muted, "strokeWidth": 1, "strokeDash": [5, 4], **SILENT}
    layers: list[Spec] = [
        {
            "data": values(data),
            "mark": {"type": "area", "color": theme.accent, "opacity": 0.1, **SILENT},
            "encoding": {"x": x, "y": y, "y2": {"field": "x"}},
        },
        {"data": corner, "mark": dashes, "encoding": {"x": x, "y": y}},
        {"data": values([{"x": 32, "y": 32}]), "mark": along, "encoding": {"x": x, "y": y}},
        {
            "data": values(data),
            "mark": {"type": "line", "stroke": theme.accent, "strokeWidth": 3, **SILENT},
            "encoding": {"x": x, "y": y},
        },
    ]
    if gap_label:
        layers += _gap(data, x, y, gap_label, theme)
    spec = frame(layers, theme=theme, t=t, description=description, height=320, top=10)
    spec["view"] = {"fill": theme.surface, "stroke": None, "cornerRadius": 4}
    return spec


def _gap(data: list[Spec], x: Spec, y: Spec, label: str, theme: Theme) -> list[Spec]:
    widest = max(data, key=lambda point: abs(point["x"] - point["y"]))
    place = values([{**widest, "middle": (widest["x"] + widest["y"]) / 2}])
    line = {"type": "rule", "stroke": theme.ink, "strokeWidth": 2, **SILENT}
    text = {
        "type": "text",
        "align": "right",
        "dx": -8,
        "fontSize": 20,
        "fontWeight": 700,
        "text": label,
        **SILENT,
    }
    return [
        {"data": place, "mark": line, "encoding": {"x": x, "y": y, "y2": {"field": "x"}}},
        {
            "data": place,
            "mark": {**text, "color": theme.ink},
            "encoding": {"x": x, "y": {**y, "field": "middle"}},
        },
    ]


def trend_line(
    series: Sequence[Series],
    *,
    theme: Theme,
    t: Translator,
    description: str,
    value_title: str,
    breaks: Mapping[int, str] | None = None,
    zero: bool = False,
    height: int = 280,
) -> Spec:
    """Values over the years: home in bold with its name, the peers behind it in grey.

    Parameters
    ----------
    series : sequence of Series
        Cities; no line is drawn across a year without a value.
    theme, t, description
        Colours, texts, the chart in words.
    value_title : str
        What is shown, with its unit; stands above the chart.
    breaks : mapping of int to str, optional
        First years of another way of making the figures, or of other areas, and what each is called: a dashed line
        stands before each, no line crosses it.
    zero : bool
        Whether the axis starts at 0.
    height : int
        Height in pixels.
    """
    breaks = breaks or {}
    rows = [row for one in series for row in _stretches(one, breaks)]
    if not rows:
        return frame([], theme=theme, t=t, description=description, height=height)
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    x_scale = {"domain": [first, last], "nice": False}
    apart = {"labelOverlap": "greedy", "labelSeparation": 10, "grid": False}
    x = quantity("year", scale=x_scale, axis={"title": None, "format": "d", "tickMinStep": 1, **apart})
    y = quantity("value", scale={"zero": zero, "nice": True}, axis={"title": None, "tickCount": 5})
    read = tip(("name", "title"), ("said_year", t("charts.year")), ("text", t("charts.value")))
    home = [row for row in rows if row["home"]]
    peers = [row for row in rows if not row["home"]]
    layers = _breaks({year: name for year, name in sorted(breaks.items()) if first < year <= last}, x, theme)
    layers += [
        *_line(peers, x, y, read, color=theme.peer, width=1.5, opacity=0.65, size=18),
        *_line(home, x, y, read, color=theme.accent, width=3.5, opacity=1.0, size=50),
        *_end_names(rows, last, x, y, theme),
    ]
    spec = frame(layers, theme=theme, t=t, description=description, height=height, top=8)
    return spec | {"title": title_of_values(value_title, theme=theme, offset=20)}


def _stretches(one: Series, breaks: Collection[int]) -> list[Spec]:
    """Rows of a series, numbered by stretches between gaps and breaks."""
    rows: list[Spec] = []
    stretch = 0
    before: int | None = None
    for year, value, text in sorted(one.points, key=lambda point: point[0]):
        if value is None:
            continue
        if before is not None and (year != before + 1 or year in breaks):
            stretch += 1
        before = year
        said = f"{one.name} {year}: {text}"
        row = {"name": one.name, "year": year, "said_year": str(year), "value": value, "text": text}
        rows.append({**row, "home": one.home, "line": f"{one.name}{stretch}", "said": said})
    return rows


def _line(
    rows: list[Spec],
    x: Spec,
    y: Spec,
    read: list[Spec],
    *,
    color: str,
    width: float,
    opacity: float,
    size: int,
) -> list[Spec]:
    if not rows:
        return []
    mark = {"type": "line", "stroke": color, "strokeWidth": width, "opacity": opacity, "strokeCap": "round"}
    dot = {
        "type": "point",
        "shape": "circle",
        "filled": True,
        "color": color,
        "size": size,
        "opacity": opacity,
    }
    return [
        {
            "data": values(rows),
            "mark": {**mark, **SILENT},
            "encoding": {"x": x, "y": y, "detail": {"field": "line"}},
        },
        {
            "data": values(rows),
            "mark": dot,
            "encoding": {"x": x, "y": y, "tooltip": read, "description": {"field": "said"}},
        },
    ]


def _breaks(breaks: Mapping[int, str], x: Spec, theme: Theme) -> list[Spec]:
    """Draw a line before each break, and beside the first one what all of them are: two may be a year apart."""
    if not breaks:
        return []
    places = values([{"year": year - 0.5} for year in breaks])
    first = values([{"year": min(breaks) - 0.5}])
    names = ", ".join(dict.fromkeys(breaks.values()))
    line = {"type": "rule", "stroke": theme.muted, "strokeWidth": 1, "strokeDash": [4, 4], **SILENT}
    text = {"type": "text", "align": "right", "baseline": "bottom", "dy": -5, "fontSize": type_size(12), **SILENT}
    return [
        {"data": places, "mark": line, "encoding": {"x": x}},
        {
            "data": first,
            "mark": {**text, "color": theme.muted, "text": names},
            "encoding": {"x": x, "y": {"value": 0}},
        },
    ]


def _end_names(rows: list[Spec], last: int, x: Spec, y: Spec, theme: Theme) -> list[Spec]:
    """Names at the right end: home, and the peers that lie highest and lowest, where they do not collide."""
    ends = sorted((row for row in rows if row["year"] == last), key=lambda row: row["value"])
    if not ends:
        return []
    everything = [row["value"] for row in rows]
    apart = (max(everything) - min(everything)) * 0.08
    homes = [row for row in ends if row["home"]]
    outer = [row for row in (ends[0], ends[-1]) if not row["home"]]
    named = [row for row in outer if all(abs(row["value"] - h["value"]) >= apart for h in homes)]
    text = {"type": "text", "align": "left", "dx": 9, "clip": False, **SILENT}
    return [
        {
            "data": values(group),
            "mark": {**text, "color": color, "fontWeight": weight},
            "encoding": {"x": x, "y": y, "text": {"field": "name"}},
        }
        for group, color, weight in ((named, theme.muted, 400), (homes, theme.accent, 700))
        if group
    ]
