"""Lets one update at a time work on a data folder."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.update.faults import UpdateError

#: Its name begins with a dot: whatever reads the data folder passes it by.
LOCK = ".update.lock"


@contextmanager
def only_update(data_folder: Path) -> Iterator[None]:
    """Hold the data folder for one update.

    The lock is the operating system's, so a process that is killed leaves none behind; what stands in the file tells
    the next one who holds it.

    Raises
    ------
    UpdateError
        When another update is under way, with its process and when it began.
    """
    file = data_folder / LOCK
    # Not truncated before the lock is held: what the other one wrote is the message.
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o644), "r+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = lock.read().strip() or "one that just began"
            raise UpdateError(
                f"Another update is under way ({holder}): wait until it has ended. Nothing was changed."
            ) from None
        lock.truncate()
        lock.write(f"process {os.getpid()}, since {dt.datetime.now().astimezone():%Y-%m-%d %H:%M}")
        lock.flush()
        yield
        lock.seek(0)
        lock.truncate()
