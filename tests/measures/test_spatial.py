"""Moran's I of the city and of each area: esda's values, p-values worked out once more, and who is a neighbour."""

from __future__ import annotations

from itertools import permutations as every_order

import duckdb
import geopandas as gpd
import libpysal
import numpy as np
import pytest
from esda.moran import Moran, Moran_Local
from esda.significance import calculate_significance
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measures import spatial
from dashboard.measures.spatial import FEWEST_AREAS, beyond_chance, spatial_pattern


@pytest.fixture(scope="module")
def counties():
    """Return 100 counties of North Carolina with a rate, and who touches whom; the data ships in the libpysal wheel."""
    table = libpysal.io.open(libpysal.examples.get_path("sids2.dbf"))
    rate = np.array(table.by_col("SIDR74"), dtype=float)
    table.close()
    file = libpysal.io.open(libpysal.examples.get_path("sids2.gal"))
    weights = file.read()
    file.close()
    around = {str(one): [str(other) for other in others] for one, others in weights.neighbors.items()}
    return [str(one) for one in weights.id_order], rate, around, weights


def pattern_of(codes, values, around, **more):
    return spatial_pattern(codes, list(values), [None] * len(codes), around, **more)


def test_values_and_quadrants_are_esda_s(counties):
    codes, rate, around, weights = counties
    whole, each = pattern_of(codes, rate, around)
    oracle, local = Moran(rate, weights, permutations=0), Moran_Local(rate, weights, permutations=0)
    assert whole.value == pytest.approx(oracle.I, abs=1e-12)
    # What esda's documentation prints.
    assert (round(whole.value, 3), whole.expected) == (0.248, pytest.approx(-1 / 99, abs=1e-15))
    assert [one.local for one in each] == pytest.approx(list(local.Is), abs=1e-12)
    assert [one.kind for one in each] == [spatial.KINDS[q] for q in local.q]
    assert [one.neighbours for one in each] == [len(around[code]) for code in codes]


def test_the_value_is_what_the_formula_says(counties):
    codes, rate, around, _ = counties
    whole, each = pattern_of(codes, rate, around)
    share = dict(zip(codes, rate, strict=True))
    z = {code: value - rate.mean() for code, value in share.items()}
    lag = {code: sum(z[one] for one in around[code]) / len(around[code]) for code in codes}
    squares = sum(value**2 for value in z.values())
    assert whole.value == pytest.approx(sum(z[code] * lag[code] for code in codes) / squares, abs=1e-12)
    for one in each:
        assert one.local == pytest.approx(99 * z[one.area_code] * lag[one.area_code] / squares, abs=1e-12)
        assert one.neighbours_share == pytest.approx(lag[one.area_code] + rate.mean(), abs=1e-12)


def test_p_values_are_those_of_a_permutation_worked_out_one_by_one(counties):
    """Other random numbers: two shares of 999 and 4 000 draws differ by chance alone by some hundredths."""
    codes, rate, around, _ = counties
    whole, each = pattern_of(codes, rate, around)
    place = {code: i for i, code in enumerate(codes)}
    touching = [[place[one] for one in around[code]] for code in codes]
    z = rate - rate.mean()
    generator = np.random.default_rng(5)

    def moran(values):
        return sum(values[i] * np.mean([values[j] for j in mine]) for i, mine in enumerate(touching))

    def two_sided(drawn, observed):
        far = np.abs(drawn - drawn.mean()) >= abs(observed - drawn.mean()) - 1e-12
        return (far.sum() + 1) / (len(drawn) + 1)

    drawn = np.array([moran(generator.permutation(z)) for _ in range(500)])
    assert whole.p_value == pytest.approx(two_sided(drawn, moran(z)), abs=0.01)
    for i in range(0, 100, 9):
        rest, mine = np.delete(z, i), touching[i]
        drawn = np.array([z[i] * generator.choice(rest, len(mine), replace=False).mean() for _ in range(4000)])
        expected = two_sided(drawn, z[i] * z[mine].mean())
        assert each[i].p_value == pytest.approx(expected, abs=4 * np.sqrt(0.25 / 999) * 2 * np.sqrt(expected) + 0.002)


def test_without_a_pattern_one_area_in_twenty_is_below_a_twentieth(counties):
    """The page says how many areas chance alone would name; it must be true."""
    codes, _, around, _ = counties
    generator = np.random.default_rng(17)
    below = []
    for seed in range(30):
        _, each = pattern_of(codes, generator.random(100), around, seed=seed)
        below += [one.p_value < 0.05 for one in each]
    assert 0.04 < np.mean(below) < 0.06


def test_p_values_are_esda_s_on_the_same_draws():
    drawn = np.random.default_rng(2).normal(size=999)
    for value in (-3.5, -1.9, 0.1, 0.8, 2.2):
        theirs = calculate_significance(np.array([value]), drawn[None, :], alternative="folded")
        assert spatial._pseudo_p(drawn, value) == pytest.approx(theirs, abs=1e-12)


def test_p_values_are_exact_where_every_order_can_be_tried():
    """Eight areas in a ring, all 40 320 orders."""
    codes = list("abcdefgh")
    around = {code: [codes[i - 1], codes[(i + 1) % 8]] for i, code in enumerate(codes)}
    values = np.array([9.0, 8, 6, 5, 1, 0, 2, 7])
    whole, _ = pattern_of(codes, values, around, permutations=9999)
    z = values - values.mean()
    orders = np.array(list(every_order(z)))
    drawn = (orders * (np.roll(orders, 1, axis=1) + np.roll(orders, -1, axis=1)) / 2).sum(axis=1)
    real = (z * (np.roll(z, 1) + np.roll(z, -1)) / 2).sum()
    exact = (np.abs(drawn - drawn.mean()) >= abs(real - drawn.mean()) - 1e-9).mean()
    assert 0 < exact < 0.2
    assert whole.p_value == pytest.approx(exact, abs=4 * np.sqrt(exact / 9999))


def test_areas_that_alternate_are_as_unlike_as_can_be():
    codes = [str(i) for i in range(10)]
    around = {code: [str((i - 1) % 10), str((i + 1) % 10)] for i, code in enumerate(codes)}
    whole, each = pattern_of(codes, [i % 2 for i in range(10)], around)
    assert whole.value == pytest.approx(-1, abs=1e-12)
    assert whole.p_value < 0.05
    assert {one.kind for one in each} == {"unlike_high", "unlike_low"}


def test_the_seed_is_kept_and_nobody_else_s_random_numbers_change(counties):
    codes, rate, around, _ = counties
    np.random.seed(3)
    before = np.random.get_state()[1].copy()
    first, again, other = (pattern_of(codes, rate, around, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(np.random.get_state()[1], before)
    assert first == again
    # Another seed changes p-values alone.
    assert first[0].value == other[0].value
    assert [one.local for one in first[1]] == [one.local for one in other[1]]
    assert [one.p_value for one in first[1]] != [one.p_value for one in other[1]]
    moved = np.array([one.p_value for one in first[1]]) - np.array([one.p_value for one in other[1]])
    assert np.abs(moved).max() < 0.1


def test_shares_in_another_unit_have_the_same_pattern(counties):
    codes, rate, around, _ = counties
    whole, each = pattern_of(codes, rate, around)
    scaled, scaled_each = pattern_of(codes, 3 * rate + 7, around)
    assert scaled.value == pytest.approx(whole.value, abs=1e-12)
    assert scaled.p_value == whole.p_value
    assert [one.kind for one in scaled_each] == [one.kind for one in each]


def chain(n):
    codes = [f"c{i}" for i in range(n)]
    around = {code: [codes[j] for j in (i - 1, i + 1) if 0 <= j < n] for i, code in enumerate(codes)}
    return codes, around


def test_an_area_by_itself_is_left_out_and_says_so():
    codes, around = chain(12)
    values = [float(i) for i in range(12)]
    with_island, each = pattern_of([*codes, "island"], [*values, 99.0], around | {"island": []})
    alone, _ = pattern_of(codes, values, around)
    assert with_island == alone
    assert (each[-1].reason, each[-1].share, each[-1].kind, each[-1].neighbours) == ("no_neighbours", 99.0, None, 0)


def test_where_nobody_lives_neighbours_are_not_counted():
    codes, around = chain(12)
    shares, reasons = [float(i) for i in range(12)], [None] * 12
    shares[0], reasons[0] = None, "empty_area"
    whole, each = spatial_pattern(codes, shares, reasons, around)
    assert whole.areas == 11
    assert (each[0].reason, each[0].kind) == ("empty_area", None)
    assert each[1].neighbours == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda s, r: (s.__setitem__(3, None), r.__setitem__(3, "group_suppressed")), "group_suppressed"),
        (lambda s, r: s.__setitem__(3, None), "missing_values"),
        (lambda s, r: s.__setitem__(slice(None), [0.4] * len(s)), "no_variation"),
    ],
)
def test_what_has_no_answer_says_why(change, reason):
    codes, around = chain(12)
    shares, reasons = [float(i) for i in range(12)], [None] * 12
    change(shares, reasons)
    whole, each = spatial_pattern(codes, shares, reasons, around)
    assert (whole.value, whole.p_value, whole.reason) == (None, None, reason)
    assert {one.kind for one in each} == {None}
    assert all(one.reason for one in each)


def test_a_handful_of_areas_is_too_few():
    codes, around = chain(FEWEST_AREAS - 1)
    whole, _ = pattern_of(codes, [float(i) for i in range(len(codes))], around)
    assert whole.reason == "too_few_areas"
    assert pattern_of([], [], {})[0].reason == "too_few_areas"


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=40))
def test_the_areas_beyond_chance_are_those_with_the_smallest_p_values(p_values):
    found = beyond_chance(np.array(p_values))
    named = sorted(p for p, is_named in zip(p_values, found, strict=True) if is_named)
    others = [p for p, is_named in zip(p_values, found, strict=True) if not is_named]
    assert not named or not others or named[-1] < min(others)
    # Benjamini & Hochberg's rule, word for word.
    ordered = sorted(p_values)
    ranks = [rank for rank, p in enumerate(ordered, start=1) if p <= 0.05 * rank / len(ordered)]
    assert len(named) >= max(ranks, default=0)
    assert all(p <= ordered[max(ranks) - 1] for p in named) if ranks else not named


def test_few_are_named_beyond_chance_without_any_pattern():
    """A thousand uniform p-values: about 50 lie below 0.05, and none or hardly one is named."""
    p_values = np.random.default_rng(11).random(1000)
    assert (p_values < 0.05).sum() > 30
    assert sum(beyond_chance(p_values)) <= 1


def test_trollhattan_as_the_measures_document_has_it(home_city):
    with duckdb.connect(home_city.warehouse, read_only=True) as connection:
        value, p_value, areas, permutations, seed = connection.execute(
            "SELECT value, p_value, areas, permutations, seed FROM spatial_pattern"
            " WHERE level = 'deso' AND year = 2025 AND split = 'foreign_background'"
        ).fetchone()
        assert (round(value, 3), p_value, areas) == (0.622, 0.001, 32)
        assert (permutations, seed) == (spatial.PERMUTATIONS, spatial.SEED)
        pairs = connection.execute(
            "SELECT level, count(*) // 2 FROM neighbour JOIN area USING (area_code) GROUP BY level ORDER BY level"
        ).fetchall()
    assert pairs == [("deso", 82), ("regso", 39)]


def test_neighbours_are_those_that_libpysal_and_distances_find(home_city, embedded):
    with duckdb.connect(home_city.warehouse, read_only=True) as connection:
        ours = set(connection.execute("SELECT area_code, neighbour_code FROM neighbour").fetchall())
    for level in ("deso", "regso"):
        areas = gpd.read_parquet(embedded / "areas" / f"{level}_2025.parquet")
        drawn = areas.loc[areas["boundary"] != "none"].reset_index(drop=True)
        codes = drawn["area_code"].tolist()
        queen = libpysal.weights.Queen.from_dataframe(drawn, use_index=False, silence_warnings=True)
        theirs = {(codes[i], codes[j]) for i, others in queen.neighbors.items() for j in others}
        near = {
            (one, other)
            for i, one in enumerate(codes)
            for j, other in enumerate(codes)
            if i != j and drawn.geometry[i].distance(drawn.geometry[j]) < 1e-7
        }
        mine = {pair for pair in ours if pair[0] in set(codes)}
        assert mine == theirs == near
        assert {(other, one) for one, other in mine} == mine
