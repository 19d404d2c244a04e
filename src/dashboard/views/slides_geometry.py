"""Outlines of areas for slides, from the files that the maps of the pages are drawn from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from dashboard.slides import MapPoint
from dashboard.views.context import View

Ring = tuple[tuple[float, float], ...]
Extent = tuple[float, float, float, float]
#: Air between a named point and the edge of the picture, as a share of its longer side.
_AIR = 0.04


def outlines(view: View, level: str) -> Mapping[str, tuple[Ring, ...]]:
    """Give the rings of every area of a level by its code; empty when the data hold no boundaries for it."""
    name = view.warehouse.meta.get(f"map_{level}")
    return {} if name is None else _read(view.settings.maps_folder / name)


@lru_cache(maxsize=8)
def _read(file: Path) -> Mapping[str, tuple[Ring, ...]]:
    # Its name holds a digest of what is in it, so that the file never changes.
    found = json.loads(file.read_text("utf-8"))["features"]
    return {one["properties"]["code"]: tuple(_rings(one["geometry"])) for one in found}


def _rings(geometry: Mapping[str, Sequence[Sequence[Sequence[float]]]]) -> list[Ring]:
    polygons = [geometry["coordinates"]] if str(geometry["type"]) == "Polygon" else geometry["coordinates"]
    rings = [ring for polygon in polygons for ring in polygon]
    return [tuple((float(x), float(y)) for x, y in ring) for ring in rings]  # type: ignore[misc]


def extent_with(view: View, points: Sequence[MapPoint]) -> Extent | None:
    """Give the central locality where all points lie in it, else the whole municipality; None without boundaries."""
    boxes = [_box(view, name) for name in ("centre", "municipality")]
    known = [box for box in boxes if box is not None]
    return next((box for box in known if all(_holds(box, point) for point in points)), known[-1] if known else None)


def _box(view: View, name: str) -> Extent | None:
    text = view.warehouse.meta.get(f"extent_{name}")
    if text is None:
        return None
    west, south, east, north = (float(edge) for edge in text.split(","))
    return west, south, east, north


def _holds(box: Extent, point: MapPoint) -> bool:
    west, south, east, north = box
    air = _AIR * max(east - west, north - south)
    return west + air <= point.east <= east - air and south + air <= point.north <= north - air
