"""Reads named places (OpenStreetMap) and school units (Skolverket) and puts them into the data folder."""

from __future__ import annotations

import csv
from pathlib import Path

from dashboard.sources.tidy import FileReport, InputError, parse_value, read_rows

# A box around Sweden: coordinates outside it are swapped or wrong.
LATITUDES = (55.0, 69.5)
LONGITUDES = (10.5, 24.5)

PLACE_COLUMNS = ("category", "name", "lat", "lon", "osm_tag")
SCHOOL_COLUMNS = (
    "school_unit_code",
    "name",
    "lat",
    "lon",
    "principal_type",
    "pupils_2025_26",
    "merit_value_2025_26",
    "all_subjects_passed_share",
    "upper_secondary_eligible_share",
    "certified_teacher_share",
    "pupils_per_teacher",
    "perceived_safety_0_10",
    "desokod",
)


def copy_places(folder: Path, municipality: str, target: Path) -> list[FileReport]:
    """Copy the places and schools of a municipality, checked and sorted; files that are not there are passed over.

    Raises
    ------
    InputError
        With file and row, when a coordinate is not a number or lies outside Sweden.
    """
    target.mkdir(parents=True)
    reports = []
    for name, columns, copy in (
        (f"osm_places_{municipality}.csv", PLACE_COLUMNS, "places.csv"),
        (f"skolverket_schools_{municipality}.csv", SCHOOL_COLUMNS, "schools.csv"),
    ):
        if (folder / name).is_file():
            reports.append(_copy(folder / name, columns, target / copy))
    return reports


def _copy(path: Path, columns: tuple[str, ...], target: Path) -> FileReport:
    rows = read_rows(path, columns)
    for number, row in rows:
        _check_position(row, f"{path.name}, row {number}")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted([row[column] for column in columns] for _, row in rows))
    return FileReport(path.name, rows=len(rows), kept=len(rows))


def _check_position(row: dict[str, str], where: str) -> None:
    for column, (low, high) in (("lat", LATITUDES), ("lon", LONGITUDES)):
        value, _ = parse_value(row[column], where)
        if value is None or not low <= value <= high:
            raise InputError(
                f"{where}: {column} {row[column]} lies outside Sweden; are latitude and longitude swapped?"
            )
