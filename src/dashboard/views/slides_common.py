"""What the builders of slides share: what is asked for, what a slide says, links, and a slide without a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from dashboard.register.contents import Contents
from dashboard.register.errors import RegisterError
from dashboard.settings import is_this_machine
from dashboard.slides import Picture
from dashboard.views import area_figures, register_access
from dashboard.views.areas import Area, home_areas, short_name
from dashboard.views.context import View
from dashboard.views.municipality_figures import home_series
from dashboard.views.page_links import page_address
from dashboard.views.words import listed

#: Letters that can be read from ten metres in the time that a slide is shown.
LONGEST_TITLE, LONGEST_LEAD = 110, 240
#: Areas with the same value that are named; more of them are counted.
MOST_NAMED = 2


@dataclass(frozen=True)
class Asked:
    """What a slide is to be about."""

    view: View
    parameters: Mapping[str, str]

    def of(self, name: str) -> str:
        """Give a parameter; empty when it is not said."""
        return self.parameters.get(name, "")

    def link(self, page: str, **choices: str | Sequence[str]) -> str:
        """Give the whole address of a live view; empty where the dashboard has no address that others can reach."""
        public = self.view.public_address
        if not public or is_this_machine(urlsplit(public).hostname):
            return ""
        address = page_address(self.view, page, **choices)
        return f"{public}/{address.removeprefix('.')}"


@dataclass(frozen=True)
class Said:
    """What a slide says; its key, question and notes come from the story."""

    title: str
    lead: str
    picture: Picture | None = None
    summary: str = ""
    source: str = ""
    link: str = ""


def nothing(title: str, why: str, *, link: str = "") -> Said:
    """Give a slide that says why there is nothing to show."""
    return Said(title, why, summary=why, link=link)


def contents_of(view: View) -> Contents | str:
    """Give the register as this person may see it, or the sentence for why it cannot be read."""
    try:
        return register_access.register(view).contents(view.actor, view.home.code)
    except RegisterError as error:
        return register_access.said(view, error)


def area_named(view: View, code: str) -> Area | None:
    """Give an area of the home municipality by its code, with or without the vintage of its boundaries."""
    every = (area for level in ("regso", "deso") for area in home_areas(view.warehouse, view.home.code, level))
    return next((area for area in every if code in (area.code, area.area_code)), None)


def name_of_area(area: Area) -> str:
    """Give what a slide calls an area; one that the data have no name for is called by its code."""
    return short_name(area.label) or area.code


def level_of(area: Area) -> str:
    """Give the level of an area."""
    return "regso" if area.kind is None else "deso"


def named_together(view: View, areas: Sequence[Area]) -> str:
    """Name the areas that share a value, as a sentence does; many of them are counted.

    Who names one of several would say that the others have another value.
    """
    if len(areas) > MOST_NAMED:
        return view.t("slide.n_areas", n=view.fmt.number(len(areas)))
    return listed([name_of_area(area) for area in areas], view.t)


def credits_of(view: View, figures: Sequence[area_figures.Figure], level: str) -> list[str]:
    """Credit figures of areas and those of the whole city beside them: what is worked out is never the source's own."""
    catalogue, language = view.catalogue, view.language
    credited = [catalogue.credit(one.indicator, level, one.status) for one in figures]
    for one in figures:
        line = home_series(view.warehouse, one.indicator)
        whole = None if line is None else next((point for point in line.known if point.year == one.year), None)
        if whole is not None:
            credited.append(catalogue.credit(one.indicator, "municipality", whole.status))
    return list(dict.fromkeys(credit.in_(language) for credit in credited))
