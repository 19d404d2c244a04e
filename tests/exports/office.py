"""LibreOffice and poppler, which open what is written for others; `python tests/exports/office.py` says where."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Homebrew puts LibreOffice among the programs of the Mac, off the path.
MAC_PROGRAM = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
MISSING = "There is no LibreOffice with poppler (soffice, pdftoppm, pdftotext) for the tests: run `sh scripts/test`."
#: So long a conversion may take on a machine that does other things too.
SECONDS = 120
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.DOTALL)
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


@dataclass(frozen=True)
class PageWords:
    """A page: its width and height, and its words with their left, upper, right and lower edges, all in points."""

    width: float
    height: float
    words: tuple[tuple[str, tuple[float, float, float, float]], ...]


def find_office() -> str | None:
    """Give the path of LibreOffice's program; None when it, or one of poppler's, is missing."""
    if not (shutil.which("pdftoppm") and shutil.which("pdftotext")):
        return None
    return shutil.which("soffice") or (str(MAC_PROGRAM) if MAC_PROGRAM.is_file() else None)


def as_pdf(files: Sequence[Path], folder: Path) -> list[Path]:
    """Open files in LibreOffice and print each as PDF, all in one run of a profile of its own."""
    office = find_office()
    assert office is not None, MISSING
    profile = (folder / "profile").resolve().as_uri()
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], capture_output=True, timeout=SECONDS, check=False
    )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode == 0, said
    made = [folder / f"{file.stem}.pdf" for file in files]
    assert [file.name for file in made if not file.is_file()] == [], said
    return made


def words_of(file: Path) -> list[PageWords]:
    """Give the words of every page of a PDF and where they stand."""
    done = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, timeout=SECONDS, check=True)
    return [
        PageWords(
            float(width),
            float(height),
            tuple(
                (_plain(word), (float(left), float(top), float(right), float(bottom)))
                for left, top, right, bottom, word in _WORD.findall(inner)
            ),
        )
        for width, height, inner in _PAGE.findall(done.stdout.decode("utf-8"))
    ]


def pictures_of(file: Path, dots: int, folder: Path) -> list[Path]:
    """Draw every page of a PDF, so many dots to the inch."""
    start = folder / f"{file.stem}-page"
    subprocess.run(["pdftoppm", "-r", str(dots), "-png", str(file), str(start)], timeout=SECONDS, check=True)
    return sorted(folder.glob(f"{start.name}-*.png"))


def _plain(text: str) -> str:
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        text = text.replace(entity, sign)
    return text


if __name__ == "__main__":
    path = find_office()
    if path is None:
        sys.exit(MISSING)
    sys.stdout.write(f"{path}\n")
