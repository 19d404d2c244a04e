"""The map of the pages on a place, as SVG: ways by how far they are to walk, what is in the way, what lies there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from dashboard.exports.typst_file import FAMILY
from dashboard.place_sheets import MapLine, MapMark, PlaceMap
from dashboard.sheets import Window

#: Pixels of the map's height; points of a line that are nearer to each other than a part of one are left out.
_HEIGHT, _NEAREST = 520.0, 0.35
_PAPER, _INK, _LAND, _EDGE, _ACCENT = "#ffffff", "#1b2733", "#f4f6f8", "#c3ccd3", "#0b5c8a"
#: Pixels of names, and of the picture of an entry of the legend.
_NAME, _WIDE, _HIGH = 17.0, 34.0, 20.0


@dataclass(frozen=True)
class _Pen:
    colour: str
    width: float
    dash: str = ""


#: Kind → the pens that draw it, the lowest first. The width tells the class of a way without its colour.
_LINES = {
    "unreached": (_Pen("#7e8b95", 0.75),),
    "walk_3": (_Pen("#5795a0", 1.5),),
    "walk_2": (_Pen("#2f8093", 2.25),),
    "walk_1": (_Pen("#12607c", 3.25),),
    "walk_0": (_Pen("#0a3a52", 4.5),),
    "water": (_Pen(_PAPER, 9), _Pen("#4a7594", 6)),
    "railway": (_Pen(_PAPER, 11), _Pen(_INK, 2), _Pen(_INK, 8, "2 7")),
    "road": (_Pen(_PAPER, 9), _Pen("#4c5b69", 6), _Pen(_PAPER, 2.5)),
}
#: Kind → its sign around 0, 0: path, fill, colour and width of its line.
_SIGNS = {
    "place": ("M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", _INK, _PAPER, 1.0),
    "service": ("M0 -6.5L6.5 0L0 6.5L-6.5 0z", _ACCENT, _PAPER, 1.0),
    "crossing_open": ("M-5 -5H5V5H-5z", _PAPER, _INK, 2.0),
    "crossing_closed": ("M-5 -5L5 5M5 -5L-5 5", "none", _INK, 3.5),
    "chosen": ("M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", "none", _INK, 3.0),
}
_Box = tuple[float, float, float, float]
_At = Callable[[tuple[float, float]], tuple[float, float]]


def map_svg(shown: PlaceMap, window: Window) -> str:
    """Draw the map.

    Parameters
    ----------
    shown
        What lies there, in metres.
    window
        What of it is shown.
    """
    scale = _HEIGHT / (window.north - window.south)
    width = (window.east - window.west) * scale

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - window.west) * scale, (window.north - point[1]) * scale

    land = " ".join(_path([at(point) for point in ring]) + "Z" for ring in shown.areas)
    parts = [
        f'<rect width="{width:.1f}" height="{_HEIGHT:.1f}" fill="{_PAPER}"/>',
        f'<path d="{land}" fill="{_LAND}" stroke="{_EDGE}" stroke-width="0.8" fill-rule="evenodd"/>' if land else "",
    ]
    parts += [_kind_of_line(kind, shown.lines, at) for kind in _LINES]
    marks = [(mark, at((mark.east, mark.north))) for mark in sorted(shown.marks, key=_layer)]
    parts += [_sign(mark.kind, *where) for mark, where in marks]
    parts += _names(marks, width)
    frame = f'<rect x="0.5" y="0.5" width="{width - 1:.1f}" height="{_HEIGHT - 1:.1f}" fill="none" stroke="{_EDGE}"/>'
    return _svg(width, _HEIGHT, "".join(parts) + frame)


def legend_svg(kind: str) -> str:
    """Draw the sign of an entry of the legend."""
    middle = _HIGH / 2
    drawn = _sign(kind, _WIDE / 2, middle) if kind in _SIGNS else _drawn(kind, f"M1 {middle:g}H{_WIDE - 1:g}")
    return _svg(_WIDE, _HIGH, drawn)


def _layer(mark: MapMark) -> int:
    return list(_SIGNS).index(mark.kind)


def _kind_of_line(kind: str, lines: Sequence[MapLine], at: _At) -> str:
    """Draw all lines of a kind together, so that the casing of one never cuts another."""
    path = "".join(_path([at(point) for point in line.points]) for line in lines if line.kind == kind)
    return _drawn(kind, path) if path else ""


def _drawn(kind: str, path: str) -> str:
    return "".join(
        f'<path d="{path}" fill="none" stroke="{pen.colour}" stroke-width="{pen.width:g}" stroke-linejoin="round"'
        + (f' stroke-dasharray="{pen.dash}"/>' if pen.dash else "/>")
        for pen in _LINES[kind]
    )


def _sign(kind: str, x: float, y: float) -> str:
    path, fill, colour, width = _SIGNS[kind]
    return (
        f'<path transform="translate({x:.1f} {y:.1f})" d="{path}" fill="{fill}" stroke="{colour}"'
        f' stroke-width="{width:g}"/>'
    )


def _names(marks: Sequence[tuple[MapMark, tuple[float, float]]], width: float) -> list[str]:
    """Write the names that have room, that of the place itself first and always."""
    taken: list[_Box] = [(x - 8, y - 8, x + 8, y + 8) for _, (x, y) in marks]
    found = []
    for mark, (x, y) in reversed(marks):
        if not mark.name:
            continue
        long = len(mark.name) * _NAME * 0.56
        places = [_inside(box, width) for box in _around(x, y, long)]
        free = [box for box in places if not any(_meet(box, other) for other in taken)]
        if not free and mark.kind != "chosen":
            continue
        box = (free or places)[0]
        taken.append(box)
        weight = "700" if mark.kind == "chosen" else "400"
        found.append(
            f'<text x="{box[0]:.1f}" y="{box[3] - 4:.1f}" font-family="{FAMILY}" font-size="{_NAME:g}"'
            f' font-weight="{weight}" fill="{_INK}" stroke="{_PAPER}" stroke-width="4" stroke-linejoin="round"'
            f' paint-order="stroke">{escape(mark.name)}</text>'
        )
    return found


def _around(x: float, y: float, long: float) -> list[_Box]:
    """Give the room for a name beside its point: right, left, below or above."""
    high = _NAME * 1.15
    corners = [
        (x + 13, y - high / 2),
        (x - 13 - long, y - high / 2),
        (x - long / 2, y + 12),
        (x - long / 2, y - 12 - high),
    ]
    return [(left, top, left + long, top + high) for left, top in corners]


def _inside(box: _Box, width: float) -> _Box:
    across = max(0.0, 4 - box[0]) or min(0.0, width - 4 - box[2])
    down = max(0.0, 4 - box[1]) or min(0.0, _HEIGHT - 4 - box[3])
    return box[0] + across, box[1] + down, box[2] + across, box[3] + down


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _path(points: Sequence[tuple[float, float]]) -> str:
    kept: list[tuple[float, float]] = []
    for x, y in points:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _NEAREST:
            kept.append((x, y))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) if len(kept) > 1 else ""


def _svg(width: float, height: float, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{height:.1f}"'
        f' viewBox="0 0 {width:.1f} {height:.1f}">{drawn}</svg>'
    )
