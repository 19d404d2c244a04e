"""Distances, minutes and people, no more exact than they are known."""

import math
from types import SimpleNamespace

import pytest
from places_view import plain

from dashboard.views import places_numbers
from dashboard.views.places_numbers import people, rounded, whole_metres

SCHEMATIC, MEASURED = SimpleNamespace(is_schematic=True), SimpleNamespace(is_schematic=False)


@pytest.fixture
def view(t, fmt):
    return SimpleNamespace(t=t, fmt=fmt)


@pytest.mark.parametrize(
    ("value", "schematic", "measured"),
    [
        (0, "intill", "intill"),
        (4.9, "intill", "intill"),
        (5, "intill", "10 m"),
        (24.9, "intill", "20 m"),
        (25, "50 m", "30 m"),
        (849, "850 m", "850 m"),
        (844, "850 m", "840 m"),
        (974.9, "950 m", "970 m"),
        (975, "1,0 km", "980 m"),
        (1000, "1,0 km", "1,0 km"),
        (2649, "2,6 km", "2,6 km"),
        (2650, "2,7 km", "2,7 km"),
        (math.inf, "inte nåbar", "inte nåbar"),
        (math.nan, "..", ".."),
    ],
)
def test_metres_are_rounded_to_50_on_a_schematic_network_and_to_10_on_a_measured_one(view, value, schematic, measured):
    assert plain(places_numbers.metres(view, SCHEMATIC, value)) == schematic
    assert plain(places_numbers.metres(view, MEASURED, value)) == measured


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0 m"), (24, "0 m"), (2549, "2 550 m"), (math.inf, "inte nåbar"), (math.nan, "..")]
)
def test_whole_metres_stay_metres(view, value, text):
    assert plain(whole_metres(view, SCHEMATIC, value)) == text


@pytest.mark.parametrize(
    ("value", "schematic", "measured"),
    [
        (0, "0", "0"),
        (0.2, "färre än 100", "färre än 10"),
        (9.9, "färre än 100", "färre än 10"),
        (10, "färre än 100", "10"),
        (99.9, "färre än 100", "100"),
        (100, "100", "100"),
        (4649, "4 600", "4 650"),
        (4650, "4 700", "4 650"),
        (math.nan, "..", ".."),
    ],
)
def test_people_are_rounded_to_100_on_a_schematic_network_and_to_10_on_a_measured_one(view, value, schematic, measured):
    assert plain(people(view, SCHEMATIC, value)) == schematic
    assert plain(people(view, MEASURED, value)) == measured


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "under 1 min"),
        (39.9, "under 1 min"),
        (40, "1 min"),
        (119, "1 min"),
        (120, "2 min"),
        (960, "12 min"),
        (math.inf, "inte nåbar"),
        (math.nan, ".."),
    ],
)
def test_minutes_at_80_metres_a_minute(view, value, text):
    assert plain(places_numbers.minutes(view, value)) == text


@pytest.mark.parametrize(("value", "text"), [(0.724, "0,72"), (1.0, "1,00"), (math.nan, "..")])
def test_meeting_potentials_have_two_decimals(view, value, text):
    assert places_numbers.mix(view, value) == text


def test_rounding_leaves_what_is_no_number():
    assert rounded(math.inf, 50) == math.inf
    assert math.isnan(rounded(math.nan, 50))
    assert [rounded(value, 50) for value in (24, 25, 75, -24)] == [0, 50, 100, 0]
