"""The counts behind the measures: of the slices that have an answer, and of no others."""

from __future__ import annotations

from itertools import product
from math import inf, nan

import pytest

from dashboard.measures.counts import TwoGroups, counts
from dashboard.measures.segregation import panel

#: Whatever may stand in a pair of counts, beside two areas that are in order.
PAIRS = list(product((None, nan, inf, -1.0, 0.0, 3.0, 10.0, 11.0), (None, nan, inf, -1.0, 0.0, 10.0)))
GOOD = [(2.0, 10.0), (5.0, 20.0)]


def found_in(relations) -> dict[int, TwoGroups]:
    return {key[2]: one for key, one in counts(relations.cursor, several=False).items()}


def test_a_slice_has_counts_where_its_measures_have_values(relations):
    for year, pair in enumerate(PAIRS):
        x, t = zip(*[GOOD[0], pair, GOOD[1]], strict=True)
        relations.two_groups(x, t, year=year, regso=["a", "b", "b"])
    rows = panel(relations.cursor, measures=["dissimilarity"])
    assert len(rows) == len(PAIRS)
    defined = {row.year for row in rows if row.value is not None}
    found = found_in(relations)
    assert set(found) == defined
    # Some have an answer and some have none, or nothing was compared.
    assert 0 < len(defined) < len(PAIRS)
    for row in rows:
        if row.year in found:
            assert len(found[row.year].t) == row.areas
            assert sum(found[row.year].t) == 30 + (PAIRS[row.year][1] or 0)


@pytest.mark.parametrize(
    ("x", "t"), [([0.0, 0.0], [4.0, 5.0]), ([4.0, 5.0], [4.0, 5.0]), ([0.0, None], [0.0, 0.0]), ([], [])]
)
def test_without_two_groups_there_are_no_counts(relations, x, t):
    relations.two_groups(x, t)
    assert found_in(relations) == {}


def test_an_area_where_nobody_lives_is_left_out(relations):
    relations.two_groups([2.0, None, 5.0], [10.0, 0.0, 20.0], regso=["a", "b", "c"])
    assert found_in(relations)[2025] == TwoGroups(
        ("1488", "deso", 2025, "foreign_background"), (2.0, 5.0), (10.0, 20.0), ("a", "c")
    )


def test_a_reason_beside_counts_that_are_there_takes_nothing_away(relations):
    relations.two_groups([2.0, 5.0], [10.0, 20.0], reasons=["group_suppressed", None])
    assert found_in(relations)[2025].x == (2.0, 5.0)
