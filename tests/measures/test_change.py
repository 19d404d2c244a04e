"""A change divides into its parts and into areas that both sum to it, and the parts mean what they say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from segregation.decomposition import DecomposeSegregation
from segregation.inference import comparative
from segregation.singlegroup import Dissim, Entropy, Gini

from dashboard.measures import formulas
from dashboard.measures.change import DIVIDED, area_parts, divided_change
from dashboard.measures.decomposition import divide_by_rank, divide_change, fitted
from dashboard.measures.inference import UndefinedMeasureError
from dashboard.measures.report import compare_measures, compare_years

TWO_GROUPS = {
    "dissimilarity": (Dissim, lambda n: formulas.dissimilarity(n[..., 0], n[..., 1])),
    "entropy": (Entropy, lambda n: formulas.entropy(n[..., 0], n[..., 1])),
    "gini": (Gini, lambda n: formulas.gini(n[..., 0], n[..., 1])),
}


def city(seed, areas=30, groups=2):
    """Return whole counts without empty cells."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(rng.uniform(0.5, 4, groups), areas)
    return np.floor(rng.integers(200, 2500, areas)[:, None] * shares) + 1.0


def frame(n):
    return pd.DataFrame({"x": n[:, 0], "t": n.sum(axis=1)})


def ours(first, second, *names, counterfactual_approach=None):
    """Give PySAL the counterfactual of Elbers in the place of one of its own; the same areas in both frames."""
    tables = [np.column_stack([one["x"], one["t"] - one["x"]]) for one in (first, second)]
    for one, kept, sizes in ((first, 0, 1), (second, 1, 0)):
        total = tables[sizes].sum()
        made = total * fitted(tables[kept], tables[sizes].sum(axis=0) / total, tables[sizes].sum(axis=1) / total)
        one["counterfactual_group_pop"], one["counterfactual_total_pop"] = made[:, 0], made.sum(axis=1)
    return first, second


@pytest.mark.parametrize("measure", TWO_GROUPS)
@pytest.mark.parametrize("seed", range(4))
def test_the_parts_are_those_of_pysal_with_the_same_counterfactual(monkeypatch, measure, seed):
    """PySAL calls what is left of the structure “spatial”, and takes the first city minus the second."""
    monkeypatch.setitem(comparative.DUAL_SIMULATORS, "composition", ours)
    index, formula = TWO_GROUPS[measure]
    before, after = city(seed), city(seed + 100)
    expected = DecomposeSegregation(index(frame(before), "x", "t"), index(frame(after), "x", "t"))
    parts = divide_change(formula, before, after)
    assert parts.structure == pytest.approx(-expected.c_s, rel=0, abs=1e-9)
    assert parts.groups + parts.areas == pytest.approx(-expected.c_a, rel=0, abs=1e-9)


@pytest.mark.parametrize("measure", TWO_GROUPS)
@pytest.mark.parametrize("seed", range(4))
def test_the_parts_by_rank_are_those_of_pysal(measure, seed):
    index, formula = TWO_GROUPS[measure]
    before, after = city(seed), city(seed + 100, areas=25)
    before[3] = before[4]  # two areas with one share
    expected = DecomposeSegregation(index(frame(before), "x", "t"), index(frame(after), "x", "t"))
    found = divide_by_rank(formula, before, after)
    assert found == pytest.approx((-expected.c_s, -expected.c_a), rel=0, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    groups=st.integers(2, 5),
    areas=st.integers(2, 40),
    measure=st.sampled_from(["dissimilarity", "entropy"]),
)
def test_parts_and_areas_sum_to_the_change(seed, groups, areas, measure):
    before, after = city(seed, areas, groups), city(seed + 1, areas, groups)
    formula = DIVIDED[measure]
    change = formula(after) - formula(before)
    parts = divide_change(formula, before, after)
    assert parts.groups + parts.areas + parts.structure + parts.settled == pytest.approx(change, abs=1e-10)
    assert (area_parts(measure, after) - area_parts(measure, before)).sum() == pytest.approx(change, abs=1e-12)
    assert (area_parts(measure, before) >= -1e-15).all()


def test_a_fitted_table_keeps_the_odds_ratios_and_has_the_sizes():
    structure, sizes = city(1, 6, 3), city(2, 6, 3)
    groups, areas = sizes.sum(axis=0) / sizes.sum(), sizes.sum(axis=1) / sizes.sum()
    table = fitted(structure, groups, areas)
    assert table.sum(axis=0) == pytest.approx(groups, abs=1e-12)
    assert table.sum(axis=1) == pytest.approx(areas, abs=1e-12)
    odds = [n[1:, 1:] * n[0, 0] / (n[1:, :1] * n[:1, 1:]) for n in (table, structure)]
    assert odds[0] == pytest.approx(odds[1], rel=1e-9)


def test_a_city_whose_groups_and_areas_only_grow_has_no_part_of_structure():
    """Every cell times a number of its area and one of its group: the odds ratios stand still."""
    before = city(5)
    after = before * np.linspace(0.5, 2, len(before))[:, None] * np.array([1.7, 0.9])
    parts = divide_change(formulas.multigroup_entropy, before, after)
    assert parts.structure == pytest.approx(0, abs=1e-12)
    assert abs(parts.groups + parts.areas) > 1e-4


def test_people_who_change_places_within_the_same_sizes_are_all_structure():
    before = np.array([[60.0, 40], [40, 60], [50, 50]])
    after = np.array([[80.0, 20], [20, 80], [50, 50]])
    parts = divide_change(formulas.multigroup_dissimilarity, before, after)
    # D goes from ½·(20 + 20)/150 to ½·(60 + 60)/150.
    assert parts.structure == pytest.approx(40 / 150, abs=1e-12)
    assert (parts.groups, parts.areas, parts.settled) == pytest.approx((0, 0, 0), abs=1e-12)


def test_an_area_that_is_lived_in_later_is_told_apart():
    before = np.array([[60.0, 40], [40, 60], [0, 0]])
    after = np.array([[60.0, 40], [40, 60], [90, 10]])
    parts = divide_change(formulas.multigroup_dissimilarity, before, after)
    change = formulas.multigroup_dissimilarity(after) - formulas.multigroup_dissimilarity(before)
    assert parts.settled == pytest.approx(change, abs=1e-12)
    assert (parts.groups, parts.areas, parts.structure) == pytest.approx((0, 0, 0), abs=1e-12)


def test_the_change_has_the_interval_of_the_comparison(relations, trollhattan):
    for year in (2024, 2025):
        cursor = relations.two_groups(trollhattan.x[year], trollhattan.t[year], regso=trollhattan.regso, year=year)
    key = (cursor, "1488", "deso", "foreign_background")
    found = divided_change(*key, before=2024, after=2025, measure="dissimilarity")
    known = compare_years(*key, before=2024, after=2025)
    assert (found.change.value, found.change.lower, found.change.upper) == pytest.approx(
        (known.value, known.lower, known.upper), abs=1e-12
    )
    assert found.change.value == pytest.approx(-0.0003, abs=1e-4)
    assert found.change.lower < -0.010 < 0.010 < found.change.upper
    assert sum(one.value for one in found.parts.values()) == pytest.approx(found.change.value, abs=1e-12)
    assert found.composition.value == pytest.approx(found.parts["groups"].value + found.parts["areas"].value)
    assert sum(one.change.value for one in found.areas) == pytest.approx(found.change.value, abs=1e-12)
    assert sum(found.by_rank) == pytest.approx(found.change.value, abs=1e-12)
    assert {one.change.value > 0 for one in found.areas} == {True, False}
    for part in (*found.parts.values(), *(one.change for one in found.areas)):
        assert part.lower <= part.value <= part.upper


def test_a_change_beyond_chance_is_found_in_the_right_area(relations):
    """One of ten areas turns from the mix of the city to one group; the others stand still."""
    x, t = np.full(10, 200.0), np.full(10, 1000.0)
    relations.two_groups(x, t, year=2024)
    x[4] = 900
    cursor = relations.two_groups(x, t, year=2025)
    found = divided_change(
        cursor, "1488", "deso", "foreign_background", before=2024, after=2025, measure="dissimilarity"
    )
    largest = max(found.areas, key=lambda one: one.change.value)
    assert largest.area_code.endswith("0004")
    assert largest.certain
    assert found.parts["structure"].lower > 0


def test_every_measure_is_compared(relations, trollhattan):
    for year in (2024, 2025):
        cursor = relations.two_groups(trollhattan.x[year], trollhattan.t[year], regso=trollhattan.regso, year=year)
    found = compare_measures(cursor, "1488", "deso", "foreign_background", before=2024, after=2025)
    assert [one.before.measure for one in found][:3] == ["dissimilarity", "corrected_dissimilarity", "gini"]
    for one in found:
        assert one.difference.value == pytest.approx(one.after.value - one.before.value, abs=1e-12)
        assert (one.difference.lower is None) == (one.before.measure == "corrected_dissimilarity")
        assert not one.difference.differs


def test_several_groups(relations):
    for year, seed in ((2024, 1), (2025, 2)):
        cursor = relations.several_groups(city(seed, 20, 3), year=year)
    found = divided_change(cursor, "1488", "deso", "tenure", before=2024, after=2025, measure="multigroup_entropy")
    compared = {
        one.before.measure: one.difference
        for one in compare_measures(cursor, "1488", "deso", "tenure", before=2024, after=2025)
    }
    assert found.change.value == pytest.approx(compared["multigroup_entropy"].value, abs=1e-12)
    assert found.change.lower == pytest.approx(compared["multigroup_entropy"].lower, abs=1e-12)
    assert found.by_rank is None
    assert len(found.areas) == 20


def missing(relations):
    relations.two_groups([5, 6], [10, 12], year=2024)
    return relations.two_groups([5, None], [10, 10], year=2025)


def one_year_only(relations):
    return relations.two_groups([5, 6], [10, 12], year=2024)


def other_areas(relations):
    relations.two_groups([5, 6], [10, 12], year=2024)
    return relations.two_groups([5, 6, 3], [10, 12, 9], year=2025)


def nobody_of_the_group(relations):
    relations.two_groups([0, 0], [10, 12], year=2024)
    return relations.two_groups([5, 6], [10, 12], year=2025)


def cells_in_the_way(relations):
    """The group lives in the second area alone, which is to hold fewer than the group has."""
    relations.two_groups([0, 90], [50, 100], year=2024)
    return relations.two_groups([45, 5], [90, 10], year=2025)


@pytest.mark.parametrize(
    ("put_in", "reason"),
    [
        (missing, "missing_values"),
        (one_year_only, "no_areas"),
        (other_areas, "other_areas"),
        (nobody_of_the_group, "group_absent"),
        (cells_in_the_way, "no_counterfactual"),
    ],
)
def test_what_cannot_be_divided_says_why(relations, put_in, reason):
    cursor = put_in(relations)
    with pytest.raises(UndefinedMeasureError) as error:
        divided_change(cursor, "1488", "deso", "foreign_background", before=2024, after=2025, measure="entropy")
    assert error.value.reason == reason


def test_an_empty_area_whose_share_is_not_published_is_no_missing_value(relations):
    relations.two_groups([5, 9, None], [10, 12, 0], year=2024)
    cursor = relations.two_groups([6, 8, None], [10, 12, 0], year=2025)
    found = divided_change(cursor, "1488", "deso", "foreign_background", before=2024, after=2025, measure="entropy")
    assert found.areas[2].change.value == 0
    assert found.parts["settled"].value == 0
