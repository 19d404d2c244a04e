import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.i18n import Translator
from dashboard.views.classes import (
    BALANCE_BREAKS,
    balance_scheme,
    classify,
    nice_breaks,
    sequential_scheme,
)
from dashboard.views.numbers import NumberFormat
from dashboard.views.theme import LIGHT

# SCB's socio-economic index 2024 of the sixteen neighbourhoods of Trollhättan.
INDEX = [2.2, 2.6, 3.0, 3.4, 4.7, 4.8, 5.0, 6.2, 6.5, 7.7, 8.9, 12.0, 12.7, 16.8, 23.9, 32.5]


def test_a_value_on_a_bound_belongs_to_the_class_above() -> None:
    assert classify([4.99, 5, 9.99, 10, 400, None, math.nan], [5, 10]) == [0, 1, 1, 2, 2, None, None]


def test_breaks_must_ascend() -> None:
    with pytest.raises(ValueError, match="ascend"):
        classify([1], [5, 5])


def test_breaks_of_the_index() -> None:
    breaks = nice_breaks(INDEX)
    assert breaks == [5, 10, 15, 20]
    assert [classify(INDEX, breaks).count(k) for k in range(5)] == [6, 5, 2, 1, 2]


def test_breaks_of_values_that_do_not_differ() -> None:
    assert nice_breaks([3.0, 3.0, None]) == []
    assert nice_breaks([None]) == []
    assert nice_breaks([0.0] * 30 + [100.0], 2) == [100.0]
    with pytest.raises(ValueError, match="two classes"):
        nice_breaks(INDEX, 1)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60), st.integers(2, 5))
def test_breaks_part_the_values_into_at_most_n_classes(values: list[float], n: int) -> None:
    if max(values) - min(values) < 1e-3:
        return
    breaks = nice_breaks(values, n)
    assert 1 <= len(breaks) <= n - 1
    assert breaks == sorted(set(breaks))


def test_sequential_scheme_says_its_bounds(t: Translator, fmt: NumberFormat) -> None:
    scheme = sequential_scheme([5, 10, 15, 20], t, fmt, LIGHT)
    assert scheme.labels == ("under 5", "5–10", "10–15", "15–20", "20 och över")
    assert scheme.colors == LIGHT.sequential
    assert scheme.marks == ("1", "2", "3", "4", "5")
    assert (scheme.label(0), scheme.mark(0)) == ("under 5", "1")
    assert (scheme.label(None), scheme.mark(None)) == ("uppgift saknas", "..")


def test_sequential_scheme_shows_the_decimals_that_bounds_need(t: Translator, fmt: NumberFormat) -> None:
    scheme = sequential_scheme([2.5, 5], t, fmt, LIGHT, unit_label="%")
    assert scheme.labels == ("under 2,5\u00a0%", "2,5–5,0\u00a0%", "5,0\u00a0% och över")
    assert scheme.colors == (LIGHT.sequential[0], LIGHT.sequential[2], LIGHT.sequential[4])


def test_sequential_scheme_has_at_most_five_classes(t: Translator, fmt: NumberFormat) -> None:
    for breaks in ([], [1, 2, 3, 4, 5]):
        with pytest.raises(ValueError, match="between 1 and 4 breaks"):
            sequential_scheme(breaks, t, fmt, LIGHT)


def test_balance_is_symmetric(english: Translator) -> None:
    """An area with twice as many of the one group is as far from the middle as one with half as many."""
    scheme = balance_scheme(english, LIGHT, group="A", others="B")
    assert scheme.labels[0] == "B clearly more common"
    assert scheme.labels[4] == "A clearly more common"
    assert all(a * b == pytest.approx(1) for a, b in zip(BALANCE_BREAKS, BALANCE_BREAKS[::-1], strict=True))
    assert classify([0.4, 0.7, 1.0, 1.5, 2.5], BALANCE_BREAKS) == [0, 1, 2, 3, 4]
    assert len(set(scheme.marks)) == 5
