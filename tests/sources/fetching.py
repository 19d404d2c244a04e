"""What tests of fetching share: a clock that takes no time, and the client of a service on this machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from made_up_scb import MadeUpScb

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.call_pace import Clock
from dashboard.sources.http_answers import HttpAnswers, Patience, Source
from dashboard.sources.pxweb_client import PxWebClient, pace_of_scb

NOON = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)


class StoodClock:
    """A clock that moves only when somebody sleeps, and notes each sleep."""

    def __init__(self) -> None:
        self.seconds, self.slept = 0.0, []
        self.clock = Clock(lambda: self.seconds, lambda: NOON + dt.timedelta(seconds=self.seconds), self.sleep)

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.seconds += seconds


@contextmanager
def asking(url: str, time: StoodClock, **patience: float) -> Iterator[HttpAnswers]:
    with HttpAnswers(
        Source("SCB", url, "DASHBOARD_SCB_URL"), pace_of_scb(time.clock), Patience(**patience), time.clock
    ) as answers:
        yield answers


@contextmanager
def client_of(scb: MadeUpScb, folder: Path, time: StoodClock | None = None) -> Iterator[PxWebClient]:
    with asking(scb.url, time or StoodClock()) as answers:
        yield PxWebClient(AnswerCache(answers, folder))
