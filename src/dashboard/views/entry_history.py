"""What was changed of an entry, when and in which role, for those who may know; and archived entries to bring back."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard.access import LOCAL_EDITOR, OPERATOR, Action
from dashboard.register.changes import Change
from dashboard.register.contents import Contents
from dashboard.register.entries import Entry
from dashboard.register.errors import RegisterError
from dashboard.register.kinds import KINDS
from dashboard.views import html, register_access
from dashboard.views.context import View
from dashboard.views.entry_choices import entry_name
from dashboard.views.entry_saving import restore
from dashboard.views.entry_words import fields_to_read, moment_words, role_words, versions_html

log = logging.getLogger(__name__)

#: Changes that are shown; whoever wants all exports the register.
MOST_CHANGES = 50
#: The role that stands in the record for what a new register begins with.
SEED = "seed"
#: Sign-ins that are names of ours and no person's, and how they are said.
_OURS = {LOCAL_EDITOR.sign_in: "edit.sign_in_local", OPERATOR.sign_in: "edit.sign_in_operator"}


def show_history(view: View, contents: Contents, entry: Entry) -> None:
    """Lay out the record of an entry, newest change first: when, in which role, what before and after.

    Who made a change is told to those alone who may know; the register leaves it out for others.
    """
    t = view.t
    st.html(html.subsection(t("edit.history")))
    try:
        changes = register_access.register(view).changes(view.actor, entry.kind, entry.id)
    except RegisterError as error:
        st.html(html.alert(register_access.said(view, error)))
        return
    for change in reversed(changes[-MOST_CHANGES:]):
        st.html(_change_html(view, contents, change))
    if len(changes) > MOST_CHANGES:
        st.html(html.note(t("edit.history_more", n=view.fmt.number(MOST_CHANGES), all=view.fmt.number(len(changes)))))


def _change_html(view: View, contents: Contents, change: Change) -> str:
    t = view.t
    when, said = moment_words(view, change.at), t(f"edit.action_{change.action}")
    # Nobody added what the dashboard came with.
    line = (
        t("edit.history_seeded", when=when)
        if change.role == SEED
        else t("edit.history_line", when=when, action=said, role=role_words(view, change.role))
    )
    head = f'<h4 class="hs-form-part">{html.escape(line)}</h4>'
    if change.sign_in:
        own = {LOCAL_EDITOR.sign_in: "edit.sign_in_local", OPERATOR.sign_in: "edit.sign_in_operator"}.get(
            change.sign_in
        )
        head += html.note(t("edit.history_sign_in", sign_in=t(own) if own else change.sign_in))
    if change.before is None and change.after is None:
        return head + html.paragraph(t("edit.history_removed"))
    changed = set(change.changed())
    before = change.before or {}
    fields = [name for name in fields_to_read(change.kind) if name in changed and (change.before or change.after)]
    if change.before is None:
        fields = [name for name in fields if (change.after or {}).get(name) not in (None, "", [], {}, False)]
    if not fields:
        return head
    versions = [("edit.before", before), ("edit.after", change.after or {})]
    # Of a new entry everything was empty before.
    shown = versions if change.before is not None else versions[1:]
    # Two changes within a minute have the same words.
    caption = f"{line} ({change.number})"
    return head + versions_html(view, contents, change.kind, shown, fields, caption=caption, hide_caption=True)


def offer_history(view: View, entry: Entry, slot: str) -> None:
    """Lay out the record of an entry behind a button, for those who may see it but not change the entry."""
    opened = st.toggle(view.t("edit.history"), key=f"{slot}-history")
    contents = register_access.contents(view) if opened else None
    if contents is not None:
        show_history(view, contents, entry)


def show_archived(view: View, kind: str, parent: tuple[str, str] | None, slot: str) -> None:
    """Lay out the archived entries of a kind behind a button, each with a way back; nothing when there are none.

    Parameters
    ----------
    view, kind
        The view of this run and the kind.
    parent
        The field and the id that the entries must have there; None for all.
    slot
        The beginning of the widgets' keys.
    """
    if not view.actor.may(Action.RESTORE, kind):
        return
    try:
        found = register_access.register(view).archived(view.actor, view.home.code)
    except RegisterError as error:
        # The page has said already that the register does not answer.
        log.warning("archived entries cannot be read: %s", error)
        return
    own = [one for one in found if one.kind == kind and (parent is None or getattr(one, parent[0]) == parent[1])]
    if not own:
        return
    if st.toggle(view.t.n("edit.archived", len(own)), key=f"{slot}-archived"):
        contents = Contents()
        for one in own:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(html.paragraph(entry_name(view, contents, one)))
                st.button(
                    view.t("edit.restore"),
                    key=f"{slot}-restore-{one.id}",
                    on_click=restore,
                    args=(kind, one.id, one.version, slot),
                )


def parent_of(kind: str, given: dict[str, object]) -> tuple[str, str] | None:
    """Give the field and the id of what a new entry is to belong to, or None."""
    parent = KINDS[kind].parent
    return None if parent is None or parent[0] not in given else (parent[0], str(given[parent[0]]))
