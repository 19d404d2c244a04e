"""How mixed each area is by itself, for several groups: entropy score, effective number of groups, part of H."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures.formulas import Array, ratio

#: A city whose H is below this has nothing that its areas could be parts of.
NO_SEGREGATION = 1e-12


@dataclass(frozen=True, slots=True)
class AreaMix:
    """How mixed an area is; ``reason`` is a code of ``segregation.REASONS`` where a value is None.

    Parameters
    ----------
    total
        All persons or dwellings of the groups together.
    shares
        Each group's part of them, 0–1, in the order of the groups.
    score
        Entropy over its largest possible value: 0 where there is one group only, 1 where all are equally large.
    effective
        How many equally large groups would be as mixed: 1 … number of groups.
    contribution
        The area's part of the city's multigroup H; sums to 1 over the areas, mixed and unmixed alike.
    """

    total: float | None
    shares: tuple[float, ...] | None
    score: float | None
    effective: float | None
    contribution: float | None
    reason: str | None


def entropy_score(n: ArrayLike) -> Array:
    """Answer how mixed the groups are: Σ π ln(1/π) / ln M, 0 for one group, 1 for M equally large ones.

    Works along the last axis, one entry a group; NaN where there is nobody.

    Notes
    -----
    Theil 1972, Statistical decomposition analysis; as evenness, Pielou 1966, Journal of Theoretical Biology 13.
    """
    share = _shares(n)
    # x ln x is 0 at 0, its limit.
    logarithm = np.log(share, out=np.zeros_like(share), where=share > 0)
    score: Array = -(share * logarithm).sum(axis=-1) / np.log(share.shape[-1])
    # −0 for a single group.
    return score + 0.0


def effective_groups(n: ArrayLike) -> Array:
    """Answer how many equally large groups would be as mixed: 1 / Σ π², NaN where there is nobody.

    Notes
    -----
    Simpson 1949, Nature 163; as an effective number, Laakso & Taagepera 1979 and Hill 1973 (order 2).
    """
    share = _shares(n)
    effective: Array = 1 / (share * share).sum(axis=-1)
    return effective


def contributions(n: Array) -> Array:
    """Answer how large a part of the city's multigroup H each area stands for; ``n`` is (areas, groups).

    t·Σ π_area ln(π_area/π), summed over all areas, is T·E·H: how far an area's mix is from the city's, times how
    many live there. Never negative, and an area can be far from the city's mix in either way. An area without
    anybody has no part: NaN. So has every area of a city without segregation.
    """
    total, share = n.sum(axis=-1), _shares(n)
    city = n.sum(axis=0) / n.sum()
    times = np.divide(share, city, out=np.ones_like(share), where=share > 0)
    parts = total * np.where(share > 0, share * np.log(times), 0.0).sum(axis=-1)
    whole = parts.sum()
    inhabited = total > 0
    if whole <= NO_SEGREGATION * n.sum():
        return np.full(len(n), np.nan)
    return np.where(inhabited, parts / whole, np.nan)


def area_mixes(n: ArrayLike, reasons: Sequence[str | None] | None = None) -> list[AreaMix]:
    """Answer how mixed every area is.

    Parameters
    ----------
    n
        Counts, (areas, groups); NaN where a count is not known.
    reasons
        Why an area's count is not known, one entry an area; ``missing_values`` by default.

    Returns
    -------
    list of AreaMix
        In the order of the areas. An area with an unknown or impossible count has no values, and then no area has a
        contribution, since the city's H is not known either.

    Raises
    ------
    ValueError
        If ``n`` is no table with two groups or more.
    """
    counts = np.asarray(n, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[1] < 2:
        raise ValueError("n must be a table of counts, one row an area, one column a group, two groups or more")
    unknown = np.isnan(counts).any(axis=1)
    bad = (counts < 0) | ~np.isfinite(counts)
    impossible = np.asarray(~unknown & bad.any(axis=1))
    known = np.asarray(~(unknown | impossible))
    complete = bool(known.all()) and counts.sum() > 0
    parts = contributions(counts) if complete else np.full(len(counts), np.nan)
    result = []
    for position, row in enumerate(counts):
        if not known[position]:
            given = None if reasons is None else reasons[position]
            reason = "impossible_counts" if impossible[position] else given or "missing_values"
            result.append(AreaMix(None, None, None, None, None, reason))
        elif row.sum() == 0:
            result.append(AreaMix(0.0, None, None, None, None, "empty_area"))
        else:
            part = None if np.isnan(parts[position]) else float(parts[position])
            why = None if part is not None else "no_segregation" if complete else "missing_values"
            result.append(
                AreaMix(
                    float(row.sum()),
                    tuple(float(share) for share in _shares(row)),
                    float(entropy_score(row)),
                    float(effective_groups(row)),
                    part,
                    why,
                )
            )
    return result


def half_of_h(parts: Sequence[float | None]) -> set[int]:
    """Answer which areas stand for half of the city's multigroup H: the fewest, so the largest parts first.

    Parameters
    ----------
    parts
        The part of each area (`AreaMix.contribution`); None where it has none.

    Returns
    -------
    set of int
        Their positions; empty where no area has a part.
    """
    known = [(part, position) for position, part in enumerate(parts) if part is not None]
    ordered = sorted(known, key=lambda one: -one[0])
    # A sum that misses half by its last decimals is half.
    needed = int(np.searchsorted(np.cumsum([part for part, _ in ordered]), 0.5 - 1e-12)) + 1
    return {position for _, position in ordered[:needed]}


def _shares(n: ArrayLike) -> Array:
    counts = np.asarray(n, dtype=np.float64)
    total = counts.sum(axis=-1, keepdims=True)
    return ratio(counts, total)
