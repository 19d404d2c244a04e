"""Sums of what district experts worked: whoever looks again and again learns nobody's own hours."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.register.circle_entries import DistrictExpert, WorkedTime
from dashboard.register.contents import WorkedSum
from dashboard.register.worked_sums import SMALLEST_GROUP, worked_sums

EXPERTS = [DistrictExpert(id=f"expert-{n}", circle="cirkeln", pseudonym=f"Blomma {n}") for n in range(8)]
FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)


def worked(expert: int, on: date, hours: float = 2, pay: int = 400) -> WorkedTime:
    return WorkedTime(id=f"tid-{expert}-{on}", district_expert=f"expert-{expert}", on=on, hours=hours, pay=pay)


def shown(times: list[WorkedTime], today: date) -> WorkedSum:
    (found,) = worked_sums(EXPERTS, times, today)
    return found


def test_a_half_year_is_told_when_it_is_over() -> None:
    times = [worked(n, date(2026, 2, 3)) for n in range(5)]
    assert shown(times, date(2026, 6, 30)) == WorkedSum("cirkeln", None, None, None, None)
    assert shown(times, date(2026, 7, 1)) == WorkedSum("cirkeln", 5, 10, 2000, date(2026, 6, 30))


def test_the_second_half_ends_with_the_year() -> None:
    times = [worked(n, date(2025, 7, 1)) for n in range(5)]
    assert shown(times, date(2026, 1, 1)).until == date(2025, 12, 31)


def test_a_half_year_of_few_waits_for_the_next_ones() -> None:
    first = [worked(n, date(2024, 3, 1)) for n in range(5)]
    few = [worked(n, date(2024, 9, 1), hours=7) for n in range(4)]
    assert shown(first + few, date(2025, 2, 1)) == WorkedSum("cirkeln", 5, 10, 2000, date(2024, 6, 30))
    more = [worked(7, date(2025, 5, 1))]
    assert shown(first + few + more, date(2025, 8, 1)) == WorkedSum(
        "cirkeln", 6, 10 + 4 * 7 + 2, 2000 + 5 * 400, date(2025, 6, 30)
    )


def test_each_circle_has_its_own_and_strangers_do_not_count() -> None:
    others = [DistrictExpert(id=f"annan-{n}", circle="andra", pseudonym=f"Träd {n}") for n in range(4)]
    times = [worked(n, date(2025, 2, 1)) for n in range(5)]
    times += [
        WorkedTime(id=f"a-{n}", district_expert=f"annan-{n}", on=date(2025, 2, 1), hours=1, pay=1) for n in range(4)
    ]
    times += [worked(99, date(2025, 2, 1), pay=10_000)]
    second, first = worked_sums([*EXPERTS, *others], times, date(2026, 1, 1))
    assert (second.circle, second.experts) == ("andra", None)
    assert (first.experts, first.pay) == (5, 2000)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.dates(FIRST, LAST), st.integers(1, 8)), min_size=1, max_size=40))
def test_between_two_sums_that_are_shown_there_are_always_five_or_more(said: list[tuple[int, date, int]]) -> None:
    """Whoever looks every day, and sees what is entered on the day it is worked, sees the sum grow by groups only."""
    times = [worked(expert, on, hours) for expert, on, hours in said]
    days = [FIRST + timedelta(days=n) for n in range(0, (LAST - FIRST).days + 200, 13)]
    seen = [found for day in days for found in worked_sums(EXPERTS, [one for one in times if one.on <= day], day)]
    for before, after in pairwise(seen):
        if before == after:
            continue
        assert after.until is not None
        start = before.until or FIRST - timedelta(days=1)
        grown = {one.district_expert for one in times if start < one.on <= after.until}
        assert len(grown) >= SMALLEST_GROUP
