"""How a PowerPoint file looks and which words it has of its own: colours, font, logo, and where things stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pptx.slide import Slide as SlideShapes

#: English Metric Units, in which PowerPoint measures.
EMU = 914_400
POINTS = 72


@dataclass(frozen=True)
class DeckStyle:
    """Colours as ``#rrggbb``, the font by its name and its file, and the city's logo where there is one.

    Attributes
    ----------
    accent
        Bars, the line of the first series, large numbers.
    others
        Further series, at most five.
    sequential
        Classes of a map, from the lowest.
    font_file
        What widths of texts are measured with, and what is written on maps.
    logo
        A PNG or JPEG file.
    """

    ink: str
    muted: str
    background: str
    surface: str
    accent: str
    link: str
    others: tuple[str, ...]
    sequential: tuple[str, ...]
    missing: str
    border: str
    font: str
    font_file: Path
    logo: Path | None = None


@dataclass(frozen=True)
class DeckWords:
    """The words that the file adds to those of the slides, in the language of the deck.

    Attributes
    ----------
    number
        Which slide of how many, with ``{n}`` and ``{of}``.
    question, shown, link, whole
        What stands before the question, the summary, the address and a text too long for its box.
    lower, upper
        What the ends of an interval are called, with ``{name}``.
    since
        What a line is called after a break, with ``{name}`` and ``{year}``.
    cover, message
        What the two layouts are called; `title` and `text` stand in their empty boxes.
    """

    number: str
    question: str
    shown: str
    link: str
    whole: str
    lower: str
    upper: str
    since: str
    cover: str
    message: str
    title: str
    text: str


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where it ends, downwards."""
        return self.top + self.height

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """The same as PowerPoint has it: left, top, width, height."""
        return (round(self.left * EMU), round(self.top * EMU), round(self.width * EMU), round(self.height * EMU))


#: 16:9.
SLIDE = Box(0, 0, 40 / 3, 7.5)
TITLE = Box(0.6, 0.4, 12.13, 1.15)
#: What is said, in the left column, and what is shown beside it.
LEAD = Box(0.6, 1.75, 3.85, 4.95)
PICTURE = Box(4.75, 1.75, 7.98, 4.95)
#: What is said where nothing is shown.
ALONE = Box(0.6, 1.75, 12.13, 4.95)
#: A title that is all that a slide says.
STATEMENT = Box(0.6, 1.6, 12.13, 3.4)
SOURCE = Box(0.6, 6.86, 9.4, 0.46)
NUMBER = Box(11.13, 6.86, 1.6, 0.46)
LOGO = Box(10.1, 6.82, 1.4, 0.5)
COVER_TITLE = Box(1.2, 2.0, 10.9, 2.1)
COVER_TEXT = Box(1.2, 4.25, 10.9, 1.0)
COVER_LOGO = Box(1.2, 5.9, 3.0, 1.0)


@dataclass(frozen=True)
class Paper:
    """A slide that is being drawn, and what everything on it shares.

    Attributes
    ----------
    slide
        The slide of the file.
    language
        That of the deck; quotes have their own.
    left
        Texts that were cut to fit, whole, and their languages: they go into the notes.
    """

    slide: SlideShapes
    style: DeckStyle
    words: DeckWords
    language: str
    left: list[tuple[str, str]] = field(default_factory=list)
