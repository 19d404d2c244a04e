"""How long the build of the data that come with the dashboard takes, from the command to its end.

Run: python -m benchmarks.build
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.results import Result, report
from benchmarks.servers import PROJECT_FOLDER, environment

ROUNDS = 3


def build_once(folder: Path) -> float:
    """Build into a folder of its own and give the seconds."""
    places = {"DASHBOARD_WAREHOUSE_FILE": folder / "warehouse.duckdb", "DASHBOARD_MAPS_FOLDER": folder / "maps"}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "dashboard", "build"],
        cwd=PROJECT_FOLDER,
        env=environment({name: os.fspath(place) for name, place in places.items()}),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def measure() -> list[Result]:
    """Build several times, each time from nothing."""
    seconds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            seconds.append(build_once(Path(folder)))
    return [Result("Build of the data that come with the dashboard", median(seconds), "s", 5, f"median of {ROUNDS}")]


if __name__ == "__main__":
    sys.exit(report(measure))
