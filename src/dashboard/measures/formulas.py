"""The measures of `segregation.sql` and `multigroup.sql` once more, in numpy, over many draws at a time.

The interval needs each measure a thousand times on redrawn counts, which is no task for a table. Every
function works along the last axes and has any number of leading ones: x and y are (..., areas), n is
(..., areas, groups). Where a measure is not defined (a draw without anybody of the group) it is NaN, which
never leaves `dashboard.measures.inference`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]


def ratio(part: Array, whole: Array) -> Array:
    """Divide, with NaN where there is nothing to divide by."""
    # Divided everywhere and mended where it had no meaning: several times faster than a division under a mask.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        result: Array = np.asarray(np.divide(part, whole))
    nothing = ~(np.asarray(whole) > 0)
    if nothing.any():
        np.copyto(result, np.nan, where=nothing)
    return result


def _x_log(x: Array, p: Array) -> Array:
    """Return x ln p, 0 where x is 0 (its limit)."""
    logarithm: Array = np.zeros(np.broadcast(x, p).shape)
    np.log(p, out=logarithm, where=x > 0)
    product: Array = x * logarithm
    return product


def _totals(x: Array, y: Array) -> tuple[Array, Array]:
    return x.sum(axis=-1), y.sum(axis=-1)


def dissimilarity(x: Array, y: Array) -> Array:
    """½ Σ |x/X − y/Y| (Duncan & Duncan 1955)."""
    group, rest = _totals(x, y)
    uneven: Array = np.abs(ratio(x, group[..., None]) - ratio(y, rest[..., None])).sum(axis=-1)
    return uneven / 2


def gini(x: Array, y: Array) -> Array:
    """|Σ (cx·y − x·cy)| / (XY) with running sums by rising share."""
    group, rest = _totals(x, y)
    # An empty area may stand anywhere: it adds nothing.
    order = np.argsort(x / np.maximum(x + y, np.finfo(np.float64).tiny), axis=-1)
    x, y = np.take_along_axis(x, order, axis=-1), np.take_along_axis(y, order, axis=-1)
    area = np.abs((np.cumsum(x, axis=-1) * y - x * np.cumsum(y, axis=-1)).sum(axis=-1))
    return ratio(area, group * rest)


def isolation(x: Array, y: Array) -> Array:
    """Σ (x/X)(x/t) (Bell 1954)."""
    group, rest = _totals(x, y)
    met = (x * x / np.maximum(x + y, np.finfo(np.float64).tiny)).sum(axis=-1)
    return np.where(rest > 0, ratio(met, group), np.nan)


def exposure(x: Array, y: Array) -> Array:
    """Σ (x/X)(y/t) = 1 − isolation (Bell 1954)."""
    return 1 - isolation(x, y)


def correlation_ratio(x: Array, y: Array) -> Array:
    """η² = (isolation − P) / (1 − P)."""
    group, rest = _totals(x, y)
    return ratio(isolation(x, y) - group / (group + rest), rest / (group + rest))


def uncertainty(x: Array, y: Array) -> Array:
    """t·e of each area: −x ln p − y ln (1 − p), in nats times persons."""
    t = x + y
    return -_x_log(x, ratio(x, t)) - _x_log(y, ratio(y, t))


def entropy(x: Array, y: Array) -> Array:
    """Theil's H = Σ t(E − e) / (T·E) (Theil & Finizza 1971)."""
    whole = uncertainty(*_totals(x, y))
    return ratio(whole - uncertainty(x, y).sum(axis=-1), whole)


def entropy_between(x: Array, y: Array, regso: Array) -> Array:
    """H of the RegSO; ``regso`` is (areas, RegSO), 1 where the area lies in it (Elbers 2021)."""
    return entropy(x @ regso, y @ regso)


def entropy_within(x: Array, y: Array, regso: Array) -> Array:
    """What is left of H inside the RegSO: H − between."""
    return entropy(x, y) - entropy_between(x, y, regso)


def within_between(x: Array, y: Array, regso: Array) -> Array:
    """Share of H that lies between the RegSO."""
    return ratio(entropy_between(x, y, regso), entropy(x, y))


def multigroup_entropy(n: Array) -> Array:
    """Theil's H of several groups: Σ n ln(π_area/π) / (T·E) (Reardon & Firebaugh 2002)."""
    total = n.sum(axis=-2)
    people = total.sum(axis=-1)
    whole = -_x_log(total, ratio(total, people[..., None])).sum(axis=-1)
    inside = -_x_log(n, ratio(n, n.sum(axis=-1, keepdims=True))).sum(axis=(-2, -1))
    return np.where((total > 0).all(axis=-1), ratio(whole - inside, whole), np.nan)


def multigroup_dissimilarity(n: Array) -> Array:
    """Σ t·|π_area − π| / (2·T·I), I = Σ π(1 − π) (Reardon & Firebaugh 2002)."""
    total = n.sum(axis=-2)
    people = total.sum(axis=-1)
    share = ratio(total, people[..., None])
    uneven = np.abs(n - n.sum(axis=-1, keepdims=True) * share[..., None, :]).sum(axis=(-2, -1))
    value = ratio(uneven, 2 * people * (share * (1 - share)).sum(axis=-1))
    return np.where((total > 0).all(axis=-1), value, np.nan)


TWO_GROUP: dict[str, Callable[[Array, Array], Array]] = {
    "dissimilarity": dissimilarity,
    "gini": gini,
    "isolation": isolation,
    "exposure": exposure,
    "correlation_ratio": correlation_ratio,
    "entropy": entropy,
}
NESTED: dict[str, Callable[[Array, Array, Array], Array]] = {
    "entropy_between": entropy_between,
    "entropy_within": entropy_within,
    "within_between": within_between,
}
MULTIGROUP: dict[str, Callable[[Array], Array]] = {
    "multigroup_entropy": multigroup_entropy,
    "multigroup_dissimilarity": multigroup_dissimilarity,
}

#: Measures that follow from others of the same counts, of which each is worked out once.
_FOLLOWING: dict[str, tuple[tuple[str, ...], Callable[..., Array]]] = {
    "exposure": (("isolation",), lambda isolated: 1 - isolated),
    "entropy_within": (("entropy", "entropy_between"), lambda whole, between: whole - between),
    "within_between": (("entropy_between", "entropy"), ratio),
}


def of_two_groups(measures: Sequence[str], x: Array, y: Array, regso: Array | None = None) -> dict[str, Array]:
    """Work out several measures of two groups, as each of `TWO_GROUP` and `NESTED` does alone.

    Raises
    ------
    KeyError
        For a measure that is none of them, or that needs ``regso``.
    """
    found: dict[str, Array] = {}

    def of(measure: str) -> Array:
        if measure not in found:
            if measure in NESTED and regso is None:
                raise KeyError(measure)
            if measure in _FOLLOWING:
                parts, follow = _FOLLOWING[measure]
                found[measure] = follow(*(of(part) for part in parts))
            elif measure in NESTED and regso is not None:
                found[measure] = NESTED[measure](x, y, regso)
            else:
                found[measure] = TWO_GROUP[measure](x, y)
        return found[measure]

    return {measure: of(measure) for measure in measures}
