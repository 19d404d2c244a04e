"""The profile over scales of a grid whose neighbourhoods are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from dashboard.measures.formulas import Array
from dashboard.measures.spatial_formulas import MULTIGROUP, TWO_GROUP


@dataclass(frozen=True, slots=True)
class GridPoint:
    """One measure at one scale; ``k`` is None for the cells themselves, ``reason`` says why a value is None.

    ``at_home`` is the share of all people whose k nearest all live in their own cell: there the neighbourhoods say no
    more than the cells. It is None for the cells themselves.
    """

    k: int | None
    measure: str
    value: float | None
    at_home: float | None
    reason: str | None


def grid_profile(n: Array, shares: Array, ks: Sequence[int], *, people_in: Sequence[int]) -> list[GridPoint]:
    """Answer how unevenly people live, in the cells themselves and among the k nearest.

    Parameters
    ----------
    n
        Counts (cells, groups); of two groups the measures of two are worked out, seen from the first.
    shares
        Shares of the groups among the k nearest (ks, cells, groups), for the ks of ``people_in``.
    ks
        All scales asked for; those not in ``people_in`` are answered with ``k_too_large``.
    people_in
        The scales that there are people enough for.
    """
    formulas = TWO_GROUP if n.shape[1] == 2 else MULTIGROUP
    people = n.sum(axis=1)
    points = []
    for k in (None, *ks):
        at_home = None if k is None else float(people[people >= k].sum() / people.sum())
        for name, formula in formulas.items():
            if k is not None and k not in people_in:
                points.append(GridPoint(k, name, None, None, "k_too_large"))
                continue
            value = float(formula(n, n if k is None else shares[people_in.index(k)]))
            known, reason = (None, "group_absent") if isnan(value) else (value, None)
            points.append(GridPoint(k, name, known, at_home, reason))
    return points
