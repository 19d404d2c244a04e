"""The page for meetings: the list of stories, a story by its link, and the way back."""

import json

import pytest
from visitor import Visitor, plain

STORIES = ("hela-staden", "kronogards-torg", "fardplan", "omrade", "plats")


def deck_of(visitor: Visitor) -> str:
    """Give the slides that the browser is sent; empty when there are none."""
    found = [json.loads(element.proto.json) for element in visitor.at.get("bidi_component")]
    return found[0][0] if found else ""


def test_the_list_tells_how_long_each_story_is(visitor):
    visitor.open("presentation")
    assert visitor.is_well()
    assert visitor.headline == "5 berättelser att visa på ett möte"
    assert "9 bilder, ungefär 5 minuter" in plain(visitor.markup)
    assert [button.key for button in visitor.at.button] == [f"story-{name}" for name in STORIES]
    assert deck_of(visitor) == ""


def test_a_story_is_opened_from_the_list_with_its_choice_in_the_address(visitor):
    visitor.open("presentation").choose("story-omrade-about", "1488C1070").press("story-omrade")
    assert visitor.at.query_params == {"berattelse": "omrade", "omrade": "1488C1070"}
    assert deck_of(visitor).count('<section class="hp-slide') == 5


@pytest.mark.parametrize("story", STORIES)
def test_a_link_opens_a_story(visitor, story):
    visitor.open("presentation", berattelse=story, omrade="1488R007", plats="drottningtorget", bild="3")
    assert visitor.is_well()
    assert deck_of(visitor).count('<section class="hp-slide') >= 5
    assert visitor.at.query_params["bild"] == "3", "the browser keeps which slide is shown"


def test_a_story_that_is_not_there_leads_to_the_list(visitor):
    visitor.open("presentation", berattelse="annan")
    assert "Berättelsen i länken finns inte." in plain(visitor.markup)
    assert len(visitor.at.button) == len(STORIES)


def test_a_story_in_english(english_visitor):
    english_visitor.open("presentation", berattelse="hela-staden")
    assert "The same city" in plain(deck_of(english_visitor))


def test_a_broken_story_is_told_in_words_and_its_fault_to_whoever_runs_the_site(built_city, caplog):
    folder = built_city.data / "stories"
    folder.mkdir()
    with built_city.in_use():
        assert "inga berättelser" in Visitor().open("presentation").headline
        (folder / "fel.yaml").write_text("id: fel\n", "utf-8")
        text = plain(Visitor().open("presentation").markup)
        assert "Berättelsen går inte att läsa" in text
        assert "Field required" not in text
        assert "stories/fel.yaml, name: Field required" in caplog.text
