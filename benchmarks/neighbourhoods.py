"""The k nearest people of a grid: as fast as others at least, the same shares, and a whole country within its limits.

The country is made up: towns of very different sizes and scattered cells between them, in squares of 250 m, with about
as many people a cell as Sweden has. A part of its cells is asked of our search, of EquiPop and of a search with scipy's
tree written for the purpose, in turns, in one process; the shares must agree to 1e-9. Then the command works out all
cells in a process of its own.

Run: python -m benchmarks.neighbourhoods
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
import psutil
from equipop.cells import CellData
from equipop.fastcounts import run_knn_counts
from scipy.spatial import cKDTree

from benchmarks.results import Result, report
from benchmarks.servers import PROJECT_FOLDER, environment
from dashboard.measures.formulas import Array
from dashboard.measures.neighbourhood_rule import Ints
from dashboard.measures.neighbourhoods import SCALES, search_of

CELLS, ASKED, ROUNDS = 250_000, 8_192, 5
STEP = 250.0
HEIGHT, WIDTH, TOWNS = 6200, 2600, 1500
SECONDS_BETWEEN_READINGS = 0.05
MOST_MEGABYTES, MOST_SECONDS = 4000, 120


def country(cells: int = CELLS, seed: int = 1) -> tuple[Array, Array, Array]:
    """Make up a country: coordinates, and the counts of a group and of the others in each inhabited cell."""
    rng = np.random.default_rng(seed)
    people = 1 / np.arange(1, TOWNS + 1) ** 0.85
    people *= cells * 34 / people.sum()
    middle = np.column_stack([rng.uniform(100, WIDTH - 100, TOWNS), 60 + rng.beta(1.3, 3.5, TOWNS) * (HEIGHT - 120)])
    spots, counts = [], []
    for place, lived in zip(middle, people, strict=True):
        size = max(4, int(lived / 110))
        reach = np.sqrt(size / np.pi) * 1.3
        angle, far = rng.uniform(0, 2 * np.pi, 2 * size), reach * np.sqrt(rng.random(2 * size))
        around = np.unique(np.rint(place + far[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])), axis=0)
        weight = np.exp(-np.hypot(*(around - place).T) / reach) * rng.lognormal(0, 0.8, len(around))
        spots.append(around)
        counts.append(np.maximum(1, weight / weight.sum() * lived))
    near = rng.choice(TOWNS, cells, p=np.sqrt(people) / np.sqrt(people).sum())
    spots.append(np.rint(middle[near] + rng.normal(0, 70, (cells, 2))))
    counts.append(np.maximum(1, rng.lognormal(1.8, 1, cells)))
    every, lived_in = np.concatenate(spots), np.concatenate(counts).astype(int)
    inside = ((every >= 0) & (every < (WIDTH, HEIGHT))).all(axis=1)
    order = np.flatnonzero(inside)
    _, first = np.unique(every[order], axis=0, return_index=True)
    kept = order[np.sort(first)]
    kept = kept[:cells]
    group = rng.binomial(lived_in[kept], rng.beta(1, 4, len(kept))).astype(float)
    x, y = (every[kept] * STEP).T + np.array([[300_000.0], [6_100_000.0]])
    return x, y, np.column_stack([group, lived_in[kept] - group])


def with_tree(x: Array, y: Array, n: Array, origins: Ints) -> Array:
    """Search as most write it: the nearest cells by scipy's tree, more of them until the people suffice; no ties."""
    points, people = np.column_stack([x, y]), n.sum(axis=1)
    tree = cKDTree(points)
    shares = np.empty((len(SCALES), len(origins)))
    for place, origin in enumerate(origins):
        asked = 256
        while True:
            _, near = tree.query(points[origin], k=min(asked, len(points)))
            lived = np.cumsum(people[near])
            if lived[-1] >= SCALES[-1]:
                break
            asked *= 2
        group = np.cumsum(n[near, 0])
        for scale, k in enumerate(SCALES):
            at = int(np.searchsorted(lived, k))
            before, part = (lived[at - 1], group[at - 1]) if at else (0.0, 0.0)
            shares[scale, place] = (part + (k - before) / people[near[at]] * n[near[at], 0]) / k
    return shares


def with_equipop(cells: CellData, origins: Ints) -> pd.DataFrame:
    """Ask EquiPop's fast engine, which takes ties together and a share of the ring that leads across k."""
    with contextlib.redirect_stdout(io.StringIO()):
        return run_knn_counts(cells, list(SCALES), origins=origins, report=False)


def compared() -> list[Result]:
    """Ask all for the same cells, in turns."""
    x, y, n = country()
    cells = CellData(E=x, N=y, n=n.sum(axis=1), binary_sums={"g": n[:, 0]}, unit_size=STEP)
    search = search_of(x, y, n)[0]
    rng = np.random.default_rng(2)
    # Stretches of neighbouring cells, as a run over the whole country has them.
    rows = np.lexsort((x, y // 8000))
    seconds: dict[str, list[float]] = {"ours": [], "EquiPop": [], "scipy": []}
    for _ in range(ROUNDS):
        start = int(rng.integers(0, len(rows) - ASKED))
        origins = rows[start : start + ASKED]
        begun = time.process_time()
        found = search.around(origins, SCALES)
        seconds["ours"].append(time.process_time() - begun)
        begun = time.process_time()
        theirs = with_equipop(cells, origins)
        seconds["EquiPop"].append(time.process_time() - begun)
        shares = found.counts[:, :, 0] / found.counts.sum(axis=2)
        for place, k in enumerate(SCALES):
            np.testing.assert_allclose(shares[place], theirs[f"R_g_{k}"], rtol=0, atol=1e-9)
        begun = time.process_time()
        with_tree(x, y, n, origins[::16])
        seconds["scipy"].append((time.process_time() - begun) * 16)
    own = seconds.pop("ours")
    return [
        Result(
            f"The 200 to 12 800 nearest people of {ASKED} cells in a grid of {len(x)}, against {name}"
            f"{' (same shares to 1e-9)' if name == 'EquiPop' else ' (its tree, one cell at a time, without ties)'}:"
            f" {median(own):.2f} s against {median(spent):.2f} s of processor time",
            median(theirs_ / ours for ours, theirs_ in zip(own, spent, strict=True)),
            "times faster",
            1,
            f"median of {ROUNDS} stretches, in turns",
            more_is_better=True,
        )
        for name, spent in seconds.items()
    ]


def whole_country() -> list[Result]:
    """Run the command on all cells; give its processor time, whatever else the machine does, and its largest memory."""
    x, y, n = country()
    with tempfile.TemporaryDirectory() as folder:
        grid = Path(folder) / "grid.parquet"
        pd.DataFrame({"x": x, "y": y, "people": n.sum(axis=1), "group": n[:, 0]}).to_parquet(grid)
        command = [sys.executable, "-m", "dashboard", "neighbourhoods", os.fspath(grid), "--total", "people"]
        command += ["--output", os.fspath(Path(folder) / "shares.parquet")]
        begun, largest, processor = time.perf_counter(), 0, 0.0
        with subprocess.Popen(
            command, cwd=PROJECT_FOLDER, env=environment({}), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            watched = psutil.Process(process.pid)
            while process.poll() is None:
                with contextlib.suppress(psutil.NoSuchProcess):
                    largest = max(largest, watched.memory_info().rss)
                    processor = max(processor, sum(watched.cpu_times()[:2]))
                time.sleep(SECONDS_BETWEEN_READINGS)
            seconds = time.perf_counter() - begun
        if process.returncode != 0:
            raise RuntimeError(f"The command ended with status {process.returncode}.")
    return [
        Result(
            f"Neighbourhoods of a whole country ({len(x)} cells, {n.sum() / 1e6:.1f} million people, seven scales up to"
            f" 12 800), by the command, with two threads: processor time ({seconds:.0f} s from its start to its end)",
            processor,
            "s",
            MOST_SECONDS,
            "once",
        ),
        Result("– largest memory of its process (RSS)", largest / 1e6, "MB", MOST_MEGABYTES, "once"),
    ]


def measure() -> list[Result]:
    """Compare with others, then work out a whole country."""
    return [*compared(), *whole_country()]


if __name__ == "__main__":
    sys.exit(report(measure))
