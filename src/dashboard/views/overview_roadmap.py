"""The focus areas of the roadmap, with the figures that follow them."""

from __future__ import annotations

import streamlit as st

from dashboard.register.focus_areas import FocusArea
from dashboard.views import cards, html, reports, tables
from dashboard.views.area_figures import shown
from dashboard.views.context import View, focus_areas
from dashboard.views.figure import Evidence, Figure, Query, show_evidence, source_text
from dashboard.views.municipality_figures import home_series
from dashboard.views.overview_tiles import unit_of
from dashboard.warehouse.connection import query_text

LEVEL = "deso"


def show_focus_areas(view: View) -> None:
    """Lay out the focus areas, or say why there are none."""
    t = view.t
    areas = focus_areas(view)
    if not areas:
        st.html(html.section(t("roadmap.title_none")))
        st.html(html.empty_state(t("roadmap.none", city=view.home.name), t("roadmap.none_why"), t("roadmap.none_fill")))
        return
    followed = sum(bool(area.indicators or area.splits) for area in areas)
    title = t("roadmap.title", n=view.fmt.number(len(areas)), followed=view.fmt.number(followed))
    st.html(html.section(title, t("roadmap.lead")))
    st.html(cards.card_list([_card(view, area) for area in areas]))
    source = areas[0].source.in_(view.language)
    st.html(html.source_line(t("roadmap.source", source=source, date=areas[0].source_date)))
    show_evidence(view, _figure(view, areas))


def _card(view: View, area: FocusArea) -> cards.Card:
    lines = [line for name in area.indicators if (line := _indicator_line(view, name))]
    lines += [line for name in area.splits if (line := _split_line(view, name))]
    return cards.Card(
        number=view.fmt.number(area.position),
        name=area.name.in_(view.language),
        lines=lines,
        gap=area.gap.in_(view.language),
    )


def _figure(view: View, areas: tuple[FocusArea, ...]) -> Figure:
    t = view.t
    shown_cards = [_card(view, area) for area in areas]
    rows: list[dict[str, str | tables.Cell]] = [
        {"area": f"{card.number}. {card.name}", "figure": line.label, "value": line.value, "source": line.source}
        for card in shown_cards
        for line in card.lines or [cards.Line(card.gap, view.fmt.number(None), "")]
    ]
    indicators = list(dict.fromkeys(name for area in areas for name in area.indicators))
    splits = list(dict.fromkeys(name for area in areas for name in area.splits))
    lines = [line for name in indicators if (line := home_series(view.warehouse, name)) is not None]
    sources = [line.source for line in lines] + [one for name in splits for one in view.catalogue.splits[name].sources]
    return Figure(
        key="roadmap",
        title=t("roadmap.title_none"),
        summary="",
        table=tables.table_html(
            [
                tables.Column("area", t("roadmap.focus_area")),
                tables.Column("figure", t("peers.indicator")),
                tables.Column("value", t("overview.tile_value")),
                tables.Column("source", t("figure.source")),
            ],
            rows,
            caption=t("roadmap.title_none"),
            t=t,
        ),
        rows=[
            {
                "focus_area": f"{card.number}. {card.name}",
                "figure": line.label,
                "value": line.value,
                "source": line.source,
            }
            for card in shown_cards
            for line in card.lines
        ],
        evidence=Evidence(
            indicators=indicators,
            measures=["dissimilarity"] if splits else [],
            credits=[
                credit for card in shown_cards for line in card.lines if (credit := line.source.rpartition(",")[0])
            ],
            sources=list(dict.fromkeys(sources)),
            queries=[Query("municipality_series", query_text("municipality_series"), {"indicators": indicators})],
            notes=[t("measure.interval_note")],
        ),
    )


def _indicator_line(view: View, name: str) -> cards.Line | None:
    line = home_series(view.warehouse, name)
    if line is None:
        return None
    indicator = view.catalogue.indicator(name)
    last = line.known[-1]
    change = view.fmt.change(
        last.value,
        line.at(last.year - 1),
        view.fmt.year(last.year - 1),
        view.t,
        unit=indicator.unit,
        decimals=indicator.decimals,
        unit_label=unit_of(view, indicator),
    )
    citation = view.catalogue.credit(name, "municipality").in_(view.language)
    label = indicator.short_name.in_(view.language)
    year = view.fmt.year(last.year)
    if last.of_school_year:
        year = view.t("roadmap.school_year", year=year, next=f"{(last.year + 1) % 100:02d}")
    source = view.t("overview.tile_source", citation=citation, year=year)
    value = shown(view, name, last.value)
    return cards.Line(label, f"{value}, {change}" if change else value, source)


def _split_line(view: View, name: str) -> cards.Line | None:
    years = reports.years(view.warehouse, view.home.code, name, LEVEL)
    if not years:
        return None
    split = view.catalogue.splits[name]
    row = reports.row_of(
        reports.measures(view.warehouse, view.home.code, LEVEL, years[-1], name),
        reports.dissimilarity_of(split.kind),
    )
    if row is None or row.value is None:
        return None
    citation = source_text(view, Evidence(sources=split.sources, computed=True))
    interval = "" if row.lower is None or row.upper is None else view.fmt.interval(row.lower * 100, row.upper * 100, 0)
    return cards.Line(
        view.t("roadmap.measure_name", split=split.name.in_(view.language).lower()),
        view.t("roadmap.measure", value=view.fmt.number(row.value * 100), interval=interval),
        view.t("overview.tile_source", citation=citation, year=view.fmt.year(years[-1])),
    )
