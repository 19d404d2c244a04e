"""What a form offers where an entry names something: other entries, places, areas and figures, by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from babel import Locale

from dashboard.register.circle_entries import Contribution, DistrictExpert, Meeting, TraceStep, WorkedTime
from dashboard.register.contents import Contents
from dashboard.register.entries import Decision, Entry, LinkedIndicator
from dashboard.register.grant_entries import Spending
from dashboard.register.kinds import KINDS
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.entry_fields import SEVERAL, FieldKind, choices, field_kind, is_optional, is_required
from dashboard.views.words import told_apart, upper_first
from dashboard.warehouse.connection import Warehouse

#: Languages that are offered for what residents say, by their ISO codes; others stay when they are there already.
LANGUAGES = ("sv", "en", "ar", "so", "ku", "fa", "ti", "tr", "bs", "hr", "sr", "fi", "pl", "uk", "ru", "es", "fr", "de")
LONGEST_NAME = 70
_FIGURES = frozenset({FieldKind.INDICATOR, FieldKind.INDICATORS, FieldKind.SPLITS})
#: Kind and field → what its words begin with, where they are not `choice.<field>_`.
_WORDS = {
    ("project", "status"): "plan.status_",
    ("grant", "state"): "grants.state_",
    ("contribution", "state"): "choice.contribution_",
    ("trace_step", "step"): "circle.step_",
}
# A contribution is removed by whoever gave it or by time, with its text and picture, never by a form.
_NOT_BY_HAND = {("contribution", "state"): ("removed",)}


def choice_word(view: View, kind: str, field: str, value: str) -> str:
    """Give what a value out of a few is called."""
    return view.t(_WORDS.get((kind, field), f"choice.{field}_") + value)


def entry_name(view: View, contents: Contents | None, entry: Entry) -> str:
    """Give what an entry is called where it stands among others."""
    if isinstance(entry, Contribution):
        return _short(entry.text)
    if isinstance(entry, DistrictExpert):
        return entry.pseudonym
    if isinstance(entry, LinkedIndicator):
        return figure_names(view).get(entry.indicator, entry.indicator)
    if isinstance(entry, Decision):
        day = "" if entry.decided is None else f", {view.fmt.date(entry.decided, 'medium')}"
        return _short(f"{entry.body}{day}: {entry.text}")
    if isinstance(entry, Meeting | Spending | WorkedTime | TraceStep):
        return _of_a_day(view, contents, entry)
    return _short(entry.said("name").in_(view.language))


def _of_a_day(view: View, contents: Contents | None, entry: Meeting | Spending | WorkedTime | TraceStep) -> str:
    day = view.fmt.date(entry.on, "medium")
    if isinstance(entry, Meeting):
        circle = None if contents is None else next((one for one in contents.circles if one.id == entry.circle), None)
        what = entry.theme or ("" if circle is None else circle.said("name").in_(view.language))
    elif isinstance(entry, Spending):
        what = entry.what
    elif isinstance(entry, TraceStep):
        what = choice_word(view, "trace_step", "step", entry.step)
    else:
        what = ""
    return _short(f"{day}: {what}" if what else day)


def _short(text: str) -> str:
    return shortened(text, LONGEST_NAME)


def shortened(text: str, most: int) -> str:
    """Give a text in one line of so many signs at most; what is left out is told by three dots."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def figure_names(view: View) -> dict[str, str]:
    """Give indicators and splits of the catalogue by name: those of splits first, of which there are few."""
    of = view.catalogue.splits
    splits = {name: view.t("edit.split", name=split.name.in_(view.language)) for name, split in of.items()}
    return {**splits, **{one.id: one.name.in_(view.language) for one in view.catalogue.indicators.values()}}


def place_names(view: View) -> dict[str, str]:
    """Give the places that the city has chosen, by name."""
    return dict(_places(view.warehouse, view.home.code))


@lru_cache(maxsize=2)
def _places(warehouse: Warehouse, municipality: str) -> tuple[tuple[str, str], ...]:
    rows = warehouse.rows("city_places", {"municipality": municipality})
    return tuple((str(row["id"]), str(row["name"])) for row in rows if row["study"])


def area_names(view: View) -> dict[str, str]:
    """Give the neighbourhoods and the small areas, by name."""
    levels = ("regso", "deso")
    return {one.code: one.label for level in levels for one in home_areas(view.warehouse, view.home.code, level)}


def language_name(view: View, code: str) -> str:
    """Give what a language is called."""
    names = Locale.parse(view.language).languages
    return str(names.get(code, code))


def options(view: View, contents: Contents, kind: str, field: str, chosen: Sequence[str]) -> Mapping[str, str]:
    """Give what can be chosen in a field: value → what it is called; the empty value first where nothing is allowed.

    What is chosen already is among them even when it is not offered any longer, so that it stays until it is changed.
    """
    how = field_kind(kind, field)
    named = _named(view, contents, kind, field, how)
    hidden = _NOT_BY_HAND.get((kind, field), ())
    offered = {value: name for value, name in named.items() if value not in hidden or value in chosen}
    gone = {value: view.t("edit.gone", id=value) for value in chosen if value and value not in offered}
    first = {} if how in SEVERAL else _empty(view, kind, field)
    return {**first, **told_apart({**offered, **gone})}


def _empty(view: View, kind: str, field: str) -> dict[str, str]:
    if is_required(kind, field):
        return {"": view.t("edit.choose")}
    return {"": view.t("edit.none")} if is_optional(kind, field) else {}


def _named(view: View, contents: Contents, kind: str, field: str, how: FieldKind) -> dict[str, str]:
    if how is FieldKind.CHOICE:
        return {value: upper_first(choice_word(view, kind, field, value)) for value in choices(kind, field)}
    if how is FieldKind.YES_NO:
        return {"yes": view.t("edit.yes"), "no": view.t("edit.no")}
    known = known_names(view, how)
    if known is not None:
        return known
    named = KINDS[KINDS[kind].references[field]]
    return {one.id: entry_name(view, contents, one) for one in contents.of(named)}


def known_names(view: View, how: FieldKind) -> dict[str, str] | None:
    """Give the names of what the data know and no person has written; None for a field of another kind."""
    if how is FieldKind.PLACE:
        return place_names(view)
    if how in {FieldKind.AREA, FieldKind.AREAS}:
        return area_names(view)
    if how is FieldKind.LANGUAGE:
        return {code: language_name(view, code) for code in LANGUAGES}
    return _figures(view, how) if how in _FIGURES else None


def _figures(view: View, how: FieldKind) -> dict[str, str]:
    names = figure_names(view)
    if how is FieldKind.INDICATOR:
        return names
    wanted = view.catalogue.splits if how is FieldKind.SPLITS else view.catalogue.indicators
    return {name: names[name] for name in names if name in wanted}
