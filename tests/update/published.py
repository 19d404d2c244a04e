"""Publishers without a service, so that what an update makes of figures can be tried one thing at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from city import City, say_nothing

from dashboard.sources.fetched import Fetched, FetchedFile, Tell, Wanted
from dashboard.sources.known_areas import Known
from dashboard.sources.progress import Progress
from dashboard.sources.tidy import FileReport, Harvest, Observation
from dashboard.update.report import Outcome
from dashboard.update.run import Order, update

HOME = "1487"
SHARE, INDEX = "foreign_background_share", "socio_economic_index"


@dataclass
class Gives:
    """A publisher that gives what it was told to, or raises it."""

    answer: Fetched | Exception
    name: str = "scb"
    known: Known | None = None
    meanwhile: Callable[[], object] = lambda: None

    def fetch(self, wanted: Wanted, tell: Tell) -> Fetched:
        tell("a table", 1, 2)
        self.meanwhile()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def figure(
    area: str, indicator: str, year: int, value: float | None, source: str = "scb_tab6571", note: str = ""
) -> Observation:
    """Give one figure as a publisher has it."""
    status = "suppressed" if value is None else "published"
    return Observation(source, area, indicator, year, value, status, note or ("" if value is not None else "withheld"))


def gave(*figures: Observation, table: str = "TAB6571", updated: str = "2027-03-24T07:00:00Z") -> Fetched:
    """Give what a publisher of these figures would have given."""
    report = FileReport(table, rows=len(figures), kept=len(figures))
    file = FetchedFile(table, "0" * 64, len(figures), updated)
    return Fetched(Harvest(list(figures), [report]), files={f"scb_{table.lower()}": [file]})


def updated(city: City, publishers: Sequence[Gives], wanted: Wanted | None = None, *, trial: bool = False) -> Outcome:
    """Run an update of a city."""

    def when_its_turn_comes(one: Gives) -> Callable[[Known], Gives]:
        def made(known: Known) -> Gives:
            one.known = known
            return one

        return made

    order = Order(
        wanted=wanted or Wanted(HOME),
        publishers={one.name: when_its_turn_comes(one) for one in publishers},
        sent=lambda name: 1,
        trial=trial,
    )
    return update(order, city.settings(), say_nothing, Progress(io.StringIO()))


def everything_in(folder: Path) -> dict[str, bytes]:
    """Give all files of a folder but locks."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }
