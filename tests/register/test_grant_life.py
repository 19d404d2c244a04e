"""The life of a grant: one step at a time, months to the day, and money that nobody has written down is not zero."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.register.grant_entries import Funder, Grant, GrantState, Spending
from dashboard.register.grant_life import (
    concerns,
    is_outside_the_rule,
    line_of,
    may_move,
    money,
    months_between,
    newest_first,
    window_months,
)

TODAY = date(2026, 11, 25)
S = GrantState
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
AMOUNTS = st.lists(st.integers(0, 10_000_000), max_size=8)


def grant(**values: object) -> Grant:
    return Grant.model_validate(
        {"id": "g", "municipality": "1488", "name": "B", "funder": "f", "state": "ongoing"} | values
    )


def spent(amount: int, on: date = date(2026, 5, 1), *, of: str = "g") -> Spending:
    return Spending(id=str(amount), grant=of, on=on, amount=amount, what="Bänkar")


def codes(found: object) -> list[str]:
    return [one.code for one in found]


ONE_STEP = {
    (S.PLANNED, S.APPLIED),
    (S.APPLIED, S.GRANTED),
    (S.APPLIED, S.REFUSED),
    (S.GRANTED, S.ONGOING),
    (S.ONGOING, S.REPORTED),
    (S.REPORTED, S.CLOSED),
}


@pytest.mark.parametrize("before", S)
@pytest.mark.parametrize("after", S)
def test_a_grant_moves_one_step_on_or_one_back(before, after):
    wanted = before is after or (before, after) in ONE_STEP or (after, before) in ONE_STEP
    assert may_move(before, after) is wanted


@given(st.sampled_from(S), st.lists(st.sampled_from(S), max_size=12))
def test_however_it_moves_a_grant_is_decided_on_only_after_an_application(start, wishes):
    """Whatever somebody tries in whatever order, no grant comes to money or a refusal but by way of an application."""
    walked = [start]
    for wish in wishes:
        if may_move(walked[-1], wish):
            walked.append(wish)
    for before, after in pairwise(walked):
        if after is S.REFUSED:
            assert before in {S.APPLIED, S.REFUSED}
        if after is S.GRANTED:
            assert before in {S.APPLIED, S.GRANTED, S.ONGOING}
        assert {before, after} != {S.REFUSED, S.GRANTED}


@pytest.mark.parametrize("state", S)
def test_the_line_of_a_grant_holds_its_state_and_steps_that_may_be_taken(state):
    line = line_of(state)
    assert state in line
    assert all(may_move(first, second) for first, second in pairwise(line))


def test_a_refused_grant_has_no_further_life():
    assert line_of(S.REFUSED) == (S.PLANNED, S.APPLIED, S.REFUSED)
    assert S.REFUSED not in line_of(S.ONGOING)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2021, 5, 1), date(2022, 4, 30), 12),
        (date(2021, 5, 1), date(2022, 4, 29), 11),
        (date(2024, 2, 1), date(2024, 2, 29), 1),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2023, 1, 31), date(2023, 2, 28), 1),
        (date(2023, 1, 31), date(2023, 2, 27), 0),
        (date(2024, 2, 29), date(2025, 2, 27), 11),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2023, 8, 31), date(2023, 9, 30), 1),
        (date(2024, 1, 1), date(2025, 12, 31), 24),
        (date(2024, 1, 1), date(2024, 1, 1), 0),
    ],
)
def test_months_count_the_last_day(first, last, months):
    assert months_between(first, last) == months


def whole_months(first: date, last: date) -> int:
    """Count months one by one: each ends the day before the same day of the next, or on its last day without one."""
    months, year, month = 0, first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        try:
            after = date(year, month, first.day)
        except ValueError:
            after = date(year + month // 12, month % 12 + 1, 1)
        if after - timedelta(days=1) > last:
            return months
        months += 1


@given(DAYS, st.integers(0, 1200))
def test_months_are_those_that_one_counts_on_fingers(first, days):
    last = first + timedelta(days=days)
    assert months_between(first, last) == whole_months(first, last)


@given(DAYS, st.integers(0, 1200))
def test_a_day_more_is_never_fewer_months_and_at_most_one_more(first, days):
    last = first + timedelta(days=days)
    assert months_between(first, last + timedelta(days=1)) - months_between(first, last) in {0, 1}


def test_no_posts_is_not_nothing_spent():
    sums = money(grant(granted_amount=100, used_until=date(2027, 11, 1)), [], TODAY)
    assert (sums.used, sums.left, sums.per_month) == (None, None, None)
    assert (sums.left_unknown, sums.rate_unknown) == ("no_posts", "no_posts")
    nothing = money(grant(granted_amount=100), [spent(0)], TODAY)
    assert (nothing.used, nothing.left, nothing.left_unknown) == (0, 100, "")


def test_what_is_left_is_spread_over_the_months_that_remain():
    sums = money(grant(granted_amount=1000, used_until=date(2027, 3, 24)), [spent(300), spent(100)], TODAY)
    assert (sums.used, sums.left, sums.months, sums.per_month) == (400, 600, 4, 150)
    assert sums.rate_unknown == ""


@pytest.mark.parametrize(
    ("until", "months"),
    [
        (date(2026, 11, 24), 0),
        (date(2026, 11, 25), 0),
        (date(2026, 11, 26), 1),
        (date(2026, 12, 24), 1),
        (date(2027, 1, 23), 1),
        (date(2027, 1, 24), 2),
        (date(2028, 2, 29), 15),
    ],
)
def test_the_months_that_remain_begin_today(until, months):
    assert money(grant(used_until=until), [], TODAY).months == months


@pytest.mark.parametrize(
    ("values", "posts", "why"),
    [
        ({}, [spent(1)], "no_amount"),
        ({}, [], "no_amount"),
        ({"granted_amount": 9}, [], "no_posts"),
        ({"granted_amount": 9}, [spent(1)], "no_deadline"),
        ({"granted_amount": 9, "used_until": TODAY}, [spent(1)], "time_over"),
        ({"granted_amount": 9, "used_until": date(2027, 1, 1)}, [spent(9)], "nothing_left"),
        ({"granted_amount": 9, "used_until": date(2027, 1, 1)}, [spent(10)], "nothing_left"),
        ({"granted_amount": 9, "used_until": date(2027, 1, 1)}, [spent(1)], ""),
    ],
)
def test_why_there_is_no_amount_a_month(values, posts, why):
    sums = money(grant(**values), posts, TODAY)
    assert sums.rate_unknown == why
    assert (sums.per_month is None) == bool(why)


@given(st.integers(0, 10_000_000), AMOUNTS, AMOUNTS, DAYS)
def test_sums_of_money_hold_whatever_was_spent(granted, amounts, others, until):
    posts = [spent(one) for one in amounts] + [spent(one, of="another") for one in others]
    sums = money(grant(granted_amount=granted, used_until=until), posts, TODAY)
    assert sums.used == (sum(amounts) if amounts else None)
    assert (sums.left is None) == (not amounts)
    if sums.left is not None:
        assert sums.left + sum(amounts) == granted
    if sums.per_month is not None and sums.months and sums.left is not None:
        assert sums.per_month > 0
        assert round(sums.per_month * sums.months) == sums.left
    assert money(grant(granted_amount=granted, used_until=until), reversed(posts), TODAY) == sums


@pytest.mark.parametrize(
    ("until", "months", "outside"),
    [
        (date(2022, 4, 29), 11, True),
        (date(2022, 4, 30), 12, False),
        (date(2023, 4, 30), 24, False),
        (date(2023, 5, 1), 24, True),
        (date(2023, 5, 31), 25, True),
    ],
)
def test_the_rule_of_12_to_24_months(until, months, outside):
    one = grant(used_from=date(2021, 5, 1), used_until=until)
    assert (window_months(one), is_outside_the_rule(one)) == (months, outside)


def test_a_time_that_is_not_known_breaks_no_rule():
    for values in ({}, {"used_from": date(2021, 5, 1)}, {"used_until": date(2021, 5, 1)}):
        assert window_months(grant(**values)) is None
        assert not is_outside_the_rule(grant(**values))


@pytest.mark.parametrize(
    ("values", "posts", "found"),
    [
        ({}, [], []),
        ({"granted_amount": 100}, [spent(101)], ["overspent"]),
        ({"granted_amount": 100}, [spent(100)], []),
        ({"used_until": date(2027, 2, 23)}, [], ["money_soon"]),
        ({"used_until": date(2027, 2, 24)}, [], []),
        ({"used_until": TODAY}, [], ["money_soon"]),
        ({"used_until": date(2026, 11, 24)}, [], ["money_over_unknown", "report_unknown"]),
        ({"used_until": date(2026, 11, 24), "granted_amount": 5}, [spent(4)], ["money_over", "report_unknown"]),
        ({"used_until": date(2026, 11, 24), "granted_amount": 5}, [spent(5)], ["report_unknown"]),
        ({"used_until": date(2026, 12, 24), "granted_amount": 5}, [spent(6)], ["overspent"]),
        ({"used_until": date(2026, 11, 24), "state": "granted"}, [], ["money_over_unknown", "report_unknown"]),
        ({"used_until": date(2026, 11, 24), "state": "reported"}, [], []),
        ({"used_until": date(2026, 11, 24), "state": "planned"}, [], []),
        ({"report_due": date(2027, 1, 24)}, [], ["report_soon"]),
        ({"report_due": date(2027, 1, 25)}, [], []),
        ({"report_due": TODAY}, [], ["report_soon"]),
        ({"report_due": date(2026, 11, 24)}, [], ["report_late"]),
        ({"report_due": date(2026, 11, 24), "reported_on": date(2026, 11, 1)}, [], []),
        ({"report_due": date(2026, 11, 24), "state": "closed"}, [], []),
        ({"used_from": date(2026, 6, 1)}, [spent(1)], ["spent_outside"]),
        ({"used_from": date(2026, 5, 1), "used_until": date(2028, 5, 1)}, [spent(1)], []),
        ({"used_until": date(2028, 5, 1)}, [spent(1, date(2028, 5, 2))], ["spent_outside"]),
    ],
)
def test_what_somebody_must_see_to(values, posts, found):
    assert codes(concerns(grant(**values), posts, None, TODAY)) == found


@pytest.mark.parametrize(
    ("values", "urgent"),
    [
        ({"used_until": date(2026, 12, 26)}, [False]),
        ({"used_until": date(2026, 12, 25)}, [True]),
        ({"report_due": date(2026, 12, 10)}, [False]),
        ({"report_due": date(2026, 12, 9)}, [True]),
        ({"used_until": date(2027, 1, 25), "report_due": date(2026, 11, 1)}, [True, False]),
    ],
)
def test_what_is_urgent_comes_first(values, urgent):
    assert [one.urgent for one in concerns(grant(**values), [], None, TODAY)] == urgent


def test_a_concern_tells_the_days_and_the_money():
    late = grant(used_until=date(2026, 11, 20), granted_amount=100, report_due=date(2027, 1, 1))
    over, report = concerns(late, [spent(40), spent(7, of="another")], None, TODAY)
    assert (over.day, over.days, over.amount) == (date(2026, 11, 20), 5, 60)
    assert (report.day, report.days) == (date(2027, 1, 1), 37)
    (outside,) = concerns(grant(used_from=date(2026, 6, 1)), [spent(1), spent(20)], None, TODAY)
    assert outside.amount == 21
    (overspent,) = concerns(grant(granted_amount=10), [spent(25)], None, TODAY)
    assert overspent.amount == 15


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("planned", ["funder_closed_undecided"]),
        ("applied", ["funder_closed_undecided"]),
        ("granted", ["funder_closed"]),
        ("ongoing", ["funder_closed"]),
        ("refused", []),
        ("reported", []),
        ("closed", []),
    ],
)
def test_what_a_closed_funder_means_depends_on_whether_it_has_decided(state, found):
    funder = Funder(id="f", municipality="1488", name="Delmos", closed=date(2022, 12, 31))
    assert codes(concerns(grant(state=state), [], funder, TODAY)) == found
    still_open = Funder(id="f", municipality="1488", name="Delmos", closed=date(2026, 11, 26))
    assert concerns(grant(state=state), [], still_open, TODAY) == ()


def test_the_newest_grant_comes_first_and_those_without_a_day_last():
    grants = [
        grant(id="unknown"),
        grant(id="used", used_from=date(2021, 5, 1)),
        grant(id="applied", applied_on=date(2023, 1, 1), used_from=date(2024, 1, 1)),
        grant(id="decided", decided_on=date(2022, 1, 1)),
    ]
    assert [one.id for one in newest_first(grants)] == ["applied", "decided", "used", "unknown"]
