"""The words of ``dashboard update``: what they may be, and what they ask for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.update.faults import UpdateError

CODE = re.compile(r"[0-9]{4}")
#: One year, or the first and the last of several.
YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
#: In the order in which they are asked: who knows where the areas lie comes before those who have to know it.
SOURCES = ("scb-geo", "scb", "kolada", "skolverket", "openstreetmap")


@dataclass(frozen=True)
class Asked:
    """The words of the command.

    Attributes
    ----------
    municipality
        Code of the home municipality.
    sources
        Which publishers; none is all.
    years, peers
        As ``Wanted`` has them; None of ``peers`` leaves the choice to the data, or to Kolada.
    without
        Tables of SCB's that stay as they are.
    geopackage, pbf, key
        Files that somebody downloaded, instead of asking a service.
    trial
        Whether nothing is put in.
    """

    municipality: str
    sources: Sequence[str] = ()
    years: frozenset[int] | None = None
    peers: tuple[str, ...] | None = None
    without: Sequence[str] = ()
    geopackage: Path | None = None
    pbf: Path | None = None
    key: Path | None = None
    trial: bool = False


def years_in(text: str | None) -> frozenset[int] | None:
    """Read the years of ``--years``: single ones and spans, with commas between them; None is all.

    Raises
    ------
    UpdateError
        When a part is neither a year nor a span.
    """
    if text is None:
        return None
    years: set[int] = set()
    for part in text.split(","):
        span = YEARS.fullmatch(part.strip())
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (1, 0)
        if last < first:
            raise UpdateError(f"“{part.strip()}” is no year and no span of years: write for example 2015-2023,2025.")
        years |= set(range(first, last + 1))
    return frozenset(years)


def codes_in(text: str | None) -> tuple[str, ...] | None:
    """Read the codes of ``--peers``; None when nothing was said, no codes when it is empty.

    Raises
    ------
    UpdateError
        When a part has not four digits.
    """
    if text is None:
        return None
    codes = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if wrong := [code for code in codes if not CODE.fullmatch(code)]:
        raise UpdateError(f"“{wrong[0]}” is no municipality code: it has four digits, for example 1487.")
    return codes
