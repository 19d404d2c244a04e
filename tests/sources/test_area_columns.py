"""What area codes say as columns is what they say one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sources.area_codes import existed, parse_area_code
from dashboard.sources.area_columns import area_columns

CODES = ["1487", "1487C1010_DeSO2018", "1487C1010_DeSO2025", "1487R001_RegSO2020", "1487R001_RegSO2025"]


@given(st.lists(st.tuples(st.integers(0, len(CODES) - 1), st.integers(2010, 2030))))
def test_areas_existed_when_they_did_one_by_one(rows):
    places = np.array([place for place, _ in rows], dtype=np.int8)
    years = np.array([year for _, year in rows], dtype=np.int16)
    found = area_columns(CODES).existed(places, years)
    assert found.tolist() == [existed(parse_area_code(CODES[place]), year) for place, year in rows]


def test_levels_are_told_and_a_text_that_is_no_code_has_none():
    told = area_columns([*CODES, "Provby"])
    assert told.are("deso").tolist() == [False, True, True, False, False, False]
    assert told.are("municipality", "regso").tolist() == [True, False, False, True, True, False]
    assert told.areas[-1] is None
