"""Areas for a GIS, made in a process of their own: GDAL, which writes them, does not stay in the server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dashboard.exports.area_shapes_file import Row, areas_geojson, areas_geopackage
from dashboard.exports.geopackage import SECONDS_IT_MAY_TAKE, GeoPackageError


def geopackage_apart(layers: Mapping[str, Sequence[Row]], tables: Mapping[str, Sequence[Row]], folder: Path) -> bytes:
    """Give areas as a GeoPackage, as `area_shapes_file.areas_geopackage` does.

    Raises
    ------
    GeoPackageError
        When it cannot be made within a minute.
    """
    return _made({"layers": layers, "tables": tables, "folder": str(folder)})


def geojson_apart(rows: Sequence[Row], about: Row, folder: Path) -> bytes:
    """Give areas as GeoJSON, as `area_shapes_file.areas_geojson` does.

    Raises
    ------
    GeoPackageError
        When it cannot be made within a minute.
    """
    return _made({"rows": rows, "about": about, "folder": str(folder)})


def _made(wanted: Mapping[str, object]) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", __name__],
            input=json.dumps(wanted).encode(),
            capture_output=True,
            timeout=SECONDS_IT_MAY_TAKE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GeoPackageError(f"it took longer than {SECONDS_IT_MAY_TAKE} s") from error
    if done.returncode != 0 or not done.stdout:
        said = done.stderr.decode(errors="replace").strip()[-400:]
        raise GeoPackageError(said or f"the process ended with {done.returncode}")
    return done.stdout


def write(wanted: Mapping[str, Any]) -> bytes:
    """Give the file that was asked for; in this process, which loads GDAL."""
    folder = Path(wanted["folder"])
    if "layers" in wanted:
        return areas_geopackage(wanted["layers"], wanted["tables"], folder)
    return areas_geojson(wanted["rows"], wanted["about"], folder)


if __name__ == "__main__":
    sys.stdout.buffer.write(write(json.load(sys.stdin)))
