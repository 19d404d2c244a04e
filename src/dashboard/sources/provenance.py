"""Notes in the catalogue which files each source was read from, with a fingerprint that shows any later change."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import yaml

from dashboard.file_swap import file_swapped_in


def write_provenance(files: dict[str, list[Path]], rows: dict[str, int], catalogue: Path, folder: Path) -> None:
    """Write name, SHA-256 and rows of the files that each source was read from into its catalogue entry."""
    folder.mkdir(parents=True)
    for entry in sorted(catalogue.glob("*.yaml")):
        content = yaml.safe_load(entry.read_text("utf-8"))
        content["files"] = [_fingerprint(path, rows[path.name]) for path in files.get(entry.stem, [])]
        if content["files"]:
            content["access_date"] = dt.datetime.now(dt.UTC).date().isoformat()
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
        (folder / entry.name).write_text(text, "utf-8")


def note_file(entry: Path, name: str, sha256: str, rows: int) -> None:
    """Write into one catalogue entry which one file it is read from now; written beside, swapped in."""
    content = yaml.safe_load(entry.read_text("utf-8"))
    content["files"] = [{"name": name, "sha256": sha256, "rows": rows}]
    content["access_date"] = dt.datetime.now(dt.UTC).date().isoformat()
    with file_swapped_in(entry) as new:
        new.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100), "utf-8")


def _fingerprint(path: Path, rows: int) -> dict[str, object]:
    return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "rows": rows}
