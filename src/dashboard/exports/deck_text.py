"""Text in a PowerPoint file: how wide it is, how large it may be written, in which language and direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageFont
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Pt

from dashboard.exports.deck_style import EMU, POINTS, Box, Paper

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.text.text import TextFrame, _Paragraph, _Run

#: Below this nobody in a room can read; what needs less is cut, and stands whole in the notes.
SMALLEST = 10.0
#: Between the lines, in heights of the font.
LEADING = 1.2
#: Another font may stand in for ours, and is then wider.
STAND_IN = 1.06
INSET = 0.08
RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ku-Arab", "prs", "ps", "ur", "yi"}
TAGS = {"sv": "sv-SE", "en": "en-GB"}
# What XML cannot hold: control characters, halves of characters, and two that are none.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


_WORD = re.compile("[^ ]+ *| +")


def written(text: str) -> str:
    """Give a text without the characters that no file of PowerPoint can hold."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def tag(language: str) -> str:
    """Give a language as PowerPoint's spelling and speech know it."""
    return TAGS.get(language, language)


def is_right_to_left(text: str, language: str) -> bool:
    """Tell which way a text is read: by its first letter, and by its language where it has none."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return language in RIGHT_TO_LEFT


@lru_cache(maxsize=8)
def _font(file: Path, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(file, 100)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=4096)
def _character(file: Path, weight: int, character: str) -> float:
    """Give how wide a character is, in heights of the font."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.0
    # Letters that join are narrower than the box that stands in where a font lacks them.
    if unicodedata.bidirectional(character) in ("R", "AL"):
        return 0.55
    return _font(file, weight).getlength(character) / 100


@dataclass(frozen=True)
class Measure:
    """Widths of texts in a font, in one weight."""

    file: Path
    weight: int = 400

    def width(self, text: str, size: float) -> float:
        """Give how wide a line is, in inches, at a size in points."""
        ems = sum(_character(self.file, self.weight, character) for character in text)
        return ems * size * STAND_IN / POINTS

    def lines(self, text: str, size: float, width: float) -> int:
        """Give how many lines a text takes in a width in inches."""
        return sum(1 for _ in self.broken(text, size, width))

    def broken(self, text: str, size: float, width: float) -> Iterator[str]:
        """Give the lines of a text; a word wider than the width is broken within."""
        for paragraph in text.split("\n"):
            line, taken = "", 0.0
            for word in _WORD.findall(paragraph):
                alone = self.width(word.rstrip(" "), size)
                if line and taken + alone > width:
                    yield line
                    line, taken = "", 0.0
                rest = word
                while alone > width and len(rest.rstrip(" ")) > 1:
                    fits = self._beginning(rest, size, width)
                    yield rest[:fits]
                    rest = rest[fits:]
                    alone = self.width(rest.rstrip(" "), size)
                line += rest
                taken += self.width(rest, size)
            yield line

    def _beginning(self, word: str, size: float, width: float) -> int:
        """Give how many characters of a word fit, one at least."""
        fits, taken = 1, self.width(word[0], size)
        while fits < len(word) - 1 and (taken := taken + self.width(word[fits], size)) <= width:
            fits += 1
        return fits

    def height(self, text: str, size: float, width: float) -> float:
        """Give how high a text is, in inches."""
        return self.lines(text, size, width) * size * LEADING / POINTS

    def fit(
        self, text: str, room: tuple[float, float], largest: float, smallest: float = SMALLEST
    ) -> tuple[str, float]:
        """Give a text and the largest size in points at which it stays within a width and height in inches.

        A text that does not fit at the smallest size either is cut, with “…” at its end.
        """
        width, height = room
        size = largest
        while size > smallest and self.height(text, size, width) > height:
            size -= 1
        most = max(1, int(height * POINTS / (size * LEADING) + 1e-9))
        lines = list(self.broken(text, size, width))
        if len(lines) <= most:
            return text, size
        kept, rest = lines[: most - 1], lines[most - 1].rstrip()
        while rest and self.width(f"{rest}…", size) > width:
            rest = rest[:-1]
        # Where a paragraph ends and where a line is broken look alike here; broken again it comes out the same.
        return " ".join(line.rstrip() for line in [*kept, rest]).rstrip() + "…", size


def inner(box: Box) -> tuple[float, float]:
    """Give the width and height that a text has within a box."""
    return box.width - 2 * INSET, box.height - 2 * INSET


def fitted(
    paper: Paper,
    text: str,
    measure: Measure,
    room: tuple[float, float],
    sizes: tuple[float, float],
    *,
    language: str | None = None,
) -> tuple[str, float]:
    """Give a text as it may stand on a slide and its size; one that has to be cut goes whole into the notes.

    `sizes` are the largest and the smallest that it may have.
    """
    whole = written(text)
    shown, size = measure.fit(whole, room, *sizes)
    if shown != whole:
        paper.left.append((whole, language or paper.language))
    return shown, size


def read_from_left(frame: TextFrame) -> None:
    """Let the paragraphs of a shape begin at its left edge, except those that run from right to left."""
    for paragraph in frame.paragraphs:
        if not paragraph._p.get_or_add_pPr().get("rtl"):
            paragraph._p.get_or_add_pPr().set("algn", "l")


def set_frame(frame: TextFrame) -> None:
    """Let a frame wrap its text, and make it smaller when somebody writes more into it."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Emu(round(INSET * EMU))
    frame.margin_top = frame.margin_bottom = Emu(round(INSET * EMU))
    body = frame._txBody.find(qn("a:bodyPr"))
    for child in list(body):
        body.remove(child)
    body.append(OxmlElement("a:normAutofit"))


def add_text(
    frame: TextFrame,
    text: str,
    language: str,
    size: float | None = None,
    *,
    bold: bool | None = None,
    first: bool = False,
) -> list[_Run]:
    """Add a text to a frame, a paragraph for each of its lines, with its language and direction.

    Parameters
    ----------
    frame
        The frame; `first` begins it.
    size
        In points; that of the layout when it is not given.

    Returns
    -------
    The runs, so that a colour or a link can be given to them.
    """
    runs = []
    for number, line in enumerate(written(text).split("\n")):
        paragraph = frame.paragraphs[0] if first and number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.bold = bold
        if size is not None:
            run.font.size = Pt(size)
        mark_language(run, language)
        if is_right_to_left(line, language):
            turn(paragraph, run)
        runs.append(run)
    return runs


def mark_language(run: _Run, language: str) -> None:
    """Say in which language a run is."""
    run._r.get_or_add_rPr().set("lang", tag(language))


def turn(paragraph: _Paragraph, run: _Run) -> None:
    """Let a paragraph run from right to left, in a font that has its letters."""
    paragraph.alignment = PP_ALIGN.RIGHT
    paragraph._p.get_or_add_pPr().set("rtl", "1")
    letters = OxmlElement("a:cs")
    letters.set("typeface", "Arial")
    run._r.get_or_add_rPr().append(letters)


def describe(shape: BaseShape, text: str) -> None:
    """Say what a picture shows, for who does not see it."""
    shape._element._nvXxPr.cNvPr.set("descr", written(text))
