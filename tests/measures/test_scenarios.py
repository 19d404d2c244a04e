"""What a change of the stock of dwellings does: exact where it can be worked out, refused where it cannot be made."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from segregation.multigroup import MultiDissim, MultiInfoTheory

from dashboard.measures.formulas import multigroup_dissimilarity
from dashboard.measures.scenarios import (
    MEASURES,
    MOST_DWELLINGS,
    MOST_STEPS,
    ScenarioError,
    Step,
    Stock,
    after,
    compare,
    place,
    spread,
)

GROUPS = ("rented", "owned", "villa")


def stock(n, regso=None):
    areas = tuple(f"a{i}" for i in range(len(n)))
    regso = regso or tuple(f"r{i // 2}" for i in range(len(n)))
    return Stock(areas, tuple(regso), GROUPS[: len(n[0])], np.array(n, dtype=float))


CITY = stock([(50, 20, 0), (10, 5, 40), (0, 30, 30), (25, 25, 25)])


def change_of(outcome, measure="multigroup_dissimilarity"):
    return next(one for one in outcome.measures if one.measure == measure)


def refused(steps, city=CITY):
    with pytest.raises(ScenarioError) as found:
        place(city, steps)
    return found.value.reason, found.value.step, found.value.available


def test_a_city_split_in_two_becomes_even_by_converting_half_of_each():
    divided = stock([(10, 0), (0, 10)])
    steps = [
        Step("convert", 5, "rented", "a0", to_group="owned"),
        Step("convert", 5, "owned", "a1", to_group="rented"),
    ]
    found = compare(divided, steps)
    d = change_of(found)
    assert (d.before, d.after, d.difference.value) == (1, 0, -1)
    assert found.city.counts_before == found.city.counts_after == (10, 10)
    assert [one.before.score for one in found.areas] == [0, 0]
    assert [one.after.score for one in found.areas] == [1, 1]
    assert [one.after.effective for one in found.areas] == [2, 2]
    # One neighbourhood alone: all that changes lies within it, and of H = 0 there are no parts.
    assert change_of(found, "multigroup_entropy_between").difference.value == 0
    assert change_of(found, "multigroup_entropy_within").difference.value == pytest.approx(-1, abs=1e-12)
    assert change_of(found, "multigroup_within_between").reason == "no_segregation"


def test_each_kind_of_step_moves_the_dwellings_that_it_names():
    assert after(CITY, [Step("build", 7, "villa", "a0")])[0].tolist() == [50, 20, 7]
    assert after(CITY, [Step("demolish", 50, "rented", "a0")])[0].tolist() == [0, 20, 0]
    assert after(CITY, [Step("convert", 4, "owned", "a1", to_group="villa")])[1].tolist() == [10, 1, 44]
    moved = after(CITY, [Step("move", 25, "villa", "a3", to_area="a0")])
    assert moved[[0, 3]].tolist() == [[50, 20, 25], [25, 25, 0]]


def test_the_measures_after_are_pysal_s_on_the_changed_counts():
    steps = [Step("build", 40, "owned", "r0"), Step("move", 10, "rented", "r1", to_area="a0")]
    found = compare(CITY, steps)
    for counts, side in ((CITY.n, "before"), (after(CITY, steps), "after")):
        table = pd.DataFrame(counts, columns=GROUPS)
        for oracle, measure in ((MultiDissim, "multigroup_dissimilarity"), (MultiInfoTheory, "multigroup_entropy")):
            ours = getattr(change_of(found, measure), side)
            assert ours == pytest.approx(oracle(table, list(GROUPS)).statistic, abs=1e-12)


def test_between_and_within_sum_to_h_before_and_after():
    found = compare(CITY, [Step("build", 40, "villa", "r0")])
    named = {one.measure: one for one in found.measures}
    assert tuple(named) == MEASURES
    for side in ("before", "after"):
        whole, between, within, share = (getattr(named[name], side) for name in MEASURES[1:])
        assert between + within == pytest.approx(whole, abs=1e-15)
        assert share == pytest.approx(between / whole, abs=1e-15)


def test_a_neighbourhood_s_dwellings_are_spread_in_whole_numbers():
    # 70 and 55 dwellings: 25 new ones are 14 and 11.
    built = place(CITY, [Step("build", 25, "villa", "r0")])
    assert [(one.area, one.number) for one in built] == [("a0", 14), ("a1", 11)]
    # 50 and 10 rented ones: of 12, 10 and 2 go.
    gone = place(CITY, [Step("demolish", 12, "rented", "r0")])
    assert [(one.area, one.number) for one in gone] == [("a0", -10), ("a1", -2)]
    kinds = place(CITY, [Step("convert", 12, "rented", "r0", to_group="villa")])
    assert sum(one.number for one in kinds) == 0
    assert [(one.area, one.group, one.number) for one in kinds if one.number > 0] == [
        ("a0", "villa", 10),
        ("a1", "villa", 2),
    ]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=9), st.integers(1, 2000))
def test_parts_are_whole_near_their_exact_share_and_sum_to_the_number(weights, number):
    parts = spread(np.array(weights, dtype=float), number)
    assert sum(parts) == number
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(number * weight, total) if total else Fraction(number, len(weights))
        assert abs(part - exact) < 1
        if total and number <= total:
            assert part <= weight


@pytest.mark.parametrize(
    ("step", "reason", "available"),
    [
        (Step("burn", 1, "rented", "a0"), "unknown_kind", 0),
        (Step("build", 0, "rented", "a0"), "not_whole", 0),
        (Step("build", -3, "rented", "a0"), "not_whole", 0),
        (Step("build", 2.5, "rented", "a0"), "not_whole", 0),  # type: ignore[arg-type]
        (Step("build", True, "rented", "a0"), "not_whole", 0),
        (Step("build", MOST_DWELLINGS + 1, "rented", "a0"), "too_many", MOST_DWELLINGS),
        (Step("build", 1, "castle", "a0"), "unknown_group", 0),
        (Step("build", 1, "rented", "z9"), "unknown_area", 0),
        (Step("build", 1, "rented", ""), "unknown_area", 0),
        (Step("convert", 1, "rented", "a0"), "unknown_group", 0),
        (Step("convert", 1, "rented", "a0", to_group="rented"), "same_group", 0),
        (Step("convert", 51, "rented", "a0", to_group="villa"), "not_enough", 50),
        (Step("demolish", 61, "rented", "r0"), "not_enough", 60),
        (Step("move", 1, "rented", "a0"), "unknown_area", 0),
        (Step("move", 1, "rented", "a0", to_area="a0"), "same_area", 0),
        (Step("move", 1, "rented", "r0", to_area="a1"), "same_area", 0),
        (Step("move", 1, "villa", "a0", to_area="a1"), "not_enough", 0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_made_is_refused_with_its_reason(step, reason, available):
    fine = Step("build", 1, "rented", "a2")
    assert refused([fine, step]) == (reason, 1, available)


def test_steps_are_made_in_order_and_there_are_not_too_many():
    build, gone = Step("build", 9, "villa", "a0"), Step("demolish", 9, "villa", "a0")
    assert np.array_equal(after(CITY, [build, gone]), CITY.n)
    assert refused([gone, build]) == ("not_enough", 0, 0)
    assert refused([build] * (MOST_STEPS + 1)) == ("too_many_steps", MOST_STEPS, MOST_STEPS)


def test_the_stock_itself_is_never_changed():
    before = CITY.n.copy()
    compare(CITY, [Step("demolish", 20, "rented", "a0")])
    assert np.array_equal(CITY.n, before)


def test_a_tenure_that_is_gone_leaves_no_measure_and_says_why():
    found = compare(stock([(5, 5), (5, 5)]), [Step("demolish", 10, "owned", "r0")])
    assert {(one.before, one.after, one.difference, one.reason) for one in found.measures} == {
        (None, None, None, "group_absent")
    }
    assert found.city.after.score == 0


def test_an_area_without_dwellings_has_no_mix():
    found = compare(stock([(0, 0), (5, 5)]), [Step("build", 3, "rented", "a0")])
    (area,) = found.areas
    assert (area.before.score, area.before.reason, area.after.score) == (None, "empty_area", 0)


def test_the_same_scenario_has_the_same_interval_and_nothing_changed_has_none_at_all():
    steps = [Step("build", 30, "villa", "a0")]
    assert compare(CITY, steps) == compare(CITY, steps)
    same = compare(CITY, [Step("build", 9, "villa", "a0"), Step("demolish", 9, "villa", "a0")])
    d = change_of(same).difference
    assert (d.value, d.lower, d.upper) == (0, 0, 0)


def test_the_interval_is_that_of_the_difference_under_the_same_draws():
    """Worked out once more by itself: each redrawn city with and without the new dwellings."""
    steps = [Step("build", 30, "villa", "a0")]
    d = change_of(compare(CITY, steps, draws=400, seed=7)).difference
    generator = np.random.default_rng((7,))
    cells = CITY.n.ravel()
    total = int(cells.sum())
    changes, alone = [], []
    filled = cells > 0
    for row in generator.multinomial(total, cells[filled] / total, size=400):
        n = np.zeros(cells.size)
        n[filled] = row
        n = n.reshape(CITY.n.shape)
        plus = n.copy()
        plus[0, 2] += 30
        alone.append((float(multigroup_dissimilarity(n)), float(multigroup_dissimilarity(plus))))
        changes.append(alone[-1][1] - alone[-1][0])
    low, high = np.quantile(changes, (0.025, 0.975))
    assert (d.lower, d.upper) == pytest.approx((2 * d.value - high, 2 * d.value - low), abs=1e-12)
    # Far narrower than two independent draws would have it: each city with the new dwellings of the next one.
    independent = [alone[i][1] - alone[i - 1][0] for i in range(len(alone))]
    assert d.upper - d.lower < np.ptp(np.quantile(independent, (0.025, 0.975))) / 2


counts = st.lists(st.tuples(*[st.integers(0, 60)] * 3), min_size=2, max_size=6)


@given(counts, st.data())
def test_building_adds_exactly_its_number_and_nothing_falls_below_zero(rows, data):
    city = stock(rows)
    number = data.draw(st.integers(1, 300))
    area = data.draw(st.sampled_from([*city.areas, *city.regso]))
    built = after(city, [Step("build", number, "owned", area)])
    assert built.sum() == city.n.sum() + number
    assert np.array_equal(built[:, [0, 2]], city.n[:, [0, 2]])
    available = int(city.n[city.members(area), 1].sum())
    if available:
        gone = Step("demolish", data.draw(st.integers(1, available)), "owned", area)
        assert (after(city, [gone]) >= 0).all()
        # A conversion keeps the number of dwellings of every area.
        kept = after(city, [replace(gone, kind="convert", to_group="rented")])
        assert np.array_equal(kept.sum(axis=1), city.n.sum(axis=1))
