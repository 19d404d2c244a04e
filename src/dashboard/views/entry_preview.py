"""What somebody is about to save: first what changes, then the entry as its page will show it, then all of it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.entries import Entry, Project
from dashboard.register.project_life import states
from dashboard.views import clock, html
from dashboard.views.context import View
from dashboard.views.entry_layout import english_of, form_fields
from dashboard.views.entry_words import changed_fields, changes_html, entry_html, label_of
from dashboard.views.roadmap_facts import show_facts
from dashboard.views.roadmap_words import name_of, status_and_when


def show_preview(view: View, contents: Contents, entry: Entry, before: Entry | None) -> None:
    """Lay out an entry before it is saved.

    Parameters
    ----------
    view, contents
        The view of this run, and the entries that are named.
    entry
        The entry as it would be saved.
    before
        The entry as it is now; None when it is new.
    """
    t = view.t
    st.html(html.subsection(t("edit.preview_title")))
    if before is not None:
        _show_changes(view, contents, entry, before)
    if not isinstance(entry, Project):
        st.html(html.subsection(t("edit.all_fields")) + entry_html(view, contents, entry))
        return
    st.html(html.subsection(t("edit.on_the_page")))
    with st.container(border=True, key=f"preview-{entry.id}"):
        _show_project(view, contents, entry)
    with st.expander(t("edit.all_fields")):
        st.html(entry_html(view, contents, entry))


def _show_changes(view: View, contents: Contents, entry: Entry, before: Entry) -> None:
    t = view.t
    changed = changed_fields(entry.kind, before.model_dump(), entry.model_dump())
    if not changed:
        st.html(html.paragraph(t("edit.nothing_changed")))
        return
    st.html(html.subsection(t("edit.changes")) + changes_html(view, contents, entry, before))
    if stale := stale_english(entry, changed):
        names = ", ".join(label_of(view, entry.kind, field) for field in stale)
        st.html(html.notice(t("edit.english_stale"), t("edit.english_stale_in", fields=names)))


def stale_english(entry: Entry, changed: list[str]) -> list[str]:
    """Give the fields whose Swedish text is changed while the English one, which says what it said, is not."""
    return [
        field
        for field in form_fields(entry.kind)
        for english in english_of(entry.kind, field)
        if field in changed and english not in changed and getattr(entry, english)
    ]


def _show_project(view: View, contents: Contents, project: Project) -> None:
    t = view.t
    (state,) = states(replace(contents, projects=(project,)), clock.today())
    name = f'<p class="hs-preview-name">{html.escape(name_of(view, project))}</p>'
    st.html(name + html.paragraph(status_and_when(view, state)))
    summary = project.said("summary").in_(view.language) or t("plan.missing_said")
    results = project.said("results").in_(view.language) or t("plan.results_missing")
    st.html(html.subsection(t("plan.why")) + "".join(html.paragraph(part) for part in summary.split("\n\n") if part))
    st.html(html.subsection(t("plan.results")) + html.paragraph(results))
    show_facts(view, contents, state)
