"""The pace of calls: never more in any window than the service allows, and no waiting that is not needed."""

import pytest
from fetching import StoodClock
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sources.call_pace import CallPace


def begun(pauses, calls=3, window=10.0, slower=None):
    """Give when calls begin that come with some pauses between them."""
    time = StoodClock()
    pace, times = CallPace(calls, window, time.clock), []
    for number, pause in enumerate(pauses):
        time.seconds += pause
        if slower and number == slower[0]:
            pace.slow_down(*slower[1:])
        pace.wait()
        times.append(time.seconds)
    return times


def test_the_window_slides():
    assert begun([0, 4, 4, 0, 0, 0]) == [0, 4, 8, 10, 14, 18]


def test_who_asks_seldom_never_waits():
    assert begun([4] * 6) == [4, 8, 12, 16, 20, 24]


@given(st.lists(st.integers(0, 12), max_size=40))
def test_no_window_ever_holds_more(pauses):
    times = begun(pauses)
    assert all(later - earlier >= 10 for earlier, later in zip(times, times[3:], strict=False))


@pytest.mark.parametrize(
    ("limit", "expected"), [((1, 10), [0, 0, 10, 20]), ((30, 10), [0, 0, 0, 10]), ((5, 50), [0] * 4)]
)
def test_a_service_can_slow_down_but_not_hurry(limit, expected):
    assert begun([0, 0, 0, 0], slower=(2, *limit)) == expected
