"""What a measure needs of a database: something that runs a query and gives its rows."""

from __future__ import annotations

from typing import Any, Protocol


class Answer(Protocol):
    """The rows of a query that was run."""

    def fetchall(self) -> list[Any]:
        """Give all rows, each a tuple."""
        ...

    def fetchone(self) -> Any:  # noqa: ANN401 - a tuple or None; DuckDB's own types say no more
        """Give the first row; None when there is none."""
        ...


class Cursor(Protocol):
    """A cursor of DuckDB, or of another engine that runs the same SQL (`spark_engine`)."""

    def execute(self, query: str, parameters: Any = None) -> Answer:  # noqa: ANN401 - as DuckDB has it
        """Run a query of DuckDB's SQL with named parameters (``$municipality``)."""
        ...
