"""What was applied for, granted and refused over the years, as far as the register knows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.register.grant_entries import Grant
from dashboard.register.grant_years import Outcome, by_year, outcome
from dashboard.views import tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.grants_words import about
from dashboard.views.numbers import MISSING
from dashboard.views.roadmap_words import source_credit
from dashboard.views.words import sentence


def show_years(view: View, grants: Sequence[Grant]) -> None:
    """Lay out the years as a table; nothing when no grant was applied for."""
    t = view.t
    total = outcome(grants)
    if not total.applied:
        return
    content = Figure(
        key="grants-years",
        title=_title(view, total),
        summary=sentence(_sums(view, total), t("grants.years_note")),
        table=lambda: _table(view, grants),
        rows=lambda: _download_rows(grants),
        evidence=Evidence(credits=[source_credit(view, grants)], notes=[t("grants.years_how"), t("grants.years_note")]),
        drawn_as_table=True,
        file="bidrag-over-aren",
    )
    show_figure(view, content, lambda: st.html(content.table_html()))


def _title(view: View, total: Outcome) -> str:
    t, fmt = view.t, view.fmt
    waiting = t.n("grants.years_waiting", total.waiting) if total.waiting else ""
    said = t.n(
        "grants.years_title", total.applied, granted=fmt.number(total.granted), refused=fmt.number(total.refused)
    )
    return f"{said}{waiting}"


def _sums(view: View, total: Outcome) -> str:
    """Say what the known amounts come to, and of how many grants they are."""
    t, fmt = view.t, view.fmt
    granted = ""
    if total.granted:
        granted = (
            t("grants.granted_sum_unknown")
            if total.granted_sum is None
            else t.n(
                "grants.granted_sum",
                total.granted,
                amount=about(view, total.granted_sum, is_about=total.is_about),
                known=fmt.number(total.granted_known),
            )
        )
    applied = (
        t("grants.applied_sum_unknown")
        if total.applied_sum is None
        else t.n(
            "grants.applied_sum",
            total.applied,
            amount=about(view, total.applied_sum, is_about=False),
            known=fmt.number(total.applied_known),
        )
    )
    return sentence(granted, applied)


def _table(view: View, grants: Sequence[Grant]) -> str:
    t, fmt = view.t, view.fmt
    columns = [
        tables.Column("year", t("grants.year")),
        tables.Column("applied", t("grants.column_applied"), numeric=True),
        tables.Column("granted", t("grants.column_granted"), numeric=True),
        tables.Column("refused", t("grants.column_refused"), numeric=True),
        tables.Column("waiting", t("grants.column_waiting"), numeric=True),
        tables.Column("applied_sum", t("grants.column_applied_sum"), numeric=True),
        tables.Column("granted_sum", t("grants.column_granted_sum"), numeric=True),
    ]
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "year": t("grants.year_unknown") if year is None else fmt.year(year),
            "applied": fmt.number(one.applied),
            "granted": fmt.number(one.granted),
            "refused": fmt.number(one.refused),
            "waiting": fmt.number(one.waiting),
            "applied_sum": _sum(view, one.applied_sum, one.applied_known, one.applied, is_about=False),
            "granted_sum": _sum(view, one.granted_sum, one.granted_known, one.granted, is_about=one.is_about),
        }
        for year, one in by_year(grants)
    ]
    return tables.table_html(columns, rows, caption=t("grants.years_caption"), t=t, hide_caption=True)


def _sum(view: View, amount: int | None, known: int, of_all: int, *, is_about: bool) -> tables.Cell:
    if amount is None:
        reason = view.t("grants.no_amount_known" if of_all else "grants.nothing_granted")
        return tables.Cell(MISSING, reason)
    said = about(view, amount, is_about=is_about)
    if known == of_all:
        return tables.Cell(said)
    counts = {"known": view.fmt.number(known), "all": view.fmt.number(of_all)}
    return tables.Cell(view.t("grants.sum_of_known", amount=said, **counts))


def _download_rows(grants: Sequence[Grant]) -> list[dict[str, object]]:
    return [
        {
            "year": year,
            "applied": one.applied,
            "granted": one.granted,
            "refused": one.refused,
            "waiting": one.waiting,
            "applied_sek": one.applied_sum,
            "applied_amounts_known": one.applied_known,
            "granted_sek": one.granted_sum,
            "granted_amounts_known": one.granted_known,
            "granted_is_about": one.is_about,
        }
        for year, one in by_year(grants)
    ]
