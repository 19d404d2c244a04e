"""How far everything lies from a spot: the nearest of each kind, and every place in order."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from dashboard.reach.catchment import Walk
from dashboard.reach.city import City
from dashboard.sources.place_kinds import PLACE_KINDS
from dashboard.views import links, tables
from dashboard.views.context import View
from dashboard.views.figure import DownloadRow, Evidence, Figure, show_figure
from dashboard.views.places_file import FILE_SOURCE
from dashboard.views.places_notice import network_credit, network_notes
from dashboard.views.places_numbers import METRE_STEPS, metres, minutes, rounded
from dashboard.views.places_results import SpotResult

KEY = "slag"
EVERY, NEAREST = "alla", "narmast"


def show_ways(view: View, city: City, result: SpotResult) -> None:
    """Lay out the ways from a spot: the nearest of each kind, one kind, or all in order."""
    kinds = [kind for kind in PLACE_KINDS if any(place.kind == kind for place in city.places)]
    options = [NEAREST, *kinds, EVERY]
    content = _figure(view, city, result, _current(options))

    def draw() -> None:
        links.restore_one(KEY, options, NEAREST)
        chosen = st.selectbox(
            view.t("places.ways_kind"), options, format_func=partial(_option, view), key=KEY, width=320
        )
        links.remember(KEY, str(chosen), NEAREST)
        st.html(content.table_html())

    show_figure(view, content, draw)


def _current(options: list[str]) -> str:
    links.restore_one(KEY, options, NEAREST)
    return str(st.session_state[KEY])


def _option(view: View, option: str) -> str:
    if option == NEAREST:
        return view.t("places.ways_nearest")
    return view.t("places.ways_all") if option == EVERY else view.t(f"place_kind.{option}")


def chosen_walks(result: SpotResult, option: str) -> list[Walk]:
    """Give the ways that a choice stands for, the nearest first, without the way of the spot to itself."""
    others = [walk for walk in result.walks if walk.place.id != result.spot.id]
    if option == EVERY:
        return others
    if option != NEAREST:
        return [walk for walk in others if walk.place.kind == option]
    first: dict[str, Walk] = {}
    for walk in others:
        if walk.place.kind != "other":
            first.setdefault(walk.place.kind, walk)
    return sorted(first.values(), key=lambda walk: walk.metres)


def _figure(view: View, city: City, result: SpotResult, option: str) -> Figure:
    t = view.t
    found = chosen_walks(result, option)
    rows: list[dict[str, str | tables.Cell]] = [
        {
            "place": _named(view, walk),
            "kind": t(f"place_kind.{walk.place.kind}"),
            "metres": metres(view, city, walk.metres),
            "minutes": minutes(view, walk.metres),
            "straight": metres(view, city, walk.straight_metres),
        }
        for walk in found
    ]
    table = tables.table_html(
        [
            tables.Column("place", t("places.ways_to")),
            tables.Column("kind", t("places.ways_kind")),
            tables.Column("metres", t("places.ways_metres"), True),
            tables.Column("minutes", t("places.ways_minutes"), True),
            tables.Column("straight", t("places.ways_straight"), True),
        ],
        rows,
        caption=t("places.ways_caption", place=result.spot.name),
        t=t,
        hide_caption=True,
        max_height=460,
        notes=_notes(view, found),
    )
    return Figure(
        key="places-ways",
        title=ways_title(view, city, result),
        summary=t("places.ways_summary", place=result.spot.name),
        table=table,
        rows=partial(_rows, view, city, result),
        drawn_as_table=True,
        evidence=Evidence(
            measures=["network_distance"],
            sources=["openstreetmap", "skolverket"],
            credits=[network_credit(view, city)],
            computed=True,
            notes=[*network_notes(view, city), t("places.note_completeness")],
        ),
    )


def _named(view: View, walk: Walk) -> str:
    if walk.place.approximate:
        return view.t("places.ways_approximate", name=walk.place.name)
    return walk.place.name


def _notes(view: View, found: list[Walk]) -> list[str]:
    notes = [view.t("places.note_completeness")]
    if any(walk.place.approximate for walk in found):
        notes.append(view.t("places.note_approximate"))
    return notes


def ways_title(view: View, city: City, result: SpotResult) -> str:
    """Say which kinds of nodes lie within ten minutes and which is the farthest of the nearest."""
    t = view.t
    near = chosen_walks(result, NEAREST)
    known = [walk for walk in near if np.isfinite(walk.metres)]
    if not known:
        return t("places.ways_title_none", place=result.spot.name)
    within = sum(walk.metres <= 800.0 for walk in known)
    farthest = known[-1]
    return t(
        "places.ways_title",
        place=result.spot.name,
        within=view.fmt.number(within),
        n=view.fmt.number(len(near)),
        farthest=t(f"place_kind.{farthest.place.kind}"),
        metres=metres(view, city, farthest.metres),
    )


def _rows(view: View, city: City, result: SpotResult) -> list[DownloadRow]:
    note = network_notes(view, city)[0]
    step = METRE_STEPS[0 if city.is_schematic else 1]
    return [
        {
            "from": result.spot.name,
            "to": walk.place.name,
            "kind": walk.place.kind,
            "approximate_position": walk.place.approximate,
            "network_distance_m": rounded(walk.metres, step) if np.isfinite(walk.metres) else None,
            "minutes": round(walk.minutes) if np.isfinite(walk.metres) else None,
            "straight_line_m": round(walk.straight_metres),
            "network": city.kind,
            "source": FILE_SOURCE,
            "note": note,
        }
        for walk in result.walks
    ]
