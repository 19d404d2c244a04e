"""How long it takes to read what every start or build reads, against a library that only reads and checks nothing.

Run: python -m benchmarks.reading
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
import yaml

from benchmarks.results import Result, report
from benchmarks.servers import PROJECT_FOLDER
from dashboard.catalogue import load_catalogue
from dashboard.sources.network_files import read_network, write_network
from dashboard.sources.network_tables import NetworkFiles, NetworkMeta, SourceFile, line_text

ROUNDS = 7
EDGES = 40_000


def times_as_long(ours: Callable[[], object], peer: Callable[[], object]) -> float:
    """Let both take turns, and give the median of ours over the median of the peer's."""
    seconds: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(ROUNDS):
        for name, read in (("ours", ours), ("peer", peer)):
            start = time.process_time()
            read()
            seconds[name].append(time.process_time() - start)
    return median(seconds["ours"]) / median(seconds["peer"])


def long_way(edges: int) -> NetworkFiles:
    """Give a straight way of many edges."""
    ends = np.arange(edges)

    def same(text: str) -> np.ndarray:
        return np.full(edges, text, object)

    return NetworkFiles(
        meta=NetworkMeta("1487", "openstreetmap", "2026-01-31", None, (SourceFile("x.osm.pbf", "0" * 64, None),)),
        x=np.arange(edges + 1) * 10.0,
        y=np.zeros(edges + 1),
        a=ends,
        b=ends + 1,
        length=np.full(edges, 11.0),
        kind=same("footway"),
        name=same("Åvägen"),
        structure=same(""),
        line=np.array([line_text([(i * 10 + 2, 1), (i * 10 + 4, 2), (i * 10 + 6, 1)]) for i in range(edges)], object),
        barriers=(),
        crossings=(),
    )


def catalogue() -> Result:
    """Compare the catalogue, checked and put together, with libyaml that reads the same files."""
    folder = PROJECT_FOLDER / "data" / "catalogue"
    files = [path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))]
    value = times_as_long(
        lambda: load_catalogue(folder), lambda: [yaml.load(one, Loader=yaml.CSafeLoader) for one in files]
    )
    what = f"Catalogue read, checked and put together ({len(files)} files), against libyaml that only reads them"
    return Result(what, value, "times as long", 6, f"medians of {ROUNDS}")


def network() -> Result:
    """Compare the files of a walk network with pandas that reads the same tables."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "1487"
        write_network(folder, long_way(EDGES))
        tables = sorted(folder.glob("*.csv"))
        value = times_as_long(lambda: read_network(folder), lambda: [pd.read_csv(table) for table in tables])
    what = f"Walk network of {EDGES} edges read and checked row by row, against pandas that only reads its tables"
    return Result(what, value, "times as long", 12, f"medians of {ROUNDS}")


def measure() -> list[Result]:
    """Take both measurements."""
    return [catalogue(), network()]


if __name__ == "__main__":
    sys.exit(report(measure))
