"""Positions as people write them, and metres in SWEREF 99 TM."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reach.coordinates import CoordinateError, parse_position, to_degrees, to_metres


def test_a_known_position():
    assert to_metres(58.28, 12.29) == pytest.approx((341092.86, 6463081.73), abs=0.01)
    assert to_degrees(341092.86, 6463081.73) == pytest.approx((58.28, 12.29), abs=1e-6)


@given(st.floats(55.1, 69.4), st.floats(10.6, 24.4))
def test_there_and_back(lat, lon):
    assert to_degrees(*to_metres(lat, lon)) == pytest.approx((lat, lon), abs=1e-7)


@pytest.mark.parametrize(
    "text",
    [
        "58.2707, 12.3080",
        "58.2707 12.3080",
        "58,2707 12,3080",
        "58,2707, 12,3080",
        "58.2707;12.3080",
        " 58.2707°N  12.3080°E ",
        "(58.2707, 12.3080)",
        "lat 58.2707 lon 12.3080",
        "58.2707,12.3080",
    ],
)
def test_ways_to_write_a_position(text):
    assert parse_position(text) == (58.2707, 12.308)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "unreadable"),
        ("Drottningtorget", "unreadable"),
        ("58.2707", "unreadable"),
        ("58° 16' 14\" N, 12° 18' 29\" E", "unreadable"),
        ("12.3080, 58.2707", "swapped"),
        ("48.85, 2.35", "outside"),
        ("-58.2707, 12.3080", "outside"),
        ("−58.2707, 12.3080", "outside"),
        ("6463081 341092", "outside"),
        ("0 0", "outside"),
    ],
)
def test_what_is_no_position(text, reason):
    with pytest.raises(CoordinateError) as caught:
        parse_position(text)
    assert caught.value.reason == reason


@given(st.text(max_size=60))
def test_any_text_is_a_position_in_sweden_or_refused(text):
    with contextlib.suppress(CoordinateError):
        lat, lon = parse_position(text)
        assert 55 <= lat <= 69.5
        assert 10.5 <= lon <= 24.5


@pytest.mark.parametrize(("lat", "lon"), [(float("nan"), 12), (58, float("inf")), (float("nan"), float("nan"))])
def test_what_is_no_number_lies_outside(lat, lon):
    with pytest.raises(CoordinateError, match="outside"):
        to_metres(lat, lon)
