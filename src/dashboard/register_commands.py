"""The commands on the register: show, export, import, backup, restore, purge."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.register.errors import RegisterError
from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.register.dump import Dump
    from dashboard.register.store import Register

#: Code of a refusal → what an operator can do about it.
SENTENCES = {
    "unavailable": "does not answer: see that it runs, and that DASHBOARD_DATABASE_URL is right",
    "full": "has no room left: make room on its disk and run the command again",
    "busy": "is being written to by others for too long: run the command again in a moment",
    "outdated": "was made by a newer version of the dashboard: install that version",
    "not_empty": "holds entries already, which would be lost: back it up, then run the command with --replace",
}


class RegisterCommandError(Exception):
    """A command on the register was refused; the text is the sentence for stderr."""


def add_register_commands(parser: argparse.ArgumentParser) -> None:
    """Add the commands on the register to the parser of `dashboard register`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=type(parser))

    add = commands.add_parser("show", help="tell where the register is and what it holds")
    add.set_defaults(command=_show)

    add = commands.add_parser("export", help="write the whole register as a folder of YAML files")
    add.add_argument("folder", type=Path, metavar="DIR", help="missing, empty, or an earlier export")
    add.add_argument("--public", action="store_true", help="only what the public sees")
    add.set_defaults(command=_export)

    add = commands.add_parser("import", help="load a folder of YAML files into an empty register")
    add.add_argument("folder", type=Path, metavar="DIR")
    add.add_argument("--replace", action="store_true", help="in place of everything that the register holds")
    add.set_defaults(command=_import)

    add = commands.add_parser("backup", help="write the whole register into one file, also while the dashboard runs")
    add.add_argument("file", type=Path, metavar="FILE.zip", help="missing, or an earlier backup")
    add.set_defaults(command=_backup)

    add = commands.add_parser("restore", help="load a backup into an empty register")
    add.add_argument("file", type=Path, metavar="FILE.zip")
    add.add_argument("--replace", action="store_true", help="in place of everything that the register holds")
    add.set_defaults(command=_restore)

    add = commands.add_parser("purge", help="delete the contributions whose time is over")
    add.set_defaults(command=_purge)


@contextmanager
def _opened(settings: Settings, *, seeded: bool) -> Iterator[Register]:
    """Open the register.

    Whoever reads it finds what the dashboard would show: an empty one is given its seeds. One that is to be filled, or
    cleared, is left as it is.
    """
    from dashboard.register.store import Register

    try:
        register = Register.open(settings.database_url, settings.data_folder / "register" if seeded else None)
        try:
            yield register
        finally:
            register.close()
    except RegisterError as error:
        raise RegisterCommandError(_sentence(error, settings)) from error


def _sentence(error: RegisterError, settings: Settings) -> str:
    from dashboard.register.whereabouts import whereabouts

    said = SENTENCES.get(error.code, f"refused this ({error})")
    detail = f" ({error.detail})" if error.detail and error.code in SENTENCES else ""
    return f"The register ({whereabouts(settings.database_url)}) {said}{detail}. Nothing was changed."


def _show(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.register.whereabouts import whereabouts

    del options
    with _opened(settings, seeded=True) as register:
        dump = register.snapshot()
        revision = register.revision()
    archived = sum(entry.archived for entry in dump.entries)
    _say(f"database: {whereabouts(settings.database_url)}")
    _say(f"revision: {revision}")
    for line in _counts(dump):
        _say(line)
    _say(f"archived among them: {archived}")
    return 0


def _counts(dump: Dump) -> Iterator[str]:
    from dashboard.register.kinds import KINDS

    counts = Counter(entry.kind for entry in dump.entries)
    for kind in KINDS:
        yield f"{kind}: {counts[kind]}"
    yield f"changes: {len(dump.changes)}"
    yield f"photos: {len(dump.photos)}"


def _export(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.register.export_folder import check_only_ours, write_folder
    from dashboard.register.public_part import public_part

    check_only_ours(options.folder.resolve())
    with _opened(settings, seeded=True) as register:
        dump = register.snapshot()
    if options.public:
        dump = public_part(dump)
    write_folder(dump, options.folder, "public" if options.public else "everything")
    _say(f"{options.folder}: {_told(dump)} written{', only what the public sees' if options.public else ''}.")
    return 0


def _import(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.register.export_folder import read_folder

    return _load(partial(read_folder, options.folder), options, settings, options.folder)


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.register.backup import write_backup

    with _opened(settings, seeded=True) as register:
        dump = register.snapshot()
    write_backup(dump, options.file)
    _say(f"{options.file}: {_told(dump)} written.")
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    from dashboard.register.backup import read_backup

    return _load(partial(read_backup, options.file), options, settings, options.file)


def _load(read: Callable[[], Dump], options: argparse.Namespace, settings: Settings, source: Path) -> int:
    # Read and checked as a whole before the register is touched.
    dump = read()
    with _opened(settings, seeded=False) as register:
        register.load(dump, replace=options.replace)
    _say(f"{source}: {_told(dump)} loaded.")
    return 0


def _purge(options: argparse.Namespace, settings: Settings) -> int:
    del options
    with _opened(settings, seeded=False) as register:
        deleted = register.purge(date.today())  # noqa: DTZ011 - the day where the dashboard stands
    _say(f"{deleted} contribution(s) deleted, whose time was over.")
    return 0


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what a command answers


def _told(dump: Dump) -> str:
    return f"{len(dump.entries)} entries, {len(dump.changes)} changes and {len(dump.photos)} photos"
