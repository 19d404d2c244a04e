"""What the commands that write files share: the view, the register as the public sees it, and whole files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.access import PUBLIC
from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.register.contents import Contents
    from dashboard.register.store import Register
    from dashboard.views.context import View


class ExportCommandError(Exception):
    """A file could not be made; the text is the sentence for stderr."""


def fresh_view(settings: Settings, language: str | None) -> View:
    """Give the view that files are made with, after building the warehouse if the data are newer."""
    from dashboard.views.batch_view import view_for_files
    from dashboard.warehouse.freshness import ensure_fresh

    ensure_fresh(settings, _tell)
    return view_for_files(settings, language)


def public_contents(settings: Settings, municipality: str) -> Contents:
    """Give what the public may see of the register, which is closed again."""
    with opened_register(settings) as register:
        return register.contents(PUBLIC, municipality)


@contextmanager
def opened_register(settings: Settings) -> Iterator[Register]:
    """Give the register and close it afterwards; of one that does not answer one sentence tells."""
    from dashboard.register.errors import RegisterError
    from dashboard.register.store import Register
    from dashboard.register.whereabouts import whereabouts

    try:
        register = Register.open(settings.database_url, settings.data_folder / "register")
        try:
            yield register
        finally:
            register.close()
    except RegisterError as error:
        raise ExportCommandError(
            f"The register ({whereabouts(settings.database_url)}) cannot be read ({error.code}):"
            " see that it runs, and that DASHBOARD_DATABASE_URL is right."
        ) from error


def file_to_write(options: argparse.Namespace) -> Path:
    """Give the file that is to be written, before anything is worked out for nothing."""
    file: Path = options.output
    if file.is_dir() or not file.parent.is_dir():
        raise ExportCommandError(f"{file} cannot be written: name a file in a folder that exists with --output.")
    return file


def put_into(file: Path, content: bytes) -> None:
    """Put a file whole in the place of an old one."""
    from dashboard.file_swap import file_swapped_in

    try:
        with file_swapped_in(file) as new:
            new.write_bytes(content)
    except OSError as error:
        raise ExportCommandError(f"{file} cannot be written: {error.strerror}.") from error


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
