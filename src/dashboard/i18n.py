"""Texts of the screen, from gettext catalogues with symbolic keys."""

from __future__ import annotations

import gettext
import logging
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("sv", "en")

#: Keys that code puts together at run time, by what they begin with. A key under one of these counts as used.
DYNAMIC_PREFIXES: tuple[str, ...] = (
    "app.language_",
    "barrier_kind.",
    "calendar.",
    "caveat.",
    "crossing.",
    "change.apart_",
    "change.marked_",
    "change.method_note_",
    "change.part_",
    "change.title_marked_",
    "change.why_",
    "circle.done_",
    "circle.outcome_",
    "circle.part_",
    "circle.pending_",
    "circle.standing_",
    "circle.step_",
    "circle.theme_",
    "circle.where_",
    "grants.concern_",
    "grants.state_",
    "grants.step_",
    "direction.",
    "housing.city_title_",
    "housing.do_",
    "housing.error_",
    "housing.headline_",
    "housing.kind_",
    "housing.measure_",
    "housing.n_",
    "housing.step_",
    "housing.unknown_",
    "housing.unread_",
    "housing.when_",
    "kind.",
    "level.",
    "map.extent_",
    "measure.interval_note_",
    "neighbours.kind_",
    "note.",
    "page.",
    "personal_data.kind_",
    "place_kind.",
    "place_kind_one.",
    "place_kind_plural.",
    "places.age_",
    "places.part_",
    "places.refused_",
    "places.row_",
    "plan.bound_",
    "plan.count_",
    "plan.key_",
    "plan.part_",
    "plan.status_",
    "plan.wanted_",
    "open_data.",
    "own_deck.why_",
    "presentation.choose_",
    "presentation.no_",
    "reason.",
    "final.ask_",
    "report.n_",
    "report.removed_",
    "scale.axis_",
    "scale.grid_how_",
    "scale.mean_",
    "scale.nearest_",
    "slide.level_",
    "segregation.part_",
    "sheet.part_",
    "sign_in.role_",
    "status.",
    "what_if.error_",
    "what_if.hint_",
    "what_if.kind_",
    "what_if.link_",
    "what_if.map_",
    "use.ask_",
    "use.code_",
    "use.failed_",
    "use.field_",
    "use.group_",
    "use.mark_",
    "use.part_",
    "use.scale_",
    "use.template_",
    "use.weekday_",
    "choice.",
    "edit.action_",
    "edit.add_",
    "edit.change_",
    "edit.done_",
    "edit.kind_",
    "edit.part_",
    "edit.role_",
    "edit.take_",
    "field.",
    "field_help.",
    "register.fault_",
    "register.refused_",
)

_log = logging.getLogger(__name__)


class MissingTextWarning(UserWarning):
    """A text is missing or lacks a parameter. Tests turn warnings into errors, so there it raises."""


@dataclass(frozen=True)
class Translator:
    """Texts of one language.

    Parameters
    ----------
    language : str
        Language code, ``sv`` or ``en``.
    messages : mapping of str to tuple of str
        Symbolic key → its forms: one for a plain text, several for a text that depends on a count.
    plural : callable
        Count → which of the forms to use.
    """

    language: str
    messages: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]

    def __call__(self, key: str, **params: object) -> str:
        """Text for a key, with its ``{placeholders}`` filled in.

        Parameters
        ----------
        key : str
            Symbolic key such as ``overview.title``.
        **params : object
            Values for the placeholders, already formatted for reading.

        Returns
        -------
        str
            The text; the key itself if there is no such text (which is also logged and warned about).
        """
        forms = self.messages.get(key)
        return self._fill(key, forms[0] if forms else None, params)

    def n(self, key: str, count: int, **params: object) -> str:
        """Text that depends on a count, such as “1 area” or “3 areas”.

        Parameters
        ----------
        key : str
            Symbolic key of a text with plural forms.
        count : int
            Decides the form; the placeholder ``{n}`` gets it, grouped as the language does.
        **params : object
            Values for further placeholders.
        """
        forms = self.messages.get(key)
        params.setdefault("n", format_decimal(count, locale=self.language))
        template = forms[min(self.plural(count), len(forms) - 1)] if forms else None
        return self._fill(key, template, params)

    def has(self, key: str) -> bool:
        """Tell whether there is a text for the key."""
        return key in self.messages

    def _fill(self, key: str, template: str | None, params: Mapping[str, object]) -> str:
        if template is None:
            return self._complain(f"no text for {key!r} in {self.language}", key)
        try:
            return template.format(**params)
        except (KeyError, IndexError) as error:
            return self._complain(f"text {key!r} in {self.language} lacks the value {error}", template)

    @staticmethod
    def _complain(message: str, shown: str) -> str:
        # A reader is better served by a page with one odd word than by no page; whoever runs it sees the log.
        _log.error(message)
        warnings.warn(message, MissingTextWarning, stacklevel=4)
        return shown


@lru_cache(maxsize=8)
def get_translator(language: str, folder: Path) -> Translator:
    """Read all catalogues of a language, once.

    Parameters
    ----------
    language : str
        Language code; one not in `LANGUAGES` gets the first of them.
    folder : pathlib.Path
        Folder with one folder a language, each with one ``.po`` file a topic.

    Returns
    -------
    Translator

    Raises
    ------
    FileNotFoundError
        If the folder holds no catalogue of the language.
    ValueError
        If two catalogues define the same key or an entry has no text.
    """
    if language not in LANGUAGES:
        language = LANGUAGES[0]
    files = sorted((folder / language).glob("*.po"))
    if not files:
        raise FileNotFoundError(f"no catalogue (*.po) in {folder / language}")
    messages: dict[str, tuple[str, ...]] = {}
    plural: Callable[[int], int] = int
    for file in files:
        found, plural = _read(file, language)
        doubled = messages.keys() & found.keys()
        if doubled:
            raise ValueError(f"{file}: key defined twice: {', '.join(sorted(doubled))}")
        messages.update(found)
    return Translator(language, messages, plural)


def _read(file: Path, language: str) -> tuple[dict[str, tuple[str, ...]], Callable[[int], int]]:
    with file.open("rb") as handle:
        catalog = read_po(handle, locale=language, charset="utf-8", abort_invalid=True)
    found: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        text = message.string or ""
        forms = (text,) if isinstance(text, str) else tuple(text)
        if not all(forms):
            raise ValueError(f"{file}: {key!r} has no text")
        if key in found:
            raise ValueError(f"{file}: key defined twice: {key}")
        found[key] = forms
    return found, gettext.c2py(catalog.plural_expr)
