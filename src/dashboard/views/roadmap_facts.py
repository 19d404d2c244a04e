"""What is known of a project, point by point; what is not known says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.entries import Project
from dashboard.register.project_life import ProjectState
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.entry_choices import area_names, place_names
from dashboard.views.page_links import link_html, page_address
from dashboard.views.roadmap_words import end_words, start_words, state_word, status_word
from dashboard.views.words import upper_first


def show_facts(view: View, contents: Contents, state: ProjectState) -> None:
    """Lay out what is known of a project as terms and what they are."""
    t, project = view.t, state.project
    places = place_names(view)
    focus_areas = [
        area.said("name").in_(view.language) for area in contents.focus_areas if area.id in project.focus_areas
    ]
    st.html(html.section(t("plan.facts")))
    rows = [
        (t("plan.filter_status"), [html.escape(upper_first(state_word(view, state)))]),
        (t("plan.filter_focus_area"), [html.escape(name) for name in focus_areas]),
        (t("plan.filter_owner"), [html.escape(project.owner)] if project.owner else []),
        (t("plan.partners"), [html.escape(one) for one in project.partners]),
        (t("plan.place"), _place(view, project, places)),
        (t("plan.areas"), area_links(view, project.areas)),
        (t("plan.plan_type"), [html.escape(t(f"choice.plan_type_{project.plan_type}"))] if project.plan_type else []),
        (t("plan.start"), [html.escape(start_words(view, project))]),
        (t("plan.end"), [html.escape(end_words(view, project))]),
        (
            t("plan.budget"),
            [] if project.budget is None else [t("plan.kronor", amount=view.fmt.number(project.budget))],
        ),
    ]
    remarks = {t("plan.filter_status"): _why(view, state)}
    st.html(_definitions(rows, remarks, t("plan.missing")) + html.note(t("plan.missing_note")))


def _why(view: View, state: ProjectState) -> list[str]:
    project = state.project
    found = [html.escape(project.said("status_why").in_(view.language))] if project.status_why else []
    if state.status is not project.status or state.known is not None:
        found.append(html.escape(view.t("plan.said_status", status=status_word(view, project.status))))
    return found


def _place(view: View, project: Project, places: dict[str, str]) -> list[str]:
    if project.place is None:
        return []
    name = places.get(project.place)
    # A place that is no longer among those the city has chosen has no page to lead to.
    return [
        html.escape(project.place)
        if name is None
        else link_html(page_address(view, "places", plats=project.place), name)
    ]


def area_links(view: View, codes: Sequence[str]) -> list[str]:
    """Give links to the page on neighbourhoods, one for each area; an unknown code is shown as it is."""
    names = area_names(view)
    return [
        link_html(page_address(view, "districts", niva="regso" if "R" in code else "deso", omraden=code), names[code])
        if code in names
        else html.escape(code)
        for code in codes
    ]


def _definitions(rows: Sequence[tuple[str, Sequence[str]]], remarks: Mapping[str, Sequence[str]], missing: str) -> str:
    """Give a list of terms whose explanations, and the remarks on some of them, are HTML already."""
    items = "".join(
        f"<div><dt>{html.escape(term)}</dt>{_explained(texts or [html.escape(missing)], remarks.get(term, ()))}</div>"
        for term, texts in rows
    )
    return f'<dl class="hs-definitions hs-facts">{items}</dl>'


def _explained(texts: Sequence[str], remarks: Sequence[str]) -> str:
    said = "".join(f"<dd>{one}</dd>" for one in texts)
    return said + "".join(f'<dd class="hs-remark">{one}</dd>' for one in remarks)
