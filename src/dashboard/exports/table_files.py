"""Tables as files: CSV for Excel, CSV for programs, JSON, Parquet; each tells where its rows are from."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

Row = Mapping[str, object]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: Of rows that say everything themselves.
NOTHING: Mapping[str, str] = MappingProxyType({})


def csv_for_excel(rows: Sequence[Row], about: Mapping[str, str] = NOTHING) -> bytes:
    """Give rows as CSV that Swedish Excel opens rightly: semicolons, decimal commas, a byte order mark."""
    return _csv(_told(rows, about), ";", ",").encode("utf-8-sig")


def csv_plain(rows: Sequence[Row], about: Mapping[str, str] = NOTHING) -> bytes:
    """Give rows as CSV for programs: commas, decimal points, UTF-8 without a byte order mark."""
    return _csv(_told(rows, about), ",", ".").encode("utf-8")


def json_text(rows: Sequence[Row], about: Mapping[str, str] = NOTHING) -> bytes:
    """Give rows as JSON, beside what is told of them; a value that is missing is null."""
    found = {"about": dict(about), "rows": [{name: _json(value) for name, value in row.items()} for row in rows]}
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1).encode()


def parquet(rows: Sequence[Row], about: Mapping[str, str] = NOTHING) -> bytes:
    """Give rows as Parquet; the types follow from the values, and the file itself tells about them."""
    # Imported here: thirty megabytes that most servers never need.
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    table = pa.Table.from_pylist([dict(row) for row in rows])
    pq.write_table(table.replace_schema_metadata(dict(about) or None), sink)
    return sink.getvalue()


def _told(rows: Sequence[Row], about: Mapping[str, str]) -> Sequence[Row]:
    """Give rows that each tell where they are from: a CSV has no other place for it that every program reads over."""
    return [{**row, **{name: text for name, text in about.items() if name not in row}} for row in rows]


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


def _json(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.12g}") if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    # Numbers of numpy know what they are as numbers of Python.
    return value.item() if hasattr(value, "item") else value
