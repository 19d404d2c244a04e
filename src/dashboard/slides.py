"""What a slide says, apart from how it is drawn: on a screen, in a PowerPoint file, or read aloud."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """One row of values of a chart.

    Attributes
    ----------
    name
        What the legend calls it.
    values
        One for each category; None where there is none.
    texts
        The same values as they are written on the slide, a suppressed one as “..”.
    """

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.values) != len(self.texts):
            raise ValueError(f"The series {self.name} has {len(self.values)} values and {len(self.texts)} texts.")


@dataclass(frozen=True)
class BarPicture:
    """Lying bars, one or more for each category.

    `reference` is a value that all are held against, with its name and as written; `marked` is the place among the
    categories of the one that the slide is about.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    reference: tuple[str, float, str] | None = None
    marked: int | None = None


@dataclass(frozen=True)
class LinePicture:
    """Lines over years.

    `lower` and `upper` are the ends of the interval of the first series, where it has one; `breaks` are the years from
    which values come about in a new way, so that no line leads there from the year before.
    """

    years: tuple[int, ...]
    series: tuple[Series, ...]
    unit: str
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class MapArea:
    """An area of a map.

    Attributes
    ----------
    code, name, text
        Its code, its name, and its value as written.
    step
        Which class of the legend it belongs to, from 0; None when it has no value.
    rings
        Its outlines in metres east and north (SWEREF 99 TM), each a polygon's outer ring or a hole in it.
    """

    code: str
    name: str
    text: str
    step: int | None
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class MapPoint:
    """A named point of a map, in metres east and north (SWEREF 99 TM)."""

    name: str
    east: float
    north: float


@dataclass(frozen=True)
class MapPicture:
    """Areas in classes; `steps` are what the legend says of each class, from the lowest, `none` of areas without.

    `extent` is what the picture is to show: west, south, east and north in metres; without it all areas.
    """

    areas: tuple[MapArea, ...]
    steps: tuple[str, ...]
    none: str = ""
    points: tuple[MapPoint, ...] = ()
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Number:
    """A large number: what it is of, how it is written, and what is said of how sure it is or what it means."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class NumberPicture:
    """One to four large numbers."""

    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class TablePicture:
    """A table of at most eight rows; the first column names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Quote:
    """What somebody said, in which language it is written, and how it may be told who said it."""

    text: str
    said_by: str
    language: str = "sv"


@dataclass(frozen=True)
class QuotePicture:
    """One to three quotes."""

    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class ChartPicture:
    """A chart or map as it was drawn for a figure of a page.

    Attributes
    ----------
    svg
        The drawing: shapes and words alone, in the colours of paper (`exports.safe_svg`).
    width, height
        Its units.
    headings, rows
        The table that says the same; the first column names the row.
    """

    svg: str
    width: int
    height: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Picture = BarPicture | LinePicture | MapPicture | NumberPicture | TablePicture | QuotePicture | ChartPicture


@dataclass(frozen=True)
class Slide:
    """One message.

    Attributes
    ----------
    key
        Its name within the deck, for links.
    title
        A sentence, worked out from the data.
    lead
        One or two short sentences more.
    picture
        What is shown beside them; None on a slide that only says something, or where there is nothing to show: then
        `lead` says why.
    summary
        What the picture shows, in words, for who does not see it.
    source
        Source, year, and who worked it out.
    question
        What the room may talk about.
    notes
        What whoever presents may say; not on the screen.
    link
        The whole address of the live view, or an empty text where the dashboard does not know its own address.
    short
        An address that leads to `link` and is short enough to be typed, or an empty text.
    language
        Its language where that is not the language of the deck.
    """

    key: str
    title: str
    lead: str
    picture: Picture | None
    summary: str
    source: str
    question: str = ""
    notes: str = ""
    link: str = ""
    short: str = ""
    language: str = ""


@dataclass(frozen=True)
class Deck:
    """Slides in an order, in one language, for one municipality.

    `date` is the day it was made, written out; `origin` the version of the method and the checksum of the data.
    """

    title: str
    municipality: str
    language: str
    date: str
    slides: tuple[Slide, ...]
    origin: str = ""
