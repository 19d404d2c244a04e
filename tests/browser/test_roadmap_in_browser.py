"""Färdplan in a real browser: filters in the link, projects by the keyboard, the timeline on a phone."""

from conftest import PHONE, OpenTab
from layout import outside_the_window, sideways_scroll

PAGE = "fardplan"
PROJECT = "fardplan?projekt=kronogards-torg"
#: What opens the filters.
FILTERS = "[data-testid=stExpander] summary"
#: A project beside its bar.
ROWS = "li.hs-plan-row"


def test_a_link_restores_the_filters(tab: OpenTab) -> None:
    visit = tab().go(PAGE)
    whole = visit.headline()
    visit.page.locator(FILTERS).first.click()
    for key in ("insatsomrade", "ansvarig"):
        visit.pick(key, 0)
        visit.wait_for_url(f"{key}=")
    link = visit.url()
    assert visit.headline() != whole

    other = tab().go(link)
    assert other.headline() == visit.headline()
    for key in ("insatsomrade", "ansvarig"):
        assert other.tags(key) == visit.tags(key) != []
    assert other.url() == link


def test_a_project_is_opened_and_left_by_the_keyboard_and_the_filters_stay(tab: OpenTab) -> None:
    visit = tab().go(f"{PAGE}?insatsomrade=mixed_housing")
    found = visit.headline()
    link = visit.page.locator(".hs-projects a").first
    name = link.inner_text()
    link.focus()
    link.press("Enter")
    visit.wait_for_url("projekt=", "insatsomrade=mixed_housing")
    assert visit.headline() == name

    back = visit.page.locator(".hs-back a")
    back.focus()
    back.press("Enter")
    visit.page.wait_for_function("!location.href.includes('projekt=')")
    visit.settle()
    assert visit.headline() == found
    assert visit.complaints == []


def test_the_back_button_leads_from_a_project_to_all(tab: OpenTab) -> None:
    visit = tab().go(PAGE)
    whole = visit.headline()
    visit.page.locator(".hs-projects a").first.click()
    visit.wait_for_url("projekt=")
    assert visit.headline() != whole
    visit.page.go_back()
    visit.page.wait_for_function("whole => document.querySelector('h1.hs-headline')?.innerText === whole", arg=whole)


def test_a_project_leads_to_its_place_and_the_place_back(tab: OpenTab) -> None:
    visit = tab().go(PROJECT)
    name = visit.headline()
    visit.page.locator(".hs-facts a[href^='platser']").click()
    visit.wait_for_url("/platser", "plats=kronogards-torg")
    visit.page.get_by_role("link", name=name).click()
    visit.wait_for_url("/fardplan", "projekt=kronogards-torg")
    assert visit.headline() == name
    assert visit.complaints == []


def test_the_timeline_can_be_read_on_a_phone(tab: OpenTab) -> None:
    visit = tab(PHONE).go(PAGE)
    assert sideways_scroll(visit.page) == 0
    assert outside_the_window(visit.page) == []
    small = visit.page.locator(f"{ROWS} h4, {ROWS} p, .hs-plan-axis span, .hs-plan-now").evaluate_all(
        "texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize)).filter(size => size < 14)"
    )
    assert small == []
    # Names wrap instead of being cut, and the bar lies below them across the whole width.
    for box in visit.page.locator(ROWS).all():
        words, track = box.locator("> div").all()
        name = words.locator("h4")
        assert name.evaluate("name => name.scrollWidth <= name.clientWidth")
        above, below = words.bounding_box(), track.bounding_box()
        assert above is not None
        assert below is not None
        assert below["y"] >= above["y"] + above["height"]
        assert below["width"] > 0.9 * (PHONE["width"] - 32)


def test_words_stand_in_the_order_of_time_beside_bars_that_screen_readers_pass_over(tab: OpenTab) -> None:
    visit = tab().go(PAGE)
    row = visit.page.locator(ROWS, has_text="Utveckling av Kronogårds Torg")
    assert row.locator(".hs-plan-track").get_attribute("aria-hidden") == "true"
    assert "Pågick 2021, nu okänt" in row.inner_text()
    assert "Start: före 2021. Slut: uppgift saknas." in row.inner_text()
    # The surely known part is to the left of today's line.
    bar, now = (row.locator(one).bounding_box() for one in (".hs-bar-ongoing", ".hs-plan-today"))
    assert bar is not None
    assert now is not None
    assert bar["x"] + bar["width"] < now["x"]
