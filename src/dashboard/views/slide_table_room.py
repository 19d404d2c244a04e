"""How much of a figure's table a slide has room for: its rows and columns, from how many lines their words take."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

#: Letters across and lines down that a table on a slide has room for, at the smallest type that slides are set in.
LETTERS, LINES = 50, 26
#: Columns are given up for rows while fewer than so many fit; below so few columns nothing is left to compare.
ENOUGH_ROWS, FEWEST_COLUMNS = 4, 3
#: Letters of a cell that is not broken into lines.
UNBROKEN = 12
#: Letters that a column is made wide for: what is longer is broken, unless it is one word.
_WIDEST = 24
#: A row's air above and below it, in lines; and how much wider a letter is where a line is broken at its words.
_AIR, _RAGGED = 1.0, 1.15


def room_for(headings: Sequence[str], rows: Sequence[Sequence[str]], most_rows: int) -> tuple[int, int]:
    """Give how many columns and rows of a table fit a slide.

    Parameters
    ----------
    headings, rows
        The table, all rows as long as the headings.
    most_rows
        How many rows are read from the back row, however short.

    Returns
    -------
    Columns and rows. At least one row stays, also one that alone is too high.
    """
    wanted = min(ENOUGH_ROWS, most_rows, len(rows))
    for columns in range(len(headings), FEWEST_COLUMNS - 1, -1):
        fitting = _fitting([row[:columns] for row in [headings, *rows[:most_rows]]])
        if fitting >= wanted:
            return columns, fitting
    columns = min(len(headings), FEWEST_COLUMNS)
    return columns, min(len(rows), max(1, _fitting([row[:columns] for row in [headings, *rows[:most_rows]]])))


def _fitting(lines: Sequence[Sequence[str]]) -> int:
    """Give how many rows below the first, the headings, fit; none where the columns do not fit beside each other."""
    columns = list(zip(*lines, strict=True))
    words = [max(len(word) for cell in column for word in _pieces(cell)) for column in columns]
    if sum(words) > LETTERS:
        return 0
    wanted = [max(word, min(_WIDEST, max(map(len, column)))) for word, column in zip(words, columns, strict=True)]
    # What is left beyond the longest words is shared by what each column would like to have more.
    more = sum(wanted) - sum(words)
    share = min(1.0, (LETTERS - sum(words)) / more) if more else 0.0
    widths = [word + (wish - word) * share for word, wish in zip(words, wanted, strict=True)]
    taken = 0.0
    for place, row in enumerate(lines):
        taken += _AIR + max((_height(cell, width) for cell, width in zip(row, widths, strict=True)), default=1)
        if taken > LINES:
            return max(place - 1, 0)
    return len(lines) - 1


def _pieces(cell: str) -> list[str]:
    return [cell] if len(cell) <= UNBROKEN else cell.split()


def _height(cell: str, width: float) -> int:
    return 1 if len(cell) <= width else ceil(len(cell) * _RAGGED / max(width, 1.0))
