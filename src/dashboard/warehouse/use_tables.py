"""Puts what was observed, asked and judged at places into the warehouse."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dashboard.sources.use_checks import Row, minutes_between
from dashboard.sources.use_fields import ALL_CRITERIA, CRITERIA, OBSERVATIONS, SURVEYS, Kind
from dashboard.sources.use_files import file_of, read_use, study_places
from dashboard.warehouse.tables import insert

QUERIES = Path(__file__).parent / "queries"

_SESSION = ("weather", "temperature", "method", "observer")
_OBSERVED = ("count", "gender", "age", "mode", "posture", "activity", "group_size", "objects", "spot")


def fill_use(connection: duckdb.DuckDBPyConnection, data_folder: Path, municipality: str) -> None:
    """Make the tables of use and experience and fill them; they stay empty where nothing was noted.

    Parameters
    ----------
    connection
        The warehouse that is being built.
    data_folder
        The project's ``data``.
    municipality
        Code of the home municipality.

    Raises
    ------
    InputError
        When a file cannot be used; the message names the row.
    """
    connection.execute((QUERIES / "schema_use.sql").read_text("utf-8"))

    def rows_of(kind: Kind) -> list[Row]:
        path = file_of(data_folder, municipality, kind)
        return read_use(path, kind, study_places(data_folder, municipality)) if path.is_file() else []

    observations = rows_of(OBSERVATIONS)
    sessions = {row["session"]: row for row in observations}
    insert(connection, "observation_session", [_session(row) for row in sessions.values()])
    seen = [row for row in observations if row["count"] != "0"]
    insert(connection, "observed", [(row["session"], *_cells(row, _OBSERVED)) for row in seen])
    insert(connection, "survey", [_cells(row, SURVEYS.columns) for row in rows_of(SURVEYS)])
    insert(connection, "criteria_rating", [one for row in rows_of(CRITERIA) for one in _scores(row)])


def _session(row: Row) -> tuple[object, ...]:
    minutes = minutes_between(row["start"], row["end"])
    return (row["session"], row["place"], row["date"], row["start"], minutes, *_cells(row, _SESSION))


def _scores(row: Row) -> list[tuple[object, ...]]:
    of_all = _cells(row, CRITERIA.columns[:4])
    return [(*of_all, criterion, row[criterion]) for criterion in ALL_CRITERIA if row[criterion]]


def _cells(row: Row, columns: tuple[str, ...]) -> tuple[str | None, ...]:
    """Give cells as text, which the table turns into what it holds; nothing where nothing was noted."""
    return tuple(row[column] or None for column in columns)
