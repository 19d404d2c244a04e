"""Filling tables of the warehouse that is being built."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from dashboard.sources.observation_frame import keys_of
from dashboard.sources.tidy import OBSERVATION_COLUMNS

#: So many observations are put in at once.
ROWS_AT_ONCE = 1_000_000


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Put rows into a table; their cells are in the order of its columns."""
    if not rows:
        return
    names = [str(name) for name, *_ in connection.execute(f"describe {table}").fetchall()]
    insert_frame(connection, table, pd.DataFrame(rows, columns=names))


def insert_frame(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Put the rows of a data frame into a table; its columns are in the order of the table's."""
    connection.register("incoming", frame)
    connection.execute(f"insert into {table} select * from incoming")  # noqa: S608 - our own table names
    connection.unregister("incoming")


def insert_observations(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame) -> None:
    """Put observations into their table in the order of area, indicator and year.

    What a page asks for is of one municipality, whose areas then lie beside one another: the rest of the country is
    passed over without being read.

    Parameters
    ----------
    connection
        The warehouse that is being built.
    frame
        Observations in the form of ``observation_frame``.
    """
    order = np.argsort(keys_of(frame))
    columns = [*OBSERVATION_COLUMNS, "source"]
    for start in range(0, len(order), ROWS_AT_ONCE):
        insert_frame(connection, "observation", frame.iloc[order[start : start + ROWS_AT_ONCE]][columns])
