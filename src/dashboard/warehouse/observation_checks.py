"""The checks that observations must pass, of all rows at once; of those that fail, the first are named in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.sources.area_columns import AreaColumns, area_columns
from dashboard.sources.observation_frame import NUMBERS, codes_of, keys_of, observations_of, texts_of
from dashboard.sources.tidy import Observation
from dashboard.warehouse.checks import Problem, Problems
from dashboard.warehouse.observation_reader import ReadObservations

WITH_VALUE = ("published", "derived")
ENOUGH_TO_TELL_UNITS = 10
#: So many rows are looked at together: what is worked out of them is small beside the rows themselves.
ROWS_AT_ONCE = 1_000_000

Rows = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Broken:
    """Which rows break a rule, and what is said of one of them."""

    rows: Rows
    say: Callable[[Observation], str]


def check_observations(read: ReadObservations, areas: set[str], catalogue: Catalogue, problems: Problems) -> None:
    """Check keys, catalogue, ranges, status against value, limits and division of every observation.

    Parameters
    ----------
    read
        What was read.
    areas
        Codes of all areas that are in an area table.
    catalogue
        What sources and indicators there are.
    problems
        Takes what is wrong, in the order of the rows.
    """
    rules = _Rules(read.frame, areas, catalogue)
    earlier = _told_before(read.frame)
    for start in range(0, len(read.frame), ROWS_AT_ONCE):
        chunk = slice(start, start + ROWS_AT_ONCE)
        broken = list(rules.broken(read.frame.iloc[chunk]))
        repeated = earlier[chunk] >= 0 if len(earlier) else np.zeros(len(broken[0].rows), dtype=bool)
        faults = repeated.astype(np.int64)
        for one in broken:
            faults += one.rows
        faulty = np.flatnonzero(faults)
        words: list[Problem] = []
        for place in faulty[: problems.room()]:
            row = start + int(place)
            (observation,) = observations_of(read.frame.iloc[[row]])
            said = [read.already_told(row, int(earlier[row]))] if repeated[place] else []
            said += [one.say(observation) for one in broken if one.rows[place]]
            words += [read.problem(row, message) for message in said]
        problems.add(words)
        problems.count += int(faults.sum()) - len(words)
    problems.add(_units(read, catalogue))


def _told_before(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Give for each row the row before it with the same area, indicator and year, −1 where there is none.

    Empty when no row has one.
    """
    keys = keys_of(frame)
    ordered = np.sort(keys)
    if not (ordered[1:] == ordered[:-1]).any():
        return np.empty(0, dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    again = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    earlier = np.full(len(frame), -1, dtype=np.int64)
    earlier[order[again + 1]] = order[again]
    return earlier


class _Rules:
    """The rules, with what the catalogue says of each text that stands in the rows."""

    def __init__(self, frame: pd.DataFrame, areas: set[str], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sources = _told(frame, "source", catalogue.sources.__contains__)
        codes = texts_of(frame, "area_code")
        self._areas = np.array([code in areas for code in codes], dtype=bool)
        self._told: AreaColumns = area_columns(codes)
        self._indicators = _told(frame, "indicator", catalogue.indicators.__contains__)
        self._with_value = _told(frame, "status", WITH_VALUE.__contains__)
        self._false_zero = _told(frame, "status", "false_zero".__eq__)
        self._no_note = _told(frame, "note", "".__eq__)
        known = [catalogue.indicators.get(name) for name in texts_of(frame, "indicator")]
        self._low = np.array([np.nan if one is None or one.minimum is None else one.minimum for one in known])
        self._high = np.array([np.nan if one is None or one.maximum is None else one.maximum for one in known])

    def broken(self, frame: pd.DataFrame) -> Iterator[Broken]:
        """Give what is broken in some rows, rule by rule."""
        area, indicator = codes_of(frame, "area_code"), codes_of(frame, "indicator")
        status = codes_of(frame, "status")
        values = {name: frame[name].to_numpy() for name in NUMBERS}
        value, empty = values["value"], np.isnan(values["value"])
        yield Broken(
            ~self._sources[codes_of(frame, "source")],
            lambda one: f"the source {one.source} (the file's name) is not in the catalogue.",
        )
        there = self._areas[area]
        yield Broken(~there, lambda one: f"the area {one.area_code} is in no area table.")
        yield Broken(
            there & ~self._told.existed(area, frame["year"].to_numpy()) & ~self._false_zero[status],
            lambda one: f"{one.area_code} did not exist in {one.year}; its status can only be false_zero.",
        )
        yield Broken(
            empty == self._with_value[status],
            lambda one: f"the status {one.status} does not go with the value {one.value}.",
        )
        yield Broken(
            empty & self._no_note[codes_of(frame, "note")],
            lambda _: "a figure that is not there needs a note that says why.",
        )
        known = self._indicators[indicator]
        yield Broken(~known, lambda one: f"the indicator {one.indicator} is not in the catalogue.")
        low, high = self._low[indicator], self._high[indicator]
        for name in NUMBERS:
            yield Broken((values[name] < low) | (values[name] > high), self._outside(name))
        yield Broken(
            known & ((values["lower"] > value) | (value > values["upper"])),
            lambda one: f"the value {one.value:g} lies outside its own limits {one.lower}–{one.upper}.",
        )

    def _outside(self, name: str) -> Callable[[Observation], str]:
        def say(one: Observation) -> str:
            indicator = self._catalogue.indicators[one.indicator]
            span = _range(indicator.minimum, indicator.maximum)
            return f"{one.indicator} has the {name} {getattr(one, name):g}, outside {span} {indicator.unit}."

        return say


def _told(frame: pd.DataFrame, column: str, rule: Callable[[str], bool]) -> Rows:
    """Tell of each text of a column whether something holds for it."""
    return np.array([bool(rule(text)) for text in texts_of(frame, column)], dtype=bool)


def _range(low: float | None, high: float | None) -> str:
    return f"{'−∞' if low is None else f'{low:g}'}–{'∞' if high is None else f'{high:g}'}"


def _units(read: ReadObservations, catalogue: Catalogue) -> Iterator[Problem]:
    """Catch shares written as fractions: every value of a share below 1 in a whole file is no per cent."""
    frame = read.frame
    names = texts_of(frame, "indicator")
    shares = [name in catalogue.indicators and catalogue.indicators[name].kind == "share" for name in names]
    kinds = len(names) * len(texts_of(frame, "source"))
    counts, largest = np.zeros(kinds, dtype=np.int64), np.full(kinds, -np.inf)
    for kind, values, _ in _shares(frame, shares):
        counts += np.bincount(kind, minlength=kinds)
        np.maximum.at(largest, kind, values)
    wrong = (counts >= ENOUGH_TO_TELL_UNITS) & (largest > 0) & (largest <= 1)
    if wrong.any():
        first: dict[int, int] = {}
        for kind, _, rows in _shares(frame, shares):
            for place in np.flatnonzero(wrong[kind]):
                first.setdefault(int(kind[place]), int(rows[place]))
        for kind_of_file, row in first.items():
            name = names[kind_of_file % len(names)]
            yield read.problem(row, f"all values of {name} are at most 1; write shares in per cent.")


def _shares(frame: pd.DataFrame, shares: Sequence[bool]) -> Iterator[tuple[npt.NDArray[Any], Floats, npt.NDArray[Any]]]:
    """Give file and indicator as one number, value, and row of every share that has a value, some at a time."""
    is_share = np.array(shares, dtype=bool)
    for start in range(0, len(frame), ROWS_AT_ONCE):
        chunk = frame.iloc[start : start + ROWS_AT_ONCE]
        indicator, values = codes_of(chunk, "indicator"), chunk["value"].to_numpy()
        rows = np.flatnonzero(is_share[indicator] & ~np.isnan(values))
        kind = codes_of(chunk, "source")[rows].astype(np.int64) * len(shares) + indicator[rows]
        yield kind, values[rows], rows + start
