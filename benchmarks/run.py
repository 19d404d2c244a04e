"""All measurements, one after another; the table in ``docs/performance.md`` is written anew.

Run: python -m benchmarks.run
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
from importlib.metadata import version

from benchmarks import (
    all_of_sweden,
    build,
    cold_start,
    fifty_clients,
    filter_change,
    interval,
    neighbourhoods,
    network_import,
    network_map,
    places_page,
    reach_distances,
    reach_growth,
    reading,
    segregation_panel,
    what_if,
)
from benchmarks.results import HEADING
from benchmarks.servers import PROJECT_FOLDER

PAGE = PROJECT_FOLDER / "docs" / "performance.md"
START, END = "<!-- results: written by python -m benchmarks.run -->", "<!-- end of results -->"
PACKAGES = (
    "streamlit",
    "duckdb",
    "numpy",
    "uvicorn",
    "websockets",
    "scipy",
    "networkx",
    "osmium",
    "segregation",
    "equipop",
)
PARTS = (
    build,
    reading,
    cold_start,
    filter_change,
    places_page,
    fifty_clients,
    segregation_panel,
    interval,
    reach_distances,
    reach_growth,
    what_if,
    neighbourhoods,
    network_import,
    network_map,
    all_of_sweden,
)


def main() -> int:
    """Measure everything, print the table, put it into the page; the exit status is 0 when every goal is met."""
    where = _circumstances()
    results = []
    for part in PARTS:
        print(f"{part.__name__} …", file=sys.stderr, flush=True)
        results += part.measure()
    lines = [where, "", *HEADING, *(one.row() for one in results)]
    print(*lines, sep="\n")
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text("\n".join([before + START, *lines, END]) + after, "utf-8")
    return 0 if all(one.met for one in results) else 1


def _circumstances() -> str:
    cores = os.cpu_count() or 1
    busy = os.getloadavg()[0]
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{dt.datetime.now(dt.UTC).date().isoformat()}, {cores} cores, {platform.system()},"
        f" Python {platform.python_version()}, {packages}. Programs that wanted a core when it began: {busy:.1f}."
    )


if __name__ == "__main__":
    sys.exit(main())
