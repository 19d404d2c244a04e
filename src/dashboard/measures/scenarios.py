"""What a change of the stock of dwellings would do to the mix of tenures, everything else left as it is.

A scenario is a list of steps: dwellings built, demolished, converted from one tenure to another or moved from one
area to another. It says nothing of who would live in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from dashboard.measures.diversity import AreaMix, area_mixes
from dashboard.measures.formulas import Array, multigroup_dissimilarity, multigroup_entropy
from dashboard.measures.inference import (
    DRAWS,
    SEED,
    Interval,
    UndefinedMeasureError,
    basic_interval,
    redraw,
    table_of,
)

KINDS = ("build", "convert", "move", "demolish")
MOST_STEPS = 12
#: More than any plan for a municipality; above it a number is taken for a slip of the finger.
MOST_DWELLINGS = 20_000
MEASURES = (
    "multigroup_dissimilarity",
    "multigroup_entropy",
    "multigroup_entropy_between",
    "multigroup_entropy_within",
    "multigroup_within_between",
)


class ScenarioError(ValueError):
    """A step cannot be made.

    Parameters
    ----------
    reason
        ``unknown_kind``, ``unknown_area``, ``unknown_group``, ``not_whole``, ``too_many``, ``same_group``,
        ``same_area``, ``not_enough`` or ``too_many_steps``.
    step
        Its position among the steps, from 0.
    available
        With ``not_enough``: how many dwellings there are; with ``too_many`` and ``too_many_steps``: the limit.
    """

    def __init__(self, reason: str, step: int, available: int = 0) -> None:
        super().__init__(f"step {step + 1} cannot be made: {reason}" + (f" ({available})" if available else ""))
        self.reason = reason
        self.step = step
        self.available = available


@dataclass(frozen=True, slots=True)
class Step:
    """One change; ``area`` and ``to_area`` are codes of DeSO or RegSO, ``group`` and ``to_group`` forms of tenure."""

    kind: str
    number: int
    group: str
    area: str
    to_group: str | None = None
    to_area: str | None = None


@dataclass(frozen=True, slots=True)
class Stock:
    """The dwellings of a city: ``n`` is (areas, groups), with the code and the RegSO of each area."""

    areas: tuple[str, ...]
    regso: tuple[str, ...]
    groups: tuple[str, ...]
    n: Array

    def members(self, code: str) -> list[int]:
        """Give the positions of the areas that a code stands for; none for a code that is not known."""
        return [i for i, pair in enumerate(zip(self.areas, self.regso, strict=True)) if code in pair]


@dataclass(frozen=True, slots=True)
class Placed:
    """How many dwellings a step adds to (or takes from) one area and tenure."""

    step: int
    area: str
    group: str
    number: int


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure of the city before and after; ``difference`` is after minus before with its interval.

    Where ``reason`` says why, values are None.
    """

    measure: str
    before: float | None
    after: float | None
    difference: Interval | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class MixChange:
    """How mixed an area (DeSO or RegSO code) or the whole city (``code`` None) is before and after."""

    code: str | None
    before: AreaMix
    after: AreaMix
    counts_before: tuple[float, ...]
    counts_after: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario does: the city's measures, its mix, and the mix of the areas that are touched."""

    placed: tuple[Placed, ...]
    measures: tuple[MeasureChange, ...]
    city: MixChange
    regso: tuple[MixChange, ...]
    areas: tuple[MixChange, ...]


def place(stock: Stock, steps: Sequence[Step]) -> list[Placed]:
    """Answer where every dwelling of a scenario is added or taken away; steps are made one after the other.

    Within a RegSO dwellings are spread over its DeSO in whole numbers: built and arriving ones in proportion to
    all the dwellings that each has, demolished, converted and leaving ones in proportion to those of their tenure.

    Raises
    ------
    ScenarioError
        If a step cannot be made: see its reasons.
    """
    if len(steps) > MOST_STEPS:
        raise ScenarioError("too_many_steps", MOST_STEPS, MOST_STEPS)
    now = stock.n.copy()
    found: list[Placed] = []
    for position, step in enumerate(steps):
        for area, group, number in _deltas(stock, now, step, position):
            now[area, group] += number
            found.append(Placed(position, stock.areas[area], stock.groups[group], number))
    return found


def after(stock: Stock, steps: Sequence[Step]) -> Array:
    """Give the counts (areas, groups) with the steps made; ScenarioError if one cannot be made."""
    return _with(stock, place(stock, steps))


def _with(stock: Stock, placed: Sequence[Placed]) -> Array:
    result = stock.n.copy()
    area = {code: i for i, code in enumerate(stock.areas)}
    group = {name: i for i, name in enumerate(stock.groups)}
    for one in placed:
        result[area[one.area], group[one.group]] += one.number
    return result


def compare(stock: Stock, steps: Sequence[Step], *, draws: int = DRAWS, seed: int = SEED) -> Outcome:
    """Answer what a scenario does to how tenures are spread over the city and mixed in its areas.

    Parameters
    ----------
    stock
        The dwellings as they are; every count known.
    steps
        The scenario.
    draws, seed
        For the interval of a difference: the stock is redrawn (multinomial over areas and tenures), and the same
        dwellings are added to and taken from each redrawn stock, so that what chance does to both cancels. Where
        a draw has fewer dwellings than are taken away, none is left.

    Raises
    ------
    ScenarioError
        If a step cannot be made.
    """
    placed = place(stock, steps)
    then = _with(stock, placed)
    touched = {one.area for one in placed}
    regso = sorted({stock.regso[i] for i, code in enumerate(stock.areas) if code in touched})
    inside = _belongs(stock.regso)
    return Outcome(
        tuple(placed),
        tuple(_measures(stock.n, then, inside, draws, seed)),
        _mix(None, stock.n.sum(axis=0), then.sum(axis=0)),
        tuple(
            _mix(code, stock.n[members].sum(axis=0), then[members].sum(axis=0))
            for code in regso
            if (members := stock.members(code))
        ),
        tuple(_mix(code, stock.n[i], then[i]) for i, code in enumerate(stock.areas) if code in touched),
    )


def spread(weights: Array, number: int) -> list[int]:
    """Divide a number into whole parts in proportion to weights (largest remainder, the first of equals first).

    Without weights the parts are as equal as can be.
    """
    total = float(weights.sum())
    exact = weights * (number / total) if total > 0 else np.full(len(weights), number / len(weights))
    parts = [floor(part + 1e-9) for part in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: number - sum(parts)]:
        parts[i] += 1
    return parts


def _deltas(stock: Stock, now: Array, step: Step, position: int) -> list[tuple[int, int, int]]:
    """Give (area, group, dwellings more) for a step."""
    _check_step(step, position)
    members = _known(stock, step.area, position)
    group = _group(stock, step.group, position)
    if step.kind == "build":
        return _parts(members, group, spread(now[members].sum(axis=1), step.number))
    arriving: list[tuple[int, int, int]] = []
    if step.kind == "convert":
        to_group = _group(stock, step.to_group, position)
        if to_group == group:
            raise ScenarioError("same_group", position)
    elif step.kind == "move":
        to_members = _known(stock, step.to_area, position)
        if set(members) & set(to_members):
            raise ScenarioError("same_area", position)
        arriving = _parts(to_members, group, spread(now[to_members].sum(axis=1), step.number))
    available = int(now[members, group].sum())
    if step.number > available:
        raise ScenarioError("not_enough", position, available)
    leaving = spread(now[members, group], step.number)
    if step.kind == "convert":
        arriving = _parts(members, to_group, leaving)
    return [*_parts(members, group, [-part for part in leaving]), *arriving]


def _check_step(step: Step, position: int) -> None:
    if step.kind not in KINDS:
        raise ScenarioError("unknown_kind", position)
    if isinstance(step.number, bool) or not isinstance(step.number, int) or step.number < 1:
        raise ScenarioError("not_whole", position)
    if step.number > MOST_DWELLINGS:
        raise ScenarioError("too_many", position, MOST_DWELLINGS)


def _parts(members: Sequence[int], group: int, parts: Sequence[int]) -> list[tuple[int, int, int]]:
    return [(area, group, part) for area, part in zip(members, parts, strict=True) if part]


def _known(stock: Stock, code: str | None, position: int) -> list[int]:
    members = stock.members(code) if code else []
    if not members:
        raise ScenarioError("unknown_area", position)
    return members


def _group(stock: Stock, name: str | None, position: int) -> int:
    if name not in stock.groups:
        raise ScenarioError("unknown_group", position)
    return stock.groups.index(name)


def _belongs(regso: Sequence[str]) -> Array:
    """Return (areas, RegSO), 1 where the area lies in it."""
    codes, index = np.unique(np.asarray(regso, dtype=str), return_inverse=True)
    return np.eye(len(codes))[index]


def _values(n: Array, inside: Array) -> dict[str, Array]:
    whole = multigroup_entropy(n)
    between = multigroup_entropy(np.swapaxes(inside, 0, 1) @ n)
    # Without segregation there is nothing to divide.
    some = np.where(whole > 0, whole, np.nan)
    found = (multigroup_dissimilarity(n), whole, between, whole - between, between / some)
    return dict(zip(MEASURES, found, strict=True))


def _measures(before: Array, then: Array, inside: Array, draws: int, seed: int) -> list[MeasureChange]:
    try:
        for counts in (before, then):
            table_of(counts)
    except UndefinedMeasureError as error:
        return [MeasureChange(measure, None, None, None, error.reason) for measure in MEASURES]
    change = then - before
    drawn = redraw(before, draws, (seed,))
    one, other = _values(before, inside), _values(then, inside)
    many, others = _values(drawn, inside), _values(np.maximum(drawn + change, 0.0), inside)
    result = []
    for measure in MEASURES:
        values = float(one[measure]), float(other[measure])
        if np.isnan(values).any():
            result.append(MeasureChange(measure, None, None, None, "no_segregation"))
            continue
        difference = basic_interval(values[1] - values[0], others[measure] - many[measure], clip=False)
        result.append(MeasureChange(measure, *values, difference, None))
    return result


def _mix(code: str | None, before: Array, then: Array) -> MixChange:
    one, other = (area_mixes(row[None, :])[0] for row in (before, then))
    return MixChange(code, one, other, tuple(map(float, before)), tuple(map(float, then)))
