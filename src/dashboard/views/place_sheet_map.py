"""The map of the pages on a place: the same surroundings and signs as on the screen, without a visitor."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dashboard.place_sheets import MapLine, MapMark, PlaceMap
from dashboard.reach.catchment import LIMITS
from dashboard.reach.city import City
from dashboard.reach.walked_pieces import walked_pieces
from dashboard.sheets import Ring, Window
from dashboard.views.context import View
from dashboard.views.numbers import EN_DASH
from dashboard.views.places_map import AROUND, MARKED, around, barrier_lines, crossing_label
from dashboard.views.places_numbers import metres, people
from dashboard.views.places_people import MINUTES
from dashboard.views.places_results import SpotResult
from dashboard.views.slides_geometry import outlines
from dashboard.views.words import listed, sentence


def place_map(view: View, city: City, result: SpotResult) -> PlaceMap:
    """Give the surroundings of a place."""
    extent = around(result)
    window = Window(extent.xmin, extent.ymin, extent.xmax, extent.ymax, "")
    box = (window.west, window.south, window.east, window.north)
    origin = result.spot.origin
    ways = (
        MapLine(f"walk_{step}" if step < len(LIMITS) else "unreached", course)
        for step, course in walked_pieces(origin.network, result.distances, LIMITS, box)
    )
    barriers = (MapLine(one.style.removeprefix("barrier_"), tuple(one.points)) for one in barrier_lines(city))
    lines = (*ways, *(one for one in barriers if _meets(one.points, window)))
    marks = tuple(one for one in _marks(city, result) if _holds(window, one.east, one.north))
    return PlaceMap(
        window=window,
        areas=tuple(ring for rings in outlines(view, "deso").values() for ring in rings if _meets(ring, window)),
        lines=lines,
        marks=marks,
        legend=tuple(_legend(view, {line.kind for line in lines} | {mark.kind for mark in marks})),
        said=_said(view, city, result, window),
    )


def _marks(city: City, result: SpotResult) -> Iterator[MapMark]:
    spot = result.spot
    for place in city.study_places:
        if place.id != spot.id:
            yield MapMark("place", place.x, place.y, place.name)
    for walk in (result.nearest(kind) for kind in MARKED):
        if walk is not None and walk.straight_metres > 0:
            yield MapMark("service", walk.place.x, walk.place.y)
    for one in city.crossings:
        yield MapMark("crossing_open" if one.is_open else "crossing_closed", one.x, one.y, one.name)
    yield MapMark("chosen", spot.x, spot.y, spot.name)


def _legend(view: View, there: set[str]) -> Iterator[tuple[str, str]]:
    t, fmt = view.t, view.fmt
    for step, (low, high) in enumerate(pairwise((0, *MINUTES))):
        if f"walk_{step}" in there:
            span = f"{fmt.number(low)}{EN_DASH}{fmt.number(high)}"
            yield f"walk_{step}", t("place_sheet.legend_walk", minutes=span)
    if "unreached" in there:
        yield "unreached", t("place_sheet.legend_beyond", minutes=fmt.number(MINUTES[-1]))
    for kind in ("water", "railway", "road"):
        if kind in there:
            yield kind, t(f"barrier_kind.{kind}")
    signs = {
        "crossing_open": t("places.legend_open"),
        "crossing_closed": t("places.legend_closed"),
        "chosen": t("place_sheet.legend_chosen"),
        "service": t("places.legend_service"),
        "place": t("place_sheet.legend_place"),
    }
    yield from ((kind, words) for kind, words in signs.items() if kind in there)


def _said(view: View, city: City, result: SpotResult, window: Window) -> str:
    """Give the map in words: how many live how near, and what of the barriers and crossings lies within."""
    t, name = view.t, result.spot.name
    five, ten, fifteen = (people(view, city, result.people(limit)) for limit in LIMITS[:3])
    crossings = [crossing_label(view, one) for one in city.crossings if _holds(window, one.x, one.y)]
    return sentence(
        t("place_sheet.map_said", place=name, metres=metres(view, city, AROUND)),
        t("places.map_summary", place=name, five=five, ten=ten, fifteen=fifteen),
        t("place_sheet.map_crossings", crossings=listed(crossings, t)) if crossings else "",
    )


def _holds(window: Window, east: float, north: float) -> bool:
    return window.west <= east <= window.east and window.south <= north <= window.north


def _meets(points: Ring, window: Window) -> bool:
    easts, norths = [x for x, _ in points], [y for _, y in points]
    return (
        min(easts) <= window.east
        and max(easts) >= window.west
        and min(norths) <= window.north
        and max(norths) >= window.south
    )
