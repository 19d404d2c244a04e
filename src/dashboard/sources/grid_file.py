"""Reads a grid of people that a user has: a CSV or Parquet file with a point and the counts of each cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dashboard.sources.tidy import InputError

if TYPE_CHECKING:
    import pyarrow as pa

Floats = NDArray[np.float64]

#: More rows are refused: Sweden has about 250 000 inhabited squares of 250 m.
MOST_ROWS = 2_000_000
#: What SWEREF 99 TM (EPSG:3006) gives places in Sweden: metres east and north.
EAST, NORTH = (200_000.0, 1_000_000.0), (6_050_000.0, 7_750_000.0)
#: How much larger than all people the groups together may be, because of rounding in the file.
ROUNDING = 1e-6
REST = "rest"


@dataclass(frozen=True, slots=True)
class Grid:
    """The inhabited cells of a grid.

    ``n`` holds the counts (cells, groups), named by ``groups``; with a column of all people the last group is
    ``rest``, those of no group. ``empty`` is how many cells without people were left out.
    """

    x: Floats
    y: Floats
    n: Floats
    groups: tuple[str, ...]
    empty: int


def read_grid(path: Path, x: str, y: str, *, groups: Sequence[str] = (), total: str | None = None) -> Grid:
    """Read a grid file.

    Parameters
    ----------
    path
        ``.csv`` (comma, semicolon or tab; with a semicolon the decimal sign may be a comma) or ``.parquet``.
    x, y
        The columns of the coordinates, metres east and north in SWEREF 99 TM.
    groups
        The columns of the groups; by default all others.
    total
        The column of all people, if there is one; who is of no group becomes the group ``rest``.

    Raises
    ------
    InputError
        A sentence that names the file and the row.
    """
    table = _Table(path)
    wanted = tuple(groups) or tuple(name for name in table.names if name not in {x, y, total})
    named = [x, y, *([total] if total else []), *wanted]
    if twice := [name for name in dict.fromkeys(named) if named.count(name) > 1]:
        raise InputError(f"{path.name}: the column {twice[0]} is named for two things; name another.")
    if absent := [name for name in named if name not in table.names]:
        raise InputError(f"{path.name} lacks the column {', '.join(absent)}: it has {', '.join(table.names)}.")
    if len(wanted) + (total is not None) < 2:
        raise InputError(
            f"{path.name} has counts in {len(wanted)} column: name the column of all people with --total, or have a "
            "column for each of two groups or more."
        )
    columns = table.read(named)
    _check_places(table, columns[0], columns[1], (x, y))
    _check_counts(table, columns[2:], named[2:], total)
    counts = columns[3:] if total else columns[2:]
    if total:
        counts = [*counts, np.maximum(columns[2] - sum(counts), 0.0)]
    n = np.column_stack(counts)
    lived_in = n.sum(axis=1) > 0
    if not lived_in.any():
        raise InputError(f"{path.name}: nobody lives in any of the {len(n)} cells.")
    names = (*wanted, REST) if total else wanted
    return Grid(columns[0][lived_in], columns[1][lived_in], n[lived_in], names, int((~lived_in).sum()))


def _check_places(table: _Table, x: Floats, y: Floats, names: tuple[str, str]) -> None:
    wrong = ~((x >= EAST[0]) & (x <= EAST[1]) & (y >= NORTH[0]) & (y <= NORTH[1]))
    if wrong.any():
        row = int(np.argmax(wrong))
        a, b = float(x[row]), float(y[row])
        if abs(a) <= 180 and abs(b) <= 180:
            why = "these are degrees: turn the coordinates into SWEREF 99 TM (EPSG:3006), metres"
        elif NORTH[0] <= a <= NORTH[1] and EAST[0] <= b <= EAST[1]:
            why = f"east and north have changed places: call it with --x {names[1]} --y {names[0]}"
        else:
            why = "that is not in Sweden in SWEREF 99 TM (EPSG:3006); the file is in another coordinate system"
        raise InputError(f"{table.at(row)}: {names[0]} = {a:g}, {names[1]} = {b:g}: {why}.")
    order = np.lexsort((y, x))
    same = np.flatnonzero((np.diff(x[order]) == 0) & (np.diff(y[order]) == 0))
    if same.size:
        first, second = sorted((int(order[same[0]]), int(order[same[0] + 1])))
        raise InputError(
            f"{table.at(second)}: the cell {x[second]:g}, {y[second]:g} is there already in row {table.row(first)}; "
            "add the two together."
        )


def _check_counts(table: _Table, columns: list[Floats], names: list[str], total: str | None) -> None:
    for name, column in zip(names, columns, strict=True):
        if (column < 0).any():
            row = int(np.argmax(column < 0))
            raise InputError(
                f"{table.at(row)}: {name} = {column[row]:g} is negative, and nobody can be fewer than none."
            )
    if total is None:
        return
    everybody, together = columns[0], np.zeros_like(columns[0])
    for name, column in zip(names[1:], columns[1:], strict=True):
        together += column
        more = column > everybody * (1 + ROUNDING)
        if more.any():
            row = int(np.argmax(more))
            raise InputError(
                f"{table.at(row)}: {name} = {column[row]:g} is more than {total} = {everybody[row]:g}, all of them."
            )
    if (over := together > everybody * (1 + ROUNDING)).any():
        row = int(np.argmax(over))
        raise InputError(
            f"{table.at(row)}: the groups together are {together[row]:g}, more than {total} = {everybody[row]:g}; "
            "name only groups that nobody is in twice, with --groups."
        )


class _Table:
    """The columns of a file, as numbers, and how its rows are called."""

    def __init__(self, path: Path) -> None:
        self._path, self._name = path, path.name
        if not path.is_file():
            raise InputError(f"There is no file {path}.")
        self._text = path.suffix.lower() != ".parquet"
        self._separator = ","
        self.names = self._header() if self._text else self._schema()
        if twice := [name for name in dict.fromkeys(self.names) if self.names.count(name) > 1]:
            raise InputError(f"{self._name} has the column {twice[0]} twice: keep one of them.")

    def row(self, index: int) -> int:
        """Give the number of a row: its line in a CSV file, its place in a Parquet file."""
        return index + (2 if self._text else 1)

    def at(self, index: int) -> str:
        """Tell where a row is."""
        return f"{self._name}, row {self.row(index)}"

    def _header(self) -> list[str]:
        try:
            with self._path.open(encoding="utf-8-sig") as file:
                line = file.readline(100_000).rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputError(f"{self._name} is neither UTF-8 text nor a .parquet file: save it as one.") from None
        self._separator = max(",;\t", key=line.count)
        return [name.strip().strip('"') for name in line.split(self._separator)]

    def _schema(self) -> list[str]:
        from pyarrow import ArrowInvalid, parquet

        try:
            file = parquet.ParquetFile(self._path)
        except (ArrowInvalid, OSError):
            raise InputError(f"{self._name} is not a Parquet file that can be read.") from None
        if file.metadata.num_rows > MOST_ROWS:
            raise InputError(self._too_many(file.metadata.num_rows))
        return list(file.schema_arrow.names)

    def _too_many(self, rows: int) -> str:
        said = f"{rows:,}".replace(",", " ")
        most = f"{MOST_ROWS:,}".replace(",", " ")
        more = "" if not self._text else "more than "
        return (
            f"{self._name} has {more}{said} rows, and at most {most} can be worked out: leave out the cells where "
            "nobody lives, or divide the file by county."
        )

    def read(self, names: Sequence[str]) -> list[Floats]:
        """Read columns as numbers.

        Raises
        ------
        InputError
            When a cell is no number, a row has too few cells, or there are no rows or too many.
        """
        parts: list[list[Floats]] = [[] for _ in names]
        rows = 0
        for batch in self._batches(names):
            if rows + batch.num_rows > MOST_ROWS:
                raise InputError(self._too_many(MOST_ROWS))
            for part, name in zip(parts, names, strict=True):
                part.append(self._numbers(batch.column(name), name, rows))
            rows += batch.num_rows
        if not rows:
            raise InputError(f"{self._name} has a header but no rows.")
        return [np.concatenate(part) for part in parts]

    def _batches(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa
        from pyarrow import csv, parquet

        if not self._text:
            yield from parquet.ParquetFile(self._path).iter_batches(columns=list(dict.fromkeys(names)))
            return
        try:
            reader = csv.open_csv(
                self._path,
                # Read one after another, so that a row that is wrong knows its number.
                csv.ReadOptions(use_threads=False, column_names=self.names, skip_rows=1),
                csv.ParseOptions(delimiter=self._separator),
                csv.ConvertOptions(column_types=dict.fromkeys(self.names, pa.string()), include_columns=list(names)),
            )
            yield from reader
        except pa.ArrowInvalid as error:
            if "Empty CSV file" in str(error):
                return
            raise InputError(f"{self._name} is not a table with {len(self.names)} columns: {error}.") from None

    def _numbers(self, column: pa.Array, name: str, before: int) -> Floats:
        import pyarrow as pa
        from pyarrow import compute

        try:
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                column = compute.utf8_trim_whitespace(column)
                if self._separator == ";":
                    column = compute.replace_substring(column, ",", ".")
            numbers = np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), np.float64)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            numbers = np.array([_number(cell.as_py()) for cell in column])
        wrong = ~np.isfinite(numbers)
        if wrong.any():
            row = int(np.argmax(wrong))
            cell = column[row].as_py()
            said = "is empty" if cell in {None, ""} else f"“{cell}” is not a number"
            raise InputError(
                f"{self.at(before + row)}: {name} {said}; if it is not a count, name the groups by --groups."
            )
        return numbers


def _number(cell: object) -> float:
    try:
        return float(str(cell).replace("_", "?"))
    except ValueError:
        return float("nan")
