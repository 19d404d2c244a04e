"""What the district experts of a circle have worked together, told so that nobody's own hours can be worked out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from dashboard.register.circle_entries import DistrictExpert, WorkedTime
from dashboard.register.contents import WorkedSum

#: People in a group below which it is not shown; a sum over fewer people tells too much of each.
SMALLEST_GROUP = 5


def worked_sums(experts: Iterable[DistrictExpert], times: Iterable[WorkedTime], today: date) -> tuple[WorkedSum, ...]:
    """Give a sum for each circle that somebody has worked in.

    A sum that grew with every entry would tell each person's hours to whoever looked before and after. So only
    finished half-years count, and one in which fewer than five worked waits until it makes five with the next ones:
    between two sums that are shown there are always five persons or more.

    Parameters
    ----------
    experts, times
        District experts and what they worked; times of experts that are not among them are left out.
    today
        The day that decides which half-years are finished.
    """
    circle_of = {expert.id: expert.circle for expert in experts}
    by_circle: dict[str, list[WorkedTime]] = defaultdict(list)
    for time in times:
        if time.district_expert in circle_of:
            by_circle[circle_of[time.district_expert]].append(time)
    return tuple(_sum(circle, by_circle[circle], today) for circle in sorted(by_circle))


def _sum(circle: str, times: list[WorkedTime], today: date) -> WorkedSum:
    now = _half_year(today)
    counted: list[WorkedTime] = []
    waiting: list[WorkedTime] = []
    until = None
    for half in sorted({_half_year(time.on) for time in times if _half_year(time.on) < now}):
        waiting += [time for time in times if _half_year(time.on) == half]
        if _people(waiting) >= SMALLEST_GROUP:
            counted, waiting, until = counted + waiting, [], _last_day(half)
    if until is None:
        return WorkedSum(circle, None, None, None, None)
    return WorkedSum(
        circle, _people(counted), sum(time.hours for time in counted), sum(time.pay for time in counted), until
    )


def _people(times: Iterable[WorkedTime]) -> int:
    return len({time.district_expert for time in times})


def _half_year(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 6


def _last_day(half: tuple[int, int]) -> date:
    year, second = half
    return date(year + second, 1 if second else 7, 1) - timedelta(days=1)
