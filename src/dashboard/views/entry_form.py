"""The form of an entry: a widget for each field, with what is wrong said beside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.entry_choices import options
from dashboard.views.entry_draft import Draft
from dashboard.views.entry_fields import (
    ONE_OF,
    SEVERAL,
    FieldKind,
    Raw,
    field_kind,
    is_required,
    limits,
    most_characters,
)
from dashboard.views.entry_focus import css_name
from dashboard.views.entry_layout import LAYOUT, READ_ONLY, SOMETIMES, Part, english_of
from dashboard.views.entry_words import ENGLISH, label_of, value_words

_SEVERAL_LINES = frozenset({FieldKind.TEXT, FieldKind.LINES, FieldKind.GROUPS})
#: Ways of writing that are explained the same wherever they come.
_HELPED = frozenset({FieldKind.PARTIAL_DAY, FieldKind.DAY, FieldKind.MONEY, FieldKind.LINES, FieldKind.GROUPS})


def show_fields(view: View, contents: Contents, draft: Draft) -> None:
    """Lay out all fields of the form in its parts, and take in what they hold."""
    if draft.language != view.language:
        # Lists tell their choices by words, which are others now.
        draft.collect()
        for name in draft.typed:
            st.session_state[draft.key(name)] = draft.typed[name]
        draft.language = view.language
    st.html(_marks(draft))
    parts = LAYOUT[draft.kind]
    for part in parts:
        if len(parts) > 1:
            st.html(f'<h3 class="hs-form-part">{html.escape(view.t(f"edit.part_{part.name}"))}</h3>')
        _show_part(view, contents, draft, part)
    for field in SOMETIMES.get(draft.kind, ()):
        if draft.typed[field] or any(code.startswith("personal_") for code in draft.faults.values()):
            _show_field(view, contents, draft, field)
    _show_read_only(view, contents, draft)


def _marks(draft: Draft) -> str:
    """Give the style that points out the fields with faults; the words stand in their labels."""
    marked = [f".st-key-{css_name(draft.key(field))}" for field in draft.faults if field in draft.typed]
    labels = ", ".join(f'{one} [data-testid="stWidgetLabel"] p' for one in marked)
    boxes = ", ".join(f"{one} :is(input, textarea)" for one in marked)
    style = f"{labels} {{ font-weight: 700; }} {boxes} {{ box-shadow: inset 4px 0 0 var(--hs-ink); }}" if marked else ""
    return f"<style>{style}</style>"


def _show_part(view: View, contents: Contents, draft: Draft, part: Part) -> None:
    for field in part.fields:
        if field == "photo_alt" and not draft.typed[field]:
            continue
        pair = (field, *english_of(draft.kind, field))
        if len(pair) == 1:
            _show_field(view, contents, draft, field)
            continue
        for column, one in zip(st.columns(2), pair, strict=True):
            with column:
                _show_field(view, contents, draft, one)


def _show_field(view: View, contents: Contents, draft: Draft, field: str) -> None:
    draft.to_widgets(field)
    # Every widget's change is taken in before anything is drawn: the next click can lead away from the form at once.
    how = field_kind(draft.kind, field)
    label, key = _label(view, draft, field, how), draft.key(field)
    found: Raw
    if how in SEVERAL or how in ONE_OF:
        found = _choice(view, contents, draft, field, label)
    elif how is FieldKind.TICK:
        found = st.checkbox(label, key=key, on_change=draft.collect)
    elif how in _SEVERAL_LINES:
        found = st.text_area(label, key=key, height=_height(draft, field), on_change=draft.collect)
    else:
        found = st.text_input(label, key=key, autocomplete="off", on_change=draft.collect)
    draft.typed[field] = found


def _height(draft: Draft, field: str) -> int:
    text = str(draft.typed[field])
    lines = len(text) // 60 + text.count("\n")
    return min(max(96, 26 * (lines + 2)), 320)


def _choice(view: View, contents: Contents, draft: Draft, field: str, label: str) -> Raw:
    typed = draft.typed[field]
    chosen = typed if isinstance(typed, list) else [str(typed)]
    offered = options(view, contents, draft.kind, field, chosen)
    # A list that is changed keeps what it holds by its words; a new word for the same choice would lose it.
    if isinstance(typed, list):
        return list(
            st.multiselect(
                label,
                list(offered),
                format_func=lambda one: offered.get(one, one),
                key=draft.key(field),
                placeholder=view.t("edit.choose_several"),
                select_all=False,
                on_change=draft.collect,
            )
        )
    picked = st.selectbox(
        label,
        list(offered),
        format_func=lambda one: offered.get(one, one),
        key=draft.key(field),
        on_change=draft.collect,
    )
    return str(picked or "")


def _label(view: View, draft: Draft, field: str, how: FieldKind) -> str:
    t = view.t
    label = label_of(view, draft.kind, field)
    if is_required(draft.kind, field):
        label = t("edit.required", field=label)
    if field.endswith(ENGLISH):
        label = t("edit.optional", field=label)
    # What helps and what is wrong stand in the label, which is read out with the field: a sentence beside it would not
    # be, and the framework's own help is a button with an English name. No markup, for that would be read out too.
    if field in draft.faults:
        return t("edit.with_fault", field=label, fault=fault_words(view, draft, field))
    hint = _hint(view, draft.kind, field, how)
    return t("edit.with_hint", field=label, hint=hint) if hint else label


def fault_words(view: View, draft: Draft, field: str) -> str:
    """Give what is wrong with a field, in a sentence that says what to do."""
    t, code = view.t, draft.faults[field]
    typed = draft.typed.get(field)
    most = most_characters(draft.kind, field) if field in draft.typed else None
    if code == "too_long" and most is not None and isinstance(typed, str):
        return t("edit.too_long_by", n=view.fmt.number(len(typed)), most=view.fmt.number(most))
    low, high = limits(draft.kind, field) if field in draft.typed else (None, None)
    if code == "out_of_range" and low is not None and high is not None:
        return t("edit.between", low=view.fmt.number(low), high=view.fmt.number(high))
    return t(f"register.fault_{code}")


def _hint(view: View, kind: str, field: str, how: FieldKind) -> str:
    own = f"field_help.{kind}_{field}"
    if view.t.has(own):
        return view.t(own)
    shared = f"field_help.{field}"
    if view.t.has(shared):
        return view.t(shared)
    return view.t(f"field_help.of_{how}") if how in _HELPED else ""


def _show_read_only(view: View, contents: Contents, draft: Draft) -> None:
    if draft.entry is None:
        return
    items = [
        (label_of(view, draft.kind, field), words)
        for field in READ_ONLY.get(draft.kind, ())
        if (words := value_words(view, contents, draft.kind, field, getattr(draft.entry, field)))
    ]
    if items:
        st.html(f'<h3 class="hs-form-part">{html.escape(view.t("edit.part_kept"))}</h3>')
        st.html(html.definition_list(items))


def faults_html(view: View, draft: Draft, sentence: str) -> str:
    """Give the summary of what is wrong: a sentence, and a link to each field."""
    lines = "".join(_fault_line(view, draft, field) for field in _in_order(draft))
    below = f"<ul>{lines}</ul>" if lines else ""
    return html.alert(sentence, view.t("edit.text_kept"), below, focus=f"{draft.slot}-faults")


def _in_order(draft: Draft) -> Sequence[str]:
    return [name for name in draft.typed if name in draft.faults] + [
        name for name in draft.faults if name not in draft.typed
    ]


def _fault_line(view: View, draft: Draft, field: str) -> str:
    said = fault_words(view, draft, field)
    if field not in draft.typed:
        return f"<li>{html.escape(said)}</li>"
    label = label_of(view, draft.kind, field)
    link = f'<a href="#{css_name(draft.key(field))}" data-to="{css_name(draft.key(field))}">{html.escape(label)}</a>'
    return f"<li>{link}: {html.escape(said)}</li>"
