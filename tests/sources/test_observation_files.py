"""The files of observations: the same bytes as Python's own writer of CSV gives, in a fixed order."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sources import observation_files
from dashboard.sources.observation_files import write_observations
from dashboard.sources.observation_frame import frame_of
from dashboard.sources.tidy import OBSERVATION_COLUMNS, Observation

numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)
figures = st.dictionaries(
    st.tuples(
        st.sampled_from(["1487", "1487C1010_DeSO2025", "1488"]),
        st.sampled_from(["population", "Å, quoted", 'said "so"', "two\nlines"]),
        st.integers(1990, 2030),
    ),
    st.tuples(
        st.sampled_from(["scb_tab6574", "kolada"]), numbers, st.sampled_from(["", "why", "é,"]), numbers, numbers
    ),
    max_size=20,
).map(
    lambda found: [
        Observation(source, *key, value, "published", note, lower, upper)
        for key, (source, value, note, lower, upper) in found.items()
    ]
)


def by_python(observations: list[Observation]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(OBSERVATION_COLUMNS)
    for one in sorted(observations, key=lambda o: o.key):
        cells = [getattr(one, column) for column in OBSERVATION_COLUMNS]
        writer.writerow(["" if cell is None else f"{cell:.12g}" if isinstance(cell, float) else cell for cell in cells])
    return written.getvalue()


@given(figures)
def test_the_bytes_are_those_of_pythons_writer(tmp_path_factory, observations):
    folder = tmp_path_factory.mktemp("written") / "observations"
    write_observations(frame_of(observations), folder)
    sources = {one.source for one in observations}
    assert {path.name for path in folder.iterdir()} == {f"{source}.csv" for source in sources}
    for source in sources:
        own = [one for one in observations if one.source == source]
        assert (folder / f"{source}.csv").read_bytes().decode() == by_python(own)


def test_lines_that_are_made_some_at_a_time_are_the_same(tmp_path, monkeypatch):
    observations = [
        Observation("kolada", "1487", "population", year, float(year % 3), "published")
        for year in range(2030, 2000, -1)
    ]
    monkeypatch.setattr(observation_files, "LINES_AT_ONCE", 7)
    write_observations(frame_of(observations), tmp_path / "observations")
    assert (tmp_path / "observations" / "kolada.csv").read_text("utf-8") == by_python(observations)


def test_a_folder_that_is_there_already_is_not_written_into(tmp_path):
    with pytest.raises(FileExistsError):
        write_observations(frame_of([]), tmp_path)
