"""What a warehouse was built from, so that one can tell whether it is still the right one."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

#: Raised when tables change: a file of another layout is not opened, by whatever version it was built.
LAYOUT = "5"

#: What in the data folder tells how things are shown: a changed word in a story must not mean another build.
NOT_BUILT = "stories"

#: Bytes from which a file's digest is remembered for as long as nothing has been written to it.
LARGE = 2_000_000

_ROOM = Path(__file__).parent
_REACH = _ROOM.parent / "reach"
_MEASURES = _ROOM.parent / "measures"
_SOURCES = _ROOM.parent / "sources"
#: What centralities hang on besides the network; they have a store of their own.
CODE_OF_CENTRALITIES = (_REACH / "centrality.py", _REACH / "network.py")
#: What older figures of re-cut areas are worked out by.
CODE_OF_OLDER_YEARS = (_SOURCES / "crosswalk.py", _SOURCES / "reworked.py")
#: The code that fills tables with values of its own: another version of it gives other values from the same data.
CODE = (
    _ROOM,
    *(_MEASURES / name for name in ("spatial.py", "spatial_formulas.py")),
    *CODE_OF_OLDER_YEARS,
    *CODE_OF_CENTRALITIES,
)


class BuildError(Exception):
    """The data cannot be built into a warehouse; the old warehouse, if any, is untouched."""


def fingerprint(data_folder: Path, municipality: str | None) -> str:
    """Give a digest of everything that goes into the warehouse: the data, and the code that fills it.

    Parameters
    ----------
    data_folder
        The project's ``data``; names and contents of all its files count, their dates don't. A file whose name begins
        with a dot is a lock, or on its way to another name, and may be gone the next moment.
    municipality
        The municipality that the dashboard is set to, or None for the one the data were bundled for.
    """
    digest = hashlib.sha256(f"layout {LAYOUT} municipality {municipality or ''}".encode())
    built = (path for path in data_folder.rglob("[!.]*") if path.relative_to(data_folder).parts[0] != NOT_BUILT)
    for path in sorted(path for path in built if path.is_file()):
        digest.update(path.relative_to(data_folder).as_posix().encode())
        digest.update(_contents(path))
    for path in _code():
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _contents(path: Path) -> bytes:
    """Give the digest of a file's contents.

    A server asks once a minute, and a country's observations are hundreds of megabytes: a large file is read again only
    when it is another one, or was written to since.
    """
    state = path.stat()
    if state.st_size < LARGE:
        return hashlib.sha256(path.read_bytes()).digest()
    return _contents_of_large(path, state.st_ino, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=256)
def _contents_of_large(path: Path, *_state: int) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _code() -> list[Path]:
    """Return the files of the code that counts: Python and SQL, not what Python keeps beside them."""
    found: list[Path] = []
    for place in CODE:
        inside = sorted(path for path in place.rglob("*") if path.suffix in {".py", ".sql"})
        found += inside if place.is_dir() else [place]
    return found
