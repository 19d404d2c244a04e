"""Where the chosen areas stand among all areas of the city, one strip an indicator."""

from __future__ import annotations

import streamlit as st

from dashboard.views import area_figures, charts, html, tables
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View
from dashboard.views.districts_compare import city_value
from dashboard.views.districts_map import table_cell
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.pictures import show_chart
from dashboard.views.words import sentence
from dashboard.warehouse.connection import query_text

STRIPS = (
    "foreign_background_share",
    "low_economic_standard_share",
    "disposable_income_median",
    "post_secondary_education_share",
)


def show_position(view: View, level: str, chosen: list[Area]) -> None:
    """Lay out one strip an indicator, with the chosen areas and the whole city marked."""
    st.html(html.section(view.t("districts.position_title"), view.t("districts.position_lead")))
    figures = area_figures.newest(view.warehouse, view.home.code, level)
    columns = st.columns(2, gap="large")
    for number, name in enumerate(name for name in STRIPS if name in figures):
        with columns[number % 2]:
            _show_strip(view, level, name, chosen)


def _show_strip(view: View, level: str, name: str, chosen: list[Area]) -> None:
    found = area_figures.newest(view.warehouse, view.home.code, level)[name]
    entry = view.catalogue.indicator(name)
    year = next(iter(found.values())).year
    dots = [
        charts.Dot(area.label, figure.value, area_figures.shown(view, name, figure.value))
        for area in home_areas(view.warehouse, view.home.code, level)
        if (figure := found.get(area.area_code)) is not None
    ]
    whole = city_value(view, name, year)
    content = _figure(view, level, name, chosen)

    def draw() -> None:
        spec = charts.distribution_strip(
            dots,
            [area.label for area in chosen],
            theme=view.theme,
            t=view.t,
            description=content.summary,
            axis_title=entry.name.in_(view.language),
            mean=whole,
            mean_text=area_figures.shown(view, name, whole),
        )
        show_chart(spec, key=f"strip-{name}", alt=content.summary)

    show_figure(view, content, draw)


def _figure(view: View, level: str, name: str, chosen: list[Area]) -> Figure:
    t, fmt = view.t, view.fmt
    found = area_figures.newest(view.warehouse, view.home.code, level)[name]
    entry = view.catalogue.indicator(name)
    year = next(iter(found.values())).year
    rows = _by_value(view, level, name)
    codes = {area.area_code for area in chosen}
    return Figure(
        key=f"position-{name}",
        title=f"{entry.name.in_(view.language)}, {fmt.year(year)}",
        summary=sentence(*(_rank(view, level, name, area) for area in chosen)),
        table=tables.table_html(
            [
                tables.Column("area", t(f"level.{level}")),
                tables.Column("value", entry.short_name.in_(view.language), numeric=True),
            ],
            [{"area": area.label, "value": table_cell(view, name, found.get(area.area_code))} for area in rows],
            caption=f"{entry.name.in_(view.language)}, {fmt.year(year)}",
            t=t,
            highlighted=[position for position, area in enumerate(rows) if area.area_code in codes],
            max_height=420,
        ),
        rows=[
            {
                "area_code": area.area_code,
                "area": area.label,
                "indicator": name,
                "year": figure.year,
                "value": figure.value,
                "status": figure.status,
                "source": figure.source,
            }
            for area in rows
            if (figure := found.get(area.area_code)) is not None
        ],
        evidence=Evidence(
            indicators=[name],
            credits=[view.catalogue.credit(name, level).in_(view.language)],
            sources=[next(iter(found.values())).source],
            years=fmt.year(year),
            queries=[Query("area_values", query_text("area_values"), {"municipality": view.home.code, "level": level})],
        ),
    )


def _by_value(view: View, level: str, name: str) -> list[Area]:
    """Give all areas from the lowest value to the highest, those without one last."""
    found = area_figures.newest(view.warehouse, view.home.code, level)[name]

    def rank(area: Area) -> tuple[bool, float]:
        figure = found.get(area.area_code)
        return (figure is None or figure.value is None, 0.0 if figure is None else figure.value or 0.0)

    return sorted(home_areas(view.warehouse, view.home.code, level), key=rank)


def _rank(view: View, level: str, name: str, area: Area) -> str:
    """Say which place an area has, counted from the lowest value; equal values share a place."""
    found = area_figures.newest(view.warehouse, view.home.code, level)[name]
    known = [figure.value for figure in found.values() if figure.value is not None]
    figure = found.get(area.area_code)
    if figure is None or figure.value is None:
        return view.t("districts.position_unknown", area=area.label)
    place = 1 + sum(value < figure.value for value in known)
    shared = sum(value == figure.value for value in known) > 1
    return view.t(
        "districts.position_shared" if shared else "districts.position_rank",
        area=area.label,
        rank=view.fmt.number(place),
        n=view.fmt.number(len(known)),
    )
