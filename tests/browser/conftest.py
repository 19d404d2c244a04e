"""A running dashboard and a real browser that looks at it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from chromium import MISSING, find_chromium
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from server import running_dashboard
from visit import Visit

# Read before any test takes the settings out of the environment.
CHROMIUM = find_chromium()
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
WALL = {"width": 1920, "height": 1080}
#: Milliseconds until something that should come counts as not coming; two cores may be busy with other tests.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

#: How often a test that failed is tried once more, and told so: on a busy machine a click may come too early. What is
#: wrong fails twice.
TRIED_AGAIN = 1

OpenTab = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try every test of a browser once more when it fails; the tests of everything else have one try."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=TRIED_AGAIN))


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a running dashboard."""
    with running_dashboard(tmp_path_factory.mktemp("server")) as address:
        yield address


# One for each file of tests, not for all: while Playwright runs, no other test can have an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give the machine's Chromium; without one the tests fail, for a page that nobody looked at is not tested."""
    assert CHROMIUM is not None, MISSING
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def tab(dashboard: str, browser: Browser) -> Iterator[OpenTab]:
    """Open tabs, each of a visitor of its own."""
    contexts = []

    def open_tab(size: dict[str, int] = DESKTOP, colours: str = "light", address: str = dashboard) -> Visit:
        context = browser.new_context(viewport=size, color_scheme=colours, locale="sv-SE")
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        return Visit(context.new_page(), address)

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def profiles(browser: Browser) -> Iterator[dict[tuple[int, int, str], BrowserContext]]:
    """Keep the profiles of visitors who only look, by size and colours, for as long as a file of tests runs."""
    kept: dict[tuple[int, int, str], BrowserContext] = {}
    yield kept
    for context in kept.values():
        context.close()


@pytest.fixture
def looking_tab(
    dashboard: str, browser: Browser, profiles: dict[tuple[int, int, str], BrowserContext]
) -> Iterator[OpenTab]:
    """Open tabs of visitors who change nothing: what the browser has fetched and compiled for one serves the next."""
    visits: list[Visit] = []

    def open_tab(size: dict[str, int] = DESKTOP, colours: str = "light") -> Visit:
        key = (size["width"], size["height"], colours)
        if key not in profiles:
            profiles[key] = browser.new_context(viewport=size, color_scheme=colours, locale="sv-SE")
            profiles[key].set_default_timeout(PATIENCE)
        visits.append(Visit(profiles[key].new_page(), dashboard))
        return visits[-1]

    yield open_tab
    for visit in visits:
        visit.page.close()
