"""How the time of one walking-distance search grows with the network: grids of 10³ to 10⁶ nodes, one place to all.

The exponent is that of a power law fitted to all sizes; 1 means that a network twice as large takes twice as long.

Run: python -m benchmarks.reach_growth
"""

from __future__ import annotations

import sys
import time
from statistics import median

import numpy as np

from benchmarks.results import Result, report
from benchmarks.walk_networks import grid
from dashboard.reach.distances import network_distances

SIDES = (32, 100, 316, 1000)
#: Small networks take more rounds: a search through 1 000 nodes takes less time than the clock's surroundings.
ROUNDS = {32: 200, 100: 50, 316: 9, 1000: 5}


def search(side: int) -> float:
    """Give the seconds of one search from the middle of a grid, the median of several."""
    network = grid(side)
    middle = side * (side // 2) + side // 2
    network_distances(network, middle)
    seconds = []
    for _ in range(ROUNDS[side]):
        start = time.perf_counter()
        found = network_distances(network, middle)
        seconds.append(time.perf_counter() - start)
    assert np.isfinite(found).all()
    return median(seconds)


def measure() -> list[Result]:
    """Search in each grid and fit the exponent."""
    seconds = {side: search(side) for side in SIDES}
    nodes = np.log([side**2 for side in SIDES])
    exponent, _ = np.polyfit(nodes, np.log(list(seconds.values())), 1)
    rounds = ", ".join(str(ROUNDS[side]) for side in SIDES)
    told = ", ".join(f"{1000 * spent:.3g} ms at {side**2}" for side, spent in seconds.items())
    return [
        Result(
            "Walking distances from one place to all nodes of a grid of 10⁶",
            seconds[SIDES[-1]],
            "s",
            1,
            f"median of {ROUNDS[SIDES[-1]]}",
        ),
        Result(
            f"– growth with the number of nodes n ({told}): time ∝ n to the power of",
            float(exponent),
            "",
            1.2,
            f"medians of {rounds}",
        ),
    ]


if __name__ == "__main__":
    sys.exit(report(measure))
