"""A deck as a PowerPoint file: real titles, charts and tables that can be edited, and words for what is only seen."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu

from dashboard.exports.deck_bars import add_bars
from dashboard.exports.deck_chart_picture import add_chart_picture
from dashboard.exports.deck_layout import COVER, MESSAGE, empty_deck
from dashboard.exports.deck_lines import add_lines
from dashboard.exports.deck_parts import add_field, add_map, add_numbers, add_quotes, add_table
from dashboard.exports.deck_style import (
    ALONE,
    COVER_TEXT,
    COVER_TITLE,
    LEAD,
    SOURCE,
    STATEMENT,
    TITLE,
    Box,
    DeckStyle,
    DeckWords,
    Paper,
)
from dashboard.exports.deck_text import (
    SMALLEST,
    Measure,
    add_text,
    fitted,
    inner,
    read_from_left,
    set_frame,
    tag,
    written,
)
from dashboard.slides import (
    BarPicture,
    ChartPicture,
    Deck,
    LinePicture,
    MapPicture,
    NumberPicture,
    QuotePicture,
    Slide,
    TablePicture,
)

if TYPE_CHECKING:
    from pptx.presentation import Presentation as PresentationFile
    from pptx.shapes.base import BaseShape

_GAP = 0.2
_MOST_FOR_QUESTION = 2.3


def deck_file(deck: Deck, style: DeckStyle, words: DeckWords, made: dt.datetime | None = None) -> bytes:
    """Give a deck as a file of PowerPoint, with a cover before its slides.

    Parameters
    ----------
    deck
        What the slides say.
    style, words
        How they look, and the words that the file adds.
    made
        When the file was made; now, if not given.

    Returns
    -------
    A .pptx file. It names the municipality as its author, and nobody.
    """
    file = empty_deck(style, words, deck.language, deck.municipality)
    _say_what_it_is(file, deck, made or dt.datetime.now(dt.UTC))
    _add_cover(Paper(file.slides.add_slide(file.slide_layouts[COVER]), style, words, deck.language), deck)
    for number, slide in enumerate(deck.slides, 1):
        language = slide.language or deck.language
        paper = Paper(file.slides.add_slide(file.slide_layouts[MESSAGE]), style, words, language)
        _add_slide(paper, slide)
        _add_foot(paper, slide.source, number, len(deck.slides))
        _add_notes(paper, slide)
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def _say_what_it_is(file: PresentationFile, deck: Deck, made: dt.datetime) -> None:
    about = file.core_properties
    when = made.astimezone(dt.UTC).replace(tzinfo=None)
    about.title = written(deck.title)[:255]
    about.author = about.last_modified_by = written(deck.municipality)[:255]
    about.language = tag(deck.language)
    about.created = about.modified = when
    about.comments = ""
    about.revision = 1


def _add_cover(paper: Paper, deck: Deck) -> None:
    _fill(paper, paper.slide.shapes.title, deck.title, COVER_TITLE, (44, 16), bold=True)
    said = "\n".join(text for text in (deck.municipality, deck.date) if text)
    _fill(paper, paper.slide.placeholders[1], said, COVER_TEXT, (20, SMALLEST))
    notes = [(text, language, "") for text, language in paper.left]
    if deck.origin:
        notes.append((deck.origin, deck.language, ""))
    if notes:
        _write_notes(paper, notes)


def _add_slide(paper: Paper, slide: Slide) -> None:
    plain = Measure(paper.style.font_file)
    title = paper.slide.shapes.title
    if slide.lead or slide.picture or slide.question:
        _fill(paper, title, slide.title, TITLE, (30, 14), bold=True)
    else:
        title.left, title.top, title.width, title.height = (Emu(one) for one in STATEMENT.emu)
        _fill(paper, title, slide.title, STATEMENT, (48, 14), bold=True)
    column = LEAD if slide.picture else ALONE
    lead = _box_of_lead(slide, column, plain, paper.words.question)
    body = paper.slide.placeholders[1]
    if slide.lead:
        body.left, body.top, body.width, body.height = (Emu(one) for one in lead.emu)
        _fill(paper, body, slide.lead, lead, (20 if slide.picture else 28, SMALLEST))
    else:
        body._element.getparent().remove(body._element)
    _show(paper, slide)
    if slide.question:
        top = lead.bottom + _GAP if slide.lead else column.top
        _ask(paper, slide.question, plain, Box(column.left, top, column.width, column.bottom - top))


def _box_of_lead(slide: Slide, column: Box, measure: Measure, heading: str) -> Box:
    """Give the room of the lead: the column, without what the question below it needs."""
    if not slide.question:
        return column
    width, _ = inner(column)
    needed = measure.height(heading, 14, width) + measure.height(written(slide.question), 18, width) + 0.25
    taken = min(needed, _MOST_FOR_QUESTION)
    return Box(column.left, column.top, column.width, column.height - taken - _GAP)


def _fill(
    paper: Paper, place: BaseShape, text: str, box: Box, sizes: tuple[float, float], *, bold: bool = False
) -> None:
    """Write a text into an empty box of the layout, as large as it fits."""
    measure = Measure(paper.style.font_file, 700 if bold else 400)
    shown, size = fitted(paper, text, measure, inner(box), sizes)
    set_frame(place.text_frame)
    add_text(place.text_frame, shown, paper.language, size, first=True)


def _show(paper: Paper, slide: Slide) -> None:
    match slide.picture:
        case BarPicture() as bars:
            add_bars(paper, bars, slide.summary)
        case LinePicture() as lines:
            add_lines(paper, lines, slide.summary)
        case MapPicture() as areas:
            add_map(paper, areas, slide.summary)
        case ChartPicture() as chart:
            add_chart_picture(paper, chart, slide.summary)
        case NumberPicture() as numbers:
            add_numbers(paper, numbers)
        case TablePicture() as table:
            add_table(paper, table, slide.summary)
        case QuotePicture() as quotes:
            add_quotes(paper, quotes)
        case None:
            pass


def _ask(paper: Paper, question: str, measure: Measure, box: Box) -> None:
    """Write what the room may talk about into a field below the lead."""
    frame = add_field(paper, box, MSO_THEME_COLOR.BACKGROUND_2).text_frame
    set_frame(frame)
    frame.vertical_anchor = MSO_ANCHOR.TOP
    width, height = inner(box)
    heading = paper.words.question
    shown, size = fitted(paper, question, measure, (width, height - measure.height(heading, 14, width)), (18, SMALLEST))
    runs = add_text(frame, heading, paper.language, 14, bold=True, first=True)
    runs += add_text(frame, shown, paper.language, size)
    for run in runs:
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    read_from_left(frame)


def _add_foot(paper: Paper, source: str, number: int, of: int) -> None:
    """Write the source and which slide this is where the layout has them."""
    for place in paper.slide.slide_layout.placeholders:
        kind = place.placeholder_format.type
        if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            continue
        paper.slide.shapes.clone_placeholder(place)
        shape = paper.slide.placeholders[place.placeholder_format.idx]
        if kind == PP_PLACEHOLDER.FOOTER:
            _fill(paper, shape, source, SOURCE, (11, 8))
        else:
            _number(paper, shape, number, of)


def _number(paper: Paper, shape: BaseShape, number: int, of: int) -> None:
    """Write “2 av 9” as text: other programs count the cover too, and would say “10 av 9” at the end."""
    add_text(shape.text_frame, paper.words.number.format(n=number, of=of), paper.language, first=True)


def _add_notes(paper: Paper, slide: Slide) -> None:
    """Write what whoever presents may say, and all that the slide shows, in words."""
    words, language = paper.words, paper.language
    parts = [(slide.notes, language, "")] if slide.notes else []
    for label, text in ((words.question, slide.question), (words.shown, slide.summary)):
        if text:
            parts.append((f"{label}: {text}", language, ""))
    parts += [(slide.source, language, "")] if slide.source else []
    parts += [(f"{words.whole}: {text}", said_in, "") for text, said_in in paper.left]
    if slide.link:
        parts.append((f"{words.link}: {slide.link}", language, slide.link))
    _write_notes(paper, parts)


def _write_notes(paper: Paper, parts: list[tuple[str, str, str]]) -> None:
    frame = paper.slide.notes_slide.notes_text_frame
    for number, (text, language, link) in enumerate(parts):
        runs = add_text(frame, text, language, first=number == 0)
        if link.startswith(("https://", "http://")):
            runs[-1].hyperlink.address = link
