"""What the pages on one place say on paper, apart from how they are set."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.sheets import Ring, Section, Window


@dataclass(frozen=True)
class BarCell:
    """A number as it is written, and how long its bar is, from 0 to 1; None without a bar."""

    text: str
    length: float | None = None


@dataclass(frozen=True)
class BarRow:
    """A row of a table of numbers: what names it, of which year it is (or nothing), and its numbers."""

    name: str
    year: str
    cells: tuple[BarCell, ...]


@dataclass(frozen=True)
class BarTable:
    """A table of numbers with small bars.

    Attributes
    ----------
    heading, lead
        Its heading, and a sentence worked out from its numbers.
    headings
        Of the columns, that of the names first.
    rows
        Its rows; without any, `none` says why.
    notes
        What is said below it: how to read it, sources and years.
    beside
        Whether the last column is what the others are compared with.
    """

    heading: str
    lead: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[BarRow, ...] = ()
    notes: tuple[str, ...] = ()
    none: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Voice:
    """What a resident said: the text, its language, whether it is a quote, whether it is written from the right."""

    text: str
    language: str
    quoted: bool
    from_right: bool
    said_by: str


@dataclass(frozen=True)
class MapLine:
    """A line of a map: what it is, and its points."""

    kind: str
    points: Ring


@dataclass(frozen=True)
class MapMark:
    """A point of a map: what it is, where, and the name beside it (or nothing)."""

    kind: str
    east: float
    north: float
    name: str = ""


@dataclass(frozen=True)
class PlaceMap:
    """The surroundings of a place; without a window `none` says why. `legend` tells what each kind of sign means."""

    window: Window | None = None
    areas: tuple[Ring, ...] = ()
    lines: tuple[MapLine, ...] = ()
    marks: tuple[MapMark, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    said: str = ""
    none: str = ""


@dataclass(frozen=True)
class PlaceSheet:
    """The pages on one place.

    Attributes
    ----------
    language, document, name, kind, title, made, fingerprint, link, link_text, file_name
        As on the page on an area.
    plans
        Which plans and projects concern it.
    notice
        What must be known of the distances before any is read, in two parts: the words that stand out, and why.
    people, mix, ways, central
        Who can walk there, how mixed they are, how far things lie, where it lies in the network.
    barriers, use, roadmap, assumed, how
        What is in the way, how it is used, the projects with their milestones, what is assumed, how all was worked out.
    voices_heading, voices, voices_note
        What residents said; without any, the note says so.
    code_said
        What the picture is that a telephone reads the link from.
    page_of
        What stands between the number of a page and that of the last.
    """

    language: str
    document: str
    name: str
    kind: str
    title: str
    plans: str
    notice: tuple[str, str]
    map: PlaceMap
    people: BarTable
    mix: BarTable
    ways: BarTable
    central: BarTable
    barriers: Section
    use: Section
    roadmap: Section
    voices_heading: str
    voices: tuple[Voice, ...]
    voices_note: str
    assumed: Section
    how: Section
    made: str
    fingerprint: str
    link: str
    link_text: str
    code_said: str
    page_of: str
    file_name: str
