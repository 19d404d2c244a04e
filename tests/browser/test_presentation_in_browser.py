"""A story on the whole screen: turned by keys without the network, kept in the address, read from the back row."""

import pytest
from conftest import PHONE, WALL, OpenTab
from playwright.sync_api import Page
from visit import SWEDISH, Visit

OLD_PROJECTOR = {"width": 1024, "height": 768}
SIDEWAYS = {"width": 844, "height": 390}
SMALLEST_TYPE = 28

# Words and drawings of the slide that is shown, and what turns slides, that lie outside the window or are cut off.
_OUTSIDE = """() => {
    const deck = document.querySelector('.hp-deck');
    const found = [];
    for (const one of deck.querySelectorAll('.hp-slide:not([hidden]) *, .hp-controls *, .hp-slide:not([hidden])')) {
        if (one instanceof SVGElement && !['svg', 'text'].includes(one.tagName)) continue;
        if (one.closest('clipPath, .hs-hidden')) continue;
        const box = one.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        const out = box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
        const cut = one.matches('.hp-words, .hp-drawn, .hp-slide') && one.scrollHeight > one.clientHeight + 1;
        if (out || cut) found.push(`${one.tagName}.${one.getAttribute('class')}: ${one.textContent.slice(0, 60)}`);
    }
    return found;
}"""

# The smallest type of the slide that is shown, in pixels as they stand on the screen.
_SMALLEST = """() => Math.min(...[...document.querySelectorAll('.hp-slide:not([hidden]) *, .hp-place')]
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== ''))
    .filter(one => one.getBoundingClientRect().width > 2 && !one.closest('.hs-hidden'))
    .map(one => one instanceof SVGElement
        ? Number(one.closest('text').getAttribute('font-size')) * Math.hypot(one.getScreenCTM().a, one.getScreenCTM().b)
        : parseFloat(getComputedStyle(one).fontSize)))"""


def shown(page: Page) -> str:
    """Give the name of the slide that is shown."""
    return page.evaluate("document.querySelector('.hp-slide:not([hidden])').dataset.key")


def opened(visit: Visit, path: str) -> Page:
    visit.go(f"presentation?{path}").page.locator(".hp-slide:not([hidden])").wait_for()
    return visit.page


def test_keys_turn_the_slides_and_the_address_follows_without_the_network(tab: OpenTab) -> None:
    visit = tab(WALL)
    page = opened(visit, "berattelse=hela-staden&bild=3")
    assert shown(page) == "both-ends"
    assert not page.get_by_test_id("stSidebar").is_visible()
    page.context.set_offline(True)
    for key, name in (
        ("ArrowRight", "dissimilarity"),
        ("PageDown", "dissimilarity-years"),
        (" ", "peers"),
        ("PageUp", "dissimilarity-years"),
        ("ArrowLeft", "dissimilarity"),
        ("End", "question"),
        ("ArrowRight", "question"),
        ("Home", "people"),
    ):
        page.keyboard.press(key)
        assert shown(page) == name, key
    assert visit.parameter("bild") == []
    page.get_by_role("button", name="Nästa bild").click()
    assert visit.parameter("bild") == ["2"]
    assert page.locator(".hp-place").inner_text() == "2 av 9"
    page.keyboard.press("n")
    assert page.locator(".hp-slide:not([hidden]) .hp-notes").is_visible()
    page.keyboard.press("t")
    assert page.locator(".hp-slide:not([hidden]) .hp-as-table table").is_visible()
    page.context.set_offline(False)
    page.keyboard.press("Escape")
    page.locator(".hp-deck").wait_for(state="detached")
    assert visit.settle().headline() == "5 berättelser att visa på ett möte"
    assert visit.parameter("berattelse") == []


def test_slides_turn_by_themselves_until_a_key_is_pressed(tab: OpenTab) -> None:
    visit = tab(WALL)
    visit.page.clock.install()
    page = opened(visit, "berattelse=fardplan")
    page.get_by_role("button", name="Mer", exact=True).click()
    switch = page.get_by_role("button", name="Byt bild automatiskt")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    page.clock.run_for(30_500)
    assert shown(page) == "projects"
    page.keyboard.press("ArrowLeft")
    page.clock.run_for(60_000)
    assert shown(page) == "roadmap-status"


@pytest.mark.parametrize("story", ["hela-staden", "kronogards-torg", "omrade&omrade=1488R008"])
def test_every_slide_fits_every_screen_and_is_read_from_the_back_row(tab: OpenTab, story: str) -> None:
    page = opened(tab(WALL), f"berattelse={story}")
    for size in (WALL, OLD_PROJECTOR, PHONE, SIDEWAYS):
        page.set_viewport_size(size)
        page.keyboard.press("Home")
        for _ in range(page.locator(".hp-slide").count()):
            where = (size["width"], shown(page))
            assert page.evaluate(_OUTSIDE) == [], where
            if size == WALL:
                assert page.evaluate(_SMALLEST) >= SMALLEST_TYPE - 0.1, where
            if size == SIDEWAYS:
                # As on any page; drawings have a table behind the key T.
                lead = page.locator(".hp-slide:not([hidden]) .hp-lead")
                assert all(
                    lead.evaluate_all("every => every.map(one => parseFloat(getComputedStyle(one).fontSize) >= 12.5)")
                )
            page.keyboard.press("PageDown")


def test_figures_are_put_together_shown_without_the_network_and_opened_by_a_link(tab: OpenTab) -> None:
    visit = tab(WALL, colours="dark")
    page = visit.go("segregation").page
    for key in ("curve", "contributions"):
        visit.choose(f"more-{key}", "own_deck.part")
        visit.settle().widget(f"own-deck-add-{key}").get_by_role("button").press("Enter")
        page.get_by_text(SWEDISH("own_deck.added")).wait_for()
    visit.widget("more-contributions").locator("..").get_by_role("link", name=SWEDISH("own_deck.open")).click()
    visit.settle().widget("own-deck-save").get_by_role("button").click()
    link = page.get_by_test_id("stCode").inner_text()
    visit.widget("own-deck-show").get_by_role("button").click()
    page.locator(".hp-slide:not([hidden]) .hp-chart").wait_for()
    page.context.set_offline(True)
    for name in ("egen-1", "egen-2"):
        assert shown(page) == name
        chart = page.locator(".hp-slide:not([hidden]) .hp-chart")
        assert chart.bounding_box()["height"] > 400
        # Drawn for paper, also where the screen is dark.
        assert chart.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate(_OUTSIDE) == []
        page.keyboard.press("t")
        assert page.locator(".hp-slide:not([hidden]) .hp-as-table table").is_visible()
        page.keyboard.press("t")
        page.keyboard.press("ArrowRight")
    page.context.set_offline(False)
    assert visit.outside == []
    guest = opened(tab(WALL), link.split("presentation?")[1])
    assert "nyare siffror kan finnas" in guest.locator(".hp-slide:not([hidden]) .hp-source").inner_text()
    assert guest.evaluate(_SMALLEST) >= SMALLEST_TYPE - 0.1


def test_a_table_of_many_words_fits_its_slide(tab: OpenTab) -> None:
    visit = tab(WALL)
    page = visit.go().page
    for key in ("tiles", "roadmap"):
        visit.choose(f"more-{key}", "own_deck.part")
        visit.settle().widget(f"own-deck-add-{key}").get_by_role("button").press("Enter")
        page.get_by_text(SWEDISH("own_deck.added")).wait_for()
    visit.page.get_by_role("link", name=SWEDISH("own_deck.open")).last.click()
    visit.settle().widget("own-deck-show").get_by_role("button").click()
    page.locator(".hp-slide:not([hidden]) .hp-table").wait_for()
    for name in ("egen-1", "egen-2"):
        assert shown(page) == name
        for size in (WALL, OLD_PROJECTOR):
            page.set_viewport_size(size)
            assert page.evaluate(_OUTSIDE) == [], (name, size["width"])
            table = page.locator(".hp-slide:not([hidden]) .hp-table").bounding_box()
            assert (
                table["y"] + table["height"] <= page.locator(".hp-slide:not([hidden]) .hp-source").bounding_box()["y"]
            )
        page.keyboard.press("PageDown")
