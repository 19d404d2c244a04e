"""The map of a slide: areas in their classes with their values, named points, and what the classes mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from math import ceil
from zlib import crc32

from dashboard.colours import text_on
from dashboard.i18n import Translator
from dashboard.slides import MapArea, MapPicture, MapPoint
from dashboard.views.slide_drawing import WIDTH, canvas, swatches, text, width_of
from dashboard.views.theme import Theme

_HEIGHT = 740.0
#: Type of values on areas and of names of points.
_VALUE, _NAME = 28.0, 30.0
#: Letters of a line of a name: one with more takes as many lines as it needs.
_LONG_NAME = 20
#: Room that a value needs within its area.
_ROOM = 64.0

Box = tuple[float, float, float, float]
Shape = list[tuple[float, float]]


class _Ground:
    """Brings metres to the canvas; north is up."""

    def __init__(self, picture: MapPicture) -> None:
        points = [point for area in picture.areas for ring in area.rings for point in ring]
        west, south, east, north = picture.extent or (
            min(x for x, _ in points),
            min(y for _, y in points),
            max(x for x, _ in points),
            max(y for _, y in points),
        )
        self.scale = min(WIDTH / (east - west), _HEIGHT / (north - south))
        self._x, self._y = (west + east) / 2, (south + north) / 2

    def at(self, east: float, north: float) -> tuple[float, float]:
        return WIDTH / 2 + (east - self._x) * self.scale, _HEIGHT / 2 - (north - self._y) * self.scale


def map_of_areas(picture: MapPicture, theme: Theme, t: Translator, summary: str) -> str:
    """Give a map with its legend."""
    ground = _Ground(picture)
    colours = step_colours(len(picture.steps), theme)
    shapes = [(area, [_on_canvas(ground, ring) for ring in area.rings]) for area in picture.areas]
    fills = "".join(_area(area, rings, colours, theme) for area, rings in shapes)
    labels, taken = _points(ground, picture.points, theme)
    values = "".join(_value(area, rings, colours, theme, taken) for area, rings in shapes)
    frame = f'<rect width="{WIDTH:g}" height="{_HEIGHT:g}" fill="{theme.surface}"/>'
    # A name of its own: what the first of two maps in a deck names is not there while its slide is hidden.
    name = f"hp-cut-{crc32(f'{summary}{picture.points}'.encode()):x}"
    edge = f'<clipPath id="{name}"><rect width="{WIDTH:g}" height="{_HEIGHT:g}" rx="8"/></clipPath>'
    inner = f'{edge}<g clip-path="url(#{name})">{frame}{fills}{values}{labels}</g>'
    drawn = canvas(inner, summary, height=_HEIGHT)
    names, shades = list(picture.steps), list(colours)
    if picture.none and any(area.step is None for area in picture.areas):
        names.append(picture.none)
        shades.append(theme.missing)
    return drawn + swatches(names, shades, theme, t("presentation.legend"))


def step_colours(count: int, theme: Theme) -> list[str]:
    """Give the colours of so many classes; fewer keep the ends of the scale, as on the pages."""
    last = len(theme.sequential) - 1
    return [theme.sequential[round(n * last / max(count - 1, 1))] for n in range(count)]


def _on_canvas(ground: _Ground, ring: Sequence[tuple[float, float]]) -> Shape:
    """Give a ring in whole units, without points that fall together."""
    found: Shape = []
    for east, north in ring:
        x, y = ground.at(east, north)
        point = (round(x, 1), round(y, 1))
        if not found or abs(point[0] - found[-1][0]) + abs(point[1] - found[-1][1]) >= 1:
            found.append(point)
    return found


def _area(area: MapArea, rings: Sequence[Shape], colours: Sequence[str], theme: Theme) -> str:
    fill = theme.missing if area.step is None else colours[area.step]
    d = "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings if len(ring) > 2)
    return (
        f'<path d="{d}" fill="{fill}" fill-rule="evenodd" stroke="{theme.casing}" stroke-width="5"/>'
        f'<path d="{d}" fill="none" stroke="{theme.border}" stroke-width="1.5"/>'
    )


def _value(area: MapArea, rings: Sequence[Shape], colours: Sequence[str], theme: Theme, taken: list[Box]) -> str:
    """Give an area's value in it, where it has room; colour alone would not tell it."""
    if not rings:
        return ""
    ring = max(rings, key=len)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    if max(xs) - min(xs) < _ROOM or max(ys) - min(ys) < _ROOM:
        return ""
    x, y = _middle(ring)
    half = width_of(area.text, _VALUE) / 2
    box = (x - half, y - _VALUE, x + half, y + 6)
    inside = half < x < WIDTH - half and _VALUE < y < _HEIGHT - 8
    if not inside or not _within(ring, x, y) or any(_meet(box, other) for other in taken):
        return ""
    taken.append(box)
    fill = theme.missing if area.step is None else colours[area.step]
    return text(x, y + _VALUE * 0.35, area.text, fill=text_on(fill), anchor="middle", size=_VALUE)


def _middle(ring: Shape) -> tuple[float, float]:
    """Give the centre of a ring's area."""
    total = east = north = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        total, east, north = total + cross, east + (x1 + x2) * cross, north + (y1 + y2) * cross
    return ring[0] if total == 0 else (east / (3 * total), north / (3 * total))


def _within(ring: Shape, x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _points(ground: _Ground, points: Sequence[MapPoint], theme: Theme) -> tuple[str, list[Box]]:
    """Give the named points, and the boxes that they and their names take."""
    marks = [ground.at(point.east, point.north) for point in points]
    taken: list[Box] = [(x - 14, y - 14, x + 14, y + 14) for x, y in marks]
    parts = []
    for (x, y), point in zip(marks, points, strict=True):
        edge = f'stroke="{theme.background}" stroke-width="4"'
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="{theme.ink}" {edge}/>')
        rows = _rows(point.name)
        box = _free(x, y, max(width_of(row, _NAME) for row in rows), _NAME * 1.15 * len(rows), taken)
        taken.append(box)
        parts += [
            text(
                box[0],
                box[1] + _NAME * (0.95 + 1.15 * n),
                row,
                fill=theme.ink,
                size=_NAME,
                bold=True,
                halo=theme.background,
            )
            for n, row in enumerate(rows)
        ]
    return "".join(parts), taken


def _free(x: float, y: float, wide: float, high: float, taken: Sequence[Box]) -> Box:
    """Give room for a name beside its point: right, left, below or above, where it hides nothing."""
    line = _NAME * 0.6
    sides = [
        (x + 20, y - high / 2),
        # Beginning or ending beside the point, out of the way of another name above or below it.
        (x + 20, y - line),
        (x + 20, y + line - high),
        (x - 20 - wide, y - high / 2),
        (x - wide / 2, y + 18),
        (x - wide / 2, y - 18 - high),
    ]
    boxes = [(left, top, left + wide, top + high) for left, top in sides]
    inside = [box for box in boxes if box[0] >= 4 and box[2] <= WIDTH - 4 and box[1] >= 4 and box[3] <= _HEIGHT - 4]
    free = [box for box in inside if not any(_meet(box, other) for other in taken)]
    if free or inside:
        return (free or inside)[0]
    left = min(max(x - wide / 2, 4.0), max(WIDTH - wide - 4, 4.0))
    return left, y + 18, left + wide, y + 18 + high


def _rows(name: str) -> list[str]:
    """Give a name in one line or, when it is long, in several about as long, broken at spaces and hyphens."""
    pieces = re.findall(r"[^ –-]+[ –-]*", name)
    count = min(len(pieces), ceil(len(name) / _LONG_NAME))
    if count < 2:
        return [name]
    ways = (
        ["".join(pieces[start:end]).strip() for start, end in pairwise((0, *cuts, len(pieces)))]
        for cuts in combinations(range(1, len(pieces)), count - 1)
    )
    return min(ways, key=lambda rows: max(map(len, rows)))
