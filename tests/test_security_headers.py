"""Headers: nothing is loaded from anybody else, and only the sites that the operator names frame a figure, alone."""

import asyncio
from typing import Any

import pytest

from dashboard.page_addresses import PAGES
from dashboard.security_headers import CONTENT_SECURITY_POLICY, HEADERS, SecurityHeaders, asks_for_a_figure
from dashboard.server import OUT_OF_THE_FRAME, FirstAnswer
from dashboard.settings import REDIRECT_PATH

SITES = ("https://www.example.org", "http://localhost:8000")
BY_SITES = "frame-ancestors https://www.example.org http://localhost:8000"
BY_NOBODY = "frame-ancestors 'none'"


def headers(path: str, query: bytes = b"", origins: tuple[str, ...] = SITES) -> list[tuple[bytes, bytes]]:
    """Give the headers of an answer to a question for a path."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(SecurityHeaders(app, origins)({"type": "http", "path": path, "query_string": query}, None, send))
    return sent[0]["headers"]


def framed_by(path: str, query: bytes = b"", origins: tuple[str, ...] = SITES) -> str:
    (policy,) = [value.decode() for name, value in headers(path, query, origins) if name == b"content-security-policy"]
    rules = policy.split("; ")
    assert "; ".join(rules[:-1]) == CONTENT_SECURITY_POLICY
    return rules[-1]


def test_every_answer_carries_the_headers() -> None:
    found = headers("/app/static/maps/x.json")
    assert set(HEADERS) <= set(found)
    assert (b"content-type", b"text/html") in found


@pytest.mark.parametrize("page", PAGES.values())
def test_a_figure_alone_may_be_framed_by_the_sites_that_are_named(page: str) -> None:
    assert framed_by(f"/{page}", b"niva=regso&embed=true&figur=years") == BY_SITES
    assert framed_by(f"/{page}", b"figur=years&niva=regso") == BY_NOBODY


def test_where_no_site_is_named_nobody_may_frame_anything() -> None:
    assert framed_by("/segregation", b"embed=true&figur=years", ()) == BY_NOBODY


@pytest.mark.parametrize(
    "query",
    [
        b"",
        b"embed=",
        b"embed=false",
        b"embed=1",
        b"embed=TRUE",
        b"embed=true&embed=false",
        b"embed=&embed=true",
        b"Embed=true",
        b"x=embed=true",
        b"\xff\xfe",
    ],
)
def test_what_is_no_figure_is_framed_by_nobody(query: bytes) -> None:
    assert framed_by("/fardplan", query) == BY_NOBODY


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", REDIRECT_PATH, "/media/x", "/calendar.ics", "/x"])
def test_sign_in_and_files_are_framed_by_nobody(path: str) -> None:
    assert framed_by(path, b"embed=true") == BY_NOBODY


@pytest.mark.parametrize(("query", "there"), [(b"embed=true&figur=years", True), (b"figur=years", False)])
def test_links_lead_out_of_the_frame(query: bytes, there: bool) -> None:
    scope = {"type": "http", "path": "/segregation", "query_string": query}
    assert asks_for_a_figure(scope) is there
    completed = FirstAnswer(None, "/", "sv")._completed('<html lang="en"><head></head></html>', scope)
    assert (OUT_OF_THE_FRAME in completed.decode()) is there
