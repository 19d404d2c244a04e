"""Opens a register once for many who ask at the same time, so that they do not wait for a lost database in turn."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from dashboard.register.errors import RegisterError, RegisterFileError, UnavailableError
from dashboard.register.store import Register

#: How long those wait who come while another one connects.
SECONDS_TO_WAIT = 5.0
#: How long a failure holds for everybody before somebody tries again.
SECONDS_UNTIL_THE_NEXT_TRY = 10.0


@dataclass
class _Attempt:
    """One attempt to open a register; what comes of it is the same for all who ask meanwhile."""

    key: object
    outcome: Future[Register] = field(default_factory=Future)
    failed_at: float | None = None


class OpenedOnce:
    """Keeps a register open; any number of threads may ask for it.

    Parameters
    ----------
    seconds_to_wait
        How long those wait who come while another one connects.
    seconds_until_the_next_try
        How long a failure holds for everybody.
    """

    def __init__(
        self,
        seconds_to_wait: float = SECONDS_TO_WAIT,
        seconds_until_the_next_try: float = SECONDS_UNTIL_THE_NEXT_TRY,
    ) -> None:
        self._seconds_to_wait = seconds_to_wait
        self._seconds_until_the_next_try = seconds_until_the_next_try
        self._lock = Lock()
        self._attempt: _Attempt | None = None

    def get(self, key: object, open_it: Callable[[], Register]) -> Register:
        """Give the register, opened when it is asked for first.

        Parameters
        ----------
        key
            What the register is opened with; another one opens another register.
        open_it
            Opens it.

        Raises
        ------
        UnavailableError
            When it cannot be opened, could not a moment ago, or is being opened by another one for too long.
        """
        with self._lock:
            attempt = self._attempt
            is_mine = attempt is None or attempt.key != key or self._is_over(attempt)
            if attempt is None or is_mine:
                attempt = self._attempt = _Attempt(key)
        if is_mine:
            self._open(attempt, open_it)
        try:
            return attempt.outcome.result(self._seconds_to_wait)
        except TimeoutError as error:
            raise UnavailableError("unavailable", "another one has been connecting for too long") from error
        except (RegisterError, RegisterFileError) as error:
            # An error of one's own: one that many threads raise would gather all their ways through the code.
            code, detail = (error.code, error.detail) if isinstance(error, RegisterError) else ("", str(error))
            raise UnavailableError(code or "unavailable", detail) from None

    def forget(self) -> None:
        """Forget the register; the next who asks opens it."""
        with self._lock:
            self._attempt = None

    def _is_over(self, attempt: _Attempt) -> bool:
        return attempt.failed_at is not None and monotonic() - attempt.failed_at >= self._seconds_until_the_next_try

    def _open(self, attempt: _Attempt, open_it: Callable[[], Register]) -> None:
        try:
            found = open_it()
        except BaseException as error:
            attempt.failed_at = monotonic()
            if not isinstance(error, RegisterError | RegisterFileError):
                # Nobody knows what to tell of it, so nobody else is to be told it: the next one tries again.
                self.forget()
            attempt.outcome.set_exception(error)
            if not isinstance(error, Exception):
                raise
        else:
            attempt.outcome.set_result(found)
