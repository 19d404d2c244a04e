"""The open warehouse: read-only, hardened, one cursor a call, and opened anew when a new file was swapped in."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from dashboard.warehouse.fingerprint import LAYOUT

QUERIES = Path(__file__).parent / "queries"
Row = dict[str, object]


class WarehouseError(Exception):
    """The warehouse cannot be opened; the message says what to do."""


@cache
def query_text(name: str) -> str:
    """Give the SQL of a query by its file name without ending."""
    return (QUERIES / f"{name}.sql").read_text("utf-8")


# Set once and then locked: nothing that runs later can reach files, the network or extensions.
HARDENING = (
    "set enable_external_access = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set lock_configuration = true",
)


class Warehouse:
    """A built DuckDB file, open for reading by any number of threads.

    Threads that share a DuckDB connection can get each other's rows, so every call takes a cursor of its own. The
    file is attached to a database in memory: opened by its path, a file that was swapped in under the same name
    would answer with the old content for as long as the old one is open in this process.
    """

    def __init__(self, file: Path, memory_limit: str = "256MB") -> None:
        """Open the file.

        Raises
        ------
        WarehouseError
            When there is no file, it is not a warehouse, or another version of the dashboard built it.
        """
        if not file.is_file():
            raise WarehouseError(f"There is no warehouse at {file}: run `dashboard build`.")
        self._connection = duckdb.connect(":memory:", config={"memory_limit": memory_limit, "threads": 2})
        try:
            # A path cannot be bound in this statement; a quote in it is doubled, as SQL wants it.
            path = str(file).replace("'", "''")
            self._connection.execute(f"attach '{path}' as warehouse (read_only)")
            for setting in HARDENING:
                self._connection.execute(setting)
            with self.cursor() as cursor:
                found = cursor.execute("select key, value from meta").fetchall()
        except duckdb.Error as error:
            self.close()
            raise WarehouseError(f"{file} is not a warehouse that can be read: run `dashboard build`.") from error
        self.meta = {str(key): str(value) for key, value in found}
        if self.meta.get("layout") != LAYOUT:
            self.close()
            raise WarehouseError(f"{file} was built by another version of the dashboard: run `dashboard build`.")
        self.file = file

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a cursor for one call."""
        cursor = self._connection.cursor()
        try:
            cursor.execute("use warehouse")
            yield cursor
        finally:
            cursor.close()

    def rows(self, query: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """Run a query of ``queries/`` and give its rows as dictionaries.

        Parameters
        ----------
        query
            The file's name without ending.
        parameters
            Values for the named parameters (``$municipality``); bound, never formatted in.
        """
        with self.cursor() as cursor:
            cursor.execute(query_text(query), dict(parameters or {}))
            names = [column[0] for column in cursor.description or []]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def columns(self, query: str, parameters: Mapping[str, object] | None = None) -> dict[str, np.ndarray]:
        """Run a query of ``queries/`` and give its columns as arrays, for results of many thousand rows.

        A number that is null is NaN; a column with nulls must hold numbers.
        """
        with self.cursor() as cursor:
            found = cursor.execute(query_text(query), dict(parameters or {})).fetchnumpy()
        return {str(name): _filled(column) for name, column in found.items()}


def _filled(column: Any) -> np.ndarray:  # noqa: ANN401 - DuckDB's own types say three things, of which one comes
    if isinstance(column, np.ma.MaskedArray):
        filled: np.ndarray = np.ma.filled(column.astype(np.float64), np.nan)
        return filled
    return np.asarray(column)


class WarehouseKeeper:
    """Keeps one warehouse open and changes to the new file when a build has swapped one in."""

    def __init__(self, file: Path, memory_limit: str = "256MB") -> None:
        self._file, self._memory_limit = file, memory_limit
        self._lock = threading.Lock()
        self._open: Warehouse | None = None
        self._stamp: tuple[int, int] | None = None

    def warehouse(self) -> Warehouse:
        """Give the warehouse as it is now.

        Raises
        ------
        WarehouseError
            When the file cannot be opened and none is open; a warehouse that is open stays in use.
        """
        with self._lock:
            stamp = self._now()
            if self._open is None or (stamp is not None and stamp != self._stamp):
                # A call under way may still use the old one: it is closed when nobody holds it any more.
                try:
                    self._open = Warehouse(self._file, self._memory_limit)
                except WarehouseError:
                    if self._open is None:
                        raise
                self._stamp = stamp
            return self._open

    def _now(self) -> tuple[int, int] | None:
        try:
            state = self._file.stat()
        except FileNotFoundError:
            return None
        return state.st_ino, state.st_mtime_ns
