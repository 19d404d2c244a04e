"""The life of a grant: its states in their order, what money is left, and what somebody must see to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard.register.grant_entries import Funder, Grant, GrantState, Spending

#: The rule of state grants against segregation: the money is used within 12 to 24 months.
SHORTEST_WINDOW, LONGEST_WINDOW = 12, 24
#: Days before the last day for the money, and before the report is due, from which somebody is told; then urgently.
DAYS_BEFORE_MONEY, URGENT_BEFORE_MONEY = 90, 30
DAYS_BEFORE_REPORT, URGENT_BEFORE_REPORT = 60, 14
#: State → those that may come next.
_NEXT: dict[GrantState, tuple[GrantState, ...]] = {
    GrantState.PLANNED: (GrantState.APPLIED,),
    GrantState.APPLIED: (GrantState.GRANTED, GrantState.REFUSED),
    GrantState.GRANTED: (GrantState.ONGOING,),
    GrantState.ONGOING: (GrantState.REPORTED,),
    GrantState.REPORTED: (GrantState.CLOSED,),
    GrantState.REFUSED: (),
    GrantState.CLOSED: (),
}
#: States in which money is at hand, so that deadlines count.
RUNNING = frozenset({GrantState.GRANTED, GrantState.ONGOING})
_UNDECIDED = frozenset({GrantState.PLANNED, GrantState.APPLIED})


def may_move(before: GrantState, after: GrantState) -> bool:
    """Tell whether a grant may go from one state to another: one step on, or one step back as a correction."""
    return before is after or after in _NEXT[before] or before in _NEXT[after]


def line_of(state: GrantState) -> tuple[GrantState, ...]:
    """Give the states of a grant's life in order; a refused one's ends with the refusal."""
    begins = (GrantState.PLANNED, GrantState.APPLIED)
    if state is GrantState.REFUSED:
        return (*begins, GrantState.REFUSED)
    return (*begins, GrantState.GRANTED, GrantState.ONGOING, GrantState.REPORTED, GrantState.CLOSED)


def newest_first(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Sort grants by the first day that is known of each, the newest first; those without any come last."""

    def key(grant: Grant) -> tuple[int, str]:
        day = first_known_day(grant)
        return (0 if day is None else -day.toordinal(), grant.id)

    return tuple(sorted(grants, key=key))


def first_known_day(grant: Grant) -> date | None:
    """Give the day that a grant was applied for, else decided on, else could be used from; None when none is known."""
    return next((day for day in (grant.applied_on, grant.decided_on, grant.used_from) if day is not None), None)


def months_between(first: date, last: date) -> int:
    """Give the whole months of a period, its last day counted: 1 May to 30 April is twelve."""
    after = date.fromordinal(last.toordinal() + 1)
    return (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)


@dataclass(frozen=True)
class Money:
    """What became of a grant's money, in Swedish kronor; None is what nobody has written down.

    Attributes
    ----------
    granted
        What was granted.
    used
        What the posts of spending come to; None without any post, because that is not the same as nothing spent.
    left
        What is left; below 0 when more was used than granted.
    months
        Whole months from today until the money must be used, at least one; 0 on the last day and after it, None
        when that day is not known.
    per_month
        What is left, spread over those months.
    """

    granted: int | None
    used: int | None
    left: int | None
    months: int | None
    per_month: float | None

    @property
    def left_unknown(self) -> str:
        """Why it is not known what is left: `no_amount`, `no_posts`, or empty when it is known."""
        if self.granted is None:
            return "no_amount"
        return "no_posts" if self.used is None else ""

    @property
    def rate_unknown(self) -> str:
        """Why there is no amount a month: as for what is left, or `no_deadline`, `time_over`, `nothing_left`."""
        if self.per_month is not None:
            return ""
        if self.left_unknown:
            return self.left_unknown
        if self.months is None:
            return "no_deadline"
        return "time_over" if self.months == 0 else "nothing_left"


def money(grant: Grant, spending: Iterable[Spending], today: date) -> Money:
    """Work out what is used and left of a grant."""
    posts = [post.amount for post in spending if post.grant == grant.id]
    used = sum(posts) if posts else None
    left = None if used is None or grant.granted_amount is None else grant.granted_amount - used
    months = None
    if grant.used_until is not None:
        months = max(1, months_between(today, grant.used_until)) if today < grant.used_until else 0
    per_month = left / months if left is not None and left > 0 and months else None
    return Money(grant.granted_amount, used, left, months, per_month)


def window_months(grant: Grant) -> int | None:
    """Give the whole months that a grant may be used in; None when they are not known."""
    if grant.used_from is None or grant.used_until is None:
        return None
    return months_between(grant.used_from, grant.used_until)


def is_outside_the_rule(grant: Grant) -> bool:
    """Tell whether the time that a grant is used in is known to be shorter than 12 or longer than 24 months."""
    if grant.used_from is None or grant.used_until is None:
        return False
    longest = months_between(grant.used_from, date.fromordinal(grant.used_until.toordinal() - 1))
    # A day more than 24 months is longer than 24 months, although it has no further whole month.
    return months_between(grant.used_from, grant.used_until) < SHORTEST_WINDOW or longest >= LONGEST_WINDOW


@dataclass(frozen=True)
class Concern:
    """Something about a grant that somebody must see to.

    Attributes
    ----------
    code
        What it is: see `concerns`.
    day, days, amount
        The day, the days until or since it, and the kronor that it is about.
    urgent
        It is over, or soon will be.
    is_about
        The amount is worked out from one that was published in round words.
    """

    code: str
    day: date | None = None
    days: int = 0
    amount: int | None = None
    urgent: bool = False
    is_about: bool = False


def concerns(grant: Grant, spending: Iterable[Spending], funder: Funder | None, today: date) -> tuple[Concern, ...]:
    """Give what somebody must see to, the urgent first.

    Returns
    -------
    Codes `overspent`, `money_over`, `money_over_unknown`, `money_soon`, `report_late`, `report_soon`,
    `report_unknown`, `spent_outside`, `funder_closed`, `funder_closed_undecided`.
    """
    own = [post for post in spending if post.grant == grant.id]
    sums = money(grant, own, today)
    found: list[Concern] = []
    if sums.left is not None and sums.left < 0:
        found.append(Concern("overspent", amount=-sums.left, urgent=True, is_about=grant.amount_is_about))
    if grant.state in RUNNING:
        found += _money_concerns(grant, sums, today)
        found += _report_concerns(grant, today)
    outside = [post.amount for post in own if _is_outside(post, grant)]
    if outside:
        found.append(Concern("spent_outside", amount=sum(outside)))
    if funder is not None and funder.closed is not None and funder.closed <= today:
        if grant.state in RUNNING:
            found.append(Concern("funder_closed", funder.closed))
        elif grant.state in _UNDECIDED:
            found.append(Concern("funder_closed_undecided", funder.closed))
    return tuple(sorted(found, key=lambda one: not one.urgent))


def _money_concerns(grant: Grant, sums: Money, today: date) -> list[Concern]:
    """Tell of money that must be used; money that is known to be used up concerns nobody."""
    if grant.used_until is None or (sums.left is not None and sums.left <= 0):
        return []
    days = (grant.used_until - today).days
    if days < 0:
        code = "money_over_unknown" if sums.left is None else "money_over"
        return [Concern(code, grant.used_until, -days, sums.left, urgent=True, is_about=grant.amount_is_about)]
    if days <= DAYS_BEFORE_MONEY:
        urgent = days <= URGENT_BEFORE_MONEY
        return [Concern("money_soon", grant.used_until, days, sums.left, urgent, grant.amount_is_about)]
    return []


def _report_concerns(grant: Grant, today: date) -> list[Concern]:
    """Tell of a report that is owed; one whose day nobody has written down too, once the time for the money is over."""
    if grant.reported_on is not None:
        return []
    if grant.report_due is None:
        over = grant.used_until is not None and grant.used_until < today
        return [Concern("report_unknown")] if over else []
    days = (grant.report_due - today).days
    if days < 0:
        return [Concern("report_late", grant.report_due, -days, urgent=True)]
    if days <= DAYS_BEFORE_REPORT:
        return [Concern("report_soon", grant.report_due, days, urgent=days <= URGENT_BEFORE_REPORT)]
    return []


def _is_outside(post: Spending, grant: Grant) -> bool:
    too_early = grant.used_from is not None and post.on < grant.used_from
    return too_early or (grant.used_until is not None and post.on > grant.used_until)
