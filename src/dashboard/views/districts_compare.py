"""Up to four areas and the whole city side by side, figure by figure."""

from __future__ import annotations

import streamlit as st

from dashboard.views import area_figures, tables
from dashboard.views.areas import Area
from dashboard.views.context import View
from dashboard.views.districts_files import files_for_gis
from dashboard.views.districts_map import table_cell
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.municipality_figures import home_series
from dashboard.views.words import listed
from dashboard.warehouse.connection import query_text


def show_comparison(view: View, level: str, chosen: list[Area]) -> None:
    """Lay out the chosen areas beside the whole city."""
    content = _figure(view, level, chosen)
    show_figure(view, content, lambda: st.html(content.table_html()))


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
        drawn_as_table=True,
        further=files_for_gis(view, level, chosen),
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
            credits=_credits(view, level, names),
            sources=list(dict.fromkeys(sources)),
            queries=[Query("area_values", query_text("area_values"), {"municipality": view.home.code, "level": level})],
        ),
    )


def _credits(view: View, level: str, names: list[str]) -> list[str]:
    """Give the credits of the areas' figures and of the whole city's, which can come from another table."""
    of_areas = [view.catalogue.credit(name, level).in_(view.language) for name in names]
    of_city = [
        view.catalogue.credit(name, "municipality").in_(view.language)
        for name in names
        if home_series(view.warehouse, name) is not None
    ]
    return [*of_areas, *of_city]
