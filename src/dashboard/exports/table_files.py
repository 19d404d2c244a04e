"""Tables as files: CSV for Excel, CSV for programs, Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

Row = Mapping[str, object]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_for_excel(rows: Sequence[Row]) -> bytes:
    """Give rows as CSV that Swedish Excel opens rightly: semicolons, decimal commas, a byte order mark."""
    return _csv(rows, ";", ",").encode("utf-8-sig")


def csv_plain(rows: Sequence[Row]) -> bytes:
    """Give rows as CSV for programs: commas, decimal points, UTF-8 without a byte order mark."""
    return _csv(rows, ",", ".").encode("utf-8")


def parquet(rows: Sequence[Row]) -> bytes:
    """Give rows as Parquet; the types follow from the values."""
    # Imported here: thirty megabytes that most servers never need.
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), sink)
    return sink.getvalue()


def _csv(rows: Sequence[Row], delimiter: str, decimal: str) -> str:
    text = io.StringIO()
    columns = list(rows[0]) if rows else []
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[name], decimal) for name in columns])
    return text.getvalue()


def _cell(value: object, decimal: str) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}".replace(".", decimal)
    # A cell that starts like a formula would run as one in a spreadsheet.
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
