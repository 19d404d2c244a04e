"""Which people are the k nearest: what every way of searching for them follows.

The areas are taken in the order of their distance, one's own first, at distance 0. Areas at the same distance are
taken together. Of those that lead across k everybody counts by the same share, so that there are exactly k people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.formulas import Array

Ints: TypeAlias = NDArray[np.int64]

#: Metres: nearer than that two distances are the same one.
SAME_DISTANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Found:
    """The people of each group among the k nearest (ks, origins, groups), and the farthest distance in metres."""

    counts: Array
    distance: Array


class Search(Protocol):
    """A way to find the k nearest people."""

    def around(self, origins: Ints, ks: Sequence[float]) -> Found:
        """Give the people of each group among the k nearest of some cells."""
        ...


def reached_at(k: float) -> float:
    """Answer how many people count as k: rounding in the last binary digits shall not lead to one ring more."""
    return k * (1 - 1e-12)


def crossing(k: float, before: Array, ring: Array) -> Array:
    """Answer which share of the people at the distance that leads across k is taken, 0–1.

    Parameters
    ----------
    k
        How many people are looked for.
    before, ring
        How many live nearer, and how many at that distance.
    """
    # Divided everywhere and mended where nobody lives: faster than a division under a mask.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share: Array = np.clip(np.divide(k - before, ring), 0.0, 1.0)
    np.copyto(share, 0.0, where=~(ring > 0))
    return share
