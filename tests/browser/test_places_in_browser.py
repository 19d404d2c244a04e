"""The page on places in a real browser: maps answer clicks, links restore it, files open, keys do it all."""

import re
from pathlib import Path

import pyogrio
import pytest
from conftest import PHONE, OpenTab
from playwright.sync_api import expect
from test_keyboard import reach
from visit import SWEDISH, Visit

from dashboard.reach.coordinates import to_metres

#: A click is at most this many pixels off, and a position in the address half of its last decimal.
PIXELS = 2
CLOSED = "C~1"


def painted(visit: Visit) -> Visit:
    visit.settle().page.locator(".hs-map[data-painted=true]").wait_for()
    visit.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return visit


def told(visit: Visit, name: str) -> float:
    return float(visit.page.locator(".hs-map").get_attribute(f"data-{name}") or "nan")


def click_ground(visit: Visit, east: float, north: float) -> tuple[float, float]:
    """Click on the map, so many metres beside its middle, and give where that is."""
    picture = visit.page.locator(".hs-map-picture")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    scale = told(visit, "scale")
    visit.page.mouse.click(box["x"] + box["width"] / 2 + east * scale, box["y"] + box["height"] / 2 - north * scale)
    return told(visit, "x") + east, told(visit, "y") + north


def position(text: str) -> tuple[float, float]:
    """Read a position of a field or of the address as metres."""
    lat, lon = text.replace("~", ", ").split(", ")[:2]
    return to_metres(float(lat), float(lon))


def field(visit: Visit, key: str) -> str:
    return visit.widget(key).get_by_role("textbox").input_value()


def assert_quiet(visit: Visit) -> None:
    assert visit.complaints == []
    assert visit.outside == []


def test_a_click_on_the_map_adds_an_own_place(tab: OpenTab) -> None:
    visit = painted(tab().go("platser?plats=drottningtorget"))
    wanted = click_ground(visit, 420, -260)
    visit.wait_for_url("egen=")
    [entry] = visit.parameter("egen")
    assert position(entry) == pytest.approx(wanted, abs=PIXELS / told(visit, "scale") + 1)
    assert visit.parameter("plats") == ["drottningtorget", entry]
    heads = visit.page.locator("table.hs-table").first.locator("thead th").all_inner_texts()
    assert len(heads) == 4
    assert_quiet(visit)


def test_a_click_far_from_every_street_is_refused_in_words(tab: OpenTab) -> None:
    visit = painted(tab().go("platser?plats=sjuntorps-torg"))
    click_ground(visit, -1700, 1500)
    told_so = visit.page.get_by_text("m från gångnätet")
    told_so.first.wait_for()
    assert visit.parameter("egen") == []
    assert visit.parameter("plats") == ["sjuntorps-torg"]
    assert_quiet(visit)


def test_two_clicks_fill_both_ends_of_a_link_and_it_can_be_added(tab: OpenTab) -> None:
    visit = painted(tab().go("platser?del=what_if&fran=drottningtorget"))
    first = click_ground(visit, -300, 100)
    expect(visit.widget("what-if-start").get_by_role("textbox")).not_to_have_value("")
    painted(visit)
    second = click_ground(visit, 350, 250)
    expect(visit.widget("what-if-end").get_by_role("textbox")).not_to_have_value("")
    near = PIXELS / told(visit, "scale") + 1
    assert position(field(visit, "what-if-start")) == pytest.approx(first, abs=near)
    assert position(field(visit, "what-if-end")) == pytest.approx(second, abs=near)
    visit.widget("what-if-add-link").get_by_role("button").click()
    visit.wait_for_url("andring=")
    [code] = visit.parameter("andring")
    assert code.startswith("L~bridge~")
    expect(visit.page.get_by_role("heading", name="Före och efter", exact=False)).to_be_visible()
    assert field(visit, "what-if-start") == field(visit, "what-if-end") == ""
    assert_quiet(visit)


def test_a_link_restores_the_view(tab: OpenTab) -> None:
    own = "58.28370~12.28860~Vid%20%C3%A5n"
    visit = tab().go(f"platser?plats=innovatum&plats={own}&egen={own}&blandning=age&slag=library")
    visit.wait_for_url("plats=innovatum")
    assert visit.tags("plats") != []
    other = tab().go(visit.url())
    assert other.url() == visit.url()
    assert other.tags("plats") == visit.tags("plats")
    assert other.page.get_by_role("heading").all_inner_texts() == visit.page.get_by_role("heading").all_inner_texts()

    visit.go(f"platser?del=what_if&andring={CLOSED}&scenario=Utan%20bro!{CLOSED}&fran=innovatum")
    again = tab().go(visit.url())
    assert again.headline() == visit.headline()
    assert again.page.get_by_role("heading").all_inner_texts() == visit.page.get_by_role("heading").all_inner_texts()
    assert_quiet(again)


def test_the_back_button_takes_a_change_back(tab: OpenTab) -> None:
    visit = tab().go("platser?del=what_if&prova=crossing")
    before = visit.headline()
    visit.widget("what-if-add-crossing").get_by_role("button").click()
    visit.wait_for_url("andring=")
    visit.page.go_back()
    visit.page.wait_for_function("() => !location.href.includes('andring=')")
    expect(visit.page.locator("h1.hs-headline")).to_have_text(before)


def test_a_place_is_chosen_and_a_table_opened_by_the_keyboard_alone(tab: OpenTab) -> None:
    visit = tab().go("platser")
    reach(visit, "combobox", "plats")
    visit.page.keyboard.type("Innovatum")
    visit.page.get_by_role("option").filter(has_text="Innovatum").wait_for()
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    visit.wait_for_url("plats=innovatum")
    visit.page.keyboard.press("Escape")
    tables = visit.page.locator("table.hs-table").count()
    reach(visit, "radio", "more-places-map")
    visit.page.keyboard.press("Space")
    visit.page.wait_for_function("n => document.querySelectorAll('table.hs-table').length > n", arg=tables)
    assert_quiet(visit)


def test_the_map_is_used_by_the_keyboard_alone(tab: OpenTab) -> None:
    """Enter chooses the middle of the map, which arrows move."""
    visit = painted(tab().go("platser?plats=drottningtorget"))
    visit.page.locator(".hs-map-picture").focus()
    for _ in range(3):
        visit.page.keyboard.press("ArrowRight")
    painted(visit)
    wanted = told(visit, "x"), told(visit, "y")
    visit.page.keyboard.press("Enter")
    visit.wait_for_url("egen=")
    assert position(visit.parameter("egen")[0]) == pytest.approx(wanted, abs=PIXELS / told(visit, "scale") + 1)


def test_a_change_is_added_by_the_keyboard_alone(tab: OpenTab) -> None:
    visit = tab().go("platser?del=what_if")
    reach(visit, "radio", "prova")
    visit.page.keyboard.press("ArrowRight")
    visit.page.keyboard.press("Space")
    visit.wait_for_url("prova=crossing")
    reach(visit, "button", "what-if-add-crossing")
    visit.page.keyboard.press("Enter")
    visit.wait_for_url("andring=")
    reach(visit, "input", "what-if-name")
    visit.page.keyboard.type("Min ändring")
    reach(visit, "button", "what-if-save")
    visit.settle().page.keyboard.press("Enter")
    visit.wait_for_url("scenario=")
    assert_quiet(visit)


def test_the_geopackage_is_downloaded_and_opens(tab: OpenTab, tmp_path: Path) -> None:
    visit = tab().go(f"platser?del=what_if&andring={CLOSED}&andring=O~2")
    with visit.page.expect_download() as wait:
        visit.widget("what-if-geopackage").get_by_role("button").click()
    file = tmp_path / wait.value.suggested_filename
    wait.value.save_as(file)
    assert re.fullmatch(r"scenario-kronogards-torg-\d{4}-\d\d-\d\d\.gpkg", file.name)
    layers = dict(pyogrio.list_layers(file).tolist())
    assert {"network_before", "network_after", "places", "figures", "method"} <= set(layers)
    texts = pyogrio.read_dataframe(file, layer="method")["text"].tolist()
    assert any(text.startswith("Schematiskt gångnät, uppskattade avstånd") for text in texts)
    assert "Klaffbron stängs för gående" in texts
    # The link in the note restores the scenario.
    link = next(text for text in texts if "andring=" in text)
    assert "del=what_if" in link
    state = pyogrio.read_dataframe(file, layer="crossings").set_index("name")["walkable_scenario"].to_dict()
    assert (state["Klaffbron"], state["Järnvägsbron"]) == ("no", "yes")
    assert_quiet(visit)


def test_every_chart_and_map_says_in_words_what_it_shows(tab: OpenTab) -> None:
    visit = painted(tab().go("platser"))
    picture = visit.page.locator(".hs-map-picture")
    assert "inom 10 minuter" in (picture.get_attribute("aria-label") or "")
    chart = visit.page.locator("[data-testid=stVegaLiteChart]")
    assert chart.count() == 1
    visit.choose("more-places-mix", "figure.table")
    expect(visit.page.get_by_role("columnheader", name=SWEDISH("places.mix_minutes"))).to_be_visible()


def test_choices_of_a_part_are_all_in_sight(tab: OpenTab) -> None:
    """Buttons of a choice go on in another line where there is no room, instead of out of it."""
    for path, key in (("platser?del=what_if", "prova"), ("platser?plats=innovatum", "blandning")):
        visit = tab().go(path)
        group = visit.widget(key)
        frame = group.bounding_box()
        assert frame is not None
        for button in visit.buttons(key).all():
            box = button.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


def test_no_hint_of_the_framework_in_english(tab: OpenTab) -> None:
    visit = tab().go("platser?del=what_if")
    typed = visit.widget("what-if-start").get_by_role("textbox")
    typed.fill("58.28")
    expect(typed).to_be_focused()
    assert "Enter" not in visit.page.locator("[data-testid=stMain]").inner_text()


def test_a_change_can_be_tried_on_a_phone(tab: OpenTab) -> None:
    visit = painted(tab(PHONE).go("platser?del=what_if&fran=drottningtorget&prova=service"))
    click_ground(visit, 100, 100)
    expect(visit.widget("what-if-start").get_by_role("textbox")).not_to_have_value("")
    visit.widget("what-if-add-service").get_by_role("button").click()
    visit.wait_for_url("andring=S~")
    assert_quiet(visit)
