"""The part of the page on what has changed between two years: whether it is more than chance, and in which measure."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from dashboard.measures import segregation as queries
from dashboard.measures.inference import DRAWS
from dashboard.measures.report import Change, Comparison, ReportRow
from dashboard.views import change_reports, charts, html, reports, tables
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.pictures import show_chart
from dashboard.views.segregation import interval_text as interval_of
from dashboard.views.segregation import value_text
from dashboard.views.segregation_change_areas import show_areas
from dashboard.views.segregation_change_choice import (
    Missing,
    Pair,
    choose_measure,
    choose_pair,
    may_compare,
    with_two_years,
)
from dashboard.views.segregation_change_parts import show_parts
from dashboard.views.segregation_change_words import interval_text, points, show_bars_legend, verdict, with_break
from dashboard.views.words import listed, sentence

Changes = tuple[Change, ...]


def show_change(view: View) -> None:
    """Lay out the choices, the change of every measure, its parts, and the areas that drove it."""
    t, headline = view.t, st.container()
    pair = choose_pair(view)
    name = pair.split.name.in_(view.language).lower()
    if isinstance(pair, Missing):
        headline.html(html.headline(t("change.title_none", split=name)))
        others = with_two_years(view)
        fill = t("change.none_fill", splits=listed(others, t)) if others else ""
        st.html(html.empty_state(t("change.none"), pair.why, sentence(fill, t("change.none_wait"))))
        return
    if not may_compare(view, pair):
        headline.html(html.headline(t("change.title_stopped", split=name, **_years(view, pair))))
        _show_apart(view, pair)
        return
    changes = change_reports.changes(view.warehouse, view.home.code, pair.key)
    with headline:
        _show_headline(view, pair, changes)
    _show_measures(view, pair, changes)
    measure = choose_measure(view, pair)
    found = change_reports.divided(view.warehouse, view.home.code, pair.key, measure)
    if isinstance(found, str):
        st.html(html.section(t("change.parts_none_title")))
        st.html(html.empty_state(t("change.parts_none"), t(f"reason.{found}"), t("change.parts_fill")))
        return
    evidence = _evidence(view, pair, [measure])
    left, right = st.columns([2, 3], gap="large")
    with left:
        show_parts(view, pair, found, evidence)
    with right:
        show_areas(view, pair, found, evidence)


def _years(view: View, pair: Pair) -> dict[str, str]:
    return {"before": view.fmt.year(pair.before), "after": view.fmt.year(pair.after)}


def _show_headline(view: View, pair: Pair, changes: Changes) -> None:
    t, wanted = view.t, reports.dissimilarity_of(pair.split.kind)
    first = next(one for one in changes if one.before.measure == wanted)
    found, values = first.difference, [first.before.value, first.after.value]
    name = pair.split.name.in_(view.language).lower()
    if found.value is None:
        st.html(html.headline(t("change.title_none", split=name), t(f"reason.{found.reason or 'missing_values'}")))
        return
    old, new = (value_text(view, wanted, value) for value in values)
    interval = interval_text(view, wanted, found, said=True)
    lead = t("change.lead", amount=points(view, wanted, found.value), interval=interval)
    # Over a break nothing is said of chance: what differs may come of the break, be it more than chance or not.
    judged = t(f"change.why_{pair.broken}") if pair.broken else verdict(view, pair, found)
    title = t(_title_key(pair, found), split=name, old=old, new=new, **_years(view, pair))
    st.html(html.headline(title, sentence(lead, judged)))
    if pair.split.approximation is not None:
        st.html(html.note(pair.split.approximation.in_(view.language)))


def _title_key(pair: Pair, found: Comparison) -> str:
    if pair.broken:
        return f"change.title_marked_{pair.broken}"
    if not found.differs:
        return "change.title_same"
    return "change.title_more" if (found.value or 0.0) > 0 else "change.title_less"


def _show_apart(view: View, pair: Pair) -> None:
    """Lay out every measure in each of the two years, without a word on the difference."""
    t = view.t
    changes = change_reports.changes(view.warehouse, view.home.code, pair.key)
    rows = [(one.before, one.after) for one in changes]
    names = {one.measure: view.catalogue.measures[one.measure].name.in_(view.language) for one, _ in rows}
    table = tables.table_html(
        [
            tables.Column("measure", t("segregation.measure")),
            tables.Column("before", view.fmt.year(pair.before), numeric=True),
            tables.Column("before_interval", t("segregation.uncertainty"), numeric=True),
            tables.Column("after", view.fmt.year(pair.after), numeric=True),
            tables.Column("after_interval", t("segregation.uncertainty"), numeric=True),
        ],
        [
            {
                "measure": names[one.measure],
                "before": _value(view, one),
                "before_interval": interval_of(view, one),
                "after": _value(view, other),
                "after_interval": interval_of(view, other),
            }
            for one, other in rows
        ],
        caption=t("change.apart_title", **_years(view, pair)),
        t=t,
        hide_caption=True,
        notes=pair.breaks,
    )
    content = Figure(
        key="change-apart",
        title=t("change.apart_title", **_years(view, pair)),
        summary=t(f"change.apart_{pair.broken}"),
        table=table,
        rows=[asdict(row) for both in rows for row in both],
        evidence=_evidence(view, pair, list(names)),
        drawn_as_table=True,
    )
    show_figure(view, content, lambda: st.html(table))


def _show_measures(view: View, pair: Pair, changes: Changes) -> None:
    t = view.t
    known = [one for one in changes if one.difference.value is not None]
    compared = [one for one in known if one.difference.differs is not None]
    certain = [one for one in compared if one.difference.differs]
    names = {one.before.measure: view.catalogue.measures[one.before.measure].name.in_(view.language) for one in changes}
    rows = [
        charts.ChangeRow(
            names[one.before.measure],
            (one.difference.value or 0.0) * 100,
            points(view, one.before.measure, one.difference.value),
            None if one.difference.lower is None else one.difference.lower * 100,
            None if one.difference.upper is None else one.difference.upper * 100,
            interval_text(view, one.before.measure, one.difference),
            bool(one.difference.differs),
        )
        for one in compared
    ]
    number = view.fmt.number
    title = t("change.measures_title", n=number(len(certain)), all=number(len(compared)), **_years(view, pair))
    content = Figure(
        key="change-measures",
        title=with_break(view, pair, title) if certain else title,
        summary=t("change.measures_lead"),
        table=_table(view, pair, changes, names),
        rows=[_download(one) for one in changes],
        evidence=_evidence(view, pair, list(names)),
    )

    def draw() -> None:
        spec = charts.change_bars(
            rows, theme=view.theme, t=t, description=content.title, axis_title=t("change.axis_points")
        )
        show_chart(spec, key="change-measures-chart", alt=content.title)
        show_bars_legend(view)

    show_figure(view, content, draw)


def _table(view: View, pair: Pair, changes: Changes, names: dict[str, str]) -> str:
    t = view.t
    lines: list[dict[str, str | tables.Cell]] = [
        {
            "measure": names[one.before.measure],
            "before": _value(view, one.before),
            "after": _value(view, one.after),
            "change": tables.Cell(
                points(view, one.before.measure, one.difference.value),
                t(f"reason.{one.difference.reason}") if one.difference.reason else "",
            ),
            "interval": interval_text(view, one.before.measure, one.difference),
            "verdict": verdict(view, pair, one.difference),
        }
        for one in changes
    ]
    return tables.table_html(
        [
            tables.Column("measure", t("segregation.measure")),
            tables.Column("before", view.fmt.year(pair.before), numeric=True),
            tables.Column("after", view.fmt.year(pair.after), numeric=True),
            tables.Column("change", t("change.change"), numeric=True),
            tables.Column("interval", t("segregation.uncertainty"), numeric=True),
            tables.Column("verdict", t("change.verdict")),
        ],
        lines,
        caption=t("change.measures_caption", **_years(view, pair)),
        t=t,
        notes=pair.breaks,
    )


def _value(view: View, row: ReportRow) -> tables.Cell:
    reason = view.t(f"reason.{row.reason}") if row.value is None and row.reason else ""
    return tables.Cell(value_text(view, row.measure, row.value), reason)


def _download(one: Change) -> dict[str, object]:
    found = one.difference
    return {
        "municipality": one.before.municipality,
        "level": one.before.level,
        "split": one.before.split,
        "measure": one.before.measure,
        "year_before": one.before.year,
        "year_after": one.after.year,
        "value_before": one.before.value,
        "value_after": one.after.value,
        "change": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "differs": found.differs,
        "reason": found.reason,
    }


def _evidence(view: View, pair: Pair, measures: list[str]) -> Evidence:
    split = pair.split
    approximation = [] if split.approximation is None else [split.approximation.in_(view.language)]
    caveats = [text.in_(view.language) for text in split.caveats]
    asked = {
        "municipality": view.home.code,
        "level": pair.level,
        "split": split.id,
        "before": pair.before,
        "after": pair.after,
    }
    return Evidence(
        indicators=[name for name in split.indicators if view.catalogue.indicator(name).family is None],
        measures=measures,
        sources=list(split.sources),
        computed=True,
        years=f"{view.fmt.year(pair.before)}–{view.fmt.year(pair.after)}",
        queries=[Query("area_counts", queries.query("area_counts"), asked)],
        notes=[
            *pair.breaks,
            *approximation,
            *caveats,
            view.t(f"change.method_note_{split.unit}", draws=view.fmt.number(DRAWS)),
            reports.interval_note(view, split.unit),
        ],
    )
