"""The money of one grant: granted, used and left, each post of spending, and how much is left a month."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.register.grant_entries import Grant, Spending
from dashboard.register.grant_life import Money
from dashboard.views import embedding, html, tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.grants_words import about, granted_words, left_words, over_words
from dashboard.views.numbers import MISSING
from dashboard.views.roadmap_project import kronor
from dashboard.views.roadmap_words import source_credit
from dashboard.views.words import upper_first

Part = tuple[str, int, str]


def show_money(view: View, grant: Grant, posts: Sequence[Spending], sums: Money) -> None:
    """Lay out what was granted, used and left, with the table of all posts.

    Parameters
    ----------
    view
        The view of this run.
    grant
        A grant that was decided on.
    posts
        What it was spent on, in the order of days.
    sums
        What the posts come to.
    """
    name = grant.said("name").in_(view.language)
    content = Figure(
        key=f"grant-money-{grant.id}",
        # Two grants can have the same amounts; what opens below a figure is called after its title.
        title=view.t("grants.money_title", name=name, said=money_title(view, grant, sums)),
        summary=left_words(view, grant, sums),
        table=lambda: _table(view, grant, posts, sums),
        rows=lambda: _download_rows(view, grant, posts, sums),
        evidence=Evidence(credits=[source_credit(view, [grant])], notes=[view.t("grants.money_note")]),
        file=f"bidrag-{grant.id}",
    )
    if not embedding.is_alone():
        title = upper_first(money_title(view, grant, sums))
        st.html(html.subsection(title) + html.paragraph(content.summary))

    def draw() -> None:
        if parts := _parts(view, grant, sums):
            st.html(_bar(view, parts))

    show_figure(view, content, draw, titled=False)


def money_title(view: View, grant: Grant, sums: Money) -> str:
    """Say how much of a grant is used, as far as it is known."""
    t = view.t
    if sums.granted is None:
        return (
            t("grants.nothing_known")
            if sums.used is None
            else t("grants.used_of_unknown", used=kronor(view, sums.used))
        )
    granted = granted_words(view, grant)
    if sums.used is None:
        return t("grants.used_not_known", amount=granted)
    key = "grants.used_more" if sums.used > sums.granted else "grants.used_of"
    return t(key, used=kronor(view, sums.used), amount=granted)


def _parts(view: View, grant: Grant, sums: Money) -> list[Part]:
    """Give the parts of the bar: kind, amount, words; none when there is nothing to measure by."""
    t = view.t
    if not sums.granted:
        return []
    if sums.used is None:
        return [("unknown", sums.granted, t("grants.bar_unknown"))]
    used, is_about = min(sums.used, sums.granted), grant.amount_is_about
    left, over = sums.granted - used, sums.used - used
    found = [
        ("used", used, t("grants.bar_used", amount=about(view, used, is_about=is_about and over > 0))),
        ("left", left, t("grants.bar_left", amount=about(view, left, is_about=is_about))),
        ("over", over, t("grants.bar_over", amount=over_words(view, over, is_about=is_about))),
    ]
    return [part for part in found if part[1] > 0]


def _bar(view: View, parts: Sequence[Part]) -> str:
    """Give the bar, which only repeats what stands in words below it."""
    whole = sum(amount for _, amount, _ in parts)
    pieces = "".join(
        f'<i class="hs-money-{kind}" style="width:{100 * amount / whole:.2f}%"></i>' for kind, amount, _ in parts
    )
    key = "".join(
        f'<li><i class="hs-swatch hs-money-{kind}" aria-hidden="true"></i>{html.escape(said)}</li>'
        for kind, _, said in parts
    )
    label = html.escape(view.t("grants.bar"))
    return (
        f'<div class="hs-money" aria-hidden="true">{pieces}</div><ul class="hs-legend" aria-label="{label}">{key}</ul>'
    )


def _table(view: View, grant: Grant, posts: Sequence[Spending], sums: Money) -> str:
    t = view.t
    columns = [
        tables.Column("what", t("grants.what")),
        tables.Column("on", t("grants.day")),
        tables.Column("amount", t("grants.amount"), numeric=True),
    ]
    rows: list[dict[str, str | tables.Cell]] = []

    def add(what: str, amount: str | tables.Cell, on: str = "") -> None:
        rows.append({"what": what, "on": on, "amount": amount})

    add(t("grants.granted"), _cell(view, grant, sums.granted, t("grants.amount_unknown")))
    for post in posts:
        add(post.what, kronor(view, post.amount), view.fmt.date(post.on, "medium"))
    add(t("grants.used"), _cell(view, None, sums.used, t("grants.used_unknown")))
    if sums.left is not None and sums.left < 0:
        add(t("grants.over"), over_words(view, -sums.left, is_about=grant.amount_is_about))
    else:
        add(t("grants.left"), _cell(view, grant, sums.left, t("grants.left_unknown")))
    caption = t("grants.money_caption", name=grant.said("name").in_(view.language))
    return tables.table_html(columns, rows, caption=caption, t=t, highlighted={len(rows) - 2, len(rows) - 1})


def _cell(view: View, grant: Grant | None, amount: int | None, reason: str) -> tables.Cell:
    if amount is None:
        return tables.Cell(MISSING, reason)
    return tables.Cell(about(view, amount, is_about=grant is not None and grant.amount_is_about))


def _download_rows(view: View, grant: Grant, posts: Sequence[Spending], sums: Money) -> list[dict[str, object]]:
    name = grant.said("name").in_(view.language)

    def row(kind: str, amount: int | None, day: object = None, what: str = "") -> dict[str, object]:
        return {
            "grant": grant.id,
            "grant_name": name,
            "row": kind,
            "day": None if day is None else str(day),
            "what": what,
            "amount_sek": amount,
            "amount_is_about": grant.amount_is_about and kind in {"granted", "left"},
        }

    return [
        row("granted", sums.granted, grant.decided_on),
        *(row("spending", post.amount, post.on, post.what) for post in posts),
        row("used", sums.used),
        row("left", sums.left, grant.used_until),
    ]
