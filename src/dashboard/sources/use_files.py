"""Files of what was observed, asked and judged at places: read, written, and added to without ever losing anything."""

from __future__ import annotations

import csv
import fcntl
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from dashboard.file_swap import file_swapped_in
from dashboard.sources.tidy import InputError
from dashboard.sources.use_checks import Places, Row, check_columns, check_rows
from dashboard.sources.use_fields import Kind

#: Folder in the data folder; in it one folder a municipality.
FOLDER = "use"
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Added:
    """What became of the rows that were to be added, counted by their ids: sessions, responses or ratings."""

    new: int
    already_there: int


def study_places(data_folder: Path, municipality: str) -> dict[str, tuple[float, float]]:
    """Give the places of a municipality that may be observed: id → latitude and longitude.

    Raises
    ------
    InputError
        When the register of places cannot be read.
    """
    path = data_folder / "register" / "places.yaml"
    if not path.is_file():
        return {}
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        if str(content["municipality"]) != municipality:
            return {}
        return {str(one["id"]): (float(one["lat"]), float(one["lon"])) for one in content["places"]}
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path.name} cannot be read: {error}.") from error


def file_of(data_folder: Path, municipality: str, kind: Kind) -> Path:
    """Give the path of the file that rows of a kind are kept in."""
    return data_folder / FOLDER / municipality / f"{kind.name}.csv"


def as_csv(kind: Kind, rows: Sequence[Row]) -> bytes:
    """Give rows as the file that can be read again; without rows it is the empty form for a program."""
    return _written(kind, rows, ",").encode("utf-8")


def form_for_excel(kind: Kind) -> bytes:
    """Give the empty form as Swedish Excel opens it in columns: semicolons and a byte order mark."""
    return (BYTE_ORDER_MARK + _written(kind, [], ";")).encode("utf-8")


def _written(kind: Kind, rows: Sequence[Row], delimiter: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(kind.columns)
    writer.writerows([row[column] for column in kind.columns] for row in rows)
    return text.getvalue()


def read_use(path: Path, kind: Kind, places: Places) -> list[Row]:
    """Read and check a file, separated by commas or semicolons.

    Raises
    ------
    InputError
        When the file or a row cannot be used; the message names the row and what to do.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8 text (byte {error.start}): save it as CSV UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
    return check_rows(_split(text, path.name, kind), kind, places, path.name)


def _split(text: str, name: str, kind: Kind) -> list[tuple[int, Row]]:
    header = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=";" if header.count(";") > header.count(",") else ",", strict=True)
    rows: list[tuple[int, Row]] = []
    try:
        columns = [column.strip() for column in next(reader, [])]
        if twice := [column for column, times in Counter(columns).items() if times > 1]:
            raise InputError(f"{name} has the column {twice[0]} twice: keep one of them.")
        check_columns(columns, kind, name)
        for cells in reader:
            # A spreadsheet leaves rows of nothing but separators behind what was deleted.
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                raise InputError(
                    f"{name}, row {reader.line_num}: {len(cells)} cells where the header has {len(columns)}."
                )
            rows.append((reader.line_num, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        raise InputError(f"{name}, row {reader.line_num}: not a CSV row ({error}).") from error
    return rows


def import_file(path: Path, data_folder: Path, municipality: str, kind: Kind) -> Added:
    """Add what a file holds to the data folder.

    Raises
    ------
    InputError
        When the file has no rows, or as `read_use` and `add_rows`; then nothing is written.
    """
    rows = read_use(path, kind, _places(data_folder, municipality))
    if not rows:
        raise InputError(f"{path.name} has a header but no rows: fill in the form first.")
    return add_rows(rows, data_folder, municipality, kind)


def add_rows(rows: Sequence[Row], data_folder: Path, municipality: str, kind: Kind) -> Added:
    """Add rows to the data folder: all of them or none, and never the same twice.

    Parameters
    ----------
    rows
        Rows of one kind, checked or not.
    data_folder, municipality
        Whose file they are added to.
    kind
        What they are rows of.

    Returns
    -------
    How many sessions, responses or ratings were new, and how many were there already with the very same rows.

    Raises
    ------
    InputError
        When a row cannot be used, an id is there already with other rows, or the file that is there cannot be read.
    OSError
        When the file cannot be written.
    """
    places = _places(data_folder, municipality)
    groups = _by_id(check_rows(list(enumerate(rows, start=2)), kind, places, kind.name), kind)
    path = file_of(data_folder, municipality, kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _only_one(path.parent):
        there = read_use(path, kind, places) if path.is_file() else []
        known = _by_id(there, kind)
        for key, group in groups.items():
            if key in known and _content(known[key]) != _content(group):
                raise InputError(
                    f"The {kind.key} {key} is in {path.name} already, with other rows; nothing was added."
                    " Give the new one an id of its own, or correct the file by hand."
                )
        new = {key: group for key, group in groups.items() if key not in known}
        if new:
            _swap_in([*there, *(row for group in new.values() for row in group)], path, kind, places)
    return Added(len(new), len(groups) - len(new))


def _places(data_folder: Path, municipality: str) -> Places:
    places = study_places(data_folder, municipality)
    if not places:
        raise InputError(
            f"There are no places of municipality {municipality} to observe: name them in data/register/places.yaml."
        )
    return places


def _by_id(rows: Sequence[Row], kind: Kind) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[kind.key], []).append(row)
    return groups


def _content(rows: Sequence[Row]) -> Counter[tuple[tuple[str, str], ...]]:
    """Give rows so that they can be compared whatever their order."""
    return Counter(tuple(sorted(row.items())) for row in rows)


def _swap_in(rows: Sequence[Row], path: Path, kind: Kind, places: Places) -> None:
    """Write beside the file, read back what was written, and only then take its place."""
    with file_swapped_in(path) as new:
        new.write_bytes(as_csv(kind, rows))
        if read_use(new, kind, places) != list(rows):
            raise InputError(f"{path.name} could not be written as it should; it was left as it was. Try again.")


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Let one writer at a time read, add and swap."""
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
