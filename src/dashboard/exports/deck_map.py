"""The map of a PowerPoint file: areas in classes and named points, drawn as a picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from dashboard.colours import text_on
from dashboard.exports.deck_style import DeckStyle
from dashboard.slides import MapArea, MapPicture, MapPoint

#: Dots an inch of the finished picture; it is drawn at twice that, and made smaller for smooth edges.
DOTS = 150
_FINER = 2
_MARGIN = 14
_HATCH = 18
#: Heights of names of points and of values, in inches.
_LABEL, _VALUE = 0.165, 0.15
_Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class _Scale:
    """From metres to dots, north upwards."""

    west: float
    north: float
    dots: float

    def __call__(self, point: tuple[float, float]) -> tuple[float, float]:
        east, north = point
        return _MARGIN + (east - self.west) * self.dots, _MARGIN + (self.north - north) * self.dots


def step_colour(step: int, steps: int, sequential: Sequence[str]) -> str:
    """Give the colour of a class: fewer classes than colours are spread over all of them."""
    if steps <= 1:
        return sequential[len(sequential) // 2]
    return sequential[round(step * (len(sequential) - 1) / (steps - 1))]


def map_png(picture: MapPicture, style: DeckStyle, width: float, height: float) -> tuple[bytes, float, float]:
    """Draw a map as large as fits.

    Parameters
    ----------
    picture
        Its areas and points, in metres.
    width, height
        The room, in inches.

    Returns
    -------
    The picture as PNG, and how wide and high it is, in inches.
    """
    west, south, east, north = _filling(picture.extent, width / height) if picture.extent else _around(picture)
    fine = DOTS * _FINER
    dots = min(
        (width * fine - 2 * _MARGIN) / max(east - west, 1.0), (height * fine - 2 * _MARGIN) / max(north - south, 1.0)
    )
    scale = _Scale(west, north, dots)
    # A lone point or a row of them still gets a picture with room for names.
    size = (
        max(round((east - west) * dots) + 2 * _MARGIN, fine),
        max(round((north - south) * dots) + 2 * _MARGIN, fine // 2),
    )
    image = Image.new("RGB", size, style.background)
    for area in picture.areas:
        _fill(image, area, len(picture.steps), scale, style)
    drawing = ImageDraw.Draw(image)
    for area in picture.areas:
        for ring in area.rings:
            if len(ring) > 1:
                outline = [scale(point) for point in ring]
                drawing.line([*outline, outline[0]], fill=style.border, width=3, joint="curve")
    within = [point for point in picture.points if west <= point.east <= east and south <= point.north <= north]
    taken = _name_points(image, within, scale, style)
    for area in picture.areas:
        place = _place_of_value(image, area, scale, style, taken)
        if place:
            taken.append(place)
            _write_value(image, area, place, len(picture.steps), style)
    finished = image.resize((size[0] // _FINER, size[1] // _FINER), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    finished.save(file, "PNG", optimize=True, dpi=(DOTS, DOTS))
    return file.getvalue(), finished.width / DOTS, finished.height / DOTS


def _filling(extent: _Rectangle, wide_to_high: float) -> _Rectangle:
    """Give an extent with what lies on both sides of it, so that it fills the room as the map on the screen does."""
    west, south, east, north = extent
    across = max((north - south) * wide_to_high - (east - west), 0.0) / 2
    up = max((east - west) / wide_to_high - (north - south), 0.0) / 2
    return west - across, south - up, east + across, north + up


def _around(picture: MapPicture) -> _Rectangle:
    corners = [point for area in picture.areas for ring in area.rings for point in ring]
    corners += [(point.east, point.north) for point in picture.points]
    if not corners:
        raise ValueError("A map needs an area or a point.")
    easts, norths = zip(*corners, strict=True)
    return min(easts), min(norths), max(easts), max(norths)


def _fill(image: Image.Image, area: MapArea, steps: int, scale: _Scale, style: DeckStyle) -> None:
    """Fill an area; where rings lie within one another, every second one is a hole. Without a value it is hatched."""
    rings = [[scale(point) for point in ring] for ring in area.rings if len(ring) > 2]
    if not rings:
        return
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    if max(xs) < 0 or max(ys) < 0 or min(xs) > image.width or min(ys) > image.height:
        return
    left, top = int(min(xs)), int(min(ys))
    size = (int(max(xs)) - left + 2, int(max(ys)) - top + 2)
    mask = Image.new("1", size)
    for ring in rings:
        one = Image.new("1", size)
        ImageDraw.Draw(one).polygon([(x - left, y - top) for x, y in ring], fill=1)
        mask = ImageChops.logical_xor(mask, one)
    if area.step is None:
        paint = Image.new("RGB", size, style.missing)
        lines = ImageDraw.Draw(paint)
        for start in range(-size[1], size[0], _HATCH):
            lines.line([(start, size[1]), (start + size[1], 0)], fill=style.muted, width=2)
    else:
        paint = Image.new("RGB", size, step_colour(area.step, steps, style.sequential))
    image.paste(paint, (left, top), mask)


def _place_of_value(
    image: Image.Image, area: MapArea, scale: _Scale, style: DeckStyle, taken: Sequence[_Rectangle]
) -> _Rectangle | None:
    """Give where an area's value has room within it, if it has: colour alone would not tell it."""
    rings = [[scale(point) for point in ring] for ring in area.rings if len(ring) > 2]
    if not rings:
        return None
    ring = max(rings, key=len)
    wide, high = _font(style, _VALUE).getlength(area.text) + 12, _VALUE * DOTS * _FINER * 1.2
    x, y = _middle(ring)
    place = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
    corners = ((place[0], place[1]), (place[2], place[1]), (place[0], place[3]), (place[2], place[3]))
    has_room = all(_within(ring, *corner) for corner in corners) and _inside(place, image) == place
    in_hole = any(_within(hole, x, y) for hole in rings if hole is not ring)
    return place if has_room and not in_hole and not any(_shared(place, other) for other in taken) else None


def _write_value(image: Image.Image, area: MapArea, place: _Rectangle, steps: int, style: DeckStyle) -> None:
    fill = style.missing if area.step is None else step_colour(area.step, steps, style.sequential)
    middle = ((place[0] + place[2]) / 2, (place[1] + place[3]) / 2)
    # Hatched areas leave the text a plain ground.
    edge = 5 if area.step is None else 0
    pen, font = ImageDraw.Draw(image), _font(style, _VALUE)
    pen.text(middle, area.text, text_on(fill), font, "mm", stroke_width=edge, stroke_fill=fill)


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Give the centre of a ring's area."""
    total = across = down = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        total, across, down = total + cross, across + (x1 + x2) * cross, down + (y1 + y2) * cross
    return ring[0] if total == 0 else (across / (3 * total), down / (3 * total))


def _within(ring: Sequence[tuple[float, float]], x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


@lru_cache(maxsize=4)
def _font(style: DeckStyle, height: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(style.font_file, round(height * DOTS * _FINER))
    font.set_variation_by_axes([600])
    return font


def _name_points(image: Image.Image, points: Sequence[MapPoint], scale: _Scale, style: DeckStyle) -> list[_Rectangle]:
    """Mark points, write each name where it covers the least of others, and give what all of them cover."""
    height, font = round(_LABEL * DOTS * _FINER), _font(style, _LABEL)
    drawing = ImageDraw.Draw(image)
    taken: list[_Rectangle] = []
    for point in points:
        x, y = scale((point.east, point.north))
        taken.append((x - 11, y - 11, x + 11, y + 11))
    for point in points:
        x, y = scale((point.east, point.north))
        drawing.ellipse((x - 11, y - 11, x + 11, y + 11), fill=style.ink, outline=style.background, width=4)
        name = _shortened(" ".join(point.name.split()), font, image.width - 2 * _MARGIN)
        wide = font.getlength(name)
        places = [
            _inside((left, top, left + wide, top + height * 1.2), image)
            for left, top in (
                (x + 18, y - height * 0.62),
                (x - 18 - wide, y - height * 0.62),
                (x - wide / 2, y - height * 1.4 - 12),
                (x - wide / 2, y + 14),
            )
        ]
        place = min(places, key=lambda one: sum(_shared(one, other) for other in taken))
        taken.append(place)
        drawing.text(place[:2], name, fill=style.ink, font=font, stroke_width=6, stroke_fill=style.background)
    return taken


def _shortened(name: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if font.getlength(name) <= width:
        return name
    while name and font.getlength(f"{name}…") > width:
        name = name[:-1]
    return f"{name}…"


def _inside(place: _Rectangle, image: Image.Image) -> _Rectangle:
    """Move a place so that it lies within the picture."""
    left, top, right, bottom = place
    across = max(0.0, 6 - left) or min(0.0, image.width - 6 - right)
    down = max(0.0, 2 - top) or min(0.0, image.height - 2 - bottom)
    return left + across, top + down, right + across, bottom + down


def _shared(one: _Rectangle, other: _Rectangle) -> float:
    """How much of each other two rectangles cover."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)
