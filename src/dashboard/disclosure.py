"""What may be shown of people who were counted or asked, and why not: small numbers, and what would give them away.

A number from 1 to 4 is not shown; nor is what it could be worked out from. A true zero is shown: it tells of nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: The smallest number of people that is shown.
SMALLEST = 5


@dataclass(frozen=True)
class Shown:
    """A breakdown as it may be shown.

    Parameters
    ----------
    total : int or None
        All people together; None when they are so few that nothing of the breakdown is shown.
    counts : tuple of int or None
        People in each part; None where the number is hidden. Why a part is hidden (small itself, or protecting
        another one) is not told on purpose: that would tell which one is small.
    """

    total: int | None
    counts: tuple[int | None, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is hidden. Only then may means of the breakdown be shown: they are one equation more."""
        return self.total is not None and None not in self.counts

    @property
    def empty(self) -> bool:
        """Whether no number of the breakdown is shown."""
        return self.total is None or all(count is None for count in self.counts)


def may_be_shown(people: int) -> bool:
    """Tell whether a number of people may be shown, or a mean or share of theirs."""
    return people == 0 or people >= SMALLEST


def protect(counts: Sequence[int]) -> Shown:
    """Hide the small numbers of a breakdown whose sum is known, and so many others that none can be worked out.

    Numbers from 1 to 4 are hidden. As long as the sum of what is hidden gives one of them away (there is only one, the
    sum is small itself, or it is the least or the most that so many small numbers can make), the next smallest are
    hidden too; parts of the same size together, so that no order among them tells which one was chosen. When nothing
    but zeros would be left, nothing is shown.

    Parameters
    ----------
    counts
        People in each part of the breakdown, 0 or more.

    Returns
    -------
    Shown

    Notes
    -----
    Cell suppression with complementary cells as in statistical disclosure control; see Hundepool et al. (2012),
    “Statistical Disclosure Control”, chapter 4. The tests go through every breakdown up to a size and make sure that
    somebody who knows this very rule still has at least two possible values for every hidden part.
    """
    total = sum(counts)
    if not may_be_shown(total):
        return Shown(None, (None,) * len(counts))
    hidden = {place for place, count in enumerate(counts) if not may_be_shown(count)}
    while hidden and _given_away([counts[place] for place in hidden]):
        smallest = min((c for place, c in enumerate(counts) if c and place not in hidden), default=None)
        if smallest is None:
            break
        hidden |= {place for place, count in enumerate(counts) if count == smallest}
    return Shown(total, _left(counts, hidden))


def protect_margins(table: Mapping[tuple[int, int], int]) -> tuple[Shown, Shown]:
    """Hide the small numbers in both margins of a table, when it is known which pairs of it were observed.

    Hours and days of the week are two views of the same sessions. Where a day was observed in one hour only, the day's
    number is the hour's: what one margin shows can give away what the other hides. So the rows are protected by
    themselves, and the columns are shown only when nothing is hidden in either. Which margin comes first must not
    depend on the numbers: a choice between the two would tell something about both.

    Parameters
    ----------
    table
        (row, column) → people; only the pairs that were observed, both as numbers that order them.

    Returns
    -------
    The margin of the rows and that of the columns, each in the order of its numbers.
    """
    rows, columns = (protect(_margin(table, side)) for side in (0, 1))
    if rows.complete and columns.complete:
        return rows, columns
    return rows, Shown(rows.total, (None,) * len(columns.counts))


def finest(counts: Sequence[int], groupings: Sequence[Sequence[Sequence[int]]]) -> tuple[int, Shown]:
    """Choose the finest grouping of a breakdown in which nothing must be hidden.

    Parameters
    ----------
    counts
        People in each part.
    groupings
        From the finest to the coarsest: for each group the positions of its parts.

    Returns
    -------
    The position of the grouping, and the breakdown in its groups; the coarsest one when something is hidden in all.
    """
    shown = Shown(None, ())
    for position, grouping in enumerate(groupings):
        shown = protect([sum(counts[part] for part in group) for group in grouping])
        if shown.complete:
            return position, shown
    return len(groupings) - 1, shown


def _given_away(hidden: Sequence[int]) -> bool:
    total, parts = sum(hidden), len(hidden)
    return parts == 1 or total < SMALLEST or total in {parts, parts * (SMALLEST - 1)}


def _left(counts: Sequence[int], hidden: set[int]) -> tuple[int | None, ...]:
    shown = tuple(None if place in hidden else count for place, count in enumerate(counts))
    return (None,) * len(counts) if hidden and not any(shown) else shown


def _margin(table: Mapping[tuple[int, int], int], side: int) -> list[int]:
    labels = sorted({pair[side] for pair in table})
    return [sum(people for pair, people in table.items() if pair[side] == label) for label in labels]
