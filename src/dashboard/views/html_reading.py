"""Reads the tables and legends that figures have made back from their HTML, for a slide that shows the same."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements that have no end, so that they cannot be waited for.
_VOID = frozenset({"br", "col", "hr", "img", "input", "wbr"})


@dataclass(frozen=True)
class LegendItem:
    """What a colour means, with the sign that stands for it where it has one."""

    colour: str
    mark: str
    name: str


@dataclass
class Table:
    """Headings and rows, as they are written."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def first_table(markup: str) -> Table:
    """Give the first table of some HTML; without headings and rows where there is none.

    Signs of footnotes and cells that are only looked at are left out.
    """
    reader = _TableReader()
    reader.feed(markup)
    reader.close()
    return reader.table


def legend_items(markup: str) -> list[LegendItem]:
    """Give the lines of a legend of `html.legend` or `maps.legend_html`, without the number of areas."""
    reader = _LegendReader()
    reader.feed(markup)
    reader.close()
    return reader.items


class _Passing(HTMLParser, ABC):
    """A reader that passes by some elements with all that is in them."""

    def __init__(self) -> None:
        super().__init__()
        self._passed = 0

    @abstractmethod
    def _passes(self, tag: str, given: dict[str, str | None]) -> bool:
        """Tell whether an element is passed by."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element, unless it or what it lies in is passed by."""
        given = dict(attrs)
        if self._passed or self._passes(tag, given):
            self._passed += tag not in _VOID
        else:
            self.begin(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if self._passed:
            self._passed -= 1
        else:
            self.end(tag)

    def handle_data(self, data: str) -> None:
        """Read words."""
        if not self._passed:
            self.read(data)

    @abstractmethod
    def begin(self, tag: str, given: dict[str, str | None]) -> None:
        """Begin an element."""

    @abstractmethod
    def end(self, tag: str) -> None:
        """End an element."""

    @abstractmethod
    def read(self, words: str) -> None:
        """Read words."""


class _TableReader(_Passing):
    def __init__(self) -> None:
        super().__init__()
        self.table = Table()
        self._done = False
        self._in_head = False
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1

    def _passes(self, tag: str, given: dict[str, str | None]) -> bool:
        return tag in ("sup", "caption") or (tag in ("td", "th") and given.get("aria-hidden") == "true")

    def begin(self, tag: str, given: dict[str, str | None]) -> None:
        if self._done:
            return
        if tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._row = []
        elif tag in ("th", "td") and self._row is not None:
            self._cell, self._span = [], _number(given.get("colspan"))

    def end(self, tag: str) -> None:
        if self._done:
            return
        if tag in ("th", "td") and self._row is not None and self._cell is not None:
            self._row += [" ".join("".join(self._cell).split())] + [""] * (self._span - 1)
            self._cell = None
        elif tag == "tr" and self._row is not None:
            if self._in_head:
                # Of several rows of headings the lowest says the most of its column.
                self.table.headings = self._row
            elif any(self._row):
                self.table.rows.append(self._row)
            self._row = None
        elif tag == "thead":
            self._in_head = False
        elif tag == "table":
            self._done = True

    def read(self, words: str) -> None:
        if self._cell is not None:
            self._cell.append(words)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 3 else 1


class _LegendReader(_Passing):
    def __init__(self) -> None:
        super().__init__()
        self.items: list[LegendItem] = []
        self._colour = ""
        self._mark: list[str] = []
        self._name: list[str] = []
        self._in_mark = False

    def _passes(self, tag: str, given: dict[str, str | None]) -> bool:
        return tag == "span" and given.get("class") == "hs-count"

    def begin(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "li":
            self._colour, self._mark, self._name = "", [], []
        elif tag == "span" and given.get("class") == "hs-swatch":
            self._colour = (given.get("style") or "").removeprefix("background:").split(";", 1)[0]
        elif tag == "span":
            self._in_mark = given.get("class") == "hs-mark"

    def end(self, tag: str) -> None:
        if tag == "span":
            self._in_mark = False
        elif tag == "li":
            words = (" ".join("".join(part).split()) for part in (self._mark, self._name))
            self.items.append(LegendItem(self._colour, *words))

    def read(self, words: str) -> None:
        (self._mark if self._in_mark else self._name).append(words)
