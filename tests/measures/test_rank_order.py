"""Income segregation by rank: the reference, the integral itself, what chance gives, what has no answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measures import formulas
from dashboard.measures.inference import UndefinedMeasureError
from dashboard.measures.rank_order import (
    _integral,
    category_counts,
    income_segregation,
    rank_order_entropy,
    rank_order_floor,
)

REFERENCE = np.array([(40.0, 30, 20, 10), (10, 20, 30, 40), (25, 25, 25, 25), (60, 20, 10, 10)])


def test_the_reference():
    assert float(rank_order_entropy(REFERENCE, 2)) == pytest.approx(0.1115998464922, rel=0, abs=1e-12)
    assert float(rank_order_entropy(REFERENCE)) == float(rank_order_entropy(REFERENCE, 2))


def integral(m, steps=200_000):
    """Work 2 ln 2 ∫ E(p) pᵐ dp out by the midpoint rule."""
    p = (np.arange(steps) + 0.5) / steps
    diversity = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    return 2 * np.log(2) * (diversity * p**m).mean()


@pytest.mark.parametrize("m", range(6))
def test_the_closed_form_is_the_integral(m):
    assert _integral(m) == pytest.approx(integral(m), abs=1e-9)


@pytest.mark.parametrize(("categories", "degree"), [(10, 2), (10, 4), (16, 3), (4, 1)])
def test_more_bounds_than_the_polynomial_needs_are_fitted_by_weighted_least_squares(categories, degree):
    """The same by numpy's own fit, whose weights multiply the residuals: E(p), so that the squares get E(p)²."""
    n = np.random.default_rng(categories).integers(5, 400, (20, categories)).astype(float)
    running = n.cumsum(axis=1)
    p = running.sum(axis=0)[:-1] / n.sum()
    heights = [float(formulas.entropy(running[:, k], running[:, -1] - running[:, k])) for k in range(len(p))]
    diversity = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    fit = np.polynomial.Polynomial.fit(p, heights, degree, w=diversity).convert().coef
    expected = sum(coefficient * integral(m) for m, coefficient in enumerate(fit))
    assert float(rank_order_entropy(n, degree)) == pytest.approx(expected, abs=1e-8)


def test_two_categories_are_the_entropy_index():
    x, y = np.array([30.0, 5, 60]), np.array([10.0, 80, 40])
    assert float(rank_order_entropy(np.column_stack([x, y]))) == pytest.approx(float(formulas.entropy(x, y)), abs=1e-12)


def test_complete_separation_is_one_and_the_same_mix_everywhere_nothing():
    assert float(rank_order_entropy(np.diag([100.0, 90, 110, 100]))) == pytest.approx(1, abs=1e-12)
    same = np.outer([100.0, 900, 40], [0.2, 0.3, 0.1, 0.4])
    assert float(rank_order_entropy(same)) == pytest.approx(0, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 9))
def test_it_is_the_same_from_both_ends_and_for_any_number_of_people(seed, categories):
    n = np.random.default_rng(seed).integers(1, 300, (12, categories)).astype(float)
    value = float(rank_order_entropy(n))
    assert float(rank_order_entropy(n[:, ::-1])) == pytest.approx(value, abs=1e-9)
    assert float(rank_order_entropy(n * 7.5)) == pytest.approx(value, abs=1e-10)
    assert float(rank_order_entropy(np.vstack([n, n]))) == pytest.approx(value, abs=1e-10)


def test_draws_are_worked_out_as_one_table_is():
    drawn = np.random.default_rng(3).integers(1, 300, (5, 12, 4)).astype(float)
    together = rank_order_entropy(drawn)
    assert together == pytest.approx([float(rank_order_entropy(n)) for n in drawn], abs=1e-12)


def test_the_floor_is_what_chance_gives():
    rng = np.random.default_rng(8)
    share = np.array([0.3, 0.25, 0.25, 0.2])
    sizes = rng.integers(800, 2400, 32)
    drawn = np.stack([np.stack([rng.multinomial(t, share) for t in sizes]) for _ in range(400)]).astype(float)
    expected = rank_order_floor(np.outer(sizes, share))
    assert float(rank_order_entropy(drawn).mean()) == pytest.approx(expected, rel=0.03)


def test_income_segregation_of_a_city():
    found = income_segregation(REFERENCE * 20, seed=(1,))
    assert found.rank_order.value == pytest.approx(0.1115998464922, abs=1e-12)
    assert found.rank_order.lower < found.rank_order.value < found.rank_order.upper
    assert [one.below for one in found.thresholds] == pytest.approx([0.3375, 0.575, 0.7875])
    # D of the lowest against the highest: ½ Σ |x/135 − y/85|.
    assert found.ends.value == pytest.approx(
        sum(abs(x / 135 - y / 85) for x, y in ((40, 10), (10, 40), (25, 25), (60, 10))) / 2
    )
    assert found.ends.floor > found.rank_order.floor > 0
    assert found.areas == 4


def test_shares_become_persons_and_rounding_is_taken_out():
    counts = category_counts([(25, 25, 25, 25), (33, 33, 33, 0), (None,) * 4], [200, 300, 0])
    assert counts.tolist() == [[50, 50, 50, 50], [100, 100, 100, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("shares", "persons", "reason"),
    [
        ([(25, 25, None, 25)], [100], "missing_values"),
        ([(25, 25, 25, 25)], [None], "missing_values"),
        ([(25, 25, 25, 35)], [100], "impossible_counts"),
        ([(50, 75, -25, 0)], [100], "impossible_counts"),
        ([(25, 25, 25, 25)], [-1], "impossible_counts"),
    ],
)
def test_shares_that_cannot_be(shares, persons, reason):
    with pytest.raises(UndefinedMeasureError) as error:
        category_counts(shares, persons)
    assert error.value.reason == reason


@pytest.mark.parametrize(
    ("n", "reason"),
    [
        (np.zeros((0, 4)), "no_areas"),
        ([[1, 2, np.nan, 3]], "missing_values"),
        ([[1, 2, -1, 3]], "impossible_counts"),
        ([[0, 0, 0, 0]], "no_people"),
        ([[1, 2, 3, 0], [4, 2, 1, 0]], "group_absent"),
    ],
)
def test_what_has_no_answer_says_why(n, reason):
    with pytest.raises(UndefinedMeasureError) as error:
        income_segregation(n)
    assert error.value.reason == reason


def test_a_polynomial_that_the_bounds_cannot_carry_is_refused():
    with pytest.raises(ValueError, match="degree 3 needs 4 bounds, there are 3"):
        rank_order_entropy(REFERENCE, 3)
