"""What somebody is writing: kept in the session until it is saved or thrown away, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import streamlit as st
from pydantic import ValidationError

from dashboard.register.contents import Contents
from dashboard.register.entries import Entry
from dashboard.register.errors import ConflictError
from dashboard.register.faults import faults_of
from dashboard.register.kinds import KINDS
from dashboard.register.rules import contradictions_of, personal_faults
from dashboard.views.entry_fields import Raw, parsed, shown
from dashboard.views.entry_layout import form_fields

_DRAFTS = "entry-drafts"
#: Fields that the register keeps by itself.
_KEPT = frozenset({"id", "version", "archived"})


class Step(StrEnum):
    """Where somebody is between opening a form and leaving it."""

    WRITING = "writing"
    PREVIEW = "preview"
    CONFLICT = "conflict"
    LEAVING = "leaving"
    LOOKING_BACK = "looking_back"
    ARCHIVING = "archiving"


@dataclass(frozen=True)
class Opening:
    """What a form begins with: the kind, the entry (None for a new one), and values that a new one is given."""

    kind: str
    entry: Entry | None
    given: Mapping[str, Any]


@dataclass
class Draft:
    """An entry that is being written.

    Attributes
    ----------
    slot
        Which form it is in; the beginning of its widgets' keys.
    kind, entry, given
        The kind; the entry as it was when the form was opened, None for a new one; values that a new one begins with.
    typed, opened
        What the widgets hold now, and held when the form was opened.
    language
        The language that the widgets were last drawn in.
    step, faults, refused, conflict
        Where it is, and what stands against it.
    focus
        What is to get the keyboard's focus next: `form`, `faults`, or nothing.
    seen
        The entries as they were when the database last answered, so that the form stands when it does not.
    """

    slot: str
    kind: str
    entry: Entry | None
    given: Mapping[str, Any]
    typed: dict[str, Raw]
    opened: dict[str, Raw]
    language: str
    step: Step = Step.WRITING
    faults: dict[str, str] = field(default_factory=dict)
    refused: str = ""
    conflict: ConflictError | None = None
    focus: str = "form"
    seen: Contents = field(default_factory=Contents)

    @property
    def is_changed(self) -> bool:
        """Whether anything is written that is not saved."""
        return self.typed != self.opened

    def key(self, name: str) -> str:
        """Give the key of a widget of this form."""
        return f"{self.slot}-{name}"

    def collect(self) -> None:
        """Take in what the widgets hold (in a callback, before the form is drawn again)."""
        for name in self.typed:
            if self.key(name) in st.session_state:
                self.typed[name] = st.session_state[self.key(name)]

    def to_widgets(self, name: str) -> None:
        """Give what is typed back to a widget: Streamlit lets go of what it held while it was not drawn.

        Only then: a value given to a widget that is on screen would undo what is typed there this very moment.
        """
        if self.key(name) not in st.session_state:
            st.session_state[self.key(name)] = self.typed[name]

    def go(self, step: Step) -> None:
        """Go to a step, with what stood against the draft forgotten."""
        self.step, self.focus = step, "form"
        self.faults, self.refused = {}, ""

    def refuse(self, code: str, faults: Mapping[str, str] | None = None) -> None:
        """Note that saving was refused, and go back to the form."""
        self.step, self.refused, self.faults, self.focus = Step.WRITING, code, dict(faults or {}), "faults"

    def written(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Give the values of all fields, and the faults of those that hold none."""
        values, faults = dict(self._beneath()), {}
        for name, raw in self.typed.items():
            if self.entry is not None and raw == self.opened[name]:
                continue  # What nobody touched stays exactly as it is, even what a form cannot show in full.
            values[name], fault = parsed(self.kind, name, raw)
            if fault:
                faults[name] = fault
        return values, faults

    def _beneath(self) -> Mapping[str, Any]:
        if self.entry is None:
            return self.given
        return {name: value for name, value in self.entry.model_dump().items() if name not in _KEPT}

    def checked(self) -> tuple[Entry | None, dict[str, str]]:
        """Give the entry as it would be saved, or None with what is wrong, as codes by field."""
        values, faults = self.written()
        try:
            entry = KINDS[self.kind].model_validate(values)
        except ValidationError as error:
            return None, {**faults_of(error, self.kind), **faults}
        for name, code in (*contradictions_of(entry).items(), *personal_faults(entry)):
            faults.setdefault(name, code)
        return (None, faults) if faults else (entry, {})

    def begin_again_from(self, entry: Entry, values: Mapping[str, Any]) -> None:
        """Take another version of the entry for what the draft rests on, and values for what is typed."""
        self.entry = entry
        self.opened = raw_values(self.kind, entry.model_dump(), self.language)
        self.typed = raw_values(self.kind, values, self.language)
        self.conflict = None
        forget_widgets(self)


def raw_values(kind: str, values: Mapping[str, Any], language: str) -> dict[str, Raw]:
    """Give what the widgets of a kind hold for some values; without a value, what the kind begins with."""
    model = KINDS[kind].model_fields
    found: dict[str, Raw] = {}
    for name in form_fields(kind):
        value = values[name] if name in values else model[name].get_default()
        found[name] = shown(kind, name, None if repr(value) == "PydanticUndefined" else value, language)
    return found


def open_draft(slot: str, opening: Opening, language: str) -> None:
    """Begin to write, with the entry's values or those that are given (in a button's callback)."""
    entry = opening.entry
    typed = raw_values(opening.kind, opening.given if entry is None else entry.model_dump(), language)
    draft = Draft(slot, opening.kind, entry, opening.given, typed, dict(typed), language)
    _drafts()[slot] = draft
    forget_widgets(draft)


def draft_of(slot: str) -> Draft | None:
    """Give what is being written in a form, or None when it is closed."""
    return _drafts().get(slot)


def drafts_of_archived(kind: str, parent: tuple[str, str] | None) -> list[Draft]:
    """Give what is being written on entries that others archived meanwhile: they stand on no page any longer.

    Parameters
    ----------
    kind
        The kind of entry.
    parent
        The field and the id that the entries must have there; None for all.
    """
    return [
        draft
        for draft in _drafts().values()
        if draft.kind == kind
        and draft.conflict is not None
        and draft.conflict.current.archived
        and (parent is None or getattr(draft.conflict.current, parent[0]) == parent[1])
    ]


def close_draft(slot: str) -> None:
    """Let go of what was written."""
    draft = _drafts().pop(slot, None)
    if draft is not None:
        forget_widgets(draft)


def has_unsaved() -> bool:
    """Tell whether anything is written in this session that is not saved."""
    return any(draft.is_changed for draft in _drafts().values())


def forget_widgets(draft: Draft) -> None:
    """Let the widgets take their values from the draft when they are drawn next."""
    for key in [*map(draft.key, draft.typed), *(draft.key(f"take-{name}") for name in draft.typed)]:
        st.session_state.pop(key, None)


def _drafts() -> dict[str, Draft]:
    found: dict[str, Draft] = st.session_state.setdefault(_DRAFTS, {})
    return found
