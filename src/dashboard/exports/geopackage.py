"""GeoPackages for a planner's GIS, made in a process of their own: what writes them does not stay in the server."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

#: SWEREF 99 TM.
CRS = 3006
SECONDS_IT_MAY_TAKE = 60


class GeoPackageError(Exception):
    """A GeoPackage could not be made; the message says what GDAL or the process said."""


@dataclass(frozen=True)
class Layer:
    """A layer: its name, the kind of its geometry, and its rows.

    Parameters
    ----------
    name
        Of the table.
    geometry
        ``Point``, ``LineString``, or nothing for a table without a geometry.
    rows
        All with the same columns; ``points`` holds the coordinates, metres in SWEREF 99 TM, as a list of pairs, one
        pair for a point. Layers without rows are left out.
    """

    name: str
    geometry: str
    rows: Sequence[Mapping[str, object]]


def geopackage(layers: Sequence[Layer]) -> bytes:
    """Make a GeoPackage.

    Parameters
    ----------
    layers
        What it holds, in the order that a GIS lists them.

    Raises
    ------
    GeoPackageError
        When it cannot be made within a minute.
    """
    with tempfile.TemporaryDirectory(prefix="geopackage-") as folder:
        target = Path(folder) / "scenario.gpkg"
        try:
            done = subprocess.run(  # noqa: S603 - our own program, no shell
                [sys.executable, "-m", __spec__.name if __spec__ else __name__, str(target)],
                input=json.dumps([asdict(layer) for layer in layers]),
                capture_output=True,
                text=True,
                timeout=SECONDS_IT_MAY_TAKE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise GeoPackageError(f"it took longer than {SECONDS_IT_MAY_TAKE} s") from error
        if done.returncode != 0 or not target.is_file():
            raise GeoPackageError(done.stderr.strip()[-400:] or f"the process ended with {done.returncode}")
        return target.read_bytes()


def write(layers: Sequence[Mapping[str, object]], target: Path) -> None:
    """Write layers into a GeoPackage; in this process, which loads GDAL.

    Parameters
    ----------
    layers
        As of `Layer`, as plain mappings.
    target
        A file that does not exist yet.
    """
    import geopandas as gpd
    import pandas as pd
    import pyogrio
    import shapely

    for layer in layers:
        rows = layer["rows"]
        if not isinstance(rows, list) or not rows:
            continue
        frame = pd.DataFrame(rows)
        if layer["geometry"]:
            make = shapely.Point if layer["geometry"] == "Point" else shapely.LineString
            shapes = [make(points[0] if layer["geometry"] == "Point" else points) for points in frame.pop("points")]
            frame = gpd.GeoDataFrame(frame, geometry=shapes, crs=CRS)
        pyogrio.write_dataframe(frame, target, layer=str(layer["name"]), driver="GPKG")


if __name__ == "__main__":
    write(json.load(sys.stdin), Path(sys.argv[1]))
