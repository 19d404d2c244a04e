"""The checks of observations, all rows at once: as many problems and the same words as row by row."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import load_catalogue
from dashboard.sources.area_codes import existed, parse_area_code
from dashboard.sources.observation_frame import frame_of, observations_of
from dashboard.sources.tidy import Observation
from dashboard.warehouse import observation_checks
from dashboard.warehouse.checks import Problems
from dashboard.warehouse.observation_checks import check_observations
from dashboard.warehouse.observation_reader import ReadObservations

AREAS = {"1487", "1487C1010_DeSO2018", "1487C1010_DeSO2025"}
numbers = st.none() | st.sampled_from([-1.0, 0.0, 0.5, 50.0, 140.0])
figures = st.lists(
    st.builds(
        Observation,
        st.sampled_from(["kolada", "nobody"]),
        st.sampled_from([*sorted(AREAS), "1488", "Provby"]),
        st.sampled_from(["foreign_background_share", "population", "happiness"]),
        st.integers(2022, 2025),
        numbers,
        st.sampled_from(["published", "derived", "suppressed", "missing", "false_zero"]),
        st.sampled_from(["", "why"]),
        numbers,
        numbers,
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def catalogue(embedded):
    return load_catalogue(embedded / "catalogue")


def check(observations, catalogue) -> Problems:
    problems = Problems()
    rows = np.arange(2, len(observations) + 2, dtype=np.int32)
    check_observations(ReadObservations(frame_of(observations), rows), AREAS, catalogue, problems)
    return problems


def faults(one: Observation, catalogue) -> list[str]:
    """Say what is wrong with one observation, in the words that the operator reads."""
    said = []
    if one.source not in catalogue.sources:
        said.append(f"the source {one.source} (the file's name) is not in the catalogue.")
    if one.area_code not in AREAS:
        said.append(f"the area {one.area_code} is in no area table.")
    elif not existed(parse_area_code(one.area_code), one.year) and one.status != "false_zero":
        said.append(f"{one.area_code} did not exist in {one.year}; its status can only be false_zero.")
    if (one.value is not None) != (one.status in {"published", "derived"}):
        said.append(f"the status {one.status} does not go with the value {one.value}.")
    if one.value is None and not one.note:
        said.append("a figure that is not there needs a note that says why.")
    indicator = catalogue.indicators.get(one.indicator)
    if indicator is None:
        return [*said, f"the indicator {one.indicator} is not in the catalogue."]
    low, high = indicator.minimum, indicator.maximum
    for name in ("value", "lower", "upper"):
        value = getattr(one, name)
        if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
            span = f"{'−∞' if low is None else f'{low:g}'}–{'∞' if high is None else f'{high:g}'}"
            said.append(f"{one.indicator} has the {name} {value:g}, outside {span} {indicator.unit}.")
    lower, upper = -np.inf if one.lower is None else one.lower, np.inf if one.upper is None else one.upper
    if one.value is not None and not lower <= one.value <= upper:
        said.append(f"the value {one.value:g} lies outside its own limits {one.lower}–{one.upper}.")
    return said


@given(figures)
def test_problems_are_those_of_each_row_in_the_order_of_the_rows(catalogue, observations):
    expected, seen = [], {}
    shares = defaultdict(list)
    for row, one in enumerate(observations, start=2):
        if one.key in seen:
            before = seen[one.key]
            area, indicator, year = one.key
            said = f"{indicator} for {area} in {year} is already in {before[0].source}.csv, row {before[1]}."
            expected.append(f"{one.source}.csv, row {row}: {said}")
        seen[one.key] = (one, row)
        expected += [f"{one.source}.csv, row {row}: {said}" for said in faults(one, catalogue)]
        if one.indicator == "foreign_background_share" and one.value is not None:
            shares[one.source].append((one.value, row))
    for source, values in shares.items():
        if len(values) >= 10 and 0 < max(values)[0] <= 1:
            said = "all values of foreign_background_share are at most 1; write shares in per cent."
            expected.append(f"{source}.csv, row {values[0][1]}: {said}")
    found = check(observations, catalogue)
    assert found.count == len(expected)
    assert [str(one) for one in found.first] == expected[:10]


def test_rows_that_are_looked_at_some_at_a_time_keep_their_numbers(catalogue, monkeypatch):
    monkeypatch.setattr(observation_checks, "ROWS_AT_ONCE", 3)
    figures = [
        Observation("kolada", "1487", "foreign_background_share", year, 0.2, "published") for year in range(2000, 2011)
    ]
    figures[7] = Observation("kolada", "1487", "foreign_background_share", 2001, 0.2, "published")
    found = check(figures, catalogue)
    assert [str(one) for one in found.first] == [
        "kolada.csv, row 9: foreign_background_share for 1487 in 2001 is already in kolada.csv, row 3.",
        "kolada.csv, row 2: all values of foreign_background_share are at most 1; write shares in per cent.",
    ]


def test_the_embedded_rows_have_no_problem_and_stay_as_they_are(catalogue):
    figures = [Observation("kolada", "1487", "population", year, 5.0, "published") for year in range(2000, 2010)]
    assert not check(figures, catalogue).count
    assert not check([], catalogue).count
    assert observations_of(frame_of(figures)) == figures
