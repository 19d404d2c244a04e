"""What is written for offices, opened by one: every slide a page with all its words, its picture drawn, nothing cut."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from office import MISSING, PageWords, as_pdf, pictures_of, words_of
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.access import OPERATOR, PUBLIC
from dashboard.slides import BarPicture, Deck, LinePicture, MapPicture
from dashboard.views import register_access
from dashboard.views.area_files import workbook_bytes
from dashboard.views.areas import home_areas
from dashboard.views.batch_view import view_for_files
from dashboard.views.context import View
from dashboard.views.deck_export import deck_bytes
from dashboard.views.decks import deck

ARABIC = "نحتاج إلى مكان نلتقي فيه مساء، قريبا من البيت."
STORIES = ("hela-staden", "kronogards-torg")
DOTS = 50
DRAWN = (MSO_SHAPE_TYPE.CHART, MSO_SHAPE_TYPE.GROUP, MSO_SHAPE_TYPE.PICTURE)
#: Points by which the edge of a letter's box may lie outside the page.
OUTSIDE = 0.5


@dataclass(frozen=True)
class Opened:
    """A deck, the file that it became, and the pages that LibreOffice made of that."""

    deck: Deck
    file: Path
    pages: list[PageWords]
    pictures: list[Path]


@pytest.fixture(scope="module")
def view(home_city, tmp_path_factory) -> View:
    folder = tmp_path_factory.mktemp("register")
    url = f"sqlite:///{folder / 'register.sqlite3'}"
    return view_for_files(home_city.settings().model_copy(update={"database_url": url}), "sv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("opened")


@pytest.fixture(scope="module")
def opened(view, folder) -> dict[str, Opened]:
    """Give both decks and a workbook as LibreOffice sees them; opening it takes most of the time, so only once."""
    register_access.forget()
    said = {"municipality": "1488", "state": "published", "form": "quote", "not_names": True}
    register_access.register(view).save(
        OPERATOR, "contribution", {**said, "text": ARABIC, "language": "ar", "place": "kronogards-torg"}
    )
    assert view.actor == PUBLIC
    decks = {story: deck(view, story) for story in STORIES}
    files = [folder / f"{story}.pptx" for story in STORIES]
    for story, file in zip(STORIES, files, strict=True):
        file.write_bytes(deck_bytes(decks[story], view.settings))
    book = folder / "omraden.xlsx"
    book.write_bytes(
        workbook_bytes(view, {"regso": list(home_areas(view.warehouse, view.home.code, "regso"))}, all_years=False)
    )
    register_access.forget()
    made = dict(zip([*STORIES, "omraden"], as_pdf([*files, book], folder), strict=True))
    return {
        story: Opened(decks[story], file, words_of(made[story]), pictures_of(made[story], DOTS, folder))
        for story, file in zip(STORIES, files, strict=True)
    }


def letters(text: str) -> str:
    """Give a text without what setting it changes: spaces, hyphens at line ends, forms of Arabic letters."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not sign.isspace() and sign not in "-\u2010\u00ad")


def text_of(page: PageWords) -> str:
    return letters("".join(word for word, _ in page.words))


def dots_of(picture: Path) -> np.ndarray:
    with Image.open(picture) as image:
        return np.asarray(image.convert("RGB"), np.int16)


def share_drawn(dots: np.ndarray) -> float:
    """Give the share of a picture's dots that are not as its corner is."""
    return float((np.abs(dots - dots[0, 0]).max(axis=2) > 24).mean())


@pytest.mark.parametrize("story", STORIES)
def test_every_slide_is_a_page_with_its_title_lead_and_source(opened, story):
    found = opened[story]
    assert len(found.pages) == len(found.deck.slides) + 1
    assert letters(found.deck.title) in text_of(found.pages[0])
    for slide, page in zip(found.deck.slides, found.pages[1:], strict=True):
        said = text_of(page)
        for words in (slide.title, slide.lead, slide.source, slide.question):
            assert letters(words) in said, (slide.key, words)


@pytest.mark.parametrize("story", STORIES)
def test_no_text_of_the_file_is_lost(opened, story):
    found = opened[story]
    for slide, page in zip(Presentation(found.file).slides, found.pages, strict=True):
        written = Counter(
            letters(paragraph.text)
            for shape in slide.shapes
            if shape.has_text_frame
            for paragraph in shape.text_frame.paragraphs
            if letters(paragraph.text) and not is_from_right(paragraph.text)
        )
        said = text_of(page)
        assert {words for words in written if words not in said} == set()


def is_from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)


@pytest.mark.parametrize("story", STORIES)
def test_no_word_lies_beyond_the_edge_of_its_page(opened, story):
    for number, page in enumerate(opened[story].pages):
        assert (page.width / page.height) == pytest.approx(16 / 9, abs=0.01)
        for word, (left, top, right, bottom) in page.words:
            assert min(left, top) >= -OUTSIDE, (number, word)
            assert right <= page.width + OUTSIDE, (number, word)
            assert bottom <= page.height + OUTSIDE, (number, word)


def test_arabic_stays_whole_and_runs_from_the_right(opened):
    found = opened["kronogards-torg"]
    place = next(number for number, slide in enumerate(found.deck.slides, 1) if slide.key == "quotes")
    # A page tells letters as they stand on it, from the left; where each word stands tells which way they are read.
    stands = {letters(word)[::-1]: edges for word, edges in found.pages[place].words if is_from_right(word)}
    wanted = [letters(word) for word in ARABIC.split()]
    assert sorted(stands) == sorted(wanted)
    where = [(round(stands[word][3]), -stands[word][2]) for word in wanted]
    assert where == sorted(where)


@pytest.mark.parametrize("story", STORIES)
def test_charts_and_maps_are_drawn_in_their_place(opened, story):
    found = opened[story]
    file = Presentation(found.file)
    drawn = 0
    for slide, shown, picture in zip(found.deck.slides, list(file.slides)[1:], found.pictures[1:], strict=True):
        dots = dots_of(picture)
        assert share_drawn(dots) > 0.005, f"{slide.key} is blank"
        if not isinstance(slide.picture, BarPicture | LinePicture | MapPicture):
            continue
        # A chart with a line at a value is a group with both.
        (shape,) = [one for one in shown.shapes if one.shape_type in DRAWN]
        scale = dots.shape[1] / file.slide_width
        left, top, right, bottom = (
            round(edge * scale) for edge in (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
        )
        assert share_drawn(dots[top:bottom, left:right]) > 0.02, slide.key
        drawn += 1
    assert drawn >= 3


def test_a_workbook_opens_and_shows_its_areas(opened, view, folder):
    said = "".join(text_of(page) for page in words_of(folder / "omraden.pdf"))
    areas = home_areas(view.warehouse, view.home.code, "regso")
    assert {area.code for area in areas if area.code not in said} == set()
    assert "#NAME" not in said
    assert "Err:" not in said


def test_without_libreoffice_the_tests_fail_and_say_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AssertionError, match=re.escape(MISSING)):
        as_pdf([], tmp_path)
