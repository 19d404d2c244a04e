"""Whom an update asks and for what: from the words of the command and the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from dashboard.settings import Settings
from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.bundle import municipality_names
from dashboard.sources.call_pace import CallPace, Clock
from dashboard.sources.fetched import Publisher, Wanted
from dashboard.sources.http_answers import HttpAnswers, Patience, Source
from dashboard.sources.known_areas import Known
from dashboard.sources.kolada import Kolada, pace_of_kolada
from dashboard.sources.overpass import Overpass, PbfFile, pace_of_overpass
from dashboard.sources.present_data import Present, read_present
from dashboard.sources.pxweb_client import PxWebClient, pace_of_scb
from dashboard.sources.scb_geodata import GeoPackageFolder, ScbGeodata
from dashboard.sources.scb_recipes import RECIPES
from dashboard.sources.scb_statistics import ScbStatistics
from dashboard.sources.skolverket import Skolverket, pace_of_skolverket
from dashboard.update.faults import UpdateError
from dashboard.update.run import Order
from dashboard.update.words import SOURCES, Asked

NAMES = {
    "scb-geo": "SCB's geodata",
    "scb": "SCB",
    "kolada": "Kolada",
    "skolverket": "Skolverket",
    "openstreetmap": "Overpass",
}
PACES: Mapping[str, Callable[[Clock | None], CallPace]] = {
    # The geodata service documents no limit; it is asked as SCB's other one.
    "scb-geo": pace_of_scb,
    "scb": pace_of_scb,
    "kolada": pace_of_kolada,
    "skolverket": pace_of_skolverket,
    "openstreetmap": pace_of_overpass,
}


@dataclass
class Services:
    """The services of the publishers, each with what was fetched from it before.

    Attributes
    ----------
    settings
        Their addresses, and where answers are kept.
    stack
        Closes the connections in the end.
    patience, clock
        How long and how often is tried, and where the time comes from.
    """

    settings: Settings
    stack: ExitStack
    patience: Patience | None = None
    clock: Clock | None = None
    _caches: dict[str, AnswerCache] = field(default_factory=dict)

    def cache(self, name: str) -> AnswerCache:
        """Give the service of a publisher, the same one each time."""
        if name not in self._caches:
            setting = f"{name.replace('-', '_').replace('openstreetmap', 'overpass')}_url"
            source = Source(NAMES[name], getattr(self.settings, setting), f"DASHBOARD_{setting.upper()}")
            answers = HttpAnswers(source, PACES[name](self.clock), self.patience, self.clock)
            folder = self.settings.updates_folder / "answers" / name
            self._caches[name] = AnswerCache(self.stack.enter_context(answers), folder)
        return self._caches[name]

    def sent(self, name: str) -> int:
        """Give how many answers a service has sent whole so far."""
        return self._caches[name].fetched if name in self._caches else 0


@contextmanager
def order_of(
    asked: Asked, settings: Settings, patience: Patience | None = None, clock: Clock | None = None
) -> Iterator[Order]:
    """Give what an update is to do; connections are closed when the block ends.

    Parameters
    ----------
    asked
        The words of the command.
    settings
        Addresses, and where the data folder is.
    patience, clock
        For tests; by default those of ``HttpAnswers``.

    Raises
    ------
    UpdateError
        When the words do not go together.
    FetchError
        When Kolada is to choose the peers and cannot.
    """
    names = municipality_names(settings.data_folder)
    _check(asked, names)
    chosen = [name for name in SOURCES if name in (asked.sources or SOURCES)]
    with ExitStack() as stack:
        services = Services(settings, stack, patience, clock)
        present = read_present(settings.data_folder)
        wanted = Wanted(asked.municipality, _peers(asked, present, services, chosen), asked.years)
        yield Order(
            wanted=wanted,
            publishers={name: _publisher(name, asked, services) for name in chosen},
            sent=services.sent,
            key=asked.key,
            trial=asked.trial,
        )


def _check(asked: Asked, names: Mapping[str, str]) -> None:
    for code in (asked.municipality, *(asked.peers or ())):
        if code not in names:
            raise UpdateError(f"{code} is not the code of a Swedish municipality; an example of one is 1488.")
    if unknown := [table for table in asked.without if table not in RECIPES]:
        raise UpdateError(f"{unknown[0]} is no table that is fetched; these are: {', '.join(RECIPES)}.")
    for path in (asked.geopackage, asked.pbf, asked.key):
        if path is not None and not path.exists():
            raise UpdateError(f"{path} does not exist: check the path. Nothing was changed.")


def _peers(asked: Asked, present: Present, services: Services, chosen: Sequence[str]) -> tuple[str, ...]:
    """Give whom to compare with: those that were named, those of today, or those that Kolada calls alike."""
    if asked.peers is not None:
        return tuple(code for code in asked.peers if code != asked.municipality)
    if asked.municipality in present.municipalities:
        return tuple(code for code in present.municipalities if code != asked.municipality)
    if "kolada" in chosen:
        return tuple(Kolada(services.cache("kolada")).similar_municipalities(asked.municipality))
    return ()


def _publisher(name: str, asked: Asked, services: Services) -> Callable[[Known], Publisher]:
    """Give what makes a publisher when its turn has come."""

    def made(known: Known) -> Publisher:
        if name == "scb-geo":
            return GeoPackageFolder(asked.geopackage) if asked.geopackage else ScbGeodata(services.cache(name))
        if name == "scb":
            tables = [table for table in RECIPES if table not in asked.without]
            return ScbStatistics(PxWebClient(services.cache(name)), tables)
        if name == "kolada":
            return Kolada(services.cache(name))
        if name == "skolverket":
            return Skolverket(services.cache(name), known.small_areas())
        outline = known.outline()
        if outline is None:
            raise UpdateError(
                f"Where {asked.municipality} lies is not known, so no streets can be fetched: fetch the boundaries too"
                " (`--source scb-geo`), or give them with `--geopackage`. Nothing was changed."
            )
        return PbfFile(asked.pbf, outline) if asked.pbf else Overpass(services.cache(name), outline)

    return made
