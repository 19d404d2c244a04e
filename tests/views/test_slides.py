"""Slides: the same numbers as the pages, both ends named, nothing that the room may not see, and few words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import made_up_circle as circle
import pytest
from places_view import plain, view_of

from dashboard.access import LOCAL_EDITOR
from dashboard.register.errors import UnavailableError
from dashboard.register.store import Register
from dashboard.slides import BarPicture, Deck, LinePicture, MapPicture, NumberPicture, QuotePicture, Slide, TablePicture
from dashboard.views import register_access, reports, slides_voices
from dashboard.views.areas import home_areas
from dashboard.views.context import View, municipalities
from dashboard.views.decks import UnknownStoryError, deck, stories
from dashboard.views.numbers import NumberFormat
from dashboard.views.overview_index import index_by_area
from dashboard.views.places_city import current_city
from dashboard.views.places_numbers import people
from dashboard.views.places_results import study_results
from dashboard.views.slides_city import both_ends
from dashboard.views.slides_common import LONGEST_LEAD, LONGEST_TITLE, Asked, named_together
from dashboard.warehouse.connection import Warehouse

ABOUT = {"omrade": {"area": "1488R008"}, "plats": {"place": "drottningtorget"}}


@pytest.fixture(scope="module")
def warehouse(home_city) -> Iterator[Warehouse]:
    opened = Warehouse(home_city.warehouse)
    yield opened
    opened.close()


def whole_view(built, warehouse: Warehouse, folder: Path, language: str = "sv") -> View:
    """Give the view of one of the public outside a page, with a register of its own."""
    made = view_of(built, warehouse, language)
    settings = made.settings.model_copy(update={"database_url": f"sqlite:///{folder / 'register.sqlite3'}"})
    fmt = NumberFormat(language, made.t)
    return replace(made, settings=settings, fmt=fmt, municipalities=municipalities(warehouse))


@pytest.fixture(autouse=True)
def _a_register_of_its_own() -> Iterator[None]:
    register_access.forget()
    yield
    register_access.forget()


@pytest.fixture
def view(home_city, warehouse, tmp_path) -> View:
    return whole_view(home_city, warehouse, tmp_path)


def set_to(view: View, **changed: object) -> View:
    """Give the view under other settings."""
    return replace(view, settings=view.settings.model_copy(update=changed))


def every_deck(view: View) -> list[Deck]:
    return [deck(view, one.id, **ABOUT.get(one.id, {})) for one in stories(view)]


def slide_of(view: View, story: str, key: str, **about: str) -> Slide:
    return next(one for one in deck(view, story, **about).slides if one.key == key)


def words(slide: Slide) -> list[str]:
    return [
        slide.title,
        slide.lead,
        slide.source,
        slide.question,
        slide.summary,
        *re.findall(r"'([^']*)'", repr(slide.picture)),
    ]


def test_every_slide_says_something_short_and_where_it_is_from(view):
    for made in every_deck(view):
        for slide in made.slides:
            where = (made.title, slide.key)
            assert slide.title, where
            assert slide.summary, where
            assert len(slide.title) <= LONGEST_TITLE, where
            assert len(slide.lead) <= LONGEST_LEAD, where
            assert slide.picture is None or slide.source, where
            assert slide.picture is not None or slide.lead or slide.key == "question", where
            assert "{" not in slide.title + slide.lead, where


def test_the_index_names_both_ends_as_the_overview_does(view):
    slide = slide_of(view, "hela-staden", "index-map")
    known = [pair for pair in index_by_area(view) if pair[1].value is not None]
    (low_area, low), (high_area, high) = known[0], known[-1]
    for area, found in ((low_area, low), (high_area, high)):
        assert f"{view.fmt.number(found.value, 1)} i {area.name}" in slide.lead
    assert isinstance(slide.picture, MapPicture)
    assert len(slide.picture.areas) == len(index_by_area(view))
    assert [point.name for point in slide.picture.points] == [
        f"{area.name} {view.fmt.number(found.value, 1)}" for area, found in ((low_area, low), (high_area, high))
    ]
    assert slide.title == f"Samma stad, {view.fmt.number((high.value or 0) / (low.value or 1))} gånger olika villkor"


def test_the_dissimilarity_is_told_with_its_interval_and_floor(view):
    slide = slide_of(view, "hela-staden", "dissimilarity")
    rows = reports.measures(view.warehouse, "1488", "deso", 2025, "foreign_background")
    row = reports.row_of(rows, "dissimilarity")
    assert isinstance(slide.picture, NumberPicture)
    texts = [one.text for one in slide.picture.numbers]
    assert texts == [
        f"{row.value * 100:.0f} av 100",
        view.fmt.interval(row.lower * 100, row.upper * 100),
        f"{row.random_floor * 100:.0f}",
    ]
    # The title names the division alone.
    assert "personer med utländsk bakgrund och personer med svensk bakgrund" in slide.lead


def test_no_line_leads_over_a_break_of_method(view):
    slide = slide_of(view, "hela-staden", "dissimilarity-years")
    assert isinstance(slide.picture, LinePicture)
    assert slide.picture.breaks == (2025,)
    assert "går inte att jämföra" in slide.title


def test_titles_on_who_lives_near_name_the_place(view):
    slide = slide_of(view, "plats", "place-people", place="kronogards-torg")
    assert slide.title.startswith("Inom 10 minuters gång från Kronogårds Torg: ")
    assert isinstance(slide.picture, BarPicture)
    assert slide.picture.series[0].texts[0] in slide.title


@pytest.mark.parametrize("story", ["plats", "kronogards-torg"])
def test_no_slide_names_a_file_of_ours(view, story):
    about = {"place": "finns-inte"} if story == "plats" else {}
    for slide in deck(view, story, **about).slides:
        assert ".yaml" not in " ".join(words(slide)), slide.key


def test_both_ends_of_an_indicator_stand_with_the_city_between(view):
    slide = slide_of(view, "hela-staden", "both-ends")
    assert isinstance(slide.picture, BarPicture)
    values = slide.picture.series[0].values
    assert list(values) == sorted(values)
    name, value, _ = slide.picture.reference
    assert name == "Trollhättan"
    assert values[0] < value < values[-1]
    assert slide.picture.categories[0] in slide.lead
    assert slide.picture.categories[-1] in slide.lead


def test_a_place_is_reached_by_as_many_as_on_its_page(view):
    slide = slide_of(view, "plats", "place-reach", place="drottningtorget")
    city = current_city(view)
    result = next(one for one in study_results(city) if one.spot.id == "drottningtorget")
    assert [one.text for one in slide.picture.numbers] == [
        people(view, city, result.people(limit)) for limit in (400.0, 800.0, 1200.0)
    ]
    assert "Uppskattat" in slide.lead


def test_an_area_stands_beside_the_city(view):
    made = deck(view, "omrade", area="1488R008")
    assert made.title.startswith("Ett område: Norra Lextorp")
    tenure = next(one for one in made.slides if one.key == "tenure")
    assert [one.name for one in tenure.picture.series][1] == "Trollhättan"
    small = deck(view, "omrade", area="1488C1070")
    assert "1488" not in " ".join(text for slide in small.slides for text in (slide.title, slide.lead))


@pytest.mark.parametrize(("story", "about"), [("omrade", {}), ("omrade", {"area": "x"}), ("plats", {"place": "x"})])
def test_what_is_not_there_says_why(view, story, about):
    made = deck(view, story, **about)
    assert all(slide.lead for slide in made.slides if slide.key not in ("question", "index-map"))
    assert made.slides[0].picture is None
    assert "finns inte" in made.slides[0].title


def test_a_story_that_is_not_there_is_an_error_of_its_own(view):
    with pytest.raises(UnknownStoryError, match="hela-staden"):
        deck(view, "annan")


def test_links_stand_only_where_others_can_follow_them(view):
    assert {slide.link for slide in deck(view, "hela-staden").slides} == {""}
    known = set_to(view, public_url="https://staden.example")
    links = [slide.link for slide in deck(known, "hela-staden").slides]
    assert links[0] == "https://staden.example/"
    assert links[3] == "https://staden.example/segregation?uppdelning=foreign_background"
    assert slide_of(set_to(view, public_url="http://127.0.0.1:8501"), "hela-staden", "people").link == ""


def test_quotes_are_those_that_everybody_may_read_also_when_an_editor_shows_them(view, monkeypatch):
    # All that could be shown, not the newest alone.
    monkeypatch.setattr(slides_voices, "MOST", 1000)
    monkeypatch.setattr(slides_voices, "LONGEST", 1_000_000)
    register = Register.open(view.settings.database_url, view.settings.data_folder / "register")
    circle.fill(register)
    register.close()
    register_access.forget()
    editor = replace(view, actor=LOCAL_EDITOR)
    said = "\n".join(text for made in every_deck(editor) for slide in made.slides for text in words(slide))
    for secret in circle.SECRETS:
        assert secret not in said
    assert circle.SAID in said
    slide = slide_of(editor, "fardplan", "quotes")
    assert isinstance(slide.picture, QuotePicture)
    assert {"ar", "so"} & {one.language for one in slide.picture.quotes}


def test_a_register_that_does_not_answer_leaves_the_other_slides(view, monkeypatch):
    def unavailable(_view: View) -> Register:
        raise UnavailableError("unavailable")

    monkeypatch.setattr(register_access, "register", unavailable)
    made = deck(view, "hela-staden")
    kept = {slide.key: slide for slide in made.slides}
    assert kept["roadmap-status"].picture is None
    assert "Registret" in kept["roadmap-status"].lead
    assert kept["index-map"].picture is not None


def test_no_english_on_a_swedish_slide_and_no_swedish_on_an_english_one(view, home_city, warehouse, tmp_path):
    swedish = " ".join(plain(text) for made in every_deck(view) for one in made.slides for text in words(one))
    assert re.findall(r"\b(?:the|and|with|people|areas|share|city|within|source)\b", swedish, re.IGNORECASE) == []
    other = whole_view(home_city, warehouse, tmp_path, "en")
    shown = [one for made in every_deck(other) for one in made.slides]
    english = " ".join(text for one in shown for text in (one.title, one.lead, one.source, one.question, one.notes))
    assert re.findall(r"\b(?:och|av|är|inte|som|källa|invånare|hela|bor)\b", english, re.IGNORECASE) == []


@pytest.mark.parametrize("name", ["peer_city", "only_scb"])
def test_another_city_without_boundaries_places_or_network_has_its_stories_too(request, embedded, tmp_path, name):
    built = request.getfixturevalue(name)
    opened = Warehouse(built.warehouse)
    found = set_to(whole_view(built, opened, tmp_path), data_folder=embedded)
    assert found.home.name == "Vänersborg"
    about = ABOUT | {"omrade": {"area": home_areas(opened, "1487", "deso")[0].code}}
    for one in stories(found):
        for slide in deck(found, one.id, **about.get(one.id, {})).slides:
            assert slide.title
            assert not slide.title.startswith(":"), "an area without a name is called by its code"
            assert slide.picture is not None or slide.lead or slide.key == "question", (one.id, slide.key)
            assert not isinstance(slide.picture, MapPicture)
    # Without figures for neighbourhoods, both ends are those of the small areas.
    assert isinstance(slide_of(found, "hela-staden", "both-ends").picture, BarPicture)
    assert "Vänersborg" in deck(found, "kronogards-torg").slides[1].title
    opened.close()


def test_what_nobody_has_entered_of_a_grant_is_told_as_missing_and_not_as_withheld(view):
    slide = slide_of(view, "fardplan", "grants")
    assert isinstance(slide.picture, TablePicture)
    assert {row[2] for row in slide.picture.rows} == {"uppgift saknas"}


def test_each_number_of_an_area_has_its_year_and_the_whole_city_beside_it_known_or_not(view):
    slide = slide_of(view, "omrade", "area-numbers", area="1488R008")
    assert isinstance(slide.picture, NumberPicture)
    assert [one.label[-4:] for one in slide.picture.numbers] == ["2025", "2024", "2024", "2024"]
    assert all(one.note.startswith("hela kommunen: ") for one in slide.picture.numbers)
    assert slide.picture.numbers[2].note == "hela kommunen: uppgift saknas"


def test_areas_that_share_an_end_are_all_named_there(view):
    slide = slide_of(view, "hela-staden", "both-ends")
    assert slide.picture.series[0].texts[:2] == ("3\u00a0%", "3\u00a0%")
    assert "Lägst i Björndalen-Vårvik och Halvorstorp, högst i Kronogårds Torg-Frälsegården." in slide.lead
    assert "3\u00a0% i Björndalen-Vårvik och Halvorstorp" in slide.summary
    areas = home_areas(view.warehouse, "1488", "regso")
    assert named_together(view, areas[:1]) == areas[0].name
    assert named_together(view, areas[:3]) == "3 områden"


def test_what_differs_most_is_said_of_the_shares_on_the_slide_alone(view):
    made = {one.key: one for one in deck(view, "omrade", area="1488R007").slides}
    title = "Av 5 andelar skiljer låg ekonomisk standard mest: 56\u00a0% här, 16\u00a0% i hela Trollhättan"
    assert made["area-shares"].title == title
    rented, city = (one.values[0] for one in made["tenure"].picture.series)
    # How homes are held differs more, and stands on the next slide.
    assert rented - city > 56 - 16


def test_what_is_worked_out_is_never_credited_as_the_figures_of_the_source(view):
    made = {one.key: one for one in deck(view, "omrade", area="1488R007").slides}
    assert made["area-numbers"].source == (
        "Källa: SCB, TAB6574, TAB6685, TAB6684; Egen beräkning på öppna data från SCB (TAB6680). 2024–2025"
    )
    published, worked_out = made["area-shares"].source.split("; ")
    assert published == "Källa: SCB, TAB6685"
    assert worked_out.startswith("Egen beräkning på öppna data från SCB (TAB6534, TAB6568, TAB6574)")


def test_the_source_of_both_ends_is_that_of_how_the_figure_came_about(view):
    made = both_ends(Asked(view, {"indicator": "foreign_background_share"}))
    assert made.source == "Egen beräkning på öppna data från SCB (TAB6571). 2025"


def test_ways_say_nothing_of_kinds_that_the_slide_leaves_out_and_name_all_that_lie_as_far(view):
    slide = slide_of(view, "plats", "place-ways", place="overby")
    assert slide.title == "Från Överby handelsområde till en tågstation och ett bibliotek är det 4,6\u00a0km"
    assert "längst av 8 sorters mål här" in slide.lead
    near = slide_of(view, "plats", "place-ways", place="kronogards-torg").lead
    assert "Närmast är en vårdcentral, ett apotek och en hållplats: intill." in near


def test_no_way_leads_from_a_place_to_what_lies_beside_it(view):
    slide = slide_of(view, "plats", "place-reach", place="resecentrum")
    assert "tågstation" not in slide.lead
    assert "SCB 2025" in slide.source


def test_a_difference_from_another_city_is_that_of_the_bars(view):
    slide = slide_of(view, "hela-staden", "peers")
    home, nearest = (float(one.replace(",", ".")) for one in slide.picture.series[0].texts[:2])
    assert f"är {view.fmt.number(home - nearest, 1)} enheter" in slide.lead
    assert slide.title.startswith(f"Av {len(slide.picture.categories)} städer är uppdelningen")


def test_a_change_is_that_of_the_years_as_they_are_shown(view, monkeypatch):
    slide = slide_of(view, "hela-staden", "dissimilarity-years")
    assert slide.picture.series[0].texts == ("45,5", "45,4")
    # Between these two years the method changed: told as if it had not, to see the numbers.
    monkeypatch.setattr(reports, "breaks_between", lambda *_: None)
    told = reports.change_text(view, "foreign_background", "deso", with_interval=True)
    assert told.startswith("Ingen säker förändring sedan 2024: −0,1 (osäkerhet")


def test_the_day_of_a_change_of_projects_stands_with_projects_and_not_with_money(view):
    register = register_access.register(view)
    project = register.contents(LOCAL_EDITOR, "1488").projects[0]
    register.save(LOCAL_EDITOR, "project", {"owner": "Kultur"}, id=project.id, version=project.version)
    source = {one.key: one.source for one in deck(view, "fardplan").slides}
    assert ", ändrat " in source["projects"]
    assert source["grants"] == source["deadlines"] == "Källa: färdplanens register, Trollhättan"
