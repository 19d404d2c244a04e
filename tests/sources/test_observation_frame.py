"""Observations as columns: nothing is lost on the way there and back, and no figure is there twice."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sources.observation_frame import (
    FRAME_COLUMNS,
    frame_from,
    frame_of,
    keys_of,
    observations_of,
    refuse_repeats,
    together,
)
from dashboard.sources.tidy import InputError, Observation

ONE = Observation("scb_tab6574", "1487", "population", 2025, 100.0, "published")
FIGURES = [
    ONE,
    Observation("scb_tab6571", "1487C1010_DeSO2018", "foreign_background_share", 2020, None, "suppressed", "why"),
    Observation("scb_tab6683", "1487R001_RegSO2025", "rent_median", 2024, 7.5, "derived", "worked_out", 7.0, 8.0),
]
observations = st.builds(
    Observation,
    st.sampled_from(["scb_tab6574", "kolada"]),
    st.sampled_from(["1487", "1488", "1488C1010_DeSO2025"]),
    st.sampled_from(["population", "unemployment_rate"]),
    st.integers(1990, 2030),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["published", "missing"]),
    st.sampled_from(["", "why"]),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
)


@given(st.lists(observations, max_size=20))
def test_observations_come_back_as_they_were(given_ones):
    assert observations_of(frame_of(given_ones)) == given_ones


def test_rows_are_small():
    frame = frame_of(FIGURES)
    assert tuple(frame.columns) == FRAME_COLUMNS
    assert frame["year"].dtype == np.int16
    assert {frame[name].dtype for name in ("value", "lower", "upper")} == {np.dtype(np.float64)}
    for name in ("source", "area_code", "indicator", "status", "note"):
        assert frame[name].cat.codes.dtype == np.int8


@given(st.lists(st.lists(observations, max_size=5), max_size=4))
def test_frames_that_are_put_together_keep_every_row_in_its_order(parts):
    whole = together([frame_of(part) for part in parts])
    assert observations_of(whole) == [one for part in parts for one in part]


def test_limits_that_nobody_has_take_no_room():
    figures = [ONE] * 1000
    whole = together([frame_of(figures), frame_from(without_limits(figures))])
    assert whole["lower"].isna().all()
    assert together([frame_from(without_limits(figures))] * 3)["upper"].to_numpy().strides == (0,)
    assert observations_of(together([frame_from(without_limits(figures)), frame_of(FIGURES)])) == figures + FIGURES


def without_limits(figures):
    frame = frame_of(figures)
    return {name: frame[name].array for name in FRAME_COLUMNS if name not in {"lower", "upper"}}


def test_some_columns_are_put_together_alone():
    some = together([frame_of(FIGURES), frame_of(FIGURES)], ("area_code", "year"))
    assert list(some.columns) == ["area_code", "year"]
    assert some["year"].tolist() == [one.year for one in FIGURES] * 2


def test_many_areas_get_larger_numbers():
    areas = [f"1487C{n:04}_DeSO2025" for n in range(300)]
    parts = [frame_of([replace(ONE, area_code=area) for area in some]) for some in (areas[:100], areas[100:])]
    whole = together(parts)
    assert whole["area_code"].cat.codes.dtype == np.int16
    assert whole["area_code"].tolist() == areas


def test_plain_texts_in_any_order_of_columns_become_categories():
    plain = pd.DataFrame([[getattr(one, name) for name in reversed(FRAME_COLUMNS)] for one in FIGURES])
    plain.columns = list(reversed(FRAME_COLUMNS))
    assert observations_of(together([plain, frame_of([])])) == FIGURES


def test_a_row_without_a_source_is_refused():
    frame = frame_of(FIGURES)
    frame["source"] = frame["source"].astype(object).where([True, False, True])
    with pytest.raises(ValueError, match="a row has no source"):
        together([frame])


@given(st.lists(observations, max_size=30))
def test_keys_are_the_same_for_the_same_area_indicator_and_year_alone(given_ones):
    keys = keys_of(frame_of(given_ones)).tolist()
    told = {(key, one.key) for key, one in zip(keys, given_ones, strict=True)}
    assert len(set(keys)) == len({one.key for one in given_ones}) == len(told)


def test_figures_without_repeats_stay_as_they_are():
    frame = frame_of(FIGURES)
    kept, dropped = refuse_repeats(frame, {})
    assert kept is frame
    assert not dropped


def test_an_equal_figure_is_dropped_and_counted():
    again = replace(ONE, source="kolada")
    kept, dropped = refuse_repeats(frame_of([*FIGURES, again, FIGURES[1]]), {"kolada": "Kolada"})
    assert observations_of(kept) == FIGURES
    assert dropped == {"Kolada": 1, "scb_tab6571": 1}


@pytest.mark.parametrize("value", [101.0, None])
def test_another_figure_for_the_same_thing_is_refused(value):
    other = replace(ONE, source="kolada", value=value)
    with pytest.raises(InputError) as caught:
        refuse_repeats(frame_of([*FIGURES, other]), {"kolada": "Kolada"})
    assert str(caught.value) == (
        f"Kolada: population for 1487 in 2025 occurs twice (100.0 in scb_tab6574, {value} in Kolada);"
        " keep the right one."
    )
