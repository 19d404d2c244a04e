"""The commands that write files to hand out: pages on areas, stories as PowerPoint files, workbooks, a report."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dashboard.export_files import ExportCommandError, file_to_write, fresh_view, public_contents, put_into
from dashboard.open_data_command import add_open_data_command
from dashboard.report_command import add_grant_command, add_report_command
from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.views.areas import Area
    from dashboard.views.context import View

LEVELS = ("deso", "regso")
LANGUAGES = ("sv", "en")
YEARS = ("newest", "all")
FORMATS = ("gpkg", "geojson")
Chosen = TypeVar("Chosen")


def add_export_commands(parser: argparse.ArgumentParser) -> None:
    """Add the commands that write files to the parser of `dashboard export`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=type(parser))
    _add_area_sheets(commands.add_parser("area-sheets", help="write one page of PDF on every area"))
    _add_place_sheets(
        commands.add_parser("place-sheets", help="write two pages of PDF on every place that the city has chosen")
    )
    _add_deck(commands.add_parser("deck", help="write a story for meetings as a PowerPoint file"))
    _add_workbook(commands.add_parser("workbook", help="write the figures of areas as an Excel workbook"))
    _add_areas(commands.add_parser("areas", help="write areas with boundaries and figures for a GIS"))
    add_open_data_command(
        commands.add_parser("dcat", help="write the catalogue of the dashboard's own data sets, and their files")
    )
    add_report_command(commands.add_parser("roadmap-report", help="write a report on the roadmap for a committee"))
    add_grant_command(commands.add_parser("grant-report", help="write the draft of a grant's final report"))


def _add_area_sheets(add: argparse.ArgumentParser) -> None:
    add.add_argument("--output", type=Path, required=True, metavar="DIR", help="the folder that the files are put in")
    add.add_argument("--level", choices=LEVELS, help="by default both")
    add.add_argument(
        "--area", nargs="+", action="extend", metavar="CODE", help="by default every area of the home municipality"
    )
    add.add_argument("--language", choices=LANGUAGES, help="by default that of the settings")
    add.set_defaults(command=_area_sheets)


def _add_place_sheets(add: argparse.ArgumentParser) -> None:
    add.add_argument("--output", type=Path, required=True, metavar="DIR", help="the folder that the files are put in")
    add.add_argument(
        "--place", nargs="+", action="extend", metavar="ID", help="by default every place that the city has chosen"
    )
    add.add_argument("--language", choices=LANGUAGES, help="by default that of the settings")
    add.set_defaults(command=_place_sheets)


def _add_deck(add: argparse.ArgumentParser) -> None:
    add.add_argument("--story", required=True, metavar="ID", help="a file in data/stories, without its ending")
    add.add_argument("--output", type=Path, required=True, metavar="FILE.pptx", help="an old file is replaced")
    add.add_argument("--language", choices=LANGUAGES, help="by default that of the settings")
    add.add_argument("--area", metavar="CODE", help="for a story about an area")
    add.add_argument("--place", metavar="ID", help="for a story about a place")
    add.set_defaults(command=_deck)


def _add_workbook(add: argparse.ArgumentParser) -> None:
    add.add_argument("--output", type=Path, required=True, metavar="FILE.xlsx", help="an old file is replaced")
    add.add_argument("--level", choices=LEVELS, help="by default both")
    add.add_argument(
        "--area", nargs="+", action="extend", metavar="CODE", help="by default every area of the home municipality"
    )
    add.add_argument("--years", choices=YEARS, default="newest", help="by default the newest year of each figure")
    add.add_argument("--language", choices=LANGUAGES, help="by default that of the settings")
    add.set_defaults(command=_workbook)


def _add_areas(add: argparse.ArgumentParser) -> None:
    add.add_argument("--output", type=Path, required=True, metavar="FILE", help="an old file is replaced")
    add.add_argument("--format", choices=FORMATS, default="gpkg", help="by default gpkg (GeoPackage)")
    add.add_argument("--level", choices=LEVELS, help="by default both; GeoJSON holds one")
    add.add_argument(
        "--area", nargs="+", action="extend", metavar="CODE", help="by default every area of the home municipality"
    )
    add.add_argument("--language", choices=LANGUAGES, help="by default that of the settings")
    add.set_defaults(command=_areas)


def _area_sheets(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.exports.area_sheet_file import area_sheet_pdf
    from dashboard.views.area_sheet import area_sheet
    from dashboard.views.clock import today

    view = fresh_view(settings, options.language)
    chosen = _chosen_areas(view, options)
    contents, day = public_contents(settings, view.home.code), today()

    def made(one: tuple[str, Area]) -> tuple[str, bytes]:
        sheet = area_sheet(view, *one, contents, today=day, public=view.public_address)
        return sheet.file_name, area_sheet_pdf(sheet)

    return _write_pages(options.output, chosen, made)


def _place_sheets(options: argparse.Namespace, settings: Settings) -> int:
    view = fresh_view(settings, options.language)
    from dashboard.exports.place_sheet_file import place_sheet_pdf
    from dashboard.views.clock import today
    from dashboard.views.place_sheet import SheetPlace, place_sheet, sheet_places
    from dashboard.views.places_city import current_city

    city = current_city(view)
    if city is None:
        raise ExportCommandError(
            f"There is no walk network of {view.home.name}: bring one in with dashboard network import."
        )
    there = {one.id: one for one in sheet_places(city)}
    unknown = sorted(set(options.place or ()) - there.keys())
    if unknown or not there:
        wanted = f"no place {', '.join(unknown)}" if unknown else "no place that the city has chosen"
        others = f"take one of {', '.join(sorted(there))}" if there else "add places to data/register/places.yaml"
        raise ExportCommandError(f"There is {wanted} in {view.home.name}: {others}.")
    chosen = [one for one in there.values() if not options.place or one.id in options.place]
    contents, day = public_contents(settings, view.home.code), today()

    def made(one: SheetPlace) -> tuple[str, bytes]:
        sheet = place_sheet(view, city, one, contents, today=day, public=view.public_address)
        return sheet.file_name, place_sheet_pdf(sheet)

    return _write_pages(options.output, chosen, made)


def _write_pages(folder: Path, chosen: Sequence[Chosen], made: Callable[[Chosen], tuple[str, bytes]]) -> int:
    """Put a PDF on each of what was chosen into a folder, each by the name that comes with it."""
    from dashboard.exports.typst_file import SheetFileError
    from dashboard.file_swap import file_swapped_in
    from dashboard.sources.progress import Progress

    if folder.exists() and not folder.is_dir():
        raise ExportCommandError(f"{folder} is no folder: name another with --output.")
    folder.mkdir(parents=True, exist_ok=True)
    progress, counted = Progress(), f"{len(chosen)} file{'' if len(chosen) == 1 else 's'}"
    progress.begin(counted, len(chosen))
    for done, one in enumerate(chosen):
        try:
            name, pages = made(one)
        except SheetFileError as error:
            raise ExportCommandError(str(error)) from error
        with file_swapped_in(folder / f"{name}.pdf") as new:
            new.write_bytes(pages)
        progress.at(done + 1)
    progress.end()
    print(f"{folder}: {counted} written.", flush=True)  # noqa: T201 - what a command answers
    return 0


def _chosen_areas(view: View, options: argparse.Namespace) -> list[tuple[str, Area]]:
    """Give the areas that were asked for, each with its level, in the order of the levels."""
    from dashboard.views.area_sheet import sheet_areas

    levels = [options.level] if options.level else list(LEVELS)
    there = [(level, area) for level in levels for area in sheet_areas(view, level)]
    if not options.area:
        if not there:
            raise ExportCommandError(f"The data have no areas of {view.home.name}.")
        return there
    wanted = set(options.area)
    found = [(level, area) for level, area in there if wanted & {area.code, area.area_code}]
    unknown = wanted - {code for _, area in found for code in (area.code, area.area_code)}
    if unknown:
        raise ExportCommandError(
            f"There is no area {', '.join(sorted(unknown))} among the {len(there)} of {view.home.name}:"
            " codes are like 1488C1070 (DeSO) or 1488R007 (RegSO)."
        )
    return found


def _deck(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.stories import StoryError

    file = file_to_write(options)
    # Before the rest of the room is opened: the view tells Streamlit that there is no visitor to warn.
    view = fresh_view(settings, options.language)
    from dashboard.views.deck_export import deck_bytes
    from dashboard.views.decks import UnknownStoryError, deck

    try:
        made = deck(view, options.story, **_about(view, options))
    except (UnknownStoryError, StoryError) as error:
        raise ExportCommandError(str(error)) from error
    put_into(file, deck_bytes(made, settings))
    print(f"{file}: {len(made.slides)} slides and a cover written.", flush=True)  # noqa: T201 - what a command answers
    return 0


def _about(view: View, options: argparse.Namespace) -> dict[str, str]:
    """Give what a story is about, once it is known to exist."""
    from dashboard.views.decks import stories
    from dashboard.views.entry_choices import place_names
    from dashboard.views.slides_common import area_named

    story = next((one for one in stories(view) if one.id == options.story), None)
    chosen: dict[str, str] = {name: value for name in ("area", "place") if (value := getattr(options, name))}
    if story is not None and chosen.keys() != ({story.parameter} if story.parameter else set()):
        wanted = (
            f"one {story.parameter}: name it with --{story.parameter}, and nothing else"
            if story.parameter
            else "the whole city: leave out --area and --place"
        )
        raise ExportCommandError(f"The story {story.id} is about {wanted}.")
    if "area" in chosen and area_named(view, chosen["area"]) is None:
        raise ExportCommandError(
            f"There is no area {chosen['area']} in {view.home.name}:"
            " codes are like 1488C1070 (DeSO) or 1488R007 (RegSO)."
        )
    places = sorted(place_names(view))
    if "place" in chosen and chosen["place"] not in places:
        raise ExportCommandError(
            f"There is no place {chosen['place']} in {view.home.name}; take one of {', '.join(places)}."
        )
    return chosen


def _workbook(options: argparse.Namespace, settings: Settings) -> int:
    file = file_to_write(options)
    view = fresh_view(settings, options.language)
    from dashboard.views.area_files import workbook_bytes

    chosen = _by_level(view, options)
    put_into(file, workbook_bytes(view, chosen, all_years=options.years == "all"))
    _tell_areas(file, chosen)
    return 0


def _areas(options: argparse.Namespace, settings: Settings) -> int:
    file = file_to_write(options)
    view = fresh_view(settings, options.language)
    from dashboard.views.area_files import geojson_bytes, geopackage_bytes

    chosen = _by_level(view, options)
    if options.format == "gpkg":
        content = geopackage_bytes(view, chosen)
    elif len(chosen) > 1:
        raise ExportCommandError("A file of GeoJSON holds one level: name it with --level.")
    else:
        content = geojson_bytes(view, *next(iter(chosen.items())))
    put_into(file, content)
    _tell_areas(file, chosen)
    return 0


def _by_level(view: View, options: argparse.Namespace) -> dict[str, list[Area]]:
    chosen: dict[str, list[Area]] = {}
    for level, area in _chosen_areas(view, options):
        chosen.setdefault(level, []).append(area)
    return chosen


def _tell_areas(file: Path, chosen: dict[str, list[Area]]) -> None:
    n = sum(map(len, chosen.values()))
    print(f"{file}: {n} area{'' if n == 1 else 's'} written.", flush=True)  # noqa: T201 - what a command answers
