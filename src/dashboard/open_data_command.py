"""The command that writes the catalogue of the dashboard's own data sets, and their files, for any web server."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.export_files import ExportCommandError, fresh_view, put_into
from dashboard.exports.dcat_parts import BELOW, RDF_XML, TURTLE, DcatError, web_address
from dashboard.settings import Settings

#: Where GDAL looks for the moment that it writes into files, instead of at the clock.
GDAL_MOMENT = "OGR_CURRENT_DATE"


def add_open_data_command(add: argparse.ArgumentParser) -> None:
    """Add the options of the catalogue to their parser."""
    add.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="old files of the same names are replaced"
    )
    add.add_argument(
        "--address",
        metavar="URL",
        help=f"where the folder can be reached; by default DASHBOARD_PUBLIC_URL and {BELOW}",
    )
    add.set_defaults(command=_open_data)


def _open_data(options: argparse.Namespace, settings: Settings) -> int:
    folder, base = _folder(options.to), _base(options.address, settings)
    # Texts in the files are Swedish whoever asks: they are the same for everybody.
    view = fresh_view(settings, "sv")
    from dashboard.exports.dcat_catalogue import as_rdf_xml, as_turtle, catalogue_graph
    from dashboard.views.open_data import data_catalogue, missing_kinds

    with _one_moment():
        catalogue = data_catalogue(view, base)
    if not catalogue.data_sets:
        raise ExportCommandError(
            f"There is no data set of {view.home.name} that may be passed on: see the terms of the sources in"
            f" {settings.data_folder / 'catalogue' / 'sources'}."
        )
    try:
        graph = catalogue_graph(catalogue)
    except DcatError as error:
        raise ExportCommandError(str(error)) from error
    # The catalogue comes last: it never names a file that is not there.
    for one in catalogue.data_sets:
        put_into(folder / one.file.name, one.file.content)
    put_into(folder / TURTLE, as_turtle(graph))
    put_into(folder / RDF_XML, as_rdf_xml(graph))
    for line in _warnings(settings, missing_kinds(catalogue)):
        _warn(line)
    n = len(catalogue.data_sets)
    print(f"{folder}: the catalogue and {n} data set{'' if n == 1 else 's'} written.", flush=True)  # noqa: T201
    return 0


@contextmanager
def _one_moment() -> Iterator[None]:
    """Let GeoPackages hold the beginning of the day as the moment that they were made.

    A second making of the same data on the same day then gives the same bytes, and the checksum that somebody has of
    the first one still holds.
    """
    from dashboard.views.clock import today

    before = os.environ.get(GDAL_MOMENT)
    os.environ[GDAL_MOMENT] = f"{today().isoformat()}T00:00:00.000Z"
    try:
        yield
    finally:
        if before is None:
            del os.environ[GDAL_MOMENT]
        else:
            os.environ[GDAL_MOMENT] = before


def _folder(folder: Path) -> Path:
    if folder.exists() and not folder.is_dir():
        raise ExportCommandError(f"{folder} is no folder: name another with --to.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportCommandError(f"{folder} cannot be made: {error.strerror}.") from error
    return folder


def _base(address: str | None, settings: Settings) -> str:
    """Give the address of the folder, after seeing to it that a catalogue can be made at all."""
    if not settings.publisher_name:
        raise ExportCommandError("A catalogue names its publisher: set DASHBOARD_PUBLISHER_NAME.")
    if not address and not settings.public_url:
        raise ExportCommandError(
            "A catalogue says where its files can be had: set DASHBOARD_PUBLIC_URL, or give --address."
        )
    try:
        if settings.public_url:
            web_address(settings.public_url)
        return web_address(address or f"{(settings.public_url or '').rstrip('/')}{BELOW}").rstrip("/")
    except DcatError as error:
        raise ExportCommandError(str(error)) from error


def _warnings(settings: Settings, missing: list[str]) -> list[str]:
    found = [
        f"The data set {name} is left out: there are no figures for it, or a source of it may not be passed on."
        for name in missing
    ]
    if not settings.contact_address:
        found.append("The catalogue names no contact: set DASHBOARD_CONTACT_ADDRESS to an address of a function.")
    if not settings.publisher_number:
        found.append("The publisher is known within this catalogue alone: set DASHBOARD_PUBLISHER_NUMBER.")
    if not settings.catalogue_issued:
        found.append("The catalogue does not say since when it is there: set DASHBOARD_CATALOGUE_ISSUED.")
    return found


def _warn(line: str) -> None:
    sys.stderr.write(f"dashboard: {line}\n")
