"""What the roadmap has on a place: its projects and those of its neighbourhood, and the grants that pay for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import numpy as np
import streamlit as st

from dashboard.reach.city import City
from dashboard.register.contents import Contents
from dashboard.register.project_life import ProjectState, states
from dashboard.views import html
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View
from dashboard.views.page_links import link_html, page_address
from dashboard.views.roadmap_address import PROJECT
from dashboard.views.roadmap_filter import regso_by_code
from dashboard.views.roadmap_project import grant_html
from dashboard.views.roadmap_words import late_sentences, name_of, source_credit, status_html

#: Metres from the nearest homes beyond which a spot is taken to lie in no neighbourhood.
FROM_HOMES = 500.0


class Located(Protocol):
    """Something with a position in SWEREF 99 TM metres."""

    @property
    def x(self) -> float:
        """Metres east."""

    @property
    def y(self) -> float:
        """Metres north."""


def neighbourhood(view: View, city: City, spot: Located) -> Area | None:
    """Give the neighbourhood of the homes nearest to a spot; None when no homes are near.

    The boundaries themselves are not at hand when the dashboard runs.
    """
    people = city.people
    if not len(people.node):
        return None
    away = np.hypot(city.base.x[people.node] - spot.x, city.base.y[people.node] - spot.y)
    nearest = int(np.argmin(away))
    if away[nearest] > FROM_HOMES:
        return None
    regso = city.regso_of.get(people.area_codes[int(people.area[nearest])])
    areas = home_areas(view.warehouse, view.home.code, "regso")
    return next((area for area in areas if area.area_code == regso), None)


def projects_at(contents: Contents, place: str | None, today: date) -> list[ProjectState]:
    """Give the projects of a place that the city has chosen."""
    return [one for one in states(contents, today) if place is not None and one.project.place == place]


def projects_in(view: View, contents: Contents, area: Area | None, today: date) -> list[ProjectState]:
    """Give the projects that concern a neighbourhood or a small area in it."""
    if area is None:
        return []
    regso_of = regso_by_code(view)
    return [
        one for one in states(contents, today) if area.code in {regso_of.get(code, code) for code in one.project.areas}
    ]


def show_projects_here(
    view: View, contents: Contents, here: Sequence[ProjectState], around: Sequence[ProjectState], area: Area | None
) -> None:
    """Lay out the projects of a place and of its neighbourhood, and their grants; or that there are none."""
    t = view.t
    st.html(html.subsection(t("places.projects")))
    if not here and not around:
        st.html(html.empty_state(t("places.projects_none"), t("places.projects_why"), t("places.projects_fill")))
        return
    parts = [_list(view, here) if here else html.paragraph(t("places.projects_none_here"))]
    if around and area is not None:
        parts += [html.paragraph(t("places.projects_area", area=area.name)), _list(view, around)]
    projects = [one.project for one in (*here, *around)]
    parts.append(html.note(source_credit(view, projects)))
    st.html("".join(parts))
    _show_grants(view, contents, {one.id for one in projects})


def _list(view: View, members: Sequence[ProjectState]) -> str:
    return f'<ul class="hs-entries">{"".join(_item(view, one) for one in members)}</ul>'


def _item(view: View, state: ProjectState) -> str:
    link = link_html(page_address(view, "roadmap", **{PROJECT: state.project.id}), name_of(view, state.project))
    late = " ".join(late_sentences(view, state.project, state.lateness))
    why = f"<p>{html.escape(late)}</p>" if late else ""
    return f"<li>{link}<p>{status_html(view, state)}</p>{why}</li>"


def _show_grants(view: View, contents: Contents, projects: set[str]) -> None:
    t = view.t
    paying = [grant for grant in contents.grants if projects & set(grant.projects)]
    items = "".join(grant_html(view, one) for one in paying)
    below = f'<ul class="hs-entries">{items}</ul>' if paying else html.paragraph(t("places.grants_none"))
    st.html(html.subsection(t("places.grants")) + below)
