"""An entry's fields and values in words: for the preview, for what changed, and for what others have written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from dashboard.register.contents import Contents
from dashboard.register.entries import Entry
from dashboard.register.fields import first_day
from dashboard.register.kinds import KINDS
from dashboard.views import html, tables
from dashboard.views.context import View
from dashboard.views.entry_choices import (
    choice_word,
    entry_name,
    known_names,
    language_name,
)
from dashboard.views.entry_fields import SEVERAL, FieldKind, field_kind
from dashboard.views.entry_layout import READ_ONLY, form_fields
from dashboard.views.words import upper_first

#: How the name of a field with a text in English ends.
ENGLISH = "_en"
_SWEDEN = ZoneInfo("Europe/Stockholm")


def label_of(view: View, kind: str, field: str) -> str:
    """Give what a field of a kind is called."""
    if field.endswith(ENGLISH):
        return view.t("edit.in_english", field=label_of(view, kind, field.removesuffix(ENGLISH)))
    key = f"field.{kind}_{field}"
    return view.t(key) if view.t.has(key) else view.t(f"field.{field}")


def value_words(view: View, contents: Contents, kind: str, field: str, value: Any) -> str:  # noqa: ANN401
    """Give a value as it is read; an empty text for none."""
    if value is None or value in ("", (), [], {}):
        return ""
    if field_kind(kind, field) in SEVERAL:
        return "; ".join(_one(view, contents, kind, field, one) for one in value)
    return _one(view, contents, kind, field, value)


def _one(view: View, contents: Contents, kind: str, field: str, value: Any) -> str:  # noqa: ANN401
    how = field_kind(kind, field)
    if how in {FieldKind.ONE, FieldKind.MANY}:
        found = contents.find(KINDS[KINDS[kind].references[field]], str(value))
        return str(value) if found is None else entry_name(view, contents, found)
    if how is FieldKind.LANGUAGE:
        return language_name(view, str(value))
    named = known_names(view, how)
    if named is not None:
        return named.get(str(value), str(value))
    if how is FieldKind.CHOICE:
        return upper_first(choice_word(view, kind, field, str(value.value if isinstance(value, Enum) else value)))
    return _plain(view, how, value)


def _plain(view: View, how: FieldKind, value: Any) -> str:  # noqa: ANN401
    if how in {FieldKind.TICK, FieldKind.YES_NO}:
        return view.t("edit.yes" if value else "edit.no")
    if how is FieldKind.MONEY:
        return view.fmt.with_unit(float(value), "sek", 0, view.t("edit.kronor"))
    if how is FieldKind.NUMBER:
        return view.fmt.number(float(value), len(f"{float(value):.12g}".partition(".")[2]))
    if how in {FieldKind.DAY, FieldKind.PARTIAL_DAY}:
        return day_words(view, str(value))
    if how is FieldKind.GROUPS:
        few = view.t("edit.few")
        return "; ".join(f"{group}: {few if n is None else view.fmt.number(n)}" for group, n in value.items())
    return "; ".join(value) if how is FieldKind.LINES else str(value)


def day_words(view: View, partial: str) -> str:
    """Give a year, a month or a day in words."""
    exactness = partial.count("-")
    if exactness == 0:
        return partial
    day = first_day(partial)
    return view.fmt.date(day) if exactness == 2 else str(format_date(day, "MMMM y", locale=view.language))


def moment_words(view: View, moment: datetime) -> str:
    """Give a day and a time of day, as the clock stood in Sweden."""
    local = moment.astimezone(_SWEDEN)
    return view.t("edit.at", day=view.fmt.date(local.date()), time=f"{local:%H:%M}")


def role_words(view: View, role: str) -> str:
    """Give a role as it stands in a sentence."""
    return view.t(f"edit.role_{role}")


def fields_to_read(kind: str) -> Sequence[str]:
    """Give the fields of a kind that are read, in the order of its form."""
    return (*form_fields(kind), *READ_ONLY.get(kind, ()))


def entry_html(view: View, contents: Contents, entry: Entry) -> str:
    """Give an entry as a list of its fields with what they hold; what is empty is left out."""
    items = [
        (label_of(view, entry.kind, field), words)
        for field in fields_to_read(entry.kind)
        # What a date says is nothing without the date.
        if not (field.endswith("_bound") and getattr(entry, field.removesuffix("_bound")) is None)
        and (words := value_words(view, contents, entry.kind, field, getattr(entry, field)))
    ]
    return html.definition_list(items)


def changed_fields(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Give the fields that two versions differ in, in the order of the form."""
    return [field for field in fields_to_read(kind) if before.get(field) != after.get(field)]


def changes_html(view: View, contents: Contents, entry: Entry, before: Entry) -> str:
    """Give a table of what differs between two versions of an entry."""
    old, new = before.model_dump(), entry.model_dump()
    return versions_html(
        view,
        contents,
        entry.kind,
        [("edit.before", old), ("edit.after", new)],
        changed_fields(entry.kind, old, new),
        hide_caption=True,
    )


def versions_html(
    view: View,
    contents: Contents,
    kind: str,
    versions: Sequence[tuple[str, Mapping[str, Any]]],
    fields: Sequence[str],
    *,
    caption: str = "",
    hide_caption: bool = False,
) -> str:
    """Give a table of some fields in several versions of an entry.

    Parameters
    ----------
    view, contents, kind
        The view, the entries that are named, and the kind.
    versions
        The key of each version's heading, and its values.
    fields
        The fields that are shown.
    caption
        What the table shows.
    hide_caption
        Whether that is only read out, because a heading above says the same.
    """
    empty = tables.Cell(view.t("edit.empty"))
    columns = [tables.Column("field", view.t("edit.field"))]
    columns += [tables.Column(key, view.t(key)) for key, _ in versions]
    rows: list[dict[str, str | tables.Cell]] = []
    for field in fields:
        row: dict[str, str | tables.Cell] = {"field": label_of(view, kind, field)}
        for key, values in versions:
            row[key] = value_words(view, contents, kind, field, values.get(field)) or empty
        rows.append(row)
    return tables.table_html(
        columns, rows, caption=caption or view.t("edit.changes"), t=view.t, hide_caption=hide_caption
    )
