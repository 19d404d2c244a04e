"""Finds what leads to a person without being a number or a name: mail, profiles, street addresses, number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.register.folded_text import FoldedText
from dashboard.register.personal_words import one_of

_TOP_DOMAINS = "se|com|nu|org|net|eu|info|io|no|fi|dk|de|uk|me|biz|dev|app|edu|gov|ba|hr|so|iq|sy|ir|tr|pl"
_LOCAL = r"(?<![\w.+%-])[\w+%-][\w.+%-]*+"
_DOT = r"(?:\.| {0,2}[(\[{] ?(?:dot|punkt|\.) ?[)\]}] {0,2}| {1,2}(?:dot|punkt|\.) {1,2})"
_DOMAIN = rf"[\w-]++(?:{_DOT}[\w-]++)*?"
_AT_SPELT = r"(?: {0,2}[(\[{] ?(?:at|a|@|snabel-?a) ?[)\]}] {0,2}| {1,2}(?:at|snabel-?a|@) {1,2}| {1,2}@| ?@ {1,2})"
_MAILS = (
    re.compile(rf"{_LOCAL}@(?=[\w.-]*[^\W\d_])[\w-]++(?:\.[\w-]++)*+"),
    re.compile(rf"{_LOCAL}{_AT_SPELT}{_DOMAIN}{_DOT}(?:{_TOP_DOMAINS})\b", re.IGNORECASE),
)
_SITES = (
    r"(?:facebook|fb|instagram|linkedin|tiktok|snapchat|twitter|threads|youtube|vk|github|discord)\.(?:com|net|gg)"
    r"|(?:x\.com|t\.me|wa\.me|m\.me|youtu\.be)"
)
_PROFILES = (
    re.compile(rf"(?<![\w.-])(?:https?://)?(?:[a-z-]{{1,12}}\.)?(?:{_SITES})/[^\s<>\"]+", re.IGNORECASE),
    re.compile(r"(?<![\w.@/])@(?=[\w.]{0,29}[^\W\d_])[\w.]{1,29}\w"),
    re.compile(
        r"\b(?:insta(?:gram)?|snap(?:chat)?|tiktok|facebook|discord|telegram|kik)(?: ?[:=] ?| heter )"
        r"(?=[\w.]{0,29}[0-9_.]\w)[\w.]{2,29}\w",
        re.IGNORECASE,
    ),
)
_CAPITALS = r"A-Z\u00c0-\u00d6\u00d8-\u00de"
_STREET_ENDS = one_of("street_ends")
# What a number behind a street then counts is no house.
_NO_HOUSE = rf"(?! ?(?:[%:°]|{one_of('counted')}|(?:m|st|hus)\b))"
_HOUSE = rf"[0-9]{{1,3}}(?![0-9.,]*[0-9]) ?(?:[A-Za-z](?![^\W_]))?(?!-?[^\W\d_]){_NO_HOUSE}"
_FLAT = rf"(?:{one_of('flats')})\.? ?(?:nr\.? ?)?[0-9]{{1,4}}\b"
_NO_STREET = rf"(?!(?:{one_of('kinds_of_ways')})(?:{one_of('ways')}))"
_ADDRESSES = (
    re.compile(rf"\b{_NO_STREET}[^\W\d_]{{3,40}}?(?:{_STREET_ENDS}) {{1,2}}{_HOUSE}(?:,? {_FLAT})?", re.IGNORECASE),
    re.compile(rf"\b(?:[{_CAPITALS}][^\W\d_]{{1,30}} ){{1,3}}(?i:{one_of('street_words')}) {_HOUSE}(?:,? {_FLAT})?"),
    re.compile(rf"\b{_FLAT}", re.IGNORECASE),
)
# Letters that number plates have; the last sign may be a letter since 2019.
_PLATE_LETTERS = "A-HJ-PR-UW-Z"
_PLATE = re.compile(
    rf"(?<![\w-])[{_PLATE_LETTERS}]{{3}} ?[0-9]{{2}}[0-9A-HJ-NPR-UW-Z](?![\w-])(?! ?(?:[%:/]|[{_CAPITALS}]{{3}}))"
)
_NO_PLATES = frozenset({"SCB", "BUP", "LSS", "SFS", "TAB", "DEL", "LED", "KOM", "ALL", "RUM", "PLC", "SOS", "GDPR"})
_CAPITALS_BEFORE = re.compile(rf"[{_CAPITALS}]{{2,}} $")


def find_contacts(folded: FoldedText) -> Iterator[tuple[str, int, int]]:
    """Give kind, start and end (in the folded text) of each mail address, profile, street address and number plate."""
    text = folded.text
    for kind, patterns in (("email", _MAILS), ("profile", _PROFILES), ("address", _ADDRESSES)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield kind, match.start(), match.start() + len(match[0].rstrip(" .,;:!?)"))
    for match in _PLATE.finditer(text):
        # In a sentence of capitals, “DET 300” is no plate.
        before = text[max(0, match.start() - 12) : match.start()]
        if match[0][:3] not in _NO_PLATES and not _CAPITALS_BEFORE.search(before):
            yield "registration_plate", match.start(), match.end()
