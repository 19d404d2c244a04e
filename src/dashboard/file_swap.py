"""Puts a whole new file in the place of an old one, so that nobody ever reads half of it."""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

#: Longer than any writing pauses: a new file that has not grown since was left behind by a process that was killed.
SECONDS_A_NEW_FILE_MAY_STAND = 600


@contextmanager
def file_swapped_in(file: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a path to write to; when the block ends without an error, what is there takes the place of the old file.

    What was written reaches the disk first: no loss of power leaves an empty file under the name. A check of it
    belongs into the block.

    Parameters
    ----------
    file
        The file to replace; it need not exist, its folder must.
    private
        Whether nobody else on the machine may read it, also while it is written; else it is as any new file.

    Yields
    ------
    An empty file beside it. Its name begins with a dot: readers of data pass it by. When the block fails, the old file
    stands as it was and the new one is gone.
    """
    prefix = f".new-{file.name}-"
    _tidy_up(file.parent, prefix)
    # A name of its own: two that write at once do not write into each other's file.
    new = file.with_name(prefix + uuid4().hex[:12])
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600 if private else 0o666))
        yield new
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _tidy_up(folder: Path, prefix: str) -> None:
    """Remove what killed processes left."""
    for left in folder.glob(f"{glob.escape(prefix)}*"):
        # Another writer may take it away, or swap its own in, while this one looks.
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < time.time() - SECONDS_A_NEW_FILE_MAY_STAND:
                left.unlink()
