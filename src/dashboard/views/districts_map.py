"""Map and table of the areas in step: a click in either chooses an area for comparison."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.exports.workbook_file import workbook_file
from dashboard.views import area_figures, areas, clock, districts_selection, embedding, html, maps, tables
from dashboard.views.area_figures import Figure as AreaFigure
from dashboard.views.area_table import AreaCell, AreaRow, show_area_table
from dashboard.views.area_workbook import area_workbook
from dashboard.views.areas import Area, Painted, home_areas
from dashboard.views.classes import Scheme, classify, nice_breaks, sequential_scheme
from dashboard.views.context import View
from dashboard.views.districts_files import files_for_gis
from dashboard.views.districts_filter import Filter, choose_filter, choose_level
from dashboard.views.errors import told_in_words
from dashboard.views.figure import Evidence, Figure, Query, show_figure
from dashboard.views.municipality_figures import home_series
from dashboard.views.numbers import rounded
from dashboard.views.words import lower_first, sentence
from dashboard.warehouse.connection import query_text

MOST_COLUMNS = 8


@st.fragment
def show_map_and_table(view: View) -> None:
    """Lay out headline, filters, map and table; only this part runs again when a filter changes."""
    districts_selection.rerun_if_changed()
    with told_in_words(view):
        _show(view)


def _show(view: View) -> None:
    t = view.t
    head = st.container()
    level = choose_level(view)
    chosen = choose_filter(view, level)
    content = _figure(view, chosen)
    with head:
        st.html(html.headline(content.title, sentence(content.summary, t("districts.lead"))))
    if not chosen.passing:
        st.html(html.empty_state(t("districts.none"), t("districts.none_why"), t("districts.none_fill")))
        return
    districts_selection.tell_if_refused(view)

    def draw() -> None:
        if embedding.is_alone():
            # Its table opens below, and there is nothing to choose areas for.
            _show_map(view, chosen, content, selectable=False)
            return
        picture, listing = st.columns([4, 5], gap="medium")
        with picture:
            _show_map(view, chosen, content)
        with listing:
            _show_table(view, chosen)

    show_figure(view, content, draw, titled=False)


def _scheme(view: View, chosen: Filter) -> tuple[Scheme, dict[str, int | None]]:
    """Give the classes of the indicator over all areas, so that a colour means the same whatever is filtered."""
    figures = area_figures.newest(view.warehouse, view.home.code, chosen.level)[chosen.indicator]
    entry = view.catalogue.indicator(chosen.indicator)
    # As the values are shown: 14.992 is read as 15.0 and belongs to the class that begins at 15.
    values = [None if one.value is None else rounded(one.value, entry.decimals) for one in figures.values()]
    breaks = nice_breaks(values) or [next((value for value in values if value is not None), 0.0)]
    unit = "%" if entry.unit == "percent" else ""
    scheme = sequential_scheme(breaks, view.t, view.fmt, view.theme, unit_label=unit)
    return scheme, dict(zip(figures, classify(values, breaks), strict=True))


def _show_map(view: View, chosen: Filter, content: Figure, *, selectable: bool = True) -> None:
    scheme, classes = _scheme(view, chosen)
    picked = {area.area_code for area in districts_selection.chosen(view, chosen.level)}
    figures = area_figures.newest(view.warehouse, view.home.code, chosen.level)[chosen.indicator]
    painted = {
        area.area_code: Painted(
            _text(view, chosen.indicator, figures.get(area.area_code)),
            classes.get(area.area_code),
            dimmed=area.area_code not in chosen.passing,
            selected=area.area_code in picked,
        )
        for area in home_areas(view.warehouse, view.home.code, chosen.level)
    }
    label = view.catalogue.indicator(chosen.indicator).short_name.in_(view.language)
    extent = areas.choose_extent(view, "karta")
    spec = areas.map_spec(
        view,
        chosen.level,
        painted,
        scheme,
        extent=extent,
        description=content.summary,
        value_label=label,
        selectable=selectable,
    )
    legend = maps.legend_html(
        [one for one in areas.map_areas(view, chosen.level, painted) if not one.dimmed],
        scheme,
        view.theme,
        view.t,
        label=label,
    )
    key = districts_selection.map_key(chosen.level)
    areas.show_map(
        view,
        spec,
        legend,
        key=key,
        alt=content.summary,
        on_select=partial(districts_selection.take_from_map, key, chosen.level) if selectable else None,
    )


def _text(view: View, indicator: str, figure: AreaFigure | None) -> str:
    if figure is None or figure.value is None:
        return area_figures.reason(view, figure)
    return area_figures.shown(view, indicator, figure.value)


def _columns(view: View, chosen: Filter) -> list[str]:
    names = area_figures.choices(view, chosen.level)
    first = [chosen.indicator, *(one.indicator for one in chosen.ranges)]
    return list(dict.fromkeys([*first, *names]))[:MOST_COLUMNS]


def heading(view: View, level: str, name: str) -> str:
    """Give the heading of an indicator's column: its name and the year that the figures are of."""
    year = next(iter(area_figures.newest(view.warehouse, view.home.code, level)[name].values())).year
    return f"{view.catalogue.indicator(name).short_name.in_(view.language)}, {view.fmt.year(year)}"


def _rows(view: View, chosen: Filter) -> list[Area]:
    """Give the areas that pass, ordered by the indicator."""
    figures = area_figures.newest(view.warehouse, view.home.code, chosen.level)[chosen.indicator]
    members = [
        area for area in home_areas(view.warehouse, view.home.code, chosen.level) if area.area_code in chosen.passing
    ]

    def rank(area: Area) -> tuple[bool, float]:
        figure = figures.get(area.area_code)
        return (figure is None or figure.value is None, 0.0 if figure is None else figure.value or 0.0)

    return sorted(members, key=rank)


def _show_table(view: View, chosen: Filter) -> None:
    columns = _columns(view, chosen)
    figures = area_figures.newest(view.warehouse, view.home.code, chosen.level)
    places = {area.code: place for place, area in enumerate(home_areas(view.warehouse, view.home.code, chosen.level))}
    key = f"areas-{chosen.level}"
    show_area_table(
        [view.t(f"level.{chosen.level}"), *(heading(view, chosen.level, name) for name in columns)],
        [
            AreaRow(
                area.code,
                area.label,
                places[area.code],
                [_cell(view, name, figures[name].get(area.area_code)) for name in columns],
            )
            for area in _rows(view, chosen)
        ],
        {area.code for area in districts_selection.chosen(view, chosen.level)},
        caption=view.t("districts.table_alt"),
        key=key,
        on_area=partial(districts_selection.take_from_table, key, chosen.level),
    )
    st.html(html.note(view.t("districts.table_hint")))


def _cell(view: View, indicator: str, figure: AreaFigure | None) -> AreaCell:
    value = None if figure is None else figure.value
    text = view.fmt.number(value, view.catalogue.indicator(indicator).decimals)
    return AreaCell(text, value, area_figures.reason(view, figure))


def _figure(view: View, chosen: Filter) -> Figure:
    t = view.t
    figures = area_figures.newest(view.warehouse, view.home.code, chosen.level)[chosen.indicator]
    entry = view.catalogue.indicator(chosen.indicator)
    rows = _rows(view, chosen)
    known = [
        (area, found) for area in rows if (found := figures.get(area.area_code)) is not None and found.value is not None
    ]
    year = next(iter(figures.values())).year
    title = _title(view, chosen, [found.value or 0.0 for _, found in known], year)
    summary = ""
    if known:
        (low, low_found), (high, high_found) = known[0], known[-1]
        summary = t(
            "districts.summary",
            indicator=entry.name.in_(view.language),
            low=area_figures.shown(view, chosen.indicator, low_found.value),
            low_area=low.label,
            high=area_figures.shown(view, chosen.indicator, high_found.value),
            high_area=high.label,
        )
    parameters = {
        "municipality": view.home.code,
        "level": chosen.level,
        "regsos": list(chosen.regsos),
        "kinds": list(chosen.kinds),
        "indicators": [one.indicator for one in chosen.ranges],
        "lows": [one.low for one in chosen.ranges],
        "highs": [one.high for one in chosen.ranges],
    }
    return Figure(
        key="areas",
        title=title,
        summary=summary,
        table=partial(_html_table, view, chosen, rows),
        rows=partial(_download, view, chosen, rows),
        # The link is read now: when the file is asked for, nobody's address is at hand.
        workbook=partial(_workbook, view, chosen.level, rows, view.link()),
        further=files_for_gis(view, chosen.level, rows),
        evidence=Evidence(
            indicators=[chosen.indicator],
            credits=[view.catalogue.credit(name, chosen.level).in_(view.language) for name in _columns(view, chosen)],
            sources=[entry.sources[chosen.level]],  # type: ignore[index]
            queries=[
                Query("filtered_areas", query_text("filtered_areas"), parameters),
                Query(
                    "area_values",
                    query_text("area_values"),
                    {"municipality": view.home.code, "level": chosen.level},
                ),
            ],
        ),
    )


def _title(view: View, chosen: Filter, values: list[float], year: int) -> str:
    """Say how many of the areas lie above the whole city, whose own figure is the yardstick."""
    t, fmt = view.t, view.fmt
    indicator = lower_first(view.catalogue.indicator(chosen.indicator).short_name.in_(view.language))
    what = t(f"level.{chosen.level}").lower()
    line = home_series(view.warehouse, chosen.indicator)
    whole = line.at(year) if line is not None else None
    counted = view.catalogue.indicator(chosen.indicator).kind == "count"
    if whole is None or counted or not values:
        return t(
            "districts.title", n=fmt.number(len(chosen.passing)), what=what, indicator=indicator, year=fmt.year(year)
        )
    return t(
        "districts.title_all" if chosen.open else "districts.title_some",
        above=fmt.number(sum(value > whole for value in values)),
        n=fmt.number(len(values)),
        what=what,
        indicator=indicator,
        city=area_figures.shown(view, chosen.indicator, whole),
        year=fmt.year(year),
    )


def _html_table(view: View, chosen: Filter, rows: list[Area]) -> str:
    columns = _columns(view, chosen)
    figures = area_figures.newest(view.warehouse, view.home.code, chosen.level)
    return tables.table_html(
        [
            tables.Column("area", view.t(f"level.{chosen.level}")),
            *(tables.Column(name, heading(view, chosen.level, name), numeric=True) for name in columns),
        ],
        [
            {"area": area.label} | {name: table_cell(view, name, figures[name].get(area.area_code)) for name in columns}
            for area in rows
        ],
        caption=view.t("districts.table_alt"),
        t=view.t,
    )


def table_cell(view: View, indicator: str, figure: AreaFigure | None) -> tables.Cell:
    """Give a value as a table cell, with its reason when there is none."""
    value = None if figure is None else figure.value
    return tables.Cell(area_figures.shown(view, indicator, value), area_figures.reason(view, figure))


def _workbook(view: View, level: str, rows: list[Area], link: str) -> bytes:
    return workbook_file(area_workbook(view, {level: rows}, today=clock.today(), link=link))


def _download(view: View, chosen: Filter, rows: list[Area]) -> list[dict[str, object]]:
    figures = area_figures.newest(view.warehouse, view.home.code, chosen.level)
    return [
        {
            "area_code": area.area_code,
            "area": area.label,
            "indicator": name,
            "year": found.year,
            "value": found.value,
            "status": found.status,
            "note": found.note,
            "source": found.source,
        }
        for area in rows
        for name in area_figures.choices(view, chosen.level)
        if (found := figures[name].get(area.area_code)) is not None
    ]
