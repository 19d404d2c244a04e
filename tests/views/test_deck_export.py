"""A deck in the dashboard's own look: words in both languages, readable colours, the operator's accent and logo."""

import io
from dataclasses import replace

import pytest
from pptx import Presentation

from dashboard.access import OPERATOR, PUBLIC
from dashboard.colours import contrast
from dashboard.i18n import LANGUAGES, get_translator
from dashboard.settings import PROJECT_FOLDER, Settings
from dashboard.slides import Deck, Slide
from dashboard.stories import Story
from dashboard.views import deck_export
from dashboard.views.context import View
from dashboard.views.deck_export import MEDIA_TYPE, deck_bytes, deck_style, deck_words
from dashboard.views.theme import LIGHT

DECK = Deck("Namn", "Provby", "sv", "i dag", (Slide("x", "Titel", "Ingress", None, "I ord", "SCB", question="Vad?"),))


@pytest.mark.parametrize(("language", "number"), [("sv", "1 av 1"), ("en", "1 of 1")])
def test_a_deck_gets_the_words_of_its_own_language(language, number):
    content = deck_bytes(replace(DECK, language=language), Settings())
    file = Presentation(io.BytesIO(content))
    assert MEDIA_TYPE in file.part.content_type.replace(".main+xml", "")
    assert number in [shape.text_frame.text for shape in file.slides[1].shapes if shape.has_text_frame]
    words = deck_words(get_translator(language, PROJECT_FOLDER / "locales"))
    assert f"{words.question}: Vad?" in file.slides[1].notes_slide.notes_text_frame.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_numbers_have_their_place_in_the_words(language):
    words = deck_words(get_translator(language, PROJECT_FOLDER / "locales"))
    assert words.number.format(n=2, of=9) in ("2 av 9", "2 of 9")
    lower, upper = (text.format(name="Provby") for text in (words.lower, words.upper))
    assert lower != upper
    assert all(text.startswith("Provby") for text in (lower, upper))


def test_series_stand_out_from_white_and_are_as_many_as_a_theme_has():
    style = deck_style(Settings())
    assert style.accent == LIGHT.accent
    assert len(style.others) == 5
    assert [colour for colour in (style.accent, *style.others) if contrast(colour, style.background) < 3] == []
    assert contrast(style.muted, style.background) >= 4.5
    assert style.font_file.is_file()


def view_of(settings):
    return View(
        settings=settings,
        catalogue=None,
        warehouse=None,
        t=get_translator("sv", PROJECT_FOLDER / "locales"),
        fmt=None,
        theme=LIGHT,
        language="sv",
        municipalities=(),
        actor=OPERATOR,
    )


def test_an_address_that_is_set_asks_no_visitor(monkeypatch):
    monkeypatch.setattr("streamlit.context", None)
    assert view_of(Settings(public_url="https://example.org/")).public_address == "https://example.org"


def test_the_button_holds_what_everybody_may_see_and_an_address(monkeypatch):
    view = view_of(Settings())
    monkeypatch.setattr(View, "public_address", "https://example.org")
    offered, asked = {}, []
    monkeypatch.setattr("streamlit.download_button", lambda label, **given: offered.update(given, label=label))
    monkeypatch.setattr(deck_export, "deck", lambda *given, **about: asked.append((*given, about)) or DECK)
    words = {"sv": "Ett område", "en": "One area"}
    story = Story.model_validate(
        {"id": "ett", "name": words, "minutes": 5, "parameter": "area", "slides": [{"kind": "question"}]}
    )
    deck_export.offer_deck(view, story, {"area": "1487R001"})
    assert (offered["file_name"], offered["label"]) == ("ett-1487R001.pptx", "Ett område som PowerPoint")
    assert asked == [], "made only when somebody asks for it"
    assert Presentation(io.BytesIO(offered["data"]())).core_properties.title == "Namn"
    [(seen, story_id, about)] = asked
    assert (story_id, about) == ("ett", {"area": "1487R001"})
    assert seen.actor == PUBLIC
    assert seen.settings.public_url == "https://example.org"


def test_the_operator_has_the_last_word_on_accent_and_logo():
    logo = PROJECT_FOLDER / "static" / "favicon.png"
    style = deck_style(Settings(deck_accent="#7a1f5c", deck_logo=logo))
    assert (style.accent, style.logo) == ("#7a1f5c", logo)
