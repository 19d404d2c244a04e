"""How sure a measure of segregation is: random floor, corrected D, and intervals from redrawn persons.

All functions take counts as arrays with one entry an area: ``x`` persons of the group, ``t`` all persons.
Areas without people are left out. Counts that have no answer (missing, impossible, a group that is absent)
raise ``UndefinedMeasureError``, whose ``reason`` is the code that the queries give.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.formulas import MULTIGROUP, NESTED, TWO_GROUP, Array, of_two_groups

DRAWS = 1000
SEED = 20250101
#: Numbers up to which what was redrawn is kept for the next measure of the same city: 1 000 draws of 125 areas.
MOST_KEPT = 250_000
#: A D below this many random floors is marked as not to be told from chance.
CHANCE_FACTOR = 1.5
#: Quantiles of the draws, for an interval of 95 per cent.
TAILS = (0.025, 0.975)


class UndefinedMeasureError(ValueError):
    """The measure has no value for these counts; ``reason`` is a code of ``segregation.REASONS``."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the measure is not defined for these counts: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 per cent interval; the ends are None where too many draws have no value."""

    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Sample:
    """Measures of one slice and of the same slice redrawn; ``drawn`` holds one array of draws a measure."""

    values: Mapping[str, float]
    drawn: Mapping[str, Array]
    seed: tuple[int, ...]


def _two_groups(x: ArrayLike, t: ArrayLike) -> Array:
    """Return the counts (inhabited areas, 2): the group and the rest."""
    group, people = np.asarray(x, dtype=np.float64), np.asarray(t, dtype=np.float64)
    if group.ndim != 1 or group.shape != people.shape:
        raise ValueError("x and t must be two arrays of the same length, one entry an area")
    counts = _checked(np.column_stack([group, people - group]))
    for column, reason in enumerate(("group_absent", "rest_absent")):
        if counts[:, column].sum() == 0:
            raise UndefinedMeasureError(reason)
    return counts


def table_of(n: ArrayLike) -> Array:
    """Return the counts (inhabited areas, groups), or raise `UndefinedMeasureError` with the reason."""
    counts = np.asarray(n, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[1] < 2:
        raise ValueError("n must be a table of counts, one row an area, one column a group, two groups or more")
    counts = _checked(counts)
    if (counts.sum(axis=0) == 0).any():
        raise UndefinedMeasureError("group_absent")
    return counts


def _checked(counts: Array) -> Array:
    if not len(counts):
        raise UndefinedMeasureError("no_areas")
    if np.isnan(counts).any():
        raise UndefinedMeasureError("missing_values")
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise UndefinedMeasureError("impossible_counts")
    counts = counts[counts.sum(axis=1) > 0]
    if not len(counts):
        raise UndefinedMeasureError("no_people")
    return counts


def random_floor(x: ArrayLike, t: ArrayLike) -> float:
    """Answer how large D would be by chance alone, if nobody chose where to live.

    √((1 − 1/n) / (2π·t̄·P(1−P))), n inhabited areas, t̄ their mean number of persons, P the group's share.

    Notes
    -----
    The mean absolute deviation of a normal variable is √(2/π) of its standard deviation, here that of a
    share in an area drawn without replacement from the city; areas count as equally large.
    """
    return multigroup_random_floor(_two_groups(x, t))


def multigroup_random_floor(n: ArrayLike) -> float:
    """Answer how large the multigroup D would be by chance alone; ``n`` is (areas, groups).

    √((1 − 1/n) / (2π·t̄)) · Σ √(π(1−π)) / Σ π(1−π): `random_floor` for any number of groups, and equal to it
    for two.
    """
    counts = table_of(n)
    areas = len(counts)
    share = counts.sum(axis=0) / counts.sum()
    spread = share * (1 - share)
    floor = sqrt((1 - 1 / areas) / (2 * pi * counts.sum() / areas))
    return float(floor * np.sqrt(spread).sum() / spread.sum())


def distinguishable_from_chance(value: float, floor: float) -> bool:
    """Answer whether a D is at least 1.5 random floors, so that chance alone does not explain it."""
    return value >= CHANCE_FACTOR * floor


def corrected_dissimilarity(x: ArrayLike, t: ArrayLike) -> float:
    """Answer how large D is without what small areas add to it by chance (density-corrected D).

    Each area's gap |x/X − y/Y| is measured in its own standard errors, θ̂ = gap/σ̂ with
    σ̂² = (x/X)(1 − x/X)/X + (y/Y)(1 − y/Y)/Y. θ̂ is the absolute value of a normal variable around θ; the most
    likely θ solves θ = θ̂·tanh(θ̂·θ), which is 0 where θ̂ ≤ 1. The corrected D is ½ Σ σ̂·θ.

    Notes
    -----
    Allen, Burgess, Davidson & Windmeijer 2015, More reliable inference for the dissimilarity index of
    segregation, The Econometrics Journal 18(1).
    """
    counts = _two_groups(x, t)
    totals = counts.sum(axis=0)
    share = counts / totals
    gap = np.abs(share[:, 0] - share[:, 1])
    error = np.sqrt((share * (1 - share) / totals).sum(axis=1))
    # An area that holds all of one group and nothing of the other has no error: its gap stands as it is.
    exact = error == 0
    seen = np.divide(gap, error, out=np.zeros_like(gap), where=~exact)
    return float((np.where(exact, gap, error * _most_likely(seen))).sum() / 2)


def _most_likely(seen: Array) -> Array:
    """Solve θ = θ̂·tanh(θ̂·θ) for the largest θ ≥ 0 by Newton's method.

    From θ̂ downwards: right of the root the function is convex, so that no step jumps over it. Started at 0
    it would stay there, and the most segregated areas would be lost.
    """
    theta = seen.copy()
    for _ in range(100):
        bend = np.tanh(seen * theta)
        slope = 1 - seen**2 * (1 - bend**2)
        step = np.divide(theta - seen * bend, slope, out=np.zeros_like(theta), where=slope > 1e-12)
        theta = theta - step
        if np.abs(step).max(initial=0.0) < 1e-14:
            break
    return np.where(seen > 1, theta, 0.0)


def redraw(counts: Array, draws: int, seed: tuple[int, ...]) -> Array:
    """Redraw the persons of a city: (draws, areas, groups), multinomial over the cells.

    Each person of the city falls into a cell with the cell's share of all persons. Counts need not be whole
    (share × population): only their sum is rounded, to the number of persons drawn; the shares are exact.
    """
    table = np.ascontiguousarray(counts, dtype=np.float64)
    again = _drawn_lately if draws * table.size <= MOST_KEPT else _drawn_lately.__wrapped__
    return again(table.tobytes(), table.shape, draws, seed)


@lru_cache(maxsize=4)
def _drawn_lately(content: bytes, shape: tuple[int, ...], draws: int, seed: tuple[int, ...]) -> Array:
    """Redraw counts; the same counts from the same stream are the same draws, which several measures rest on."""
    cells = np.frombuffer(content)
    filled = cells > 0
    people = max(1, round(float(cells.sum())))
    result = np.zeros((draws, cells.size))
    result[:, filled] = np.random.default_rng(seed).multinomial(people, cells[filled] / cells.sum(), size=draws)
    result.setflags(write=False)  # the next measure is given the same
    return result.reshape(draws, *shape)


def _belongs(regso: Sequence[str], t: Array) -> Array:
    """Return (inhabited areas, RegSO), 1 where the area lies in the RegSO."""
    if len(regso) != len(t):
        raise ValueError("regso must name one RegSO an area")
    codes, index = np.unique(np.asarray(regso, dtype=str)[t > 0], return_inverse=True)
    return np.eye(len(codes))[index]


def sample(
    x: ArrayLike,
    t: ArrayLike,
    *,
    regso: Sequence[str] | None = None,
    measures: Sequence[str] = ("dissimilarity",),
    draws: int = DRAWS,
    seed: tuple[int, ...] = (SEED,),
) -> Sample:
    """Work out measures of two groups for a slice and for the slice redrawn.

    Parameters
    ----------
    x, t
        Persons of the group and all persons, one entry an area.
    regso
        The RegSO of each area; needed for ``entropy_between``, ``entropy_within``, ``within_between``.
    measures
        Names of measures, as in ``segregation.TWO_GROUP_MEASURES``.
    draws, seed
        How many draws, from which stream of random numbers. Slices to be compared need streams of their own.
    """
    counts = _two_groups(x, t)
    group, rest = (np.ascontiguousarray(part) for part in np.moveaxis(redraw(counts, draws, seed), -1, 0))
    for measure in measures:
        if measure not in TWO_GROUP and (measure not in NESTED or regso is None):
            raise ValueError(f"no interval for {measure}" + (" without regso" if measure in NESTED else ""))
    inside = None if regso is None else _belongs(regso, np.asarray(t, dtype=np.float64))
    values = of_two_groups(measures, counts[:, 0], counts[:, 1], inside)
    drawn = of_two_groups(measures, group, rest, inside)
    return Sample({measure: float(value) for measure, value in values.items()}, drawn, seed)


def multigroup_sample(
    n: ArrayLike,
    *,
    measures: Sequence[str] = ("multigroup_dissimilarity",),
    draws: int = DRAWS,
    seed: tuple[int, ...] = (SEED,),
) -> Sample:
    """Work out measures of several groups for a slice and for the slice redrawn; ``n`` is (areas, groups)."""
    counts = table_of(n)
    redrawn = redraw(counts, draws, seed)
    return Sample(
        {measure: float(MULTIGROUP[measure](counts)) for measure in measures},
        {measure: MULTIGROUP[measure](redrawn) for measure in measures},
        seed,
    )


def basic_interval(value: float, drawn: Array, *, clip: bool = True) -> Interval:
    """Return the basic interval [2v − q97.5, 2v − q2.5] of a value and its draws.

    The draws lie around the value as the value lies around the truth. Redrawing adds chance, so the draws of
    D lie above the value; the basic interval turns that round, the percentile interval would add it twice.

    Parameters
    ----------
    value
        The measure; undefined (NaN) values raise ValueError.
    drawn
        The measure of each draw; NaN where a draw has no answer.
    clip
        Cut at 0 and 1, the range of all measures here; off for differences.
    """
    if isnan(value):
        raise ValueError("a value that is not defined has no interval")
    defined = drawn[~np.isnan(drawn)]
    if len(defined) < (1 - TAILS[0]) * len(drawn):
        # In so many draws the group is absent that the ends of the interval are not known.
        return Interval(value, None, None)
    low, high = np.quantile(defined, TAILS)
    ends = [2 * value - float(high), 2 * value - float(low)]
    lower, upper = (min(max(end, 0.0), 1.0) for end in ends) if clip else ends
    return Interval(value, lower, upper)


def interval(
    x: ArrayLike,
    t: ArrayLike,
    *,
    regso: Sequence[str] | None = None,
    measures: Sequence[str] = ("dissimilarity",),
    draws: int = DRAWS,
    seed: tuple[int, ...] = (SEED,),
) -> dict[str, Interval]:
    """Answer within which bounds the measures lie, if persons are drawn by chance; parameters as `sample`."""
    drawn = sample(x, t, regso=regso, measures=measures, draws=draws, seed=seed)
    return {measure: basic_interval(drawn.values[measure], drawn.drawn[measure]) for measure in measures}


def difference(before: Sample, after: Sample, measure: str) -> Interval:
    """Answer how much a measure differs between two slices, after minus before, with its interval.

    Raises
    ------
    ValueError
        If both samples come from the same stream of random numbers: they would not be independent.
    """
    if before.seed == after.seed:
        raise ValueError("the two samples need different seeds")
    change = after.values[measure] - before.values[measure]
    return basic_interval(change, after.drawn[measure] - before.drawn[measure], clip=False)


def difference_interval(
    before: tuple[ArrayLike, ArrayLike],
    after: tuple[ArrayLike, ArrayLike],
    *,
    measure: str = "dissimilarity",
    draws: int = DRAWS,
    seed: int = SEED,
) -> Interval:
    """Answer how much a measure differs between two pairs (x, t), after minus before, with its interval."""
    first, second = (
        sample(*pair, measures=(measure,), draws=draws, seed=(seed, stream))
        for stream, pair in enumerate((before, after))
    )
    return difference(first, second, measure)
