"""The filters of the roadmap: focus area, department, neighbourhood, how a project stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.entries import ProjectStatus
from dashboard.register.project_life import ProjectState
from dashboard.views import links
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.roadmap_words import status_word
from dashboard.views.words import upper_first

FOCUS_AREA, OWNER, AREA, STATUS = "insatsomrade", "ansvarig", "stadsdel", "status"
KEYS = (FOCUS_AREA, OWNER, AREA, STATUS)


@dataclass(frozen=True)
class PlanFilter:
    """What the visitor has chosen; an empty choice lets everything through."""

    focus_areas: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether nothing is filtered out."""
        return not (self.focus_areas or self.owners or self.areas or self.statuses)


def passes(chosen: PlanFilter, state: ProjectState, regso_of: Mapping[str, str]) -> bool:
    """Tell whether a project passes every filter; a small area counts as the neighbourhood that it lies in."""
    project = state.project
    return (
        _any(chosen.focus_areas, project.focus_areas)
        and _any(chosen.owners, [owner_code(project.owner)])
        and _any(chosen.areas, [regso_of.get(code, code) for code in project.areas])
        and _any(chosen.statuses, [state.status.value])
    )


def _any(wanted: Sequence[str], there: Sequence[str]) -> bool:
    return not wanted or any(one in there for one in wanted)


def owner_code(owner: str) -> str:
    """Give a department as it stands in an address: small letters without dots and rings, and hyphens."""
    plain = unicodedata.normalize("NFKD", owner.lower()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def regso_by_code(view: View) -> dict[str, str]:
    """Give the neighbourhood of each small area, by their codes without the year of the division."""
    regsos = {area.area_code: area.code for area in home_areas(view.warehouse, view.home.code, "regso")}
    return {
        area.code: regsos[area.regso_code]
        for area in home_areas(view.warehouse, view.home.code, "deso")
        if area.regso_code in regsos
    }


def choose_filter(view: View, contents: Contents, states: Sequence[ProjectState]) -> PlanFilter:
    """Lay out the filters in one row that opens; what no project has is not offered."""
    t = view.t
    named = {area.id: area.said("name").in_(view.language) for area in contents.focus_areas}
    used = {one for state in states for one in state.project.focus_areas}
    owners = {owner_code(state.project.owner): state.project.owner for state in states if state.project.owner}
    regso_of = regso_by_code(view)
    concerned = {regso_of.get(code, code) for state in states for code in state.project.areas}
    areas = {
        area.code: area.name for area in home_areas(view.warehouse, view.home.code, "regso") if area.code in concerned
    }
    there = {state.status for state in states}
    statuses = {one.value: upper_first(status_word(view, one)) for one in ProjectStatus if one in there}
    if any(state.known is not None for state in states):
        statuses[ProjectStatus.ONGOING.value] = t("plan.filter_ongoing")
    # Open when something is chosen, so that nobody wonders where the other projects are.
    with st.expander(t("plan.filter"), expanded=any(st.query_params.get_all(key) for key in KEYS)):
        columns = st.columns(4, gap="medium")
    found = []
    for column, key, label, options in zip(
        columns,
        KEYS,
        (t("plan.filter_focus_area"), t("plan.filter_owner"), t("plan.filter_area"), t("plan.filter_status")),
        ({one: name for one, name in named.items() if one in used}, dict(sorted(owners.items())), areas, statuses),
        strict=True,
    ):
        with column:
            found.append(_choose(view, key, label, options))
    return PlanFilter(*found)


def _choose(view: View, key: str, label: str, options: Mapping[str, str]) -> tuple[str, ...]:
    links.restore_many(key, list(options))
    chosen = st.multiselect(
        label,
        list(options),
        format_func=lambda one: options.get(one, one),
        select_all=False,
        placeholder=view.t("plan.filter_all"),
        key=key,
    )
    links.remember(key, chosen)
    return tuple(chosen)
