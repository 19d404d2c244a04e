"""Observations as columns instead of objects, so that ten million of them have room: some 33 bytes each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.sources.tidy import OBSERVATION_COLUMNS, InputError, Observation, Status

#: In this order: what ``frame_of`` gives and all that take a frame expect.
FRAME_COLUMNS = ("source", *OBSERVATION_COLUMNS)
#: Texts that stand in many rows: numbers with a list of the texts.
TEXTS = ("source", "area_code", "indicator", "status", "note")
NUMBERS = ("value", "lower", "upper")

Codes = npt.NDArray[np.signedinteger[Any]]
Floats = npt.NDArray[np.float64]


def frame_of(observations: Iterable[Observation]) -> pd.DataFrame:
    """Give observations as a frame, one row each, in the same order.

    Parameters
    ----------
    observations
        Any number; each is looked at once.

    Returns
    -------
    The columns of ``FRAME_COLUMNS``: ``source``, ``area_code``, ``indicator``, ``status`` and ``note`` are categories,
    ``year`` is int16, ``value``, ``lower`` and ``upper`` are float64 and NaN where there is none.
    """
    given = list(observations)
    columns: dict[str, Any] = {name: coded([getattr(one, name) for one in given]) for name in TEXTS}
    columns["year"] = np.array([one.year for one in given], dtype=np.int16)
    for name in NUMBERS:
        columns[name] = np.array([getattr(one, name) for one in given], dtype=np.float64)
    return frame_from(columns)


def frame_from(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Give a frame of columns that are there already, without copying them.

    Parameters
    ----------
    columns
        By name: all texts and ``year``; where ``value``, ``lower`` or ``upper`` is left out, there is none in any row.
    """
    rows = len(columns["year"])
    given = {name: columns[name] if name in columns else no_numbers(rows) for name in FRAME_COLUMNS}
    return pd.DataFrame(given, copy=False)


def no_numbers(rows: int) -> Floats:
    """Give a column without any number; it takes no room, however long it is, and cannot be written into."""
    return np.broadcast_to(np.float64(np.nan), (rows,))


def observations_of(frame: pd.DataFrame) -> list[Observation]:
    """Give the rows of a frame as observations, in the same order; for small frames."""
    texts = {name: frame[name].astype(object).tolist() for name in TEXTS}
    numbers = {name: [None if math.isnan(number) else number for number in frame[name].tolist()] for name in NUMBERS}
    return [
        Observation(source, area, indicator, year, value, cast(Status, status), note, lower, upper)
        for source, area, indicator, year, value, status, note, lower, upper in zip(
            texts["source"],
            texts["area_code"],
            texts["indicator"],
            frame["year"].tolist(),
            numbers["value"],
            texts["status"],
            texts["note"],
            numbers["lower"],
            numbers["upper"],
            strict=True,
        )
    ]


def coded(texts: Iterable[str]) -> pd.Categorical:
    """Give texts as categories in the order in which they first come."""
    places: dict[str, int] = {}
    codes = [places.setdefault(text, len(places)) for text in texts]
    return categories(np.array(codes, dtype=np.int64), list(places))


def categories(codes: npt.NDArray[Any], texts: Sequence[str]) -> pd.Categorical:
    """Give a column of texts from their places in a list of all of them, in the smallest numbers that hold them."""
    # Texts as Python has them: Arrow's, which pandas takes on its own, cost ten times as much to look at one by one.
    kind = pd.CategoricalDtype(pd.Series(list(texts), dtype=object))
    return pd.Categorical.from_codes(codes.astype(_smallest(len(texts)), copy=False), dtype=kind)


def same_text(rows: int, text: str) -> pd.Categorical:
    """Give a column in which every row has one and the same text."""
    return categories(np.zeros(rows, dtype=np.int8), [text])


def codes_of(frame: pd.DataFrame, column: str) -> Codes:
    """Give the place of each row's text in ``texts_of``."""
    return cast(Codes, frame[column].cat.codes.to_numpy())


def texts_of(frame: pd.DataFrame, column: str) -> list[str]:
    """Give the texts of a column of categories, each once; some may stand in no row."""
    return [str(text) for text in frame[column].cat.categories]


def together(frames: Iterable[pd.DataFrame], columns: Sequence[str] = FRAME_COLUMNS) -> pd.DataFrame:
    """Put frames below one another.

    Each column is made once in its whole length, so that the frames and the result are all that is in memory.

    Parameters
    ----------
    frames
        Each has the columns of ``FRAME_COLUMNS``, in any order; a column of texts may be of plain texts.
    columns
        Those that are wanted.

    Raises
    ------
    ValueError
        When a row has no text where there must be one.
    """
    parts = [frame for frame in frames if len(frame)]
    if not parts:
        return frame_of([])[list(columns)]
    return pd.DataFrame({name: _column([part[name] for part in parts], name) for name in columns}, copy=False)


def _column(columns: Sequence[pd.Series[Any]], name: str) -> pd.Categorical | npt.NDArray[Any]:
    if name in TEXTS:
        return _union(columns, name)
    if name == "year":
        return np.concatenate([one.to_numpy(dtype=np.int16) for one in columns])
    numbers = [one.to_numpy(dtype=np.float64) for one in columns]
    # Limits are rare: a column without any is made anew in no room.
    if all(one.strides == (0,) and np.isnan(one[0]) for one in numbers):
        return no_numbers(sum(len(one) for one in numbers))
    return np.concatenate(numbers)


def _union(columns: Sequence[pd.Series[Any]], name: str) -> pd.Categorical:
    given = [one if isinstance(one.dtype, pd.CategoricalDtype) else one.astype("category") for one in columns]
    places: dict[str, int] = {}
    for one in given:
        for text in one.cat.categories:
            places.setdefault(str(text), len(places))
    codes = np.empty(sum(len(one) for one in given), dtype=_smallest(len(places)))
    start = 0
    for one in given:
        own = one.cat.codes.to_numpy()
        if own.min() < 0:
            raise ValueError(f"a row has no {name}")
        codes[start : start + len(own)] = np.array([places[str(text)] for text in one.cat.categories])[own]
        start += len(own)
    return categories(codes, list(places))


def _smallest(texts: int) -> type[np.signedinteger[Any]]:
    return np.int8 if texts < 2**7 else np.int16 if texts < 2**15 else np.int32


def keys_of(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Give one number a row that is the same for the same area, indicator and year, and for nothing else.

    Numbers are in the order of the area codes, then the indicators, as texts, then the years.
    """
    if frame.empty:
        return np.empty(0, dtype=np.int64)
    years = frame["year"].to_numpy()
    first = int(years.min())
    span = int(years.max()) - first + 1
    areas, indicators = (_ranks(texts_of(frame, name)) for name in ("area_code", "indicator"))
    keys = areas[codes_of(frame, "area_code")]
    keys *= len(indicators)
    keys += indicators[codes_of(frame, "indicator")]
    keys *= span
    keys += years
    keys -= first
    return keys


def _ranks(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    ranks = np.empty(len(texts), dtype=np.int64)
    ranks[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    return ranks


def refuse_repeats(frame: pd.DataFrame, names: Mapping[str, str]) -> tuple[pd.DataFrame, Counter[str]]:
    """See that each area, indicator and year has one figure; one that is told again to the digit is kept once.

    Parameters
    ----------
    frame
        Observations of any number of sources.
    names
        What a source is called in the message and in the count; one that is not named is called by its id.

    Returns
    -------
    The frame without the later ones of equal rows, and how many of them there were by the name of their source.

    Raises
    ------
    InputError
        When there are two different figures for the same area, indicator and year.
    """
    keys = keys_of(frame)
    ordered = np.sort(keys)
    if not (ordered[1:] == ordered[:-1]).any():
        return frame, Counter()
    del ordered
    order = np.argsort(keys, kind="stable")
    again = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    earlier, later = order[again], order[again + 1]
    values = frame["value"].to_numpy()
    one, other = values[earlier], values[later]
    differs = (one != other) & ~(np.isnan(one) & np.isnan(other))
    if differs.any():
        place = int(np.flatnonzero(differs)[np.argmin(later[differs])])
        first, second = observations_of(frame.iloc[[earlier[place], later[place]]])
        name = names.get(second.source, second.source)
        raise InputError(
            f"{name}: {second.indicator} for {second.area_code} in {second.year} occurs twice"
            f" ({first.value} in {names.get(first.source, first.source)}, {second.value} in {name});"
            " keep the right one."
        )
    dropped = Counter(names.get(str(source), str(source)) for source in frame["source"].iloc[later])
    kept = np.ones(len(frame), dtype=bool)
    kept[later] = False
    return frame.loc[kept].reset_index(drop=True), dropped
