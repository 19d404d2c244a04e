"""Puts the new parts of the data folder in the place of the old ones, all or none."""

from __future__ import annotations

import shutil
from pathlib import Path


def swap(new: Path, data_folder: Path) -> None:
    """Put the new parts in the place of the old ones; the old ones come back if that fails half-way."""
    parts = {
        new / "observations": data_folder / "observations",
        new / "areas": data_folder / "areas",
        new / "places": data_folder / "places",
        new / "sources": data_folder / "catalogue" / "sources",
        new / "bundle.yaml": data_folder / "bundle.yaml",
    }
    kept = new / "old"
    kept.mkdir()
    moved: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    try:
        for fresh, place in parts.items():
            if place.exists():
                place.rename(kept / place.name)
                moved.append((kept / place.name, place))
            if fresh.exists():
                fresh.rename(place)
                placed.append(place)
    except OSError:
        for place in placed:
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink()
        for old, place in reversed(moved):
            old.replace(place)
        raise
