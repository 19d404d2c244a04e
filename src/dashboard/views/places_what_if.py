"""The part on changes: a new link, a closed crossing, another service, and what would come of it."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from dashboard.reach.city import City
from dashboard.reach.scenario import AddLink, AddService, MovePlace, ScenarioError
from dashboard.views import html, links
from dashboard.views.context import View
from dashboard.views.errors import told_in_words
from dashboard.views.network_legend import line_entry, network_legend_html, point_entry, walk_entries
from dashboard.views.network_map import MapLine, MapPoint, NetworkMap, show_network_map
from dashboard.views.places_map import (
    barrier_entries,
    barrier_lines,
    screen_file,
    spurs,
)
from dashboard.views.places_notice import show_notice
from dashboard.views.places_spots import Spot, spot_of
from dashboard.views.what_if_builder import END, START, build_scenario, drafted, take_click
from dashboard.views.what_if_codes import changes_of
from dashboard.views.what_if_figures import show_areas, show_outcome, show_saved_outcomes
from dashboard.views.what_if_headline import headline
from dashboard.views.what_if_map import named_crossings, shown_extent
from dashboard.views.what_if_results import Trial, outcome
from dashboard.views.what_if_saved import offer_saving
from dashboard.views.what_if_words import change_text, error_text
from dashboard.views.words import told_apart

SEEN_FROM = "fran"
KEY = "what-if-map"
#: What the map shows: the city as it is, or as it would be. Texts: `what_if.before`, `what_if.after`.
STATE, STATES = "visa", ("before", "after")


def show_what_if(view: View, city: City) -> None:
    """Lay out the part: what is changed, the map, and before and after in figures."""
    head = st.container()
    spot = _choose_spot(view, city)
    if spot is None:
        with head:
            st.html(html.headline(view.t("what_if.headline_none"), view.t("what_if.lead")))
            show_notice(view, city)
        st.html(html.empty_state(view.t("places.empty"), view.t("places.empty_why"), view.t("places.empty_fill")))
        return
    picture, builder = st.columns([3, 2], gap="large")
    with builder, told_in_words(view):
        codes = build_scenario(view, city)
        saved = offer_saving(view, city, codes)
    try:
        after = outcome(city, spot, codes)
        before = outcome(city, spot, (), codes)
    except ScenarioError as error:
        # A link that was made for other data: what cannot be made is told, the rest of the page stays.
        with head:
            st.html(html.headline(view.t("what_if.headline_none"), view.t("what_if.lead")))
            show_notice(view, city)
        st.warning(error_text(view, city, error))
        return
    trial = Trial(city, spot, codes, before, after)
    title, lead = headline(view, trial)
    with head:
        st.html(html.headline(title, lead))
        show_notice(view, city)
    with picture:
        _show_map(view, trial, lead, _choose_state(view, codes))
    if codes:
        show_outcome(view, trial)
        show_areas(view, trial)
    if len(saved) > 1:
        show_saved_outcomes(view, city, spot, saved)


def _choose_spot(view: View, city: City) -> Spot | None:
    places = {place.id: place for place in city.places if place.node >= 0 and (place.study or not city.study_places)}
    if not places:
        return None
    names, labels = list(places), told_apart({place.id: place.name for place in places.values()})
    links.restore_one(SEEN_FROM, names, names[0])
    chosen = st.selectbox(view.t("what_if.seen_from"), names, format_func=labels.__getitem__, key=SEEN_FROM, width=420)
    links.remember(SEEN_FROM, str(chosen), names[0])
    return spot_of(view, city, str(chosen))


def _choose_state(view: View, codes: tuple[str, ...]) -> str:
    """Let the visitor see the map as it is and as it would be; as it would be when there is a change."""
    if not codes:
        return STATES[0]
    links.restore_one(STATE, STATES, STATES[1])
    chosen = st.segmented_control(
        view.t("what_if.state"),
        STATES,
        format_func=lambda one: view.t("what_if.before" if one == STATES[0] else "what_if.after"),
        required=True,
        key=STATE,
        label_visibility="collapsed",
    )
    links.remember(STATE, str(chosen), STATES[1])
    return str(chosen)


def _show_map(view: View, trial: Trial, summary: str, state: str) -> None:
    city, spot = trial.city, trial.spot
    codes = trial.codes if state == STATES[1] else ()
    after = trial.after if state == STATES[1] else trial.before
    changes = changes_of(codes)
    new = [
        MapLine("new_link", change_text(view, city, one), [(one.x, one.y), (one.to_x, one.to_y)])
        for one in changes
        if isinstance(one, AddLink)
    ]
    kept = np.isin(np.arange(city.base.edges), after.city.base.origin)
    x, y = (spot.x, spot.y) if after.origin is None else (after.origin.x, after.origin.y)
    network_map = NetworkMap(
        extent=shown_extent(city, x, y, changes_of(trial.codes)),
        summary=view.t(f"what_if.map_{state}", what=summary, place=spot.name),
        areas_url=screen_file(view, "deso"),
        network_url=screen_file(view, "network"),
        distances=np.full(city.base.nodes, np.inf) if after.reach is None else after.reach.distances[: city.base.nodes],
        spurs=[]
        if after.origin is None or after.reach is None
        else spurs(after.origin.network, after.origin.node, after.reach.distances),
        closed_edges=[int(edge) for edge in np.flatnonzero(~kept)],
        lines=[*barrier_lines(city), *new],
        points=[*named_crossings(view, after.city, changes_of(trial.codes)), *_points(view, city, spot, codes, (x, y))],
        height=560,
    )
    show_network_map(network_map, key=KEY, theme=view.theme, t=view.t, on_click=partial(take_click, city, KEY))
    entries = [
        *walk_entries(network_map.breaks, view.theme, view.t, view.fmt),
        point_entry("chosen", view.t("places.legend_chosen"), view.theme),
        point_entry("draft", view.t("what_if.legend_draft"), view.theme),
        line_entry("new_link", view.t("what_if.legend_new"), view.theme),
        *barrier_entries(view, after.city),
    ]
    st.html(network_legend_html(entries, label=view.t("places.legend")))
    st.html(html.note(view.t(f"what_if.hint_{state}", place=spot.name)))


def _points(view: View, city: City, spot: Spot, codes: tuple[str, ...], at: tuple[float, float]) -> list[MapPoint]:
    points = [
        MapPoint(place.id, "place", place.name, place.x, place.y) for place in city.study_places if place.id != spot.id
    ]
    for number, change in enumerate(changes_of(codes)):
        if isinstance(change, AddService | MovePlace):
            said = change_text(view, city, change)
            points.append(MapPoint(f"new-{number}", "service", said, change.x, change.y))
    for name, key in (("A", START), ("B", END)):
        where = drafted(key)
        if where is not None:
            points.append(MapPoint(f"draft-{name}", "draft", view.t("what_if.legend_draft"), *where, name=name))
    return [*points, MapPoint(spot.id, "chosen", spot.name, *at, name=spot.name)]
