"""Finds phone numbers and Swedish personal identity numbers among the digits of a text.

A text is cut into groups of digits; every run of a few groups is looked at as a whole, so that no number of spaces,
dashes or brackets between digits hides one, and the time that it takes grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from personnummer import personnummer

from dashboard.register.folded_text import FoldedText
from dashboard.register.personal_words import one_of

# The longest international number has fifteen digits.
_MOST_DIGITS = 15
# The shortest number of a subscriber, without its area code.
_FEWEST_DIGITS = 6
# Room for a dash between spelt-out digits.
_MOST_BETWEEN = 7
_BETWEEN = frozenset(" -+./()")
_GROUP = re.compile(r"[0-9]++")
# The four last signs of a number for somebody who has none yet: a letter stands for the first digit.
_INTERIM = re.compile(r"(?<![0-9])(?:[0-9]{2})?([0-9]{6}) ?[-+]? ?[TRSUWXJKLMN][0-9]{3}(?![0-9])", re.IGNORECASE)
_DAYS_AND_TIMES = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}[-./](?:0[1-9]|1[0-2])[-./][0-3][0-9]"
    r"|[0-3]?[0-9][-./ ](?:0?[1-9]|1[0-2])[-./ ](?:19|20)[0-9]{2}"
    r"|[0-2][0-9]\.[0-5][0-9])(?![0-9])"
)
_UNIT_AFTER = re.compile(rf" ?(?:%|‰|°|(?:{one_of('units')})\b)", re.IGNORECASE)
_PHONE_BEFORE = re.compile(rf"\b(?:{one_of('phones')})(?:[ .:]+(?:{one_of('on_phones')}))*+[ .:]*$", re.IGNORECASE)
_SEEN_BEFORE = 60
_SPELT = re.compile(rf"\b(?:noll|nolla|zero)(?:[ ,-]{{1,2}}(?:{one_of('digits')})\b){{5,}}+", re.IGNORECASE)
_FIRST_OF_THE_LAST_FOUR = {10: 6, 12: 8}


@dataclass(frozen=True)
class _Run:
    """Some groups of digits that follow upon one another."""

    text: str
    groups: tuple[tuple[int, int], ...]
    count: int

    @property
    def start(self) -> int:
        return self.groups[0][0]

    @property
    def end(self) -> int:
        return self.groups[-1][1]

    @property
    def digits(self) -> str:
        return "".join(self.text[start:end] for start, end in self.groups)

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(end - start for start, end in self.groups)

    @property
    def between(self) -> tuple[str, ...]:
        return tuple(
            self.text[end:start].strip() for (_, end), (start, _) in zip(self.groups, self.groups[1:], strict=False)
        )

    @property
    def single(self) -> bool:
        """Each digit stands alone."""
        return len(self.groups) > 1 and set(self.lengths) == {1}

    @property
    def thousands(self) -> bool:
        """It is written as a large amount: 1 650 000."""
        return len(self.groups) > 1 and set(self.lengths[1:]) == {3} and set(self.between) <= {"", "."}


def find_numbers(folded: FoldedText) -> Iterator[tuple[str, int, int]]:
    """Give kind, start and end (in the folded text) of each number that leads to a person."""
    text = folded.text
    taken = bytearray(len(text))
    for match in _INTERIM.finditer(text):
        if _is_day(match[1]):
            taken[match.start() : match.end()] = b"\1" * len(match[0])
            yield "personal_identity_number", match.start(), match.end()
    groups = [match.span() for match in _GROUP.finditer(text)]
    for kind, fits in (
        ("personal_identity_number", _written_as_identity_number),
        ("phone", _is_phone),
        ("personal_identity_number", _hides_identity_number),
    ):
        if kind == "phone":
            groups = _without_days_and_times(text, groups)
        for start, end in _fitting(text, groups, taken, fits):
            taken[start:end] = b"\1" * (end - start)
            yield kind, start, end
    yield from (("phone", match.start(), match.end()) for match in _SPELT.finditer(text))


def _without_days_and_times(text: str, groups: list[tuple[int, int]]) -> list[tuple[int, int]]:
    hidden = bytearray(len(text))
    for match in _DAYS_AND_TIMES.finditer(text):
        hidden[match.start() : match.end()] = b"\1" * len(match[0])
    return [(start, end) for start, end in groups if not hidden[start]]


def _fitting(
    text: str, groups: list[tuple[int, int]], taken: bytearray, fits: Callable[[_Run], bool]
) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(groups):
        runs = [run for run in _runs_from(text, groups, first, taken) if fits(run)]
        if runs:
            longest = runs[-1]
            first += len(longest.groups)
            yield _with_plus(text, longest.start), longest.end
        else:
            first += 1


def _runs_from(text: str, groups: list[tuple[int, int]], first: int, taken: bytearray) -> Iterator[_Run]:
    """Give the runs that begin with a group, shortest first; there are at most as many as a number has digits."""
    chosen: list[tuple[int, int]] = []
    digits = 0
    for start, end in groups[first : first + _MOST_DIGITS]:
        digits += end - start
        if digits > _MOST_DIGITS or taken[start] or (chosen and not _joined(text, chosen[-1][1], start)):
            return
        chosen.append((start, end))
        if digits >= _FEWEST_DIGITS:
            yield _Run(text, tuple(chosen), digits)


def _joined(text: str, end: int, start: int) -> bool:
    return start - end <= _MOST_BETWEEN and set(text[end:start]) <= _BETWEEN


def _with_plus(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] == "+" else start


def _is_day(digits: str) -> bool:
    """Whether YYMMDD can be a day of birth, also that of a coordination number, to whose day 60 is added."""
    month, day = int(digits[2:4]), int(digits[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def _may_be_identity_number(digits: str) -> bool:
    if len(digits) == 12:
        return digits[:2] in {"18", "19", "20"} and _is_day(digits[2:8])
    return len(digits) == 10 and _is_day(digits)


def _written_as_identity_number(run: _Run) -> bool:
    if run.count not in _FIRST_OF_THE_LAST_FOUR:
        return False
    digits = run.digits
    if not _may_be_identity_number(digits):
        return False
    last_four = _FIRST_OF_THE_LAST_FOUR[len(digits)]
    cuts = {sum(run.lengths[:count]) for count in range(1, len(run.groups))}
    if not run.single and any(cut % 2 and cut < last_four for cut in cuts):
        return False
    if personnummer.valid(digits):
        return True
    # A slip of the pen leaves it a number that somebody may be known by.
    if not cuts:
        return len(digits) == 12
    return run.lengths in {(6, 4), (8, 4)} or (run.lengths[-1] == 4 and run.between[-1] in {"-", "+"})


def _hides_identity_number(run: _Run) -> bool:
    if run.count not in _FIRST_OF_THE_LAST_FOUR:
        return False
    digits = run.digits
    return not run.thousands and _may_be_identity_number(digits) and personnummer.valid(digits)


def _is_phone(run: _Run) -> bool:
    international = run.start > 0 and run.text[run.start - 1] == "+"
    if international or run.text.startswith("00", run.start):
        digits = run.digits.removeprefix("00")
        # An amount begins neither with a nought nor with the code of Sweden.
        return _is_international(digits) and (digits.startswith("46") or not _is_amount(run))
    return _is_swedish(run) or (run.count <= 13 and _is_said_to_be_phone(run) and not _is_amount(run))


def _is_amount(run: _Run) -> bool:
    return bool(_UNIT_AFTER.match(run.text, run.end))


def _is_said_to_be_phone(run: _Run) -> bool:
    before = run.text[max(0, run.start - _SEEN_BEFORE) : run.start].rstrip(" .:")
    return before[-1:].isalpha() and bool(_PHONE_BEFORE.search(before))


def _is_international(digits: str) -> bool:
    return 8 <= len(digits) <= _MOST_DIGITS and not digits.startswith("0")


def _is_swedish(run: _Run) -> bool:
    if run.text[run.start] not in "04":
        return False
    digits, lengths, between = run.digits, run.lengths, run.between
    if re.match(r"467[02369]", digits):
        return len(digits) == 11
    if not digits.startswith("0") or not 8 <= len(digits) <= 10:
        return False
    if len(lengths) == 1 or run.single:
        return True
    # Area codes: 08 alone has two digits; all others have three or four.
    area_code = lengths[0] in {3, 4} or (digits.startswith("08") and lengths[0] == 2)
    # 08-10 12-14 are hours: a number has one dash, behind its area code, or dashes only.
    dashes = set(between) == {"-"} or "-" not in between[1:]
    return area_code and min(lengths) >= 2 and dashes
