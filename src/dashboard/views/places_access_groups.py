"""Whether some groups have longer ways than others, and how much of it chance alone would give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.reach.city import City
from dashboard.views import html, tables
from dashboard.views import places_access_words as words
from dashboard.views.charts.pairs import Pair, paired_dots
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.numbers import rounded
from dashboard.views.pictures import show_chart
from dashboard.views.places_access_choice import areas_of_scope, choose_group, choose_scope
from dashboard.views.places_access_evidence import (
    credit_lines,
    figure_notes,
    file_basis,
    place_sources,
    queries,
    year_text,
)
from dashboard.views.places_access_measures import GROUPS, GroupWay, group_ways, least_gap
from dashboard.views.places_file import file_metres
from dashboard.views.words import listed, sentence, upper_first

#: What a difference says → the text for it when no metres are told.
UNCERTAIN = {"chance": "access.gap_chance", "missing": "access.gap_missing"}
#: What a verdict says in the title: as the first one told, and after another.
FIRST = {"shorter": "access.gap_first_shorter", "longer": "access.gap_first_longer"}
THEN = {"longer": "access.gap_then_longer", "coarse": "access.gap_then_even", "chance": "access.gap_then_chance"}
#: Splits by dwellings: who lives in the group's and in all other ones.
RESIDENTS = {"rented_tenure": ("access.renters", "access.not_renters")}


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
    draw = partial(show_chart, spec, key="access-groups-chart", alt=content.summary)
    show_figure(view, content, draw, titled=False)


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
    if group in RESIDENTS:
        renters, others = RESIDENTS[group]
        return view.t(renters), view.t(others)
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
            sources=[*place_sources([way.kind for way in compared.ways]), *split.sources],
            credits=credit_lines(view, city, split.sources),
            years=year_text(view, compared.year),
            queries=queries(view, ["city_places", "network_people", "area_groups"]),
            notes=_notes(view, city, compared),
        ),
    )


def _title(view: View, compared: Compared) -> str:
    """Say how many ways are shorter, longer, about the same and uncertain; what does not occur is left out."""
    t, ways = view.t, compared.ways
    first, second = _long_names(view, compared.group)
    where = t("access.in_centre") if compared.scope == "centre" else t("access.in_municipality", city=view.home.name)
    counts = Counter(way.verdict for way in ways)
    if counts["missing"] == len(ways):
        return t("access.gap_unknown", where=where, group=first, rest=second)
    if not counts["shorter"] and not counts["longer"]:
        return t("access.gap_none", where=where, group=first, rest=second)
    return t("access.gap_title", where=where, parts=", ".join(_title_parts(view, counts, first)))


def _title_parts(view: View, counts: Counter[str], group: str) -> list[str]:
    t, fmt = view.t, view.fmt
    total = fmt.number(counts.total() - counts["missing"])
    first = "shorter" if counts["shorter"] else "longer"
    return [
        t(FIRST[first], group=group, n=fmt.number(counts[first]), total=total),
        *(t(THEN[one], n=fmt.number(counts[one])) for one in THEN if counts[one] and one != first),
    ]


def _summary(view: View, city: City, compared: Compared) -> str:
    t = view.t
    first, second = _long_names(view, compared.group)
    nearer, farther, even, uncertain = (
        [t(f"place_kind.{way.kind}") for way in compared.ways if way.verdict == verdict]
        for verdict in ("shorter", "longer", "coarse", "chance")
    )
    if len(compared.ways) in (len(nearer), len(farther)):
        # The title says it of all of them.
        nearer, farther = [], []
    return sentence(
        t("access.gap_limits"),
        _coarse(view, city),
        t("access.gap_rural") if compared.scope == "municipality" else "",
        t("access.gap_lead", group=first, rest=second, year=view.fmt.year(compared.year)),
        t("access.gap_nearer", names=listed(nearer, t)) if nearer else "",
        t("access.gap_farther", names=listed(farther, t)) if farther else "",
        t("access.gap_even", names=listed(even, t)) if even else "",
        t("access.gap_uncertain", names=listed(uncertain, t)) if uncertain else "",
        _widest(view, city, compared.ways),
    )


def _floor(compared: Compared) -> str:
    """Give the text of what is drawn at random: persons, or dwellings."""
    return "access.gap_floor_dwellings" if compared.group in RESIDENTS else "access.gap_floor"


def _coarse(view: View, city: City) -> str:
    return view.t("access.gap_coarse", metres=words.metres_text(view, city, least_gap(city)))


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
        t(_floor(compared)),
        t("access.gap_unrounded"),
        t("access.gap_floor_low"),
        _coarse(view, city),
        *([t("access.per_dwelling")] if compared.group in RESIDENTS else []),
        *figure_notes(view, city, [way.kind for way in compared.ways]),
        *([] if split.approximation is None else [split.approximation.in_(view.language)]),
    ]


def verdict_text(view: View, city: City, way: GroupWay) -> str:
    """Say how much shorter or longer the group's way is, or why that cannot be said."""
    if way.gap is None or way.verdict in UNCERTAIN:
        return view.t(UNCERTAIN[way.verdict])
    if way.verdict == "coarse":
        return view.t("access.gap_small", metres=words.metres_text(view, city, way.step))
    apart = words.difference(city, way.gap.difference)
    key = "access.difference_shorter" if way.verdict == "shorter" else "access.difference_longer"
    return view.t(key, metres=words.metres_text(view, city, abs(apart)))


def _pair(view: View, city: City, way: GroupWay) -> Pair:
    group, rest = (None, None) if way.gap is None else (way.gap.group, way.gap.rest)
    return Pair(
        label=upper_first(view.t(f"place_kind.{way.kind}")),
        group=None if group is None else group / words.KILOMETRE,
        rest=None if rest is None else rest / words.KILOMETRE,
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
        notes=[t(_floor(compared)), t("access.gap_unrounded")],
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
    group, rest = (None, None) if gap is None else (file_metres(city, gap.group), file_metres(city, gap.rest))
    return {
        "municipality": view.home.code,
        "where": compared.scope,
        "service": way.kind,
        "service_name": view.t(f"place_kind.{way.kind}"),
        "split": compared.group,
        "unit": split.unit,
        "mean_metres_group": group,
        "mean_metres_rest": rest,
        "difference": None if gap is None else words.difference(city, gap.difference),
        "random_floor": None if gap is None else rounded(gap.random_floor, 0),
        "verdict": way.verdict,
        "share_within_800_m_group": way.within[0],
        "share_within_800_m_rest": way.within[1],
        **file_basis(view, city),
        "people_year": compared.year,
    }
