"""Named places, schools and services for the tables of the warehouse, with their coordinates in metres."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import geopandas as gpd
import yaml

from dashboard.sources.place_kinds import place_kind
from dashboard.sources.places import PLACE_COLUMNS, SCHOOL_COLUMNS
from dashboard.sources.scb_areas import SWEREF_99_TM, WGS_84
from dashboard.sources.tidy import InputError, parse_value, read_rows
from dashboard.warehouse.tables import insert

QUERIES = Path(__file__).parent / "queries"
#: Metres between the positions that two sources give for one and the same school.
SAME_SCHOOL = 150.0


def fill_places(connection: duckdb.DuckDBPyConnection, data_folder: Path, home: str) -> None:
    """Fill the tables ``place``, ``school`` and ``study_place``.

    Parameters
    ----------
    connection
        The warehouse that is being built.
    data_folder
        The project's ``data``.
    home
        Code of the home municipality; services of the register count for it alone.

    Raises
    ------
    InputError
        When a file cannot be used; the message names it.
    """
    places, register = data_folder / "places", data_folder / "register"
    insert(connection, "place", _points(places / "places.csv", PLACE_COLUMNS, _place))
    insert(connection, "place", _services(register / "services.yaml", home))
    insert(connection, "school", _points(places / "schools.csv", SCHOOL_COLUMNS, _school))
    # Schools that the named places lack; one within 150 m of a school there is the same one.
    connection.execute((QUERIES / "schools_as_places.sql").read_text("utf-8"), {"same_within": SAME_SCHOOL})
    insert(connection, "study_place", _study_places(register / "places.yaml"))


def _points(
    path: Path, columns: Sequence[str], record: Callable[[dict[str, str], str, float, float], tuple[object, ...]]
) -> list[tuple[object, ...]]:
    if not path.is_file():
        return []
    rows = [(row, f"{path.name}, row {number}") for number, row in read_rows(path, columns)]
    lons, lats = ([_number(row[name], where) for row, where in rows] for name in ("lon", "lat"))
    planar = gpd.points_from_xy(lons, lats, crs=WGS_84).to_crs(SWEREF_99_TM)
    return [record(row, where, x, y) for (row, where), x, y in zip(rows, planar.x, planar.y, strict=True)]


def _number(cell: str, where: str) -> float:
    value, _ = parse_value(cell, where)
    if value is None:
        raise InputError(f"{where}: the position is missing.")
    return value


def _study_places(path: Path) -> list[tuple[object, ...]]:
    if not path.is_file():
        return []
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        entries = content["places"]
        points = gpd.points_from_xy([e["lon"] for e in entries], [e["lat"] for e in entries], crs=WGS_84)
        planar = points.to_crs(SWEREF_99_TM)
        return [
            (*(e[name] for name in ("id", "name", "kind")), content["municipality"], *_at(e, x, y), n)
            for n, (e, x, y) in enumerate(zip(entries, planar.x, planar.y, strict=True))
        ]
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path.name} cannot be read: {error}.") from error


def _at(entry: dict[str, object], x: float, y: float) -> tuple[object, ...]:
    return entry["lat"], entry["lon"], x, y, entry["on_maps"], entry["side"]


def _services(path: Path, home: str) -> list[tuple[object, ...]]:
    """Give the services that the register adds to the named places of the home municipality."""
    if not path.is_file():
        return []
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        entries = content["services"] if str(content["municipality"]) == home else []
        points = gpd.points_from_xy([e["lon"] for e in entries], [e["lat"] for e in entries], crs=WGS_84)
        planar = points.to_crs(SWEREF_99_TM)
        return [
            (e["id"], "register", e["kind"], e["name"], e["lat"], e["lon"], x, y, "", bool(e["approximate"]))
            for e, x, y in zip(entries, planar.x, planar.y, strict=True)
        ]
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path.name} cannot be read: {error}.") from error


def _place(row: dict[str, str], where: str, x: float, y: float) -> tuple[object, ...]:
    # The row of the file: stable for as long as the file is the same.
    number, tag = where.rpartition(" ")[2], row["osm_tag"]
    return (
        f"p{number}",
        row["category"],
        place_kind(tag),
        row["name"],
        float(row["lat"]),
        float(row["lon"]),
        x,
        y,
        tag,
        False,
    )


def _school(row: dict[str, str], where: str, x: float, y: float) -> tuple[object, ...]:
    area = f"{row['desokod']}_DeSO2025" if row["desokod"] else None
    known = (row["school_unit_code"], row["name"], float(row["lat"]), float(row["lon"]), x, y, row["principal_type"])
    return (*known, *(parse_value(row[name], where)[0] for name in SCHOOL_COLUMNS[5:12]), area)
