"""Filling tables of the warehouse that is being built."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd


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
