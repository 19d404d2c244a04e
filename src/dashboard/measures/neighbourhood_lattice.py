"""The k nearest people on a regular grid, by the people within a circle around each cell.

On a grid the cells at one distance from a cell lie at the same steps from every cell, and a circle is a run of cells
in each row. With the people of every row summed up from its left end, the people in a run are one difference of two
sums, so a circle of radius r costs 2r + 1 differences however many cells lie in it, and nothing has to be sorted. The
radius at which the people reach k is found by trying: a circle is named by the square of its radius in steps, a whole
number, so that distances are compared without rounding.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.formulas import Array
from dashboard.measures.neighbourhood_rings import Lattice, Rings
from dashboard.measures.neighbourhood_rule import Found, Ints, crossing, reached_at

#: Bytes that the summed-up rows may take; a grid that needs more is searched another way.
MOST_BYTES = 1_500_000_000
#: Cells of the grid for each inhabited one, beyond which most of every circle is empty and a tree is faster.
MOST_EMPTY = 400
#: Whole counts whose sum stays below this are summed as four-byte numbers: half the memory, the same answer.
MOST_WHOLE = 2**31 - 1
#: Every so many tries the search halves its range, whatever the people in it make it guess.
HALVE_EVERY = 3


def lattice_of(x: Array, y: Array) -> Lattice | None:
    """Answer which regular grid all coordinates lie on, or None where it would be too large or there is none.

    Coordinates are read to the millimetre.
    """
    across, up = (np.rint((part - part.min()) * 1000).astype(np.int64) for part in (x, y))
    if np.abs(across / 1000 + x.min() - x).max() > 1e-6 or np.abs(up / 1000 + y.min() - y).max() > 1e-6:
        return None
    step = int(np.gcd.reduce(np.concatenate([across, up]))) or 1000
    width, height = int(across.max()) // step + 1, int(up.max()) // step + 1
    return Lattice(float(x.min()), float(y.min()), step / 1000, width, height)


def fits(lattice: Lattice, cells: int, groups: int) -> bool:
    """Answer whether the grid is small and dense enough to be summed up row by row."""
    size = (lattice.width + 1) * (lattice.height + 2)
    return size <= MOST_EMPTY * max(cells, 1000) and size * 8 * groups <= MOST_BYTES


class LatticeSearch:
    """Finds the k nearest people of cells on a regular grid.

    Parameters
    ----------
    x, y
        Coordinates, one cell each; no two the same.
    n
        Counts (cells, groups).
    lattice
        The grid they lie on.
    """

    def __init__(self, x: Array, y: Array, n: Array, lattice: Lattice) -> None:
        self._lattice = lattice
        self._column = np.rint((x - lattice.x) / lattice.step).astype(np.int64)
        # An empty row above and one below stand for everything outside.
        self._row = np.rint((y - lattice.y) / lattice.step).astype(np.int64) + 1
        whole = bool((n == np.floor(n)).all()) and n.sum() < MOST_WHOLE
        self._form = np.dtype(np.int32 if whole else np.float64)
        people = n.sum(axis=1)
        self._people = people
        self._total = float(people.sum())
        # The last group is what the others leave over.
        self._sums = [self._summed(part) for part in (people, *n.T[:-1])]
        self._whole_grid = lattice.width**2 + lattice.height**2
        self._rings = Rings(lattice, self._sums)

    def _summed(self, part: Array) -> NDArray[np.generic]:
        rows = np.zeros((self._lattice.height + 2, self._lattice.width + 1), self._form)
        rows[self._row, self._column + 1] = part
        return np.cumsum(rows, axis=1, dtype=self._form, out=rows).ravel()

    def around(self, origins: Ints, ks: Sequence[float]) -> Found:
        """Give the people of each group among the k nearest of some cells, and how far the farthest live."""
        counts = np.empty((len(ks), len(origins), len(self._sums)))
        distance = np.empty((len(ks), len(origins)))
        column, row = self._column[origins], self._row[origins]
        inside, people = np.full(len(origins), -1, np.int64), np.zeros(len(origins))
        for place, k in enumerate(ks):
            low, below, high = self._between(column, row, reached_at(k), inside, people)
            square, before, reached = self._rings.crossed(
                column, row, reached_at(k), low=low, high=high, below=below, within=self._within
            )
            share = crossing(k, before[0], reached[0] - before[0])
            found = before + share * (reached - before)
            counts[place, :, :-1] = found[1:].T
            counts[place, :, -1] = found[0] - found[1:].sum(axis=0)
            distance[place] = np.sqrt(square.astype(np.float64)) * self._lattice.step
            inside, people = square - 1, before[0]
        # Only rounding in the last binary digits can make what is left over negative.
        return Found(np.maximum(counts, 0.0), distance)

    def _between(self, column: Ints, row: Ints, k: float, inside: Ints, people: Array) -> tuple[Ints, Array, Ints]:
        """Find two near circles, one with fewer than k people and one with k or more.

        Parameters
        ----------
        column, row
            The cells in the middle.
        k
            How many people are looked for.
        inside, people
            The square of a radius with fewer than k people, and how many they are.

        Returns
        -------
        The square of the smaller radius, the people within it, and the square of the larger one.
        """
        low, below = inside.copy(), people.copy()
        high, above = np.full_like(low, self._whole_grid), np.full(len(low), self._total)
        met = np.zeros(len(low), bool)
        left = np.flatnonzero(high - low > self._rings.near(high))
        turn = 0
        while left.size:
            turn += 1
            tried = self._guess(
                k, turn, low=low[left], below=below[left], high=high[left], above=above[left], met=met[left]
            )
            found = self._within(self._sums[0], column[left], row[left], tried)
            enough = found >= k
            reach, short = left[enough], left[~enough]
            high[reach], above[reach], met[reach] = tried[enough], found[enough], True
            low[short], below[short] = tried[~enough], found[~enough]
            left = left[high[left] - low[left] > self._rings.near(high[left])]
        return low, below, high

    def _guess(
        self, k: float, turn: int, *, low: Ints, below: Array, high: Ints, above: Array, met: NDArray[np.bool_]
    ) -> Ints:
        """Guess the square of the radius at which the people reach k: they grow about as the area does."""
        outwards = (low + 1) * np.clip(k / np.maximum(below, 1e-9) * 1.1, 1.3, 6.0) + 2
        between = low + (high - low) * ((k - below) / np.maximum(above - below, 1e-9))
        if turn % HALVE_EVERY == 0:
            between = (low + high) / 2
        return np.clip(np.where(met, between, outwards).astype(np.int64), low + 1, high - 1)

    def _within(self, sums: NDArray[np.generic], column: Ints, row: Ints, square: Ints) -> Array:
        """Sum up the people within circles of given squared radii; −1 stands for the empty one."""
        width, last = self._lattice.width, self._lattice.height + 1
        radius = np.sqrt(np.maximum(square, 0).astype(np.float64)).astype(np.int64)
        order = np.argsort(-radius, kind="stable")
        column, row, square, radius = column[order], row[order], square[order], radius[order]
        result = np.zeros(len(order), sums.dtype if sums.dtype == np.float64 else np.int64)
        # Rows farther away than the grid is high hold nobody.
        farthest = min(int(radius[0]), self._lattice.height) if len(order) else -1
        edges = np.searchsorted(-radius, -np.arange(farthest + 1), side="right").tolist()
        squared = square.astype(np.float64)
        low, high = (int(row.min()), int(row.max())) if len(order) else (0, 0)
        for up in range(farthest + 1):
            m = edges[up]
            half = np.sqrt(np.maximum(squared[:m] - up * up, 0.0)).astype(np.int64)
            start, end = column[:m] - half, column[:m] + half
            np.maximum(start, 0, out=start)
            np.minimum(end, width - 1, out=end)
            end += 1
            for one in (row[:m] + up, row[:m] - up) if up else (row[:m],):
                if low - up < 0 or high + up > last:
                    np.minimum(np.maximum(one, 0, out=one), last, out=one)
                base = one * (width + 1)
                result[:m] += sums.take(base + end)
                result[:m] -= sums.take(base + start)
        result[square < 0] = 0
        back = np.empty(len(order))
        back[order] = result
        return back
