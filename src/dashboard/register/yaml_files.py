"""The whole register as YAML files: a list for each kind of entry, the record of changes, pictures beside them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from dashboard.register.change_files import read_changes, values_of_changes
from dashboard.register.dump import Dump, StoredPhoto
from dashboard.register.entries import Entry
from dashboard.register.entry_reading import check_ids, read_entry, read_id
from dashboard.register.errors import RegisterFileError
from dashboard.register.kinds import KINDS
from dashboard.register.yaml_reading import read_yaml
from dashboard.register.yaml_writing import as_yaml, list_as_yaml

#: Raised when files are written that an older version would misread.
FORMAT = 1
HEAD = "register.yaml"
CHANGES = "changes.yaml"
PHOTOS = "photos.yaml"
RECEIPTS = "receipts.yaml"
FILE_OF: Mapping[str, str] = MappingProxyType({kind: f"{kind}.yaml" for kind in KINDS})
_ABOUT = {
    "everything": "# The whole register: keep it where only those can read it who may see what is internal.\n",
    "public": "# What the public sees of the register.\n",
}
_LISTS = frozenset({HEAD, CHANGES, PHOTOS, RECEIPTS, *FILE_OF.values()})
_PICTURE = re.compile(r"photos/[a-z0-9_-]{1,80}\.(jpg|png|webp|bin)", re.ASCII)
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PARTS_OF_A_PICTURE = {"contribution", "file", "media_type"}


@dataclass(frozen=True)
class Head:
    """What an export says of itself.

    Attributes
    ----------
    format
        The version of its form.
    holds
        `everything`, or what is `public`.
    """

    format: int
    holds: str


def is_name_of_ours(name: str) -> bool:
    """Tell whether an export can hold a file of this name, with `/` between folder and file."""
    return name in _LISTS or _PICTURE.fullmatch(name) is not None


def in_file_order(dump: Dump) -> Dump:
    """Give a dump with its entries in the order of the files: by kind, then by id, whatever the database sorts by."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    return replace(
        dump,
        entries=tuple(sorted(dump.entries, key=lambda entry: (order[entry.kind], entry.id))),
        photos=dict(sorted(dump.photos.items())),
        receipts=dict(sorted(dump.receipts.items())),
    )


def files_of(dump: Dump, holds: str = "everything") -> dict[str, bytes]:
    """Give the files that hold a dump.

    Parameters
    ----------
    dump
        What to write.
    holds
        `everything`, or `public` when the dump has been reduced to that: then nothing is said of changes and receipts.

    Returns
    -------
    Name → content. The same dump always gives the same bytes.
    """
    dump = in_file_order(dump)
    files = {HEAD: _ABOUT[holds].encode() + as_yaml({"format": FORMAT, "holds": holds})}
    for kind, file in FILE_OF.items():
        files[file] = list_as_yaml(_values(entry) for entry in dump.entries if entry.kind == kind)
    names = {contribution: _picture_name(contribution, photo) for contribution, photo in dump.photos.items()}
    files[PHOTOS] = list_as_yaml(
        {"contribution": contribution, "file": names[contribution], "media_type": photo.media_type}
        for contribution, photo in dump.photos.items()
    )
    files |= {names[contribution]: photo.content for contribution, photo in dump.photos.items()}
    if holds == "everything":
        files[CHANGES] = list_as_yaml(values_of_changes(dump.changes))
        files[RECEIPTS] = as_yaml(dump.receipts)
    return files


def dump_of(files: Mapping[str, bytes]) -> Dump:
    """Give the dump that files hold.

    Raises
    ------
    RegisterFileError
        When a file is missing, unknown or damaged, was written by a newer version, or leaves things out because it
        is for the public; when an entry does not hold, is there twice or names another that is not there.
    """
    _check_head(read_head(files))
    absent = [name for name in sorted(_LISTS) if name not in files]
    if absent:
        raise RegisterFileError(f"{absent[0]} is missing: an export has it even when it is empty.")
    if foreign := [name for name in files if not is_name_of_ours(name)]:
        raise RegisterFileError(f"{foreign[0]} is no file of an export: take it away, or correct its name.")
    read = partial(_read, files)
    together = [entry for kind, file in FILE_OF.items() for entry in _read_entries(kind, read(file))]
    check_ids(together, FILE_OF)
    contributions = {entry.id for entry in together if entry.kind == "contribution"}
    dump = Dump(
        entries=tuple(together),
        changes=read_changes(read(CHANGES), CHANGES),
        photos=_read_photos(read(PHOTOS), files),
        receipts=_read_receipts(read(RECEIPTS)),
    )
    for file, named in ((PHOTOS, dump.photos), (RECEIPTS, dump.receipts)):
        if unknown := sorted(set(named) - contributions):
            raise RegisterFileError(f"{file} names {unknown[0]}, and there is no such contribution.")
    return in_file_order(dump)


def read_head(files: Mapping[str, bytes]) -> Head:
    """Give what an export says of itself.

    Raises
    ------
    RegisterFileError
        When it is no export.
    """
    if HEAD not in files:
        raise RegisterFileError(f"{HEAD} is missing: this is no export of the register.")
    content = read_yaml(files[HEAD], HEAD)
    said = content if isinstance(content, Mapping) else {}
    form, holds = said.get("format"), said.get("holds")
    if type(form) is not int or not isinstance(holds, str) or set(said) != {"format", "holds"}:
        raise RegisterFileError(f"{HEAD} cannot be read: it says “format: {FORMAT}” and “holds: everything”, no more.")
    return Head(form, holds)


def _check_head(head: Head) -> None:
    if head.format != FORMAT:
        raise RegisterFileError(
            f"{HEAD}: the files have format {head.format}, and this version of the dashboard reads {FORMAT}:"
            " install the version that wrote them, or a newer one."
        )
    if head.holds != "everything":
        raise RegisterFileError(
            f"{HEAD}: this export is for the public and leaves out the rest, so a register cannot be made of it."
        )


def _values(entry: Entry) -> dict[str, object]:
    return entry.model_dump(exclude_defaults=True)


def _read(files: Mapping[str, bytes], name: str) -> object:
    return read_yaml(files[name], name)


def _read_entries(kind: str, content: object) -> list[Entry]:
    if not isinstance(content, list):
        raise RegisterFileError(f"{FILE_OF[kind]} is no list: begin each entry with “- id: …”.")
    return [read_entry(kind, values, FILE_OF[kind]) for values in content]


def _picture_name(contribution: str, photo: StoredPhoto) -> str:
    return f"photos/{_file_name(contribution)}.{_ENDINGS.get(photo.media_type, 'bin')}"


def _file_name(name: str) -> str:
    # Some systems cannot have a file called `con` or `nul`.
    safe = re.fullmatch(r"[a-z0-9_-]{5,80}", name, re.ASCII)
    return name if safe else f"photo-{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def _read_photos(content: object, files: Mapping[str, bytes]) -> dict[str, StoredPhoto]:
    if not isinstance(content, list):
        raise RegisterFileError(f"{PHOTOS} is no list: begin each picture with “- contribution: …”.")
    photos: dict[str, StoredPhoto] = {}
    used: set[str] = set()
    for values in content:
        if not isinstance(values, Mapping) or set(values) != _PARTS_OF_A_PICTURE:
            raise RegisterFileError(f"{PHOTOS}: a picture has contribution, file and media_type, no more and no less.")
        contribution, file = read_id(values["contribution"], PHOTOS), values["file"]
        if contribution in photos or file in used:
            raise RegisterFileError(f"{PHOTOS}: {contribution} or its file is there twice.")
        if not isinstance(file, str) or not _PICTURE.fullmatch(file) or file not in files:
            raise RegisterFileError(f"{PHOTOS}, {contribution}: the file {file} is missing.")
        photos[contribution] = StoredPhoto(str(values["media_type"]), files[file])
        used.add(file)
    if unused := sorted(name for name in files if _PICTURE.fullmatch(name) and name not in used):
        raise RegisterFileError(f"{unused[0]} belongs to no contribution in {PHOTOS}: add it there, or take it away.")
    return photos


def _read_receipts(content: object) -> dict[str, str]:
    if not isinstance(content, Mapping):
        raise RegisterFileError(f"{RECEIPTS} is no list of contributions and digests.")
    receipts = {read_id(name, RECEIPTS): digest for name, digest in content.items()}
    for name, digest in receipts.items():
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise RegisterFileError(f"{RECEIPTS}, {name}: the digest of a receipt has 64 signs, 0–9 and a–f.")
    if len(set(receipts.values())) != len(receipts):
        raise RegisterFileError(f"{RECEIPTS}: two contributions have one receipt.")
    return receipts
