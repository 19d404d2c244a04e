"""Reading the files of observations: at once or row by row, it is the same, and rows have their numbers in the file."""

import csv
import io

import pytest

from dashboard.sources.observation_files import write_observations
from dashboard.sources.observation_frame import frame_of, observations_of
from dashboard.sources.tidy import OBSERVATION_COLUMNS, InputError, Observation
from dashboard.warehouse import observation_reader
from dashboard.warehouse.checks import MOST_PROBLEMS_SHOWN, Problems
from dashboard.warehouse.observation_reader import read_observations

HEADER = ",".join(OBSERVATION_COLUMNS)
FIGURES = [
    Observation("kolada", "1487", "municipal_tax_rate", year, 20.5 + year % 3, "published", "", None, 30.0)
    for year in range(2000, 2020)
]


@pytest.fixture
def data(tmp_path):
    write_observations(frame_of(FIGURES), tmp_path / "observations")
    return tmp_path


def read(data):
    problems = Problems()
    return read_observations(data, problems), problems


def change(data, make) -> None:
    path = data / "observations" / "kolada.csv"
    path.write_bytes(make(path.read_bytes()))


def test_what_was_written_is_read_with_its_row(data):
    found, problems = read(data)
    assert observations_of(found.frame) == FIGURES
    assert found.rows.tolist() == list(range(2, 22))
    assert not problems.count


UNUSUAL = {
    "ends of lines of Windows": lambda text: text.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text,
    "no end of the last line": lambda text: text.rstrip(b"\n"),
    "quotation marks": lambda text: text.replace(b"municipal_tax_rate", b'"municipal_tax_rate"'),
    "columns in another order and one more": lambda text: other_columns(text.decode()).encode(),
}


def other_columns(text: str) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, [*reversed(OBSERVATION_COLUMNS), "more"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | {"more": "x"} for row in csv.DictReader(text.splitlines()))
    return written.getvalue()


@pytest.mark.parametrize("name", UNUSUAL)
def test_a_file_that_is_unusual_says_the_same(data, name):
    change(data, UNUSUAL[name])
    found, problems = read(data)
    assert observations_of(found.frame) == FIGURES
    assert found.rows.tolist() == list(range(2, 22))
    assert not problems.count


def test_blocks_go_on_counting_rows(data, monkeypatch):
    change(data, lambda text: text.replace(b",2015,", b",now,"))
    monkeypatch.setattr(observation_reader, "_READ", observation_reader.csv.ReadOptions(block_size=300))
    found, problems = read(data)
    assert found.rows.tolist() == [row for row in range(2, 22) if row != 17]
    assert [str(one) for one in problems.first] == ["kolada.csv, row 17: “now” is not a year with four digits."]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_row_that_cannot_be_read_is_left_out_and_named_by_its_first_fault(data, monkeypatch, at_once):
    if not at_once:
        monkeypatch.setattr(observation_reader, "_at_once", lambda path, problems: [])
    rows = [
        "1487,population,2025,1_000,,,published,",
        "1487,population,2025,1,inf,,guessed,",
        "1487,population,25,1,,x,published,",
        "1487,population,25,1,,,guessed,",
        "1487,population,2025,1,,,guessed,",
        "1487,population,2025, 1e3 ,,..,derived,é",
    ]
    (data / "observations" / "bra.csv").write_text("\n".join([HEADER, *rows, ""]), "utf-8")
    found, problems = read(data)
    assert [str(one) for one in problems.first] == [
        "bra.csv, row 2: “1_000” is not a number; write it with a decimal point.",
        "bra.csv, row 3: “inf” is not a finite number.",
        "bra.csv, row 4: “x” is not a number; write it with a decimal point.",
        "bra.csv, row 5: “25” is not a year with four digits.",
        "bra.csv, row 6: the status “guessed” is not one of derived, false_zero, missing, published, suppressed.",
    ]
    assert observations_of(found.frame) == [
        Observation("bra", "1487", "population", 2025, 1000.0, "derived", "é"),
        *FIGURES,
    ]
    assert found.rows.tolist() == [7, *range(2, 22)]


def test_of_many_faults_all_are_counted_and_some_are_named(data):
    change(data, lambda text: text.replace(b",published,", b",guessed,"))
    found, problems = read(data)
    assert not len(found)
    assert (problems.count, len(problems.first)) == (20, MOST_PROBLEMS_SHOWN)


REFUSED = {
    "an empty line": (lambda text: text.replace(b"\n", b"\n\n", 3), "row 2: 0 cells where the header has 8"),
    "a short row": (lambda text: text + b"1487,1\n", "row 22: 2 cells where the header has 8"),
    "a quotation mark that does not end": (lambda text: text + b'"1487,1\n', "row 22: not a CSV row"),
    "a column twice": (lambda text: text.replace(b"lower", b"upper", 1), "has the column upper twice"),
    "a column too few": (lambda text: text.replace(b"lower", b"low", 1), "lacks the column lower"),
    "no rows": (lambda text: text.partition(b"\n")[0], "has a header but no rows"),
    "nothing": (lambda text: b"", "lacks the column"),
    "other bytes than UTF-8": (lambda text: text.replace(b"1487", b"\xe51487", 1), "is not UTF-8 text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_none_is_refused_with_the_row(data, name):
    make, said = REFUSED[name]
    change(data, make)
    with pytest.raises(InputError, match=r"kolada\.csv") as caught:
        read(data)
    assert said in str(caught.value)
