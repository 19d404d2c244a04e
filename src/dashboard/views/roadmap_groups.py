"""Projects by focus area: told once, under the first area that they belong to, and named under the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.register.contents import Contents
from dashboard.register.entries import FocusAreaEntry, Project
from dashboard.register.project_life import ProjectState
from dashboard.views.context import View


@dataclass(frozen=True)
class Group:
    """A focus area with its projects.

    Attributes
    ----------
    name
        Its heading.
    members
        The projects that are told here.
    also
        Those that belong here too and are told under another area.
    """

    name: str
    members: tuple[ProjectState, ...] = ()
    also: tuple[ProjectState, ...] = ()


def groups(
    view: View, contents: Contents, states: Sequence[ProjectState], chosen: Sequence[str] = (), *, every: bool = False
) -> list[Group]:
    """Give the groups in the order of the roadmap, each in the order of time.

    Parameters
    ----------
    view, contents
        The view of this run, and the register as the visitor may see it.
    states
        The projects to tell of.
    chosen
        The focus areas that the visitor has chosen; empty for all.
    every
        Whether areas without any project are named too: then one sees what has none.
    """
    areas = [area for area in contents.focus_areas if not chosen or area.id in chosen]
    home: dict[str, list[ProjectState]] = {}
    also: dict[str, list[ProjectState]] = {}
    for state in sorted(states, key=_begins):
        first, *others = [area.id for area in areas if area.id in state.project.focus_areas] or [""]
        home.setdefault(first, []).append(state)
        for other in others:
            also.setdefault(other, []).append(state)
    found = [
        Group(heading(view, area), tuple(home.get(area.id, ())), tuple(also.get(area.id, ())))
        for area in areas
        if every or area.id in home or area.id in also
    ]
    return [*found, Group(view.t("plan.group_none"), tuple(home[""]))] if "" in home else found


def heading(view: View, area: FocusAreaEntry) -> str:
    """Give a focus area with its number."""
    return view.t("plan.group", position=view.fmt.number(area.position), name=area.said("name").in_(view.language))


def areas_of(contents: Contents, project: Project) -> list[FocusAreaEntry]:
    """Give the focus areas of a project in the order of the roadmap."""
    return [area for area in contents.focus_areas if area.id in project.focus_areas]


def _begins(state: ProjectState) -> tuple[date, str]:
    days = [day for span in state.spans for day in (span.first, span.last) if day is not None]
    return min(days, default=date.max), state.project.id
