"""Meeting potential: mixes that can be worked out in the head, and scipy's entropy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from dashboard.reach.social_mix import mix_entropy, social_mix


def test_the_same_mix_as_the_city_is_exactly_one():
    assert social_mix([30, 20], [3000, 2000]) == 1
    assert social_mix([[7, 21, 14], [700, 2100, 1400]], [1, 3, 2]).tolist() == [1, 1]


def test_one_group_alone_is_exactly_nothing():
    assert social_mix([[120, 0], [0, 120]], [3000, 1000]).tolist() == [0, 0]


def test_it_does_not_see_which_group_is_the_large_one():
    assert social_mix([30, 70], [7000, 3000]) == pytest.approx(1, abs=1e-15)


def test_worked_out_by_hand():
    """Half and half has ln 2; one of four has ¼ ln 4 + ¾ ln 4/3, so that a place may be more mixed than its city."""
    even, quarter = np.log(2), 0.25 * np.log(4) + 0.75 * np.log(4 / 3)
    assert mix_entropy([[5, 5], [1, 3]]) == pytest.approx([even, quarter], abs=1e-15)
    assert social_mix([5, 5], [25, 75]) == pytest.approx(even / quarter, abs=1e-15)
    assert social_mix([25, 75], [500, 500]) == pytest.approx(0.8112781244591328, abs=1e-15)
    assert social_mix([10, 10, 0], [10, 10, 10]) == pytest.approx(np.log(2) / np.log(3), abs=1e-15)


@pytest.mark.parametrize("reaching", [[0, 0], [np.nan, 10], [np.inf, 10], [-5, 10]])
def test_nobody_or_an_unknown_number_gives_no_answer(reaching):
    assert np.isnan(mix_entropy(reaching))
    assert np.isnan(social_mix([reaching, [1, 1]], [10, 10])).tolist() == [True, False]


@pytest.mark.parametrize("city", [[10, 0], [0, 0], [np.nan, 10]])
def test_without_a_mixed_city_there_is_no_yardstick(city):
    found = social_mix([[1, 1], [2, 0]], city)
    assert found.shape == (2,)
    assert np.isnan(found).all()


counts = st.lists(st.floats(0, 1e5), min_size=2, max_size=6).filter(lambda numbers: sum(numbers) > 1)


@given(counts)
def test_against_scipy(numbers):
    assert mix_entropy(numbers) == pytest.approx(entropy(numbers), abs=1e-12)
    assert 0 <= mix_entropy(numbers) <= np.log(len(numbers)) + 1e-12


@given(counts, st.floats(0.01, 100), st.randoms())
def test_neither_size_nor_order_of_the_groups_matters(numbers, times, random):
    shuffled = [times * number for number in numbers]
    random.shuffle(shuffled)
    assert mix_entropy(shuffled) == pytest.approx(mix_entropy(numbers), abs=1e-9)
