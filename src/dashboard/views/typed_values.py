"""Numbers and days as people write them in a field, read without guessing."""

from __future__ import annotations

import re
from datetime import date


def read_whole(text: str) -> int | None:
    """Read a whole number: `1650000`, `1 650 000`, `1.650.000`; None when it is none."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-")
    if re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]{3})+", plain):
        plain = re.sub("[.,]", "", plain)
    return int(plain) if re.fullmatch(r"-?[0-9]{1,15}", plain) else None


def read_money(text: str) -> int | None:
    """Read whole kronor: `1 650 000`, `1650000 kr`, `1 650 000:-`, `1 650 000,00 kronor`; None when it is none."""
    plain = re.sub(r"(?i)(?<=[0-9\s\u00a0\u202f,:-])(kr|kronor|sek|:-)\.?$", "", text.strip()).strip()
    return read_whole(re.sub(r"[.,]0{1,2}$", "", plain))


def read_number(text: str) -> float | None:
    """Read a number with a decimal comma or point: `7,5`, `−1.3`; None when it is none."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-").replace(",", ".")
    return float(plain) if re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,400})?", plain) else None


def read_day(text: str) -> date | None:
    """Read a day: `2026-03-01`, `2026-3-1`, `20260301`; None when there is no such day."""
    found = re.fullmatch(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", text.strip()) or re.fullmatch(
        r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text.strip()
    )
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def read_partial_day(text: str) -> str:
    """Read `2021`, `2021-9` or `2021-09-01` as it is stored; anything else as it is written."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?", text.strip())
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else text.strip()
