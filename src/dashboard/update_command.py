"""The command that replaces the figures by the newest published ones, or sets the dashboard up for another city."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.file_swap import file_swapped_in
from dashboard.settings import Settings, read_settings
from dashboard.update.faults import UpdateError
from dashboard.update.words import SOURCES, Asked, codes_in, years_in


def add_update_command(parser: argparse.ArgumentParser) -> None:
    """Describe the words of ``dashboard update``."""
    parser.add_argument("--municipality", required=True, metavar="CODE", help="four-digit municipality code")
    parser.add_argument("--source", action="append", choices=SOURCES, help="only this one; may be given several times")
    parser.add_argument("--years", metavar="2015-2025,…", help="only these years; by default all that there are")
    parser.add_argument(
        "--peers", metavar="CODE,…", help="municipalities to compare with; by default those that are there already"
    )
    parser.add_argument(
        "--without", action="append", default=[], metavar="TAB…", help="a table of SCB's that stays as it is"
    )
    parser.add_argument(
        "--geopackage", type=Path, metavar="FILE", help="a file or folder of SCB's boundaries instead of the service"
    )
    parser.add_argument("--pbf", type=Path, metavar="FILE.osm.pbf", help="an OpenStreetMap extract instead of Overpass")
    parser.add_argument("--key", type=Path, metavar="FILE.csv", help="SCB's key from old areas to new ones")
    parser.add_argument("--dry-run", action="store_true", help="fetch, check and compare, and replace nothing")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where the report goes, instead of the folder")
    parser.set_defaults(command=_update)


def _update(options: argparse.Namespace, settings: Settings) -> int:
    # Imported here so that the other commands do not load what only fetching and building need.
    from dashboard.sources.fetch_faults import FetchError
    from dashboard.sources.progress import Progress
    from dashboard.update.asked import order_of
    from dashboard.update.report import report_lines
    from dashboard.update.run import update

    del settings
    own = read_settings()
    if own.municipality not in (None, options.municipality):
        raise UpdateError(
            f"DASHBOARD_MUNICIPALITY says {own.municipality}, and the update is for {options.municipality}:"
            " change the setting first, so that the dashboard shows what is fetched. Nothing was changed."
        )
    asked = Asked(
        municipality=options.municipality,
        sources=options.source or (),
        years=years_in(options.years),
        peers=codes_in(options.peers),
        without=options.without,
        geopackage=options.geopackage,
        pbf=options.pbf,
        key=options.key,
        trial=options.dry_run,
    )
    try:
        with order_of(asked, own) as order:
            outcome = update(order, own, _say, Progress())
    except FetchError as error:
        raise UpdateError(f"{error} Nothing was replaced; what was fetched is kept for the next try.") from error
    lines = report_lines(outcome)
    file = options.report or own.updates_folder / "reports" / f"{outcome.began:%Y-%m-%dT%H%M%S}.md"
    # Said first: a folder that cannot be written to must not hide what has been done.
    for line in lines:
        _say(line)
    _write(file, lines)
    _say(f"\nThe report is in {file}.")
    return 0


def _write(file: Path, lines: Sequence[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file_swapped_in(file) as new:
        new.write_text("\n".join([*lines, ""]), "utf-8")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
