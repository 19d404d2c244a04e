"""The queries give the published values, and NULL with a reason where there is no answer."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import isnan, nan

import numpy as np
import pytest

from dashboard.measures.formulas import NESTED, TWO_GROUP
from dashboard.measures.segregation import (
    MULTIGROUP_MEASURES,
    TWO_GROUP_MEASURES,
    area_measures,
    curve,
    multigroup_panel,
    panel,
)

EXACT = {"rel": 0, "abs": 1e-12}


def values(cursor, **key):
    return {row.measure: row.value for row in panel(cursor, **key)}


def reasons(cursor, **key):
    assert all((row.value is None) == (row.reason is not None) for row in panel(cursor, **key))
    return {row.measure: row.reason for row in panel(cursor, **key)}


def random_city(seed, areas=30):
    """Return a city with shares of 0 and of 1, ties and counts that are not whole numbers among its areas."""
    rng = np.random.default_rng(seed)
    t = np.round(rng.uniform(1, 3000, areas), rng.integers(0, 3))
    share = rng.beta(0.7, 2, areas)
    share[:2], share[2:4], share[4:7] = 0, 1, 0.25
    return t * share, t, [f"R{i}" for i in rng.integers(0, 6, areas)]


# Published values


def test_sids_1974_equals_the_reference(relations, sids):
    found = values(relations.two_groups(*sids(74)))
    assert found["dissimilarity"] == pytest.approx(0.29440984243044843, **EXACT)
    assert found["dissimilarity"] == pytest.approx(2319038886 / 7876906787, **EXACT)
    assert found["gini"] == pytest.approx(0.42920313486248696, **EXACT)
    assert found["gini"] == pytest.approx(10142379258 / 23630720361, **EXACT)
    assert found["isolation"] == pytest.approx(0.40636907190392707, **EXACT)
    assert found["exposure"] == pytest.approx(1 - 0.40636907190392707, **EXACT)
    assert found["correlation_ratio"] == pytest.approx(0.12898089079808245, **EXACT)
    assert found["entropy"] == pytest.approx(0.11122438902482144, **EXACT)


def test_sids_1979_equals_the_reference(relations, sids):
    assert values(relations.two_groups(*sids(79)))["dissimilarity"] == pytest.approx(0.29115458465241634, **EXACT)


def test_sids_in_whole_fractions(sids):
    """The two fractions of the reference follow from the counts, without any rounding."""
    x, t = ([Fraction(int(value)) for value in column] for column in sids(74))
    y = [b - a for a, b in zip(x, t, strict=True)]
    gaps = sum(abs(a / sum(x) - b / sum(y)) for a, b in zip(x, y, strict=True)) / 2
    assert gaps == Fraction(2319038886, 7876906787)
    pairs = sum(abs(x[i] * y[j] - x[j] * y[i]) for i in range(len(x)) for j in range(i))
    assert pairs / (sum(x) * sum(y)) == Fraction(10142379258, 23630720361)


def test_four_areas(relations):
    found = values(relations.two_groups([100, 60, 40, 0], [100, 100, 100, 100]))
    assert found["dissimilarity"] == pytest.approx(0.6, **EXACT)
    assert found["isolation"] == pytest.approx((100 + 36 + 16) / 200, **EXACT)
    # By pairs: Σ t_i t_j |p_i − p_j| / (T² P (1 − P)) over the six pairs.
    assert found["gini"] == pytest.approx((0.4 + 0.6 + 1 + 0.2 + 0.6 + 0.4) * 100**2 / (400**2 / 4), **EXACT)


def test_trollhattan(relations, trollhattan):
    for year in (2024, 2025):
        relations.two_groups(trollhattan.x[year], trollhattan.t[year], regso=trollhattan.regso, year=year)
    now, before = values(relations.cursor, year=2025), values(relations.cursor, year=2024)
    assert round(now["dissimilarity"], 4) == 0.4543
    assert round(before["dissimilarity"], 4) == 0.4546
    assert round(now["within_between"], 3) == 0.988
    assert {row.areas for row in panel(relations.cursor)} == {32}


# Against independent implementations


@pytest.mark.parametrize("seed", range(8))
def test_sql_equals_the_formulas_in_numpy(relations, seed):
    x, t, regso = random_city(seed)
    found = values(relations.two_groups(x, t, regso=regso))
    inside = np.array([[code == one for one in sorted(set(regso))] for code in regso], dtype=float)
    for measure, formula in TWO_GROUP.items():
        assert found[measure] == pytest.approx(float(formula(x, t - x)), **EXACT), measure
    for measure, nested in NESTED.items():
        assert found[measure] == pytest.approx(float(nested(x, t - x, inside)), **EXACT), measure
    assert set(found) == set(TWO_GROUP) | set(NESTED) == set(TWO_GROUP_MEASURES)


def test_panel_answers_every_slice_by_itself(relations):
    """A slice has the same answer in a panel as alone: nothing leaks over its borders."""
    cities = {}
    for seed, (municipality, level, year, split) in enumerate(
        (m, level, y, s)
        for m in ("1487", "1488")
        for level in ("deso", "regso")
        for y in (2024, 2025)
        for s in ("a", "b")
    ):
        key = {"municipality": municipality, "level": level, "year": year, "split": split}
        x, t, regso = random_city(seed, areas=10 + seed)
        cities[tuple(key.values())] = (x, t)
        relations.two_groups(x, t, regso=regso, **key)
    for row in panel(relations.cursor, measures=["gini", "dissimilarity"]):
        x, t = cities[row.municipality, row.level, row.year, row.split]
        assert row.value == pytest.approx(float(TWO_GROUP[row.measure](x, t - x)), **EXACT)
        assert row.areas == len(x)
    assert len(panel(relations.cursor)) == 16 * len(TWO_GROUP_MEASURES)
    assert len(panel(relations.cursor, municipality="1488", level="deso", year=2025, split="a")) == 9
    assert {row.split for row in panel(relations.cursor, split="b")} == {"b"}
    assert {row.level for row in panel(relations.cursor, level="regso")} == {"regso"}


def test_rows_come_in_order(relations):
    for year in (2025, 2024):
        relations.two_groups([1, 2], [5, 5], year=year)
    rows = panel(relations.cursor, measures=["gini", "dissimilarity"])
    assert [(row.year, row.measure) for row in rows] == [
        (2024, "dissimilarity"),
        (2024, "gini"),
        (2025, "dissimilarity"),
        (2025, "gini"),
    ]


def test_unknown_measure_is_refused(relations):
    with pytest.raises(ValueError, match="unknown measure: ginni"):
        panel(relations.cursor, measures=["ginni"])


def test_threads_do_not_change_the_answer(relations):
    for year in range(1900, 2000):
        x, t, regso = random_city(year, areas=200)
        relations.two_groups(x, t, regso=regso, year=year)
    runs = []
    for threads in (1, 2, 2):
        relations.cursor.execute("SET threads = $threads", {"threads": threads})
        runs.append([row.value for row in panel(relations.cursor)])
    assert runs[1] == pytest.approx(runs[0], rel=0, abs=1e-14)
    assert runs[2] == pytest.approx(runs[0], rel=0, abs=1e-14)


# What must hold for any city


@pytest.mark.parametrize("seed", range(4))
def test_order_scale_and_merging_of_areas_do_not_matter(new_relations, seed):
    x, t, regso = random_city(seed)
    whole = values(new_relations().two_groups(x, t, regso=regso))
    order = np.random.default_rng(seed).permutation(len(x))
    shuffled = new_relations().two_groups(x[order], t[order], regso=[regso[i] for i in order])
    assert values(shuffled) == pytest.approx(whole, **EXACT)
    scaled = new_relations().two_groups(x * 7.5, t * 7.5, regso=regso)
    assert values(scaled) == pytest.approx(whole, **EXACT)
    # Each area cut into two halves of the same share: nothing has changed for anybody.
    halves = new_relations().two_groups(np.repeat(x / 2, 2), np.repeat(t / 2, 2), regso=np.repeat(regso, 2).tolist())
    assert values(halves) == pytest.approx(whole, **EXACT)


def test_even_city_has_no_segregation(relations):
    found = values(relations.two_groups([10, 20, 33], [100, 200, 330], regso=["a", "a", "b"]))
    for measure in ("dissimilarity", "gini", "correlation_ratio", "entropy", "entropy_between"):
        assert found[measure] == pytest.approx(0, **EXACT)
        assert found[measure] >= 0
    assert found["isolation"] == pytest.approx(0.1, **EXACT)
    assert found["within_between"] is None
    assert reasons(relations.cursor)["within_between"] == "no_segregation"


def test_separated_city_has_full_segregation(relations):
    found = values(relations.two_groups([100, 0, 30], [100, 50, 30], regso=["a", "b", "a"]))
    for measure in ("dissimilarity", "gini", "isolation", "correlation_ratio", "entropy", "within_between"):
        assert found[measure] == pytest.approx(1, **EXACT)
    assert found["exposure"] == 0


@pytest.mark.parametrize("seed", range(20))
def test_within_and_between_sum_to_entropy(relations, seed):
    x, t, regso = random_city(seed)
    found = values(relations.two_groups(x, t, regso=regso))
    assert found["entropy_between"] + found["entropy_within"] == pytest.approx(found["entropy"], **EXACT)
    assert found["within_between"] == pytest.approx(found["entropy_between"] / found["entropy"], **EXACT)


def test_between_is_the_entropy_of_the_regso(relations):
    x, t, regso = random_city(3)
    codes = sorted(set(regso))
    merged = [[sum(v for v, r in zip(column, regso, strict=True) if r == code) for code in codes] for column in (x, t)]
    relations.two_groups(x, t, regso=regso)
    relations.two_groups(*merged, level="regso")
    assert values(relations.cursor, level="deso")["entropy_between"] == pytest.approx(
        values(relations.cursor, level="regso")["entropy"], **EXACT
    )


# No answer, and why


@pytest.mark.parametrize(
    ("x", "t", "reason"),
    [
        ([0, 0], [10, 20], "group_absent"),
        ([10, 20], [10, 20], "rest_absent"),
        ([None, 5], [10, 20], "missing_values"),
        ([5, 5], [None, 20], "missing_values"),
        ([None, None], [None, None], "missing_values"),
        ([5, nan], [10, 20], "impossible_counts"),
        ([5, 5], [10, nan], "impossible_counts"),
        ([5, 5], [10, float("inf")], "impossible_counts"),
        ([5, -1], [10, 20], "impossible_counts"),
        ([5, 21], [10, 20], "impossible_counts"),
        ([5, 1], [10, 0], "impossible_counts"),
        ([5, None], [10, -1], "impossible_counts"),
        ([0, 0], [0, 0], "no_people"),
    ],
)
def test_no_answer_has_its_reason(relations, x, t, reason):
    relations.two_groups(x, t, regso=["a", "b"])
    assert reasons(relations.cursor) == dict.fromkeys(TWO_GROUP_MEASURES, reason)
    assert curve(relations.cursor) == []


def test_slice_without_areas(relations):
    relations.two_groups([1, 2], [5, 5])
    key = {"municipality": "1488", "level": "deso", "split": "foreign_background"}
    assert set(reasons(relations.cursor, year=1999, **key).values()) == {"no_areas"}
    assert {row.areas for row in panel(relations.cursor, year=1999, **key)} == {0}
    assert panel(relations.cursor, year=1999) == []


def test_reason_of_the_counts_is_passed_on(relations):
    relations.two_groups([None, 5], [10, 20], reasons=["not_published", None])
    assert reasons(relations.cursor)["dissimilarity"] == "not_published"
    areas = area_measures(relations.cursor)
    assert [area.reason for area in areas] == ["not_published", "not_published"]
    assert [area.p for area in areas] == [None, 0.25]


def test_reason_beside_a_known_count_is_no_obstacle(relations):
    relations.two_groups([3, 5], [10, 20], reasons=["approximation", None])
    assert reasons(relations.cursor)["dissimilarity"] is None


def test_one_bad_slice_leaves_the_others_alone(relations):
    relations.two_groups([None, 5], [10, 20], year=2024)
    relations.two_groups([1, 5], [10, 20], year=2025)
    assert reasons(relations.cursor, year=2024)["gini"] == "missing_values"
    assert reasons(relations.cursor, year=2025)["gini"] is None


@pytest.mark.parametrize("x_of_empty", [0, None])
def test_empty_area_does_not_count(relations, x_of_empty):
    """Nobody lives there: the city has its answer without it, also when no share was published for it."""
    relations.two_groups([5, x_of_empty, 15], [20, 0, 20], regso=["a", None, "b"])
    row = panel(relations.cursor, measures=["dissimilarity"])[0]
    assert (row.value, row.areas, row.reason) == (0.5, 2, None)
    assert reasons(relations.cursor)["entropy_between"] is None
    empty = area_measures(relations.cursor)[1]
    assert (empty.x, empty.t, empty.p) == (0, 0, None)
    assert (empty.location_quotient, empty.contribution, empty.direction) == (None, None, None)
    assert empty.reason == "empty_area"
    assert len(curve(relations.cursor)) == 3


def test_decomposition_needs_deso_and_regso(relations):
    relations.two_groups([5, 10], [20, 20], regso=["a", None])
    relations.two_groups([5, 10], [20, 20], regso=["a", "b"], level="regso")
    nested = ("entropy_between", "entropy_within", "within_between")
    for level, reason in (("deso", "no_regso"), ("regso", "not_deso")):
        found = reasons(relations.cursor, level=level)
        assert {found.pop(measure) for measure in nested} == {reason}
        assert set(found.values()) == {None}


# Areas and curve


@pytest.mark.parametrize("seed", range(5))
def test_contributions_sum_to_one_with_both_poles(relations, seed):
    x, t, regso = random_city(seed)
    areas = area_measures(relations.two_groups(x, t, regso=regso))
    assert sum(area.contribution for area in areas) == pytest.approx(1, **EXACT)
    # The areas above the city's share make up one half of D, those below it the other half.
    for direction in ("over", "under"):
        part = [area.contribution for area in areas if area.direction == direction]
        assert sum(part) == pytest.approx(0.5, **EXACT)
    uneven = panel(relations.cursor, measures=["dissimilarity"])[0].value
    for area, a, b in zip(areas, x, t, strict=True):
        assert area.location_quotient == pytest.approx((a / b) / (x.sum() / t.sum()), rel=1e-12)
        gap = abs(a / x.sum() - (b - a) / (t - x).sum()) / 2
        assert area.contribution == pytest.approx(gap / uneven, **EXACT)
        assert (area.x, area.t, area.p) == (a, b, a / b)


def test_areas_of_an_even_city(relations):
    for area in area_measures(relations.two_groups([10, 20, 33], [100, 200, 330])):
        assert area.location_quotient == pytest.approx(1, **EXACT)
        assert (area.direction, area.contribution, area.reason) == ("equal", None, "no_segregation")


def test_areas_of_a_city_without_the_group(relations):
    for area in area_measures(relations.two_groups([0, 0], [100, 200])):
        assert (area.p, area.location_quotient, area.contribution) == (0, None, None)
        assert area.reason == "group_absent"


def test_impossible_count_is_not_shown(relations):
    area = area_measures(relations.two_groups([5, nan], [10, 20]))[1]
    assert (area.x, area.t, area.p, area.reason) == (None, None, None, "impossible_counts")


@pytest.mark.parametrize("seed", range(5))
def test_curve_bounds_the_gini_area_and_shows_d(relations, seed):
    x, t, _ = random_city(seed)
    points = curve(relations.two_groups(x, t))
    assert (points[0].rest, points[0].group, points[0].area_code) == (0, 0, None)
    assert (points[-1].rest, points[-1].group) == pytest.approx((1, 1), **EXACT)
    assert [point.position for point in points] == list(range(len(x) + 1))
    assert all(a.p <= b.p for a, b in pairwise(points[1:]))
    found = values(relations.cursor)
    assert max(point.rest - point.group for point in points) == pytest.approx(found["dissimilarity"], **EXACT)
    under = sum((b.rest - a.rest) * (a.group + b.group) / 2 for a, b in pairwise(points))
    assert 1 - 2 * under == pytest.approx(found["gini"], **EXACT)


# Several groups


def several(cursor):
    return {row.measure: row.value for row in multigroup_panel(cursor)}


@pytest.mark.parametrize("seed", range(5))
def test_two_of_several_groups_are_the_two_group_measures(relations, seed):
    x, t, _ = random_city(seed)
    relations.two_groups(x, t)
    relations.several_groups(np.column_stack([x, t - x]))
    two, many = values(relations.cursor), several(relations.cursor)
    assert many["multigroup_entropy"] == pytest.approx(two["entropy"], **EXACT)
    assert many["multigroup_dissimilarity"] == pytest.approx(two["dissimilarity"], **EXACT)


def test_several_groups_even_and_separated(new_relations):
    even = several(new_relations().several_groups([[1, 2, 3], [10, 20, 30]]))
    assert list(even.values()) == pytest.approx([0, 0], **EXACT)
    apart = several(new_relations().several_groups([[5, 0, 0], [0, 7, 0], [0, 0, 2]]))
    assert list(apart.values()) == pytest.approx([1, 1], **EXACT)


@pytest.mark.parametrize(
    ("n", "given", "reason"),
    [
        ([[1, 2, 0], [3, 4, 0]], None, "group_absent"),
        ([[1, None, 3], [4, 5, 6]], None, "missing_values"),
        ([[1, None, 3], [4, 5, 6]], "not_published", "not_published"),
        ([[1, nan, 3], [4, 5, 6]], None, "impossible_counts"),
        ([[1, -2, 3], [4, 5, 6]], None, "impossible_counts"),
        ([[1, 2, 3], [4, 5]], None, "missing_values"),
        ([[0, 0], [0, 0]], None, "no_people"),
        ([[1], [2]], None, "rest_absent"),
    ],
)
def test_several_groups_without_answer(relations, n, given, reason):
    rows = multigroup_panel(relations.several_groups(n, reason=given))
    assert [(row.measure, row.value, row.reason) for row in rows] == [
        (measure, None, reason) for measure in MULTIGROUP_MEASURES
    ]


def test_empty_area_of_several_groups(relations):
    rows = multigroup_panel(relations.several_groups([[1, 0], [0, 0], [0, 1]]))
    assert {(row.value, row.areas) for row in rows} == {(1, 2)}


def test_no_value_is_ever_nan(relations):
    for seed in range(30):
        x, t, regso = random_city(seed, areas=8)
        t[7] = x[7] = 0
        relations.two_groups(x, t, regso=regso, year=seed)
    found = [row.value for row in panel(relations.cursor)]
    found += [area.location_quotient for area in area_measures(relations.cursor)]
    assert not any(value is not None and isnan(value) for value in found)
