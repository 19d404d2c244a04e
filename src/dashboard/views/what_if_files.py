"""What files of scenarios are called: after the place they are seen from and the day they were made."""

from __future__ import annotations

import datetime as dt
import re


def file_name(content: str, place_id: str) -> str:
    """Give a file's name without ending: “scenario-kronogards-torg-2026-11-25”.

    Parameters
    ----------
    content
        What the file holds, such as ``scenario``.
    place_id
        The place that the scenario is seen from.
    """
    place = re.sub(r"[^a-z0-9]+", "-", place_id.lower()).strip("-")
    return "-".join(part for part in (content, place, today()) if part)


def today() -> str:
    """Give the day, as in files: “2026-11-25”."""
    return dt.datetime.now(tz=dt.UTC).date().isoformat()
