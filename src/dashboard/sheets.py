"""What pages on paper say, apart from how they are set: every text ready to be read, every place worked out."""

from __future__ import annotations

from dataclasses import dataclass

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class KeyFigure:
    """A row of the table of figures.

    Attributes
    ----------
    name, year
        What it is of, and when.
    value, city
        As written for the area and for the whole city; “..” where there is none.
    lowest, highest
        The ends of the city's areas as written; empty where fewer than two of them have a value.
    place, city_place
        Where the two lie between the ends, from 0 to 1; None where that cannot be said.
    others
        Where all areas lie.
    reason
        Why the area has no value; empty when it has one.
    """

    name: str
    year: str
    value: str
    city: str
    lowest: str = ""
    highest: str = ""
    place: float | None = None
    city_place: float | None = None
    others: tuple[float, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar of the area above one of the city, each a share of the longest bar, and as written."""

    label: str
    text: str
    length: float
    city_text: str
    city_length: float


@dataclass(frozen=True)
class Bars:
    """A small picture of bars; without bars `none` says why. `said` is the picture in words."""

    heading: str
    bars: tuple[Bar, ...] = ()
    said: str = ""
    note: str = ""
    none: str = ""


@dataclass(frozen=True)
class Shape:
    """An area of a small map: outer rings and holes; `chosen` for the one that the page is on."""

    rings: tuple[Ring, ...]
    chosen: bool


@dataclass(frozen=True)
class Window:
    """What a small map shows: edges in metres east and north, and what is written below it."""

    west: float
    south: float
    east: float
    north: float
    caption: str


@dataclass(frozen=True)
class SmallMap:
    """Where the area lies, in one window or two; without shapes `none` says why. `said` is the map in words."""

    shapes: tuple[Shape, ...] = ()
    windows: tuple[Window, ...] = ()
    said: str = ""
    none: str = ""


@dataclass(frozen=True)
class Listed:
    """A heading with its lines, and what is said below them; `none` is said where there are no lines."""

    heading: str
    lines: tuple[str, ...] = ()
    note: str = ""
    none: str = ""


@dataclass(frozen=True)
class AreaSheet:
    """The page on one area.

    Attributes
    ----------
    language
        ``sv`` or ``en``.
    name, kind
        What the area is called; what sort of area it is, in which municipality, and its code.
    document
        The title of the file.
    title, lead
        A sentence worked out from the data, and the whole city beside it.
    headings
        Of the columns of figures: figure, area, city, where the area is between the ends.
    legend
        What the marks mean: the area, the whole city, all areas.
    figures_note
        What the ends are.
    how
        How the page was worked out.
    made, fingerprint
        When it was made, and the SHA-256 of the data that it was made from.
    link, link_text
        The whole address of the live view, empty where the dashboard does not know its own, and what it is called.
    file_name
        Name of the file without ending.
    """

    language: str
    name: str
    kind: str
    document: str
    title: str
    lead: str
    map: SmallMap
    figures_heading: str
    headings: tuple[str, str, str, str]
    legend: tuple[str, str, str]
    figures_note: str
    figures: tuple[KeyFigure, ...]
    ages: Bars
    tenure: Bars
    change: Listed
    roadmap: Listed
    caveats: Listed
    how: Listed
    made: str
    fingerprint: str
    link: str
    link_text: str
    file_name: str


@dataclass(frozen=True)
class PaperCell:
    """A cell of a table: its text, lines below it, and a remark in small type."""

    text: str = ""
    lines: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class PaperTable:
    """A table: headings, rows, how wide the columns are to each other, and which are numbers, by their place."""

    headings: tuple[str, ...]
    rows: tuple[tuple[PaperCell, ...], ...]
    widths: tuple[float, ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Item:
    """A line of a list: what stands in bold before it, and the rest."""

    strong: str
    text: str


@dataclass(frozen=True)
class Section:
    """A part of a report.

    Attributes
    ----------
    heading, level
        Its heading; 2 for a part, 3 for a part of one.
    texts
        Paragraphs below it.
    items
        A list below those.
    table
        A table below that.
    blank
        How many empty lines there are below it to write on.
    """

    heading: str
    level: int = 2
    texts: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    table: PaperTable | None = None
    blank: int = 0


@dataclass(frozen=True)
class Report:
    """A report of any number of pages.

    Attributes
    ----------
    language
        ``sv`` or ``en``.
    document
        The title of the file.
    title, kind
        The sentence that it begins with, and what sort of report it is.
    dates
        When it was made, and since when it tells what has changed.
    lead
        What there is to know first, a paragraph each.
    sections
        All that follows.
    page_of
        What stands between the number of a page and that of the last.
    link, link_text
        As on the page on an area.
    fingerprint
        The SHA-256 of the data.
    """

    language: str
    document: str
    title: str
    kind: str
    dates: tuple[str, ...]
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    page_of: str
    link: str
    link_text: str
    fingerprint: str
