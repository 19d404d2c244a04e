"""A backup: the files of an export in one zip file, with a sum of each by which damage is found."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from dashboard.file_swap import file_swapped_in
from dashboard.register.dump import Dump
from dashboard.register.errors import RegisterFileError
from dashboard.register.yaml_files import dump_of, files_of, in_file_order, is_name_of_ours

MANIFEST = "manifest.json"
#: More than any register holds: a small file that unpacks to more than this is no backup.
MOST_BYTES = 4 * 1024**3
MOST_FILES = 100_000
_ODD = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)


def write_backup(dump: Dump, path: Path) -> None:
    """Write a dump as one zip file: beside the old one, read back, swapped in.

    Parameters
    ----------
    dump
        What to write.
    path
        A file that is missing or an earlier backup.

    Raises
    ------
    RegisterFileError
        When the file is something else, or what was written does not read back as the same; it is then as it was.
    """
    path = path.resolve()
    _check_replaceable(path)
    # A file that nobody else on the machine can read: it holds what is internal.
    with file_swapped_in(path, private=True) as new:
        with new.open("wb") as file:
            _write_zip(files_of(dump), file)
        if read_backup(new) != in_file_order(dump):
            raise RegisterFileError(
                f"What was written beside {path} does not read back as the same: nothing was changed."
            )


def read_backup(path: Path) -> Dump:
    """Read a dump from a zip file.

    Nothing is unpacked to the disk: names in the file cannot lead anywhere.

    Raises
    ------
    RegisterFileError
        When it is no backup, is damaged, or holds what no backup holds.
    """
    if not path.is_file():
        raise RegisterFileError(f"There is no file {path}.")
    try:
        with zipfile.ZipFile(path) as archive:
            files = _unpacked(archive, path.name)
    except _ODD as error:
        raise RegisterFileError(f"{path.name} is no readable zip file ({error}): take an earlier backup.") from error
    return dump_of(files)


def _check_replaceable(path: Path) -> None:
    if path.is_dir():
        raise RegisterFileError(f"{path} is a folder: name a file, such as {path / 'register.zip'}.")
    if not path.exists():
        return
    try:
        with zipfile.ZipFile(path) as archive:
            ours = MANIFEST in archive.namelist()
    except _ODD:
        ours = False
    if not ours:
        raise RegisterFileError(f"{path} is no backup of the register, and would be lost: name another file.")


def _write_zip(files: Mapping[str, bytes], file: object) -> None:
    sums = {name: {"bytes": len(content), "sha256": _sum(content)} for name, content in files.items()}
    manifest = json.dumps({"files": sums}, indent=1).encode()
    with zipfile.ZipFile(file, "w") as archive:  # type: ignore[call-overload]
        for name, content in {MANIFEST: manifest, **files}.items():
            # Pictures are packed already. Without a date of its own, the same content gives the same file.
            packing = zipfile.ZIP_STORED if name.startswith("photos/") else zipfile.ZIP_DEFLATED
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content, compress_type=packing)


def _unpacked(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if foreign := [name for name in names if name != MANIFEST and not is_name_of_ours(name)]:
        raise RegisterFileError(f"{file} holds {foreign[0][:80]!r}, which is in no backup of the register.")
    if len(set(names)) != len(names) or MANIFEST not in names:
        raise RegisterFileError(
            f"{file} is no backup of the register: a file is there twice, or {MANIFEST} is missing."
        )
    if len(names) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise RegisterFileError(f"{file} would unpack to more than any register holds, and was left alone.")
    # No more is read of an entry than the size that it says, and a sum that does not fit is an error.
    content = {entry.filename: archive.read(entry) for entry in entries}
    _check_sums(_read_sums(content.pop(MANIFEST), file), content, file)
    return content


def _read_sums(manifest: bytes, file: str) -> Mapping[str, str]:
    try:
        return {name: str(said["sha256"]) for name, said in json.loads(manifest)["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RegisterFileError(f"{file}: {MANIFEST} cannot be read: take an earlier backup.") from error


def _check_sums(sums: Mapping[str, str], files: Mapping[str, bytes], file: str) -> None:
    for name in sorted({*sums, *files}):
        if name not in files or sums.get(name) != _sum(files[name]):
            raise RegisterFileError(f"{file}: {name} is damaged or missing: take an earlier backup.")


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
