"""Decks of slides that visitors have saved: one file each in a folder, under a name that nobody guesses.

A file holds slides that the dashboard itself made of figures that everybody may see, and nothing that a visitor wrote.
What is read is checked anew: a file may have been damaged, or written by somebody else.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from dashboard.file_swap import file_swapped_in
from dashboard.slides import ChartPicture, Slide, TablePicture

log = logging.getLogger(__name__)

MOST_BYTES = 2_000_000
MOST_DECKS = 500
MOST_SLIDES = 20
#: Days after which a deck that nobody has opened makes room for a new one, when the folder is full.
DAYS_KEPT = 180
_SECONDS_OF_A_DAY = 86_400
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 14
#: What the name of a deck looks like. No other name is looked for, so that none leads out of the folder.
ID = re.compile(f"[{_SIGNS}]{{{_LENGTH}}}")

_Line = Annotated[str, StringConstraints(max_length=2_000)]
_Cells = Annotated[tuple[_Line, ...], Field(max_length=12)]


class SavedDeckError(Exception):
    """A deck cannot be saved or opened: `unknown`, `damaged`, `too_large`, `full`, `nothing` or `unwritable`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Stored(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Chart(_Stored):
    kind: Literal["chart"] = "chart"
    svg: Annotated[str, StringConstraints(max_length=MOST_BYTES)]
    width: Annotated[int, Field(ge=1, le=4_000)]
    height: Annotated[int, Field(ge=1, le=8_000)]
    headings: _Cells
    rows: Annotated[tuple[_Cells, ...], Field(max_length=200)]


class _Table(_Stored):
    kind: Literal["table"] = "table"
    headings: _Cells
    rows: Annotated[tuple[_Cells, ...], Field(max_length=20)]


class _Slide(_Stored):
    title: _Line
    lead: _Line
    summary: _Line
    source: _Line
    link: _Line
    language: Annotated[str, StringConstraints(pattern="^(sv|en)$")]
    picture: Annotated[_Chart | _Table, Field(discriminator="kind")]


class _Deck(_Stored):
    version: Literal[1] = 1
    saved: date
    slides: Annotated[tuple[_Slide, ...], Field(min_length=1, max_length=MOST_SLIDES)]


@dataclass(frozen=True)
class SavedDeck:
    """Slides with their languages, whose links are those within the site (`/segregation?…`), and the day of saving."""

    saved: date
    slides: tuple[Slide, ...]


def save(folder: Path, slides: tuple[Slide, ...], today: date, now: float) -> str:
    """Write a deck.

    Parameters
    ----------
    folder
        Where decks lie; it is made when it is missing.
    slides
        Slides made of figures: charts and tables.
    today, now
        The day, and the moment in seconds since 1970.

    Returns
    -------
    The name under which `opened` finds it.

    Raises
    ------
    SavedDeckError
        `nothing`: no slide; `too_large`: more than `MOST_BYTES`; `full`: as many decks as there may be, and all opened
        within `DAYS_KEPT`; `unwritable`: the folder takes no file.
    """
    if not slides:
        raise SavedDeckError("nothing")
    try:
        content = _Deck(saved=today, slides=tuple(map(_stored, slides))).model_dump_json().encode("utf-8")
    except ValidationError as error:
        # More words than a slide has room for.
        raise SavedDeckError("too_large") from error
    if len(content) > MOST_BYTES:
        raise SavedDeckError("too_large")
    name = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _make_room(folder, now)
        with file_swapped_in(_file(folder, name)) as new:
            new.write_bytes(content)
    except OSError as error:
        log.exception("a deck cannot be saved")
        raise SavedDeckError("unwritable") from error
    return name


def opened(folder: Path, name: str, now: float) -> SavedDeck:
    """Give a deck, and note that it was opened.

    Raises
    ------
    SavedDeckError
        `unknown`: no such name; `damaged`: its file is none of ours any more.
    """
    if not ID.fullmatch(name):
        raise SavedDeckError("unknown")
    file = _file(folder, name)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise SavedDeckError("damaged")
        found = _Deck.model_validate_json(file.read_bytes())
    except FileNotFoundError as error:
        raise SavedDeckError("unknown") from error
    except (OSError, ValidationError) as error:
        log.warning("the saved deck %s cannot be read: %s", name, type(error).__name__)
        raise SavedDeckError("damaged") from error
    _note_opening(file, now)
    return SavedDeck(found.saved, tuple(_slide(one, place) for place, one in enumerate(found.slides, start=1)))


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"


def _make_room(folder: Path, now: float) -> None:
    """Delete the decks that were opened longest ago while there are too many; none that was opened lately."""
    files = sorted((file.stat().st_mtime, file) for file in folder.glob("*.json"))
    for opened_last, file in files[: max(0, len(files) - MOST_DECKS + 1)]:
        if opened_last > now - DAYS_KEPT * _SECONDS_OF_A_DAY:
            raise SavedDeckError("full")
        file.unlink(missing_ok=True)


def _note_opening(file: Path, now: float) -> None:
    try:
        if file.stat().st_mtime < now - _SECONDS_OF_A_DAY:
            os.utime(file, (now, now))
    except OSError:
        # On a disk that is read alone decks are shown all the same; none is deleted there either.
        log.warning("it cannot be noted that the saved deck %s was opened", file.stem)


def _stored(slide: Slide) -> _Slide:
    picture = slide.picture
    kept: _Chart | _Table
    if isinstance(picture, ChartPicture):
        kept = _Chart(
            svg=picture.svg,
            width=picture.width,
            height=picture.height,
            headings=picture.headings,
            rows=picture.rows,
        )
    elif isinstance(picture, TablePicture):
        kept = _Table(headings=picture.headings, rows=picture.rows)
    else:
        raise TypeError(f"a slide made of a figure has a chart or a table, not {type(picture).__name__}")
    return _Slide(
        title=slide.title,
        lead=slide.lead,
        summary=slide.summary,
        source=slide.source,
        link=slide.link,
        language=slide.language,
        picture=kept,
    )


def _slide(stored: _Slide, place: int) -> Slide:
    found = stored.picture
    picture = (
        ChartPicture(found.svg, found.width, found.height, found.headings, found.rows)
        if isinstance(found, _Chart)
        else TablePicture(found.headings, found.rows)
    )
    return Slide(
        key=f"egen-{place}",
        title=stored.title,
        lead=stored.lead,
        picture=picture,
        summary=stored.summary,
        source=stored.source,
        link=stored.link,
        language=stored.language,
    )
