"""Slides on one place: how many can walk to it, who they are, and how far other things lie."""

from __future__ import annotations

import numpy as np

from dashboard.reach.catchment import LIMITS
from dashboard.reach.city import City
from dashboard.slides import BarPicture, Number, NumberPicture, Series
from dashboard.views.context import View
from dashboard.views.places_city import current_city
from dashboard.views.places_groups import group_texts
from dashboard.views.places_numbers import metres, minutes, people
from dashboard.views.places_people import MINUTES, city_share, group_share
from dashboard.views.places_points import NEAREST
from dashboard.views.places_results import SpotResult, results
from dashboard.views.places_spots import spot_of
from dashboard.views.slides_common import Asked, Said, nothing
from dashboard.views.words import listed, lower_first, sentence, upper_first

#: Minutes that are shown, and the ones that titles are about.
SHOWN, USUAL = (5, 10, 15), 10


def _found(asked: Asked) -> tuple[City, SpotResult] | Said:
    """Give what is worked out for the place, or the slide that says why there is nothing."""
    view, t = asked.view, asked.view.t
    city = current_city(view)
    if city is None:
        return nothing(t("places.none_headline", municipality=view.home.name), t("places.none_why"))
    place = city.place(asked.of("place"))
    if place is None:
        return nothing(t("slide.place_none"), t("slide.place_none_why", city=view.home.name))
    spot = spot_of(view, city, place.id)
    if spot is None:
        return nothing(t("slide.place_far", place=place.name), t("slide.place_far_why"))
    return city, results(city, [spot])[0]


def _link(asked: Asked) -> str:
    return asked.link("places", plats=asked.of("place"))


def _unsure(view: View, city: City) -> str:
    return view.t("slide.reach_unsure") if city.is_schematic else ""


def _limit(minute: int) -> float:
    return float(LIMITS[MINUTES.index(minute)])


def place_reach(asked: Asked) -> Said:
    """Say how many live within five, ten and fifteen minutes on foot from a place."""
    found = _found(asked)
    if isinstance(found, Said):
        return found
    (city, result), view, t = found, asked.view, asked.view.t
    name = result.spot.name
    counts = {minute: result.people(_limit(minute)) for minute in SHOWN}
    if np.isnan(counts[USUAL]):
        return nothing(t("slide.reach_unknown", place=name), t("places.unknown"), link=_link(asked))
    texts = {minute: people(view, city, count) for minute, count in counts.items()}
    station = result.nearest("station")
    way = ""
    if station is not None and (told := metres(view, city, station.metres)) != t("places.beside"):
        way = t("places.map_station", metres=told)
    return Said(
        t("places.headline_one", place=name, n=texts[USUAL]),
        sentence(_unsure(view, city), way),
        NumberPicture(
            tuple(
                Number(t("slide.reach_number", n=view.fmt.number(minute)), texts[minute], t("slide.reach_note"))
                for minute in SHOWN
            )
        ),
        summary=t("places.map_summary", place=name, five=texts[5], ten=texts[10], fifteen=texts[15]),
        source=t("slide.source_places_year", year=view.fmt.year(city.people.groupings["population"].year)),
        link=_link(asked),
    )


def place_people(asked: Asked) -> Said:
    """Show how those who live within ten minutes of a place differ from the whole city."""
    found = _found(asked)
    if isinstance(found, Said):
        return found
    (city, result), view, t = found, asked.view, asked.view.t
    grouping = next(iter(group_texts(view, city, [asked.of("split")])), None)
    if grouping is None:
        return nothing(t("slide.groups_none", place=result.spot.name), t("reason.group_missing"), link=_link(asked))
    at = MINUTES.index(USUAL)
    own = [group_share(result, grouping.id, at, n) for n in range(len(grouping.groups))]
    if all(share is None for share, _ in own):
        why = t("places.too_few" if own[0][1] == "too_few" else "places.unknown")
        return nothing(t("slide.groups_none", place=result.spot.name), why, link=_link(asked))
    here = [None if share is None else 100 * share for share, _ in own]
    whole = [city_share(city, grouping.id, n) for n in range(len(grouping.groups))]
    first = lower_first(grouping.groups[0])
    texts = [view.fmt.percent(value, 0) for value in (here[0], whole[0])]
    return Said(
        t("slide.groups", n=view.fmt.number(USUAL), place=result.spot.name, share=texts[0], group=first),
        sentence(t("slide.groups_city", city=view.home.name, share=texts[1], group=first), _unsure(view, city)),
        BarPicture(
            grouping.groups,
            (
                Series(
                    t("slide.groups_here", n=view.fmt.number(USUAL)),
                    tuple(here),
                    tuple(view.fmt.percent(value, 0) for value in here),
                ),
                Series(view.home.name, tuple(whole), tuple(view.fmt.percent(value, 0) for value in whole)),
            ),
            "%",
        ),
        summary=t(
            "slide.groups_summary",
            place=result.spot.name,
            here=texts[0],
            city=view.home.name,
            city_share=texts[1],
            group=first,
        ),
        source=t("slide.source_places_year", year=view.fmt.year(grouping.year)),
        link=_link(asked),
    )


def place_ways(asked: Asked) -> Said:
    """Show how far it is to the nearest station, library and so on."""
    found = _found(asked)
    if isinstance(found, Said):
        return found
    (city, result), view, t = found, asked.view, asked.view.t
    walks = [(kind, walk) for kind in NEAREST if (walk := result.nearest(kind)) is not None]
    walks = sorted((pair for pair in walks if np.isfinite(pair[1].metres)), key=lambda pair: pair[1].metres)
    if len(walks) < 2:
        return nothing(t("slide.ways_none", place=result.spot.name), t("places.unknown"), link=_link(asked))
    names = tuple(upper_first(t(f"place_kind.{kind}")) for kind, _ in walks)
    texts = tuple(
        t("slide.way", metres=metres(view, city, walk.metres), minutes=minutes(view, walk.metres)) for _, walk in walks
    )
    far_metres, near_metres = (metres(view, city, walks[end][1].metres) for end in (-1, 0))
    # Of several that are told to lie as far away, one alone is neither nearest nor farthest.
    far, near = (
        listed([t(f"place_kind_one.{kind}") for kind, walk in walks if metres(view, city, walk.metres) == told], t)
        for told in (far_metres, near_metres)
    )
    said = {"near": near, "near_metres": near_metres, "far": far, "far_metres": far_metres}
    return Said(
        # Kinds that are not on the slide can lie farther away: nothing is said of those.
        t("slide.ways", place=result.spot.name, far=far, metres=far_metres),
        sentence(
            t("slide.ways_lead", n=view.fmt.number(len(walks)), near=near, metres=near_metres), _unsure(view, city)
        ),
        BarPicture(
            names,
            (Series(t("slide.ways_series"), tuple(float(walk.metres) for _, walk in walks), texts),),
            "m",
        ),
        summary=t("slide.ways_summary", place=result.spot.name, **said),
        source=t("slide.source_places"),
        link=_link(asked),
    )
