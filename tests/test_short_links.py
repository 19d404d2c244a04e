"""Short addresses of slides: what they look like, and that each leads to the live view behind its slide."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette

from dashboard.settings import Settings
from dashboard.short_link_route import short_link_routes
from dashboard.short_links import short_path
from dashboard.views.batch_view import view_for_files
from dashboard.views.decks import deck

PUBLIC = "https://stad.example.org/hela"


def ask(settings: Settings, address: str) -> tuple[int, dict[str, str]]:
    """Ask for an address as a browser does; give the status and the headers."""
    app = Starlette(routes=short_link_routes(settings))
    sent: list[dict[str, Any]] = []
    parts = urlsplit(address)

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "method": "GET",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(b"host", b"somewhere.example.com")],
    }
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"story": "hela-staden", "number": 3}, "/v/hela-staden/3"),
        ({"story": "omrade", "number": 2, "about": "1488R007"}, "/v/omrade/1488R007/2"),
        ({"story": "fardplan", "number": 1, "language": "en"}, "/v/fardplan/1?lang=en"),
        ({"story": "plats", "number": 1, "about": "../x y"}, "/v/plats/..%2Fx%20y/1"),
    ],
)
def test_an_address_is_short_and_safe(given, path):
    assert short_path(**given) == path


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("story", "about"), [("hela-staden", {}), ("omrade", {"area": "1488R007"}), ("plats", {"place": "kronogards-torg"})]
)
def test_every_slide_with_a_live_view_is_reached_by_its_short_address(home_city, story, about, language):
    settings = home_city.settings().model_copy(update={"public_url": PUBLIC})
    slides = deck(view_for_files(settings, language), story, **about).slides
    linked = [one for one in slides if one.link]
    assert len(linked) >= 3
    assert all(one.short == "" for one in slides if not one.link)
    for slide in linked[:2] + linked[-1:]:
        assert slide.short.startswith(f"{PUBLIC}/v/{story}/")
        assert len(slide.short.removeprefix(PUBLIC)) <= 40
        # A proxy takes off the folder that the dashboard is served in.
        status, headers = ask(settings, slide.short.removeprefix(PUBLIC))
        assert status == 307
        assert f"https://stad.example.org{headers['location']}" == slide.link
        assert headers["cache-control"] == "no-store"


def test_where_nobody_has_said_where_the_dashboard_is_the_way_leads_within_it(home_city):
    _, headers = ask(home_city.settings(), "/v/hela-staden/1")
    assert headers["location"].startswith("/")
    assert "example.com" not in headers["location"]
    assert headers["location"] != "/presentation?berattelse=hela-staden"


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/v/hela-staden/99", "/presentation?berattelse=hela-staden"),
        ("/v/hela-staden/0", "/presentation?berattelse=hela-staden"),
        ("/v/nagot-annat/1?lang=en", "/presentation?berattelse=nagot-annat&lang=en"),
        ("/v/nagot-annat/1?lang=https://example.com", "/presentation?berattelse=nagot-annat"),
    ],
)
def test_what_is_not_there_leads_to_the_stories_which_say_so(home_city, address, leads_to):
    assert ask(home_city.settings(), address)[1]["location"] == leads_to


def test_without_figures_the_stories_tell_why(home_city, tmp_path):
    settings = home_city.settings().model_copy(update={"warehouse_file": tmp_path / "none.duckdb"})
    assert ask(settings, "/v/hela-staden/1")[1]["location"] == "/presentation?berattelse=hela-staden"
