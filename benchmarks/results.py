"""The common form of all measurements: what was measured, what came out, and whether that meets the goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Result:
    """One measured figure.

    Parameters
    ----------
    what
        What was measured, in words.
    value
        The figure, in `unit`.
    unit
        ``ms``, ``s``, ``kB``, ``MB``, ``times faster``, ``times as long``, or nothing for a plain number; kB and
        MB are 1 000 and 1 000 000 bytes.
    goal
        The most that it may be, or the least when `more_is_better`.
    rounds
        How many times, and which figure of them it is: ``median of 90``.
    """

    what: str
    value: float
    unit: str
    goal: float
    rounds: str
    more_is_better: bool = False

    @property
    def met(self) -> bool:
        """Whether the goal is met."""
        return self.value >= self.goal if self.more_is_better else self.value <= self.goal

    def row(self) -> str:
        """Give the figure as a row of the table in the docs."""
        sign = "≥" if self.more_is_better else "≤"
        met = "yes" if self.met else "**no**"
        return (
            f"| {self.what} | {f'{_number(self.value)} {self.unit}'.rstrip()}"
            f" | {f'{sign} {self.goal:g} {self.unit}'.rstrip()} | {met} | {self.rounds} |"
        )


HEADING = ("| What | Measured | Goal | Met | Rounds |", "|---|---|---|---|---|")


def report(measure: Callable[[], Sequence[Result]]) -> int:
    """Measure, print the rows, and give the exit status: 0 when every goal is met."""
    found = measure()
    print(*HEADING, *(one.row() for one in found), sep="\n")
    return 0 if all(one.met for one in found) else 1


def p95(values: Sequence[float]) -> float:
    """Give the value that 95 of 100 are not above."""
    return quantiles(values, n=20, method="inclusive")[-1]


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
