"""What the figures of use and experience share: bars in the order of their parts, tables, and what hides a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.views import tables
from dashboard.views.classes import Scheme
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.warehouse.connection import query_text


@dataclass(frozen=True)
class Line:
    """A part as it is read: its name, what its bar is as long as, and the cells of its row."""

    label: str
    value: float | None
    text: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Bars:
    """A figure of bars.

    Parameters
    ----------
    key, title, summary, caption
        The figure's key and its texts.
    columns
        Headings: of the parts, of the bars' values, and of each of the cells.
    lines
        The parts in the order in which they are noted, never by size: among hidden ones that would tell their order.
    rows
        The rows of the downloads.
    query
        The query that ran.
    notes
        Further sentences of the account.
    credit
        How the figures' source is named.
    draws_zeros
        Whether parts without anybody have a bar; they always have a row in the table.
    """

    key: str
    title: str
    summary: str
    caption: str
    columns: Sequence[str]
    lines: Sequence[Line]
    rows: Sequence[dict[str, object]]
    query: str
    notes: Sequence[str]
    credit: str
    draws_zeros: bool = True


def show_bars(view: View, bars: Bars, place_id: str) -> None:
    """Lay out a figure of bars with its table, account and files."""
    t = view.t
    hidden = t("use.hidden")
    names = [tables.Column(str(position), name, numeric=position > 0) for position, name in enumerate(bars.columns)]
    cells: list[dict[str, str | tables.Cell]] = [
        {str(position): tables.Cell(text, hidden) for position, text in enumerate([line.label, line.text, *line.cells])}
        for line in bars.lines
    ]
    content = Figure(
        key=f"{bars.key}-{place_id}",
        title=bars.title,
        summary=bars.summary,
        table=tables.table_html(names, cells, caption=bars.caption, t=t),
        rows=bars.rows,
        evidence=Evidence(
            credits=[bars.credit],
            queries=[Query(bars.query, query_text(bars.query), {"place": place_id})],
            notes=[t("use.note_hidden"), *bars.notes],
        ),
    )
    scheme = Scheme((bars.columns[1],), (view.theme.accent,), ("",), hidden)

    def draw() -> None:
        drawn = [
            tables.RankedBar(line.label, line.value, line.text, None if line.value is None else 0, reason=hidden)
            for line in bars.lines
            if bars.draws_zeros or line.value != 0
        ]
        st.html(
            tables.ranked_bars(
                drawn,
                scheme,
                view.theme,
                caption=bars.caption,
                label_header=bars.columns[0],
                value_header=bars.columns[1],
                t=t,
            )
        )

    show_figure(view, content, draw)


def said_of_parts(view: View, lines: Sequence[Line]) -> str:
    """Give the shown parts in words, and that others are hidden."""
    t = view.t
    told = "; ".join(t("use.part", label=line.label, value=line.text) for line in lines if line.value)
    hides = t("use.some_hidden") if any(line.value is None for line in lines) else ""
    return " ".join(part for part in (f"{told}." if told else "", hides) if part)
