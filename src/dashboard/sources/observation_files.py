"""Writes observations as long CSV files, one a source, sorted so that two versions can be compared line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.sources.observation_frame import NUMBERS, Floats, codes_of, keys_of, texts_of
from dashboard.sources.tidy import OBSERVATION_COLUMNS

#: So many lines are made at once; each is some 80 bytes.
LINES_AT_ONCE = 250_000


def write_observations(frame: pd.DataFrame, folder: Path) -> None:
    """Write the files.

    Parameters
    ----------
    frame
        Observations in the form of ``observation_frame``.
    folder
        Where ``<source>.csv`` go; it must not exist.
    """
    folder.mkdir(parents=True)
    keys = keys_of(frame)
    for place, source in enumerate(texts_of(frame, "source")):
        rows = np.flatnonzero(codes_of(frame, "source") == place)
        if not len(rows):
            continue
        with (folder / f"{source}.csv").open("wb") as file:
            file.write(",".join(OBSERVATION_COLUMNS).encode() + b"\n")
            for lines in _lines(frame, rows[np.argsort(keys[rows], kind="stable")]):
                file.write(lines)


def _lines(frame: pd.DataFrame, rows: npt.NDArray[np.int64]) -> Iterator[pa.Buffer]:
    """Give the bytes of some lines at a time."""
    texts = {name: _cells(texts_of(frame, name)) for name in ("area_code", "indicator", "status")}
    texts["note"] = _cells(texts_of(frame, "note"), end="\n")
    for start in range(0, len(rows), LINES_AT_ONCE):
        some = rows[start : start + LINES_AT_ONCE]
        columns: dict[str, Any] = {name: cells.take(_codes(frame, name, some)) for name, cells in texts.items()}
        columns["year"] = pa.array(frame["year"].to_numpy()[some]).cast(pa.string())
        columns |= {name: _numbers(frame[name].to_numpy()[some]) for name in NUMBERS}
        lines = pc.binary_join_element_wise(*(columns[name] for name in OBSERVATION_COLUMNS), ",")
        # All lines lie one after another in one buffer; the last of the places where they begin says how far.
        _, begins, written = lines.buffers()
        yield written.slice(0, int(np.frombuffer(begins, dtype=np.int32, count=len(some) + 1)[-1]))


def _codes(frame: pd.DataFrame, name: str, rows: npt.NDArray[np.int64]) -> pa.Array:
    return pa.array(codes_of(frame, name)[rows])


def _cells(texts: Iterable[str], end: str = "") -> pa.Array:
    """Give texts as CSV has them, within quotation marks where it needs them."""
    return pa.array([_cell(text) + end for text in texts], type=pa.string())


def _cell(text: str) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow([text, ""])
    return written.getvalue().removesuffix(",\n")


def _numbers(values: Floats) -> pa.Array:
    """Give numbers as texts with up to twelve digits, empty where there is none; each number is written once."""
    places, numbers = pd.factorize(values)
    texts = pa.array([*(f"{number:.12g}" for number in numbers.tolist()), ""], type=pa.string())
    return texts.take(pa.array(np.where(places < 0, len(numbers), places)))
