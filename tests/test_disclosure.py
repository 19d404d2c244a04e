"""What may be shown: small numbers are hidden, and nobody who knows the rule can work them out from what is shown."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.disclosure import SMALLEST, Shown, finest, may_be_shown, protect, protect_margins

breakdowns = st.lists(st.one_of(st.integers(0, 8), st.integers(0, 500)), min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([12, 0, 7], (12, 0, 7)),
        # One small number: the next smallest goes with it, or it would be the total less the rest.
        ([3, 9, 20], (None, None, 20)),
        # Of the same size together: the order must not tell which one was chosen.
        ([3, 9, 9, 20], (None, None, None, 20)),
        # Two that can only be 1 and 1, or 4 and 4, and two that are small together.
        ([1, 1, 9, 20], (None, None, None, 20)),
        ([4, 4, 9, 20], (None, None, None, 20)),
        ([1, 2, 10, 20], (None, None, None, 20)),
        ([3, 4, 9, 20], (None, None, 9, 20)),
        # A zero tells of nobody, but alone it would leave one small number and one that follows from it.
        ([0, 3, 9, 20], (0, None, None, 20)),
        ([0, 3, 9], (None, None, None)),
        ([0, 0], (0, 0)),
    ],
)
def test_small_numbers_and_what_gives_them_away_are_hidden(counts, shown):
    assert protect(counts) == Shown(sum(counts), shown)


@pytest.mark.parametrize("counts", [[1], [4, 0], [1, 1, 2]])
def test_of_fewer_than_five_nothing_is_shown_not_even_how_many(counts):
    assert protect(counts) == Shown(None, (None,) * len(counts))
    assert protect(counts).empty


@given(breakdowns)
def test_what_is_shown_is_true_and_never_small(counts):
    shown = protect(counts)
    assert shown.total in {None, sum(counts)}
    for count, told in zip(counts, shown.counts, strict=True):
        assert told is None or (told == count and may_be_shown(told))
    assert shown.complete == all(may_be_shown(count) for count in [*counts, sum(counts)])


@given(breakdowns)
def test_no_hidden_part_is_the_total_less_the_rest(counts):
    """Whatever is hidden, it is at least two parts, not all as small or as large as can be, and five people or more."""
    shown = protect(counts)
    hidden = [count for count, told in zip(counts, shown.counts, strict=True) if told is None]
    if shown.total is not None and hidden:
        assert len(hidden) >= 2
        assert sum(hidden) >= SMALLEST
        if not shown.empty:
            assert sum(hidden) not in {len(hidden), len(hidden) * (SMALLEST - 1)}


@given(breakdowns)
def test_the_order_of_the_parts_does_not_matter(counts):
    assert protect(counts[::-1]).counts == protect(counts).counts[::-1]


@pytest.mark.parametrize(("parts", "largest"), [(2, 24), (3, 14), (4, 9), (5, 7)])
def test_who_knows_the_rule_still_has_two_possible_values_for_every_hidden_part(parts, largest):
    """Go through all breakdowns up to a size, and compare those that look the same from outside."""
    alike = defaultdict(list)
    for counts in product(range(largest + 1), repeat=parts):
        alike[protect(counts)].append(counts)
    worked_out = [
        (shown, position)
        for shown, possible in alike.items()
        for position, told in enumerate(shown.counts)
        if told is None and len({counts[position] for counts in possible}) == 1
    ]
    assert worked_out == []


def margins(table):
    return [
        [sum(n for pair, n in table.items() if pair[side] == label) for label in sorted({pair[side] for pair in table})]
        for side in (0, 1)
    ]


@pytest.mark.parametrize(
    "pairs",
    [
        [(10, 1), (16, 2)],
        [(10, 1), (16, 2), (16, 3)],
        [(10, 1), (16, 2), (18, 2)],
        [(10, 1), (10, 2), (16, 2)],
        [(10, 1), (10, 2), (16, 1), (16, 2)],
        [(10, 1), (16, 2), (16, 3), (18, 4)],
    ],
)
def test_who_knows_when_was_counted_cannot_work_out_a_small_hour_or_day(pairs):
    largest = 12 if len(pairs) < 4 else 7
    alike = defaultdict(list)
    for counts in product(range(largest + 1), repeat=len(pairs)):
        table = dict(zip(pairs, counts, strict=True))
        hours, days = protect_margins(table)
        alike[hours, days].append([*margins(table)[0], *margins(table)[1]])
    worked_out = [
        (hours, days, position)
        for (hours, days), possible in alike.items()
        for position, told in enumerate([*hours.counts, *days.counts])
        if told is None
        and len({each[position] for each in possible}) == 1
        and 0 < possible[0][position] < SMALLEST
        and max(map(max, possible)) < largest  # at the edge of what was gone through, the others are missing
    ]
    assert worked_out == []


def test_days_are_shown_only_when_nothing_is_hidden_by_hour_or_day():
    assert protect_margins({(10, 1): 6, (16, 2): 7}) == (Shown(13, (6, 7)), Shown(13, (6, 7)))
    # Hour 16 is day 2 and day 3 together: shown by day, hour 10 would be the total less the two.
    hours, days = protect_margins({(10, 1): 3, (16, 2): 6, (16, 3): 6, (18, 4): 10})
    assert hours == Shown(25, (None, 12, None))
    assert days == Shown(25, (None,) * 4)
    # By hour nothing is small, by day something is.
    hours, days = protect_margins({(10, 1): 3, (10, 2): 6, (16, 2): 8})
    assert hours == Shown(17, (9, 8))
    assert days == Shown(17, (None, None))


@given(st.dictionaries(st.tuples(st.integers(6, 9), st.integers(1, 3)), st.integers(0, 30), min_size=1))
@settings(max_examples=200)
def test_both_margins_tell_the_truth(table):
    for shown, counts in zip(protect_margins(table), margins(table), strict=True):
        assert all(told in {None, count} for told, count in zip(shown.counts, counts, strict=True))
        assert all(told is None or may_be_shown(told) for told in shown.counts)


SCALES = [[[0], [1], [2], [3], [4]], [[0, 1], [2], [3, 4]]]


def test_a_scale_is_shown_in_fewer_steps_when_that_hides_nothing():
    assert finest([6, 5, 7, 9, 5], SCALES) == (0, Shown(32, (6, 5, 7, 9, 5)))
    assert finest([2, 4, 7, 9, 5], SCALES) == (1, Shown(27, (6, 7, 14)))
    assert finest([2, 1, 7, 9, 5], SCALES) == (1, Shown(24, (None, None, 14)))
    assert finest([1, 1, 1, 0, 0], SCALES) == (1, Shown(None, (None,) * 3))


@given(st.lists(st.integers(0, 9), min_size=5, max_size=5))
def test_means_may_be_shown_only_where_nothing_is_hidden(counts):
    _, shown = finest(counts, SCALES)
    if shown.complete:
        assert sum(counts) == 0 or sum(counts) >= SMALLEST
        assert all(may_be_shown(told or 0) for told in shown.counts)
