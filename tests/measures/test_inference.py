"""Random floor, corrected D and intervals: against references, simulation and what must hold."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest

from dashboard.measures import inference
from dashboard.measures.formulas import (
    MULTIGROUP,
    NESTED,
    TWO_GROUP,
    dissimilarity,
    multigroup_dissimilarity,
    of_two_groups,
)
from dashboard.measures.inference import (
    UndefinedMeasureError,
    basic_interval,
    corrected_dissimilarity,
    difference,
    difference_interval,
    distinguishable_from_chance,
    interval,
    multigroup_random_floor,
    multigroup_sample,
    random_floor,
    sample,
)


def without_segregation(rng, areas, mean, share, draws):
    """Return cities in which everybody lives where chance put them: (draws, areas) x and t."""
    t = np.full((draws, areas), mean)
    return rng.binomial(t, share).astype(float), t.astype(float)


# Random floor


def test_random_floor_of_trollhattan(trollhattan):
    assert round(random_floor(trollhattan.x[2025], trollhattan.t[2025]), 4) == 0.0196


def test_random_floor_is_the_formula():
    x, t = [3, 10, 0, 7], [20, 30, 0, 50]
    share, mean = 20 / 100, 100 / 3
    expected = sqrt((1 - 1 / 3) / (2 * pi * mean * share * (1 - share)))
    assert random_floor(x, t) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("areas", "mean", "share"), [(32, 1800, 0.25), (100, 300, 0.1), (16, 500, 0.5), (5, 900, 0.3)])
def test_random_floor_is_the_mean_of_d_without_segregation(areas, mean, share):
    x, t = without_segregation(np.random.default_rng(5), areas, mean, share, 3000)
    simulated = dissimilarity(x, t - x).mean()
    assert simulated == pytest.approx(
        np.mean([random_floor(a, b) for a, b in zip(x[:50], t[:50], strict=True)]), rel=0.03
    )


def test_random_floor_of_several_groups():
    rng = np.random.default_rng(6)
    n = rng.multinomial(700, [0.5, 0.3, 0.15, 0.05], size=(3000, 25)).astype(float)
    assert multigroup_dissimilarity(n).mean() == pytest.approx(multigroup_random_floor(n[0]), rel=0.03)
    x, t = np.array([3.0, 10, 9]), np.array([20.0, 30, 50])
    assert multigroup_random_floor(np.column_stack([x, t - x])) == pytest.approx(random_floor(x, t), rel=1e-14)


def test_distinguishable_from_chance():
    assert distinguishable_from_chance(0.03, 0.02)
    assert not distinguishable_from_chance(0.0299, 0.02)


# Corrected D


def test_corrected_d_of_sids_equals_the_reference(sids):
    assert corrected_dissimilarity(*sids(74)) == pytest.approx(0.2943, abs=1e-4)


@pytest.mark.parametrize("seen", [0.0, 0.5, 1.0, 1.0001, 1.01, 1.5, 3.0, 8.0, 40.0, 1e6])
def test_most_likely_is_the_highest_point_of_the_likelihood(seen):
    """Of all θ ≥ 0 none makes |N(θ, 1)| = θ̂ likelier; looked up on a fine grid, without the fixed point."""
    found = inference._most_likely(np.array([seen]))[0]
    grid = np.append(np.linspace(max(0, seen - 2), seen + 1, 300_001), [0.0])
    likelihood = np.logaddexp(-((seen - grid) ** 2) / 2, -((seen + grid) ** 2) / 2)
    assert found == pytest.approx(grid[np.argmax(likelihood)], abs=2e-3 if seen < 1.001 else 2e-5)
    assert (found == 0) == (seen <= 1)


def test_corrected_d_is_exact_for_separated_areas():
    assert corrected_dissimilarity([100, 0], [100, 50]) == 1
    assert corrected_dissimilarity([10, 20], [100, 200]) == 0


def test_corrected_d_takes_away_most_of_chance():
    """Where nobody is segregated, D is about the floor, and the corrected D is much nearer to 0."""
    x, t = without_segregation(np.random.default_rng(1), 40, 200, 0.2, 200)
    plain = dissimilarity(x, t - x).mean()
    corrected = np.mean([corrected_dissimilarity(a, b) for a, b in zip(x, t, strict=True)])
    assert corrected < 0.6 * plain


# Intervals


def test_interval_of_trollhattan(trollhattan):
    found = interval(trollhattan.x[2025], trollhattan.t[2025])["dissimilarity"]
    assert found.value == pytest.approx(0.4543, abs=5e-5)
    assert (found.lower, found.upper) == pytest.approx((0.446, 0.462), abs=1e-3)


def test_change_of_trollhattan(trollhattan):
    before, after = ((trollhattan.x[year], trollhattan.t[year]) for year in (2024, 2025))
    change = difference_interval(before, after)
    assert change.value == pytest.approx(-0.0003, abs=5e-5)
    assert (change.lower, change.upper) == pytest.approx((-0.011, 0.011), abs=1.5e-3)


def test_interval_is_basic_not_percentile():
    drawn = np.linspace(0.30, 0.40, 1001)
    found = basic_interval(0.33, drawn)
    assert (found.lower, found.upper) == pytest.approx((0.66 - 0.3975, 0.66 - 0.3025), abs=1e-12)


def test_interval_is_cut_at_the_range_of_the_measure_but_a_difference_is_not():
    drawn = np.linspace(0.0, 0.5, 1001)
    assert basic_interval(0.1, drawn).lower == 0
    assert basic_interval(0.99, drawn).upper == 1
    assert basic_interval(0.1, drawn, clip=False).lower == pytest.approx(0.2 - 0.4875)


def test_same_draws_every_time(trollhattan):
    city = (trollhattan.x[2025], trollhattan.t[2025])
    assert interval(*city) == interval(*city)
    assert interval(*city) != interval(*city, seed=(1,))


def test_a_measure_has_the_same_interval_alone_and_among_others(trollhattan):
    x, t, measures = trollhattan.x[2025], trollhattan.t[2025], tuple(TWO_GROUP)
    together = interval(x, t, measures=measures)
    for measure in measures:
        assert interval(x, t, measures=(measure,))[measure] == together[measure]


def test_empty_area_changes_nothing(trollhattan):
    x, t, regso = trollhattan.x[2025], trollhattan.t[2025], trollhattan.regso
    measures = ("dissimilarity", "within_between")
    more = interval([*x, 0], [*t, 0], regso=[*regso, "elsewhere"], measures=measures)
    assert more == interval(x, t, regso=regso, measures=measures)


@pytest.mark.parametrize("size", [1, 0.1])
def test_coverage(trollhattan, size):
    """If Trollhättan, or a city of a tenth of it, were the truth: 95 of 100 intervals would hold it."""
    rng = np.random.default_rng(3)
    x, t, regso = trollhattan.x[2025] * size, trollhattan.t[2025] * size, trollhattan.regso
    cells = np.concatenate([x, t - x])
    measures = (*TWO_GROUP, *NESTED)
    true = sample(x, t, regso=regso, measures=measures, draws=1).values
    hits = dict.fromkeys(measures, 0)
    cities = 200
    for number in range(cities):
        a, b = rng.multinomial(round(cells.sum()), cells / cells.sum()).reshape(2, -1)
        found = interval(a, a + b, regso=regso, measures=measures, draws=300, seed=(7, number))
        for measure, one in found.items():
            hits[measure] += one.lower <= true[measure] <= one.upper
    # The noise of 200 cities is 1.5 points, 300 draws and a sum of absolute values cost some more.
    assert min(hits.values()) >= 0.90 * cities, hits
    assert max(hits.values()) < cities, hits


def test_percentile_interval_would_miss():
    """Why the interval is basic: D of the draws lies above D by about what D lies above the truth."""
    rng = np.random.default_rng(4)
    t, share = np.full(60, 100.0), np.tile([0.1, 0.2, 0.3, 0.4], 15)
    true = float(dissimilarity(t * share, t * (1 - share)))
    hits = {"basic": 0, "percentile": 0}
    for number in range(200):
        one = sample(rng.binomial(100, share), t, draws=300, seed=(8, number))
        drawn = one.drawn["dissimilarity"]
        low, high = np.quantile(drawn, (0.025, 0.975))
        found = basic_interval(one.values["dissimilarity"], drawn)
        hits["basic"] += found.lower <= true <= found.upper
        hits["percentile"] += low <= true <= high
    assert hits["basic"] > 170, hits
    assert hits["percentile"] < 150, hits


def test_too_few_of_the_group_for_an_interval():
    """With two persons of the group, every seventh draw has none of them: the ends are not known."""
    found = interval([1, 1, 0], [500, 500, 500])["dissimilarity"]
    assert found.value == pytest.approx(1 / 3, abs=0.01)
    assert (found.lower, found.upper) == (None, None)


def test_counts_that_are_not_whole():
    """Only the number of persons drawn is rounded; the shares are exact."""
    x, t = np.array([10.4, 20.4, 5.4]), np.array([100.0, 90.0, 80.0])
    drawn = inference.redraw(np.column_stack([x, t - x]), 4000, (1,))
    assert (drawn.sum(axis=(1, 2)) == 270).all()
    assert drawn.mean(axis=0)[:, 0] == pytest.approx(x, abs=4 * sqrt(20 / 4000))


def test_what_was_redrawn_once_is_the_same_for_the_next_and_nobody_changes_it(monkeypatch):
    counts = np.array([[20.0, 80.0], [50.0, 40.0]])
    kept = inference.redraw(counts, 50, (1,))
    with pytest.raises(ValueError, match="read-only"):
        kept[0, 0, 0] = 7
    counts[0, 0] = 21
    assert not np.array_equal(inference.redraw(counts, 50, (1,)), kept)
    counts[0, 0] = 20
    assert not np.array_equal(inference.redraw(counts, 50, (2,)), kept)
    # Too large to be kept, it is drawn again, and is the same.
    monkeypatch.setattr(inference, "MOST_KEPT", 1)
    again = inference.redraw(counts, 50, (1,))
    assert again is not kept
    assert np.array_equal(again, kept)


def test_measures_that_are_worked_out_together_are_what_each_is_alone(trollhattan):
    x, t = trollhattan.x[2025], trollhattan.t[2025]
    regso = np.eye(16)[np.unique(trollhattan.regso, return_inverse=True)[1]]
    group, rest = np.moveaxis(inference.redraw(np.column_stack([x, t - x]), 40, (1,)), -1, 0)
    together = of_two_groups([*NESTED, *TWO_GROUP], group, rest, regso)
    assert list(together) == [*NESTED, *TWO_GROUP]
    for measure, found in together.items():
        alone = TWO_GROUP[measure](group, rest) if measure in TWO_GROUP else NESTED[measure](group, rest, regso)
        np.testing.assert_array_equal(found, alone, measure)
    with pytest.raises(KeyError, match="within_between"):
        of_two_groups(["within_between"], group, rest)


def test_independent_streams_are_asked_for(trollhattan):
    one = sample(trollhattan.x[2025], trollhattan.t[2025])
    with pytest.raises(ValueError, match="different seeds"):
        difference(one, one, "dissimilarity")


def test_nested_measures_have_intervals(trollhattan):
    measures = ("entropy", "entropy_between", "entropy_within", "within_between")
    found = interval(trollhattan.x[2025], trollhattan.t[2025], regso=trollhattan.regso, measures=measures)
    assert round(found["within_between"].value, 3) == 0.988
    for one in found.values():
        assert one.lower < one.value < one.upper
    with pytest.raises(ValueError, match="without regso"):
        interval(trollhattan.x[2025], trollhattan.t[2025], measures=["within_between"])
    with pytest.raises(ValueError, match="one RegSO an area"):
        interval([1, 2], [5, 5], regso=["a"], measures=["within_between"])


def test_interval_of_several_groups():
    n = np.array([[300, 100, 50], [100, 300, 50], [50, 150, 700]])
    drawn = multigroup_sample(n, measures=tuple(MULTIGROUP))
    for measure in MULTIGROUP:
        found = basic_interval(drawn.values[measure], drawn.drawn[measure])
        assert found.lower < found.value < found.upper
        assert found.upper - found.lower < 0.12


@pytest.mark.parametrize(
    ("x", "t", "reason"),
    [
        ([0, 0], [10, 20], "group_absent"),
        ([10, 20], [10, 20], "rest_absent"),
        ([np.nan, 5], [10, 20], "missing_values"),
        ([5, 21], [10, 20], "impossible_counts"),
        ([5, -1], [10, 20], "impossible_counts"),
        ([5, 1], [10, np.inf], "impossible_counts"),
        ([0, 0], [0, 0], "no_people"),
        ([], [], "no_areas"),
    ],
)
@pytest.mark.parametrize("function", [random_floor, corrected_dissimilarity, interval])
def test_counts_without_an_answer_are_refused(function, x, t, reason):
    with pytest.raises(UndefinedMeasureError) as caught:
        function(x, t)
    assert caught.value.reason == reason


def test_misshapen_counts_are_refused():
    with pytest.raises(ValueError, match="same length"):
        random_floor([1, 2], [3, 4, 5])
    with pytest.raises(ValueError, match="two groups or more"):
        multigroup_random_floor([[1], [2]])
    with pytest.raises(UndefinedMeasureError, match="group_absent"):
        multigroup_random_floor([[1, 0], [2, 0]])
    with pytest.raises(ValueError, match="no interval"):
        basic_interval(float("nan"), np.array([1.0]))
    with pytest.raises(ValueError, match="no interval for ginni"):
        interval([1, 2], [5, 5], measures=["ginni"])
