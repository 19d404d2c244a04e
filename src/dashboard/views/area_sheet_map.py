"""The small map of the page on an area: where it lies in the municipality, and in the central locality."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from dashboard.sheets import Ring, Shape, SmallMap, Window
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View
from dashboard.views.words import genitive

Box = tuple[float, float, float, float]
#: Below this share of the window an area can hardly be seen: then a second window shows the central locality.
SEEN = 0.02


@lru_cache(maxsize=4)
def outlines(file: Path) -> dict[str, tuple[Ring, ...]]:
    """Give the outlines that a build has written for the screen: area code → rings in metres east and north."""
    found: dict[str, tuple[Ring, ...]] = {}
    for feature in json.loads(file.read_text("utf-8"))["features"]:
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        found[feature["properties"]["code"]] = tuple(
            tuple((float(x), float(y)) for x, y in ring) for polygon in polygons for ring in polygon
        )
    return found


def small_map(view: View, level: str, area: Area) -> SmallMap:
    """Give the map of where an area lies, or why there is none."""
    t, meta = view.t, view.warehouse.meta
    whole = meta.get("extent_municipality")
    file = view.settings.maps_folder / meta.get(f"map_{level}", "none")
    rings = outlines(file) if whole is not None and file.is_file() else {}
    if whole is None or not rings.get(area.area_code):
        return SmallMap(none=t("sheet.map_none"))
    shapes = [
        Shape(rings[one.area_code], one.area_code == area.area_code)
        for one in home_areas(view.warehouse, view.home.code, level)
        if one.area_code in rings
    ]
    windows = [Window(*_edges(whole), view.home.name)]
    centre = meta.get("extent_centre")
    if centre is not None and _is_small(rings[area.area_code], _edges(whole)):
        inside = _edges(centre)
        if _within(rings[area.area_code], inside):
            windows.append(Window(*inside, t("sheet.map_centre")))
    owner = genitive(view.home.name, view.language)
    parts = [_part(view, area, window) for window in windows]
    said = t("sheet.map_said", area=area.label or area.code, part=parts[0], owner=owner)
    if len(parts) > 1:
        said = t("sheet.map_said_centre", area=area.label or area.code, part=parts[0], owner=owner, within=parts[1])
    return SmallMap(tuple(shapes), tuple(windows), said)


def _edges(text: str) -> Box:
    west, south, east, north = (float(edge) for edge in text.split(","))
    return west, south, east, north


def _box(rings: tuple[Ring, ...]) -> Box:
    points = [point for ring in rings for point in ring]
    east, north = [x for x, _ in points], [y for _, y in points]
    return min(east), min(north), max(east), max(north)


def _is_small(rings: tuple[Ring, ...], window: Box) -> bool:
    own = _box(rings)
    return (own[2] - own[0]) * (own[3] - own[1]) < SEEN * (window[2] - window[0]) * (window[3] - window[1])


def _within(rings: tuple[Ring, ...], window: Box) -> bool:
    own = _box(rings)
    return own[0] >= window[0] and own[1] >= window[1] and own[2] <= window[2] and own[3] <= window[3]


def _part(view: View, area: Area, window: Window) -> str:
    """Say in which part of a window the middle of an area lies."""
    if area.x is None or area.y is None:
        return view.t("sheet.part_middle")
    east = (area.x - window.west) / (window.east - window.west)
    north = (area.y - window.south) / (window.north - window.south)
    rows = ("south", "middle", "north")[min(int(max(north, 0.0) * 3), 2)]
    columns = ("west", "middle", "east")[min(int(max(east, 0.0) * 3), 2)]
    parts = [part for part in (rows, columns) if part != "middle"]
    return view.t(f"sheet.part_{'_'.join(parts) or 'middle'}")
