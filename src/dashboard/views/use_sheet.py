"""The texts of the field sheet, in the reader's language, from the same list of fields as everything else."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.field_sheet import Choice, Question, Sheet
from dashboard.i18n import Translator
from dashboard.sources.use_fields import (
    CRITERIA,
    CRITERIA_GROUPS,
    OBSERVATIONS,
    QUESTIONS,
    SURVEYS,
    Field,
)
from dashboard.views.numbers import MINUS
from dashboard.views.use_words import code_label, field_label, question

_SESSION = ("date", "start", "end", "temperature", "weather", "method", "observer")
#: Columns whose marks are circled, and those whose number of the key is written.
_CIRCLED = ("gender", "age")
_WRITTEN = ("mode", "posture", "activity", "group_size", "objects", "spot")
_EXPLAINED = ("mode", "posture", "activity", "objects")


def sheet_of(t: Translator, place_name: str) -> Sheet:
    """Give the field sheet of a place."""
    circled = [Question(field_label(t, name), _short(t, OBSERVATIONS.field(name))) for name in _CIRCLED]
    written = [Question(field_label(t, name)) for name in _WRITTEN]
    return Sheet(
        language=t.language,
        title=t("use.sheet_title"),
        place=place_name,
        lead=t("use.sheet_lead"),
        session=[Question(field_label(t, name), _choices(t, OBSERVATIONS.field(name))) for name in _SESSION],
        tally=t("use.sheet_tally"),
        people=[*circled, *written],
        keys=[Question(field_label(t, name), _numbered(t, OBSERVATIONS.field(name))) for name in _EXPLAINED],
        criteria_title=t("use.sheet_criteria"),
        criteria_lead=t("use.sheet_criteria_lead"),
        groups=[
            (t(f"use.group_{group}"), [_criterion(t, CRITERIA.field(name)) for name in names])
            for group, names in CRITERIA_GROUPS.items()
        ],
        survey_title=t("use.survey"),
        survey_lead=t("use.sheet_survey_lead"),
        survey=[
            Question(field_label(t, name), _choices(t, SURVEYS.field(name)), question(t, name))
            for name in (*QUESTIONS, "age", "gender")
        ],
        privacy=t("use.privacy"),
    )


def _choices(t: Translator, field: Field) -> Sequence[Choice]:
    return [Choice(code, code_label(t, field.name, code)) for code in field.codes]


def _numbered(t: Translator, field: Field) -> Sequence[Choice]:
    return [Choice(str(place), code_label(t, field.name, code)) for place, code in enumerate(field.codes, start=1)]


def _short(t: Translator, field: Field) -> Sequence[Choice]:
    """Give marks that are short enough to circle."""
    return [Choice(t(f"use.mark_{field.name}_{code}"), code_label(t, field.name, code)) for code in field.codes]


def _criterion(t: Translator, field: Field) -> Question:
    scores = [Choice(code, {"-1": f"{MINUS}1", "1": "+1"}.get(code, code)) for code in field.codes]
    return Question(field_label(t, field.name), scores, question(t, field.name))
