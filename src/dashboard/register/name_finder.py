"""Finds what looks like names of people. A name cannot be told for certain from a word, so whoever wrote it is asked.

A word is taken for a name by what it is (a first name, a surname), by what stands before it (“min granne …”, “heter …”)
or beside it (“A. Svensson”). Words of places after it take that back: “Maria plan”, “Erik Dahlbergsgatan”.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from dashboard.register.folded_text import FoldedText
from dashboard.register.name_lists import first_names, is_first_name, is_surname, names_in_arabic_script
from dashboard.register.personal_words import one_of, words_of

_ALSO_WORDS = words_of("also_words")
_NO_NAMES_ALONE = words_of("no_names_alone")
_PEOPLE = words_of("people")
_IS_CALLED = words_of("is_called")
_NO_PEOPLE = words_of("no_people")
_GREETINGS = words_of("greetings")
_PARTICLES = words_of("particles")
_PLACE_WORDS = words_of("place_words")
_IS_CALLED_IN_ARABIC = words_of("is_called_in_arabic")
_PEOPLE_IN_ARABIC = words_of("people_in_arabic")
_BEING = words_of("being")
_ME = words_of("me")
_WORD = re.compile(r"[^\W\d_]++(?:['’-][^\W\d_]++)*+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_PLACE_ENDS = re.compile(rf".+(?:{one_of('place_ends')})s?")
_MOST_WORDS_OF_A_NAME = 4
_SENTENCE_ENDS = frozenset('.!?:\n•*"”“»(')


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    #: What stands between the word before and this one.
    gap: str
    first: bool

    @property
    def small(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and not (len(self.text) > 3 and self.text.isupper())

    @property
    def bare(self) -> str:
        """The word without the s of possession."""
        if self.small in _ALSO_WORDS or is_first_name(self.small) or is_surname(self.small):
            return self.small
        # Swedish names that end with s take no other: “Lars bil”, and “Klass” is none of Klas.
        return self.small.removesuffix("s") if not self.small.endswith("ss") else self.small

    @property
    def place(self) -> bool:
        return self.small in _PLACE_WORDS or bool(_PLACE_ENDS.fullmatch(self.small))


def find_names(folded: FoldedText, known: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Give kind, start and end (in the folded text) of what looks like a name of a person."""
    text = folded.text
    words = list(_words(text))
    free = _free_of_known(text, words, known)
    at = 0
    while at < len(words):
        count = _length_of_name(words, free, at)
        if count:
            yield "name", words[at].start, words[at + count - 1].end
        at += count or 1


def _words(text: str) -> Iterator[_Word]:
    end = 0
    for match in _WORD.finditer(text):
        yield _Word(match[0], match.start(), match.end(), text[end : match.start()], first=not end)
        end = match.end()


def _free_of_known(text: str, words: list[_Word], known: Collection[str]) -> list[bool]:
    """Whether each word stands outside of every known name, which may have several words."""
    alternatives = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True) if name.strip())
    if not alternatives:
        return [True] * len(words)
    within = bytearray(len(text))
    for match in re.finditer(rf"\b(?:{alternatives})(?:s|bo|borna)?\b", text, re.IGNORECASE):
        within[match.start() : match.end()] = b"\1" * len(match[0])
    return [not within[word.start] for word in words]


def _length_of_name(words: list[_Word], free: list[bool], at: int) -> int:
    """Give of how many words the name is that begins here; 0 when none does."""
    word = words[at]
    if not free[at]:
        return 0
    if _ARABIC.match(word.text):
        return _length_in_arabic(words, at)
    if not word.capital:
        # Written small, a name is told only by what stands before it.
        return int(_introduced(words, at) and is_first_name(word.bare) and len(word.text) > 2)
    count = _length_of_capitals(words, free, at)
    if _leads_to_place(words, at, count):
        return 0
    if _is_name(words, at, count):
        return count
    return 0


def _length_of_capitals(words: list[_Word], free: list[bool], at: int) -> int:
    """Give how many words with a capital follow, small words of nobility and origin between them included."""
    count = 1
    while count < _MOST_WORDS_OF_A_NAME and at + count < len(words):
        word = words[at + count]
        if word.gap != " " and not (word.gap == ". " and len(words[at + count - 1].text) == 1):
            break
        particle = word.text in _PARTICLES and at + count + 1 < len(words) and words[at + count + 1].capital
        if not (free[at + count] and (word.capital or particle)):
            break
        count += 1
    while count > 1 and words[at + count - 1].text in _PARTICLES:
        count -= 1
    return count


def _leads_to_place(words: list[_Word], at: int, count: int) -> bool:
    after = words[at + count] if at + count < len(words) else None
    # A first word that is a way or a place by itself, Stig or Strand, is a name as well.
    places = [
        words[at].small not in _PLACE_WORDS and words[at].place,
        *(word.place for word in words[at + 1 : at + count]),
    ]
    return any(places) or (
        after is not None and after.gap in {" ", "-"} and (after.small in _PLACE_WORDS or after.gap == "-")
    )


def _is_name(words: list[_Word], at: int, count: int) -> bool:
    word = words[at]
    if is_first_name(word.bare) or _introduced(words, at):
        return True
    others = words[at + 1 : at + count]
    if others and is_surname(others[-1].bare):
        initial = len(word.text) == 1
        return initial or not _begins_sentence(word) or word.small in first_names()
    if others and word.small in first_names() and is_first_name(others[0].bare):
        return True
    if not others and is_surname(word.bare):
        return word.bare.endswith("sson") or not _begins_sentence(word)
    # “Björn” within a sentence; at its beginning it may be the bear.
    return word.small in first_names() and not _begins_sentence(word) and word.small not in _NO_NAMES_ALONE


def _begins_sentence(word: _Word) -> bool:
    before = word.gap.rstrip(" ")
    return word.first or (bool(before) and before[-1] in _SENTENCE_ENDS)


def _introduced(words: list[_Word], at: int) -> bool:
    """Whether the words before say that a name of a person follows."""
    if not at or len(words[at].text) < 2:
        return False
    word, before = words[at], words[at - 1]
    if before.small in _GREETINGS:
        return word.gap.strip() in {"", ",", "."}
    if word.gap not in {" ", ": ", ". "} or (word.gap == ". " and before.small not in {"dr", "mr", "mrs", "ms"}):
        return False
    if before.small in _IS_CALLED:
        subject = words[max(0, at - 4) : at - 1]
        person = any(one.small in _PEOPLE for one in subject)
        return person or not any(one.small in _NO_PEOPLE or one.place for one in subject)
    if before.small in _PEOPLE:
        return word.small not in _NO_PEOPLE
    me = before.small in _BEING and at > 1 and words[at - 2].small in _ME
    return me and word.small in first_names()


def _length_in_arabic(words: list[_Word], at: int) -> int:
    names = names_in_arabic_script()
    before = words[at - 1].text if at else ""
    if before not in _IS_CALLED_IN_ARABIC and words[at].text not in names:
        return 0
    count = 1
    while count < _MOST_WORDS_OF_A_NAME and at + count < len(words) and words[at + count].text in names:
        count += 1
    return count if count > 1 or before in _IS_CALLED_IN_ARABIC | _PEOPLE_IN_ARABIC else 0
