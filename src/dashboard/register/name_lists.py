"""First names and surnames of people who may live in a Swedish city: Faker's lists, with their words left out.

Faker takes 15 MB, so that it is imported once a text is looked at and not before.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType

from dashboard.register.personal_words import one_of, words_of

_ALSO_WORDS = words_of("also_words")
_NO_SURNAMES = words_of("no_surnames")
_SURNAME_ENDS = re.compile(rf".{{2,}}(?:{one_of('surname_ends')})")


@cache
def first_names() -> frozenset[str]:
    """Give first names in Latin letters, small."""
    # The most frequent names in Sweden, and lists of countries and languages that many have come from.
    from faker.providers.person import (
        de_DE,
        en_KE,
        en_PK,
        fi_FI,
        fr_DZ,
        ha_NG,
        hr_HR,
        pl_PL,
        sl_SI,
        sv_SE,
        tr_TR,
    )

    lists = (sv_SE, fi_FI, hr_HR, sl_SI, tr_TR, pl_PL, de_DE, fr_DZ, en_PK, en_KE, ha_NG)
    return frozenset(name for name in _read(lists, "first_name") if len(name) > 1)


@cache
def surnames() -> frozenset[str]:
    """Give surnames in Latin letters, small."""
    from faker.providers.person import fr_DZ, hr_HR, sv_SE

    return frozenset(name for name in _read((sv_SE, hr_HR, fr_DZ), "last_name") if len(name) > 2)


@cache
def names_in_arabic_script() -> frozenset[str]:
    """Give first names and surnames in Arabic script."""
    from faker.providers.person import ar_AA, fa_IR

    return frozenset(_read((ar_AA, fa_IR), "first_name") | _read((ar_AA, fa_IR), "last_name"))


def is_surname(word: str) -> bool:
    """Whether a word (small letters) is a surname and hardly anything else."""
    if word in _ALSO_WORDS or word in _NO_SURNAMES:
        return False
    return word in surnames() or bool(_SURNAME_ENDS.fullmatch(word))


def is_first_name(word: str) -> bool:
    """Whether a word (small letters) is a first name and hardly anything else; Anna-Karin is two of them."""
    parts = word.split("-")
    return all(part in first_names() for part in parts) and word not in _ALSO_WORDS


def _read(lists: tuple[ModuleType, ...], what: str) -> set[str]:
    """Give the names of some lists, small. The lists alone are read, not the generator of made-up people."""
    names: set[str] = set()
    for module in lists:
        for attribute, values in vars(module.Provider).items():
            if attribute.startswith(what) and isinstance(values, tuple | list | dict):
                names.update(str(value).lower() for value in values)
    return names
