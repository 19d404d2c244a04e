"""Saving, archiving and restoring entries from a form: what is refused leaves what was written where it is."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import streamlit as st

from dashboard.register.entries import Entry
from dashboard.register.errors import ConflictError, InvalidError, RegisterError
from dashboard.views import register_access
from dashboard.views.context import View, current_view
from dashboard.views.entry_draft import Draft, Step, close_draft

log = logging.getLogger(__name__)

_DONE, _REFUSED = "entry-done", "entry-refused"


@dataclass(frozen=True)
class Done:
    """What was done last, to be told once: `saved`, `archived` or `restored`, and the entry after it."""

    what: str
    entry: Entry
    slot: str


def save(draft: Draft) -> None:
    """Save what is written, or note why not (in a button's callback)."""
    draft.collect()
    _, faults = draft.checked()
    if faults:
        draft.refuse("invalid", faults)
        return
    values, _ = draft.written()
    base = draft.entry
    try:
        # The roles of this very moment: the form may have been open for long.
        view = current_view()
        saved = register_access.register(view).save(
            view.actor,
            draft.kind,
            values,
            id=None if base is None else base.id,
            version=None if base is None else base.version,
        )
    except ConflictError as error:
        draft.go(Step.CONFLICT)
        draft.conflict = error
    except InvalidError as error:
        draft.refuse(error.code, error.faults)
    except RegisterError as error:
        log.warning("an entry was not saved: %s", error)
        draft.refuse(error.code)
    else:
        close_draft(draft.slot)
        tell(Done("saved", saved, draft.slot))


def archive(draft: Draft) -> None:
    """Take an entry out of what readers see (in a button's callback); it can be restored."""
    entry = draft.entry
    if entry is None:
        return
    try:
        view = current_view()
        archived = register_access.register(view).archive(view.actor, entry.kind, entry.id, entry.version)
    except ConflictError as error:
        draft.go(Step.CONFLICT)
        draft.conflict = error
    except RegisterError as error:
        log.warning("an entry was not archived: %s", error)
        draft.refuse(error.code)
    else:
        close_draft(draft.slot)
        tell(Done("archived", archived, draft.slot))


def restore(kind: str, entry_id: str, version: int, slot: str) -> None:
    """Bring an archived entry back (in a button's callback)."""
    try:
        view = current_view()
        entry = register_access.register(view).restore(view.actor, kind, entry_id, version)
    except RegisterError as error:
        log.warning("an entry was not restored: %s", error)
        st.session_state[_REFUSED] = (slot, error.code)
    else:
        tell(Done("restored", entry, slot))


def tell(done: Done) -> None:
    """Keep what was done, for the page to tell."""
    st.session_state[_DONE] = done


def done_in(*slots: str) -> Done | None:
    """Give what was done in one of some forms, once."""
    done: Done | None = st.session_state.get(_DONE)
    if done is None or done.slot not in slots:
        return None
    del st.session_state[_DONE]
    return done


def done_with(kind: str, what: str) -> Done | None:
    """Give what was done with an entry of a kind, once."""
    done: Done | None = st.session_state.get(_DONE)
    if done is None or done.entry.kind != kind or done.what != what:
        return None
    del st.session_state[_DONE]
    return done


def brought_back(entry: Entry | None) -> Done | None:
    """Give that an entry was brought back, once: its page shows it again, and no longer what brought it back."""
    done: Done | None = st.session_state.get(_DONE)
    if entry is None or done is None or done.entry.id != entry.id:
        return None
    return done_with(entry.kind, "restored")


def restore_and_go_on(draft: Draft) -> None:
    """Bring back an entry that somebody archived meanwhile, and stay where the two versions meet."""
    if draft.conflict is None:
        return
    now = draft.conflict.current
    try:
        view = current_view()
        back = register_access.register(view).restore(view.actor, now.kind, now.id, now.version)
    except ConflictError as error:
        draft.conflict = error
    except RegisterError as error:
        log.warning("an entry was not restored: %s", error)
        draft.refused, draft.focus = error.code, "faults"
    else:
        draft.conflict = ConflictError(back, draft.conflict.change)
        draft.go(Step.CONFLICT)


def refused_in(slot: str) -> str:
    """Give the code of what was refused beside a form, once; an empty text for nothing."""
    where, code = st.session_state.get(_REFUSED, ("", ""))
    if where != slot:
        return ""
    del st.session_state[_REFUSED]
    return str(code)


def refusal(view: View, code: str) -> str:
    """Give why something was refused, in a sentence."""
    return view.t(f"register.refused_{code}")
