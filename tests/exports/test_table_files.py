"""Files that people take with them: they open as they should in Excel and in programs."""

import csv
import io
import json
from datetime import date

import numpy as np
import pyarrow.parquet as pq
import pytest

from dashboard.exports.table_files import csv_for_excel, csv_plain, json_text, parquet

ROWS = [
    {"area": "Björndalen-Vårvik", "year": 2025, "value": 45.43, "note": None},
    {"area": "Öxnered; norra", "year": 2024, "value": None, "note": 'säger "hej"'},
]
ABOUT = {"credit": "Källa: SCB. 2025", "data_sha256": "ab" * 32, "view": "https://example.org/stadsdelar?niva=deso"}


def test_excel_gets_semicolons_decimal_commas_and_a_byte_order_mark():
    content = csv_for_excel(ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "area;year;value;note"
    assert lines[1] == "Björndalen-Vårvik;2025;45,43;"
    assert lines[2] == '"Öxnered; norra";2024;;"säger ""hej"""'


def test_programs_get_commas_decimal_points_and_no_byte_order_mark():
    content = csv_plain(ROWS)
    assert not content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
    assert rows[0] == {"area": "Björndalen-Vårvik", "year": "2025", "value": "45.43", "note": ""}
    assert rows[1]["value"] == ""


def test_parquet_keeps_values_types_and_gaps():
    table = pq.read_table(io.BytesIO(parquet(ROWS)))
    assert table.to_pylist() == ROWS
    assert str(table.schema.field("value").type) == "double"
    assert str(table.schema.field("year").type) == "int64"


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\tx", "\rx"])
@pytest.mark.parametrize("make", [csv_for_excel, csv_plain])
def test_text_that_begins_like_a_formula_is_only_text(make, text):
    content = make([{"a": text}]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert rows[1] == [f"'{text}"]


def test_negative_numbers_stay_numbers():
    assert csv_plain([{"a": -1.5, "b": -3}]).decode() == "a,b\r\n-1.5,-3\r\n"
    assert csv_for_excel([{"a": -1.5}]).decode("utf-8-sig") == "a\r\n-1,5\r\n"


def test_digits_that_matter_are_kept():
    assert csv_plain([{"a": 0.454321987654}]).decode() == "a\r\n0.454321987654\r\n"
    assert csv_plain([{"a": 59265.0}]).decode() == "a\r\n59265\r\n"


@pytest.mark.parametrize("make", [csv_for_excel, csv_plain, json_text, parquet])
def test_no_rows_are_a_file_too(make):
    assert isinstance(make([], ABOUT), bytes)


@pytest.mark.parametrize(("make", "delimiter"), [(csv_for_excel, ";"), (csv_plain, ",")])
def test_each_row_of_a_csv_tells_where_it_is_from(make, delimiter):
    rows = list(csv.DictReader(io.StringIO(make(ROWS, ABOUT).decode("utf-8-sig")), delimiter=delimiter))
    assert list(rows[0]) == [*ROWS[0], *ABOUT]
    assert all(row.items() >= ABOUT.items() for row in rows)


def test_what_a_row_says_itself_is_not_written_over():
    (row,) = csv.DictReader(io.StringIO(csv_plain([{"view": "north", "a": 1}], ABOUT).decode()))
    assert row["view"] == "north"
    assert row["data_sha256"] == ABOUT["data_sha256"]


def test_parquet_and_json_tell_it_once_beside_their_rows():
    table = pq.read_table(io.BytesIO(parquet(ROWS, ABOUT)))
    assert table.to_pylist() == ROWS
    assert {name.decode(): text.decode() for name, text in table.schema.metadata.items()} == ABOUT
    assert json.loads(json_text(ROWS, ABOUT)) == {"about": ABOUT, "rows": ROWS}


def test_json_has_null_for_what_is_no_number_and_days_as_text():
    row = {"a": float("nan"), "b": float("inf"), "day": date(2026, 3, 1), "n": np.int64(3), "x": np.float64(0.5)}
    assert json.loads(json_text([row]))["rows"] == [{"a": None, "b": None, "day": "2026-03-01", "n": 3, "x": 0.5}]
