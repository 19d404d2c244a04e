"""How unevenly people live by income, when only ordered categories are known: quartiles, deciles, any number.

Tables are (…, areas, categories) with the categories from the lowest to the highest income, as counts that need not
be whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from dashboard.measures import inference
from dashboard.measures.formulas import Array, dissimilarity, entropy
from dashboard.measures.inference import DRAWS, SEED, UndefinedMeasureError, basic_interval, redraw, table_of

#: More bends than this are not drawn through thresholds, however many there are (Reardon & Bischoff 2011).
HIGHEST_DEGREE = 4
#: How far the shares of an area may be from 100 per cent together, for rounding and noise.
ROUNDING = 3.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its interval and what chance alone would make it."""

    value: float
    lower: float | None
    upper: float | None
    floor: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """One bound between categories: the share of the city below it, and H of those below against those above."""

    below: float
    entropy: float


@dataclass(frozen=True, slots=True)
class IncomeSegregation:
    """H^R of all categories, what it rests on, and D of the lowest category against the highest."""

    rank_order: Estimate
    thresholds: tuple[Threshold, ...]
    ends: Estimate
    areas: int


def rank_order_entropy(n: Array, degree: int | None = None) -> Array:
    """Answer how much less mixed by rank of income the areas are than the city: H^R, 0–1 (Reardon 2011).

    H^R = 2 ln 2 ∫ E(p) H(p) dp: H of those below against those above, averaged over all bounds p, most weight where
    the bound parts the city in the middle. H is known at the bounds between the categories; a polynomial through
    them (least squares, each point weighted by E(p)²) stands for the rest.

    Parameters
    ----------
    n
        The tables (…, areas, categories).
    degree
        Of the polynomial; by default one less than there are bounds, at most 4.

    Returns
    -------
    The measure, one value a table; NaN where a bound has nobody on one of its sides.

    Raises
    ------
    ValueError
        When there are fewer bounds than the polynomial needs.
    """
    below, heights = _curve(n)
    return np.asarray((_weights(below, degree) * heights).sum(axis=-1))


def _curve(n: Array) -> tuple[Array, Array]:
    """Return the bounds p (…, bounds) and H at each."""
    if n.shape[-1] < 2:
        raise ValueError("two categories or more are needed")
    running = np.cumsum(n, axis=-1)
    whole = running.sum(axis=-2)
    below = whole[..., :-1] / np.where(whole[..., -1:] > 0, whole[..., -1:], np.nan)
    heights = [entropy(running[..., k], running[..., -1] - running[..., k]) for k in range(n.shape[-1] - 1)]
    return below, np.stack(heights, axis=-1)


def _weights(below: Array, degree: int | None) -> Array:
    """Return what H at each bound counts in H^R, (…, bounds): the fit is linear in H."""
    bounds = below.shape[-1]
    degree = min(bounds - 1, HIGHEST_DEGREE) if degree is None else degree
    if not 0 <= degree < bounds:
        raise ValueError(f"a polynomial of degree {degree} needs {degree + 1} bounds, there are {bounds}")
    diversity = _diversity(below)
    powers = below[..., None] ** np.arange(degree + 1) * diversity[..., None]
    known = np.asarray(np.isfinite(powers).all(axis=(-2, -1)))
    fit = np.linalg.pinv(np.where(known[..., None, None], powers, 1.0))
    integral = np.array([_integral(m) for m in range(degree + 1)])
    weights: Array = np.einsum("m,...mk->...k", integral, fit) * diversity
    return np.where(known[..., None], weights, np.nan)


def _diversity(p: Array) -> Array:
    """Return E(p) in bits; NaN where a side is empty."""
    inside = np.where((p > 0) & (p < 1), p, np.nan)
    return np.asarray(-(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside)))


def _integral(m: int) -> float:
    """Return 2 ln 2 ∫ E(p) pᵐ dp over 0–1, in closed form (Reardon 2011)."""
    alternating = sum((1 - 2 * ((m - i) % 2)) * comb(m, i) / (m - i + 2) ** 2 for i in range(m + 1))
    return 2 / (m + 2) ** 2 + 2 * alternating


def rank_order_floor(n: ArrayLike, degree: int | None = None) -> float:
    """Answer how large H^R would be by chance alone, if nobody's income had to do with where they live.

    Σ wₖ (areas − 1) / (2·T·Eₖ), Eₖ in nats, wₖ what H at bound k counts in H^R: 2·T·E·H is nearly a χ² with
    areas − 1 degrees of freedom when there is no segregation.
    """
    counts = table_of(n)
    below, _ = _curve(counts)
    chance = (len(counts) - 1) / (2 * counts.sum() * _diversity(below) * np.log(2))
    return float((_weights(below, degree) * chance).sum())


def category_counts(shares: Sequence[Sequence[float | None]], persons: Sequence[float | None]) -> Array:
    """Give persons by category from shares in per cent and persons, one row an area.

    Shares that do not add up to 100 because they are rounded are taken as parts of their sum.

    Raises
    ------
    UndefinedMeasureError
        ``missing_values`` or ``impossible_counts``.
    """
    known = np.array(shares, dtype=np.float64).reshape(len(shares), -1)
    people = np.array(persons, dtype=np.float64)
    lived_in = people != 0  # nobody's shares are not published
    if np.isnan(people).any() or np.isnan(known[lived_in]).any():
        raise UndefinedMeasureError("missing_values")
    sums = known.sum(axis=1)
    if (people < 0).any() or (known[lived_in] < 0).any() or (np.abs(sums[lived_in] - 100) > ROUNDING).any():
        raise UndefinedMeasureError("impossible_counts")
    counts = np.zeros_like(known)
    counts[lived_in] = known[lived_in] / sums[lived_in, None] * people[lived_in, None]
    return counts


def income_segregation(n: ArrayLike, *, seed: tuple[int, ...] = (SEED,)) -> IncomeSegregation:
    """Answer how unevenly people live by income, with intervals from persons drawn anew.

    Parameters
    ----------
    n
        Persons (areas, categories), the lowest income first.
    seed
        The stream of random numbers; each slice has its own.

    Raises
    ------
    UndefinedMeasureError
        With the reason why there is no answer.
    """
    counts = table_of(n)
    drawn = redraw(counts, DRAWS, seed)
    below, heights = _curve(counts)
    low, high = counts[:, 0], counts[:, -1]
    return IncomeSegregation(
        _estimate(float(rank_order_entropy(counts)), rank_order_entropy(drawn), rank_order_floor(counts)),
        tuple(Threshold(float(p), float(h)) for p, h in zip(below, heights, strict=True)),
        _estimate(
            float(dissimilarity(low, high)),
            dissimilarity(drawn[..., 0], drawn[..., -1]),
            inference.random_floor(low, low + high),
        ),
        len(counts),
    )


def _estimate(value: float, drawn: Array, floor: float) -> Estimate:
    ends = basic_interval(value, drawn)
    return Estimate(ends.value, ends.lower, ends.upper, floor)
