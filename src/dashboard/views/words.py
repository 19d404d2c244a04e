"""Small grammar: genitives, lists and words for how many times."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dashboard.i18n import Translator


def genitive(name: str, language: str) -> str:
    """Give a name's genitive: Trollhättans, Borås; in English Trollhättan’s, Borås’.

    Swedish names that end in s, x or z get no further s.
    """
    sibilant = name[-1:].lower() in {"s", "x", "z"}
    if language == "sv":
        return name if sibilant else f"{name}s"
    return f"{name}’" if sibilant else f"{name}’s"


def lower_first(text: str) -> str:
    """Give a text with a small first letter, to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Give a text with a capital first letter, to begin a sentence or stand alone."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str], t: Translator) -> str:
    """Join names as a sentence does: “a”, “a och b”, “a, b och c”."""
    if len(names) < 2:
        return "".join(names)
    return t("words.and", first=", ".join(names[:-1]), last=names[-1])


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Give names that are all different, for lists to choose from: the second “Torget” becomes “Torget (2)”.

    Streamlit tells what was chosen by its text: of two with one text, the first would be taken for both.
    """
    found: dict[str, str] = {}
    for key, name in names.items():
        label, number, taken = name, 1, set(found.values())
        while label in taken:
            number += 1
            label = f"{name} ({number})"
        found[key] = label
    return found


def sentence(*parts: str) -> str:
    """Put sentences after each other, leaving out the empty ones."""
    return " ".join(part for part in parts if part)


def plain_markup(text: str) -> str:
    """Give a text so that Streamlit's labels show it as it is written."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))
