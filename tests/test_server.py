"""The web server: the first HTML says its language and root, headers keep the browser here, and it all really runs."""

import asyncio
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.security_headers import CONTENT_SECURITY_POLICY, SecurityHeaders
from dashboard.server import FirstAnswer, SignInAnswers, _middleware
from dashboard.settings import Settings

PAGE = b'<!doctype html><html lang="en" class="x"><head><title>T</title></head><body lang="en"></body></html>'


def answers(
    body: bytes = PAGE,
    kind: str = "text/html; charset=utf-8",
    *,
    status: int = 200,
    parts: int = 1,
    headers: tuple[tuple[bytes, bytes], ...] = (),
) -> Any:
    """Give an application that always answers the same, in so many parts, and remembers what it was asked."""

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        app.scope = scope
        length = (b"content-length", str(len(body)).encode())
        found = [(b"content-type", kind.encode()), length, (b"etag", b"x"), (b"last-modified", b"y"), *headers]
        await send({"type": "http.response.start", "status": status, "headers": found})
        size = max(1, -(-len(body) // parts))
        pieces = [body[start : start + size] for start in range(0, max(len(body), 1), size)]
        for n, piece in enumerate(pieces):
            await send({"type": "http.response.body", "body": piece, "more_body": n < len(pieces) - 1})

    return app


def ask(
    app: Any,
    query: bytes = b"",
    *,
    method: str = "GET",
    accept: bytes = b"text/html,*/*",
    root: str = "/",
    language: str = "sv",
    headers: tuple[tuple[bytes, bytes], ...] = (),
) -> tuple[dict[str, Any], bytes]:
    """Ask through the layer under test, and give the start of the answer and its body."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(dict(message))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": method,
        "path": "/",
        "query_string": query,
        "headers": [(b"accept", accept), *headers],
    }
    asyncio.run(FirstAnswer(app, root, language)(scope, receive, send))
    assert [message["type"] for message in sent].count("http.response.start") == 1
    assert sent[0]["type"] == "http.response.start"
    return sent[0], b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize(
    ("query", "default", "expected"),
    [
        (b"", "sv", "sv"),
        (b"", "en", "en"),
        (b"lang=en", "sv", "en"),
        (b"niva=regso&lang=sv", "en", "sv"),
        (b"lang=fi", "sv", "sv"),
        (b"lang=", "sv", "sv"),
        (b"lang=%22%3E%3Cscript%3E", "sv", "sv"),
        (b"\xff\xfe", "sv", "sv"),
    ],
)
def test_the_page_says_its_language(query, default, expected):
    _, body = ask(answers(), query, language=default)
    assert f'<html lang="{expected}" class="x">'.encode() in body
    assert body.count(b"lang=") == 2
    assert b'<body lang="en">' in body


def test_the_browser_is_told_where_the_root_is_before_anything_else():
    _, body = ask(answers(), root="/city/")
    head = body.split(b"<head>")[1]
    assert head.startswith(b"<script>")
    assert b'BACKEND_BASE_URL: location.origin + "/city/"' in head
    assert b'MAIN_PAGE_BASE_URL: location.origin + "/city/"' in head
    assert b"{root}" not in body


@pytest.mark.parametrize("parts", [1, 2, 7, 50])
def test_the_length_is_that_of_the_completed_page_however_it_comes(parts):
    start, body = ask(answers(parts=parts))
    headers = dict(start["headers"])
    assert int(headers[b"content-length"]) == len(body)
    assert b"</html>" in body
    assert b"etag" not in headers
    assert b"last-modified" not in headers


def test_letters_beyond_ascii_survive_being_cut_apart():
    page = PAGE.replace(b"<title>T", "<title>Översikt – Trollhättan".encode())
    _, body = ask(answers(page, parts=len(page)))
    assert "Översikt – Trollhättan" in body.decode("utf-8")


@pytest.mark.parametrize("kind", ["application/javascript", "image/png", "application/json", "text/css"])
def test_what_is_no_page_is_left_alone(kind):
    start, body = ask(answers(PAGE, kind))
    assert body == PAGE
    assert (b"etag", b"x") in start["headers"]


def test_html_that_no_browser_asked_for_as_a_page_is_left_alone():
    _, body = ask(answers(), accept=b"*/*")
    assert body == PAGE


def test_a_question_for_the_head_alone_is_left_alone():
    start, body = ask(answers(b""), method="HEAD")
    assert body == b""
    assert (b"etag", b"x") in start["headers"]


def test_an_unchanged_page_has_no_body():
    start, body = ask(answers(b"", "application/octet-stream", status=304))
    assert (start["status"], body) == (304, b"")


def test_an_answer_without_a_content_type_passes():
    async def bare(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    start, body = ask(bare)
    assert (start["status"], body) == (204, b"")


def test_a_page_is_asked_for_without_compression_and_a_file_with_it():
    packed = ((b"accept-encoding", b"gzip"),)
    page, file = answers(), answers()
    ask(page, headers=packed)
    ask(file, accept=b"*/*", headers=packed)
    assert b"accept-encoding" not in dict(page.scope["headers"])
    assert dict(file.scope["headers"])[b"accept-encoding"] == b"gzip"


def test_a_websocket_passes():
    seen: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    asyncio.run(FirstAnswer(app, "/", "sv")({"type": "websocket"}, None, None))
    asyncio.run(SecurityHeaders(app)({"type": "websocket"}, None, None))
    assert seen == ["websocket", "websocket"]


def test_the_browser_may_load_from_here_alone():
    for rule in CONTENT_SECURITY_POLICY.split("; "):
        _, *sources = rule.split()
        for source in sources:
            assert source.startswith("'") or source in {"data:", "blob:", "ws:", "wss:"}, rule
    assert "default-src 'self'" in CONTENT_SECURITY_POLICY
    assert "object-src 'none'" in CONTENT_SECURITY_POLICY


def answer_to_a_sign_in(
    path: str, query: bytes, app: Any, public: str = "https://example.org", **sent_with: bytes
) -> dict[str, Any]:
    """Ask through the layer that corrects sign-ins, and give the start of the answer."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    settings = Settings(public_url=public, sign_in_hours=8)
    headers = [(name.encode(), value) for name, value in sent_with.items()]
    scope = {"type": "http", "path": path, "query_string": query, "headers": headers}
    asyncio.run(SignInAnswers(app, settings)(scope, None, send))
    return sent[0]


def values(start: dict[str, Any], wanted: bytes) -> list[bytes]:
    return [value for name, value in start["headers"] if name == wanted]


COOKIE = (b"set-cookie", b"_streamlit_user=x; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax")
NO_COOKIE = (b"set-cookie", b'_streamlit_user=""; Max-Age=0; Path=/; SameSite=lax')
HOME = (b"location", b"/")


def test_the_cookies_of_a_sign_in_live_as_long_as_the_role_and_go_encrypted_alone():
    app = answers(b"", status=302, headers=(COOKIE, HOME))
    start = answer_to_a_sign_in("/oauth2callback", b"code=a&state=b", app)
    expected = b"_streamlit_user=x; HttpOnly; Max-Age=28800; Path=/; SameSite=lax; Secure"
    assert (b"set-cookie", expected) in start["headers"]
    assert HOME in start["headers"]
    at_home = answer_to_a_sign_in("/oauth2callback", b"code=a&state=b", app, "http://127.0.0.1:8501")
    assert (b"set-cookie", expected.removesuffix(b"; Secure")) in at_home["headers"]


@pytest.mark.parametrize(
    ("path", "query", "status", "headers"),
    [
        ("/oauth2callback", b"code=a&state=b", 302, (NO_COOKIE, HOME)),
        ("/oauth2callback", b"code=a&state=b", 302, (HOME,)),
        ("/oauth2callback", b"error=access_denied&state=b", 302, (HOME,)),
        ("/auth/login", b"provider=x", 400, ()),
        ("/auth/login", b"provider=x", 500, ()),
    ],
)
def test_a_sign_in_that_was_refused_leads_home_and_says_so(path, query, status, headers):
    start = answer_to_a_sign_in(path, query, answers(b"", status=status, headers=headers))
    assert start["status"] == 303
    assert [value for name, value in start["headers"] if name == b"location"] == [b"/?inloggning=misslyckades"]


@pytest.mark.parametrize(
    ("path", "query", "status", "location"),
    [
        ("/oauth2callback", b"", 302, b"/"),
        ("/auth/login", b"provider=x", 302, b"https://login.example.org/authorize"),
        ("/auth/logout", b"", 302, b"https://login.example.org/end"),
        ("/fardplan", b"code=a", 404, b"/"),
    ],
)
def test_other_answers_are_left_alone(path, query, status, location):
    app = answers(b"", status=status, headers=((b"location", location), NO_COOKIE))
    start = answer_to_a_sign_in(path, query, app)
    assert start["status"] == status
    assert (b"location", location) in start["headers"]


WAY_BACK = b"hela_staden_way_back=%2Ffardplan%3Fdel%3Dgrants%26lang%3Den"
TO_THE_PROVIDER = (b"location", b"https://login.example.org/authorize")


@pytest.mark.parametrize(
    ("referer", "kept"),
    [
        (b"https://example.org/fardplan?del=grants&lang=en", WAY_BACK + b"; HttpOnly; Max-Age=900"),
        (b"https://evil.example/fardplan?del=grants&lang=en", b"hela_staden_way_back=; HttpOnly; Max-Age=0"),
        (b"\xff\xfe", b"hela_staden_way_back=; HttpOnly; Max-Age=0"),
    ],
)
def test_whoever_goes_to_sign_in_takes_along_which_page_of_ours_they_come_from(referer, kept):
    app = answers(b"", status=302, headers=(TO_THE_PROVIDER,))
    start = answer_to_a_sign_in("/auth/login", b"provider=x", app, referer=referer)
    assert values(start, b"set-cookie") == [kept + b"; Path=/oauth2callback; SameSite=lax; Secure"]
    assert TO_THE_PROVIDER in start["headers"]


@pytest.mark.parametrize(
    ("cookie", "leads_to"),
    [
        (WAY_BACK, b"/fardplan?del=grants&lang=en"),
        (b"hela_staden_way_back=%2F%2Fevil.example%2Ffardplan", b"/"),
        (b"hela_staden_way_back=https%3A%2F%2Fevil.example", b"/"),
        (b"another=1", b"/"),
    ],
)
@pytest.mark.parametrize("given", [True, False])
def test_whoever_comes_back_from_the_provider_comes_back_to_that_page_once(cookie, leads_to, given):
    app = answers(b"", status=302, headers=(COOKIE if given else NO_COOKIE, HOME))
    start = answer_to_a_sign_in("/oauth2callback", b"code=a&state=b", app, cookie=b"a=b; " + cookie)
    failed = (b"&" if b"?" in leads_to else b"?") + b"inloggning=misslyckades"
    assert values(start, b"location") == [leads_to if given else leads_to + failed]
    assert values(start, b"set-cookie")[-1].startswith(b"hela_staden_way_back=; HttpOnly; Max-Age=0")


def test_a_provider_that_does_not_answer_leaves_one_on_the_page():
    referer = b"https://example.org/fardplan?lang=en"
    start = answer_to_a_sign_in("/auth/login", b"provider=x", answers(b"", status=400), referer=referer)
    assert values(start, b"location") == [b"/fardplan?lang=en&inloggning=misslyckades"]


@pytest.mark.parametrize(
    ("public", "root"),
    [
        (None, "/"),
        ("https://example.org", "/"),
        ("https://example.org/city", "/city/"),
        ("https://example.org/city/", "/city/"),
    ],
)
def test_the_root_follows_from_the_public_address(public, root):
    layers = _middleware(Settings(public_url=public, embed_origins=("https://www.example.org",)))
    assert [layer.cls for layer in layers] == [SecurityHeaders, SignInAnswers, FirstAnswer]
    assert layers[0].kwargs == {"embed_origins": ("https://www.example.org",)}
    assert layers[-1].kwargs == {"root": root, "default_language": "sv"}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Running:
    """A dashboard in a process of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "run", "--port", str(self.port)],
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers={"Accept": "text/html,*/*"} | headers)
        response = connection.getresponse()
        found = response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        connection.close()
        return found

    def wait(self, seconds: float = 120) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.get("/_stcore/health")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise AssertionError(f"the dashboard did not start: {self.process.stdout.read()}")

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def running(home_city, tmp_path_factory) -> Iterator[Running]:
    empty = tmp_path_factory.mktemp("settings") / "empty.toml"
    empty.touch()
    # Maps are served from the project's folder alone, so the maps are those that lie there.
    environment = home_city.environment() | {"DASHBOARD_SETTINGS_FILE": str(empty)}
    del environment["DASHBOARD_MAPS_FOLDER"]
    server = Running(environment)
    server.wait()
    yield server
    server.stop()
    server.process.stdout.close()


def test_it_is_well(running):
    status, _, body = running.get("/_stcore/health")
    assert (status, body) == (200, b"ok")


@pytest.mark.parametrize(
    "path", ["/", "/segregation", "/stadsdelar", "/data-och-metod", "/?lang=en", "/segregation?niva=regso"]
)
def test_every_page_is_answered_with_html(running, path):
    status, headers, body = running.get(path)
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert headers["content-security-policy"] == f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert int(headers["content-length"]) == len(body)
    language = "en" if "lang=en" in path else "sv"
    assert f'<html lang="{language}"'.encode() in body
    assert b"window.__streamlit" in body


def test_the_page_names_no_other_server(running):
    _, _, body = running.get("/")
    addresses = re.findall(rb"""(?:src|href)=["']([^"']+)["']""", body)
    assert addresses
    assert not [one for one in addresses if one.startswith((b"http:", b"https:", b"//"))]


def test_maps_fonts_and_icon_are_served(running, home_city):
    for path in ("/app/static/fonts/atkinson-hyperlegible-next.woff2", "/app/static/favicon.png"):
        assert running.get(path, Accept="*/*")[0] == 200
    (name,) = [path.name for path in home_city.maps.glob("1488-regso-*.json")]
    status, headers, body = running.get(f"/app/static/maps/{name}", Accept="*/*")
    assert status == 200
    assert b"FeatureCollection" in body
    assert headers["content-security-policy"] == f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'"


@pytest.mark.parametrize(
    "path", ["/app/static/../pyproject.toml", "/app/static/%2e%2e/app.py", "/app/static/maps/nothing.json"]
)
def test_nothing_but_the_static_folder_is_served(running, path):
    status, _, body = running.get(path, Accept="*/*")
    assert b"hela-staden" not in body
    assert b"shell.configure" not in body
    assert status in (400, 404)


def test_a_question_for_the_head_is_answered_without_a_body(running):
    status, headers, body = running.get("/", method="HEAD")
    assert status in (200, 405)
    assert body == b""
    assert "content-security-policy" in headers


def test_data_that_cannot_be_built_end_it_with_a_sentence(built_city):
    path = built_city.data / "observations" / "scb_tab6571.csv"
    path.write_text(path.read_text("utf-8").replace(",2025,", ",now,"), "utf-8")
    server = Running(built_city.environment())
    said, _ = server.process.communicate(timeout=60)
    assert server.process.returncode == 1
    assert "Traceback" not in said
    (sentence,) = [line for line in said.splitlines() if line.startswith("dashboard: ")]
    assert " problem(s) in " in sentence
    assert not sentence.startswith("dashboard: dashboard:")
    assert "scb_tab6571.csv, row 3: “now” is not a year" in said
