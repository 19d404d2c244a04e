"""One visitor's tab: what it complained about, whom it asked for something, and how to wait until it has settled."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, Request, Response, ViewportSize
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from dashboard.i18n import get_translator

SWEDISH = get_translator("sv", Path(__file__).parents[2] / "locales")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
WITHIN_THE_BROWSER = {"data", "blob", "about"}

# Streamlit tells on its outermost element whether a run is under way; what an earlier run left is marked stale.
_SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
    return app !== null
        && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && document.querySelector('h1.hs-headline') !== null
        && document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]') === null
        && charts.every(chart => chart.querySelector('svg, canvas') !== null);
}"""

# A chart follows its box when it is drawn anew, some frames later; the sidebar slides out of a narrow window.
_LAID_OUT = """() => {
    const side = document.querySelector('[data-testid="stSidebar"]');
    const box = side?.getBoundingClientRect();
    const slides = side?.getAnimations({ subtree: true }).some(one => one.playState === 'running');
    const there = !box || box.right <= 0 || (box.left === 0 && (innerWidth >= 768 || box.width === 0));
    return there && !slides && [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')].every(chart =>
        [...chart.querySelectorAll('svg, canvas')].every(one =>
            one.getBoundingClientRect().right <= Math.max(chart.getBoundingClientRect().right, 0) + 1));
}"""


class Visit:
    """A tab with the dashboard in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        #: Errors of the console, errors of scripts, requests that failed or were refused.
        self.complaints: list[str] = []
        #: Addresses off this machine that were asked for something.
        self.outside: list[str] = []
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", self._note_failure)
        page.on("response", self._note_refusal)
        page.on("request", lambda request: self._note_address(request.url))
        page.on("websocket", lambda socket: self._note_address(socket.url))

    def _note_failure(self, request: Request) -> None:
        self.complaints.append(f"{request.url}: {request.failure}")

    def _note_refusal(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.url}: status {response.status}")

    def _note_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in WITHIN_THE_BROWSER and parts.hostname not in LOOPBACK:
            self.outside.append(url)

    def go(self, path: str = "") -> "Visit":
        """Open a page of the dashboard, or any link to it."""
        self.page.goto(path if path.startswith("http") else f"{self.address}/{path}")
        return self.settle()

    def settle(self) -> "Visit":
        """Wait until nothing is being worked out or drawn any more."""
        self.page.wait_for_function(_SETTLED)
        return self

    def resize(self, size: ViewportSize) -> "Visit":
        """Make the window wider or narrower, and wait until all is laid out in it."""
        self.page.set_viewport_size(size)
        self.page.wait_for_function(_LAID_OUT)
        return self.settle()

    def url(self) -> str:
        """Give what stands in the address line."""
        return self.page.evaluate("location.href")

    def wait_for_url(self, *parts: str) -> str:
        """Wait until the address holds some parts; a link is only worth copying then."""
        self.page.wait_for_function("parts => parts.every(part => location.href.includes(part))", arg=list(parts))
        return self.settle().url()

    def headline(self) -> str:
        return self.page.locator("h1.hs-headline").inner_text()

    def parameter(self, key: str) -> list[str]:
        """Give what the address says of a choice."""
        return parse_qs(urlsplit(self.url()).query).get(key, [])

    def widget(self, key: str) -> Locator:
        """Give a widget by its key, which is the name of its choice in the address too."""
        return self.page.locator(f".st-key-{key}")

    def buttons(self, key: str) -> Locator:
        return self.widget(key).locator("[role=radio], [aria-pressed]")

    def choose(self, key: str, wanted: int | str) -> None:
        """Press one of the buttons of a choice: by its place, counted from 0, or by the key of its (Swedish) text."""
        buttons = self.buttons(key)
        if isinstance(wanted, str):
            buttons.filter(has_text=SWEDISH(wanted)).click()
        else:
            buttons.nth(wanted).click()

    def pick(self, key: str, wanted: int | str) -> None:
        """Choose from a list that opens, by position or by typing."""
        field = self.widget(key).get_by_role("combobox")
        self._open_list(field)
        options = self.page.get_by_role("option")
        if isinstance(wanted, str):
            field.fill(wanted)
            options = options.filter(has_text=wanted)
        options.nth(wanted if isinstance(wanted, int) else 0).click()
        # A list of several stays open, and the rest of the page is hidden from screen readers while it is.
        if self.page.get_by_role("listbox").count():
            field.press("Escape")
        self.page.get_by_role("listbox").wait_for(state="detached")

    def _open_list(self, field: Locator) -> None:
        """Open a list; one that is drawn anew just as it is pressed closes at once, and a reader presses again."""
        first = self.page.get_by_role("option").first
        for _ in range(4):
            field.click()
            try:
                first.wait_for(timeout=5_000)
            except PlaywrightTimeoutError:
                continue
            return
        first.wait_for()

    def marked(self, key: str) -> list[str]:
        """Give the buttons of a choice that are pressed."""
        return self.widget(key).locator("[aria-checked=true], [aria-pressed=true]").all_inner_texts()

    def tags(self, key: str) -> list[str]:
        """Give what is chosen in a list of several."""
        found = self.widget(key).locator("[data-tag]")
        return [tag.get_attribute("aria-label") or "" for tag in found.all()]

    def wait_for_tags(self, key: str, wanted: Iterable[str]) -> None:
        """Wait until a list of several holds areas with these codes and no others."""
        self.page.wait_for_function(
            """([key, codes]) => {
                const tags = [...document.querySelectorAll(`.st-key-${key} [data-tag]`)].map(tag => tag.ariaLabel);
                return tags.length === codes.length && codes.every(code => tags.some(tag => tag.endsWith(code)));
            }""",
            arg=[key, list(wanted)],
        )
        self.settle()
