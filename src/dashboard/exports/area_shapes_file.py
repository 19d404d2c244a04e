"""Areas with their boundaries and figures for a GIS: GeoPackage in metres, GeoJSON in degrees.

Whoever calls this is a process of its own, such as a command: it loads GDAL. The server asks `areas_apart.py`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd

Row = Mapping[str, object]
#: SWEREF 99 TM, and the degrees that GeoJSON is always in (RFC 7946).
METRES, DEGREES = 3006, 4326
#: About a decimetre.
DECIMALS = 6
CODE = "area_code"


def areas_geopackage(layers: Mapping[str, Sequence[Row]], tables: Mapping[str, Sequence[Row]], folder: Path) -> bytes:
    """Give areas as a GeoPackage in SWEREF 99 TM.

    Parameters
    ----------
    layers
        Name → areas with their figures; each row has an ``area_code``.
    tables
        Name → rows without a place, which tell what the figures are.
    folder
        Where the boundaries of the data are, as GeoParquet.
    """
    import pandas as pd
    import pyogrio

    shapes = _boundaries(folder)
    with tempfile.TemporaryDirectory(prefix="areas-") as place:
        target = Path(place) / "areas.gpkg"
        for name, rows in layers.items():
            frame = _placed(rows, shapes).to_crs(METRES)
            pyogrio.write_dataframe(
                frame, target, layer=name, driver="GPKG", geometry_type="MultiPolygon", promote_to_multi=True
            )
        for name, rows in tables.items():
            pyogrio.write_dataframe(pd.DataFrame([dict(row) for row in rows]), target, layer=name, driver="GPKG")
        return target.read_bytes()


def areas_geojson(rows: Sequence[Row], about: Row, folder: Path) -> bytes:
    """Give areas as GeoJSON: degrees of WGS 84 with six decimals, outer rings against the clock.

    Parameters
    ----------
    rows
        Areas with their figures, which become the properties; each has an ``area_code``.
    about
        What stands as ``metadata`` beside the areas.
    folder
        Where the boundaries of the data are, as GeoParquet.
    """
    import shapely

    placed = _placed(rows, _boundaries(folder))
    turned = shapely.orient_polygons(placed.geometry.to_numpy())
    features = [
        {"type": "Feature", "id": row[CODE], "properties": dict(row), "geometry": _rounded(shape)}
        for row, shape in zip(rows, turned, strict=True)
    ]
    found = {"type": "FeatureCollection", "metadata": dict(about), "features": features}
    return json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _boundaries(folder: Path) -> gpd.GeoSeries:
    """Give the boundaries of all areas by their codes, as the data have them, in degrees."""
    import geopandas as gpd
    import pandas as pd

    found = [gpd.read_parquet(file).to_crs(DEGREES) for file in sorted(folder.glob("*.parquet"))]
    every = pd.concat(found).drop_duplicates(CODE).set_index(CODE)
    return gpd.GeoSeries(every.geometry, crs=DEGREES)


def _placed(rows: Sequence[Row], shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Put rows beside their boundaries; an area without one has an empty place."""
    import geopandas as gpd
    import pandas as pd

    frame = pd.DataFrame([dict(row) for row in rows])
    # A figure that no area has is a column of numbers all the same.
    empty = [name for name in frame.columns if frame[name].isna().all()]
    frame = frame.astype(dict.fromkeys(empty, "float64"))
    return gpd.GeoDataFrame(frame, geometry=shapes.reindex(frame[CODE]).to_numpy(), crs=DEGREES)


def _rounded(shape: object) -> object:
    import numpy as np
    import shapely

    if shape is None:
        return None
    return shapely.geometry.mapping(shapely.transform(shape, lambda points: np.round(points, DECIMALS)))
