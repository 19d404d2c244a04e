"""Number formats of charts in a PowerPoint file: worked out from how the values are written on the slide."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_MARKS = {"sv": ("\u00a0", ","), "en": (",", ".")}
_SPACES = "\u00a0\u202f "
_NUMBER = re.compile(r"([+−-]?)(\d[\d\u00a0\u202f ,.]*\d|\d)(.*)", re.DOTALL)


@dataclass(frozen=True)
class NumberCode:
    """How a number is written: its decimals, what follows it, whether a plus is, how many times the value it is."""

    decimals: int
    suffix: str
    plus: bool
    times: int = 1

    @property
    def code(self) -> str:
        """The same as Excel and PowerPoint have it; they put in the decimal mark of whoever opens the file."""
        number = "#,##0" + ("." + "0" * self.decimals if self.decimals else "")
        # A percent sign outside quotation marks makes a hundred times the value of it.
        quoted = '"' + self.suffix.replace('"', "") + '"' if self.suffix else ""
        if self.times == 100:
            before, _, after = self.suffix.partition("%")
            quoted = f'"{before}"%"{after}"'.replace('""', "")
        plus = "+" if self.plus else ""
        parts = [f"{plus}{number}{quoted}", f"−{number}{quoted}", f"{number}{quoted}"]
        return ";".join(parts)

    def agrees(self, value: float, text: str, language: str) -> bool:
        """Tell whether a value written by this code is the text of the slide."""
        read = _read(text, language)
        if read is None:
            return False
        number, decimals, suffix, plus = read
        step = Decimal(1).scaleb(-self.decimals)
        shown = (Decimal(repr(value)) * self.times).quantize(step, rounding=ROUND_HALF_UP)
        # Halves may have been rounded the other way.
        same = abs(shown - number) <= (step if _is_half(value, self) else 0)
        return same and decimals == self.decimals and suffix == self.suffix and plus == (self.plus and number > 0)


def _is_half(value: float, code: NumberCode) -> bool:
    scaled = (Decimal(repr(value)) * code.times).scaleb(code.decimals) % 1
    return abs(abs(scaled) - Decimal("0.5")) < Decimal("1e-6")


def number_code(pairs: Iterable[tuple[float | None, str]], language: str) -> NumberCode | None:
    """Give the code that most values are written by, or None where no text is a number.

    Parameters
    ----------
    pairs
        Values, and how each is written on the slide.
    language
        The language of the texts, which decides what is a decimal mark.
    """
    found: Counter[tuple[int, str]] = Counter()
    pluses, times = False, Counter[int]()
    for value, text in pairs:
        read = None if value is None or not math.isfinite(value) else _read(text, language)
        if read is None or value is None:
            continue
        number, decimals, suffix, plus = read
        found[decimals, suffix] += 1
        pluses = pluses or plus
        if value and number:
            times[100 if "%" in suffix and round(math.log10(abs(float(number) / value))) == 2 else 1] += 1
    if not found:
        return None
    [((decimals, suffix), _)] = found.most_common(1)
    return NumberCode(decimals, suffix, pluses, times.most_common(1)[0][0] if times else 1)


def _read(text: str, language: str) -> tuple[Decimal, int, str, bool] | None:
    """Give the number that a text begins with, its decimals, what follows, and whether it has a plus."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    sign, digits, suffix = found.groups()
    thousands, mark = _MARKS.get(language, _MARKS["en"])
    for space in (*_SPACES, thousands):
        digits = digits.replace(space, "")
    whole, _, decimals = digits.partition(mark)
    if not whole.isdecimal() or (decimals and not decimals.isdecimal()):
        return None
    number = Decimal(f"{whole}.{decimals or 0}")
    return (number if sign in ("", "+") else -number), len(decimals), suffix, sign == "+"
