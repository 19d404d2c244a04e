"""How much of a change comes from the city's composition, and how much from people living more or less apart.

Tables are (…, areas, groups): counts or shares, with any number of leading axes. A measure of such a table hangs
on three things: how large each group is, how large each area is, and the structure, that is the odds ratios
between areas and groups, which no change of the sizes alone can alter. Elbers 2021 divides a change into these by
counterfactual cities with the sizes of one year and the structure of the other, made by iterative proportional
fitting, and averages over the order in which they change (Shapley).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dashboard.measures.formulas import Array

Measure = Callable[[Array], Array]


@dataclass(frozen=True, slots=True)
class Effort:
    """When a fitted table is done: no sum of an area is further off than this part of all persons, or never."""

    close: float
    rounds: int


EXACT = Effort(1e-13, 5000)
#: A thousand draws need fewer digits, and some of them have no such table at all.
FOR_DRAWS = Effort(1e-9, 300)


@dataclass(frozen=True, slots=True)
class Parts:
    """A change divided; the four parts sum to it.

    ``groups`` comes from the sizes of the groups and ``areas`` from the sizes of the areas (together the city's
    composition), ``structure`` from people living more or less apart, ``settled`` from areas in which somebody
    lives in one of the years only. Each is an array over the leading axes of the tables.
    """

    groups: Array
    areas: Array
    structure: Array
    settled: Array


def fitted(structure: Array, groups: Array, areas: Array, effort: Effort = EXACT) -> Array:
    """Give the table with the structure of one city and the sizes of another (iterative proportional fitting).

    Parameters
    ----------
    structure
        The table whose odds ratios are kept.
    groups, areas
        The sums (…, groups) and (…, areas) that the table is to have, as shares of all persons.
    effort
        How exact the table is to be.

    Returns
    -------
    The table as shares; NaN where there is no such table, because empty cells stand in the way.

    Notes
    -----
    Deming & Stephan 1940; as a way to compare segregation: Karmel & Maclachlan 1988, Elbers 2021.
    """
    table = _shares(structure)
    # The fitted table is the first one times a factor for each area and one for each group; only these are sought.
    of_group = np.ones_like(groups)
    reached = table.sum(axis=-1)
    off = np.full(table.shape[:-2], np.inf)
    # Where there is no such table the factors grow without end.
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(effort.rounds):
            of_area = _quotient(areas, reached)
            of_group = _quotient(groups, (of_area[..., None, :] @ table)[..., 0, :])
            reached = (table @ of_group[..., None])[..., 0]
            off = np.abs(of_area * reached - areas).max(axis=-1)
            if not (off > effort.close).any():
                break
        made = table * of_area[..., :, None] * of_group[..., None, :]
    return np.where((off <= effort.close)[..., None, None], made, np.nan)


def _quotient(wanted: Array, found: Array) -> Array:
    """Divide; 1 where both are 0, NaN where something is wanted and nothing is there."""
    empty = np.where(wanted > 0, np.nan, np.ones(np.broadcast(wanted, found).shape))
    result: Array = np.divide(wanted, found, out=empty, where=found > 0)
    return result


def divide_change(measure: Measure, before: Array, after: Array, effort: Effort = EXACT) -> Parts:
    """Answer which parts a change of a measure has.

    Parameters
    ----------
    measure
        Works a measure out from tables; it must not hang on how many persons there are in all.
    before, after
        Tables of the same areas and groups. A row without persons in one of them is compared apart.
    effort
        As `fitted`.

    Notes
    -----
    v(s, g, a) is the measure of the table with the structure of year s, the groups' sizes of year g and the areas'
    of year a. Structure and sizes change in one order or the other, structure = ½ Σ_k [v(2,k,k) − v(1,k,k)]; the
    rest is divided between groups and areas in the same way, averaged over both structures (Elbers 2021).
    """
    # In a leading axis of draws an area may be empty by chance; what is not empty in the rows as a whole is kept.
    draws = tuple(range(before.ndim - 2))
    lived_in = [(table.sum(axis=-1) > 0).any(axis=draws) for table in (before, after)]
    both = lived_in[0] & lived_in[1]
    first, second = _shares(before[..., both, :]), _shares(after[..., both, :])
    settled = np.zeros(before.shape[:-2])
    if (lived_in[0] != lived_in[1]).any():
        settled = (measure(after) - measure(second)) - (measure(before) - measure(first))
    years = (first, second)

    def v(structure: int, groups: int, areas: int) -> Array:
        if structure == groups == areas:
            return measure(years[structure])
        return measure(fitted(years[structure], years[groups].sum(axis=-2), years[areas].sum(axis=-1), effort))

    values = {(s, g, a): v(s, g, a) for s in (0, 1) for g in (0, 1) for a in (0, 1)}
    structure = sum((values[1, k, k] - values[0, k, k]) / 2 for k in (0, 1))
    groups = sum((values[s, 1, k] - values[s, 0, k]) / 4 for s in (0, 1) for k in (0, 1))
    areas = sum((values[s, k, 1] - values[s, k, 0]) / 4 for s in (0, 1) for k in (0, 1))
    return Parts(np.asarray(groups), np.asarray(areas), np.asarray(structure), np.asarray(settled))


def _shares(table: Array) -> Array:
    result: Array = table / table.sum(axis=(-2, -1), keepdims=True)
    return result


def divide_by_rank(measure: Measure, before: Array, after: Array) -> tuple[float, float]:
    """Divide a change of two groups by another counterfactual: shares swapped between areas of the same rank.

    Each area keeps its persons and takes the group's share of the area with the same rank in the other year. It
    does not need the same areas, so two cities can be compared; but it calls every change of the shares one of
    composition, also when people live more or less apart.

    Parameters
    ----------
    measure
        Works a measure out from a table (areas, 2).
    before, after
        The tables.

    Returns
    -------
    What comes from the areas' sizes (“spatial”) and from the shares (“attribute”); they sum to the change.

    Notes
    -----
    Cortes, Rey, Knaap & Wolf 2020; PySAL's ``DecomposeSegregation`` with ``counterfactual_approach="composition"``.
    """
    first, second = (table[table.sum(axis=-1) > 0] for table in (before, after))
    own_before, own_after = float(measure(first)), float(measure(second))
    swapped_before, swapped_after = float(measure(_swapped(first, second))), float(measure(_swapped(second, first)))
    spatial = (own_after - swapped_before + swapped_after - own_before) / 2
    attribute = (own_after - swapped_after + swapped_before - own_before) / 2
    return spatial, attribute


def _swapped(kept: Array, other: Array) -> Array:
    """Give the table with the persons of one and, rank for rank, the shares of the other."""
    share, persons = kept[:, 0] / kept.sum(axis=-1), kept.sum(axis=-1)
    # Areas with the same share have the same rank, the middle one of theirs.
    ordered = np.sort(share)
    rank = (np.searchsorted(ordered, share, "left") + 1 + np.searchsorted(ordered, share, "right")) / 2
    taken = np.quantile(other[:, 0] / other.sum(axis=-1), rank / len(share))
    return np.column_stack([taken * persons, (1 - taken) * persons])
