"""The tidy form that every source is read into, and what was read, kept and left out on the way."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Status = Literal["published", "derived", "suppressed", "missing", "false_zero"]

OBSERVATION_COLUMNS = ("area_code", "indicator", "year", "value", "lower", "upper", "status", "note")

# SCB and Kolada write a value that exists but is not shown as two dots, and one that does not exist as one.
SUPPRESSED_MARKS = frozenset({"..", "…"})
MISSING_MARKS = frozenset({"", ".", "NA", "NaN", "nan"})


class InputError(Exception):
    """An input file cannot be used; the message names the file, the row and what to do."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure for one area and year, or the fact that there is none."""

    source: str
    area_code: str
    indicator: str
    year: int
    value: float | None
    status: Status
    note: str = ""
    lower: float | None = None
    upper: float | None = None

    @property
    def key(self) -> tuple[str, str, int]:
        """What may occur only once: area, indicator and year."""
        return self.area_code, self.indicator, self.year


@dataclass
class FileReport:
    """What became of the rows of one input file."""

    name: str
    rows: int = 0
    kept: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def leave_out(self, why: str, rows: int = 1) -> None:
        """Count rows that are left out, with the reason in words."""
        self.left_out[why] += rows

    def lines(self) -> Iterator[str]:
        """Tell what happened as lines of text for the operator."""
        yield f"{self.name}: {self.rows} rows read, {self.kept} kept, {sum(self.left_out.values())} left out"
        for why, rows in sorted(self.left_out.items()):
            yield f"    {rows} left out: {why}"


@dataclass
class Harvest:
    """Everything that the readers brought home."""

    observations: list[Observation] = field(default_factory=list)
    reports: list[FileReport] = field(default_factory=list)

    def add(self, other: Harvest) -> None:
        """Take in what another reader brought."""
        self.observations.extend(other.observations)
        self.reports.extend(other.reports)


def read_rows(path: Path, required: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV file with a header as (row number in the file, row) pairs.

    Parameters
    ----------
    path
        The file, UTF-8 with or without a byte order mark.
    required
        Columns that must be there.

    Raises
    ------
    InputError
        When the file cannot be decoded, lacks a column, or a row has more or fewer cells than the header.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8 text (byte {error.start}): save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        header = next(reader, [])
        if twice := [name for name in dict.fromkeys(header) if header.count(name) > 1]:
            raise InputError(f"{path.name} has the column {twice[0]} twice: keep one of them.")
        if absent := [name for name in required if name not in header]:
            raise InputError(f"{path.name} lacks the column {', '.join(absent)}: its header is {','.join(header)}.")
        rows = []
        for cells in reader:
            if len(cells) != len(header):
                raise InputError(
                    f"{path.name}, row {reader.line_num}: {len(cells)} cells where the header has {len(header)}."
                )
            rows.append((reader.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        raise InputError(f"{path.name}, row {reader.line_num}: not a CSV row ({error}).") from error
    if not rows:
        raise InputError(f"{path.name} has a header but no rows: fetch the file again.")
    return rows


def parse_value(text: str, where: str) -> tuple[float | None, Status]:
    """Turn a cell into a number or into the reason why there is none.

    Raises
    ------
    InputError
        When the cell is neither a finite number nor one of the marks for suppressed or missing.
    """
    cell = text.strip()
    if cell in SUPPRESSED_MARKS:
        return None, "suppressed"
    if cell in MISSING_MARKS:
        return None, "missing"
    try:
        # Python also takes 1_000 for a number, which no publisher writes.
        value = float(cell.replace("_", "?"))
    except ValueError:
        raise InputError(f"{where}: “{cell}” is not a number; write it with a decimal point.") from None
    if not math.isfinite(value):
        raise InputError(f"{where}: “{cell}” is not a finite number.")
    return value, "published"


def parse_year(text: str, where: str) -> int:
    """Turn a cell into a year.

    Raises
    ------
    InputError
        When the cell is not a year with four digits.
    """
    if len(text) == 4 and text.isdecimal():
        return int(text)
    raise InputError(f"{where}: “{text}” is not a year with four digits.")
