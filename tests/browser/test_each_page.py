"""Each page in each language: as it is, in the dark, on a phone and on a wall."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DESKTOP, PHONE, WALL, OpenTab
from layout import cut_texts, outside_the_window, sideways_scroll
from visit import Visit

PAGES = (
    "",
    "segregation",
    "segregation?del=income",
    "segregation?del=change&jamfor=ja",
    "segregation?del=neighbours",
    "segregation?del=mix",
    "segregation?del=what_if&bostader=1.kkj.b-1488C1090-b-200_b-1488R011-h-150",
    "stadsdelar?omraden=1488C1070&omraden=1488A0010",
    "platser",
    "platser?del=access",
    "platser?del=barriers",
    "platser?del=what_if&andring=O~2",
    "platser?del=use",
    "fardplan",
    "fardplan?projekt=kronogards-torg",
    "fardplan?del=grants",
    "kunskapscirkel",
    "kunskapscirkel?del=circles",
    "kunskapscirkel?del=give",
    "presentation",
    "presentation?berattelse=hela-staden&bild=2",
    "data-och-metod",
)


def name_of(path: str) -> str:
    """Give a page's name in the list of tests, with the part of it, if it has parts."""
    page, _, query = path.partition("?")
    part = query.partition("&")[0].removeprefix("del=") if query.startswith("del=") else ""
    return "-".join(name for name in (page, part) if name) or "overview"


#: Words that must fit into their box.
BOXES = ".hs-tile, .hs-notice, .hs-legend li, [data-testid=stButtonGroup] button"

each_page = pytest.mark.parametrize("path", PAGES, ids=name_of)


def address_of(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def grave_findings(visit: Visit) -> list[str]:
    """Give what axe finds that shuts somebody out: serious or critical."""
    found = Axe().run(visit.page).response["violations"]
    return [
        f"{finding['impact']} {finding['id']}: {node['target']} {node['html'][:160]}"
        for finding in found
        if finding["impact"] in ("serious", "critical")
        for node in finding["nodes"]
    ]


def assert_quiet(visit: Visit) -> None:
    assert visit.complaints == []
    assert visit.outside == []


def assert_fits(visit: Visit) -> None:
    """Check that nothing is wider than the window, beside it or cut off."""
    assert sideways_scroll(visit.page) == 0
    assert outside_the_window(visit.page) == []
    assert cut_texts(visit.page, BOXES) == []
    assert visit.page.locator("h1.hs-headline").is_visible()


def assert_whole(visit: Visit, language: str) -> None:
    """Check that a page says what it is, speaks its language, names its sources and is open to all."""
    page = visit.page
    assert page.locator("h1").count() == 1
    assert visit.headline().strip()
    assert page.evaluate("document.documentElement.lang") == language
    assert page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
    # Every figure names its source; the last such line is the foot of the page.
    figures = page.locator("[class*=st-key-more-]").count()
    assert page.locator(".hs-source").count() >= figures + 1
    assert grave_findings(visit) == []
    assert_quiet(visit)


# Opening a page takes longer than looking at it: each is opened twice, and the window made wider and narrower.
@each_page
def test_a_page_on_a_wall_a_desktop_and_a_phone(looking_tab: OpenTab, path: str) -> None:
    visit = looking_tab(WALL).go(path)
    assert_fits(visit)
    assert_whole(visit.resize(DESKTOP), "sv")
    assert_fits(visit.resize(PHONE))
    assert grave_findings(visit) == []
    assert_quiet(visit)


# In the dark too, in this language alone: no colour depends on the words.
@each_page
def test_a_page_in_english_in_the_dark_on_a_phone_and_a_desktop(looking_tab: OpenTab, path: str) -> None:
    visit = looking_tab(PHONE, colours="dark").go(address_of(path, "en"))
    ground = visit.page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert sum(int(part) for part in ground.removeprefix("rgb(").rstrip(")").split(",")) < 3 * 64
    assert_fits(visit)
    assert_whole(visit.resize(DESKTOP), "en")


def test_what_the_checks_look_for_is_found(tab: OpenTab) -> None:
    """The checks above pass on every page: here is a page on which they must not."""
    visit = tab(PHONE).go("data-och-metod")
    visit.page.evaluate(
        """() => {
            const block = document.querySelector('h1.hs-headline').parentElement;
            block.insertAdjacentHTML('beforeend',
                '<img src="data:,"><div style="width:900px">wide</div>'
                + '<div class="hs-tile" style="width:60px; overflow:hidden"><nobr>words that are cut</nobr></div>');
            console.error('a complaint');
            fetch('http://localhost.invalid/').catch(() => null);
        }"""
    )
    visit.page.wait_for_function("() => true")
    assert any("image-alt" in finding for finding in grave_findings(visit))
    assert any("wide" in finding for finding in outside_the_window(visit.page))
    assert "words that are cut" in cut_texts(visit.page, BOXES)
    assert "a complaint" in visit.complaints
    # The server's own rules keep the browser from asking at all.
    assert any("Content Security Policy" in complaint for complaint in visit.complaints)
    assert visit.outside in ([], ["http://localhost.invalid/"])
