"""How far it is from each area to the nearest of a service: map and table, both ends alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from dashboard.reach.city import City
from dashboard.views import areas, html, tables
from dashboard.views import places_access_words as words
from dashboard.views.areas import Painted, home_areas
from dashboard.views.classes import Scheme, classify, sequential_scheme
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.places_access_choice import choose_level, choose_service
from dashboard.views.places_access_evidence import (
    credit_lines,
    figure_notes,
    file_basis,
    file_shares,
    minutes_listed,
    people_year,
    place_sources,
    places_notes,
    population_sources,
    queries,
    year_text,
)
from dashboard.views.places_access_measures import FEWEST_POINTS, MINUTES, AreaWay, area_ways, city_way, told_minutes
from dashboard.views.places_file import file_metres, file_people
from dashboard.views.words import listed, sentence

#: Minutes at which the classes of the map part: the same for every service, so that a colour keeps its meaning.
CLASS_MINUTES = (5.0, 10.0, 15.0, 25.0)
TABLE_HEIGHT = 520


@dataclass(frozen=True)
class Shown:
    """What the map shows: a service, a level of areas, and the ways from them, the nearest first."""

    service: str
    level: str
    ways: list[AreaWay]


def show_areas(view: View, city: City) -> None:
    """Lay out the choices, the map and the table of the ways from all areas to a service."""
    head = st.container()
    with st.container(key="choices"):
        service = choose_service(view, city)
        level = choose_level(view)
    shown = Shown(service, level, area_ways(city, service, level))
    content = area_figure(view, city, shown)
    with head:
        st.html(html.section(content.title, content.summary))

    def draw() -> None:
        picture, listing = st.columns([4, 5], gap="medium")
        with picture:
            _show_map(view, city, shown, content)
        with listing:
            st.html(html.note(_caption(view, city, shown)))
            st.html(content.table_html())
        for note in places_notes(view, city, [shown.service]):
            st.html(html.note(note))

    show_figure(view, content, draw, titled=False)


def area_figure(view: View, city: City, shown: Shown) -> Figure:
    """Give what stands around the map: title and summary worked out, table, files, and how it was worked out."""
    measured = people_year(city)
    return Figure(
        key="access-areas",
        title=_title(view, city, shown),
        summary=_summary(view, city, shown),
        table=partial(_table, view, city, shown),
        rows=[_download(view, city, shown, way) for way in shown.ways],
        evidence=Evidence(
            measures=["network_distance"],
            sources=[*place_sources([shown.service]), *population_sources(view)],
            credits=credit_lines(view, city, population_sources(view)),
            years=year_text(view, measured),
            queries=queries(view, ["city_places", "network_people", "area_groups"]),
            notes=[
                *figure_notes(view, city, [shown.service]),
                view.t("access.mean_note"),
                *([view.t("access.regso_note")] if shown.level == "regso" else []),
            ],
        ),
        drawn_as_table=True,
    )


def _names(view: View, shown: Shown) -> dict[str, str]:
    """Give what the areas are called, by their codes."""
    label = {area.area_code: area.label for area in home_areas(view.warehouse, view.home.code, shown.level)}
    return {way.area_code: label.get(way.area_code, way.area_code) for way in shown.ways}


def _title(view: View, city: City, shown: Shown) -> str:
    known = [way.mean for way in shown.ways if way.certain]
    name = view.t(f"place_kind.{shown.service}")
    if not known:
        return view.t("access.map_title_plain", service=name)
    return view.t(
        "access.map_title",
        service=name,
        low=words.about(view, city, known[0]),
        high=words.about(view, city, known[-1]),
    )


def _summary(view: View, city: City, shown: Shown) -> str:
    t, name = view.t, _names(view, shown)
    reachable = [way for way in shown.ways if way.certain]
    out_of_reach = [name[way.area_code] for way in shown.ways if way.known and way.mean is None]
    whole = city_way(city, shown.service)
    parts = []
    if reachable:
        near, far = (name[way.area_code] for way in (reachable[0], reachable[-1]))
        parts.append(t("access.map_summary", near=near, far=far))
    if any(way.basis != "enough" for way in shown.ways):
        parts.append(t("access.map_few_left_out"))
    if whole.mean is not None:
        parts.append(
            t(
                "access.map_city",
                mean=words.about_with_minutes(view, city, whole.mean),
                share=words.percent(view, whole.within[MINUTES.index(10)]),
            )
        )
    if out_of_reach:
        parts.append(t("access.map_unreachable", names=listed(out_of_reach, t)))
    return sentence(*parts)


def _scheme(view: View) -> Scheme:
    """Give the classes in minutes; near is dark, as on the maps of walks."""
    scheme = sequential_scheme(CLASS_MINUTES, view.t, view.fmt, view.theme, unit_label="min")
    return replace(scheme, colors=scheme.colors[::-1])


def painted_areas(view: View, city: City, ways: list[AreaWay]) -> dict[str, Painted]:
    """Give what the map shows of each area: the way as it is written, and the class of what is written."""
    shown = [None if way.mean is None else words.whole_minutes(way.mean) for way in ways]
    return {
        way.area_code: Painted(_map_text(view, city, way), class_index)
        for way, class_index in zip(ways, classify(shown, CLASS_MINUTES), strict=True)
    }


def _map_text(view: View, city: City, way: AreaWay) -> str:
    if way.basis == "too_few":
        return view.t("access.too_few_points")
    if way.mean is None:
        return view.t("access.unreachable") if way.known else view.t("access.unknown")
    text = view.t(
        "access.map_text",
        mean=words.about_with_minutes(view, city, way.mean),
        share=words.percent(view, way.within[MINUTES.index(10)]),
    )
    return view.t("access.uncertain_text", text=text) if way.basis == "few" else text


def _show_map(view: View, city: City, shown: Shown, content: Figure) -> None:
    painted, scheme = painted_areas(view, city, shown.ways), _scheme(view)
    label = view.t("access.map_value", service=view.t(f"place_kind.{shown.service}"))
    areas.show_painted(
        view,
        shown.level,
        painted,
        scheme,
        key="access-map",
        extent_key="karta",
        description=content.summary,
        value_label=label,
        legend_label=label,
    )


def _caption(view: View, city: City, shown: Shown) -> str:
    year = year_text(view, people_year(city)) or view.fmt.number(None)
    return view.t(
        "access.caption",
        service=view.t(f"place_kind.{shown.service}"),
        minutes=minutes_listed(view, city),
        year=year,
    )


def _table(view: View, city: City, shown: Shown) -> str:
    t, fmt, name = view.t, view.fmt, _names(view, shown)
    named = [(t("access.whole"), city_way(city, shown.service))]
    named += [(name[way.area_code], way) for way in shown.ways]
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "area": called,
            "mean": words.metres_cell(view, city, way),
            "minutes": words.minutes_cell(view, way),
            **{f"within_{n}": words.share_cell(view, way, place) for place, n in told_minutes(city)},
        }
        for called, way in named
    ]
    columns = [
        tables.Column("area", t(f"level.{shown.level}")),
        tables.Column("mean", t("access.mean_metres"), numeric=True),
        tables.Column("minutes", t("access.minutes"), numeric=True),
        *(
            tables.Column(f"within_{n}", t("access.within", n=fmt.number(n)), numeric=True)
            for _, n in told_minutes(city)
        ),
    ]
    return tables.table_html(
        columns,
        rows,
        caption=_caption(view, city, shown),
        t=t,
        highlighted=[0],
        notes=_table_notes(view, shown.ways),
        hide_caption=True,
        max_height=TABLE_HEIGHT,
    )


def _table_notes(view: View, ways: list[AreaWay]) -> list[str]:
    reached = [way.reached for way in ways if way.reached is not None]
    few = any(way.basis == "few" for way in ways)
    return [
        *([view.t("access.uncertain_note", n=view.fmt.number(FEWEST_POINTS))] if few else []),
        *([view.t("access.unreachable_why")] if any(share == 0 for share in reached) else []),
        *([view.t("access.partly")] if any(0 < share < 1 - 1e-9 for share in reached) else []),
    ]


def _download(view: View, city: City, shown: Shown, way: AreaWay) -> dict[str, object]:
    return {
        "area_code": way.area_code,
        "area": _names(view, shown)[way.area_code],
        "level": shown.level,
        "service": shown.service,
        "service_name": view.t(f"place_kind.{shown.service}"),
        "mean_metres": file_metres(city, way.mean),
        "share_reached": way.reached,
        **file_shares(city, way),
        "status": _status(way),
        "people": file_people(city, way.people),
        **file_basis(view, city),
    }


def _status(way: AreaWay) -> str:
    """Say in a file why a value is left out, or how far it can be relied on."""
    if way.basis == "too_few":
        return "left_out_too_few_points"
    if not way.known:
        return "inhabitants_not_known"
    if way.mean is None:
        return "not_reachable"
    return "uncertain_few_points" if way.basis == "few" else "known"
