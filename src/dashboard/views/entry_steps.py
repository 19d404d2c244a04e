"""The open form of an entry, at the step that it has reached: writing, preview, conflict, leaving, archiving."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.access import Action
from dashboard.register.contents import Contents
from dashboard.views import html, register_access
from dashboard.views.context import View, current_view
from dashboard.views.entry_choices import entry_name
from dashboard.views.entry_conflict import settle, show_conflict
from dashboard.views.entry_draft import Draft, Step, close_draft, draft_of
from dashboard.views.entry_focus import focus_later, move_focus, watch_unsaved
from dashboard.views.entry_form import faults_html, show_fields
from dashboard.views.entry_history import show_history
from dashboard.views.entry_preview import show_preview
from dashboard.views.entry_saving import archive, refusal, restore_and_go_on, save
from dashboard.views.entry_words import label_of
from dashboard.views.words import lower_first


@st.fragment
def show_open_form(slot: str) -> None:
    """Lay out what is being written in a form; only this part of the page runs again while somebody writes."""
    draft = draft_of(slot)
    if draft is None:
        # Saved or left: the page shows the entry as it is now.
        st.rerun()
        return
    # Of this moment, for a fragment runs again with what it was called with.
    view = current_view()
    if not view.actor.may(Action.UPDATE, draft.kind):
        show_what_was_typed(view, draft)
        return
    contents = register_access.contents(view) or draft.seen
    draft.seen = contents
    st.html(_heading(view, contents, draft))
    if draft.refused:
        st.html(faults_html(view, draft, refusal(view, draft.refused)))
    _STEPS[draft.step](view, contents, draft)
    watch_unsaved()
    if draft.focus:
        move_focus(f'[data-focus="{draft.slot}-{draft.focus}"]')
        draft.focus = ""


def show_what_was_typed(view: View, draft: Draft) -> None:
    """Lay out what somebody wrote whose rights have ended since, and nothing that they did not write, to be copied."""
    draft.collect()
    st.html(html.alert(view.t("register.refused_not_allowed"), view.t("edit.copy")))
    typed = [
        (label_of(view, draft.kind, name), raw)
        for name, raw in draft.typed.items()
        if isinstance(raw, str) and raw != draft.opened[name]
    ]
    st.html(html.definition_list(typed))


def _heading(view: View, contents: Contents, draft: Draft) -> str:
    t = view.t
    what = t(f"edit.kind_{draft.kind}")
    title = (
        t("edit.title_new", what=lower_first(what))
        if draft.entry is None
        else t("edit.title", what=lower_first(what), name=entry_name(view, contents, draft.entry))
    )
    place = html.escape(f"{draft.slot}-form")
    return f'<h2 class="hs-form-title" tabindex="-1" data-focus="{place}">{html.escape(title)}</h2>'


def _show_writing(view: View, contents: Contents, draft: Draft) -> None:
    t = view.t
    show_fields(view, contents, draft)
    with st.container(horizontal=True):
        _button(t("edit.save"), draft, "save", save, primary=True)
        _button(t("edit.preview"), draft, "preview", _preview)
        _button(t("edit.cancel"), draft, "cancel", _cancel)
        if draft.entry is not None and view.actor.may_see_changes:
            _button(t("edit.history"), draft, "history", _look_back)
        if draft.entry is not None and view.actor.may(Action.ARCHIVE, draft.kind):
            _button(t("edit.archive"), draft, "archive", _ask_archive)


def _show_preview(view: View, contents: Contents, draft: Draft) -> None:
    t = view.t
    entry, faults = draft.checked()
    if entry is None:
        draft.refuse("invalid", faults)
        st.rerun(scope="fragment")
        return
    show_preview(view, contents, entry, draft.entry)
    with st.container(horizontal=True):
        _button(t("edit.save"), draft, "save", save, primary=True)
        _button(t("edit.back"), draft, "back", _write)


def _show_leaving(view: View, contents: Contents, draft: Draft) -> None:
    del contents
    t = view.t
    st.html(html.notice(t("edit.leave_question"), t("edit.leave_warning")))
    with st.container(horizontal=True):
        _button(t("edit.go_on"), draft, "back", _write, primary=True)
        _button(t("edit.throw_away"), draft, "throw", _close)


def _show_archiving(view: View, contents: Contents, draft: Draft) -> None:
    del contents
    t = view.t
    st.html(html.notice(t("edit.archive_question"), t("edit.archive_meaning")))
    with st.container(horizontal=True):
        _button(t("edit.archive_confirm"), draft, "archive-confirm", archive, primary=True)
        _button(t("edit.back"), draft, "back", _write)


def _show_looking_back(view: View, contents: Contents, draft: Draft) -> None:
    if draft.entry is not None:
        show_history(view, contents, draft.entry)
    _button(view.t("edit.back"), draft, "back", _write)


def _show_conflict(view: View, contents: Contents, draft: Draft) -> None:
    t = view.t
    if draft.conflict is None or draft.entry is None:
        _write(draft)
        st.rerun(scope="fragment")
        return
    show_conflict(view, contents, draft, draft.conflict, draft.entry)
    if draft.faults:
        st.html(html.alert(t("register.fault_choose_version"), focus=f"{draft.slot}-faults"))
    with st.container(horizontal=True):
        if draft.conflict.current.archived:
            _button(t("edit.restore"), draft, "restore", restore_and_go_on, primary=True)
        else:
            _button(t("edit.save_choice"), draft, "settle", _settle_and_save, primary=True)
        _button(t("edit.cancel"), draft, "cancel", _cancel)


_STEPS: dict[Step, Callable[[View, Contents, Draft], None]] = {
    Step.WRITING: _show_writing,
    Step.PREVIEW: _show_preview,
    Step.LEAVING: _show_leaving,
    Step.ARCHIVING: _show_archiving,
    Step.LOOKING_BACK: _show_looking_back,
    Step.CONFLICT: _show_conflict,
}


def _button(label: str, draft: Draft, name: str, do: Callable[[Draft], None], *, primary: bool = False) -> None:
    key = draft.key(f"do-{name}")
    st.button(label, key=key, type="primary" if primary else "secondary", on_click=do, args=(draft,))


def _preview(draft: Draft) -> None:
    draft.collect()
    entry, faults = draft.checked()
    if entry is None:
        draft.refuse("invalid", faults)
    else:
        draft.go(Step.PREVIEW)


def _write(draft: Draft) -> None:
    draft.go(Step.CONFLICT if draft.conflict is not None else Step.WRITING)


def _cancel(draft: Draft) -> None:
    draft.collect()
    if draft.is_changed:
        draft.go(Step.LEAVING)
    else:
        _close(draft)


def _close(draft: Draft) -> None:
    close_draft(draft.slot)
    focus_later(draft.slot)


def _ask_archive(draft: Draft) -> None:
    draft.collect()
    draft.go(Step.ARCHIVING)


def _look_back(draft: Draft) -> None:
    draft.collect()
    draft.go(Step.LOOKING_BACK)


def _settle_and_save(draft: Draft) -> None:
    if settle(draft):
        save(draft)
