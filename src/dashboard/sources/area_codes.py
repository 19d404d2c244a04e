"""SCB's area codes and their vintages.

SCB re-cut DeSO and RegSO on 2025-01-01. In its API a code of the new division is written ``1488C1070_DeSO2025``
or ``1488R007_RegSO2025`` and carries figures from 2024; an older one has no suffix and carries figures until
2023. Here every code carries its vintage, the older ones too (``1488C1070_DeSO2018``), so that two vintages can
never be joined by mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Level = Literal["deso", "regso", "municipality"]

FIRST_YEAR_OF_2025_DIVISION = 2024

_CODE = re.compile(r"(?P<code>\d{4}(?P<kind>[ABC])\d{4}|\d{4}R\d{3}|\d{4})(?P<suffix>_DeSO\d{4}|_RegSO\d{4})?")
_SUFFIX = {
    ("deso", True): "_DeSO2025",
    ("deso", False): "_DeSO2018",
    ("regso", True): "_RegSO2025",
    ("regso", False): "_RegSO2020",
}


@dataclass(frozen=True, slots=True)
class AreaCode:
    """An area code taken apart."""

    full: str
    code: str
    level: Level
    vintage: int | None
    municipality: str
    kind: str | None


def parse_area_code(text: str) -> AreaCode:
    """Take an area code apart; one without a suffix is read as the 2025 division.

    Raises
    ------
    ValueError
        When the text is not a municipality, DeSO or RegSO code.
    """
    match = _CODE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"“{text}” is not a municipality, DeSO or RegSO code")
    code, kind, suffix = match["code"], match["kind"], match["suffix"]
    level: Level = "deso" if kind else "regso" if "R" in code else "municipality"
    if level == "municipality":
        if suffix:
            raise ValueError(f"“{text}” is a municipality code and has no division")
        return AreaCode(code, code, level, None, code, None)
    full = code + (suffix or _SUFFIX[level, True])
    if (level == "deso") != full.partition("_")[2].startswith("DeSO"):
        raise ValueError(f"“{text}” mixes a {level} code with the suffix of the other level")
    return AreaCode(full, code, level, int(full[-4:]), code[:4], kind)


def existed(area: AreaCode, year: int) -> bool:
    """Tell whether SCB has figures of a year under an area's division.

    Asked for a year in which a code did not exist, SCB's API answers 0, not "missing".
    """
    if area.vintage is None:
        return True
    return (year >= FIRST_YEAR_OF_2025_DIVISION) == (area.vintage == 2025)


def under_the_division_of(area: AreaCode, year: int) -> AreaCode:
    """Give the code under which SCB publishes the area's figures of a year."""
    if area.level == "municipality":
        return area
    return parse_area_code(area.code + _SUFFIX[area.level, year >= FIRST_YEAR_OF_2025_DIVISION])
