"""The last part of the search on a grid: the cells between two near circles, ring by ring.

The steps from a cell to its neighbours, sorted by distance, are the same list for every cell, so the cells between two
circles are a stretch of that list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.measures.formulas import Array
from dashboard.measures.neighbourhood_rule import Ints

#: Steps from a cell up to which the list goes; farther out the circles are brought together until they are neighbours.
FARTHEST = 700
#: Circles are near when the squares of their radii differ by less than this, or by this many radii.
NEAR, NEAR_RADII = 12, 1.0
#: Cells looked at in one go.
BLOCK = 200_000
#: Summed-up rows: whole numbers or not.
Sums = NDArray[Any]
#: Sums up the people within circles: summed-up rows, columns, rows, squares of the radii.
Within = Callable[[Sums, Ints, Ints, Ints], Array]


@dataclass(frozen=True, slots=True)
class Lattice:
    """A regular grid that all coordinates lie on: the first cell, the step in metres, and its size in steps."""

    x: float
    y: float
    step: float
    width: int
    height: int


class Rings:
    """The rings of cells around any cell of a grid.

    Parameters
    ----------
    lattice
        The grid.
    sums
        Its summed-up rows, of all people first and then of the groups; an empty row lies above and below.
    """

    def __init__(self, lattice: Lattice, sums: Sequence[Sums]) -> None:
        self._width, self._last, self._sums = lattice.width, lattice.height + 1, sums
        reach = min(FARTHEST, max(lattice.width, lattice.height))
        steps = np.arange(-reach, reach + 1, dtype=np.int32)
        square = (steps[:, None] ** 2 + steps[None, :] ** 2).ravel()
        near = np.flatnonzero(square <= reach * reach)
        near = near[np.argsort(square[near], kind="stable")]
        self._up, self._across = steps[near // len(steps)], steps[near % len(steps)]
        self._square = square[near].astype(np.int64)
        #: How many steps of the list lie within the circle of a squared radius.
        self._until = np.searchsorted(self._square, np.arange(reach * reach + 1), side="right")

    def near(self, square: Ints) -> Array:
        """Answer how far apart two squared radii may be for the cells between them to be looked at one by one."""
        apart = np.maximum(NEAR, NEAR_RADII * np.sqrt(square.astype(np.float64)))
        return np.where(square < len(self._until), apart, 1.0)

    def crossed(
        self, column: Ints, row: Ints, k: float, *, low: Ints, high: Ints, below: Array, within: Within
    ) -> tuple[Ints, Array, Array]:
        """Find the ring that leads across k between two circles.

        Parameters
        ----------
        column, row
            The cells in the middle.
        k
            How many people are looked for.
        low, high
            The squares of the two radii: fewer than k people live within the first, k or more within the second.
        below
            The people within the first.
        within
            Sums up the people within circles.

        Returns
        -------
        The square of the ring's radius, and the people nearer than it and up to it: (all and groups, cells).
        """
        square = high.copy()
        before = np.stack([below, *(within(sums, column, row, low) for sums in self._sums[1:])])
        reached = before.copy()
        listed = high < len(self._until)
        if (far := np.flatnonzero(~listed)).size:
            for part, sums in zip(reached, self._sums, strict=True):
                part[far] = within(sums, column[far], row[far], high[far])
        todo = np.flatnonzero(listed)
        start = np.where(low[todo] < 0, 0, self._until[np.maximum(low[todo], 0)])
        length = self._until[high[todo]] - start
        order = np.argsort(length, kind="stable")
        todo, start, length = todo[order], start[order], length[order]
        first = 0
        while first < len(todo):
            # As many cells as fit, by the longest of them.
            fitting = np.arange(1, len(todo) - first + 1) * length[first:] <= BLOCK
            last = first + max(1, int(np.count_nonzero(fitting)))
            one = todo[first:last]
            square[one], before[:, one], reached[:, one] = self._block(
                column[one],
                row[one],
                k,
                below=before[:, one],
                start=start[first:last],
                length=length[first:last],
            )
            first = last
        return square, before, reached

    def _block(
        self, column: Ints, row: Ints, k: float, *, below: Array, start: Ints, length: Ints
    ) -> tuple[Ints, Array, Array]:
        place = np.arange(int(length[-1]))
        step = np.minimum(start[:, None] + place, len(self._square) - 1)
        cell_row = np.clip(row[:, None] + self._up.take(step), 0, self._last)
        cell_column = column[:, None] + self._across.take(step)
        there = (cell_column >= 0) & (cell_column < self._width) & (place < length[:, None])
        cell = cell_row * (self._width + 1) + np.clip(cell_column, 0, self._width - 1)
        lines = np.arange(len(column))
        before, reached = np.empty_like(below), np.empty_like(below)
        ring_first = ring_last = square = np.zeros(0, np.int64)
        for part, sums in enumerate(self._sums):
            lived = np.where(there, sums.take(cell + 1) - sums.take(cell), 0)
            people = np.cumsum(lived, axis=1, dtype=np.float64) + below[part][:, None]
            if part == 0:
                found = np.minimum(np.count_nonzero(people < k, axis=1), length - 1)
                square = self._square[start + found]
                ring_first = np.where(square > 0, self._until[np.maximum(square - 1, 0)], 0) - start
                ring_last = self._until[square] - start - 1
            reached[part] = people[lines, ring_last]
            before[part] = np.where(ring_first > 0, people[lines, np.maximum(ring_first - 1, 0)], below[part])
        return square, before, reached
