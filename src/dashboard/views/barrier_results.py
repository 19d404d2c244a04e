"""What is worked out for the barriers of the home municipality, once for each build."""

from __future__ import annotations

from functools import lru_cache

from dashboard.reach.barriers import BarrierReport, barrier_report
from dashboard.reach.city import Barrier, City, Crossing
from dashboard.reach.detour import Screening, screen


# Keyed by the city itself, which is the same object as long as the warehouse file is.
@lru_cache(maxsize=32)
def report_of(city: City, barrier: str) -> BarrierReport | None:
    """Give what a barrier does, by its id; None when its course is not known."""
    return barrier_report(city, next(one for one in city.barriers if one.id == barrier))


@lru_cache(maxsize=2)
def screening_of(city: City) -> Screening:
    """Give the raster of detour ratios over the whole network."""
    return screen(city.base)


def ordered(city: City) -> list[Barrier]:
    """Give the barriers: those whose course is known first, each kind by name."""
    return sorted(city.barriers, key=lambda one: (one.line is None, one.name))


def crossings_of(city: City, barrier: Barrier) -> list[Crossing]:
    """Give the known crossings of a barrier, from south to north."""
    return sorted((one for one in city.crossings if one.barrier == barrier.id), key=lambda one: (one.y, one.x))
