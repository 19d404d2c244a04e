"""A deck of one's own: figures of several pages are added, ordered, shown, saved and opened by a link."""

import json
import re

import pytest
from visitor import Visitor, plain

from dashboard.access import LOCAL_EDITOR
from dashboard.settings import current_settings
from dashboard.slides import ChartPicture, TablePicture
from dashboard.views import own_deck_saving
from dashboard.views.own_deck import MOST_SLIDES, OwnSlide
from dashboard.views.own_deck_adding import WRITTEN_BY_HAND
from dashboard.views.places_spots import OWN
from dashboard.views.what_if_saved import SAVED

# Drawn once for all tests that are not about drawing, which takes a second of the processor.
DRAWN = '<svg viewBox="0 0 430 300"><path d="M0,0h4" fill="#0b5c8a"/></svg>'


@pytest.fixture(autouse=True)
def _drawn_at_once(request, monkeypatch):
    if "drawings" not in request.node.name:
        monkeypatch.setattr("dashboard.views.chart_slides.chart_svg", lambda spec: DRAWN)


@pytest.fixture
def decks(at_home, tmp_path, monkeypatch):
    """Give the folder of saved decks."""
    monkeypatch.setenv("DASHBOARD_DECKS_FOLDER", str(tmp_path / "decks"))
    monkeypatch.setattr(own_deck_saving, "visitor_key", lambda address: "somebody")
    current_settings.cache_clear()
    own_deck_saving.limit.cache_clear()
    yield tmp_path / "decks"
    current_settings.cache_clear()
    own_deck_saving.limit.cache_clear()


def add(visitor: Visitor, key: str) -> Visitor:
    """Open what is below a figure, and add it."""
    return visitor.choose(f"more-{key}", "deck").press(f"own-deck-add-{key}")


def own(visitor: Visitor) -> list[OwnSlide]:
    return visitor.at.session_state["own-deck"]


def titles(visitor: Visitor) -> list[str]:
    return [one.slide.title for one in own(visitor)]


def shown(visitor: Visitor) -> str:
    """Give the slides that the browser is sent; empty when there are none."""
    found = [json.loads(element.proto.json) for element in visitor.at.get("bidi_component")]
    return found[0][0] if found else ""


@pytest.mark.parametrize(
    ("page", "key"), [("overview", "index"), ("overview", "trends"), ("segregation", "curve"), ("districts", "areas")]
)
def test_charts_and_maps_of_pages_become_drawings(visitor, page, key):
    add(visitor.open(page), key)
    assert visitor.is_well()
    assert "Bilden är tillagd. Din presentation har 1 bild av högst 20." in plain(visitor.markup)
    (one,) = own(visitor)
    assert isinstance(one.slide.picture, ChartPicture)
    assert "<path" in one.slide.picture.svg
    assert one.slide.picture.rows
    assert one.slide.title
    assert "SCB" in one.slide.source
    assert (one.slide.language, one.public) == ("sv", True)


def test_a_figure_without_a_chart_becomes_a_table_that_tells_what_is_left_out(visitor):
    add(visitor.open("roadmap"), next(key.removeprefix("more-") for key in visitor.keys("more-")))
    (one,) = own(visitor)
    assert isinstance(one.slide.picture, TablePicture)
    assert len(one.slide.picture.rows) <= 8


def test_nothing_is_drawn_before_the_button_is_pressed(visitor, monkeypatch):
    monkeypatch.setattr("dashboard.views.chart_slides.chart_svg", lambda spec: pytest.fail("it was drawn"))
    visitor.open("overview").choose("more-index", "deck")
    assert visitor.is_well()
    assert "Din presentation är tom än." in plain(visitor.markup)


def test_the_same_is_added_once_and_no_more_than_there_is_room_for(visitor):
    add(add(visitor.open("overview"), "trends"), "trends")
    assert "Den här bilden finns redan i din presentation." in plain(visitor.markup)
    assert len(own(visitor)) == 1
    (first,) = own(visitor)
    visitor.at.session_state["own-deck"] = [first] * MOST_SLIDES
    add(visitor, "peers")
    assert "Presentationen är full: den rymmer 20 bilder." in plain(visitor.markup)
    assert len(own(visitor)) == MOST_SLIDES


def test_slides_are_ordered_taken_away_and_shown(visitor):
    add(add(visitor.open("overview"), "trends"), "peers")
    before = titles(visitor)
    visitor.open("presentation")
    visitor.at.radio[0].set_value(1).run()
    visitor.press("own-deck-up")
    assert titles(visitor) == before[::-1]
    assert visitor.at.radio[0].value == 0, "the slide that was moved stays chosen"
    visitor.press("own-deck-down")
    assert titles(visitor) == before
    visitor.press("own-deck-show")
    assert visitor.at.query_params["berattelse"] == "egen"
    assert shown(visitor).count('<section class="hp-slide') == 2
    assert shown(visitor).count('<svg class="hp-svg hp-chart" role="img"') == 2
    visitor.open("presentation").press("own-deck-remove").press("own-deck-clear")
    assert own(visitor) == []
    assert "Sätt ihop en egen" in plain(visitor.markup)


def test_a_link_to_a_deck_that_is_gone_leads_to_the_list(visitor):
    visitor.open("presentation", berattelse="egen")
    assert visitor.is_well()
    assert shown(visitor) == ""
    assert "Sätt ihop en egen" in plain(visitor.markup)
    assert "Bilderna försvinner när fliken laddas om eller stängs." in plain(visitor.markup)
    assert "Bilderna försvinner när" not in plain(visitor.open("presentation").markup)


def test_slides_keep_their_language_and_the_list_says_that_they_differ(visitor):
    add(visitor.open("overview"), "trends")
    visitor.language = "en"
    visitor.at.session_state["lang"] = "en"
    add(visitor.open("overview"), "trends")
    assert [one.slide.language for one in own(visitor)] == ["sv", "en"]
    visitor.open("presentation")
    assert "The slides are in different languages." in plain(visitor.markup)
    assert '<section class="hp-slide" role="group"' in shown(visitor.open("presentation", berattelse="egen"))
    assert shown(visitor).count(' lang="sv"') == 1


def test_a_saved_deck_is_opened_by_anybody_with_its_day(decks, visitor):
    add(add(visitor.open("overview"), "index"), "peers")
    visitor.open("presentation").press("own-deck-save")
    (file,) = decks.glob("*.json")
    (link,) = [code.value for code in visitor.at.code]
    assert link == f"http://127.0.0.1:8501/presentation?berattelse=egen&sparad={file.stem}"
    other = Visitor().open("presentation", berattelse="egen", sparad=file.stem)
    assert other.is_well()
    assert [title in plain(shown(other)) for title in titles(visitor)] == [True, True]
    assert "nyare siffror kan finnas" in plain(shown(other))
    assert 'aria-label="QR-kod till http://127.0.0.1:8501/' in shown(other)
    listed = Visitor().open("presentation", sparad=file.stem)
    assert "Sparad presentation" in listed.titles
    assert "Min presentation" in listed.titles


@pytest.mark.parametrize("name", ["../../../etc/passwd", "abcdefgh234567", "", "%00"])
def test_a_link_to_no_saved_deck_says_so(decks, visitor, name):
    visitor.open("presentation", berattelse="egen", sparad=name)
    assert visitor.is_well()
    assert "Den sparade presentationen kan inte öppnas. Länken leder inte till någon presentation" in plain(
        visitor.markup
    )


def test_a_damaged_file_says_so(decks, visitor):
    add(visitor.open("overview"), "trends").open("presentation").press("own-deck-save")
    (file,) = decks.glob("*.json")
    text = file.read_text("utf-8")
    for broken in (text[:500], re.sub(r'"svg":"<svg', '"svg":"<!DOCTYPE svg><svg', text)):
        file.write_text(broken, "utf-8")
        found = Visitor().open("presentation", berattelse="egen", sparad=file.stem)
        assert found.is_well()
        assert "Filen är skadad och kan inte visas." in plain(found.markup)


def test_a_file_that_somebody_else_wrote_runs_nothing_and_leads_nowhere_else(decks, visitor):
    add(visitor.open("overview"), "trends").open("presentation").press("own-deck-save")
    (file,) = decks.glob("*.json")
    held = json.loads(file.read_text("utf-8"))
    held["slides"][0]["picture"]["svg"] = (
        '<svg viewBox="0 0 4 3"><script>alert(1)</script><path d="M0,0" onload="alert(1)"/></svg>'
    )
    held["slides"][0] |= {"link": "https://example.org/", "title": "<img src=x onerror=alert(1)>"}
    file.write_text(json.dumps(held), "utf-8")
    found = shown(Visitor().open("presentation", berattelse="egen", sparad=file.stem))
    assert "alert(1)</script>" not in found
    assert "onload" not in found
    assert "<img" not in found
    assert "example.org" not in found


def test_what_a_visitor_writes_into_an_address_is_not_saved(decks, visitor):
    add(visitor.open("overview", hej="Vem som helst kan skriva här!"), "trends")
    visitor.open("presentation").press("own-deck-save")
    (file,) = decks.glob("*.json")
    assert "Vem" not in file.read_text("utf-8")


def test_words_of_ones_own_keep_a_slide_from_being_saved(decks, visitor):
    visitor.open("places", egen="58.2707~12.3080~Hemma hos mig")
    add(visitor, next(key.removeprefix("more-") for key in visitor.keys("more-")))
    assert [one.public for one in own(visitor)] == [False]
    visitor.open("presentation").press("own-deck-save")
    assert "1 bild sparas inte" in plain(visitor.markup)
    assert "Den har inga bilder som får sparas." in plain(visitor.markup)
    assert not decks.exists()


def test_what_only_some_see_is_not_saved_for_all(decks, visitor, monkeypatch):
    monkeypatch.setattr("dashboard.views.context.current_actor", lambda settings: LOCAL_EDITOR)
    add(visitor.open("overview"), "trends")
    add(visitor.open("segregation"), "curve")
    assert [one.public for one in own(visitor)] == [False, True]


def test_nobody_saves_too_often(decks, visitor, monkeypatch):
    monkeypatch.setattr(own_deck_saving, "MOST_AN_HOUR", 1)
    add(visitor.open("overview"), "trends").open("presentation").press("own-deck-save").press("own-deck-save")
    assert "Du har sparat många gånger den senaste timmen." in plain(visitor.markup)
    assert len(list(decks.glob("*.json"))) == 1


def test_keys_of_choices_that_hold_words_of_the_visitor_are_known():
    assert {OWN, SAVED} == WRITTEN_BY_HAND
