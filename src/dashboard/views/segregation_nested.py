"""How much of the segregation lies between neighbourhoods and how much inside them."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from dashboard.views import charts, html, reports, tables
from dashboard.views.context import View
from dashboard.views.figure import Figure, show_figure
from dashboard.views.pictures import show_chart
from dashboard.views.segregation import measure_evidence, value_text
from dashboard.views.segregation_choice import Choice

PARTS = ("entropy_between", "entropy_within")


def show_between_within(view: View, choice: Choice) -> None:
    """Lay out the parts of the entropy index; at other levels than DeSO, say why there are none."""
    t, fmt = view.t, view.fmt
    rows = reports.measures(view.warehouse, view.home.code, choice.level, choice.year or 0, choice.split.id)
    share = reports.row_of(rows, "within_between")
    if share is None or share.value is None:
        reason = (share.reason if share else None) or "not_deso"
        st.html(html.section(t("segregation.nested_none")))
        st.html(html.empty_state(t("segregation.nested_missing"), t(f"reason.{reason}"), t("segregation.nested_fill")))
        return
    between = share.value * 100
    parts = [t("segregation.between"), t("segregation.within")]
    interval = (
        "" if share.lower is None or share.upper is None else fmt.between(share.lower * 100, share.upper * 100, 1)
    )
    summary = t(
        "segregation.nested_summary",
        between=fmt.percent(between, 1),
        within=fmt.percent(100 - between, 1),
        interval=interval,
    )
    named = {row.measure: row for row in rows}
    table = tables.table_html(
        [
            tables.Column("part", t("segregation.part")),
            tables.Column("share", t("segregation.part_share"), numeric=True),
            tables.Column("value", view.catalogue.measures["entropy"].name.in_(view.language), numeric=True),
        ],
        [
            {"part": label, "share": fmt.percent(size, 1), "value": value_text(view, name, named[name].value)}
            for label, name, size in zip(parts, PARTS, (between, 100 - between), strict=True)
        ],
        caption=t("segregation.nested_caption"),
        t=t,
    )
    content = Figure(
        key="nested",
        title=t("segregation.nested_title", between=fmt.percent(between, 0)),
        summary=summary,
        table=table,
        rows=lambda: [asdict(named[part]) for part in PARTS],
        evidence=measure_evidence(view, choice, ["entropy", "within_between"]),
    )

    def draw() -> None:
        spec = charts.tenure_bar(
            [charts.StackedRow(choice.split.name.in_(view.language), [between, 100 - between])],
            parts,
            theme=view.theme,
            t=t,
            fmt=fmt,
            description=summary,
        )
        show_chart(spec, key="nested-chart", alt=summary)

    show_figure(view, content, draw)
