"""Reads the files of observations into columns; a file with anything unusual about it is read row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from dashboard.sources.observation_frame import (
    NUMBERS,
    categories,
    coded,
    frame_from,
    no_numbers,
    same_text,
    together,
)
from dashboard.sources.tidy import OBSERVATION_COLUMNS, InputError, parse_value, parse_year, read_rows
from dashboard.warehouse.checks import Problem, Problems

STATUSES = ("derived", "false_zero", "missing", "published", "suppressed")
#: Bytes of a file that are taken apart at once.
BLOCK = 8_000_000
#: Each cell as the place of its text in a list: a text that stands in many rows is looked at once.
_CELLS = pa.dictionary(pa.int32(), pa.string())
_READ = csv.ReadOptions(block_size=BLOCK)
_PARSE = csv.ParseOptions(quote_char=False, ignore_empty_lines=False)
_CONVERT = csv.ConvertOptions(column_types=dict.fromkeys(OBSERVATION_COLUMNS, _CELLS))

Texts = Mapping[str, pd.Categorical]
#: Observations, and the number of each one's row in its file.
Part = tuple[pd.DataFrame, npt.NDArray[np.int32]]


@dataclass(frozen=True)
class ReadObservations:
    """All observations of a data folder, and where each was read.

    Attributes
    ----------
    frame
        In the form of ``observation_frame``, file by file; the source of a row is the name of its file.
    rows
        Of each, the number of its row in the file.
    """

    frame: pd.DataFrame
    rows: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.frame)

    def problem(self, place: int, message: str) -> Problem:
        """Give a problem with the file and row of an observation."""
        return Problem(self._file(place), int(self.rows[place]), message)

    def already_told(self, place: int, before: int) -> str:
        """Say that an observation was read before."""
        area, indicator, year = (self.frame[name].iloc[place] for name in ("area_code", "indicator", "year"))
        return f"{indicator} for {area} in {year} is already in {self._file(before)}, row {self.rows[before]}."

    def _file(self, place: int) -> str:
        return f"{self.frame['source'].iloc[place]}.csv"


def read_observations(folder: Path, problems: Problems) -> ReadObservations:
    """Read every observation of a data folder.

    Parameters
    ----------
    folder
        The data folder.
    problems
        Takes the rows that cannot be read; they are left out.

    Raises
    ------
    InputError
        When there are no files or one is not a CSV file with the right columns.
    """
    paths = sorted((folder / "observations").glob("*.csv"))
    if not paths:
        raise InputError(f"{folder / 'observations'} has no observations: run `dashboard bundle` first.")
    frames, rows = [], []
    for path in paths:
        for frame, numbers in _at_once(path, problems) or [_row_by_row(path, problems)]:
            frames.append(frame)
            rows.append(numbers)
    return ReadObservations(together(frames), np.concatenate(rows))


def _at_once(path: Path, problems: Problems) -> list[Part]:
    """Read a file that has nothing unusual about it; give nothing for any other."""
    lines = _plain_lines(path)
    if lines is None:
        return []
    found, parts, number = Problems(), [], 2
    try:
        for batch in csv.open_csv(path, _READ, _PARSE, _CONVERT):
            names = batch.schema.names
            if len(set(names)) < len(names) or not set(OBSERVATION_COLUMNS) <= set(names):
                return []
            cells = {name: _column(batch.column(name)) for name in OBSERVATION_COLUMNS}
            numbers = np.arange(number, number + batch.num_rows, dtype=np.int32)
            parts.append(_observations(path, numbers, cells, found))
            number += batch.num_rows
    except pa.ArrowInvalid:
        return []
    # A header and a row a line, or rows would be called by wrong numbers.
    if number - 1 != lines:
        return []
    problems.add(found.first)
    problems.count += found.count - len(found.first)
    return parts


def _plain_lines(path: Path) -> int | None:
    """Count the lines of a file; None when one is empty, or a cell may hold the end of a line or a quotation mark."""
    lines, last = 0, b"\n"
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                if b'"' in block or b"\r" in block or b"\n\n" in last + block:
                    return None
                lines += block.count(b"\n")
                last = block[-1:]
    except OSError:
        return None
    return lines + (last != b"\n")


def _column(cells: pa.DictionaryArray) -> pd.Categorical:
    return categories(cells.indices.to_numpy(zero_copy_only=False), cells.dictionary.to_pylist())


def _row_by_row(path: Path, problems: Problems) -> Part:
    """Read a file as Python does, which names the row that it cannot read."""
    found = read_rows(path, OBSERVATION_COLUMNS)
    numbers = np.array([number for number, _ in found], dtype=np.int32)
    cells = {name: coded([row[name] for _, row in found]) for name in OBSERVATION_COLUMNS}
    return _observations(path, numbers, cells, problems)


def _observations(path: Path, numbers: npt.NDArray[np.int32], cells: Texts, problems: Problems) -> Part:
    """Make observations of those rows that can be read."""
    columns: dict[str, Any] = {name: cells[name] for name in ("area_code", "indicator", "status", "note")}
    columns["source"] = same_text(len(numbers), path.stem)
    readable = np.ones(len(numbers), dtype=bool)
    for name in (*NUMBERS, "year"):
        parsed, known = _parsed(cells[name], _year if name == "year" else _number)
        columns[name] = parsed.astype(np.int16) if name == "year" else parsed
        readable &= known
    statuses = [str(text) in STATUSES for text in cells["status"].categories]
    readable &= np.array(statuses, dtype=bool)[cells["status"].codes]
    unread = np.flatnonzero(~readable)
    words = [Problem(path.name, int(numbers[place]), _why_not(cells, place)) for place in unread[: problems.room()]]
    problems.add(words)
    problems.count += len(unread) - len(words)
    frame = frame_from(columns)
    return (frame.loc[readable], numbers[readable]) if len(unread) else (frame, numbers)


def _parsed(
    cells: pd.Categorical, parse: Callable[[str], float]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Give each row's number, and whether its cell can be read; every text is parsed once."""
    if list(cells.categories) == [""] and parse is _number:
        return no_numbers(len(cells)), np.ones(len(cells), dtype=bool)
    numbers, known = np.zeros(len(cells.categories)), np.ones(len(cells.categories), dtype=bool)
    for place, text in enumerate(cells.categories):
        try:
            numbers[place] = parse(text)
        except InputError:
            known[place] = False
    return numbers[cells.codes], known[cells.codes]


def _number(text: str) -> float:
    value = parse_value(text, "")[0]
    return np.nan if value is None else value


def _year(text: str) -> float:
    return float(parse_year(text, ""))


def _why_not(cells: Texts, place: int) -> str:
    """Say what cannot be read in a row: the first of its faults."""
    row = {name: str(column[place]) for name, column in cells.items()}
    where = "row"
    try:
        for name in NUMBERS:
            parse_value(row[name], where)
        parse_year(row["year"], where)
    except InputError as error:
        return str(error).removeprefix(f"{where}: ")
    return f"the status “{row['status']}” is not one of {', '.join(STATUSES)}."
