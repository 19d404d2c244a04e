"""Grants over the years: how many were applied for, granted and refused, and the amounts that are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.register.grant_entries import Grant, GrantState
from dashboard.register.grant_life import first_known_day

_GRANTED = frozenset({GrantState.GRANTED, GrantState.ONGOING, GrantState.REPORTED, GrantState.CLOSED})


def was_granted(grant: Grant) -> bool:
    """Tell whether a grant was decided on with yes, whatever happened since."""
    return grant.state in _GRANTED


@dataclass(frozen=True)
class Outcome:
    """What came of some grants.

    Attributes
    ----------
    applied, granted, refused, waiting
        How many: applied for at all, and of those granted, refused and not decided on.
    applied_sum, granted_sum
        Swedish kronor of those whose amount is known; None when none is.
    applied_known, granted_known
        Of how many the amount is known.
    is_about
        Whether one of the granted amounts was published in round words.
    """

    applied: int
    granted: int
    refused: int
    waiting: int
    applied_sum: int | None
    applied_known: int
    granted_sum: int | None
    granted_known: int
    is_about: bool


def outcome(grants: Iterable[Grant]) -> Outcome:
    """Count what came of some grants; those that are only planned do not count."""
    applied = [grant for grant in grants if grant.state is not GrantState.PLANNED]
    granted = [grant for grant in applied if was_granted(grant)]
    applied_amounts = [grant.applied_amount for grant in applied if grant.applied_amount is not None]
    granted_amounts = [grant.granted_amount for grant in granted if grant.granted_amount is not None]
    return Outcome(
        applied=len(applied),
        granted=len(granted),
        refused=sum(grant.state is GrantState.REFUSED for grant in applied),
        waiting=sum(grant.state is GrantState.APPLIED for grant in applied),
        applied_sum=sum(applied_amounts) if applied_amounts else None,
        applied_known=len(applied_amounts),
        granted_sum=sum(granted_amounts) if granted_amounts else None,
        granted_known=len(granted_amounts),
        is_about=any(grant.amount_is_about and grant.granted_amount is not None for grant in granted),
    )


def by_year(grants: Sequence[Grant]) -> tuple[tuple[int | None, Outcome], ...]:
    """Give what came of the grants of each year, the newest first; those of unknown year last, under None.

    The year is that of the application, else of the decision, else of the first day that the money could be used.
    """
    years: dict[int | None, list[Grant]] = {}
    for grant in grants:
        if grant.state is not GrantState.PLANNED:
            day = first_known_day(grant)
            years.setdefault(None if day is None else day.year, []).append(grant)
    ordered = sorted(years, key=lambda year: (year is None, -(year or 0)))
    return tuple((year, outcome(years[year])) for year in ordered)
