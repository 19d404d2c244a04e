"""How mixed an area is: values that can be worked out in the head, and rules that hold for all counts."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.measures.diversity import area_mixes, contributions, effective_groups, entropy_score, half_of_h
from dashboard.measures.formulas import multigroup_entropy

tables = st.integers(2, 5).flatmap(
    lambda groups: st.lists(
        st.lists(st.integers(0, 200), min_size=groups, max_size=groups), min_size=1, max_size=8
    ).map(lambda rows: np.array(rows, dtype=float))
)


@pytest.mark.parametrize(
    ("n", "score", "effective"),
    [
        ((1, 0, 0), 0, 1),
        ((1, 1, 1), 1, 3),
        ((1, 1, 0), log(2) / log(3), 2),
        ((2, 1, 1), 1.5 * log(2) / log(3), 8 / 3),
        ((954, 130, 0), 0.3338556526685454, 1084**2 / (954**2 + 130**2)),
    ],
)
def test_reference_values(n, score, effective):
    assert float(entropy_score(n)) == pytest.approx(score, abs=1e-15)
    assert float(effective_groups(n)) == pytest.approx(effective, abs=1e-15)


def test_one_group_alone_is_plain_zero():
    assert str(float(entropy_score((0, 7)))) == "0.0"


@given(tables)
def test_scores_lie_in_their_range_whatever_the_scale_and_the_order_of_the_groups(n):
    n = n[n.sum(axis=1) > 0]
    assume(len(n))
    score, effective = entropy_score(n), effective_groups(n)
    assert ((score >= 0) & (score <= 1 + 1e-12)).all()
    assert ((effective >= 1 - 1e-12) & (effective <= n.shape[1] + 1e-12)).all()
    assert np.allclose(entropy_score(3 * n[:, ::-1]), score, atol=1e-12)
    # An even split is the most mixed by both, one group the least.
    assert (np.isclose(score, 0, atol=1e-12) == np.isclose(effective, 1, atol=1e-9)).all()


@given(tables)
def test_contributions_are_the_parts_of_h(n):
    assume((n.sum(axis=0) > 0).all())
    parts = contributions(n)
    h = float(multigroup_entropy(n))
    if h < 1e-9:
        return
    assert np.nansum(parts) == pytest.approx(1, abs=1e-9)
    assert (parts[~np.isnan(parts)] >= -1e-12).all()
    # Each part by itself: how far the area's mix is from the city's, times its people, of T·E·H.
    total, share = n.sum(axis=1), n.sum(axis=0) / n.sum()
    entropy = -(share * np.log(share)).sum()
    for position in range(len(n)):
        if total[position]:
            own = n[position] / total[position]
            gap = sum(p * log(p / q) for p, q in zip(own, share, strict=True) if p > 0)
            assert parts[position] == pytest.approx(total[position] * gap / (n.sum() * entropy * h), abs=1e-8)


def test_what_has_no_answer_says_why():
    mixes = area_mixes([[5, 5], [float("nan"), 3], [0, 0]], reasons=[None, "group_suppressed", None])
    assert [one.reason for one in mixes] == ["missing_values", "group_suppressed", "empty_area"]
    # A mix of its own an area has even where the city's is not known.
    assert (mixes[0].score, mixes[0].contribution) == (1, None)
    assert [one.score for one in mixes[1:]] == [None, None]
    assert [one.reason for one in area_mixes([[5, 5], [-1, 3]])] == ["missing_values", "impossible_counts"]
    assert [one.reason for one in area_mixes([[float("inf"), 5], [float("nan"), 3]])] == [
        "impossible_counts",
        "missing_values",
    ]


def test_an_even_city_has_nothing_to_contribute_to():
    mixes = area_mixes([[2, 4], [1, 2], [0, 0]])
    assert [one.contribution for one in mixes] == [None, None, None]
    assert [one.reason for one in mixes] == ["no_segregation", "no_segregation", "empty_area"]
    assert area_mixes([[0, 0], [0, 0]])[0].reason == "empty_area"


@pytest.mark.parametrize(
    ("parts", "half"),
    [
        ((0.2, 0.5, 0.3), {1}),
        ((0.2, 0.45, 0.35), {1, 2}),
        # A twelfth six times over falls short of a half by its last decimal.
        ((1 / 12,) * 12, {0, 1, 2, 3, 4, 5}),
        ((None, 0.4, 0.6), {2}),
        ((None, None), set()),
        ((), set()),
    ],
)
def test_the_fewest_areas_that_stand_for_half(parts, half):
    assert half_of_h(parts) == half


def test_a_table_that_is_none_is_refused():
    for wrong in ([1, 2, 3], [[1], [2]]):
        with pytest.raises(ValueError, match="one row an area"):
            area_mixes(wrong)
