"""Two people changed the same entry: the second sees what the first one wrote, and chooses, field by field."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.register.changes import Change
from dashboard.register.contents import Contents
from dashboard.register.entries import Entry
from dashboard.register.errors import ConflictError
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.entry_draft import Draft, Step
from dashboard.views.entry_layout import form_fields
from dashboard.views.entry_words import changed_fields, label_of, moment_words, role_words, value_words, versions_html

THEIRS, MINE = "theirs", "mine"


def show_conflict(view: View, contents: Contents, draft: Draft, conflict: ConflictError, base: Entry) -> None:
    """Lay out what stands there now beside what was written, and the choice between them.

    Parameters
    ----------
    view, contents
        The view of this run and the entries that are named.
    draft
        What somebody is writing.
    conflict
        What the register said.
    base
        The entry as it was when the form was opened.
    """
    t = view.t
    mine, _ = draft.written()
    now, then = conflict.current.model_dump(), base.model_dump()
    st.html(html.alert(t("register.refused_conflict"), who(view, conflict.change)))
    if conflict.current.archived and not base.archived:
        st.html(html.paragraph(t("edit.archived_meanwhile")))
    both, only_theirs, only_mine = sides(draft.kind, then, now, mine)
    for field in both:
        _show_choice(view, contents, draft, field, (now, mine, then))
    kept = (("edit.only_theirs", only_theirs, "edit.now", now), ("edit.only_mine", only_mine, "edit.yours", mine))
    for key, fields, heading, values in kept:
        if fields:
            st.html(html.subsection(t(key)))
            versions = [(heading, values), ("edit.then", then)]
            st.html(versions_html(view, contents, draft.kind, versions, fields, caption=t(key), hide_caption=True))


def sides(
    kind: str, then: dict[str, Any], now: dict[str, Any], mine: dict[str, Any]
) -> tuple[list[str], list[str], list[str]]:
    """Give the fields that both changed to different values, that only the other one did, and only this one."""
    written = set(form_fields(kind))
    theirs = changed_fields(kind, then, now)
    own = [field for field in changed_fields(kind, then, mine) if field in written]
    both = [field for field in theirs if field in own and now[field] != mine[field]]
    return both, [field for field in theirs if field not in own], [field for field in own if field not in theirs]


def _show_choice(
    view: View,
    contents: Contents,
    draft: Draft,
    field: str,
    versions: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
) -> None:
    t, label = view.t, label_of(view, draft.kind, field)
    st.html(html.subsection(label))
    said = [value_words(view, contents, draft.kind, field, one[field]) or t("edit.empty") for one in versions]
    headings = [t(key) for key in ("edit.now", "edit.yours", "edit.then")]
    st.html(html.definition_list(list(zip(headings, said, strict=True))))
    st.radio(
        t("edit.choose_version", field=label),
        [THEIRS, MINE],
        index=None,
        # No words of people in here: Streamlit reads them as markup.
        format_func=lambda one: t(f"edit.take_{one}"),
        key=draft.key(f"take-{field}"),
        horizontal=True,
    )


def open_choices(draft: Draft, conflict: ConflictError, base: Entry) -> list[str]:
    """Give the fields for which nothing is chosen yet."""
    mine, _ = draft.written()
    both, _, _ = sides(draft.kind, base.model_dump(), conflict.current.model_dump(), mine)
    return [field for field in both if st.session_state.get(draft.key(f"take-{field}")) not in {THEIRS, MINE}]


def settle(draft: Draft) -> bool:
    """Put together what was chosen on the newest version; tell whether everything is chosen (in a callback)."""
    conflict, base = draft.conflict, draft.entry
    if conflict is None or base is None:
        return False
    if open_choices(draft, conflict, base):
        draft.faults, draft.focus = {"": "choose_version"}, "faults"
        return False
    mine, _ = draft.written()
    now = conflict.current.model_dump()
    both, _, only_mine = sides(draft.kind, base.model_dump(), now, mine)
    taken = [*only_mine, *(field for field in both if st.session_state[draft.key(f"take-{field}")] == MINE)]
    draft.begin_again_from(conflict.current, {**now, **{field: mine[field] for field in taken}})
    draft.go(Step.WRITING)
    return True


def who(view: View, change: Change | None) -> str:
    """Give in which role somebody changed the entry, and when."""
    if change is None:
        return ""
    return view.t("edit.changed_by", role=role_words(view, change.role), when=moment_words(view, change.at))
