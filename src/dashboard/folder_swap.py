"""Puts a whole new folder in the place of an old one, so that nobody ever meets half of it."""

from __future__ import annotations

import glob
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Longer than any writing takes: a workshop that is older was left behind by a process that was killed.
SECONDS_A_WORKSHOP_MAY_STAND = 600


@contextmanager
def swapped_in(folder: Path, workshop: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends without an error, it takes the place of the old one.

    Parameters
    ----------
    folder
        The folder to replace; it need not exist.
    workshop
        Where the new one grows, on the same disk, and where nobody looks for files.

    Yields
    ------
    The folder to fill. When the block or the swap fails, the old folder stands as it was and the new one is gone.
    """
    prefix = f".new-{folder.name}-"
    _tidy_up(folder, workshop, prefix)
    with tempfile.TemporaryDirectory(dir=workshop, prefix=prefix) as name:
        new, old = Path(name) / "new", Path(name) / "old"
        new.mkdir()
        yield new
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
        except BaseException:
            if old.exists() and not folder.exists():
                old.rename(folder)
            raise


def _tidy_up(folder: Path, workshop: Path, prefix: str) -> None:
    """Put back an old folder that a killed process had just taken out, and remove what such processes left."""
    for left in workshop.glob(f"{glob.escape(prefix)}*"):
        if left.stat().st_mtime < time.time() - SECONDS_A_WORKSHOP_MAY_STAND:
            if (left / "old").exists() and not folder.exists():
                (left / "old").rename(folder)
            shutil.rmtree(left, ignore_errors=True)
