"""A folder with the register as YAML files: written beside, read back, swapped in; and read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dashboard.folder_swap import swapped_in
from dashboard.register.dump import Dump
from dashboard.register.errors import RegisterFileError
from dashboard.register.yaml_files import HEAD, dump_of, files_of, in_file_order, is_name_of_ours

#: What is internal is read by whoever wrote it and by nobody else on the machine.
OWN = 0o700


def write_folder(dump: Dump, folder: Path, holds: str = "everything") -> None:
    """Write a dump as a folder of YAML files, which takes the place of an export that stood there.

    Parameters
    ----------
    dump
        What to write.
    folder
        A folder that is missing, empty or an earlier export.
    holds
        `everything`, or `public` when the dump has been reduced to that.

    Raises
    ------
    RegisterFileError
        When the folder holds anything else, or what was written does not read back as the same; the folder is then
        as it was.
    """
    folder = folder.resolve()
    check_only_ours(folder)
    files = files_of(dump, holds)
    with swapped_in(folder, folder.parent) as new:
        if holds == "everything":
            new.chmod(OWN)
        for name, content in files.items():
            (new / name).parent.mkdir(exist_ok=True)
            (new / name).write_bytes(content)
        if _files_in(new) != files or (holds == "everything" and read_folder(new) != in_file_order(dump)):
            raise RegisterFileError(
                f"What was written beside {folder} does not read back as the same: nothing was changed."
            )
        # Again, for what came in the meantime.
        check_only_ours(folder)


def read_folder(folder: Path) -> Dump:
    """Read a dump from a folder of YAML files.

    Raises
    ------
    RegisterFileError
        When it is no whole export, or something in it does not hold; the message names file, entry and fault.
    """
    if not folder.is_dir():
        raise RegisterFileError(f"There is no folder {folder}.")
    return dump_of(_files_in(folder))


def check_only_ours(folder: Path) -> None:
    """Refuse a folder that cannot be replaced by an export without losing something else.

    Raises
    ------
    RegisterFileError
        When it is a file, or holds anything that is not of an export.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise RegisterFileError(f"{folder} is a file: name a folder.")
    found = list(folder.iterdir())
    if found and not (folder / HEAD).is_file():
        raise RegisterFileError(
            f"{folder} is not empty and no export of the register: name a folder of its own for it."
        )
    for name, path in _all_in(folder):
        if path.is_symlink() or not (is_name_of_ours(name) or (name == "photos" and path.is_dir())):
            raise RegisterFileError(f"{folder} holds {name}, which an export would remove: take it away first.")


def _files_in(folder: Path) -> dict[str, bytes]:
    """Give name → content of all files but hidden ones, such as those of a version control."""
    return {
        name: path.read_bytes()
        for name, path in _all_in(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.split("/"))
    }


def _all_in(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        yield path.relative_to(folder).as_posix(), path
