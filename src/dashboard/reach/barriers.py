"""A named barrier of a city: its crossings, the pairs of points astride it, what it takes from reach, its stretches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.reach.barrier_loss import FARTHEST_LINK, SCHEMATIC_LINK, Loss, Services, loss, residents_of
from dashboard.reach.barrier_pairs import Comparison, compare, near_pairs
from dashboard.reach.city import Barrier, City
from dashboard.reach.crossings import Spacing, open_spots, single_course, spacing
from dashboard.reach.network import NOT_TIED, WalkNetwork
from dashboard.reach.stretches import (
    FEWEST_PAIRS,
    SCHEMATIC_FEWEST_PAIRS,
    SCHEMATIC_STRETCH,
    STRETCH,
    Stretch,
    stretches,
)


@dataclass(frozen=True, eq=False)
class BarrierReport:
    """Everything that is known of a barrier with a known course.

    Parameters
    ----------
    barrier
        The barrier.
    spacing
        How far apart its crossings lie.
    comparison
        Pairs astride beside matched pairs.
    loss
        What it takes from the reach of those who live at it.
    stretches
        Its stretches, the largest detour first.
    """

    barrier: Barrier
    spacing: Spacing
    comparison: Comparison
    loss: Loss
    stretches: list[Stretch]


def barrier_report(city: City, barrier: Barrier, network: WalkNetwork | None = None) -> BarrierReport | None:
    """Work out what a barrier of a city does.

    Points are the nodes where people live, services all places that can be walked to.

    Parameters
    ----------
    city
        The city.
    barrier
        One of its barriers.
    network
        A network other than the city's own, with the same nodes at the same positions, such as one with a crossing
        closed or a new one built.

    Returns
    -------
    The report; None when the course of the barrier is not known.
    """
    if barrier.line is None:
        return None
    on = city.network if network is None else network
    people, schematic = city.people, city.is_schematic
    line = single_course(barrier.line)
    others = [one.line for one in city.barriers if one.line is not None and one.id != barrier.id]
    pairs = near_pairs(on, line, people.node, others=others)
    comparison = compare(pairs)
    spots = open_spots(on, line, [one for one in city.crossings if one.barrier == barrier.id])
    found = loss(
        on,
        line,
        residents_of(people.node, people.population[people.area] * people.share),
        services_of(city),
        None if comparison.matched is None else comparison.matched.median_ratio,
        farthest_link=SCHEMATIC_LINK if schematic else FARTHEST_LINK,
    )
    pieces = stretches(
        on,
        line,
        pairs.astride,
        spots,
        length=SCHEMATIC_STRETCH if schematic else STRETCH,
        fewest=fewest_pairs(city),
    )
    return BarrierReport(barrier, spacing(line, spots), comparison, found, pieces)


def fewest_pairs(city: City) -> int:
    """Give the pairs that must cross a stretch of a barrier for its detour to be told."""
    return SCHEMATIC_FEWEST_PAIRS if city.is_schematic else FEWEST_PAIRS


def services_of(city: City) -> Services:
    """Give all services of a city that can be walked to; places for analysis count by their services alone."""
    tied = [place for place in city.places if place.node != NOT_TIED and not place.study]
    return Services(
        np.array([place.node for place in tied], np.int64), np.array([place.access for place in tied], np.float64)
    )
