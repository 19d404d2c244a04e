"""Bespoke neighbourhoods: who the k nearest people of every area are (Östh, Clark & Malmberg 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.formulas import Array
from dashboard.measures.inference import UndefinedMeasureError
from dashboard.measures.neighbourhood_lattice import LatticeSearch, fits, lattice_of
from dashboard.measures.neighbourhood_rule import SAME_DISTANCE, Found, Ints, Search, crossing, reached_at
from dashboard.measures.neighbourhood_tree import TreeSearch

#: How many times as many people are looked at as the largest k has, for redrawn cities differ.
ROOM = 1.3
#: Up to so many cities at once, numpy's own running sum is the faster one.
FEW_CITIES = 30
#: How many people a neighbourhood has, from the street to the district.
SCALES = (200, 400, 800, 1600, 3200, 6400, 12800)


def nearest_people(x: ArrayLike, y: ArrayLike, n: ArrayLike, ks: Sequence[float] = SCALES) -> Found:
    """Answer who the k nearest people of every area are.

    Parameters
    ----------
    x, y
        A point of each area, metres (SWEREF 99 TM).
    n
        Counts (areas, groups): people of each group in each area.
    ks
        How many people, ascending; none more than there are.

    Returns
    -------
    Found
        The people of each group among the k nearest (ks, areas, groups), whose sum is k, and how far away the
        farthest of them live, in metres.

    Raises
    ------
    UndefinedMeasureError
        ``no_areas``, ``no_coordinates``, ``missing_values``, ``impossible_counts``, ``no_people``, ``k_too_large``.

    Notes
    -----
    The areas are taken by distance, one's own first at distance 0, those at the same distance together; of those
    that lead across k everybody counts by the same share.
    """
    search, counts = search_of(x, y, n)
    check_scales(ks, float(counts.sum()))
    return search.around(np.arange(len(counts)), ks)


def search_of(x: ArrayLike, y: ArrayLike, n: ArrayLike) -> tuple[Search, Array]:
    """Give the fastest way to search among these areas, and their counts; parameters and errors as `nearest_people`."""
    across, up, counts = _checked(x, y, n)
    lattice = lattice_of(across, up)
    if lattice is not None and fits(lattice, *counts.shape) and _all_apart(across, up):
        return LatticeSearch(across, up, counts, lattice), counts
    return TreeSearch(across, up, counts), counts


def possible_scales(ks: Sequence[int], people: float) -> list[int]:
    """Give the scales that a city of so many people has people enough for."""
    return [k for k in ks if reached_at(k) <= people]


def check_scales(ks: Sequence[float], people: float) -> None:
    """Hold scales to being possible in a city of so many people.

    Raises
    ------
    UndefinedMeasureError
        ``k_too_large`` when there are not so many people.
    ValueError
        When they are not positive and ascending.
    """
    if not len(ks) or ks[0] <= 0 or any(a >= b for a, b in pairwise(ks)):
        raise ValueError("the scales must be positive and ascending")
    if reached_at(ks[-1]) > people:
        raise UndefinedMeasureError("k_too_large")


def _checked(x: ArrayLike, y: ArrayLike, n: ArrayLike) -> tuple[Array, Array, Array]:
    across, up, counts = (np.asarray(part, dtype=np.float64) for part in (x, y, n))
    if across.ndim != 1 or across.shape != up.shape or counts.ndim != 2 or len(counts) != len(across):
        raise ValueError("x and y must have one entry an area, n one row an area and one column a group")
    if not len(counts):
        raise UndefinedMeasureError("no_areas")
    if not (np.isfinite(across).all() and np.isfinite(up).all()):
        raise UndefinedMeasureError("no_coordinates")
    if np.isnan(counts).any():
        raise UndefinedMeasureError("missing_values")
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise UndefinedMeasureError("impossible_counts")
    if counts.sum() == 0:
        raise UndefinedMeasureError("no_people")
    return across, up, counts


def _all_apart(x: Array, y: Array) -> bool:
    return len(np.unique(np.column_stack([x, y]), axis=0)) == len(x)


def cities_last(n: Array) -> Array:
    """Give the same counts (cities, areas, groups), laid out in memory so that one count of all cities lies together.

    What is worked out for a thousand redrawn cities at once is then several times as fast.
    """
    return np.moveaxis(np.ascontiguousarray(np.moveaxis(n, 0, -1)), -1, 0)


def _running(n: Array) -> Array:
    """Sum up along the first axis; of many cities line by line, which is several times as fast as numpy's own way."""
    if n.shape[-1] < FEW_CITIES:
        return np.cumsum(n, axis=0)
    sums = n.copy()
    for line in range(1, len(n)):
        sums[line] += sums[line - 1]
    return sums


class FewAreas:
    """The neighbourhoods of a city of some hundred areas, for any number of counts in the same places.

    The order of the areas by distance depends on where they lie alone, so that a thousand redrawn cities are answered
    at once.

    Parameters
    ----------
    x, y
        A point of each area, metres.
    """

    def __init__(self, x: ArrayLike, y: ArrayLike) -> None:
        across, up = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        apart = np.hypot(across[:, None] - across, up[:, None] - up)
        self._order = np.argsort(apart, axis=1, kind="stable")
        self._apart = np.take_along_axis(apart, self._order, axis=1)
        begins = np.diff(self._apart, axis=1, prepend=-1.0) >= SAME_DISTANCE
        #: For each area, where the next distance begins.
        self._starts = [np.flatnonzero(line) for line in begins]

    def around(self, n: Array, ks: Sequence[float]) -> Array:
        """Give the people of each group among the k nearest of each area.

        Parameters
        ----------
        n
            Counts (…, areas, groups); as many as k people in each city.
        ks
            How many people, each scale by itself.

        Returns
        -------
        Counts (ks, …, areas, groups).
        """
        *cities, areas, groups = n.shape
        counts = np.moveaxis(cities_last(n.reshape(-1, areas, groups)), 0, -1)
        result = np.empty((len(ks), *counts.shape))
        usual = counts.sum(axis=1).mean(axis=-1)
        for area, starts in enumerate(self._starts):
            # Farther than this nobody has to look for the largest k, or else everywhere.
            near = int(np.searchsorted(np.cumsum(usual[self._order[area]]), max(ks) * ROOM)) + 1
            if not self._one(counts, area, starts[starts < near], ks, result):
                self._one(counts, area, starts, ks, result)
        return np.moveaxis(result, -1, 1).reshape(len(ks), *cities, areas, groups)

    def _one(self, counts: Array, area: int, starts: Ints, ks: Sequence[float], result: Array) -> bool:
        """Fill in one area from the nearest distances, which begin at ``starts``; tell whether they were enough.

        Both ``counts`` (areas, groups, cities) and ``result`` (ks, areas, groups, cities) have the cities last.
        """
        last = len(starts) == len(self._starts[area])
        until = len(counts) if last else int(self._starts[area][len(starts)])
        together = counts[self._order[area, :until]]
        if len(starts) < until:
            together = np.add.reduceat(together, starts, axis=0)
        people = together.sum(axis=1)
        reached = _running(people)
        if not last and float(reached[-1].min()) < max(ks):
            return False
        before, within = reached - people, _running(together)
        # Before the first of these distances everybody counts, in every city; from the last on nobody does.
        firsts = np.searchsorted(reached.max(axis=1), ks, side="right").tolist()
        beyonds = (np.searchsorted(reached.min(axis=1), ks) + 1).tolist()
        for place, (k, first, beyond) in enumerate(zip(ks, firsts, beyonds, strict=True)):
            share = crossing(k, before[first:beyond], people[first:beyond])
            found = result[place, area]
            found[:] = within[first - 1] if first else 0.0
            for part, ring in zip(share, together[first:beyond], strict=True):
                found += part * ring
        return True

    def reach(self, n: Array, k: float) -> Array:
        """Give how many metres away the farthest of the k nearest of each area live; ``n`` is (areas, groups)."""
        metres = np.empty(len(n))
        for area, starts in enumerate(self._starts):
            people = np.cumsum(np.add.reduceat(n[self._order[area]].sum(axis=1), starts))
            at = min(int(np.count_nonzero(people < reached_at(k))), len(starts) - 1)
            metres[area] = self._apart[area, starts[at]]
        return metres
