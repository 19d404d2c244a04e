"""Static files for the screen: named after their content, swapped in, removed when nobody has them on screen."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from dashboard.file_swap import file_swapped_in

# A page that was opened before a new build still asks for the file it was sent.
DAYS_KEPT = 7


def write_screen_file(folder: Path, stem: str, text: str) -> str:
    """Write a file under a name that tells its content, and remove older ones of the same kind.

    Parameters
    ----------
    folder
        Where it goes; made when it is missing.
    stem
        What its name begins with, such as ``1488-network``.
    text
        What is in it.

    Returns
    -------
    The name of the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{stem}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
    if not (folder / name).exists():
        with file_swapped_in(folder / name) as new:
            new.write_text(text, "utf-8")
    _remove_older(folder, stem, name)
    return name


def _remove_older(folder: Path, stem: str, current: str) -> None:
    """Remove what an earlier build wrote and nobody can have on screen any more."""
    limit = time.time() - DAYS_KEPT * 24 * 3600
    for path in folder.glob(f"{stem}-*.json"):
        if path.name != current and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
