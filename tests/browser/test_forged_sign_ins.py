"""A provider that lies, or somebody who pretends to be it, makes nobody more than a reader."""

import html
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import DEVNULL, Popen
from time import monotonic, sleep
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from conftest import OpenTab
from playwright.sync_api import Browser, BrowserContext
from server import free_port, running
from visit import SWEDISH, Visit

from dashboard.i18n import get_translator
from dashboard.page_addresses import COOKIE

ENGLISH = get_translator("en", Path(__file__).parents[2] / "locales")
SIGNED_IN = str(ENGLISH("sign_in.as", role=ENGLISH("sign_in.role_editor")))
SECONDS = 30
LINK_IS_YOUNG = 60
PROVIDER = Path(__file__).with_name("forging_provider.py")
FORGED = re.findall(r'^    "([a-z-]+)": ', PROVIDER.read_text("utf-8"), re.MULTILINE)
#: The name of the one token that is not forged.
TRUE = "true"
#: Refused before a cookie is given, and the true one, which is not; the others are refused in every run of a page.
AT_THE_DOOR = [name for name in FORGED if name not in ("old", "other-audience-for-us")]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Give the address of the provider that lies."""
    port = free_port()
    with Popen([sys.executable, str(PROVIDER), str(port)], stdout=DEVNULL, stderr=DEVNULL) as run:
        address, limit = f"http://localhost:{port}", monotonic() + SECONDS
        while not answers(f"{address}/jwks"):
            assert monotonic() < limit, "The provider did not start."
            sleep(0.1)
        yield address
        run.terminate()


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310 - an address of this machine
            return answer.status == 200
    except (URLError, ConnectionError):
        return False


@pytest.fixture(scope="module")
def signed(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a dashboard that trusts this provider."""
    folder: Path = tmp_path_factory.mktemp("forged")
    (folder / "settings.toml").touch()
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")} | {
        "DASHBOARD_SETTINGS_FILE": str(folder / "settings.toml"),
        "DASHBOARD_DATABASE_URL": f"sqlite:///{folder / 'register.sqlite3'}",
        "DASHBOARD_PUBLIC_URL": f"http://localhost:{port}",
        "DASHBOARD_SIGN_IN_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "DASHBOARD_SIGN_IN_CLIENT_ID": "dashboard",
        "DASHBOARD_SIGN_IN_CLIENT_SECRET": "hemlig-nyckel",
        "DASHBOARD_SIGN_IN_COOKIE_SECRET": "hemlig-kaka-hemlig-kaka-hemlig-kaka",
        "DASHBOARD_SIGN_IN_PEOPLE": '{"editor": ["redaktor-1"]}',
    }
    command = [sys.executable, "-m", "dashboard", "run", "--port", str(port)]
    # Streamlit writes into the log why it refuses a token, with the way through the code.
    with running(command, port, folder, environment, may_tell_errors=True):
        yield f"http://localhost:{port}"
    log = (folder / "server.log").read_text("utf-8")
    assert "hemlig" not in log, "A secret stands in the log."


class WayIn:
    """The address that the button for signing in leads to; it is the same for everybody, for two minutes."""

    def __init__(self, browser: Browser, signed: str) -> None:
        self.browser = browser
        self.signed = signed
        self.known = ""
        self.asked_at = 0.0

    def url(self) -> str:
        """Give an address that has most of its two minutes left, however slow the tests before were."""
        if not self.known or monotonic() - self.asked_at > LINK_IS_YOUNG:
            self.known = self._press_the_button()
            self.asked_at = monotonic()
        return self.known

    def _press_the_button(self) -> str:
        context = self.browser.new_context()
        visit = Visit(context.new_page(), self.signed).go("fardplan")
        with visit.page.expect_request(f"{self.signed}/auth/login**") as asked:
            visit.page.get_by_role("button", name=SWEDISH("sign_in.in")).click()
        context.close()
        return asked.value.url


@pytest.fixture(scope="module")
def way_in(browser: Browser, signed: str) -> WayIn:
    return WayIn(browser, signed)


def come_back_with(visit: Visit, token: str) -> None:
    """Go to the provider and come back with one of its tokens."""
    visit.go("fardplan")
    visit.page.get_by_role("button", name=SWEDISH("sign_in.in")).click()
    visit.page.locator(f"#{token}").click()
    visit.page.wait_for_url(f"{visit.address}/**")
    visit.settle()


def is_editor(visit: Visit) -> bool:
    """Tell whether the dashboard takes the visitor for an editor: what it says, and what it offers."""
    visit.go("fardplan?del=grants")
    said = visit.page.get_by_text("Inloggad som redaktör").count() > 0
    offered = visit.page.get_by_role("button", name="Ändra").count() > 0
    assert said == offered
    return said


def cookies(visit: Visit) -> set[str]:
    return user_cookies(visit.page.context)


def user_cookies(context: BrowserContext) -> set[str]:
    return {one["name"] for one in context.cookies() if one["name"].startswith("_streamlit_user")}


def link_of(context: BrowserContext, way_in: WayIn, token: str) -> str:
    """Sign in as far as the provider's page, and give its link with one of the tokens."""
    (found,) = re.findall(f'id="{token}" href="([^"]+)"', context.request.get(way_in.url()).text())
    return html.unescape(found)


def test_a_true_token_makes_an_editor(tab: OpenTab, signed: str) -> None:
    """What the other tests would look like if nothing were refused."""
    visit = tab(address=signed)
    come_back_with(visit, "true")
    assert is_editor(visit)


@pytest.mark.parametrize("token", AT_THE_DOOR)
def test_a_forged_token_gets_no_cookie(browser: Browser, way_in: WayIn, token: str) -> None:
    """The way of a browser without its pages: what makes somebody an editor is the cookie alone."""
    context = browser.new_context()
    answer = context.request.get(link_of(context, way_in, token))
    given = user_cookies(context)
    context.close()
    assert answer.ok, "The dashboard's own page, not an error."
    assert (given != set()) == (token == TRUE)


def test_who_is_refused_at_the_door_is_told_and_stays_a_reader(tab: OpenTab, signed: str) -> None:
    visit = tab(address=signed)
    come_back_with(visit, "other-key")
    assert cookies(visit) == set()
    visit.page.get_by_text(SWEDISH("sign_in.failed")).wait_for()
    assert "inloggning" not in visit.url(), "A link that is copied here would say it for ever."
    assert not is_editor(visit)


def test_a_token_for_another_dashboard_gives_no_role(tab: OpenTab, signed: str) -> None:
    """Authlib lets a token for another audience pass when it was asked for by us; the dashboard does not."""
    visit = tab(address=signed)
    come_back_with(visit, "other-audience-for-us")
    assert not is_editor(visit)


def test_signing_out_ends_the_sign_in_in_every_tab_and_for_a_copied_cookie(tab: OpenTab, signed: str) -> None:
    visit = tab(address=signed)
    come_back_with(visit, "true")
    assert is_editor(visit)
    other = Visit(visit.page.context.new_page(), signed)
    assert is_editor(other)
    copied = visit.page.context.cookies()
    visit.page.get_by_role("button", name=SWEDISH("sign_in.out")).click()
    visit.page.get_by_role("button", name=SWEDISH("sign_in.in")).wait_for()
    assert cookies(visit) == set()
    # The other tab's session was never told; the next thing that it does finds out.
    other.choose("lang", 1)
    other.page.get_by_role("button", name="Sign in").wait_for()
    thief = tab(address=signed)
    thief.page.context.add_cookies(copied)  # type: ignore[arg-type]
    assert not is_editor(thief)


def test_a_role_ends_some_hours_after_signing_in(tab: OpenTab, signed: str) -> None:
    visit = tab(address=signed)
    come_back_with(visit, "old")
    assert cookies(visit), "The cookie itself is good."
    assert not is_editor(visit)
    visit.page.get_by_text(SWEDISH("sign_in.over")).wait_for()


def test_a_code_cannot_be_used_by_somebody_else(tab: OpenTab, signed: str) -> None:
    """A link with a code that was meant for another browser signs nobody in."""
    victim = tab(address=signed).go("fardplan")
    attacker = tab(address=signed).go("fardplan")
    attacker.page.get_by_role("button", name=SWEDISH("sign_in.in")).click()
    link = attacker.page.locator("#true").get_attribute("href")
    victim.go(str(link))
    assert cookies(victim) == set()
    assert not is_editor(victim)


@pytest.mark.parametrize("pressed", ["other-key"])
def test_one_comes_back_to_the_page_and_in_the_language_that_one_came_from(
    tab: OpenTab, signed: str, pressed: str
) -> None:
    visit = tab(address=signed).go("fardplan?del=grants&lang=en")
    here, headline = visit.url(), visit.headline()
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.locator(f"#{pressed}").click()
    said = SIGNED_IN if pressed == "true" else str(ENGLISH("sign_in.failed"))
    visit.page.get_by_text(said).wait_for()
    assert visit.settle().url() == here
    assert visit.headline() == headline
    assert [one for one in visit.page.context.cookies() if one["name"] == COOKIE] == []


@pytest.mark.parametrize(
    "planted",
    [
        "https%3A%2F%2Fexample.org%2Ffardplan",
        "%2F%2Fexample.org%2Ffardplan",
        "%2F%5Cexample.org",
        "javascript%3Aalert(1)",
        "%2Fauth%2Flogout",
        "%2Ffardplan",
    ],
)
def test_a_way_back_that_somebody_planted_leads_to_the_start_page(
    browser: Browser, way_in: WayIn, signed: str, planted: str
) -> None:
    context = browser.new_context()
    back = link_of(context, way_in, "true")
    context.add_cookies([{"name": COOKIE, "value": planted, "domain": "localhost", "path": "/oauth2callback"}])
    came_to = context.request.get(back).url
    given = user_cookies(context)
    context.close()
    # The last one is where the dashboard itself would have led.
    assert came_to == (f"{signed}/fardplan" if planted == "%2Ffardplan" else f"{signed}/")
    assert given != set()


def test_a_link_to_sign_in_from_elsewhere_leads_to_the_start_page(tab: OpenTab, signed: str, provider: str) -> None:
    """Another site can send somebody to sign in, but not say where they end up."""
    visit = tab(address=signed).go("fardplan")
    visit.page.get_by_role("button", name=SWEDISH("sign_in.in")).click()
    visit.page.locator("#true").wait_for()
    visit.page.goto(f"{provider}/authorize?redirect_uri={signed}/oauth2callback&state=x&next=fardplan")
    with visit.page.expect_request(f"{signed}/auth/login**") as asked:
        visit.page.evaluate(f"location.href = '{signed}/auth/login?provider=x&next=https://example.org/'")
    assert "fardplan" not in (asked.value.header_value("referer") or "")
    visit.page.wait_for_url(f"{signed}/")
    assert [one for one in visit.page.context.cookies() if one["name"] == COOKIE] == []


@pytest.mark.parametrize("route", ["auth/login", "auth/logout", "oauth2callback"])
def test_signing_in_and_out_leads_nowhere_else(tab: OpenTab, signed: str, route: str) -> None:
    visit = tab(address=signed)
    visit.go(f"{route}?next=https://example.org/&redirect_uri=https://example.org/&url=//example.org&provider=x")
    assert urlsplit(visit.url()).netloc == urlsplit(signed).netloc
    assert visit.outside == []


def test_the_provider_is_asked_with_a_challenge_and_for_the_address_of_the_settings(tab: OpenTab, signed: str) -> None:
    visit = tab(address=signed).go("fardplan")
    visit.page.get_by_role("button", name=SWEDISH("sign_in.in")).click()
    visit.page.locator("#true").wait_for()
    asked = parse_qs(urlsplit(visit.url()).query)
    assert asked["redirect_uri"] == [f"{signed}/oauth2callback"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 16
    assert len(asked["state"][0]) >= 16
