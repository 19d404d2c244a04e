"""Whether some groups have longer ways than others, and how much of it chance alone would give."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.reach.city import City
from dashboard.views import html, tables
from dashboard.views import places_access_words as words
from dashboard.views.charts.pairs import Pair, paired_dots
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_evidence
from dashboard.views.pictures import show_chart
from dashboard.views.places_access_choice import areas_of_scope, choose_group, choose_scope
from dashboard.views.places_access_evidence import credit_lines, figure_notes, queries, year_text
from dashboard.views.places_access_measures import GROUPS, GroupWay, group_ways, step
from dashboard.views.words import listed, sentence, upper_first

#: What a difference says → the text for it when no metres are told.
UNCERTAIN = {"chance": "access.gap_chance", "missing": "access.gap_missing"}


@dataclass(frozen=True)
class Compared:
    """What is compared: a group with the rest, where, by counts of which year, and what came out."""

    group: str
    scope: str
    year: int
    ways: tuple[GroupWay, ...]


def show_groups(view: View, city: City) -> None:
    """Lay out the choices, and a group's ways beside those of everybody else for every service."""
    head = st.container()
    with st.container(key="choices-groups"):
        group = choose_group(view, city)
        scope = choose_scope(view)
    compared = compare(view, city, group, scope)
    content = groups_figure(view, city, compared)
    with head:
        st.html(html.section(content.title, content.summary))
    spec = paired_dots(
        [_pair(view, city, way) for way in compared.ways],
        group_names(view, group),
        theme=view.theme,
        t=view.t,
        description=content.summary,
        axis_title=view.t("access.gap_axis"),
    )
    show_chart(spec, key="access-groups-chart", alt=content.summary)
    st.html(html.note(view.t("access.gap_limits")))
    show_evidence(view, content)


def compare(view: View, city: City, group: str, scope: str) -> Compared:
    """Compare a group with the rest, everywhere or in the central locality alone."""
    year = city.people.groupings[GROUPS[group][0]].year
    return Compared(group, scope, year, group_ways(city, group, areas_of_scope(view, scope)))


def group_names(view: View, group: str) -> tuple[str, str]:
    """Give what a group and the rest are called where there is little room."""
    split = view.catalogue.splits[group]
    names = (split.group_short, split.rest_short)
    first, second = ("" if name is None else name.in_(view.language) for name in names)
    return first, second


def _long_names(view: View, group: str) -> tuple[str, str]:
    split = view.catalogue.splits[group]
    first, second = ("" if name is None else name.in_(view.language) for name in (split.group, split.rest))
    return first, second


def groups_figure(view: View, city: City, compared: Compared) -> Figure:
    """Give what stands around the picture: title and summary worked out, table, files, how it was worked out."""
    split = view.catalogue.splits[compared.group]
    return Figure(
        key="access-groups",
        title=_title(view, compared),
        summary=_summary(view, city, compared),
        table=partial(_table, view, city, compared),
        rows=[_download(view, city, compared, way) for way in compared.ways],
        evidence=Evidence(
            measures=["access_gap", "network_distance"],
            sources=["openstreetmap", *split.sources],
            credits=credit_lines(view, city, split.sources),
            years=year_text(view, compared.year),
            queries=queries(view, ["city_places", "network_people", "area_groups"]),
            notes=_notes(view, city, compared),
        ),
    )


def _title(view: View, compared: Compared) -> str:
    """Say how many ways are shorter and longer; the more frequent alone when the other does not occur."""
    t, fmt, ways = view.t, view.fmt, compared.ways
    first, second = _long_names(view, compared.group)
    where = t("access.in_centre") if compared.scope == "centre" else t("access.in_municipality", city=view.home.name)
    counts = {verdict: sum(way.verdict == verdict for way in ways) for verdict in ("shorter", "longer", "missing")}
    shorter, longer, n = (
        fmt.number(counts["shorter"]),
        fmt.number(counts["longer"]),
        fmt.number(len(ways) - counts["missing"]),
    )
    if counts["missing"] == len(ways):
        return t("access.gap_unknown", where=where, group=first, rest=second)
    if counts["shorter"] and counts["longer"]:
        return t("access.gap_both", where=where, group=first, shorter=shorter, longer=longer, n=n)
    if counts["shorter"]:
        return t("access.gap_shorter", where=where, group=first, shorter=shorter, n=n)
    if counts["longer"]:
        return t("access.gap_longer", where=where, group=first, longer=longer, n=n)
    return t("access.gap_none", where=where, group=first, rest=second)


def _summary(view: View, city: City, compared: Compared) -> str:
    t = view.t
    first, second = _long_names(view, compared.group)
    nearer, farther, even = (
        [t(f"place_kind.{way.kind}") for way in compared.ways if way.verdict in verdicts]
        for verdicts in (("shorter",), ("longer",), ("chance", "coarse"))
    )
    if len(compared.ways) in (len(nearer), len(farther)):
        # The title says it of all of them.
        nearer, farther = [], []
    return sentence(
        t("access.gap_lead", group=first, rest=second, year=view.fmt.year(compared.year)),
        t("access.gap_nearer", names=listed(nearer, t)) if nearer else "",
        t("access.gap_farther", names=listed(farther, t)) if farther else "",
        t("access.gap_even", names=listed(even, t)) if even else "",
        _widest(view, city, compared.ways),
        t("access.gap_rural") if compared.scope == "municipality" else "",
    )


def _widest(view: View, city: City, ways: tuple[GroupWay, ...]) -> str:
    """Give the two means that lie farthest apart, among those that differ for certain."""
    certain = [(way.kind, way.gap) for way in ways if way.gap is not None and way.verdict in ("shorter", "longer")]
    if not certain:
        return ""
    kind, gap = max(certain, key=lambda pair: abs(pair[1].difference))
    group, rest = words.about(view, city, gap.group), words.about(view, city, gap.rest)
    return view.t("access.gap_widest", service=view.t(f"place_kind.{kind}"), group=group, rest=rest)


def _notes(view: View, city: City, compared: Compared) -> list[str]:
    t, split = view.t, view.catalogue.splits[compared.group]
    return [
        t("access.gap_limits"),
        t("access.gap_floor"),
        t("access.gap_floor_low"),
        t("access.gap_coarse", metres=view.fmt.number(step(city))),
        *figure_notes(view, city, [way.kind for way in compared.ways]),
        *([] if split.approximation is None else [split.approximation.in_(view.language)]),
    ]


def verdict_text(view: View, city: City, way: GroupWay) -> str:
    """Say how much shorter or longer the group's way is, or why that cannot be said."""
    if way.gap is None or way.verdict in UNCERTAIN:
        return view.t(UNCERTAIN[way.verdict])
    if way.verdict == "coarse":
        return view.t("access.gap_small", metres=view.fmt.number(way.step))
    # Of the means as they are written beside it, so that the three numbers agree.
    apart = words.shown_metres(way.gap.group, city) - words.shown_metres(way.gap.rest, city)
    key = "access.difference_shorter" if way.verdict == "shorter" else "access.difference_longer"
    return view.t(key, metres=view.fmt.number(abs(apart)))


def _pair(view: View, city: City, way: GroupWay) -> Pair:
    group, rest = (None, None) if way.gap is None else (way.gap.group, way.gap.rest)
    return Pair(
        label=upper_first(view.t(f"place_kind.{way.kind}")),
        group=group,
        rest=rest,
        group_text=words.about(view, city, group),
        rest_text=words.about(view, city, rest),
        said=verdict_text(view, city, way),
        certain=way.verdict in ("shorter", "longer"),
    )


def _table(view: View, city: City, compared: Compared) -> str:
    t = view.t
    first, second = group_names(view, compared.group)
    group, rest = _long_names(view, compared.group)
    columns = [
        tables.Column("service", t("access.service")),
        tables.Column("group", t("access.gap_mean", group=first), numeric=True),
        tables.Column("rest", t("access.gap_mean", group=second), numeric=True),
        tables.Column("difference", t("access.gap_difference")),
        tables.Column("floor", t("access.gap_floor_metres"), numeric=True),
        tables.Column("group_near", t("access.gap_within", group=first), numeric=True),
        tables.Column("rest_near", t("access.gap_within", group=second), numeric=True),
    ]
    return tables.table_html(
        columns,
        [_table_row(view, city, way) for way in compared.ways],
        caption=t("access.gap_caption", group=group, rest=rest, year=view.fmt.year(compared.year)),
        t=t,
        notes=[t("access.gap_floor")],
    )


def _table_row(view: View, city: City, way: GroupWay) -> dict[str, str | tables.Cell]:
    missing = tables.Cell(view.fmt.number(None), view.t("access.gap_missing_why"))
    row: dict[str, str | tables.Cell] = {
        "service": upper_first(view.t(f"place_kind.{way.kind}")),
        "difference": verdict_text(view, city, way),
    }
    if way.gap is None:
        return row | dict.fromkeys(("group", "rest", "floor", "group_near", "rest_near"), missing)
    near = [words.percent(view, share) for share in way.within]
    return row | {
        "group": words.metres_text(view, city, way.gap.group),
        "rest": words.metres_text(view, city, way.gap.rest),
        "floor": view.fmt.number(way.gap.random_floor),
        "group_near": near[0],
        "rest_near": near[1],
    }


def _download(view: View, city: City, compared: Compared, way: GroupWay) -> dict[str, object]:
    gap, split = way.gap, view.catalogue.splits[compared.group]
    return {
        "municipality": view.home.code,
        "where": compared.scope,
        "service": way.kind,
        "service_name": view.t(f"place_kind.{way.kind}"),
        "split": compared.group,
        "unit": split.unit,
        "mean_metres_group": None if gap is None else gap.group,
        "mean_metres_rest": None if gap is None else gap.rest,
        "difference": None if gap is None else gap.difference,
        "random_floor": None if gap is None else gap.random_floor,
        "verdict": way.verdict,
        "share_within_800_m_group": way.within[0],
        "share_within_800_m_rest": way.within[1],
        "people_year": compared.year,
        "network": city.kind,
        "network_made": city.made,
        "note": figure_notes(view, city, [way.kind])[0],
    }
