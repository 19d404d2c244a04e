"""The command line: update, bundle, build, check, measures, neighbourhoods, network, use, register, export, run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from dashboard.catalogue_model import CatalogueError
from dashboard.export_commands import add_export_commands
from dashboard.export_files import ExportCommandError
from dashboard.measures.spark_engine import SparkEngineError
from dashboard.measures_command import MeasuresCommandError, add_measures_command
from dashboard.neighbourhood_commands import NeighbourhoodCommandError, add_neighbourhood_command
from dashboard.register.errors import RegisterFileError
from dashboard.register_commands import RegisterCommandError, add_register_commands
from dashboard.settings import Settings, SettingsError, read_settings
from dashboard.sources.tidy import InputError
from dashboard.sources.use_fields import KINDS
from dashboard.stories import StoryError
from dashboard.update.faults import UpdateError
from dashboard.update_command import add_update_command
from dashboard.warehouse.connection import WarehouseError
from dashboard.warehouse.fingerprint import BuildError

FAILED = 1
MISUSED = 2
INTERRUPTED = 130


#: What ends in one sentence on stderr.
COMPLAINTS = (
    SettingsError,
    CatalogueError,
    StoryError,
    InputError,
    BuildError,
    WarehouseError,
    MeasuresCommandError,
    SparkEngineError,
    NeighbourhoodCommandError,
    RegisterCommandError,
    RegisterFileError,
    ExportCommandError,
    UpdateError,
)


class Parser(argparse.ArgumentParser):
    """An argument parser that answers a wrong call in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to get help, and end with status 2."""
        print(f"{self.prog}: {message}; see `{self.prog} --help`.", file=sys.stderr)
        raise SystemExit(MISUSED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        The words after the program's name; by default those of this process.

    Returns
    -------
    The exit status: 0 only when all went well.
    """
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(municipality=getattr(options, "municipality", None))
        command: Callable[[argparse.Namespace, Settings], int] = options.command
        return command(options, settings)
    except KeyboardInterrupt:
        return INTERRUPTED
    except COMPLAINTS as error:
        print(f"dashboard: {error}", file=sys.stderr)
    except OSError as error:
        print(f"dashboard: {error.filename or 'a file'} cannot be used: {error.strerror}.", file=sys.stderr)
    return FAILED


def _parser() -> Parser:
    parser = Parser(prog="dashboard", description="Hela staden: the whole city's segregation on open data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)

    add_update_command(
        commands.add_parser("update", help="replace the figures by the newest published ones, or set up another city")
    )

    add = commands.add_parser("bundle", help="make the data folder from a folder of the publishers' files")
    add.add_argument("folder", type=Path, metavar="FOLDER")
    add.add_argument("--municipality", required=True, metavar="CODE", help="four-digit municipality code")
    add.set_defaults(command=_bundle)

    add = commands.add_parser("build", help="check the data folder and build the warehouse from it")
    add.add_argument("--municipality", metavar="CODE", help="the home municipality, instead of the setting")
    add.set_defaults(command=_build)

    add = commands.add_parser("check", help="do the checks of a data folder alone")
    add.add_argument("folder", type=Path, metavar="FOLDER")
    add.set_defaults(command=_check)

    add_measures_command(commands.add_parser("measures", help="print the measures of segregation"))

    add_neighbourhood_command(
        commands.add_parser("neighbourhoods", help="find the k nearest people of every cell of a grid file")
    )

    _add_network(commands.add_parser("network", help="take in a walk network, or tell which one is there"))
    _add_use(commands.add_parser("use", help="take in observations, surveys and ratings of places"))

    add_register_commands(commands.add_parser("register", help="show, move, back up and clear the register"))

    add_export_commands(commands.add_parser("export", help="write files to hand out"))

    add = commands.add_parser("run", help="run the dashboard on this machine")
    add.add_argument("--port", type=int, help="instead of the setting")
    add.add_argument("--address", help="instead of the setting")
    add.set_defaults(command=_run)
    return parser


def _add_network(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)

    add = commands.add_parser("import", help="make the walk network from an OpenStreetMap extract")
    add.add_argument("file", type=Path, metavar="FILE.osm.pbf")
    add.add_argument("--municipality", required=True, metavar="CODE", help="four-digit municipality code")
    add.add_argument("--places", action="store_true", help="replace the named places by those of the extract too")
    add.set_defaults(command=_network_import)

    add = commands.add_parser("show", help="tell which walk network a municipality has")
    add.add_argument("--municipality", metavar="CODE", help="by default the home one")
    add.set_defaults(command=_network_show)


def _add_use(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)

    add = commands.add_parser("import", help="add a file to the data folder, checked as a whole")
    add.add_argument("file", type=Path, metavar="FILE.csv")
    add.add_argument("--kind", required=True, choices=tuple(KINDS))
    add.add_argument("--municipality", metavar="CODE", help="by default the home one")
    add.set_defaults(command=_use_import)

    add = commands.add_parser("template", help="print the empty form")
    add.add_argument("kind", choices=tuple(KINDS))
    add.set_defaults(command=_use_template)


def _bundle(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.sources.bundle import bundle

    bundle(options.folder, options.municipality, settings.data_folder)
    return 0


def _build(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.warehouse.build import build

    del options
    build(settings, _say)
    return 0


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.catalogue import load_catalogue
    from dashboard.stories import read_stories
    from dashboard.warehouse.build import read_data

    del settings
    data = read_data(options.folder)
    stories = read_stories(options.folder / "stories", load_catalogue(options.folder / "catalogue", validate=False))
    print(f"{options.folder}: {len(data.observations)} observations and {len(data.areas)} areas pass every check.")
    if stories:
        print(f"{options.folder}: stories that pass every check: {len(stories)}.")
    return 0


def _network_import(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.sources.network_import import bundled_municipality, take_in
    from dashboard.warehouse.freshness import ensure_fresh

    take_in(options.file, options.municipality, settings.data_folder, places=options.places, say=_say)
    own = read_settings()
    if options.municipality == (own.municipality or bundled_municipality(own.data_folder)):
        # Built at once: how central every point is takes minutes, which the first visitor should not wait for.
        ensure_fresh(own, _say)
    return 0


def _network_show(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.sources.network_import import bundled_municipality, describe

    del options
    municipality = settings.municipality or bundled_municipality(settings.data_folder)
    for line in describe(municipality, settings.data_folder):
        _say(line)
    return 0


def _use_import(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.sources.network_import import bundled_municipality
    from dashboard.sources.use_files import import_file

    municipality = settings.municipality or bundled_municipality(settings.data_folder)
    added = import_file(options.file, settings.data_folder, municipality, KINDS[options.kind])
    _say(f"{options.file}: {added.new} {options.kind} added, {added.already_there} were there already.")
    return 0


def _use_template(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.sources.use_files import as_csv

    del settings
    sys.stdout.write(as_csv(KINDS[options.kind], []).decode("utf-8"))
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _run(options: argparse.Namespace, settings: Settings) -> int:
    # Imported here so that the other commands do not load the web server.
    from dashboard.server import serve

    try:
        return serve(settings, options.address or settings.address, options.port or settings.port, _say)
    except KeyboardInterrupt:
        return 0
