"""What can go wrong when figures are fetched from a publisher's service: one class and one sentence for each."""

from __future__ import annotations

from typing import ClassVar


class FetchError(Exception):
    """Something could not be fetched; the message names the source, what happened and what to try."""

    #: Whether the same call may well succeed a little later.
    passing: ClassVar[bool] = False

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        #: Seconds that the service asked to wait before the next call.
        self.wait = wait


class NoConnectionError(FetchError):
    """The service cannot be reached, or refuses the connection."""

    passing = True


class SlowAnswerError(FetchError):
    """The answer did not come in time."""

    passing = True


class TooManyCallsError(FetchError):
    """The service asks for fewer calls (429)."""

    passing = True


class ServiceFaultError(FetchError):
    """The service reports a fault of its own (5xx)."""

    passing = True


class HalfAnswerError(FetchError):
    """The answer breaks off, or is not whole JSON."""

    passing = True


class RefusedCallError(FetchError):
    """The service does not accept the call (4xx)."""


class NotFoundError(RefusedCallError):
    """The service knows nothing under the address (404, 410)."""


class OtherHostError(FetchError):
    """The service sends the call on to another host, which is not followed."""


class WrongContentTypeError(FetchError):
    """The answer is something else than JSON, a page that asks to sign in for example."""


class TooLargeAnswerError(FetchError):
    """The answer is larger than any that is expected."""


class UnreadableAnswerError(FetchError):
    """The answer is JSON, but not of the form that the service documents."""


class DiscontinuedTableError(FetchError):
    """The table is gone, or the publisher adds no new figures to it."""


class ChangedDimensionError(FetchError):
    """The table has other dimensions or codes than those that are asked for."""


class ChangedMeanwhileError(FetchError):
    """The publisher brought out new figures between two calls for the same table."""
