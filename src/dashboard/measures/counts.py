"""The counts behind the measures, slice by slice, for what is worked out outside SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from zlib import crc32

import numpy as np

from dashboard.measures import inference
from dashboard.measures.cursor import Cursor
from dashboard.measures.formulas import Array
from dashboard.measures.inference import Sample
from dashboard.measures.segregation import parameters, query

#: municipality, level, year, split
SliceKey: TypeAlias = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class TwoGroups:
    """The inhabited areas of one slice in the order of their codes: group, all persons, RegSO."""

    key: SliceKey
    x: tuple[float, ...]
    t: tuple[float, ...]
    regso: tuple[str, ...] | None

    def sample(self, measures: Sequence[str]) -> Sample:
        """Redraw the slice; see `inference.sample`."""
        return inference.sample(self.x, self.t, regso=self.regso, measures=measures, seed=stream(self.key))

    def random_floor(self) -> float:
        """Return the random floor of D."""
        return inference.random_floor(self.x, self.t)

    def corrected_dissimilarity(self) -> float:
        """Return D without what small areas add to it by chance."""
        return inference.corrected_dissimilarity(self.x, self.t)


@dataclass(frozen=True, slots=True)
class SeveralGroups:
    """The areas of one slice in the order of their codes; ``n`` is (areas, groups)."""

    key: SliceKey
    n: Array

    def sample(self, measures: Sequence[str]) -> Sample:
        """Redraw the slice; see `inference.multigroup_sample`."""
        return inference.multigroup_sample(self.n, measures=measures, seed=stream(self.key))

    def random_floor(self) -> float:
        """Return the random floor of the multigroup D."""
        return inference.multigroup_random_floor(self.n)


Counts: TypeAlias = TwoGroups | SeveralGroups


def counts(
    cursor: Cursor,
    *,
    several: bool,
    municipality: str | None = None,
    level: str | None = None,
    year: int | None = None,
    split: str | None = None,
) -> dict[SliceKey, Counts]:
    """Return the counts of the slices that have an answer, two groups or several; None for all slices."""
    name = "group_counts" if several else "counts"
    rows = cursor.execute(query(name), parameters(municipality, level, year, split)).fetchall()
    if several:
        tables = {row[:4]: np.array(row[5], dtype=np.float64).reshape(-1, row[4]) for row in rows}
        return {key: SeveralGroups(key, n) for key, n in tables.items()}
    return {
        row[:4]: TwoGroups(row[:4], tuple(row[4]), tuple(row[5]), None if None in row[6] else tuple(row[6]))
        for row in rows
    }


def has_several_groups(cursor: Cursor, split: str) -> bool:
    """Answer whether a split has several groups (it lies in ``group_count``) rather than two."""
    row = cursor.execute("SELECT count(*) FROM group_count WHERE split = $split", {"split": split}).fetchone()
    return row is not None and row[0] > 0


def stream(key: SliceKey) -> tuple[int, ...]:
    """Return a stream of random numbers of the slice's own.

    So a slice has the same interval wherever it is shown, and two slices are drawn independently.
    """
    return (inference.SEED, crc32("/".join(map(str, key)).encode()))
