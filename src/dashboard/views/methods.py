"""What the page on data and methods says: every indicator, measure and source, how much there is, what to mind."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from dashboard.catalogue import Indicator, Measure
from dashboard.measures import segregation as queries
from dashboard.views import html, links, tables
from dashboard.views.context import View
from dashboard.views.downloads import offer_downloads
from dashboard.views.figure import Query
from dashboard.views.segregation_choice import splits_in_order
from dashboard.warehouse.connection import Warehouse, query_text

Row = dict[str, object]
FIRST_INDICATOR = "population"
MULTIGROUP = ("multigroup_entropy", "multigroup_dissimilarity")
FIRST_MEASURES = ("dissimilarity", "network_distance")
AREA_MEASURES = ("location_quotient", "contribution")
# Worked out in Python from the counts, not by the query.
INFERRED = ("corrected_dissimilarity", "random_floor", "rank_order_entropy")


@lru_cache(maxsize=2)
def coverage(warehouse: Warehouse) -> dict[str, list[Row]]:
    """Give what there is of each indicator, one row a level."""
    found: dict[str, list[Row]] = {}
    for row in warehouse.rows("coverage"):
        found.setdefault(str(row["indicator"]), []).append(row)
    return found


def show_indicators(view: View) -> None:
    """Lay out one indicator with everything that is known about it, and all of them in a table."""
    t, catalogue = view.t, view.catalogue
    names = sorted(
        (name for name in coverage(view.warehouse) if catalogue.indicator(name).family is None),
        key=lambda name: catalogue.indicator(name).name.in_(view.language),
    )
    there = {catalogue.indicator(name).family or name for name in coverage(view.warehouse)}
    families = sorted(
        there & set(catalogue.families), key=lambda name: catalogue.families[name].name.in_(view.language)
    )
    options = [*names, *families]

    def label(name: str) -> str:
        entry = catalogue.families[name] if name in catalogue.families else catalogue.indicator(name)
        return entry.name.in_(view.language)

    st.html(
        html.section(
            t("methods.indicators_title", n=view.fmt.number(len(coverage(view.warehouse)))),
            t("methods.indicators_lead"),
        )
    )
    # The same in every language; the order of the list follows the alphabet of each.
    first = FIRST_INDICATOR if FIRST_INDICATOR in options else options[0]
    links.restore_one("matt", options, first)
    chosen = str(st.selectbox(t("methods.indicator"), options, format_func=label, key="matt"))
    links.remember("matt", chosen, first)
    members = list(catalogue.families[chosen].members) if chosen in catalogue.families else [chosen]
    entry = catalogue.indicator(members[0])
    st.html(html.definition_list(_indicator_lines(view, entry)))
    st.html(_coverage_table(view, members))
    rows = view.warehouse.rows("indicator_rows", {"indicators": members})
    sources = dict.fromkeys(name for one in members for name in catalogue.indicator(one).sources.values())
    credit = "; ".join(catalogue.sources[name].citation.in_(view.language) for name in sources)
    offer_downloads(view, rows, chosen, credit=credit)
    _show_query(view, Query("indicator_rows", query_text("indicator_rows"), {"indicators": members}))


def _indicator_lines(view: View, entry: Indicator) -> list[tuple[str, str]]:
    t, language = view.t, view.language
    lines = [
        (t("methods.question"), entry.question.in_(language)),
        (t("methods.definition"), entry.definition.in_(language)),
        (t("methods.population"), entry.population.in_(language)),
    ]
    if entry.denominator is not None:
        lines.append((t("methods.denominator"), entry.denominator.in_(language)))
    if entry.derivation is not None:
        lines.append((t("methods.derivation"), entry.derivation.in_(language)))
    direction = t(f"direction.{entry.direction}")
    lines.append((t("methods.direction"), f"{direction}. {entry.direction_reason.in_(language)}"))
    for level, source_id in entry.sources.items():
        source = view.catalogue.sources[source_id]
        credit = view.catalogue.credit(entry.id, level).in_(language)
        lines.append(
            (
                f"{t('figure.source')}, {t(f'level.{level}').lower()}",
                f"{credit}. {source.licence.in_(language)}",
            )
        )
    update = entry.next_update or entry.next_update_reason
    if update is not None:
        lines.append((t("methods.next_update"), update.in_(language)))
    if breaks := sorted({year for level in entry.levels for year in entry.breaks(level)}):
        years = ", ".join(view.fmt.year(year) for year in breaks)
        lines.append((t("methods.break"), t("methods.break_text", years=years)))
    lines += [(t("figure.caveat"), caveat.in_(language)) for caveat in entry.caveats]
    return lines


def _coverage_table(view: View, members: list[str]) -> str:
    t, fmt = view.t, view.fmt
    found = [row for name in members for row in coverage(view.warehouse).get(name, [])]
    several = len(members) > 1
    columns = [
        *([tables.Column("name", t("peers.indicator"))] if several else []),
        tables.Column("level", t("methods.level")),
        tables.Column("years", t("methods.years"), numeric=True),
        tables.Column("areas", t("methods.areas"), numeric=True),
        tables.Column("published", t("status.published"), numeric=True),
        tables.Column("derived", t("status.derived"), numeric=True),
        tables.Column("without", t("status.missing"), numeric=True),
    ]
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "name": view.catalogue.indicator(str(row["indicator"])).name.in_(view.language),
            "level": t(f"level.{row['level']}"),
            "years": _span(view, row),
            "areas": fmt.number(_count(row["areas"])),
            "published": fmt.number(_count(row["published"])),
            "derived": fmt.number(_count(row["derived"])),
            "without": fmt.number(_count(row["without_value"])),
        }
        for row in found
    ]
    return tables.table_html(columns, rows, caption=t("methods.coverage"), t=t, max_height=420 if several else None)


def _count(value: object) -> int:
    return int(str(value))


def _span(view: View, row: Row) -> str:
    first, last = (view.fmt.year(_count(row[name])) for name in ("first_year", "last_year"))
    return first if first == last else f"{first}–{last}"


def show_measures(view: View) -> None:
    """Lay out one measure of segregation: what it answers, formula, traps, reference and query."""
    t, names = view.t, _measures_in_order(view, place=False)
    st.html(html.section(t("methods.measures_title", n=view.fmt.number(len(names))), t("methods.measures_lead")))
    chosen = _choose_measure(view, "index", names)
    if chosen in INFERRED:
        st.html(html.note(t("methods.inferred")))
        return
    name: queries.QueryName = (
        "multigroup" if chosen in MULTIGROUP else "areas" if chosen in AREA_MEASURES else "segregation"
    )
    _show_query(view, Query(name, queries.query(name)))


def show_place_measures(view: View) -> None:
    """Lay out one measure of places, ways and barriers in the walk network: what it answers, formula, traps."""
    t, names = view.t, _measures_in_order(view, place=True)
    st.html(
        html.section(t("methods.place_measures_title", n=view.fmt.number(len(names))), t("methods.place_measures_lead"))
    )
    _choose_measure(view, "platsmatt", names)
    st.html(html.note(t("methods.from_the_network")))


def _measures_in_order(view: View, *, place: bool) -> list[str]:
    """Give the measures of a kind by name, the one that the others build on first."""
    measures = view.catalogue.measures
    return sorted(
        (name for name, entry in measures.items() if (entry.level == "place") == place),
        key=lambda name: (name not in FIRST_MEASURES, measures[name].name.in_(view.language)),
    )


def _choose_measure(view: View, key: str, names: list[str]) -> str:
    """Let the visitor choose one of some measures, and tell it in full."""
    measures = view.catalogue.measures
    links.restore_one(key, names, names[0])
    chosen = str(
        st.selectbox(
            view.t("segregation.measure"),
            names,
            format_func=lambda name: measures[name].name.in_(view.language),
            key=key,
        )
    )
    links.remember(key, chosen, names[0])
    st.html(html.definition_list(_measure_lines(view, measures[chosen])))
    return chosen


def _measure_lines(view: View, entry: Measure) -> list[tuple[str, str]]:
    t, language = view.t, view.language
    high = "∞" if entry.high is None else view.fmt.number(entry.high * entry.scale)
    return [
        (t("methods.question"), entry.question.in_(language)),
        (t("methods.formula"), entry.formula),
        (t("figure.formula"), entry.formula_words.in_(language)),
        (t("methods.range"), f"{view.fmt.number(entry.low * entry.scale)}–{high}"),
        (t("figure.reference"), entry.reference),
        *((t("figure.caveat"), trap.in_(language)) for trap in entry.traps),
    ]


def _show_query(view: View, query: Query) -> None:
    opened = st.expander(view.t("methods.query"), on_change="rerun", key=f"query-{query.name}")
    if opened.open:
        with opened:
            bound = "".join(f"\n-- ${name} = {value}" for name, value in query.parameters.items())
            st.code(query.sql + bound, language="sql")


def show_splits(view: View) -> None:
    """Lay out what each split compares and what is approximated in it."""
    t, language = view.t, view.language
    rows: list[dict[str, str | tables.Cell]] = []
    for name in splits_in_order(view):
        split = view.catalogue.splits[name]
        groups = (
            t("methods.groups", group=split.group.in_(language), rest=split.rest.in_(language))
            if split.group is not None and split.rest is not None
            else ", ".join(view.catalogue.indicator(one).short_name.in_(language).lower() for one in split.groups)
        )
        approximation = t("methods.exact") if split.approximation is None else split.approximation.in_(language)
        rows.append({"name": split.name.in_(language), "groups": groups, "approximation": approximation})
    st.html(html.section(t("methods.splits_title"), t("methods.splits_lead")))
    st.html(
        tables.table_html(
            [
                tables.Column("name", t("segregation.split")),
                tables.Column("groups", t("methods.compared")),
                tables.Column("approximation", t("methods.approximation")),
            ],
            rows,
            caption=t("methods.splits_title"),
            t=t,
            hide_caption=True,
        )
    )


def show_sources(view: View) -> None:
    """Lay out every source with publisher, licence, dates and the fingerprint of its files."""
    t, language = view.t, view.language
    sources = [source for source in view.catalogue.sources.values() if source.files]
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "name": source.name.in_(language),
            "citation": source.citation.in_(language),
            "licence": source.licence.in_(language),
            "updated": source.updated or view.fmt.number(None),
            "fetched": source.access_date,
            "files": "; ".join(f"{file.name} ({file.sha256[:12]})" for file in source.files),
        }
        for source in sources
    ]
    st.html(html.section(t("methods.sources_title", n=view.fmt.number(len(sources))), t("methods.sources_lead")))
    st.html(
        tables.table_html(
            [
                tables.Column("name", t("figure.source")),
                tables.Column("citation", t("methods.citation")),
                tables.Column("licence", t("methods.licence")),
                tables.Column("updated", t("methods.updated"), numeric=True),
                tables.Column("fetched", t("methods.fetched"), numeric=True),
                tables.Column("files", t("methods.files")),
            ],
            rows,
            caption=t("methods.sources_caption"),
            t=t,
            hide_caption=True,
            max_height=520,
        )
    )


def show_caveats(view: View) -> None:
    """Lay out what to keep in mind whatever is read on the dashboard."""
    t = view.t
    st.html(html.section(t("methods.caveats_title"), t("methods.caveats_lead")))
    names = ("cell_key", "parts", "missing", "vintages", "levels", "rounded", "chance", "approximated")
    st.html(html.definition_list([(t(f"caveat.{name}"), t(f"caveat.{name}_text")) for name in names]))


def show_accessibility(view: View) -> None:
    """Lay out the draft of the accessibility statement, with the address for faults from the settings."""
    t, address = view.t, view.settings.fault_report_address
    st.html(html.section(t("methods.accessibility_title"), t("methods.accessibility_lead", city=view.home.name)))
    report = t("methods.fault_address", address=address) if address else t("methods.fault_no_address")
    st.html(
        html.definition_list(
            [
                (t("methods.accessibility_how"), t("methods.accessibility_how_text")),
                (t("methods.accessibility_gaps"), t("methods.accessibility_gaps_text")),
                (t("methods.accessibility_test"), t("methods.accessibility_test_text")),
                (t("methods.fault"), report),
                (t("methods.supervision"), t("methods.supervision_text")),
            ]
        )
    )
