"""Makes entries of what a YAML file says, and finds those that name what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import TypeAdapter, ValidationError

from dashboard.register.entries import Entry
from dashboard.register.errors import RegisterFileError
from dashboard.register.fields import Slug
from dashboard.register.kinds import KINDS

_ID: TypeAdapter[str] = TypeAdapter(Slug)


def read_entry(kind: str, values: object, file: str) -> Entry:
    """Make an entry.

    Parameters
    ----------
    kind
        The kind of entry.
    values
        Field → value, as YAML gives them.
    file
        The name of the file, for the complaint.

    Raises
    ------
    RegisterFileError
        When it has no usable id, a field that nobody knows, or a value that does not hold; the message names file,
        entry and field.
    """
    if not isinstance(values, Mapping):
        raise RegisterFileError(f"{file}: {str(values)[:40]} is no entry: write its fields below one another.")
    name = read_id(values.get("id"), file)
    try:
        return KINDS[kind].model_validate(dict(values))
    except ValidationError as error:
        raise RegisterFileError(f"{file}, {name}: {words_of(error)}.") from error


def read_id(value: object, file: str) -> str:
    """Give an id that a file says, when it can be one.

    Raises
    ------
    RegisterFileError
        When it is missing or has other signs than ids have.
    """
    try:
        return _ID.validate_python(value, strict=True)
    except ValidationError as error:
        said = "is missing" if value is None else f"{str(value)[:80]!r} cannot be used"
        raise RegisterFileError(f"{file}: an id {said}; write small letters, digits and hyphens.") from error


def words_of(error: ValidationError) -> str:
    """Give the first thing that is wrong with an entry, in English."""
    first = error.errors(include_url=False, include_input=False)[0]
    # A rule of ours has its code for a message, and those are readable: `end_before_start`.
    message = first["msg"].replace("_", " ") if first["msg"] == first["type"] else first["msg"]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {message}" if place else message


def check_ids(entries: Iterable[Entry], file_of: Mapping[str, str]) -> None:
    """Refuse two entries of a kind with one id, and entries that name others which are not there.

    Parameters
    ----------
    entries
        All entries.
    file_of
        Kind → the name of its file, for the complaint.

    Raises
    ------
    RegisterFileError
        At the first such entry.
    """
    found = list(entries)
    ids: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for entry in found:
        if entry.id in ids[entry.kind]:
            raise RegisterFileError(f"{file_of[entry.kind]}: the id {entry.id} is there twice.")
        ids[entry.kind].add(entry.id)
    for entry in found:
        for field, kind in entry.references.items():
            for named in named_by(entry, field):
                if named not in ids[kind]:
                    where = f"{file_of[entry.kind]}, {entry.id}"
                    raise RegisterFileError(f"{where}: {field} names {named}, and there is no such {kind}.")


def named_by(entry: Entry, field: str) -> Iterator[str]:
    """Give the ids that a field names: of a list several, of an empty field none."""
    value = getattr(entry, field)
    if isinstance(value, tuple):
        yield from value
    elif value is not None:
        yield value
