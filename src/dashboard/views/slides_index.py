"""The slide with the map of SCB's socio-economic index: both ends named, and where an area or a place lies between."""

from __future__ import annotations

from dashboard.slides import MapArea, MapPicture, MapPoint
from dashboard.views import area_figures
from dashboard.views.areas import Area
from dashboard.views.classes import classify, nice_breaks, sequential_scheme
from dashboard.views.figure import Evidence, source_text
from dashboard.views.overview_index import LEVEL, index_by_area
from dashboard.views.places_city import current_city
from dashboard.views.places_register import neighbourhood
from dashboard.views.slides_common import Asked, Said, area_named, named_together, nothing
from dashboard.views.slides_geometry import extent_with, outlines

Pair = tuple[Area, area_figures.Figure]
#: The title, what is pointed out besides both ends, and why there is nothing to show, if so.
About = tuple[str, MapPoint | None, str]
#: From how many times a difference is told as times; below it is small.
TIMES = 1.5


def index_map(asked: Asked) -> Said:
    """Show the index of every neighbourhood on a map."""
    view, t, fmt = asked.view, asked.view.t, asked.view.fmt
    pairs = index_by_area(view)
    known = [pair for pair in pairs if pair[1].value is not None]
    link = asked.link("overview")
    if not known:
        return nothing(t("overview.index_missing_title"), t("overview.index_missing_why"), link=link)
    (low_area, low), (high_area, _) = known[0], known[-1]
    texts = [fmt.number(found.value, 1) for _, found in known]
    said = {"low": texts[0], "high": texts[-1]} | {
        end: named_together(view, [area for (area, _), text in zip(known, texts, strict=True) if text == here])
        for end, here in (("low_area", texts[0]), ("high_area", texts[-1]))
    }
    title, point, why = _about(asked, known)
    if why:
        return nothing(title, why, link=link)
    lead = t("slide.index_lead", **said)
    return Said(
        title,
        lead,
        _picture(asked, pairs, [low_area, high_area], point),
        summary=t("slide.index_summary", n=fmt.number(len(known)), **said),
        source=source_text(view, Evidence(sources=[low.source], years=fmt.year(low.year))),
        link=link,
    )


def _about(asked: Asked, known: list[Pair]) -> About:
    """Give what the slide is about: a place, an area, or the whole city."""
    if asked.of("place"):
        return _about_place(asked, known)
    if asked.of("area"):
        return _about_area(asked, known)
    low, high = known[0][1].value or 0.0, known[-1][1].value or 0.0
    if low <= 0 or high / low < TIMES:
        return asked.view.t("slide.index_alike", city=asked.view.home.name), None, ""
    return asked.view.t("slide.index", times=asked.view.fmt.number(high / low)), None, ""


def _about_place(asked: Asked, known: list[Pair]) -> About:
    view, t = asked.view, asked.view.t
    city = current_city(view)
    place = None if city is None else city.place(asked.of("place"))
    if city is None or place is None:
        return t("slide.place_none"), None, t("slide.place_none_why", city=view.home.name)
    point = MapPoint(place.name, place.x, place.y)
    area = neighbourhood(view, city, place)
    found = next((one for here, one in known if area is not None and here.area_code == area.area_code), None)
    if found is None:
        return t("slide.index_place_plain", place=place.name), point, ""
    return t("slide.index_place", place=place.name, value=view.fmt.number(found.value, 1)), point, ""


def _about_area(asked: Asked, known: list[Pair]) -> About:
    view, t, fmt = asked.view, asked.view.t, asked.view.fmt
    area = area_named(view, asked.of("area"))
    if area is None:
        return t("slide.area_none"), None, t("slide.area_none_why", city=view.home.name)
    # The index is published for neighbourhoods alone.
    regso = area.area_code if area.kind is None else area.regso_code
    pair = next((one for one in known if one[0].area_code == regso), None)
    if pair is None:
        return t("slide.area_none"), None, t("note.absent_in_source")
    here, found = pair
    point = None if here.x is None or here.y is None else MapPoint(here.name, here.x, here.y)
    # No rank: the sentence below it tells both ends, on every area alike.
    return t("slide.index_area", area=here.name, value=fmt.number(found.value, 1)), point, ""


def _picture(asked: Asked, pairs: list[Pair], ends: list[Area], point: MapPoint | None) -> MapPicture | None:
    view = asked.view
    rings = outlines(view, LEVEL)
    if not rings:
        return None
    values = [found.value for _, found in pairs]
    breaks = nice_breaks(values) or [values[0] or 0.0]
    scheme = sequential_scheme(breaks, view.t, view.fmt, view.theme)
    text = {area.area_code: view.fmt.number(found.value, 1) for area, found in pairs}
    named = [
        MapPoint(f"{area.name} {text[area.area_code]}", area.x, area.y)
        for area in ends
        if area.x is not None and area.y is not None and (point is None or area.name != point.name)
    ]
    points = [*named, *([point] if point is not None else [])]
    return MapPicture(
        tuple(
            MapArea(area.area_code, area.name, text[area.area_code], step, rings[area.area_code])
            for (area, _), step in zip(pairs, classify(values, breaks), strict=True)
            if area.area_code in rings
        ),
        scheme.labels,
        scheme.missing_label if any(value is None for value in values) else "",
        tuple(points),
        extent_with(view, points),
    )
