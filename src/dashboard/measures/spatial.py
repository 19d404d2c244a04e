"""Whether areas are like their neighbours: Moran's I of the whole city and of each area, with esda.

Slow to import (esda brings scikit-learn and pandas along), so it is worked out when the warehouse is built and read
from there by the pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.measures.formulas import Array

PERMUTATIONS = 999
SEED = 20250101
#: Share of false alarms among the areas that are called beyond chance (Benjamini & Hochberg 1995).
FALSE_ALARMS = 0.05
#: With fewer areas there are too few ways to deal the shares out anew.
FEWEST_AREAS = 8
#: Shares that differ by less are the same.
SAME_SHARE = 1e-12
#: esda's quadrants of the Moran scatterplot.
KINDS = {1: "like_high", 2: "unlike_low", 3: "like_low", 4: "unlike_high"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Moran's I of a slice; without a value ``reason`` says why.

    ``expected`` is what chance alone gives on average, −1/(n − 1); ``p_value`` the pseudo p-value (r + 1)/(n + 1) of
    the permutations, for both sides.
    """

    value: float | None
    expected: float | None
    p_value: float | None
    areas: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class AreaPattern:
    """How an area's share compares with its neighbours'.

    Parameters
    ----------
    area_code, share
        The area, and the group's share in it.
    neighbours, neighbours_share
        How many areas it touches, and the mean of their shares.
    local
        Local Moran's I: above 0 where area and neighbours lie on the same side of the city's mean.
    kind
        ``like_high``, ``like_low``, ``unlike_high`` (higher than its neighbours) or ``unlike_low``.
    p_value, beyond_chance
        The pseudo p-value, and whether it is still small when as many areas are looked at.
    reason
        Why there is no value.
    """

    area_code: str
    share: float | None
    neighbours: int
    neighbours_share: float | None
    local: float | None
    kind: str | None
    p_value: float | None
    beyond_chance: bool | None
    reason: str | None


def spatial_pattern(
    areas: Sequence[str],
    shares: Sequence[float | None],
    reasons: Sequence[str | None],
    neighbours: Mapping[str, Sequence[str]],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> tuple[Pattern, list[AreaPattern]]:
    """Answer whether areas are more like their neighbours than chance would have it, for the city and for each area.

    Parameters
    ----------
    areas, shares, reasons
        Codes, the group's share p in each area (None where nobody lives or it is not known), and why it is None.
    neighbours
        Code → codes of the areas that touch it in a line or a point (queen contiguity), both ways.
    permutations, seed
        How often the shares are dealt out anew, and from which stream of random numbers.

    Returns
    -------
    tuple of Pattern and list of AreaPattern
        In the order of the areas. Areas where nobody lives and areas without an inhabited neighbour are left out, with
        a reason; an area whose share is not known takes the answer away from the whole slice.

    Notes
    -----
    Moran 1950; Anselin 1995, Geographical Analysis 27(2). Row-standardised weights.
    """
    share = dict(zip(areas, shares, strict=True))
    lacking = dict(zip(areas, reasons, strict=True))
    unknown = next(
        (lacking[code] or "missing_values" for code in areas if _is_unknown(share[code], lacking[code])), None
    )
    inhabited = [code for code in areas if share[code] is not None]
    around = {code: [one for one in neighbours.get(code, ()) if share.get(one) is not None] for code in inhabited}
    taking_part = [code for code in inhabited if around[code]]
    values = np.array([share[code] for code in taking_part], dtype=np.float64)
    reason = unknown
    if reason is None and len(taking_part) < FEWEST_AREAS:
        reason = "too_few_areas"
    if reason is None and np.ptp(values) < SAME_SHARE:
        reason = "no_variation"
    if reason is not None:
        rows = [_without(code, share[code], lacking[code] or reason, around) for code in areas]
        return Pattern(None, None, None, len(taking_part), reason), rows
    pattern, found = _worked_out(taking_part, values, around, permutations, seed)
    return pattern, [
        found[code]
        if code in found
        else _without(code, share[code], lacking[code] or ("no_neighbours" if code in around else "empty_area"), around)
        for code in areas
    ]


def beyond_chance(p_values: Array, false_alarms: float = FALSE_ALARMS) -> list[bool]:
    """Answer which of many p-values are small enough together, so that few of those named are false alarms.

    Benjamini & Hochberg 1995: the largest p with p ≤ rank/n · share of false alarms, and all below it.
    """
    ordered = np.sort(p_values)
    fitting = ordered[ordered <= false_alarms * np.arange(1, len(ordered) + 1) / len(ordered)]
    limit = fitting.max(initial=-1.0)
    return [bool(one <= limit) for one in p_values]


def _is_unknown(share: float | None, reason: str | None) -> bool:
    return share is None and reason != "empty_area"


def _without(code: str, share: float | None, reason: str, around: Mapping[str, Sequence[str]]) -> AreaPattern:
    return AreaPattern(code, share, len(around.get(code, ())), None, None, None, None, None, reason)


def _worked_out(
    codes: Sequence[str], values: Array, around: Mapping[str, Sequence[str]], permutations: int, seed: int
) -> tuple[Pattern, dict[str, AreaPattern]]:
    # Imported here: it takes seconds, and only a build needs it. Its own permutations stay unused: the whole city's are
    # drawn from NumPy's global stream, and the local ones are compiled anew in each process where numba is installed.
    from esda.moran import Moran, Moran_Local
    from libpysal.weights import W

    position = {code: i for i, code in enumerate(codes)}
    touching = [[position[one] for one in around[code]] for code in codes]
    weights = W(dict(enumerate(touching)), silence_warnings=True)
    whole = Moran(values, weights, transformation="r", permutations=0)
    local = Moran_Local(values, weights, transformation="r", permutations=0)
    p_values = _local_p_values(values, touching, permutations, seed)
    certain = beyond_chance(p_values)
    found = {
        code: AreaPattern(
            code,
            float(values[i]),
            len(around[code]),
            float(values[touching[i]].mean()),
            float(local.Is[i]),
            KINDS[int(local.q[i])],
            float(p_values[i]),
            certain[i],
            None,
        )
        for code, i in position.items()
    }
    p_value = _p_value(values, touching, permutations, seed)
    return Pattern(float(whole.I), float(whole.EI), p_value, len(codes), None), found


def _p_value(values: Array, touching: Sequence[Sequence[int]], permutations: int, seed: int) -> float:
    """Give the pseudo p-value of Moran's I: the shares dealt out anew to the areas."""
    z = values - values.mean()
    weight = np.zeros((len(z), len(z)))
    for i, others in enumerate(touching):
        weight[i, others] = 1 / len(others)
    dealt = np.random.default_rng((seed, 0)).permuted(np.tile(z, (permutations, 1)), axis=1)
    drawn = (dealt * (dealt @ weight.T)).sum(axis=1)
    return _pseudo_p(drawn, float(z @ weight @ z))


def _local_p_values(values: Array, touching: Sequence[Sequence[int]], permutations: int, seed: int) -> Array:
    """Give the pseudo p-value of every area: its neighbours drawn anew from all the others, itself staying.

    As esda does it, every area uses the same draws.
    """
    z = values - values.mean()
    others = len(z) - 1
    most = max(len(one) for one in touching)
    # The first of a random order of the others: a draw without putting back.
    order = np.random.default_rng((seed, 1)).random((permutations, others)).argsort(axis=1)[:, :most]
    found = []
    for i, mine in enumerate(touching):
        rest = np.delete(z, i)
        drawn = z[i] * rest[order[:, : len(mine)]].mean(axis=1)
        found.append(_pseudo_p(drawn, float(z[i] * z[list(mine)].mean())))
    return np.array(found)


def _pseudo_p(drawn: Array, value: float) -> float:
    """(r + 1)/(n + 1), r the draws at least as far from their mean as the value is, on either side.

    esda's own counts the side on which the value lies: without any pattern it is below 0.05 for one area in ten.
    """
    middle = drawn.mean()
    further = int((np.abs(drawn - middle) >= abs(value - middle) - SAME_SHARE).sum())
    return (further + 1) / (len(drawn) + 1)
