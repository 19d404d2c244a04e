"""Reading CSV files: what a cell, a year and a row may be, and what is said about those that are not."""

from pathlib import Path

import pytest

from dashboard.sources.tidy import FileReport, InputError, Observation, parse_value, parse_year, read_rows


@pytest.mark.parametrize(
    ("cell", "value"), [("12.5", 12.5), (" 7 ", 7.0), ("-0.258", -0.258), ("0", 0.0), ("1e3", 1000.0)]
)
def test_numbers_are_published(cell, value):
    assert parse_value(cell, "a.csv, row 2") == (value, "published")


@pytest.mark.parametrize("cell", ["..", "…", " .. "])
def test_two_dots_are_suppressed_and_never_zero(cell):
    assert parse_value(cell, "a.csv, row 2") == (None, "suppressed")


@pytest.mark.parametrize("cell", ["", ".", "NA", "NaN", "  "])
def test_nothing_and_one_dot_are_missing_and_never_zero(cell):
    assert parse_value(cell, "a.csv, row 2") == (None, "missing")


@pytest.mark.parametrize("cell", ["12,5", "about 5", "1 000", "-", "inf", "-inf", "1e999", "12.5%", "1_000"])
def test_anything_else_is_refused_and_named(cell):
    with pytest.raises(InputError, match=r"a\.csv, row 2: “.*” is not a"):
        parse_value(cell, "a.csv, row 2")


def test_a_year_has_four_digits():
    assert parse_year("2025", "a.csv, row 2") == 2025


@pytest.mark.parametrize("cell", ["25", "2025.0", "2024/25", "20255", "", "year", "-202", "²025"])
def test_what_is_no_year_is_refused_and_named(cell):
    with pytest.raises(InputError, match=r"a\.csv, row 2: “.*” is not a year"):
        parse_year(cell, "a.csv, row 2")


def test_rows_carry_their_number_in_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("one,two\n1,2\n3,4\n", "utf-8")
    assert read_rows(path, ["one"]) == [(2, {"one": "1", "two": "2"}), (3, {"one": "3", "two": "4"})]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("one,two\r\n1,2\r\n".encode("utf-8-sig"))
    assert read_rows(path, ["one"]) == [(2, {"one": "1", "two": "2"})]


def test_quoted_commas_are_text(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('one,two\n"a, b",2\n', "utf-8")
    assert read_rows(path, ["one"])[0][1]["one"] == "a, b"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"one,two\n1,2\n3\n", "a.csv, row 3: 1 cells where the header has 2"),
        (b"one,two\n1,2,3\n", "a.csv, row 2: 3 cells where the header has 2"),
        (b"one,two\n1,2\n\n3,4\n", "a.csv, row 3: 0 cells where the header has 2"),
        (b'one,two\n1,"2\n', "a.csv, row 2: not a CSV row"),
        ("one,tv\u00e5\n1,2\n".encode("latin-1"), "a.csv is not UTF-8 text (byte 6)"),
        (b"\xff\xfeo\x00n\x00e\x00", "a.csv is not UTF-8 text"),
        (b"uno,two\n1,2\n", "a.csv lacks the column one"),
        (b"", "a.csv lacks the column one"),
        (b"one,two\n", "a.csv has a header but no rows"),
    ],
)
def test_broken_files_are_refused_with_file_and_row(tmp_path, content, complaint):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_rows(path, ["one"])
    assert complaint in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"a\.csv cannot be read"):
        read_rows(tmp_path / "a.csv", ["one"])


def test_a_report_counts_what_was_left_out_by_reason():
    report = FileReport("a.csv", rows=10, kept=6)
    report.leave_out("quarters", 3)
    report.leave_out("a month")
    assert list(report.lines()) == [
        "a.csv: 10 rows read, 6 kept, 4 left out",
        "    1 left out: a month",
        "    3 left out: quarters",
    ]


def test_an_observation_is_known_by_area_indicator_and_year():
    one = Observation("scb_tab6574", "1487", "population", 2025, 10.0, "published")
    assert one.key == ("1487", "population", 2025)


def test_a_column_that_occurs_twice_is_refused(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text("a,b,a\n1,2,3\n", "utf-8")
    with pytest.raises(InputError, match="has the column a twice"):
        read_rows(path, ["a"])
