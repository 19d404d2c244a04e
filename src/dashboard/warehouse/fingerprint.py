"""What a warehouse was built from, so that one can tell whether it is still the right one."""

from __future__ import annotations

import hashlib
from pathlib import Path

# Raised when tables or queries change, so that a file of an older version is built anew.
LAYOUT = "2"


class BuildError(Exception):
    """The data cannot be built into a warehouse; the old warehouse, if any, is untouched."""


def fingerprint(data_folder: Path, municipality: str | None) -> str:
    """Give a digest of everything that goes into the warehouse.

    Parameters
    ----------
    data_folder
        The project's ``data``; names and contents of all its files count, their dates don't. A file whose name begins
        with a dot is a lock, or on its way to another name, and may be gone the next moment.
    municipality
        The municipality that the dashboard is set to, or None for the one the data were bundled for.
    """
    digest = hashlib.sha256(f"layout {LAYOUT} municipality {municipality or ''}".encode())
    queries = Path(__file__).parent / "queries"
    for folder in (data_folder, queries):
        for path in sorted(path for path in folder.rglob("[!.]*") if path.is_file()):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
