"""Puts the parts of a new data folder in the place of the old ones, and undoes it when it was cut off half-way."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".update-"
JOURNAL = "journal.json"


@contextmanager
def workshop(data_folder: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk as the data folder; it is gone in the end.

    What an update that was killed left is put right first: call it with the lock held.
    """
    for left in data_folder.parent.glob(f"{PREFIX}{data_folder.name}-*"):
        undo(left, data_folder)
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=data_folder.parent, prefix=f"{PREFIX}{data_folder.name}-") as name:
        yield Path(name)


def swap(new: Path, parts: Sequence[str], data_folder: Path, shop: Path) -> None:
    """Put parts of a new folder in the place of the old ones, all or none.

    Parameters
    ----------
    new
        The new folder.
    parts
        Files or folders in it, such as ``observations`` or ``catalogue/sources``; one that the new folder lacks is
        taken away.
    data_folder
        The folder to put them into.
    shop
        The workshop: what is taken out stays there until all is done. A process that is killed on the way leaves a
        journal, by which ``undo`` puts everything back.

    Raises
    ------
    OSError
        When the disk refuses; everything is as it was then.
    """
    had = [part for part in parts if (data_folder / part).exists()]
    _write_journal(shop, list(parts), had)
    try:
        for part in parts:
            old, place = shop / "old" / part, data_folder / part
            if place.exists():
                old.parent.mkdir(parents=True, exist_ok=True)
                place.rename(old)
            if (new / part).exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                (new / part).rename(place)
    except BaseException:
        undo(shop, data_folder)
        raise
    (shop / JOURNAL).unlink()


def undo(shop: Path, data_folder: Path) -> None:
    """Put back what a swap that did not come to its end has taken out; nothing when none was begun."""
    try:
        journal = json.loads((shop / JOURNAL).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        # Without a journal no part was touched: it is written, whole, before the first one.
        return
    for part in journal["parts"]:
        old, place = shop / "old" / part, data_folder / part
        if old.exists():
            _remove(place)
            old.rename(place)
        elif part not in journal["had"]:
            _remove(place)
    (shop / JOURNAL).unlink()


def _write_journal(shop: Path, parts: list[str], had: list[str]) -> None:
    beside = shop / f".{JOURNAL}"
    with beside.open("w", encoding="utf-8") as file:
        json.dump({"parts": parts, "had": had}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(shop / JOURNAL)


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
