"""Reads a key between the areas of 2018 and those of 2025: which old area went into which new one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.sources.area_codes import parse_area_code
from dashboard.sources.tidy import InputError

#: The header of SCB's list of historical changes of DeSO, and a plain one of our own.
HEADERS = (("Tidigare DeSO", "DeSO"), ("old_code", "new_code"))
SHARE = "share"
SHARES_MAY_MISS = 0.01


@dataclass(frozen=True, slots=True)
class Key:
    """What a key tells.

    Attributes
    ----------
    name
        Of the file, for messages.
    shares
        Plain old code → plain new code → share of the old area that went there (0–1), or None where the key does not
        tell how large the parts are. Areas that did not change are not in it.
    """

    name: str
    shares: Mapping[str, Mapping[str, float | None]]

    def targets(self, old: str, known: frozenset[str]) -> Mapping[str, float | None]:
        """Give where an old area went; one that the key does not name is still what it was, if it is there."""
        if old in self.shares:
            return self.shares[old]
        return {old: 1.0} if old in known else {}


def read_key(path: Path) -> Key:
    """Read a key.

    SCB publishes one as a workbook, “Historiska förändringar i DeSO”: a row for each pair of an earlier area and one
    that has some of it now, also of an area that gave something away and kept its code. It is saved as CSV to be read
    here. It tells no shares.

    Parameters
    ----------
    path
        CSV in UTF-8 with commas, semicolons or tabs. Lines above the header are passed over, and so are other columns.
        The header is SCB's (``Tidigare DeSO``, ``DeSO``) or ``old_code``, ``new_code``; ``share`` (0–1) may stand
        beside.

    Raises
    ------
    InputError
        When the file is none of these, has a code that is no DeSO, a pair twice with two shares, or shares of an area
        that do not add up to 1.
    """
    shares: dict[str, dict[str, float | None]] = {}
    for number, old, new, share in _rows(path):
        targets = shares.setdefault(old, {})
        if new in targets and targets[new] != share:
            raise InputError(f"{path.name}, row {number}: {old} to {new} occurs twice with two shares.")
        targets[new] = share
    for old, targets in shares.items():
        known = [share for share in targets.values() if share is not None]
        if known and (len(known) < len(targets) or abs(sum(known) - 1) > SHARES_MAY_MISS):
            raise InputError(f"{path.name}: the shares of {old} do not add up to 1; give all of them or none.")
    return Key(path.name, shares)


def _rows(path: Path) -> Iterator[tuple[int, str, str, float | None]]:
    """Give row number, old code, new code and share of each row below the header."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8 text: save it as CSV in UTF-8.") from error
    header: list[str] | None = None
    columns = ("", "")
    for number, line in enumerate(lines, start=1):
        if header is None:
            header, columns = _header(line)
            continue
        cells = next(csv.reader([line], delimiter=_delimiter(lines[number - 1], header)), [])
        if not any(cell.strip() for cell in cells):
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        where = f"{path.name}, row {number}"
        yield number, _code(row.get(columns[0]), where), _code(row.get(columns[1]), where), _share(row, where)
    if header is None:
        raise InputError(f"{path.name} has no header with {' or '.join(', '.join(pair) for pair in HEADERS)}.")


def _header(line: str) -> tuple[list[str] | None, tuple[str, str]]:
    for delimiter in ",;\t":
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        for pair in HEADERS:
            if set(pair) <= set(cells):
                return cells, pair
    return None, ("", "")


def _delimiter(line: str, header: list[str]) -> str:
    """Give the sign that cuts a row into as many cells as the header has."""
    return max(",;\t", key=lambda sign: -abs(line.count(sign) + 1 - len(header)))


def _code(text: str | None, where: str) -> str:
    try:
        area = parse_area_code(text or "")
    except ValueError as error:
        raise InputError(f"{where}: {error}.") from error
    if area.level != "deso":
        raise InputError(f"{where}: {text} is no DeSO.")
    return area.code


def _share(row: Mapping[str, str], where: str) -> float | None:
    text = row.get(SHARE, "")
    if not text:
        return None
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        raise InputError(f"{where}: the share “{text}” is not a number.") from None
    if not 0 <= share <= 1:
        raise InputError(f"{where}: the share {text} is not between 0 and 1.")
    return share
