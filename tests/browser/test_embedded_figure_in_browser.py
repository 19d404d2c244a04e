"""A figure in a frame of a page on another origin: it is there, nothing else is, and nobody else is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import OpenTab
from playwright.sync_api import FrameLocator, expect
from server import free_port, running_dashboard
from visit import Visit

CODE = "figure.download"
_TITLE_IS_SEEN = """() => {
    const box = document.querySelector('.st-key-embedded h2').getBoundingClientRect();
    return document.elementFromPoint(box.left + 20, box.top + 10)?.closest('h2') !== null;
}"""
#: What can be reached by the keyboard, in the order of the page; `main` is what scrolls where the frame is too low.
_FOCUSABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(one => one.id !== 'stMain' && one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}))
    .map(one => one.tagName.toLowerCase() + ': ' + (one.ariaLabel ?? one.textContent).trim())"""


class Site(BaseHTTPRequestHandler):
    """The web of a city: one page that frames whatever its address asks for."""

    body = ""

    def do_GET(self) -> None:
        """Give the page, and nothing for any other address."""
        content = f'<!doctype html><html lang="sv"><title>Stadens webb</title><h1>Nyheter</h1>{self.body}'.encode()
        self.send_response(200 if self.path == "/" else 204)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve a page under another name and port than the dashboard."""
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def dashboard(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a dashboard whose figures the site may frame."""
    folder: Path = tmp_path_factory.mktemp("embedding")
    with running_dashboard(folder, DASHBOARD_EMBED_ORIGINS=f'["{site}"]') as address:
        yield address


def frame_of(visit: Visit, site: str, code: str) -> FrameLocator:
    Site.body = code
    visit.page.goto(f"{site}/")
    return visit.page.frame_locator("iframe")


def code_below(visit: Visit, path: str, figure: str) -> str:
    """Copy the code that stands below a figure."""
    visit.go(path).choose(f"more-{figure}", CODE)
    code = visit.page.locator("[data-testid=stCode]").filter(has_text="<iframe")
    expect(code).to_be_visible()
    return code.inner_text()


def is_refused(visit: Visit) -> bool:
    """Tell whether the browser refuses to show what is framed, because of what our server says of it."""
    for _ in range(200):
        if any("frame-ancestors" in one for one in visit.complaints):
            return visit.page.frames[1].url.startswith("chrome-error:")
        visit.page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize(("width", "colours"), [(900, "light"), (320, "dark")])
def test_a_figure_stands_alone_in_the_page_of_another_site(
    tab: OpenTab, site: str, dashboard: str, width: int, colours: str
) -> None:
    code = code_below(tab(), "segregation?niva=regso", "years")
    assert 'loading="lazy"' in code
    visit = tab({"width": width, "height": 900}, colours)
    frame = frame_of(visit, site, code)
    expect(frame.locator("[data-testid=stVegaLiteChart]").locator("svg, canvas").first).to_be_visible()
    expect(frame.locator("h2.hs-section:visible")).to_have_count(1)
    expect(frame.locator("p.hs-source")).to_be_visible()
    shown = visit.page.frames[1]
    assert shown.evaluate(_TITLE_IS_SEEN)
    assert shown.evaluate(_FOCUSABLE) == ["summary: Visa som tabell", "a: Öppna i Hela staden"]
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    background = shown.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert background == ("rgb(255, 255, 255)" if colours == "light" else "rgb(16, 22, 29)")
    text = shown.locator("body").inner_text()
    assert "Fel" not in text
    assert "Färdplan" not in text
    frame.locator("summary").click()
    expect(frame.locator("table").first).to_be_visible()
    with visit.page.context.expect_page() as opening:
        frame.get_by_role("link", name="Öppna i Hela staden").click()
    assert opening.value.url == f"{dashboard}/segregation?niva=regso"
    assert visit.outside == []
    assert visit.complaints == []


@pytest.mark.parametrize(
    "path", ["segregation", "fardplan?embed=false", "fardplan?embed=true&embed=false", "auth/login"]
)
def test_a_page_as_a_whole_is_framed_by_nobody(tab: OpenTab, site: str, dashboard: str, path: str) -> None:
    visit = tab()
    frame_of(visit, site, f'<iframe src="{dashboard}/{path}"></iframe>')
    assert is_refused(visit)


def test_another_site_may_not_frame_a_figure(tab: OpenTab, site: str, dashboard: str) -> None:
    visit = tab()
    other = site.replace("localhost", "127.0.0.1")
    frame_of(visit, other, f'<iframe src="{dashboard}/segregation?embed=true&figur=years"></iframe>')
    assert is_refused(visit)
