"""SCB's socio-economic index by neighbourhood: a map and all neighbourhoods in order, side by side."""

from __future__ import annotations

from statistics import median

import streamlit as st

from dashboard.views import area_figures, areas, figure, html, tables
from dashboard.views.areas import Painted, home_areas
from dashboard.views.classes import Scheme, classify, nice_breaks, sequential_scheme
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, Query
from dashboard.warehouse.connection import query_text

INDEX = "socio_economic_index"
LEVEL = "regso"


def index_by_area(view: View) -> list[tuple[areas.Area, area_figures.Figure]]:
    """Give the areas with their index, from the lowest to the highest."""
    figures = area_figures.newest(view.warehouse, view.home.code, LEVEL).get(INDEX, {})
    members = home_areas(view.warehouse, view.home.code, LEVEL)
    known = [(area, figures[area.area_code]) for area in members if area.area_code in figures]
    return sorted(known, key=lambda pair: (pair[1].value is None, pair[1].value or 0.0, pair[0].name))


def show_index(view: View) -> None:
    """Lay out SCB's socio-economic index: the map and all neighbourhoods in order, side by side."""
    t, fmt = view.t, view.fmt
    pairs = index_by_area(view)
    if not pairs:
        st.html(html.section(t("overview.index_missing_title")))
        st.html(
            html.empty_state(t("overview.index_missing"), t("overview.index_missing_why"), t("overview.missing_fill"))
        )
        return
    values = [found.value for _, found in pairs]
    breaks = nice_breaks(values) or [values[0] or 0.0]
    scheme = sequential_scheme(breaks, t, fmt, view.theme)
    classes = classify(values, breaks)
    painted = {
        area.area_code: Painted(area_figures.shown(view, INDEX, found.value), cls)
        for (area, found), cls in zip(pairs, classes, strict=True)
    }
    content = _index_figure(view, pairs, scheme, classes)

    def draw() -> None:
        left, right = st.columns([1, 1], gap="large")
        with left:
            areas.show_painted(
                view,
                LEVEL,
                painted,
                scheme,
                key="index-map",
                extent_key="karta",
                description=content.summary,
                value_label=_short(view),
                legend_label=_short(view),
                height=440,
            )
        with right:
            bars = [
                tables.RankedBar(
                    area.label,
                    found.value,
                    fmt.number(found.value, 1),
                    cls,
                    reason=area_figures.reason(view, found),
                )
                for (area, found), cls in zip(pairs, classes, strict=True)
            ]
            st.html(
                tables.ranked_bars(
                    bars,
                    scheme,
                    view.theme,
                    caption=t("overview.index_order", n=fmt.number(len(bars))),
                    label_header=t("level.regso"),
                    value_header=_short(view),
                    t=t,
                )
            )

    figure.show_figure(view, content, draw)


def _short(view: View) -> str:
    return view.catalogue.indicator(INDEX).short_name.in_(view.language)


def _index_figure(
    view: View, pairs: list[tuple[areas.Area, area_figures.Figure]], scheme: Scheme, classes: list[int | None]
) -> Figure:
    t, fmt = view.t, view.fmt
    known = [(area, found) for area, found in pairs if found.value is not None]
    middle = median(found.value or 0.0 for _, found in known)
    summary = t(
        "overview.index_summary",
        low_area=known[0][0].name,
        low=fmt.number(known[0][1].value, 1),
        middle=fmt.number(middle, 1),
        high_area=known[-1][0].name,
        high=fmt.number(known[-1][1].value, 1),
    )
    year = known[0][1].year
    entry = view.catalogue.indicator(INDEX)
    table = tables.table_html(
        [
            tables.Column("area", t("level.regso")),
            tables.Column("value", entry.short_name.in_(view.language), numeric=True),
        ],
        [
            {
                "area": area.label,
                "value": tables.Cell(fmt.number(found.value, 1), area_figures.reason(view, found)),
            }
            for area, found in pairs
        ],
        caption=t("overview.index_caption", year=fmt.year(year)),
        t=t,
    )
    rows = [
        {
            "area_code": area.area_code,
            "area": area.name,
            "indicator": INDEX,
            "year": found.year,
            "value": found.value,
            "status": found.status,
            "source": found.source,
        }
        for area, found in pairs
    ]
    query = Query("area_values", query_text("area_values"), {"municipality": view.home.code, "level": LEVEL})
    return Figure(
        key="index",
        title=t(
            "overview.index_title",
            n=fmt.number(len(pairs)),
            low_n=fmt.number(classes.count(0)),
            low_class=scheme.labels[0],
            high_n=fmt.number(classes.count(len(scheme.labels) - 1)),
            high_class=scheme.labels[-1],
        ),
        summary=summary,
        table=table,
        rows=rows,
        evidence=Evidence(indicators=[INDEX], sources=[known[0][1].source], years=fmt.year(year), queries=[query]),
    )
