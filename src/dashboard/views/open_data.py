"""The dashboard's own data sets as a catalogue for others to harvest: which there are, of what, on what terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.catalogue import Source
from dashboard.exports.dcat_catalogue import CC0
from dashboard.exports.dcat_parts import (
    DataCatalogue,
    DataFile,
    DataSet,
    Municipality,
    Origin,
    Publisher,
    Rectangle,
    Texts,
)
from dashboard.exports.table_files import csv_plain
from dashboard.i18n import LANGUAGES, get_translator
from dashboard.page_addresses import PAGES
from dashboard.reach.coordinates import to_degrees
from dashboard.views import open_data_rows
from dashboard.views.context import View
from dashboard.views.open_data_rows import WAYS, Rows
from dashboard.views.places_city import current_city
from dashboard.views.provenance import provenance

ODBL = "https://opendatacommons.org/licenses/odbl/1-0/"
#: What sources say of their terms → the terms of what is derived from them, the strictest last.
LICENCES = {"https://creativecommons.org/publicdomain/zero/1.0/": CC0, ODBL: ODBL}
CSV, GEOPACKAGE = "text/csv", "application/geopackage+sqlite3"
CSV_STANDARD = "https://www.rfc-editor.org/info/rfc4180"
METRES_STANDARD = "http://www.opengis.net/def/crs/EPSG/0/3006"
#: Between the words of one text.
BETWEEN_KEYWORDS = ";"

Made = Callable[[View, frozenset[str]], Rows]


@dataclass(frozen=True)
class Kind:
    """A kind of data set: its id in addresses and texts, the page that shows it, themes, frequency, and its rows."""

    id: str
    page: str
    themes: tuple[str, ...]
    frequency: str
    make: Made | None


#: The EU's themes: population and society, regions and cities, transport.
KINDS = (
    Kind("segregation-measures", "segregation", ("SOCI", "REGI"), "ANNUAL", open_data_rows.measures),
    Kind("derived-indicators", "districts", ("SOCI", "REGI"), "ANNUAL", open_data_rows.derived),
    Kind("walking-distances", "places", ("REGI", "TRAN"), "IRREG", open_data_rows.distances),
    Kind("place-catchments", "places", ("SOCI", "REGI"), "IRREG", open_data_rows.catchments),
    Kind("areas-with-indicators", "districts", ("REGI", "SOCI"), "ANNUAL", None),
)


def licence_of(sources: Sequence[Source]) -> str | None:
    """Give the terms on which something derived from some sources is passed on; None when nobody knows them.

    From data in the public domain (CC0) what is worked out is put into the public domain too. As soon as
    OpenStreetMap is in it, its licence asks for the same licence (ODbL 1.0). Of a source whose terms have not been
    checked nothing is passed on.
    """
    found = [LICENCES.get(one.licence_url or "") for one in sources]
    if not found or None in found:
        return None
    return ODBL if ODBL in found else CC0


def data_catalogue(view: View, base: str, issued: date | None = None) -> DataCatalogue:
    """Give the catalogue of the data sets that there are, with their files.

    Parameters
    ----------
    view
        The view; the texts in the files are in its language.
    base
        The address below which catalogue and files can be had, without a slash at the end.
    issued
        The day on which the data sets were first published; by default that of the settings.

    Returns
    -------
    A catalogue; a data set that there are no figures for, or whose sources may not be passed on, is not in it.

    Raises
    ------
    ValueError
        When the settings do not name the publisher.
    """
    settings = view.settings
    if not settings.publisher_name:
        raise ValueError("no publisher is named")
    public = view.public_address
    return DataCatalogue(
        base=base,
        title=_texts(view, "catalogue_title", city=view.home.name),
        description=_texts(view, "catalogue_text", city=view.home.name),
        publisher=Publisher(
            settings.publisher_name,
            settings.publisher_type,
            settings.publisher_number,
            settings.publisher_url,
            settings.contact_address,
        ),
        municipality=Municipality(view.home.code, view.home.name, settings.geonames, _rectangle(view)),
        data_sets=list(_data_sets(view, public)),
        home=f"{public}/" if public else None,
        issued=issued or settings.catalogue_issued,
    )


def missing_kinds(catalogue: DataCatalogue) -> list[str]:
    """Give the ids of the data sets that a catalogue could have and has not."""
    there = {one.id for one in catalogue.data_sets}
    return [kind.id for kind in KINDS if kind.id not in there]


def _data_sets(view: View, public: str) -> Iterator[DataSet]:
    usable = frozenset(name for name, source in view.catalogue.sources.items() if licence_of([source]))
    for kind in KINDS:
        content, found = _content(view, kind, usable, public)
        licence = licence_of(_sources(view, found))
        if content and licence is not None:
            yield _data_set(view, kind, found, _file(view, kind, content), licence)


def _sources(view: View, found: Rows) -> list[Source]:
    return [view.catalogue.sources[name] for name in dict.fromkeys(found.sources)]


def _content(view: View, kind: Kind, usable: frozenset[str], public: str) -> tuple[bytes, Rows]:
    if kind.make is None:
        return open_data_rows.areas_file(view, usable)
    found = kind.make(view, usable)
    if not found.rows:
        return b"", found
    link = f"{public}/{PAGES[kind.page]}" if public else ""
    credit = _named(_sources(view, found), view.language, computed=True)
    return csv_plain(found.rows, provenance(view, credit, link)), found


def _file(view: View, kind: Kind, content: bytes) -> DataFile:
    table = kind.make is not None
    return DataFile(
        name=f"{kind.id}.{'csv' if table else 'gpkg'}",
        media_type=CSV if table else GEOPACKAGE,
        content=content,
        description=_texts(view, "file_csv" if table else "file_gpkg"),
        standards=(CSV_STANDARD,) if table else (METRES_STANDARD,),
    )


def _data_set(view: View, kind: Kind, found: Rows, file: DataFile, licence: str) -> DataSet:
    name, sources = kind.id.replace("-", "_"), _sources(view, found)
    city = current_city(view) if WAYS in found.sources else None
    description = _texts(view, f"{name}_text")
    if city is not None:
        ways = _texts(view, "schematic" if city.is_schematic else "real_ways")
        description = {language: f"{text} {ways[language]}" for language, text in description.items()}
    dates = [source.access_date for source in sources] + ([] if city is None else [city.made])
    words, public = _texts(view, f"{name}_keywords"), view.public_address
    return DataSet(
        id=kind.id,
        title=_texts(view, f"{name}_title"),
        description=description,
        provenance=_provenance(view, sources, computed=kind.make is not None),
        keywords={language: text.split(BETWEEN_KEYWORDS) for language, text in words.items()},
        themes=kind.themes,
        years=found.years,
        modified=max(date.fromisoformat(one) for one in dates),
        frequency=kind.frequency,
        licence=licence,
        origins=[Origin(one.url, {"sv": one.citation.sv, "en": one.citation.en}) for one in sources],
        file=file,
        page=f"{public}/{PAGES[kind.page]}" if public else None,
    )


def _provenance(view: View, sources: Sequence[Source], *, computed: bool) -> Texts:
    """Say in each language from whose data it was worked out here, or only put together."""
    said = _texts(view, "worked_out" if computed else "put_together")
    return {language: f"{said[language]} {_named(sources, language, computed=computed)}." for language in LANGUAGES}


def _named(sources: Sequence[Source], language: str, *, computed: bool) -> str:
    """Name sources, each once; what was worked out from them is never credited to them as theirs."""
    credited = [(one.own_computation_citation if computed else None) or one.citation for one in sources]
    return "; ".join(dict.fromkeys(one.in_(language) for one in credited))


def _texts(view: View, name: str, **words: str) -> Texts:
    """Give a text in both languages."""
    folder = view.settings.locales_folder
    return {language: get_translator(language, folder)(f"open_data.{name}", **words) for language in LANGUAGES}


def _rectangle(view: View) -> Rectangle | None:
    """Give the rectangle that the municipality lies in, with a little air; None where there is no boundary."""
    extent = view.warehouse.meta.get("extent_municipality")
    if extent is None:
        return None
    west, south, east, north = (float(edge) for edge in extent.split(","))
    corners = [to_degrees(x, y) for x in (west, east) for y in (south, north)]
    latitudes, longitudes = zip(*corners, strict=True)
    return Rectangle(min(longitudes), min(latitudes), max(longitudes), max(latitudes))
