"""Accessible PDF (PDF/UA-1), set by Typst from a template and texts that are never read as markup."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
#: What templates share.
COMMON = FOLDER / "typst" / "common.typ"
FAMILY = "Atkinson Hyperlegible Next"
#: The font of the dashboard, and one that Typst carries for letters that it lacks.
FAMILIES = (FAMILY, "Libertinus Serif")

#: PDF/UA allows no letter without a sign. What is replaced by a box: control characters; then what lies beyond the
#: Latin, Greek, Cyrillic, Hebrew and Arabic alphabets and punctuation; then all that the dashboard's own font lacks.
BOX = "\u25a1"
_ANY = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_COMMON = re.compile(r"[^\n\t\x20-\x7e\xa0-\u052f\u05d0-\u06ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ac\u2212]")
_PLAIN = re.compile(r"[^\n\t\x20-\x7e\xa0-\xff\u2013\u2014\u2018-\u201d\u2026\u2212]")
_UNKNOWN_LETTER = "could not be displayed"
_ONE_AT_A_TIME = threading.Lock()


class SheetFileError(Exception):
    """The file cannot be made; the text is one sentence that says why."""


def set_pdf(template: Path, fonts: Path, inputs: Mapping[str, object], *, what: str) -> bytes:
    """Give a PDF.

    Parameters
    ----------
    template, fonts
        The template, and the folder of the fonts that it is set in.
    inputs
        Name → the data that the template reads under it.
    what
        What is made, to begin a sentence with.

    Raises
    ------
    SheetFileError
        When a font is missing, or the template cannot be set.
    """
    # Loaded when a page is made first: the server runs without it until then.
    from typst import TypstError

    for letters in (_ANY, _COMMON, _PLAIN):
        try:
            return _set(template, fonts, {name: _written_in(data, letters) for name, data in inputs.items()})
        except (TypstError, RuntimeError) as error:
            why = _first_line(error)
        if _UNKNOWN_LETTER not in why:
            break
    raise SheetFileError(f"{what} cannot be set with {template.name}: {why}")


def missing_files(template: Path, fonts: Path) -> list[Path]:
    """Give the files that a template needs and that are not there."""
    needed = [fonts / f"{FAMILY.replace(' ', '')}-{weight}.ttf" for weight in ("Regular", "Bold")]
    return [file for file in (template, COMMON, *needed) if not file.is_file()]


def _set(template: Path, fonts: Path, inputs: Mapping[str, object]) -> bytes:
    texts = {name: json.dumps(data) for name, data in inputs.items()} | {"fonts": json.dumps(FAMILIES)}
    # One page at a time: the compiler cannot be asked by two threads at once.
    with _ONE_AT_A_TIME:
        found = _compiler(template, fonts).compile(format="pdf", pdf_standards=["ua-1"], sys_inputs=texts)
    if not isinstance(found, bytes):
        raise SheetFileError(f"{template.name} gave more than one file.")
    return found


def _written_in(part: object, letters: re.Pattern[str]) -> object:
    """Give texts with a box for each letter that may not be in any of the fonts."""
    if isinstance(part, str):
        return letters.sub(BOX, part)
    if isinstance(part, dict):
        return {key: _written_in(value, letters) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_written_in(value, letters) for value in part]
    return part


@lru_cache(maxsize=2)
def _compiler(template: Path, fonts: Path) -> typst.Compiler:
    """Give the compiler, which reads template and fonts once a process."""
    import typst

    for file in missing_files(template, fonts):
        what = "font" if file.suffix == ".ttf" else "template"
        raise SheetFileError(f"The {what} {file.name} is missing: put {file} back as it came.")
    return typst.Compiler(str(template), root=str(template.parent), font_paths=[str(fonts)], ignore_system_fonts=True)


def _first_line(error: Exception) -> str:
    text = str(getattr(error, "message", "") or error).strip().splitlines()
    return (text[0] if text else type(error).__name__).rstrip(".") + "."
