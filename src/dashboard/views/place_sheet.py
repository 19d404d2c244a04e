"""The pages on a place: what they say, worked out by the same views as the screen, without a visitor."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.place_sheets import BarTable, PlaceMap, PlaceSheet
from dashboard.reach.city import City, Place
from dashboard.register.contents import Contents
from dashboard.sheets import Section
from dashboard.views.context import View
from dashboard.views.page_links import page_address
from dashboard.views.place_sheet_lists import assumed_section, barriers_section, how_section, use_section
from dashboard.views.place_sheet_map import place_map
from dashboard.views.place_sheet_register import plans_words, projects_of, roadmap_section, voices
from dashboard.views.place_sheet_tables import central_table, mix_table, people_table, ways_table
from dashboard.views.places_numbers import people
from dashboard.views.places_register import Located, neighbourhood
from dashboard.views.places_results import SpotResult, results
from dashboard.views.places_spots import CHOSEN, OWN, spot_of
from dashboard.views.provenance import paper_line
from dashboard.views.words import upper_first


@dataclass(frozen=True)
class SheetPlace:
    """A place that there can be pages on: one of the city's, or a spot that somebody has chosen.

    Attributes
    ----------
    id, name
        As they stand in the address and on the screen.
    where
        Where it is.
    place
        The city's own place there, if it is one.
    """

    id: str
    name: str
    where: Located
    place: Place | None


def sheet_places(city: City) -> tuple[SheetPlace, ...]:
    """Give the places that the city has chosen, also those that nobody can walk to."""
    return tuple(SheetPlace(one.id, one.name, one, one) for one in city.study_places)


def place_sheet(
    view: View, city: City, about: SheetPlace, contents: Contents | None, *, today: date, public: str
) -> PlaceSheet:
    """Give what the pages on a place say.

    Parameters
    ----------
    view, city
        The view, whose language is that of the pages, and the city on foot.
    about
        The place.
    contents
        What the public may see of the register; None when it did not answer.
    today
        The day that the pages are made.
    public
        Where the dashboard is served; empty where that is not known.
    """
    t, known = view.t, about.id if about.place is not None else ""
    spot = spot_of(view, city, about.id)
    found = results(city, [spot])[0] if spot is not None else None
    projects = projects_of(view, city, known, about.where, contents=contents, today=today)
    said, voices_note = voices(view, known, contents)
    address = page_address(view, "places", **{CHOSEN: about.id, OWN: "" if known else about.id})
    people_part, mix_part, ways_part, central_part = _tables(view, city, found)
    return PlaceSheet(
        language=view.language,
        document=t("place_sheet.document", place=about.name, city=view.home.name),
        name=about.name,
        kind=_kind(view, city, about),
        title=_title(view, city, about, found),
        plans=plans_words(view, projects, contents),
        notice=(t("places.schematic"), t("places.schematic_why")) if city.is_schematic else ("", ""),
        map=PlaceMap(none=_far(view)) if found is None else place_map(view, city, found),
        people=people_part,
        mix=mix_part,
        ways=ways_part,
        central=central_part,
        barriers=_far_section(view) if found is None else barriers_section(view, city, found),
        use=use_section(view, known),
        roadmap=roadmap_section(view, projects, contents, today),
        voices_heading=t("plan.voices"),
        voices=said,
        voices_note=voices_note,
        assumed=assumed_section(view, city),
        how=how_section(view, city),
        made=t("sheet.made", date=view.fmt.date(today)),
        fingerprint=paper_line(view),
        link=f"{public}/{address}" if public else "",
        link_text=t("place_sheet.link"),
        code_said=t("place_sheet.code"),
        page_of=t("report.page_of"),
        file_name=file_name(view, about),
    )


def file_name(view: View, about: SheetPlace) -> str:
    """Give the name of the file of a place's pages, without ending: letters of ASCII, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", about.id if about.place is not None else about.name)
    small = plain.encode("ascii", "ignore").decode("ascii").lower()
    words = "".join(letter if letter.isalnum() else " " for letter in small).split()
    return "-".join([view.t("place_sheet.file"), *words])[:120]


def _kind(view: View, city: City, about: SheetPlace) -> str:
    """Say what kind of place it is, in which neighbourhood, and where."""
    t, place = view.t, about.place
    kind = t("place_sheet.place") if place is None or place.kind == "other" else t(f"place_kind.{place.kind}")
    area = neighbourhood(view, city, about.where)
    where = {
        "kind": upper_first(kind),
        "city": view.home.name,
        "east": f"{about.where.x:.0f}",
        "north": f"{about.where.y:.0f}",
    }
    return t("place_sheet.kind", **where) if area is None else t("place_sheet.kind_area", area=area.label, **where)


def _title(view: View, city: City, about: SheetPlace, found: SpotResult | None) -> str:
    if found is None:
        return f"{view.t('slide.place_far', place=about.name)}."
    count = people(view, city, found.people(800.0))
    if count == people(view, city, float("nan")):
        return f"{view.t('slide.reach_unknown', place=about.name)}."
    return f"{view.t('places.headline_one', place=about.name, n=count)}."


def _tables(view: View, city: City, found: SpotResult | None) -> Sequence[BarTable]:
    if found is not None:
        return [make(view, city, found) for make in (people_table, mix_table, ways_table, central_table)]
    t = view.t
    headings = (t("place_sheet.people"), t("place_sheet.mix"), t("place_sheet.ways"), t("place_sheet.central"))
    return [BarTable(heading, none=_far(view)) for heading in headings]


def _far_section(view: View) -> Section:
    return Section(view.t("place_sheet.barriers"), texts=(_far(view),))


def _far(view: View) -> str:
    return view.t("place_sheet.far")
