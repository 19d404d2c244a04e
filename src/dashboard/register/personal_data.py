"""Finds personal data in a text that somebody is about to give, so that they can take it out before it is stored.

What leads straight to a person must go. What may be a person's name, or where somebody lives, is asked about: only
whoever wrote it knows. What is found and what is not: docs/personal_data.md.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dashboard.register.contact_finder import find_contacts
from dashboard.register.folded_text import fold
from dashboard.register.name_finder import find_names
from dashboard.register.number_finder import find_numbers

#: Each kind → whether it must go. Where two overlap, the one further up is told of.
KINDS = {
    "email": True,
    "profile": True,
    "personal_identity_number": True,
    "phone": True,
    "address": False,
    "registration_plate": False,
    "name": False,
}


@dataclass(frozen=True)
class Found:
    """Something in a text that may lead to a person.

    Attributes
    ----------
    kind
        One of `KINDS`; the text `personal_data.kind_<kind>` says it in words.
    start, end
        Where it stands in the text.
    text
        What stands there, as it was written.
    """

    kind: str
    start: int
    end: int
    text: str

    @property
    def must_go(self) -> bool:
        """Whether a text with it is never stored; otherwise whoever wrote it says whether it is a person."""
        return KINDS[self.kind]


def find_personal_data(text: str, known: Collection[str] = ()) -> tuple[Found, ...]:
    """Find what leads to a person, in the order of the text; no two overlap.

    Parameters
    ----------
    text
        What somebody wrote, in any language and any writing of digits and signs.
    known
        Names of places and areas, which are never taken for names of people.
    """
    folded = fold(text)
    found = [*find_contacts(folded), *find_numbers(folded), *find_names(folded, known)]
    order = list(KINDS)
    taken = bytearray(len(folded.text))
    chosen: list[Found] = []
    for kind, first, last in sorted(found, key=lambda one: (order.index(one[0]), one[1], -one[2])):
        if any(taken[first:last]):
            continue
        taken[first:last] = b"\1" * (last - first)
        start, end = folded.span(first, last)
        chosen.append(Found(kind, start, end, text[start:end]))
    return tuple(sorted(chosen, key=lambda one: one.start))
