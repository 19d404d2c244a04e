"""Profiles over scales of a municipality's own grids: read with every check, written beside and swapped in.

Of a grid only the measures come into the data folder. Its cells are personal data and stay where the user keeps them.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import shapely
import yaml
from numpy.typing import NDArray

from dashboard.catalogue import Split, load_catalogue
from dashboard.folder_swap import swapped_in
from dashboard.sources.tidy import InputError, read_rows

#: Folder in the data folder; in it one folder a municipality, in that one a split and year.
FOLDER = "grids"
META, PROFILE = "grid.yaml", "profile.csv"
COLUMNS = ("k", "measure", "value", "at_home", "reason")
#: Why a measure has no value.
REASONS = ("k_too_large", "group_absent")
MOST_SIGNS = 120
#: How far above 1 a share may come out in the last digits.
ROUNDING = 1e-9

_CODE, _DIGEST = re.compile(r"\d{4}"), re.compile(r"[0-9a-f]{64}")
_AGAIN = "run `dashboard neighbourhoods` with --split again"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ProfilePoint:
    """One measure at one scale; ``k`` is None for the cells themselves, ``reason`` says why a value is None.

    ``at_home`` is the share of all people whose k nearest all live in their own cell; None for the cells themselves.
    """

    k: int | None
    measure: str
    value: float | None
    at_home: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class GridMeta:
    """What a profile was worked out from.

    ``cells`` and ``people`` are those inside the municipality, ``cell_metres`` is None where the points lie on no
    regular grid. ``file`` is the grid's name, with the digests of it and of the output with the shares.
    """

    municipality: str
    split: str
    year: int
    source: str
    made: str
    groups: tuple[str, ...]
    cells: int
    people: int
    cell_metres: float | None
    file: str
    file_sha256: str
    output_sha256: str


@dataclass(frozen=True, slots=True)
class GridProfile:
    """A profile and where it comes from."""

    meta: GridMeta
    points: tuple[ProfilePoint, ...]


def profile_folder(data_folder: Path, municipality: str, split: str, year: int) -> Path:
    """Give the folder that a profile lies in, if there is one."""
    return data_folder / FOLDER / municipality / f"{split}_{year}"


def split_for(data_folder: Path, split: str, groups: Sequence[str]) -> Split:
    """Give the split of the catalogue that the groups of a grid are.

    Raises
    ------
    InputError
        When there is no such split, or it has another number of groups.
    """
    splits = load_catalogue(data_folder / "catalogue").splits
    found = splits.get(split)
    if found is None:
        raise InputError(f"“{split}” is no split of the catalogue; --split is one of {', '.join(sorted(splits))}.")
    if fault := groups_fault(found, groups):
        raise InputError(f"The grid {fault}; name others with --groups and --total.")
    return found


def groups_fault(split: Split, groups: Sequence[str]) -> str:
    """Say what is wrong with the groups of a grid for a split; nothing when they fit."""
    wanted = 2 if split.kind == "two_group" else len(split.groups)
    if len(groups) == wanted:
        return ""
    return f"has {len(groups)} groups ({', '.join(groups)}), and {split.id} has {wanted}"


def cells_within(data_folder: Path, municipality: str, x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Tell which cells have their point inside a municipality.

    Raises
    ------
    InputError
        When the data folder has no boundaries of it, or no cell lies there.
    """
    # Imported here: it brings the reader of OpenStreetMap with it, which a build does without.
    from dashboard.sources.network_import import municipality_outline

    outline = municipality_outline(data_folder, municipality)
    shapely.prepare(outline)
    inside: NDArray[np.bool_] = shapely.contains_xy(outline, x, y)
    if not inside.any():
        raise InputError(f"No inhabited cell of the grid lies in municipality {municipality}: name its --municipality.")
    return inside


def cell_size(x: Floats, y: Floats) -> float | None:
    """Give the side of the cells in metres: the least step in a row or column, when all points lie on its grid."""
    steps = []
    for along, across in ((x, y), (y, x)):
        order = np.lexsort((along, across))
        steps.append(np.diff(along[order])[np.diff(across[order]) == 0])
    least = np.concatenate(steps)
    if not least.size:
        return None
    step = float(least.min())
    places = np.concatenate([x - x.min(), y - y.min()]) / step
    return step if bool((np.abs(places - np.rint(places)) < 1e-6).all()) else None


def profile_csv(points: Sequence[ProfilePoint]) -> str:
    """Give a profile as the file that can be read again."""
    lines = [",".join(COLUMNS)]
    for one in points:
        cells = (one.k, one.measure, one.value, one.at_home, one.reason)
        lines.append(",".join("" if cell is None else cell if isinstance(cell, str) else repr(cell) for cell in cells))
    return "\n".join(lines) + "\n"


def write_profile(data_folder: Path, profile: GridProfile) -> Path:
    """Write a profile beside the data folder, read and check what was written, and swap it in as a whole.

    Returns
    -------
    The folder that it lies in; a profile of the same split and year is replaced.

    Raises
    ------
    InputError
        When the profile cannot be right; nothing is changed then.
    """
    meta = profile.meta
    folder = profile_folder(data_folder, meta.municipality, meta.split, meta.year)
    # Beside the data folder, not in it: all files of the data folder belong to the fingerprint of the warehouse.
    with swapped_in(folder, data_folder.parent) as new:
        content = {**asdict(meta), "groups": list(meta.groups)}
        (new / META).write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), "utf-8")
        (new / PROFILE).write_text(profile_csv(profile.points), "utf-8")
        read_profile(new)
    return folder


def read_profiles(data_folder: Path) -> list[GridProfile]:
    """Read every profile of a data folder.

    Raises
    ------
    InputError
        With file and row, when one cannot be right or lies in the wrong place.
    """
    found = []
    for folder in sorted((data_folder / FOLDER).glob("[!.]*/[!.]*")):
        profile = read_profile(folder)
        meta = profile.meta
        if folder != profile_folder(data_folder, meta.municipality, meta.split, meta.year):
            raise InputError(
                f"{_name(folder / META)} is about {meta.split} of {meta.municipality} in {meta.year}; its folder is"
                f" called otherwise: {_AGAIN}."
            )
        found.append(profile)
    return found


def read_profile(folder: Path) -> GridProfile:
    """Read the profile of a folder and check every row; errors as `read_profiles`."""
    return GridProfile(_meta(folder / META), tuple(_points(folder / PROFILE)))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _meta(path: Path) -> GridMeta:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        meta = GridMeta(**{**content, "groups": tuple(content["groups"])})
        dt.date.fromisoformat(meta.made)
        fault = _fault(meta)
    except OSError as error:
        raise InputError(f"{_name(path)} cannot be read: {error.strerror}; {_AGAIN}.") from error
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        names = ", ".join(field.name for field in fields(GridMeta))
        raise InputError(f"{_name(path)} is not the description of a grid, with {names}: {_AGAIN}.") from error
    if fault:
        raise InputError(f"{_name(path)}: {fault}; {_AGAIN}.")
    return meta


def _fault(meta: GridMeta) -> str:
    """Say what in a description cannot be right; nothing when all can."""
    digests = (meta.file_sha256, meta.output_sha256)
    faults = {
        f"the municipality {meta.municipality} is no code of four digits in quotes": not _CODE.fullmatch(
            meta.municipality
        ),
        f"the year {meta.year} is not one with four digits": type(meta.year) is not int
        or not 1000 <= meta.year <= 9999,
        source_fault(meta.source): bool(source_fault(meta.source)),
        f"{meta.cells} cells with {meta.people} people are not two whole numbers from 1 upwards": any(
            type(count) is not int or count < 1 for count in (meta.cells, meta.people)
        ),
        f"cells of {meta.cell_metres} metres cannot be": meta.cell_metres is not None
        and not 0 < meta.cell_metres < math.inf,
        "a SHA-256 does not have 64 digits from 0 to f": not all(_DIGEST.fullmatch(one) for one in digests),
    }
    return next((sentence for sentence, wrong in faults.items() if wrong), "")


def source_fault(source: str) -> str:
    """Say what is wrong with the name of a source, as the page is to tell it; nothing when it can be told."""
    if not source.strip() or not source.isprintable() or len(source) > MOST_SIGNS:
        return f"the source is not a line of 1 to {MOST_SIGNS} signs, such as “SCB”"
    return ""


def _points(path: Path) -> Iterator[ProfilePoint]:
    there: set[tuple[int | None, str]] = set()
    rows = read_rows(path, COLUMNS)
    measures = dict.fromkeys(row["measure"] for _, row in rows)
    for number, row in rows:
        where = f"{_name(path)}, row {number}"
        k = _k(row["k"], where)
        if (k, row["measure"]) in there:
            raise InputError(f"{where}: {row['measure']} at k = {row['k'] or 'cell'} is there twice.")
        there.add((k, row["measure"]))
        value, at_home = (_share(row[name], name, where) for name in ("value", "at_home"))
        reason = row["reason"] or None
        if (value is None) != (reason in REASONS) or (value is not None and reason):
            raise InputError(f"{where}: there must be a value or a reason ({', '.join(REASONS)}), and not both.")
        yield ProfilePoint(k, row["measure"], value, at_home, reason)
    if lacking := [f"{one} at k = {k or 'cell'}" for k, _ in there for one in measures if (k, one) not in there]:
        raise InputError(f"{_name(path)} lacks {lacking[0]}: a row was cut off; {_AGAIN}.")


def _k(cell: str, where: str) -> int | None:
    if cell and not (cell.isdecimal() and int(cell) > 0):
        raise InputError(f"{where}: k is “{cell}”, and not how many people or empty for the cells themselves.")
    return int(cell) if cell else None


def _share(cell: str, name: str, where: str) -> float | None:
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not -math.inf < value <= 1 + ROUNDING or (name == "at_home" and value < 0):
        raise InputError(f"{where}: {name} is “{cell}”, and not a number up to 1, such as 0.4543.")
    return value
