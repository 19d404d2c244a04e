"""The focus areas of the roadmap with the figures that follow them, and how its projects stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.entries import FocusAreaEntry
from dashboard.register.project_life import next_milestone, states
from dashboard.views import cards, clock, html, register_access, reports, tables
from dashboard.views.area_figures import shown
from dashboard.views.context import View
from dashboard.views.deadlines_strip import days_sentence
from dashboard.views.figure import Evidence, Figure, Query, show_figure, source_text
from dashboard.views.grants_address import grant_address
from dashboard.views.grants_warnings import show_warnings, told_days, warned
from dashboard.views.municipality_figures import home_series
from dashboard.views.overview_tiles import unit_of
from dashboard.views.page_links import link_html, page_address
from dashboard.views.roadmap_projects import headline, known_since_words, late_words, next_words
from dashboard.views.roadmap_words import source_words
from dashboard.views.words import sentence
from dashboard.warehouse.connection import query_text

LEVEL = "deso"


def show_focus_areas(view: View) -> None:
    """Lay out how the projects stand and the focus areas, or say why there are none."""
    t = view.t
    contents = register_access.contents(view)
    if contents is None:
        # The register has said what is the matter; the figures above do not depend on it.
        return
    areas = contents.focus_areas
    if not areas:
        st.html(html.section(t("roadmap.title_none")))
        st.html(html.empty_state(t("roadmap.none", city=view.home.name), t("roadmap.none_why"), t("roadmap.none_fill")))
        _show_projects(view, contents)
        return
    followed = sum(bool(area.indicators or area.splits) for area in areas)
    title = t("roadmap.title", n=view.fmt.number(len(areas)), followed=view.fmt.number(followed))
    st.html(html.section(title, t("roadmap.lead")))
    _show_projects(view, contents)
    shown_cards = [_with_projects(view, contents, area) for area in areas]
    sources = dict.fromkeys(source_words(view, area) for area in areas)

    def draw() -> None:
        st.html(cards.card_list(shown_cards))
        st.html(html.source_line(t("roadmap.source", source="; ".join(sources))))

    show_figure(view, _figure(view, areas, shown_cards), draw, titled=False)


def _show_projects(view: View, contents: Contents) -> None:
    """Say how many projects there are, how they stand, what is late and what comes next; then the days to keep."""
    today = clock.today()
    found = states(contents, today)
    if found:
        said = sentence(
            f"{headline(view, found, len(found))}.",
            late_words(view, found),
            next_words(view, contents, found, today),
            known_since_words(view, found),
        )
        _linked(said, link_html(page_address(view, "roadmap"), view.t("roadmap.open")))
    told = next_milestone((state.project for state in found), contents.milestones, today)
    near = warned(contents, contents.grants, today)
    show_warnings(view, contents, near)
    if days := days_sentence(view, contents, today, told=told, warned_of=told_days(near)):
        _linked(days, link_html(grant_address(view), view.t("deadlines.open")))


def _linked(said: str, link: str) -> None:
    st.html(f'<p class="hs-text">{html.escape(said)} {link}</p>')


def _with_projects(view: View, contents: Contents, area: FocusAreaEntry) -> cards.Card:
    """Give the card of a focus area with how many projects it has: with none, nobody works on what it shows."""
    t = view.t
    count = sum(area.id in project.focus_areas for project in contents.projects)
    value = view.fmt.number(count) if count else t("plan.card_none")
    changed = contents.projects_changed
    source = t("plan.card_source")
    if changed is not None:
        source = t("plan.card_source_dated", date=view.fmt.date(clock.day_of(changed)))
    line = cards.Line(t("plan.card_projects"), value, source)
    card = _card(view, area)
    return replace(card, lines=[*card.lines, line])


def _card(view: View, area: FocusAreaEntry) -> cards.Card:
    indicators, splits = view.catalogue.indicators, view.catalogue.splits
    # Whoever edits a focus area may name a figure that a later edition of the data no longer has.
    lines = [line for name in area.indicators if name in indicators and (line := _indicator_line(view, name))]
    lines += [line for name in area.splits if name in splits and (line := _split_line(view, name))]
    return cards.Card(
        number=view.fmt.number(area.position),
        name=area.said("name").in_(view.language),
        lines=lines,
        gap=area.said("gap").in_(view.language),
    )


def _figure(view: View, areas: Sequence[FocusAreaEntry], shown_cards: Sequence[cards.Card]) -> Figure:
    t = view.t
    rows: list[dict[str, str | tables.Cell]] = [
        {"area": f"{card.number}. {card.name}", "figure": line.label, "value": line.value, "source": line.source}
        for card in shown_cards
        for line in _table_lines(view, card)
    ]
    known, of = view.catalogue.indicators, view.catalogue.splits
    indicators = list(dict.fromkeys(name for area in areas for name in area.indicators if name in known))
    splits = list(dict.fromkeys(name for area in areas for name in area.splits if name in of))
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
            notes=[reports.interval_note(view, unit) for unit in dict.fromkeys(of[name].unit for name in splits)],
        ),
    )


def _table_lines(view: View, card: cards.Card) -> list[cards.Line]:
    """Give the lines of a card; one that only counts its projects says that it has no figure, and why."""
    without = [] if len(card.lines) > 1 else [cards.Line(card.gap, view.fmt.number(None), "")]
    return [*without, *card.lines]


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
