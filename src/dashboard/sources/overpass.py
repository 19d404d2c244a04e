"""Publishers of streets and places of OpenStreetMap: an Overpass service, or an extract that somebody has."""

from __future__ import annotations

from pathlib import Path

import shapely

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.answer_fields import checksum
from dashboard.sources.call_pace import CallPace, Clock
from dashboard.sources.fetch_faults import FetchError, UnreadableAnswerError
from dashboard.sources.fetched import Fetched, FetchedFile, Tell, Wanted
from dashboard.sources.http_answers import Call, Patience
from dashboard.sources.network_tables import SourceFile
from dashboard.sources.osm_network import Imported, box_around, import_network, network_of
from dashboard.sources.osm_places import place_row
from dashboard.sources.overpass_elements import elements_of, extract_of
from dashboard.sources.overpass_query import SECONDS, overpass_query
from dashboard.sources.pbf_file import open_pbf
from dashboard.sources.progress import Progress
from dashboard.sources.tidy import FileReport, Harvest, InputError

SOURCE = "openstreetmap"
#: The service works for minutes before it sends the first byte, and sends all of a city's streets in one answer.
PATIENCE = Patience(
    seconds_without_a_byte=SECONDS + 30.0,
    seconds_for_an_answer=1800.0,
    tries=4,
    first_pause=30.0,
    longest_pause=300.0,
    most_bytes=600 * 1024 * 1024,
)


def pace_of_overpass(clock: Clock | None = None) -> CallPace:
    """Give the pace that Overpass is asked at: it is shared by everybody, so one call, and a rest."""
    return CallPace(calls=1, window=15.0, clock=clock)


class Overpass:
    """An Overpass service as a publisher of the home municipality's walk network and named places.

    Parameters
    ----------
    cache
        Answers of the service, whose address is that of its interpreter.
    outline
        The municipality, in SWEREF 99 TM; streets are asked for 5 km beyond it.
    """

    name = "openstreetmap"

    def __init__(self, cache: AnswerCache, outline: shapely.Geometry) -> None:
        self._cache, self._outline = cache, outline

    def fetch(self, wanted: Wanted, tell: Tell) -> Fetched:
        """Fetch streets, barriers and places by one query, and make the network of them.

        Raises
        ------
        FetchError
            When the call fails, the service gives up, the answer is not whole, or holds no streets of the municipality.
        """
        box = box_around(self._outline)
        tell("Overpass: streets and places", 0, 1)
        query = {"data": overpass_query(box)}
        document = self._cache.document(Call("streets and places", "", body=query, form=True, patience=PATIENCE))
        elements, moment = elements_of(document)
        tell("Overpass: streets and places", 1, 1)
        source = SourceFile("Overpass API", checksum(elements), moment)
        extract = extract_of(elements, box)
        try:
            made = network_of(extract, source, self._outline, wanted.municipality, _Told(tell))
        except InputError as error:
            raise UnreadableAnswerError(
                f"Overpass sent no streets of municipality {wanted.municipality}, so the network is left as it is:"
                f" check {self._cache.answers.source.setting}, or give an extract with --pbf."
            ) from error
        return _fetched(made, source, len(elements))


class PbfFile:
    """An extract in PBF format as a publisher of the same.

    Parameters
    ----------
    path
        The file, which ends in ``.osm.pbf``.
    outline
        The municipality, in SWEREF 99 TM.
    """

    name = "openstreetmap"

    def __init__(self, path: Path, outline: shapely.Geometry) -> None:
        self._path, self._outline = path, outline

    def fetch(self, wanted: Wanted, tell: Tell) -> Fetched:
        """Read streets, barriers and places, and make the network of them.

        Raises
        ------
        FetchError
            When the file is not there, is damaged, or holds no streets of the municipality.
        """
        try:
            file = open_pbf(self._path)
            made = import_network(file, self._outline, wanted.municipality, _Told(tell))
        except InputError as error:
            raise FetchError(str(error)) from error
        return _fetched(made, SourceFile(self._path.name, file.sha256, file.timestamp), None)


class _Told(Progress):
    """Tells the steps of an import to whoever follows the fetch."""

    def __init__(self, tell: Tell) -> None:
        self._tell, self._step, self._of = tell, "", 0

    def begin(self, name: str, total: int = 0) -> None:
        self._step, self._of = f"OpenStreetMap: {name[:1].lower()}{name[1:]}", total
        self._tell(self._step, 0, total)

    def at(self, done: int) -> None:
        self._tell(self._step, done, self._of)

    def end(self) -> None:
        self._tell(self._step, self._of or 1, self._of or 1)


def _fetched(made: Imported, source: SourceFile, elements: int | None) -> Fetched:
    """Give what came of it; without any place those of today stay."""
    places = [place_row(one) for one in made.places]
    kept = len(places)
    report = FileReport(f"{source.name}: named places", rows=kept, kept=kept)
    file = FetchedFile(source.name, source.sha256, kept if elements is None else elements, source.timestamp)
    return Fetched(
        harvest=Harvest(reports=[report]), files={SOURCE: [file]}, places=places or None, network=made.network
    )
