"""One indicator over the years, in the home municipality and its peers."""

from __future__ import annotations

import streamlit as st

from dashboard.views import charts, links, tables
from dashboard.views.area_figures import shown
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.municipality_figures import Series, home_series, series
from dashboard.views.numbers import rounded
from dashboard.views.overview_peers import INDICATORS
from dashboard.views.overview_tiles import unit_of
from dashboard.views.pictures import show_chart
from dashboard.views.words import lower_first
from dashboard.warehouse.connection import query_text

FEWEST_YEARS = 3
KEY = "trend"


def show_trends(view: View) -> None:
    """Lay out the choice of an indicator and its series."""
    names = [
        name
        for name in INDICATORS
        if (line := home_series(view.warehouse, name)) is not None and len(line.known) >= FEWEST_YEARS
    ]
    if not names:
        return
    links.restore_one(KEY, names, names[0])
    chosen = str(st.session_state[KEY])
    content = trend_figure(view, chosen)

    def draw() -> None:
        st.selectbox(
            view.t("trends.choose"),
            names,
            format_func=lambda name: view.catalogue.indicator(name).name.in_(view.language),
            key=KEY,
            width=360,
        )
        links.remember(KEY, chosen, names[0])
        show_chart(_spec(view, chosen, content), key="trend-chart", alt=content.summary)

    show_figure(view, content, draw)


def _spec(view: View, name: str, content: Figure) -> charts.Spec:
    entry = view.catalogue.indicator(name)
    breaks = entry.breaks("municipality")
    unit = unit_of(view, entry)
    return charts.trend_line(
        [
            charts.Series(
                one.name,
                [(point.year, point.value, shown(view, name, point.value)) for point in one.points],
                home=one.home,
            )
            for one in series(view.warehouse, name)
        ],
        theme=view.theme,
        t=view.t,
        description=content.summary,
        value_title=f"{entry.short_name.in_(view.language)}{f', {unit}' if unit else ''}",
        breaks={year: view.t("charts.method_break") for year in breaks},
    )


def trend_figure(view: View, name: str) -> Figure:
    """Give the title, the words, the table and the rows of an indicator over the years."""
    t, fmt = view.t, view.fmt
    entry = view.catalogue.indicator(name)
    lines = series(view.warehouse, name)
    home = next(line for line in lines if line.home)
    first, last = home.known[0], home.known[-1]
    change = fmt.change(
        last.value,
        first.value,
        fmt.year(first.year),
        t,
        unit=entry.unit,
        decimals=entry.decimals,
        unit_label=unit_of(view, entry),
    )
    return Figure(
        key="trends",
        title=t(
            "trends.title",
            city=view.home.name,
            indicator=lower_first(entry.short_name.in_(view.language)),
            value=shown(view, name, last.value),
            year=fmt.year(last.year),
            change=change,
        ),
        summary=_summary(view, name, lines, first.year, last.year),
        table=_table(view, name, lines, range(first.year, last.year + 1)),
        rows=[
            {
                "municipality": line.municipality,
                "name": line.name,
                "indicator": name,
                "year": point.year,
                "value": point.value,
                "status": point.status,
                "source": line.source,
            }
            for line in lines
            for point in line.points
        ],
        evidence=Evidence(
            indicators=[name],
            credits=[view.catalogue.credit(name, "municipality").in_(view.language)],
            sources=[home.source],
            years=f"{fmt.year(first.year)}–{fmt.year(last.year)}",
            queries=[Query("municipality_series", query_text("municipality_series"), {"indicators": [name]})],
        ),
    )


def _summary(view: View, name: str, lines: tuple[Series, ...], first: int, last: int) -> str:
    """Say how the peers have changed in the same time: in how many the figure rose, fell or stayed."""
    decimals = view.catalogue.indicator(name).decimals
    changes = [
        rounded(after, decimals) - rounded(before, decimals)
        for line in lines
        if not line.home and (before := line.at(first)) is not None and (after := line.at(last)) is not None
    ]
    if not changes:
        return view.t("trends.no_peers")
    return view.t(
        "trends.summary",
        up=view.fmt.number(sum(change > 0 for change in changes)),
        down=view.fmt.number(sum(change < 0 for change in changes)),
        same=view.fmt.number(sum(change == 0 for change in changes)),
        n=view.fmt.number(len(changes)),
        first=view.fmt.year(first),
    )


def _table(view: View, name: str, lines: tuple[Series, ...], years: range) -> str:
    t = view.t
    return tables.table_html(
        [
            tables.Column("city", t("level.municipality")),
            *(tables.Column(str(year), view.fmt.year(year), numeric=True) for year in years),
        ],
        [
            {"city": line.name}
            | {
                str(year): tables.Cell(
                    shown(view, name, line.at(year)), "" if line.at(year) is not None else t("note.absent_in_source")
                )
                for year in years
            }
            for line in lines
        ],
        caption=view.catalogue.indicator(name).name.in_(view.language),
        t=t,
    )
