"""The profile over scales: the measure without scale where nobody leaves home, the formulas of others elsewhere."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pandas as pd
import pytest
from equipop.segregation import seg_profile
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.measures import formulas
from dashboard.measures.inference import UndefinedMeasureError
from dashboard.measures.neighbourhoods import SCALES, FewAreas, nearest_people
from dashboard.measures.report import measure_report
from dashboard.measures.scale_profile import area_neighbourhoods, scale_profile
from dashboard.measures.spatial_formulas import MULTIGROUP, TWO_GROUP, spatial_entropy

#: Four areas on a line, 100 m apart, of 1 000 people each.
LINE = [(0.0, 0.0), (100.0, 0.0), (200.0, 0.0), (300.0, 0.0)]
GROUP, ALL = [800.0, 600.0, 400.0, 200.0], [1000.0] * 4


def placed(relations, points=LINE):
    """Put a point into each area of the made-up city."""
    relations.cursor.execute("CREATE TABLE area (area_code VARCHAR, x DOUBLE, y DOUBLE)")
    relations.cursor.executemany(
        "INSERT INTO area VALUES (?, ?, ?)", [(f"1488C{i:04d}", *point) for i, point in enumerate(points)]
    )
    return relations.cursor


def profile(cursor, **key):
    points = scale_profile(cursor, "1488", 2025, key.pop("split", "foreign_background"), **key)
    return {(point.k, point.measure): point for point in points}


def test_where_nobody_leaves_home_it_is_the_measure_without_scale(relations):
    relations.two_groups(GROUP, ALL)
    found = profile(placed(relations), ks=[200, 1000])
    x, y = np.array(GROUP), np.array(ALL) - GROUP
    for name in TWO_GROUP:
        for k in (200, 1000):
            assert found[k, name].value == pytest.approx(float(formulas.TWO_GROUP[name](x, y)), abs=1e-12), name
            assert found[k, name].at_home == 1
            assert found[k, name].lower < found[k, name].value < found[k, name].upper


def test_where_nobody_leaves_home_the_interval_is_the_same_too(relations):
    relations.two_groups(GROUP, ALL)
    cursor = placed(relations)
    found = profile(cursor, ks=[200])
    for row in measure_report(cursor, "1488", "deso", 2025, "foreign_background"):
        if row.measure in TWO_GROUP:
            point = found[200, row.measure]
            assert (point.lower, point.upper) == pytest.approx((row.lower, row.upper), abs=1e-12), row.measure


def test_worked_out_by_hand(relations):
    """k = 2 000: an end takes its neighbour, a middle one half of each of both neighbours."""
    relations.two_groups(GROUP, ALL)
    found = profile(placed(relations), ks=[2000, 4000])
    shares = [0.7, 0.6, 0.4, 0.3]
    assert found[2000, "dissimilarity"].value == pytest.approx(sum(abs(p - 0.5) for p in shares) / (4 * 2 * 0.25))
    assert found[2000, "isolation"].value == pytest.approx((800 * 0.7 + 600 * 0.6 + 400 * 0.4 + 200 * 0.3) / 2000)
    assert found[2000, "dissimilarity"].at_home == 0
    # All are everybody's neighbours: nothing is uneven any more.
    assert found[4000, "dissimilarity"].value == pytest.approx(0, abs=1e-12)
    assert found[4000, "entropy"].value == pytest.approx(0, abs=1e-12)
    assert found[4000, "correlation_ratio"].value == pytest.approx(0, abs=1e-12)


def test_one_measure_alone_is_as_among_all(relations):
    relations.two_groups(GROUP, ALL)
    cursor = placed(relations)
    every = profile(cursor, ks=[1500, 3000])
    assert profile(cursor, ks=[1500, 3000], measures=["entropy"]) == {
        key: point for key, point in every.items() if key[1] == "entropy"
    }


def test_a_redrawn_city_that_lacks_people_nearby_is_looked_at_farther_away(relations):
    """Areas beyond those that usually suffice: the answer is that of the search over all pairs for every draw."""
    rng = np.random.default_rng(4)
    points = rng.uniform(0, 9000, (40, 2))
    cities = rng.integers(0, 60, (25, 40, 2)).astype(float)
    cities[:, :, 0] += rng.integers(0, 2, (25, 1)) * 200
    k = float(cities.sum(axis=(1, 2)).min() / 3)
    few = FewAreas(*points.T).around(cities, [k])[0]
    for city, around in zip(cities, few, strict=True):
        np.testing.assert_allclose(around, nearest_people(*points.T, city, [k]).counts[0], rtol=1e-9)


def test_more_people_than_there_are_have_no_answer(relations):
    relations.two_groups(GROUP, ALL)
    found = profile(placed(relations))
    assert found[3200, "dissimilarity"].value is not None
    assert (found[6400, "dissimilarity"].value, found[6400, "dissimilarity"].reason) == (None, "k_too_large")
    assert set(found) == {(k, name) for k in SCALES for name in TWO_GROUP}


@pytest.mark.parametrize(
    ("x", "t", "reason"),
    [
        ([1.0, None, 3.0, 4.0], ALL, "missing_values"),
        ([0.0] * 4, ALL, "group_absent"),
        (ALL, ALL, "rest_absent"),
        ([], [], "no_areas"),
    ],
)
def test_no_answer_has_a_reason(relations, x, t, reason):
    relations.two_groups(x, t)
    cursor = placed(relations)
    assert {point.reason for point in profile(cursor).values()} == {reason}
    with pytest.raises(UndefinedMeasureError) as caught:
        area_neighbourhoods(cursor, "1488", 2025, "foreign_background", 200)
    assert caught.value.reason == reason


def test_an_area_without_a_point_takes_the_answer_away(relations):
    relations.two_groups(GROUP, ALL)
    found = profile(placed(relations, LINE[:3]))
    assert {point.reason for point in found.values()} == {"no_coordinates"}


def test_an_area_where_nobody_lives_needs_no_point(relations):
    relations.two_groups([*GROUP, None], [*ALL, 0.0])
    assert profile(placed(relations), ks=[1000])[1000, "dissimilarity"].value == pytest.approx(0.4)


def test_several_groups(relations):
    n = np.array([[800.0, 100, 100], [600, 200, 200], [100, 800, 100], [100, 100, 800]])
    relations.several_groups(n)
    found = profile(placed(relations), split="tenure", ks=[500, 2000])
    for name in MULTIGROUP:
        assert found[500, name].value == pytest.approx(float(formulas.MULTIGROUP[name](n)), abs=1e-12)
        around = nearest_people(*np.array(LINE).T, n, [2000]).counts[0]
        assert found[2000, name].value == pytest.approx(float(MULTIGROUP[name](n, around)), abs=1e-12)


def test_each_area_and_its_neighbours(relations):
    relations.two_groups(GROUP, ALL)
    found = area_neighbourhoods(placed(relations), "1488", 2025, "foreign_background", 1500)
    assert [one.own[0] for one in found] == pytest.approx([0.8, 0.6, 0.4, 0.2])
    assert found[0].around == pytest.approx((1100 / 1500, 400 / 1500))
    assert [one.metres for one in found] == [100, 100, 100, 100]


def test_the_formulas_are_those_of_equipop():
    """It weighs every neighbourhood by its own k people; where all areas have as many people that is the same."""
    rng = np.random.default_rng(2)
    people = np.full(60, 500.0)
    group = rng.integers(1, 400, 60).astype(float)
    n = np.column_stack([group, people - group])
    around = nearest_people(*rng.uniform(0, 9000, (2, 60)), n, [1600]).counts[0]
    with contextlib.redirect_stdout(io.StringIO()):
        table = {
            "N_1600": around.sum(axis=1),
            "T_1600": around[:, 0],
            "CountAllLocal": people,
            "CountGroupLocal": group,
        }
        theirs = seg_profile(pd.DataFrame(table), [1600]).set_index("scale").loc[1600]
    for ours, name in (("dissimilarity", "D"), ("entropy", "H"), ("isolation", "SI")):
        assert float(TWO_GROUP[ours](n, around)) == pytest.approx(theirs[name], abs=1e-9), name


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 5), st.integers(1, 40))
def test_the_measures_keep_their_bounds(seed, groups, areas):
    rng = np.random.default_rng(seed)
    n = rng.integers(0, 50, (areas, groups)).astype(float)
    n[0] += 1
    around = nearest_people(*rng.uniform(0, 5000, (2, areas)), n, [n.sum() / 3]).counts[0]
    assert float(MULTIGROUP["multigroup_dissimilarity"](n, around)) >= -1e-12
    assert float(spatial_entropy(n, around)) <= 1 + 1e-12
    isolation, exposure = (float(TWO_GROUP[name](n, around)) for name in ("isolation", "exposure"))
    assert isolation + exposure == pytest.approx(1)
    assert 0 <= isolation <= 1
