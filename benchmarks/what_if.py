"""What a change to try costs in a large city: a new bridge in a grid of 22 500 crossings.

Before and after for one place: reach, meeting potential, access to nine services with 22 places each, detours between
homes.

Run: python -m benchmarks.what_if
"""

from __future__ import annotations

import sys
import time
from statistics import median

import numpy as np

from benchmarks.results import Result, report
from benchmarks.walk_networks import grid
from dashboard.reach.city import City, Grouping, People, Place, origin_of
from dashboard.reach.comparison import city_access, home_detours, place_reach
from dashboard.reach.scenario import AddLink, changed_city

SIDE, AREAS, SERVICES_OF_A_KIND = 150, 32, 22
KINDS = ("stop", "grocery", "preschool", "school", "health_centre", "pharmacy", "library", "sports", "station")
MIXES = ("background", "standard", "age", "tenure")
ROUNDS = 7


def city() -> City:
    """Give the city: areas are strips of the grid, people and services are spread at random, the same every time."""
    network = grid(SIDE)
    rng = np.random.default_rng(SIDE)
    node = np.arange(network.nodes)
    area = (node * AREAS // network.nodes).astype(np.int64)
    share = 1 / np.bincount(area)[area]
    counts = {name: rng.uniform(200, 1500, (AREAS, 2)) for name in MIXES}
    counts["population"] = rng.uniform(1000, 2500, (AREAS, 1))
    groupings = {name: Grouping(name, 2025, table) for name, table in counts.items()}
    people = People(tuple(str(code) for code in range(AREAS)), node, area, share, groupings)
    extent = 100.0 * (SIDE - 1)
    places = [
        Place(f"{kind}-{number}", kind, kind, *rng.uniform(0, extent, 2))
        for kind in KINDS
        for number in range(SERVICES_OF_A_KIND)
    ]
    return City.of(network, people, places)


def measure() -> list[Result]:
    """Try a bridge somewhere else each time, so that nothing is remembered."""
    whole = city()
    origin_of(whole, whole.places[0])
    rng = np.random.default_rng(1)
    seconds = []
    for _ in range(ROUNDS):
        x, y = rng.uniform(2000, 12000, 2)
        start = time.perf_counter()
        for found in (whole, changed_city(whole, [AddLink("bridge", x, y, x + 700, y + 300)])):
            reach = place_reach(found, origin_of(found, found.places[0]), MIXES)
            access = [city_access(found, kind) for kind in KINDS]
            detours = home_detours(found)
            assert np.isfinite(reach.people).all()
            assert all(np.isfinite(one.mean) for one in access)
            assert detours.pairs > 0
        seconds.append(time.perf_counter() - start)
    what = f"Pröva en ändring, a new bridge in a network of {whole.base.nodes} nodes: before and after worked out"
    return [Result(what, median(seconds), "s", 1, f"median of {ROUNDS}")]


if __name__ == "__main__":
    sys.exit(report(measure))
