"""Tells on a terminal how far a long step has come, and in few lines where nobody watches."""

from __future__ import annotations

import sys
import time
from typing import TextIO

WIDTH = 30
SECONDS_BETWEEN = 0.1


class Progress:
    """A bar for one step of known size after another.

    Parameters
    ----------
    stream
        Where it is written; a bar is drawn only when it is a terminal, else one line for each step.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._drawn = self._stream.isatty()
        self._name, self._total, self._start, self._shown = "", 0, 0.0, 0.0

    def begin(self, name: str, total: int = 0) -> None:
        """Begin a step; ``total`` is its size in any unit, 0 when it is not known."""
        self._name, self._total, self._start, self._shown = name, total, time.perf_counter(), 0.0
        self._draw(0) if self._drawn else self._stream.write(f"{name} …\n")
        self._stream.flush()

    def at(self, done: int) -> None:
        """Tell how much of the step is done."""
        if self._drawn and time.perf_counter() - self._shown > SECONDS_BETWEEN:
            self._draw(done)

    def end(self) -> None:
        """End the step."""
        if self._drawn:
            self._draw(self._total)
            self._stream.write("\n")
            self._stream.flush()

    def _draw(self, done: int) -> None:
        self._shown = time.perf_counter()
        share = done / self._total if self._total else 0.0
        bar = ("█" * round(share * WIDTH)).ljust(WIDTH, "·")
        part = f"{share:4.0%} {bar} " if self._total else ""
        self._stream.write(f"\r{self._name}: {part}{self._shown - self._start:.1f} s")
        self._stream.flush()
