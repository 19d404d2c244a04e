"""Editing in place: a small button that opens the form of an entry where it stands, for those who may change it."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.access import Action
from dashboard.register.contents import Contents
from dashboard.register.entries import Entry
from dashboard.register.kinds import KINDS
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.entry_choices import entry_name, shortened
from dashboard.views.entry_draft import Opening, draft_of, drafts_of_archived, open_draft
from dashboard.views.entry_focus import focus_if_due, focus_later
from dashboard.views.entry_history import offer_history, parent_of, show_archived
from dashboard.views.entry_saving import brought_back, done_in, done_with, refusal, refused_in, restore
from dashboard.views.entry_steps import show_open_form, show_what_was_typed
from dashboard.views.words import plain_markup

#: Signs of a name in a button.
_LONGEST_NAME = 45


def offer_edit(view: View, entry: Entry) -> None:
    """Lay out the button that opens the form of an entry, or the open form; nothing for those who may not change it.

    Parameters
    ----------
    view
        The view of this run.
    entry
        The entry as the reader sees it.
    """
    slot = f"edit-{entry.kind}-{entry.id}"
    if view.actor.may(Action.UPDATE, entry.kind):
        _offer(view, slot, _edit_label(view, entry), Opening(entry.kind, entry, {}))
    elif (draft := draft_of(slot)) is not None:
        show_what_was_typed(view, draft)
    elif view.actor.may_see_changes:
        offer_history(view, entry, slot)


def _edit_label(view: View, entry: Entry) -> str:
    """Say what the button edits, for a page has many such buttons; by the beginning of a long name."""
    name = shortened(entry_name(view, Contents(), entry), _LONGEST_NAME)
    # A label is markup, and the name is what people wrote.
    return view.t(f"edit.change_{entry.kind}", name=plain_markup(name))


def offer_new(view: View, kind: str, **given: object) -> None:
    """Lay out the button that opens the form of a new entry, or the open form; nothing for those who may not add one.

    Archived entries of the kind are offered to be brought back below it.

    Parameters
    ----------
    view
        The view of this run.
    kind
        The kind of entry.
    **given
        Values that the form begins with, such as the project of a milestone.
    """
    parent = parent_of(kind, given)
    slot = "-".join(("new", kind, *(() if parent is None else (parent[1],))))
    if not view.actor.may(Action.UPDATE, kind):
        if (draft := draft_of(slot)) is not None:
            show_what_was_typed(view, draft)
        return
    if "municipality" in KINDS[kind].model_fields:
        given = {"municipality": view.home.code, **given}
    if done := done_with(kind, "archived"):
        _tell(view, done.what, slot)
        # Archiving makes a new version of the entry: the one after the one that was archived.
        arguments = (kind, done.entry.id, done.entry.version, slot)
        st.button(view.t("edit.undo"), key=f"{slot}-undo", on_click=restore, args=arguments)
    _offer(view, slot, view.t(f"edit.add_{kind}"), Opening(kind, None, given))
    for draft in drafts_of_archived(kind, parent):
        with st.container(key=f"form-{draft.slot}"):
            show_open_form(draft.slot)
    show_archived(view, kind, parent, slot)


def _offer(view: View, slot: str, label: str, opening: Opening) -> None:
    if done := done_in(slot) or brought_back(opening.entry):
        _tell(view, done.what, slot)
    if code := refused_in(slot):
        st.html(html.alert(refusal(view, code)))
    with st.container(key=f"form-{slot}"):
        if draft_of(slot) is not None:
            show_open_form(slot)
        else:
            # What is read stays in front: what changes it is no more than words, what adds to it is a button.
            look: Literal["tertiary", "secondary"] = "secondary" if opening.entry is None else "tertiary"
            arguments = (slot, opening, view.language)
            st.button(label, key=f"{slot}-open", type=look, on_click=open_draft, args=arguments)
            focus_if_due(slot)


def _tell(view: View, what: str, slot: str) -> None:
    st.html(f'<p class="hs-done" role="status">{html.escape(view.t(f"edit.done_{what}"))}</p>')
    focus_later(slot)
