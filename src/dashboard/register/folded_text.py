"""A text in one plain writing, with the way back to where each sign stood in the text that was written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

# More marks on one letter than any language needs; putting thousands in order would take long.
_MOST_MARKS = 8
_KEYCAP = "\u20e3"


@dataclass(frozen=True)
class FoldedText:
    """A text in one plain writing.

    Attributes
    ----------
    text
        Digits are 0–9, dashes are `-`, spaces are one kind, wide letters are narrow, invisible signs are gone.
    starts, ends
        Where each sign of `text` begins and ends in the text as it was written.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give where a part of the folded text stands in the text as it was written."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> FoldedText:
    """Write a text plainly, so that one pattern finds all writings of the same thing."""
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and end - at <= _MOST_MARKS and unicodedata.category(text[end]).startswith("M"):
            end += 1
        for sign in unicodedata.normalize("NFKC", text[at:end]):
            if plain := _plain(sign):
                signs.append(plain)
                starts.append(at)
                ends.append(end)
        at = end
    return FoldedText("".join(signs), tuple(starts), tuple(ends))


def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Pd" or sign == "\u2212":
        return "-"
    if category == "Zs" or sign == "\t":
        return " "
    invisible = category in {"Cf", "Cs"} or sign == _KEYCAP or "\ufe00" <= sign <= "\ufe0f"
    return "" if invisible else sign
