"""The part on one to four places: who reaches them, how far things lie from them, how they compare."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dashboard.reach.city import City
from dashboard.views import embedding, html, links
from dashboard.views.context import View
from dashboard.views.figure import Evidence, Figure, show_figure
from dashboard.views.place_sheet_button import offer_sheets
from dashboard.views.places_around import show_around
from dashboard.views.places_compare import show_comparison
from dashboard.views.places_map import show_map
from dashboard.views.places_mix import show_mix
from dashboard.views.places_notice import network_credit, show_notice
from dashboard.views.places_numbers import metres, people
from dashboard.views.places_people import people_figure, show_people
from dashboard.views.places_results import SpotResult, results
from dashboard.views.places_spots import choose_spots
from dashboard.views.places_ways import show_ways
from dashboard.views.words import told_apart

MAP_OF = "karta"
#: As many spots as the table has room for beside the map.
SIDE_BY_SIDE = 2


def show_place(view: View, city: City) -> None:
    """Lay out the whole part: headline, choice, map beside the comparison, people, meeting potential, ways."""
    head = st.container()
    spots = choose_spots(view, city)
    found = results(city, spots)
    with head:
        st.html(html.headline(*_headline(view, city, found)))
        show_notice(view, city)
    if not found:
        st.html(html.empty_state(view.t("places.empty"), view.t("places.empty_why"), view.t("places.empty_fill")))
        return
    # Three or four columns of figures need the whole width.
    picture, beside = (
        st.columns([1, 1], gap="large") if len(found) <= SIDE_BY_SIDE else (st.container(), st.container())
    )
    with picture:
        chosen = _map_of(view, found)
        _show_map(view, city, chosen, [one for one in found if one is not chosen])
    with beside:
        show_comparison(view, city, found)
    show_people(view, city, found)
    left, right = st.columns([2, 3], gap="large")
    with left:
        show_mix(view, city, found)
    with right:
        show_ways(view, city, chosen)
    offer_sheets(view, city, [one.spot for one in found])
    show_around(view, city, chosen.spot)


def _headline(view: View, city: City, found: Sequence[SpotResult]) -> tuple[str, str]:
    t = view.t
    if not found:
        return t("places.headline_none"), t("places.lead")
    counted = [one for one in found if not np.isnan(one.people(800.0))]
    if not counted:
        return t("places.headline_unknown"), t("places.lead")
    first = counted[0]
    if len(counted) == 1:
        title = t("places.headline_one", place=first.spot.name, n=people(view, city, first.people(800.0)))
        return title, t("places.lead")
    most = max(counted, key=lambda one: one.people(800.0))
    least = min(counted, key=lambda one: one.people(800.0))
    texts = people(view, city, most.people(800.0)), people(view, city, least.people(800.0))
    if texts[0] == texts[1]:
        return t("places.headline_same", one=most.spot.name, other=least.spot.name, n=texts[0]), t("places.lead")
    title = t("places.headline", most=most.spot.name, n=texts[0], least=least.spot.name, m=texts[1])
    return title, t("places.lead")


def _map_of(view: View, found: Sequence[SpotResult]) -> SpotResult:
    """Let the visitor choose which of several spots the map is coloured for."""
    names = {one.spot.id: one for one in found}
    if len(found) == 1:
        return found[0]
    labels = told_apart({one.spot.id: one.spot.name for one in found})
    links.restore_one(MAP_OF, list(names), found[0].spot.id)
    chosen = st.segmented_control(
        view.t("places.map_of"),
        list(names),
        format_func=labels.__getitem__,
        required=True,
        key=MAP_OF,
        label_visibility="collapsed",
    )
    links.remember(MAP_OF, str(chosen), found[0].spot.id)
    return names[str(chosen)]


def _show_map(view: View, city: City, chosen: SpotResult, others: Sequence[SpotResult]) -> None:
    t = view.t
    table = people_figure(view, city, [chosen])
    station = chosen.nearest("station")
    title = t("places.map_title", place=chosen.spot.name)
    summary = t(
        "places.map_summary",
        place=chosen.spot.name,
        five=people(view, city, chosen.people(400.0)),
        ten=people(view, city, chosen.people(800.0)),
        fifteen=people(view, city, chosen.people(1200.0)),
    )
    if station is not None and (way := metres(view, city, station.metres)) != t("places.beside"):
        summary += " " + t("places.map_station", metres=way)
    content = Figure(
        key="places-map",
        title=title,
        summary=summary,
        table=table.table,
        rows=table.rows,
        evidence=Evidence(
            measures=["network_distance", "catchment"],
            # The table below the map is that of the people, with the years and sources of their groups.
            sources=["openstreetmap", "skolverket", "scb_areas_deso_2025", *table.evidence.sources],
            credits=[network_credit(view, city), t("places.credit_people")],
            computed=True,
            notes=table.evidence.notes,
        ),
    )

    def draw() -> None:
        show_map(view, city, chosen, others, summary)
        if not embedding.is_alone():
            st.html(html.note(t("places.map_hint")))

    show_figure(view, content, draw)
