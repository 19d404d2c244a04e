"""The grants of the report on the roadmap: granted, used, left and until when, and the way of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dashboard.register.contents import Contents
from dashboard.register.grant_entries import Funder, Grant
from dashboard.register.grant_life import line_of, money, newest_first
from dashboard.register.grant_years import was_granted
from dashboard.sheets import Item, PaperCell, PaperTable, Section
from dashboard.views.context import View
from dashboard.views.grants_line import STATE_DAYS
from dashboard.views.grants_part import headline
from dashboard.views.grants_words import about, day_or_missing, funder_name, left_words, over_words
from dashboard.views.roadmap_project import kronor
from dashboard.views.words import listed, sentence, upper_first


def grant_sections(
    view: View, contents: Contents, today: date, changes: Mapping[str, tuple[str, ...]], heading: str
) -> list[Section]:
    """Give the grants: one table of the money of all, then the way of each.

    Parameters
    ----------
    view, contents, today
        The view, what the public may see, and the day.
    changes
        Grant → what has changed of it.
    heading
        What stands before that; empty when nobody asked for changes.
    """
    t = view.t
    grants = newest_first(contents.grants)
    if not grants:
        return [Section(t("report.grants"), texts=(t("grants.none_why"),))]
    table = PaperTable(
        (t("report.grant"), t("grants.granted"), t("grants.used"), t("grants.left"), t("report.until")),
        tuple(_row(view, contents, one, today) for one in grants),
        (2.8, 2.1, 1.9, 1.9, 2.5),
    )
    found = [Section(t("report.grants"), texts=(f"{headline(view, grants)}.",), table=table)]
    for grant in grants:
        items = [*_way(view, grant)]
        if was_granted(grant):
            said = left_words(view, grant, money(grant, contents.spending_of(grant.id), today))
            items += [Item(t("report.money"), said)] if said else []
        if heading:
            said_changes = sentence(*changes[grant.id]) or t("report.unchanged")
            items.append(Item(f"{heading}:", said_changes))
        found.append(Section(grant.said("name").in_(view.language), 3, items=tuple(items)))
    return found


def _row(view: View, contents: Contents, grant: Grant, today: date) -> tuple[PaperCell, ...]:
    t = view.t
    state = upper_first(t(f"grants.state_{grant.state.value}"))
    from_whom = t("grants.from_funder", name=funder_name(view, contents.find(Funder, grant.funder)))
    name = PaperCell(grant.said("name").in_(view.language), note=f"{from_whom}. {state}.")
    if not was_granted(grant):
        none = PaperCell(t("report.not_granted"))
        return name, none, none, none, none
    sums = money(grant, contents.spending_of(grant.id), today)
    missing = upper_first(t("plan.missing"))
    no_amount = PaperCell(missing, note=t("report.no_amount"))
    no_posts = PaperCell(missing, note=t("report.no_posts"))
    granted = no_amount if sums.granted is None else PaperCell(_amount(view, grant, sums.granted))
    used = no_posts if sums.used is None else PaperCell(kronor(view, sums.used))
    if sums.left is None:
        left = no_posts if sums.used is None else no_amount
    elif sums.left < 0:
        over = over_words(view, -sums.left, is_about=grant.amount_is_about)
        left = PaperCell(kronor(view, 0), note=t("report.over", amount=over))
    else:
        left = PaperCell(_amount(view, grant, sums.left))
    day = grant.used_until
    until = PaperCell(missing, note=t("report.no_day")) if day is None else PaperCell(view.fmt.date(day))
    return name, granted, used, left, until


def _amount(view: View, grant: Grant, amount: int) -> str:
    return upper_first(about(view, amount, is_about=grant.amount_is_about))


def _way(view: View, grant: Grant) -> list[Item]:
    """Give the states of a grant: those behind with their days, the one that it is in, and those to come."""
    t = view.t
    states = line_of(grant.state)
    here = states.index(grant.state)
    words = [t(f"grants.state_{one.value}") for one in states]
    days = [
        t("report.reached_on", state=word, day=day_or_missing(view, getattr(grant, STATE_DAYS[one])))
        if place <= here and one in STATE_DAYS
        else word
        for place, (one, word) in enumerate(zip(states, words, strict=True))
    ]
    found = [Item(t("report.way_done"), f"{listed(days[:here], t)}.")] if here else []
    found.append(Item(t("report.way_now"), f"{days[here]}."))
    if words[here + 1 :]:
        found.append(Item(t("report.way_coming"), f"{listed(words[here + 1 :], t)}."))
    return found
