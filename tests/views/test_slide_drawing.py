"""Drawings of slides: every value and name is written, nothing outside the canvas, and a table says the same."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from dashboard.slides import (
    BarPicture,
    Deck,
    LinePicture,
    MapArea,
    MapPicture,
    MapPoint,
    Number,
    NumberPicture,
    Quote,
    QuotePicture,
    Series,
    Slide,
    TablePicture,
)
from dashboard.views.presentation_deck import deck_html
from dashboard.views.slide_drawing import WIDTH, width_of
from dashboard.views.slide_pictures import picture_html, table_html
from dashboard.views.theme import LIGHT

BARS = BarPicture(
    ("Norra Lextorp-Västra Kronogården-Östra Kronogården", "Ås"),
    (Series("Andel", (56.0, None), ("56 %", "..")),),
    "%",
    ("Trollhättan", 16.0, "16 %"),
)
LINES = LinePicture(
    (2023, 2024, 2025), (Series("Trollhättan", (40.0, 41.0, 45.0), ("40", "41", "45")),), "", breaks=(2025,)
)
SQUARE = (((0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0), (0.0, 0.0)),)
MAP = MapPicture(
    (MapArea("a", "Väst & öst", "2,2", 0, SQUARE), MapArea("b", "Utan", "..", None, SQUARE)),
    ("under 5", "5 och över"),
    "saknas",
    (MapPoint("Kronogårds Torg-Frälsegården 32,5", 990.0, 500.0),),
)


@pytest.fixture
def view(t, fmt):
    return SimpleNamespace(t=t, fmt=fmt, theme=LIGHT, language="sv")


def slide(picture, **said: str) -> Slide:
    given = {"key": "k", "title": "Titel", "lead": "Rad", "summary": "I ord", "source": "Källa"} | said
    return Slide(picture=picture, **given)


def texts(markup: str) -> list[tuple[float, str, str]]:
    found = re.findall(r'<text x="([\d.-]+)"([^>]*)>([^<]*)</text>', markup)
    return [(float(x), given, words) for x, given, words in found]


@pytest.mark.parametrize("picture", [BARS, LINES, MAP])
def test_words_stay_on_the_canvas(view, picture):
    drawn = picture_html(view, slide(picture))
    for x, anchor, words in texts(drawn):
        wide = width_of(words, 28)
        left = x - (wide / 2 if "middle" in anchor else wide if "end" in anchor else 0)
        assert left > -4, words
        assert left + wide < WIDTH + 12, words


def test_bars_write_every_name_and_value_and_draw_nothing_for_what_is_suppressed(view):
    drawn = picture_html(view, slide(BARS))
    said = [words for _, _, words in texts(drawn)]
    assert {"56 %", "..", "Trollhättan 16 %", *BARS.categories} <= set(said)
    assert drawn.count("<rect") == 1
    assert 'role="img" aria-label="I ord"' in drawn


def test_a_line_stops_at_a_break(view):
    drawn = picture_html(view, slide(LINES))
    assert [len(points.split()) for points in re.findall(r'<polyline points="([^"]*)"', drawn)] == [2, 1]
    assert "stroke-dasharray" in drawn


def test_the_line_of_a_break_says_what_it_is(view):
    assert "ny metod" in [words for _, _, words in texts(picture_html(view, slide(LINES)))]
    unbroken = LinePicture(LINES.years, LINES.series, "")
    assert "ny metod" not in picture_html(view, slide(unbroken))


def test_a_map_writes_values_and_names_and_what_classes_mean(view):
    drawn = picture_html(view, slide(MAP))
    said = [words for _, _, words in texts(drawn)]
    assert "2,2" in said or ".." in said
    assert "Kronogårds Torg-" in said, "a long name takes two lines"
    assert "under 5" in drawn
    assert "saknas" in drawn


def test_a_long_name_on_a_map_takes_as_many_lines_as_it_needs_and_covers_no_other(view):
    names = ("Kronogårds Torg-Frälsegården 32,5", "Norra Lextorp-Västra Kronogården-Östra Kronogården")
    points = (MapPoint(names[0], 400.0, 560.0), MapPoint(names[1], 400.0, 500.0))
    drawn = picture_html(view, slide(MapPicture(MAP.areas, MAP.steps, MAP.none, points)))
    said = re.findall(r'<text x="([\d.-]+)" y="([\d.-]+)"[^>]*font-weight="700"[^>]*>([^<]*)</text>', drawn)
    lines = [words for _, _, words in said]
    assert lines == [
        "Kronogårds Torg-",
        "Frälsegården 32,5",
        "Norra Lextorp-",
        "Västra Kronogården-",
        "Östra Kronogården",
    ]
    boxes = [(float(x), float(y) - 24, float(x) + width_of(words, 30), float(y)) for x, y, words in said]
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


def test_a_short_cell_of_a_table_is_not_broken_into_lines(view):
    drawn = picture_html(
        view, slide(TablePicture(("Mått", "Osäkerhet"), (("Index", "44,7–46,2"), ("Gini", "ord " * 9))))
    )
    assert "<td class=hp-whole>44,7–46,2</td>" in drawn
    assert f"<td>{'ord ' * 9}</td>" in drawn


def test_the_line_of_the_city_is_told_from_the_bars_that_it_crosses(view):
    drawn = picture_html(view, slide(BARS))
    marks = re.findall(r'<line [^>]*stroke="([^"]*)" stroke-width="(\d+)"( stroke-dasharray="[^"]*")?', drawn)
    dashed = [place for place, (_, _, dashes) in enumerate(marks) if dashes]
    assert len(dashed) == len(BARS.categories)
    for place in dashed:
        colour, wide, _ = marks[place - 1]
        assert colour == LIGHT.background
        assert int(wide) > int(marks[place][1])


def test_a_table_says_the_same_as_a_drawing(view):
    assert "<td class=hp-whole>..</td>" in table_html(view, slide(BARS))
    assert table_html(view, slide(LINES)).count("<tr>") == 4
    assert "Väst &amp; öst" in table_html(view, slide(MAP))
    assert table_html(view, slide(NumberPicture((Number("a", "1"),)))) == ""


def test_a_quote_keeps_its_language_and_direction_and_is_escaped(view):
    drawn = picture_html(view, slide(QuotePicture((Quote("<b>نص", "Citat", "ar"),))))
    assert '<blockquote lang="ar" dir="auto">&lt;b&gt;نص</blockquote>' in drawn


def test_a_deck_shows_one_slide_and_offers_the_code_only_with_an_address(view):
    one, two = slide(BARS), slide(None, key="q", title="Vad <nu>?", link="https://staden.example/platser")
    whole = deck_html(view, Deck("Möte", "Trollhättan", "sv", "i dag", (one, two)))
    assert whole.count('<section class="hp-slide') == 2
    assert whole.count(" hidden=") + whole.count(" hidden>") == 2, "one slide and the menu"
    assert "Vad &lt;nu&gt;?" in whole
    assert whole.count("hp-code") == 1
    assert "<p>https:/<wbr>/<wbr>staden.example/<wbr>platser</p>" in whole
    assert 'data-do="code"' in whole
    assert "2 av 2" in whole
    without = deck_html(view, Deck("Möte", "Trollhättan", "sv", "i dag", (one,)))
    assert 'data-do="code"' not in without


def test_the_address_that_can_be_typed_is_the_short_one(view):
    one = slide(BARS, link="https://staden.example/platser?plats=a", short="https://staden.example/v/plats/a/1")
    whole = deck_html(view, Deck("Möte", "Trollhättan", "sv", "i dag", (one,)))
    assert "<p>staden.example/<wbr>v/<wbr>plats/<wbr>a/<wbr>1</p>" in whole
