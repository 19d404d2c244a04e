"""Signing in through a real provider of OpenID Connect on this machine: roles, and what a visitor is without one."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import DEVNULL, Popen
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from server import free_port, running
from visit import SWEDISH

SECONDS = 30


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    port = free_port()
    with Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)], stdout=DEVNULL, stderr=DEVNULL
    ) as run:
        address, limit = f"http://localhost:{port}", monotonic() + SECONDS
        while not answers(f"{address}/.well-known/openid-configuration"):
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
    """Give the address of a dashboard on which people can sign in."""
    folder: Path = tmp_path_factory.mktemp("signed")
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
    with running([sys.executable, "-m", "dashboard", "run", "--port", str(port)], port, folder, environment):
        yield f"http://localhost:{port}"


def sign_in(visit, person: str) -> None:
    visit.page.get_by_role("button", name=SWEDISH("sign_in.in")).click()
    visit.page.locator("input[name=sub]").fill(person)
    visit.page.get_by_role("button", name="Authorize").click()
    visit.page.wait_for_url(f"{visit.address}/**")
    visit.settle()


def test_an_editor_signs_in_may_edit_and_signs_out(tab, signed):
    visit = tab(address=signed).go("fardplan")
    assert visit.page.get_by_role("button", name="Ändra").count() == 0
    sign_in(visit, "redaktor-1")
    visit.page.get_by_text("Inloggad som redaktör").wait_for()
    visit.go("fardplan?del=grants")
    visit.page.get_by_role("button", name="Ändra").first.wait_for()
    visit.page.get_by_role("button", name=SWEDISH("sign_in.out")).click()
    # The provider asks whether to end its own session too; here it is over already.
    visit.page.wait_for_url("**/end_session**")
    visit.go("fardplan?del=grants")
    assert visit.page.get_by_role("button", name="Ändra").count() == 0


def test_somebody_without_a_role_stays_a_reader(tab, signed):
    visit = tab(address=signed).go("fardplan")
    sign_in(visit, "nagon-annan")
    visit.page.get_by_text("Inloggad som läsare").wait_for()
    visit.go("fardplan?del=grants")
    assert visit.page.get_by_role("button", name="Ändra").count() == 0


def test_a_cookie_that_was_tampered_with_gives_no_rights(tab, signed):
    visit = tab(address=signed).go("fardplan")
    sign_in(visit, "redaktor-1")
    cookies = visit.page.context.cookies()
    forged = [
        cookie | {"value": cookie["value"][:-6] + "AAAAA" + cookie["value"][-1]}
        for cookie in cookies
        if cookie["name"].startswith("_streamlit_user")
    ]
    assert forged
    visit.page.context.add_cookies(forged)
    visit.go("fardplan?del=grants")
    assert visit.page.get_by_role("button", name="Ändra").count() == 0
