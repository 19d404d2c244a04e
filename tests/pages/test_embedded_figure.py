"""One figure alone, as a frame of another page shows it: nothing else is laid out where anybody sees or reaches it."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from visitor import Visitor

from dashboard.access import LOCAL_EDITOR

#: Page and its choices → figures of it, of each way in which one is laid out.
FIGURES = [
    ("overview", {}, "tiles"),
    ("overview", {}, "trends"),
    ("overview", {}, "cities"),
    ("overview", {}, "roadmap"),
    ("segregation", {}, "years"),
    ("segregation", {"niva": "regso"}, "measures"),
    ("districts", {}, "areas"),
    ("places", {}, "places-people"),
    ("places", {"del": "access"}, "access-areas"),
    ("places", {"del": "access"}, "access-groups"),
    ("places", {"del": "barriers"}, "screening"),
    ("roadmap", {}, "plan-timeline"),
]


def framed(page: str, figure: str, language: str = "sv", **choices: str) -> Visitor:
    visitor = Visitor(language)
    visitor.at.context["is_embedded"] = True
    return visitor.open(page, figur=figure, **choices)


def shown(visitor: Visitor) -> tuple[list[Any], list[Any]]:
    """Give what is in the part that is displayed, and what is in the one that is not."""
    displayed, hidden = list(visitor.at.main.children.values())
    assert displayed.proto.id.endswith("-embedded")
    assert hidden.proto.id.endswith("-embedded-rest")
    return list(within(displayed)), list(within(hidden))


def within(block: Any) -> Iterator[Any]:
    """Give all elements of a part, however deep."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from within(child)


def markup(elements: list[Any]) -> str:
    return "\n".join(element.value for element in elements if element.type == "html")


@pytest.fixture
def framing(monkeypatch, home_city):
    monkeypatch.setenv("DASHBOARD_EMBED_ORIGINS", '["https://www.example.org"]')
    monkeypatch.setenv("DASHBOARD_PUBLIC_URL", "https://helastaden.example.org")
    with home_city.in_use():
        yield


@pytest.mark.parametrize(("page", "choices", "figure"), FIGURES)
def test_a_figure_stands_alone_with_its_title_source_and_way_back(at_home, page, choices, figure):
    visitor = framed(page, figure, **choices)
    assert visitor.is_well()
    displayed, hidden = shown(visitor)
    text = markup(displayed)
    assert text.count('class="hs-section"') == 1
    assert 'class="hs-source"' in text
    (link,) = re.findall(r'<p class="hs-embed-link"><a href="([^"]+)" target="_blank" rel="noopener">', text)
    assert parse_qs(urlsplit(html.unescape(link)).query) == {key: [value] for key, value in choices.items()}
    assert "hs-source" not in markup(hidden), "another figure was drawn"
    assert not visitor.at.sidebar.children


def test_pictures_and_tables_are_those_of_the_page(at_home):
    displayed, _ = shown(framed("segregation", "years", niva="regso"))
    assert [one.type for one in displayed] == ["html", "vega_lite_chart", "html", "html", "html"]
    assert '<details class="hs-more"><summary>Visa som tabell</summary>' in markup(displayed)
    chart = Visitor().open("segregation", niva="regso").charts()
    assert json.loads(displayed[1].proto.spec) in chart


def test_a_picture_that_is_a_table_has_no_second_one(at_home):
    displayed, _ = shown(framed("places", "access-areas", **{"del": "access"}))
    assert "hs-more" not in markup(displayed)
    assert "<table" in markup(displayed)


def test_a_figure_speaks_the_language_of_its_address(at_home):
    text = markup(shown(framed("segregation", "years", "en"))[0])
    assert "Open in Hela staden" in text
    assert "lang=en" in text


@pytest.mark.parametrize("figure", ["", "finns-inte", "tiles"])
def test_a_figure_that_is_not_there_is_told_with_a_way_to_the_page(at_home, figure):
    displayed, _ = shown(framed("segregation", figure))
    assert "Diagrammet finns inte här." in markup(displayed)
    assert 'href="http://127.0.0.1:8501/segregation" target="_blank"' in markup(displayed)


def test_the_areas_of_a_framed_map_cannot_be_chosen(at_home):
    displayed, _ = shown(framed("districts", "areas"))
    (chart,) = [one for one in displayed if one.type == "vega_lite_chart"]
    assert list(chart.proto.selection_mode) == []
    assert not [one for one in displayed if one.type == "bidi_component"]


def test_in_a_frame_nobody_has_rights_even_at_the_machine_itself(home_city, monkeypatch):
    monkeypatch.setenv("DASHBOARD_LOCAL_EDITOR", "true")
    monkeypatch.setattr("dashboard.views.context.current_actor", lambda settings: LOCAL_EDITOR)
    with home_city.in_use():
        assert [one for one in Visitor().open("roadmap").at.button if str(one.key).endswith("-open")]
        page = framed("roadmap", "plan-timeline")
        assert not [one for one in page.at.button if str(one.key).endswith("-open")]


def test_a_tab_that_began_in_a_frame_stays_in_it(at_home):
    visitor = framed("segregation", "years")
    visitor.at.context["is_embedded"] = False
    visitor.at.run()
    displayed, _ = shown(visitor)
    assert 'class="hs-section"' in markup(displayed)


def codes(page: Visitor) -> list[str]:
    return [one.value for one in page.at.code if one.value.startswith("<iframe")]


def test_below_a_figure_stands_the_code_that_shows_it_elsewhere(framing):
    page = Visitor("en").open("segregation", niva="regso").choose("more-years", "download")
    assert page.is_well()
    (code,) = codes(page)
    said = dict(re.findall(r'([a-z]+)="([^"]*)"', code))
    address = urlsplit(html.unescape(said["src"]))
    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://helastaden.example.org/segregation"
    wanted = {"niva": ["regso"], "lang": ["en"], "embed": ["true"], "figur": ["years"]}
    assert parse_qs(address.query) == wanted
    assert html.unescape(said["title"]).startswith("Hela staden, Trollhättan: ")
    assert (said["loading"], said["width"]) == ("lazy", "100%")
    assert int(said["height"]) >= 400
    assert "https://www.example.org" in page.markup


def test_where_no_site_is_named_no_code_is_offered(at_home):
    assert codes(Visitor().open("segregation").choose("more-years", "download")) == []
