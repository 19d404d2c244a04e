"""The k nearest people where the areas lie anywhere: by a tree of their points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from dashboard.measures.formulas import Array
from dashboard.measures.neighbourhood_rule import SAME_DISTANCE, Found, Ints, crossing, reached_at

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

#: Neighbours asked for at first, and how many times as many when they do not reach.
FIRST, FACTOR = 64, 4
#: Distances held at a time.
BLOCK = 1_000_000


class TreeSearch:
    """Finds the k nearest people of points that lie anywhere; parameters as `nearest_people`."""

    def __init__(self, x: Array, y: Array, n: Array) -> None:
        self._points, self._n, self._people = np.column_stack([x, y]), n, n.sum(axis=1)
        self._tree = self._planted()

    def _planted(self) -> cKDTree:
        # Imported here: the pages that know the areas of one municipality do without it.
        from scipy.spatial import cKDTree

        return cKDTree(self._points)

    def around(self, origins: Ints, ks: Sequence[float]) -> Found:
        """Give the people of each group among the k nearest of some points, and how far the farthest live."""
        found = Found(np.empty((len(ks), len(origins), self._n.shape[1])), np.empty((len(ks), len(origins))))
        asked = min(FIRST, len(self._points))
        places = np.arange(len(origins))
        while places.size:
            step = max(1, BLOCK // asked)
            short = [self._answer(found, origins, places[i : i + step], asked, ks) for i in range(0, places.size, step)]
            places = np.concatenate(short)
            asked = min(asked * FACTOR, len(self._points))
        return found

    def _answer(self, found: Found, origins: Ints, places: Ints, asked: int, ks: Sequence[float]) -> Ints:
        """Fill in the points whose neighbours reach the largest k; give the others."""
        apart, near = self._tree.query(self._points[origins[places]], k=np.arange(1, asked + 1))
        people = np.cumsum(self._people[near], axis=1)
        ends = np.ones(apart.shape, bool)
        np.greater_equal(np.diff(apart, axis=1), SAME_DISTANCE, out=ends[:, :-1])
        index = np.arange(asked)
        # The last neighbour at the same distance as each, and the last one that is nearer.
        last = np.minimum.accumulate(np.where(ends, index, asked)[:, ::-1], axis=1)[:, ::-1]
        starts = np.roll(ends, 1, axis=1)
        starts[:, 0] = True
        first = np.maximum.accumulate(np.where(starts, index, 0), axis=1)
        lines = np.arange(len(places))
        at = [np.minimum(np.count_nonzero(people < reached_at(k), axis=1), asked - 1) for k in ks]
        # A last distance may go on among those that were not asked for.
        done = last[lines, at[-1]] < asked - 1 if asked < len(self._points) else np.ones(len(places), bool)
        groups = np.cumsum(self._n[near[done]], axis=1)
        lines = np.arange(len(groups))
        for place, (k, reached) in enumerate(zip(ks, at, strict=True)):
            end, before = last[done, :][lines, reached[done]], first[done, :][lines, reached[done]] - 1
            nearer = np.where(before[:, None] >= 0, groups[lines, np.maximum(before, 0)], 0.0)
            together = groups[lines, end] - nearer
            share = crossing(k, nearer.sum(axis=1), together.sum(axis=1))
            found.counts[place, places[done]] = nearer + share[:, None] * together
            found.distance[place, places[done]] = apart[done, :][lines, reached[done]]
        rest: Ints = places[~done]
        return rest
