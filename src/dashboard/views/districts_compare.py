"""Up to four areas and the whole city side by side, figure by figure."""

from __future__ import annotations

import streamlit as st

from dashboard.views import area_figures, charts, html, tables
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View
from dashboard.views.districts_map import table_cell
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.municipality_figures import home_series
from dashboard.views.pictures import show_chart
from dashboard.views.words import listed
from dashboard.warehouse.connection import query_text


def show_comparison(view: View, level: str, chosen: list[Area]) -> None:
    """Lay out the chosen areas beside the whole city."""
    content = _figure(view, level, chosen)
    show_figure(view, content, lambda: st.html(content.table))


def city_value(view: View, indicator: str, year: int) -> float | None:
    """Give the whole municipality's published figure of a year; None when there is none."""
    line = home_series(view.warehouse, indicator)
    return line.at(year) if line else None


def _figure(view: View, level: str, chosen: list[Area]) -> Figure:
    t, fmt = view.t, view.fmt
    figures = area_figures.newest(view.warehouse, view.home.code, level)
    names = area_figures.choices(view, level)
    rows: list[dict[str, str | tables.Cell]] = []
    for name in names:
        year = next(iter(figures[name].values())).year
        entry = view.catalogue.indicator(name).short_name.in_(view.language)
        whole = city_value(view, name, year)
        row: dict[str, str | tables.Cell] = {"indicator": f"{entry}, {fmt.year(year)}"}
        for area in chosen:
            row[area.code] = table_cell(view, name, figures[name].get(area.area_code))
        row["city"] = tables.Cell(
            area_figures.shown(view, name, whole), "" if whole is not None else t("districts.no_city_value")
        )
        rows.append(row)
    labels = [area.label for area in chosen]
    table = tables.table_html(
        [
            tables.Column("indicator", t("peers.indicator")),
            *(tables.Column(area.code, area.label, numeric=True) for area in chosen),
            tables.Column("city", view.home.name, numeric=True),
        ],
        rows,
        caption=t("districts.compare_caption"),
        t=t,
        hide_caption=True,
    )
    sources = [view.catalogue.indicator(name).sources[level] for name in names]  # type: ignore[index]
    return Figure(
        key="comparison",
        title=t("districts.compare_title", areas=listed(labels, t)),
        summary=t("districts.compare_summary"),
        table=table,
        rows=[
            {
                "area_code": area.area_code,
                "area": area.label,
                "indicator": name,
                "year": found.year,
                "value": found.value,
                "status": found.status,
                "source": found.source,
                "city_value": city_value(view, name, found.year),
            }
            for name in names
            for area in chosen
            if (found := figures[name].get(area.area_code)) is not None
        ],
        evidence=Evidence(
            indicators=names,
            credits=[view.catalogue.credit(name, level).in_(view.language) for name in names],
            sources=list(dict.fromkeys(sources)),
            queries=[Query("area_values", query_text("area_values"), {"municipality": view.home.code, "level": level})],
        ),
    )


STRIPS = (
    "foreign_background_share",
    "low_economic_standard_share",
    "disposable_income_median",
    "post_secondary_education_share",
)


def show_position(view: View, level: str, chosen: list[Area]) -> None:
    """Lay out where the chosen areas stand among all areas of the city, one strip a figure."""
    st.html(html.section(view.t("districts.position_title"), view.t("districts.position_lead")))
    figures = area_figures.newest(view.warehouse, view.home.code, level)
    columns = st.columns(2, gap="large")
    for number, name in enumerate(name for name in STRIPS if name in figures):
        with columns[number % 2]:
            _show_strip(view, level, name, chosen)


def _show_strip(view: View, level: str, name: str, chosen: list[Area]) -> None:
    t = view.t
    found = area_figures.newest(view.warehouse, view.home.code, level)[name]
    entry = view.catalogue.indicator(name)
    year = next(iter(found.values())).year
    members = home_areas(view.warehouse, view.home.code, level)
    dots = [
        charts.Dot(area.label, figure.value, area_figures.shown(view, name, figure.value))
        for area in members
        if (figure := found.get(area.area_code)) is not None
    ]
    known = sorted(dot.value for dot in dots if dot.value is not None)
    texts = []
    for area in chosen:
        figure = found.get(area.area_code)
        if figure is None or figure.value is None:
            texts.append(t("districts.position_unknown", area=area.label))
        else:
            rank = view.fmt.number(known.index(figure.value) + 1)
            texts.append(t("districts.position_rank", area=area.label, rank=rank, n=view.fmt.number(len(known))))
    whole = city_value(view, name, year)
    summary = " ".join(texts)
    st.html(html.subsection(f"{entry.name.in_(view.language)}, {view.fmt.year(year)}"))
    spec = charts.distribution_strip(
        dots,
        [area.label for area in chosen],
        theme=view.theme,
        t=t,
        description=summary,
        axis_title=entry.name.in_(view.language),
        mean=whole,
        mean_text=area_figures.shown(view, name, whole),
    )
    show_chart(spec, key=f"strip-{name}", alt=summary)
    st.html(html.note(summary))
    credit = view.catalogue.credit(name, level).in_(view.language)
    st.html(html.source_line(f"{credit}. {view.fmt.year(year)}"))
