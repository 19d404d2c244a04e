"""The commands that write reports: on the roadmap for a committee, and the draft of the final report of a grant."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.access import PUBLIC
from dashboard.export_files import (
    ExportCommandError,
    file_to_write,
    fresh_view,
    opened_register,
    public_contents,
    put_into,
)
from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.sheets import Report

LANGUAGES = ("sv", "en")


def add_report_command(add: argparse.ArgumentParser) -> None:
    """Add the options of the report to their parser."""
    add.add_argument("--output", type=Path, required=True, metavar="FILE.pdf", help="an old file is replaced")
    add.add_argument("--since", metavar="YYYY-MM-DD", help="tell what has changed since that day; by default nothing")
    add.add_argument("--language", choices=LANGUAGES, help="by default that of the settings")
    add.set_defaults(command=_report)


def add_grant_command(add: argparse.ArgumentParser) -> None:
    """Add the options of a grant's final report to their parser."""
    add.add_argument(
        "--grant", required=True, metavar="ID", help="a grant of the register, as in the address of its page"
    )
    add.add_argument("--output", type=Path, required=True, metavar="FILE.pdf", help="an old file is replaced")
    add.add_argument("--language", choices=LANGUAGES, help="by default that of the settings")
    add.set_defaults(command=_grant)


def _report(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.register.since import changes_since
    from dashboard.views.clock import first_moment, today

    file, day = file_to_write(options), today()
    asked = _day_asked(options.since, day)
    # Before the rest of the room is opened: the view tells Streamlit that there is no visitor to warn.
    view = fresh_view(settings, options.language)
    from dashboard.views.roadmap_report import roadmap_report

    since = None
    with opened_register(settings) as register:
        contents = register.contents(PUBLIC, view.home.code)
        if asked is not None:
            since = changes_since(contents, register.snapshot().changes, first_moment(asked), view.home.code)
    made = roadmap_report(view, contents, today=day, since=since, asked=asked, public=view.public_address)
    _write(file, made)
    n = len(contents.projects)
    print(f"{file}: a report on {n} project{'' if n == 1 else 's'} written.", flush=True)  # noqa: T201 - an answer
    return 0


def _grant(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.register.grant_entries import Grant
    from dashboard.register.grant_years import was_granted

    file = file_to_write(options)
    view = fresh_view(settings, options.language)
    from dashboard.views.clock import today
    from dashboard.views.grant_report import grant_report

    contents = public_contents(settings, view.home.code)
    grant = contents.find(Grant, options.grant)
    granted = [one.id for one in contents.grants if was_granted(one)]
    if grant is None or grant.id not in granted:
        why = "There is no grant" if grant is None else "Nothing was granted of"
        others = f"take one of {', '.join(granted)}" if granted else "the register has no grant to report on"
        raise ExportCommandError(f"{why} {options.grant} in {view.home.name}: {others}.")
    _write(file, grant_report(view, contents, grant, today=today(), public=view.public_address))
    print(f"{file}: the draft of a final report written.", flush=True)  # noqa: T201 - what a command answers
    return 0


def _write(file: Path, made: Report) -> None:
    from dashboard.exports.report_file import report_pdf
    from dashboard.exports.typst_file import SheetFileError

    try:
        content = report_pdf(made)
    except SheetFileError as error:
        raise ExportCommandError(str(error)) from error
    put_into(file, content)


def _day_asked(said: str | None, today: date) -> date | None:
    """Give the day that somebody asks for the changes since, before anything is worked out for nothing."""
    if said is None:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        raise ExportCommandError(f"{said} is no day: write --since like 2026-03-01.") from error
    if day > today:
        raise ExportCommandError(f"{day} is yet to come: name a day that has been with --since.")
    return day
