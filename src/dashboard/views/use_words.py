"""What fields and codes of observations, surveys and ratings are called on the screen and on paper."""

from __future__ import annotations

from dashboard.i18n import Translator
from dashboard.sources.use_fields import MODES, STAYING

#: What people do as one breakdown: those who stay by posture, those who move by how.
DOING = "doing"
MOVING = tuple(mode for mode in MODES if mode != STAYING)


def field_label(t: Translator, field: str) -> str:
    """Give the name of a field."""
    return t(f"use.field_{field}")


def code_label(t: Translator, field: str, code: str | None) -> str:
    """Give the name of a code of a field; that nothing was noted, where there is none."""
    if not code:
        return t("use.not_noted")
    if field == DOING:
        field = "mode" if code in MOVING else "posture"
    return t(f"use.code_{field}_{code}")


def question(t: Translator, field: str) -> str:
    """Give the question that a criterion asks of a place, or the survey of people."""
    return t(f"use.ask_{field}")
