"""Grants in words: amounts, days, the time they may be used in, and what somebody must see to."""

from __future__ import annotations

from datetime import date

from dashboard.register.grant_entries import Funder, Grant
from dashboard.register.grant_life import Concern, Money, is_outside_the_rule, window_months
from dashboard.views.context import View
from dashboard.views.roadmap_project import kronor
from dashboard.views.words import sentence, upper_first

#: Days from which time that has gone by is told in years.
_YEARS_FROM, _DAYS_A_YEAR = 730, 365.25
#: Why there is no amount a month → its text; for the other reasons another sentence has said it already.
_NO_RATE = {"no_deadline": "grants.rate_no_deadline", "time_over": "grants.rate_time_over"}


def about(view: View, amount: int, *, is_about: bool) -> str:
    """Give an amount in kronor; one that was published in round words says so: “nära 1 650 000 kr”."""
    said = kronor(view, amount)
    return view.t("grants.about", amount=said) if is_about else said


def over_words(view: View, amount: int, *, is_about: bool) -> str:
    """Give what was used beyond what was granted; beyond “nära 1 650 000 kr” it is “omkring”, for it may be more."""
    said = kronor(view, amount)
    return view.t("grants.roughly", amount=said) if is_about else said


def granted_words(view: View, grant: Grant) -> str:
    """Give what was granted, or that it is not known."""
    if grant.granted_amount is None:
        return view.t("plan.missing")
    return about(view, grant.granted_amount, is_about=grant.amount_is_about)


def ahead_words(view: View, days: int) -> str:
    """Say how far ahead a day is: “i dag”, “om 3 dagar”."""
    return view.t("grants.today") if days == 0 else view.t.n("grants.days_ahead", days)


def ago_words(view: View, days: int) -> str:
    """Say how long ago a day was: “för 3 dagar sedan”, “för mer än 4 år sedan”."""
    if days < _YEARS_FROM:
        return view.t.n("grants.days_ago", days)
    return view.t.n("grants.years_ago", int(days / _DAYS_A_YEAR))


def away_words(view: View, day: date, today: date) -> str:
    """Say how far a day is from today."""
    days = (day - today).days
    return ahead_words(view, days) if days >= 0 else ago_words(view, -days)


def day_or_missing(view: View, day: date | None) -> str:
    """Give a date, or that it is not known."""
    return view.t("plan.day_missing") if day is None else view.fmt.date(day)


def funder_name(view: View, funder: Funder | None) -> str:
    """Give who grants; a funder that is no longer in the register is not known."""
    return view.t("grants.funder_unknown") if funder is None else funder.said("name").in_(view.language)


def window_words(view: View, grant: Grant) -> str:
    """Say when a grant may be used, how many months that is, and whether that breaks the rule."""
    t = view.t
    months = window_months(grant)
    if months is None:
        first, last = (day_or_missing(view, day) for day in (grant.used_from, grant.used_until))
        known = grant.used_from is not None or grant.used_until is not None
        return t("grants.from_to", first=first, last=last) if known else t("plan.day_missing")
    first, last = (day_or_missing(view, day) for day in (grant.used_from, grant.used_until))
    span = t.n("grants.from_to_months", months, first=first, last=last)
    return sentence(f"{span}.", t("grants.outside_the_rule") if is_outside_the_rule(grant) else "")


def left_words(view: View, grant: Grant, sums: Money) -> str:
    """Say what is left of a grant and how much that is a month, or why that is not known."""
    t = view.t
    if sums.left is None:
        return t("grants.used_unknown" if sums.left_unknown == "no_posts" else "grants.amount_unknown")
    if sums.left <= 0:
        return t("grants.all_used") if sums.left == 0 else ""
    return sentence(_is_left(view, sums.left, is_about=grant.amount_is_about), _rate(view, grant, sums))


def _is_left(view: View, amount: int, *, is_about: bool) -> str:
    return view.t("grants.is_left", amount=upper_first(about(view, amount, is_about=is_about)))


def _rate(view: View, grant: Grant, sums: Money) -> str:
    if sums.per_month is None or not sums.months:
        key = _NO_RATE.get(sums.rate_unknown)
        return view.t(key) if key else ""
    amount = about(view, round(sums.per_month), is_about=grant.amount_is_about)
    day = day_or_missing(view, grant.used_until)
    return view.t.n("grants.per_month", sums.months, amount=amount, day=day)


def concern_words(view: View, concern: Concern, funder: Funder | None) -> str:
    """Say what somebody must see to."""
    t = view.t
    ahead = concern.code in {"money_soon", "report_soon"}
    words = over_words if concern.code == "overspent" else about
    amount = "" if concern.amount is None else words(view, concern.amount, is_about=concern.is_about)
    said = t(
        f"grants.concern_{concern.code}",
        day=day_or_missing(view, concern.day),
        away=ahead_words(view, concern.days) if ahead else ago_words(view, concern.days),
        # Those that may be about begin a sentence.
        amount=upper_first(amount),
        funder=funder_name(view, funder),
    )
    if concern.code == "money_soon" and concern.amount is not None:
        return sentence(said, _is_left(view, concern.amount, is_about=concern.is_about))
    if concern.code.startswith("funder_closed") and funder is not None and funder.successor:
        return sentence(said, t("grants.successor", successor=funder.successor))
    return said
