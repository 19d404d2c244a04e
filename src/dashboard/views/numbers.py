"""Numbers, changes and dates as people read them, in Swedish and English."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from dashboard.i18n import Translator

NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
MISSING = ".."

#: Units that are counted in whole things: “16 more”, not “16 higher”.
COUNTED = frozenset({"persons", "dwellings", "households", "sales", "offences"})


@dataclass(frozen=True)
class NumberFormat:
    """Formats of one language.

    Parameters
    ----------
    language : str
        Language code, ``sv`` or ``en``.
    t : Translator, optional
        Texts ``interval.*`` of the common catalogue, for intervals in words; without them a dash stands between.
    """

    language: str
    t: Translator | None = field(default=None, repr=False, compare=False)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Plain number: ``59 265``, ``45,4``, ``−1,3``; ``..`` where there is none.

        Halves are rounded away from zero, as in printed statistics. Numbers are grouped with a non-breaking
        space in Swedish, with a comma in English.
        """
        rounded = _round(value, decimals)
        return MISSING if rounded is None else _written(rounded, decimals, self.language)

    def percent(self, value: float | None, decimals: int = 1) -> str:
        """Per cent from a value that already is per cent: 45.43 → ``45,4 %``."""
        text = self.number(value, decimals)
        if text == MISSING:
            return MISSING
        return f"{text}{NBSP}%" if self.language == "sv" else f"{text}%"

    def signed(self, value: float | None, decimals: int = 0) -> str:
        """Number with its sign: ``+1,3``, ``−1,3``; what rounds to nothing is ``0`` without a sign."""
        rounded = _round(value, decimals)
        text = self.number(value, decimals)
        return f"+{text}" if rounded is not None and rounded > 0 else text

    def with_unit(self, value: float | None, unit: str, decimals: int = 0, unit_label: str = "") -> str:
        """Number with its unit: ``45,4 %``, ``212 tkr``.

        Parameters
        ----------
        value : float or None
            The value, in its unit.
        unit : str
            Unit of the catalogue; ``percent`` is written as a sign.
        decimals : int
            Decimals shown.
        unit_label : str
            Unit as it is read on screen; empty when the label of the indicator already says it.
        """
        if unit == "percent":
            return self.percent(value, decimals)
        text = self.number(value, decimals)
        return text if text == MISSING or not unit_label else f"{text}{NBSP}{unit_label}"

    def interval(self, lower: float | None, upper: float | None, decimals: int = 1) -> str:
        """Interval in a cell: ``44,6–46,2``; in words, ``−1,1 till 1,1``, where a dash would stand beside a minus."""
        low, high = _round(lower, decimals), _round(upper, decimals)
        if low is None or high is None:
            return MISSING
        lowest, highest = self.number(lower, decimals), self.number(upper, decimals)
        if low >= 0 and high >= 0:
            return f"{lowest}{EN_DASH}{highest}"
        if self.t is None:
            return f"{lowest}{NBSP}{EN_DASH} {highest}"
        return self.t("interval.cell", low=lowest, high=highest)

    def between(self, lower: float | None, upper: float | None, decimals: int = 1) -> str:
        """Interval in a sentence, as it is read aloud: ``mellan −0,71 och −0,56``."""
        if self.t is None or _round(lower, decimals) is None or _round(upper, decimals) is None:
            return self.interval(lower, upper, decimals)
        return self.t("interval.said", low=self.number(lower, decimals), high=self.number(upper, decimals))

    def year(self, value: int) -> str:
        """Year, never grouped."""
        return str(int(value))

    def date(self, value: dt.date, length: str = "long") -> str:
        """Date in words: ``31 december 2025``, or ``31 dec. 2025`` with ``length="medium"``."""
        text: str = format_date(value, format=length, locale=self.language)
        return text.replace(" ", NBSP)

    def change(
        self,
        value: float | None,
        before: float | None,
        since: str,
        t: Translator,
        *,
        unit: str = "",
        decimals: int = 0,
        unit_label: str = "",
    ) -> str:
        """Change in words: ``16 fler än 2020``, ``2 procentenheter lägre än 2019``.

        The two values are rounded first, so that the words agree with the numbers that stand beside them.

        Parameters
        ----------
        value, before : float or None
            The value now and then, in the unit.
        since : str
            What “then” is called, such as ``2020`` or ``december 2020``.
        t : Translator
            Texts ``change.*`` of the common catalogue.
        unit : str
            Unit of the catalogue: ``percent`` changes in percentage points, `COUNTED` units by more or fewer.
        decimals : int
            Decimals shown.
        unit_label : str
            Unit as it is read on screen, for units that are neither.

        Returns
        -------
        str
            The sentence, or an empty text when one of the values is missing.
        """
        new, old = _round(value, decimals), _round(before, decimals)
        if new is None or old is None:
            return ""
        difference = new - old
        if difference == 0:
            return t("change.same", since=since)
        amount = self.number(float(abs(difference)), decimals)
        up = difference > 0
        if unit == "percent":
            singular = 1 if abs(difference) == 1 else 2
            return t.n("change.points_up" if up else "change.points_down", singular, n=amount, since=since)
        if unit in COUNTED:
            return t("change.more" if up else "change.fewer", amount=amount, since=since)
        amount = f"{amount}{NBSP}{unit_label}" if unit_label else amount
        return t("change.higher" if up else "change.lower", amount=amount, since=since)


# The same few thousand numbers are written again and again; working out how takes longer than anything else in a table.
@lru_cache(maxsize=8192)
def _written(rounded: Decimal, decimals: int, language: str) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    text: str = format_decimal(abs(rounded), format=pattern, locale=language)
    return MINUS + text if rounded < 0 else text


def rounded(value: float, decimals: int) -> float:
    """Round as the screen does: halves away from zero.

    Python's own `round` takes the binary number, so that a difference of two shown values could be off by one.
    """
    found = _round(value, decimals)
    return value if found is None else float(found)


def _round(value: float | None, decimals: int) -> Decimal | None:
    if value is None or not math.isfinite(value):
        return None
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded
