"""One indicator of an area over the years, with older years worked out for today's boundaries when one asks for them.

There is nothing of this on the page unless the data folder has a crosswalk between the divisions.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.sources.area_codes import FIRST_YEAR_OF_2025_DIVISION
from dashboard.views import area_figures, charts, links, tables
from dashboard.views.area_years import AreaYears, YearOfArea, area_years, certainty
from dashboard.views.areas import Area
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.pictures import show_chart
from dashboard.views.words import lower_first, sentence
from dashboard.warehouse.connection import query_text

INDICATOR, WITH_REWORKED = "serie", "omraknad"


def show_over_years(view: View, level: str, area: Area) -> None:
    """Lay out the choice of an indicator, the choice of older years, and the line."""
    known = area_years(view, area.area_code, area_figures.choices(view, level))
    if not known:
        return
    names = list(known)
    links.restore_one(INDICATOR, names, names[0])
    links.restore_flag(WITH_REWORKED)
    chosen, with_reworked = str(st.session_state[INDICATOR]), bool(st.session_state[WITH_REWORKED])
    content = over_years_figure(view, level, area, chosen, known[chosen], with_reworked=with_reworked)

    def draw() -> None:
        st.selectbox(
            view.t("over_years.choose"),
            names,
            format_func=lambda name: view.catalogue.indicator(name).name.in_(view.language),
            key=INDICATOR,
            width=360,
        )
        st.checkbox(
            view.t("over_years.with_reworked", year=view.fmt.year(FIRST_YEAR_OF_2025_DIVISION)), key=WITH_REWORKED
        )
        links.remember(INDICATOR, chosen, names[0])
        links.remember_flag(WITH_REWORKED, value=with_reworked)
        spec = _spec(view, level, content, chosen, known[chosen].shown(with_reworked=with_reworked))
        show_chart(spec, key="over-years-chart", alt=content.summary)

    show_figure(view, content, draw)


def _spec(view: View, level: str, content: Figure, name: str, years: Sequence[YearOfArea]) -> charts.Spec:
    entry = view.catalogue.indicator(name)
    unit = "" if entry.unit_label is None else entry.unit_label.in_(view.language)
    return charts.area_line(
        [
            charts.AreaYear(one.year, one.value, area_figures.shown(view, name, one.value), one.reworked)
            for one in years
        ],
        theme=view.theme,
        t=view.t,
        description=content.summary,
        value_title=f"{entry.short_name.in_(view.language)}{f', {unit}' if unit else ''}",
        first_of_today=FIRST_YEAR_OF_2025_DIVISION,
        breaks=entry.breaks(level),
    )


def over_years_figure(
    view: View, level: str, area: Area, name: str, known: AreaYears, *, with_reworked: bool
) -> Figure:
    """Give the title, the words, the table and the rows of an indicator of an area over the years."""
    t, fmt = view.t, view.fmt
    entry = view.catalogue.indicator(name)
    years = known.shown(with_reworked=with_reworked)
    first, last = years[0], years[-1]
    title = t(
        "over_years.title",
        area=area.label,
        indicator=lower_first(entry.short_name.in_(view.language)),
        value=area_figures.shown(view, name, last.value),
        year=fmt.year(last.year),
    )
    words = [t("over_years.only_today", year=fmt.year(FIRST_YEAR_OF_2025_DIVISION))]
    if with_reworked:
        words = [t("over_years.what_it_means"), certainty(view, known.origin)]
    broken = [year for year in entry.breaks(level) if first.year < year <= last.year]
    words += [t("over_years.method_break", year=fmt.year(broken[-1]))] if broken else []
    asked = {"areas": [area.area_code], "indicators": [name]}
    queries = ["area_series", *(["reworked_series"] if with_reworked else [])]
    return Figure(
        key="over-years",
        title=title,
        summary=sentence(*words),
        table=_table(view, name, known, with_reworked=with_reworked),
        rows=[
            {
                "area_code": area.area_code,
                "indicator": name,
                "year": one.year,
                "value": one.value,
                "status": one.status,
                "note": "reworked_to_new_areas" if one.reworked else "",
                "source": one.source,
            }
            for one in years
        ],
        evidence=Evidence(
            indicators=[name],
            credits=list(
                dict.fromkeys(view.catalogue.credit(name, level, one.status).in_(view.language) for one in years)
            ),
            sources=list(dict.fromkeys(one.source for one in years)),
            computed=with_reworked,
            years=f"{fmt.year(first.year)}–{fmt.year(last.year)}",
            queries=[Query(query, query_text(query), asked) for query in queries],
            notes=[t("over_years.how")] if with_reworked else [],
        ),
    )


def _table(view: View, name: str, known: AreaYears, *, with_reworked: bool) -> str:
    t = view.t
    columns = [
        tables.Column("year", t("charts.year")),
        tables.Column("value", view.catalogue.indicator(name).short_name.in_(view.language), numeric=True),
    ]
    if with_reworked:
        columns.append(tables.Column("kind", t("over_years.kind")))
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "year": view.fmt.year(one.year),
            "value": area_figures.shown(view, name, one.value),
            "kind": t("over_years.reworked") if one.reworked else t("over_years.todays"),
        }
        for one in known.shown(with_reworked=with_reworked)
    ]
    return tables.table_html(columns, rows, caption=t("over_years.caption"), t=t)
