"""Simplified boundaries for the screen: static GeoJSON files in SWEREF 99 TM, named after their content."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from dashboard.sources.scb_areas import SWEREF_99_TM
from dashboard.warehouse.coverage import fitted
from dashboard.warehouse.screen_files import write_screen_file

# Metres: below what a screen of 1 920 pixels shows of the central locality. Neighbours are fitted together and then
# simplified together, so that no gaps or overlaps arise between them.
TOLERANCE = 12.0
GRID = 1.0
MARGIN = 0.03

Box = tuple[float, float, float, float]


def write_maps(areas: gpd.GeoDataFrame, home: str, folder: Path) -> dict[str, str]:
    """Write the home municipality's boundaries, one file a level.

    Returns
    -------
    Level → file name, for the levels that have boundaries.
    """
    written = {}
    for level in ("deso", "regso", "municipality"):
        shapes = _drawn(areas, home, level)
        if shapes.empty:
            continue
        text = json.dumps(_collection(shapes), separators=(",", ":"))
        written[level] = write_screen_file(folder, f"{home}-{level}", text)
    return written


def extents(areas: gpd.GeoDataFrame, home: str) -> dict[str, Box]:
    """Give the boxes that a map can show, in metres: the whole municipality and its central locality.

    The central locality is the box around the DeSO of kind C (SCB: mainly within the central locality).
    """
    shapes = _drawn(areas, home, "deso")
    if shapes.empty:
        shapes = _drawn(areas, home, "regso")
    if shapes.empty:
        return {}
    boxes = {"municipality": _padded(shapes.total_bounds)}
    centre = shapes[shapes["kind"] == "C"]
    if not centre.empty:
        boxes["centre"] = _padded(centre.total_bounds)
    return boxes


def _drawn(areas: gpd.GeoDataFrame, home: str, level: str) -> gpd.GeoDataFrame:
    newest = areas["vintage"].isna() | (areas["vintage"] == 2025)
    chosen = (areas["municipality"] == home) & (areas["level"] == level) & (areas["boundary"] != "none") & newest
    return areas[chosen].to_crs(SWEREF_99_TM)


def _padded(bounds: np.ndarray) -> Box:
    west, south, east, north = (float(edge) for edge in bounds)
    x, y = (east - west) * MARGIN, (north - south) * MARGIN
    return west - x, south - y, east + x, north + y


def _collection(shapes: gpd.GeoDataFrame) -> dict[str, object]:
    # Simplifying only leaves points out, so what lay on the grid still does.
    simple = shapely.coverage_simplify(fitted(shapes.geometry.to_numpy(), GRID), TOLERANCE)
    # The charts' identity projection fills what lies right of the line, so outer rings run clockwise.
    turned = shapely.orient_polygons(simple, exterior_cw=True)
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for code, shape in zip(shapes["area_code"], turned, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}
