"""The map of a spot's surroundings: ways coloured by walking distance, what lies there, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from dashboard.reach.catchment import LIMITS
from dashboard.reach.city import City, Crossing
from dashboard.reach.lines import line_parts
from dashboard.reach.network import WalkNetwork
from dashboard.views import embedding
from dashboard.views.context import View
from dashboard.views.extents import Extent
from dashboard.views.network_legend import (
    LegendEntry,
    line_entry,
    network_legend_html,
    point_entry,
    walk_entries,
)
from dashboard.views.network_map import MapLine, MapPoint, NetworkMap, Spur, show_network_map
from dashboard.views.places_results import SpotResult
from dashboard.views.places_spots import SERVICE_MARK, take_from_map

#: Metres around a spot that its map shows at first.
AROUND = 2300.0
#: Kinds of places whose nearest one is marked on the map.
MARKED = ("station", "hospital", "health_centre", "library", "grocery", "school")
KEY = "places-map"


def show_map(view: View, city: City, result: SpotResult, others: Sequence[SpotResult], summary: str) -> None:
    """Put the map of one spot on the page, the other spots named on it.

    Parameters
    ----------
    view, city
        The view of this run and the city on foot.
    result
        The spot whose walking distances colour the ways.
    others
        Further spots that are compared.
    summary
        The map in words.
    """
    network_map = NetworkMap(
        extent=around(result),
        summary=summary,
        areas_url=screen_file(view, "deso"),
        network_url=screen_file(view, "network"),
        distances=result.distances[: city.base.nodes],
        spurs=spurs(result.spot.origin.network, result.spot.origin.node, result.distances),
        lines=barrier_lines(city),
        points=[*crossing_points(view, city), *_places(view, city, result, others)],
        height=520,
    )
    on_click = None if embedding.is_alone() else partial(take_from_map, view, city, KEY)
    show_network_map(network_map, key=KEY, theme=view.theme, t=view.t, on_click=on_click)
    entries = [
        *walk_entries(LIMITS, view.theme, view.t, view.fmt),
        point_entry("chosen", view.t("places.legend_chosen"), view.theme),
        point_entry("service", view.t("places.legend_service"), view.theme),
        point_entry("place", view.t("places.legend_place"), view.theme),
        *barrier_entries(view, city),
    ]
    st.html(network_legend_html(entries, label=view.t("places.legend")))


def screen_file(view: View, name: str) -> str | None:
    """Give the address of a map file that the build wrote; None when there is none."""
    file = view.warehouse.meta.get(f"map_{name}")
    return None if file is None else f"app/static/maps/{file}"


def around(result: SpotResult) -> Extent:
    """Give the surroundings of a spot."""
    x, y = result.spot.x, result.spot.y
    return Extent(x - AROUND, y - AROUND, x + AROUND, y + AROUND)


def spurs(network: WalkNetwork, node: int, distances: np.ndarray) -> list[Spur]:
    """Give the pieces of way beside a spot that lies in the middle of an edge."""
    found = []
    for edge in np.flatnonzero((network.a == node) | (network.b == node)):
        a, b = int(network.a[edge]), int(network.b[edge])
        points = [(float(px), float(py)) for px, py in network.courses[edge].coords]
        found.append(Spur(points, float(distances[a]), float(distances[b]), float(network.length[edge])))
    return found


def barrier_lines(city: City) -> list[MapLine]:
    """Give the barriers whose course is known."""
    return [
        MapLine(f"barrier_{barrier.kind}", barrier.name, part)
        for barrier in city.barriers
        for part in line_parts(barrier.line)
    ]


def crossing_points(view: View, city: City) -> list[MapPoint]:
    """Give the crossings, open and closed, with what is known of each."""
    return [
        MapPoint(
            f"crossing-{one.id}",
            "crossing_open" if one.is_open else "crossing_closed",
            crossing_label(view, one),
            one.x,
            one.y,
        )
        for one in city.crossings
    ]


def crossing_label(view: View, crossing: Crossing) -> str:
    """Give a crossing in words: “Klaffbron: antas öppen för gående”."""
    state = view.t(f"crossing.{crossing.walkable}")
    return view.t("places.crossing", name=crossing.name or view.t("places.crossing_unnamed"), state=state)


def barrier_entries(view: View, city: City) -> list[LegendEntry]:
    """Give the legend of the barriers that are drawn and of their crossings."""
    kinds = list(dict.fromkeys(barrier.kind for barrier in city.barriers if barrier.line is not None))
    entries = [line_entry(f"barrier_{kind}", view.t(f"barrier_kind.{kind}"), view.theme) for kind in kinds]
    states = {one.is_open for one in city.crossings}
    if True in states:
        entries.append(point_entry("crossing_open", view.t("places.legend_open"), view.theme))
    if False in states:
        entries.append(point_entry("crossing_closed", view.t("places.legend_closed"), view.theme))
    return entries


def _places(view: View, city: City, result: SpotResult, others: Sequence[SpotResult]) -> list[MapPoint]:
    services = [
        MapPoint(
            f"{SERVICE_MARK}{walk.place.id}",
            "service",
            service_label(view, walk.place.kind, walk.place.name),
            walk.place.x,
            walk.place.y,
        )
        for kind in MARKED
        if (walk := result.nearest(kind)) is not None
    ]
    compared = {one.spot.id for one in others} | {result.spot.id}
    rest = [
        MapPoint(place.id, "place", place.name, place.x, place.y)
        for place in city.study_places
        if place.id not in compared
    ]
    named = [
        MapPoint(one.spot.id, "place", one.spot.name, one.spot.x, one.spot.y, name=one.spot.name, side="left")
        for one in others
    ]
    spot = result.spot
    return [*rest, *services, *named, MapPoint(spot.id, "chosen", spot.name, spot.x, spot.y, name=spot.name)]


def service_label(view: View, kind: str, name: str) -> str:
    """Give a place by its kind and name: “bibliotek: Stadsbiblioteket”."""
    return view.t("places.service_label", kind=view.t(f"place_kind.{kind}"), name=name)
