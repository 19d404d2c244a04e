"""Keeps calls to a service below the number that it allows within a window of time."""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time as calls see it; tests give one that takes no time."""

    seconds: Callable[[], float] = time.monotonic
    now: Callable[[], dt.datetime] = _now
    sleep: Callable[[float], None] = time.sleep


class CallPace:
    """Waits before a call as long as the window is full.

    Parameters
    ----------
    calls
        The most calls that may begin within any ``window``.
    window
        Its length in seconds.
    clock
        Where the time comes from.
    """

    def __init__(self, calls: int, window: float, clock: Clock | None = None) -> None:
        self._calls, self._window = calls, window
        self._clock = clock or Clock()
        self._begun: deque[float] = deque()

    def slow_down(self, calls: int, window: float) -> None:
        """Take over a service's own limit if it allows fewer calls a second; what was called before still counts."""
        if calls / window < self._calls / self._window:
            self._calls, self._window = calls, window

    def wait(self) -> None:
        """Wait until a call may begin, and count it."""
        now = self._clock.seconds()
        self._forget(now)
        while len(self._begun) >= self._calls:
            self._clock.sleep(self._begun[0] + self._window - now)
            now = self._clock.seconds()
            self._forget(now)
        self._begun.append(now)

    def _forget(self, now: float) -> None:
        while self._begun and now >= self._begun[0] + self._window:
            self._begun.popleft()
