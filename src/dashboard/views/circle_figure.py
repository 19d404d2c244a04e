"""How many contributions came how far, as bars; the table and the files hold every contribution that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.trace import ANSWERED, Outcome, Trace, count
from dashboard.views import tables
from dashboard.views.circle_where import where_words
from dashboard.views.circle_words import agreement_words, focus_area_words, outcome_words, theme_words
from dashboard.views.classes import Scheme
from dashboard.views.context import View
from dashboard.views.figure import DownloadRow, Evidence, Figure, show_figure


def show_outcomes(view: View, contents: Contents, shown: Sequence[Trace]) -> None:
    """Lay out how many contributions came how far."""
    t = view.t
    # Bars begin at nothing, but a sliver of one can always be seen: what nobody got has no bar.
    counts = [(outcome, number) for outcome in Outcome if (number := count(shown, outcome))]
    figure = Figure(
        key="circle-said",
        title=t.n("circle.figure_title", len(shown), answered=view.fmt.number(count(shown, *ANSWERED))),
        summary=t.n("circle.figure_summary", len(shown)),
        table=partial(_table, view, contents, shown),
        rows=partial(_rows, view, contents, shown),
        evidence=Evidence(
            credits=[t("circle.source", city=view.home.name)],
            notes=[t("circle.note_outcome"), t("circle.note_moderated"), t("circle.note_not_all")],
        ),
        file="kunskapscirkel-inspel",
    )
    show_figure(view, figure, partial(_draw, view, counts, len(shown), figure.title))


def _draw(view: View, counts: Sequence[tuple[Outcome, int]], whole: int, caption: str) -> None:
    t = view.t
    bars = [
        tables.RankedBar(outcome_words(view, outcome), float(number), view.fmt.number(number), 0)
        for outcome, number in counts
    ]
    scheme = Scheme((t("circle.contributions"),), (view.theme.accent,), ("",), "")
    drawn = tables.ranked_bars(
        bars,
        scheme,
        view.theme,
        caption=caption,
        label_header=t("circle.filter_outcome"),
        value_header=t("circle.contributions"),
        t=t,
        # The outcomes are parts of all that is shown: the track is all of them.
        whole=whole,
    )
    st.html(f'<div class="hs-said-bars">{drawn}</div>')


def _table(view: View, contents: Contents, shown: Sequence[Trace]) -> str:
    t = view.t
    columns = [
        tables.Column("where", t("circle.filter_about")),
        tables.Column("theme", t("circle.filter_theme")),
        tables.Column("focus_area", t("circle.filter_focus_area")),
        tables.Column("text", t("circle.contribution")),
        tables.Column("outcome", t("circle.filter_outcome")),
        tables.Column("told", t("circle.told_back")),
    ]
    none = t("circle.not_noted")
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "where": where_words(view, one.contribution),
            "theme": theme_words(view, one.contribution.theme) or none,
            "focus_area": focus_area_words(view, contents, one.contribution) or none,
            "text": one.contribution.text or t("circle.removed"),
            "outcome": outcome_words(view, one.outcome),
            "told": t("edit.yes") if one.is_told_back else t("circle.not_yet"),
        }
        for one in shown
    ]
    return tables.table_html(columns, rows, caption=t("circle.table"), t=t, max_height=480)


def _rows(view: View, contents: Contents, shown: Sequence[Trace]) -> list[DownloadRow]:
    return [
        {
            "id": one.contribution.id,
            "given_on": one.contribution.submitted_on,
            "place": one.contribution.place or "",
            "area": one.contribution.area or "",
            "where": where_words(view, one.contribution),
            "theme": theme_words(view, one.contribution.theme),
            "focus_area": focus_area_words(view, contents, one.contribution),
            "form": one.contribution.form.value,
            "language": one.contribution.language,
            "text": one.contribution.text,
            "agreement": agreement_words(view, one.contribution),
            "statistics_say": one.contribution.statistics_say,
            "outcome": one.outcome.value,
            "answered_on": None if one.answer is None else one.answer.on,
            "answer": "" if one.answer is None else one.answer.text,
            "told_back": one.is_told_back,
        }
        for one in shown
    ]
