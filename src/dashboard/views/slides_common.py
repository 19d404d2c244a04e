"""What the builders of slides share: what is asked for, what a slide says, links, and a slide without a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from dashboard.register.contents import Contents
from dashboard.register.errors import RegisterError
from dashboard.settings import is_this_machine
from dashboard.slides import Picture
from dashboard.views import register_access
from dashboard.views.areas import Area, home_areas, short_name
from dashboard.views.context import View
from dashboard.views.page_links import page_address

#: Letters that can be read from ten metres in the time that a slide is shown.
LONGEST_TITLE, LONGEST_LEAD = 110, 240


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
