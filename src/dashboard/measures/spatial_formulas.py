"""Measures of segregation from what surrounds people rather than from the area they live in.

Reardon & O'Sullivan 2004: the shares π̃ of a person's neighbourhood take the place of the shares of the area, every
area counts by the people who live in it, and the city's own shares π stay what they are. Where the neighbourhood is
the area itself, each is the measure without scale. All take counts (…, areas, groups) of the same shape: ``n`` lives
in each area, ``around`` in its neighbourhood; NaN where there is no answer.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dashboard.measures.formulas import Array, ratio


def over_groups(n: Array) -> Array:
    """Sum over the last axis, group by group: numpy's own sum is slow over an axis so short.

    The sums lie in memory as the counts do; in another order all that follows would take twice as long.
    """
    people: Array = n[..., 0].copy(order="K")
    for group in range(1, n.shape[-1]):
        people += n[..., group]
    return people


def _over_areas(n: Array) -> Array:
    """Sum over the last axis, the areas of each city side by side in memory: so numpy sums them in pairs."""
    total: Array = np.ascontiguousarray(n).sum(axis=-1)
    return total


def _shares(n: Array) -> Array:
    return ratio(n, over_groups(n)[..., None])


def _entropy(share: Array) -> Array:
    # x ln x is 0 where x is 0: its limit.
    return -over_groups(share * np.log(np.where(share > 0, share, 1.0)))


def _defined(n: Array, value: Array) -> Array:
    """Leave out the cities in which one of the groups is absent."""
    return np.where((n.sum(axis=-2) > 0).all(axis=-1), value, np.nan)


def spatial_dissimilarity(n: Array, around: Array) -> Array:
    """Σ t·Σ|π̃ − π| / (2·T·I), I = Σ π(1 − π); of two groups Σ t·|p̃ − P| / (2·T·P(1 − P))."""
    people, city = over_groups(n), _shares(n.sum(axis=-2))
    uneven = _over_areas(over_groups(np.abs(_shares(around) - city[..., None, :])) * people)
    return _defined(n, ratio(uneven, 2 * _over_areas(people) * over_groups(city * (1 - city))))


def spatial_entropy(n: Array, around: Array) -> Array:
    """1 − Σ t·Ẽ / (T·E); below 0 where the neighbourhoods are more mixed than the whole city."""
    people, whole = over_groups(n), _entropy(_shares(n.sum(axis=-2)))
    inside = _over_areas(_entropy(_shares(around)) * people)
    return _defined(n, 1 - ratio(inside, _over_areas(people) * whole))


def spatial_isolation(n: Array, around: Array) -> Array:
    """Σ (x/X)·p̃, the first group's share around a person of the first group."""
    group = n[..., 0]
    return _defined(n, ratio(_over_areas(group * _shares(around)[..., 0]), _over_areas(group)))


def spatial_exposure(n: Array, around: Array) -> Array:
    """1 − Σ (x/X)·p̃, the share of the others around a person of the first group."""
    return 1 - spatial_isolation(n, around)


def spatial_correlation_ratio(n: Array, around: Array) -> Array:
    """(Σ (x/X)·p̃ − P) / (1 − P); below 0 where the group's neighbourhoods hold less of it than the city."""
    city = _shares(n.sum(axis=-2))[..., 0]
    return ratio(spatial_isolation(n, around) - city, 1 - city)


TWO_GROUP: dict[str, Callable[[Array, Array], Array]] = {
    "dissimilarity": spatial_dissimilarity,
    "entropy": spatial_entropy,
    "isolation": spatial_isolation,
    "exposure": spatial_exposure,
    "correlation_ratio": spatial_correlation_ratio,
}
MULTIGROUP: dict[str, Callable[[Array, Array], Array]] = {
    "multigroup_entropy": spatial_entropy,
    "multigroup_dissimilarity": spatial_dissimilarity,
}
