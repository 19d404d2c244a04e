"""Whether somebody knows the observers' code: compared without telling by time, and not for guessing."""

from __future__ import annotations

import hmac
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

#: Wrong codes that one session may try.
MOST_TRIES = 5
#: Seconds that everybody waits after the first wrong code; twice as many after each further one.
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0
#: After so many seconds without a wrong code the waiting begins from the first again.
FORGOTTEN_AFTER = 600.0

Answer = Literal["right", "wrong", "wait"]


class CodeGate:
    """Compares codes for all sessions of this process, slower and slower the more wrong ones come."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong = 0
        self._last_wrong = 0.0
        self._closed_until = 0.0

    def ask(self, typed: str, code: str) -> Answer:
        """Compare a code with the right one; while the gate is closed it does not even compare."""
        with self._lock:
            now = self._clock()
            if now < self._closed_until:
                return "wait"
            if hmac.compare_digest(typed.encode("utf-8"), code.encode("utf-8")):
                return "right"
            if now - self._last_wrong > FORGOTTEN_AFTER:
                self._wrong = 0
            self._last_wrong = now
            self._closed_until = now + min(FIRST_WAIT * 2**self._wrong, LONGEST_WAIT)
            # Beyond this the wait is the longest anyway.
            self._wrong = min(self._wrong + 1, 16)
            return "wrong"


@lru_cache(maxsize=1)
def code_gate() -> CodeGate:
    """Give this process's gate."""
    return CodeGate()
