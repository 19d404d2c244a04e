"""Starts the web server: Streamlit on `app.py`, with the warehouse built and nothing fetched from anybody else."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from starlette.middleware import Middleware

from dashboard.i18n import LANGUAGES
from dashboard.settings import PROJECT_FOLDER, Settings
from dashboard.warehouse.freshness import build_apart

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Streamlit and its charts make code at run time and put styles into the page; everything comes from this server.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
)

# A page's address is no folder of the server: told where the root is, the browser need not try to find out.
ROOT_SCRIPT = """<script>
window.__streamlit = {BACKEND_BASE_URL: location.origin + "{root}", MAIN_PAGE_BASE_URL: location.origin + "{root}"};
</script>"""
_CHANGED_WITH_THE_BODY = frozenset({b"content-length", b"etag", b"last-modified"})


class FirstAnswer:
    """Completes the HTML that the browser gets first: where the server's root is, and which language the page has."""

    def __init__(self, app: Application, root: str, default_language: str) -> None:
        self._app = app
        self._script = ROOT_SCRIPT.replace("{root}", root)
        self._default_language = default_language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete its answer when that is an HTML page."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        parts: list[bytes] = []

        async def send_completed(message: Message) -> None:
            if message["type"] == "http.response.start" and _asks_for_a_page(scope) and _is_html(message):
                start.update(message)
            elif not start:
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    body = self._completed(b"".join(parts).decode(), scope)
                    headers = [pair for pair in start["headers"] if pair[0].lower() not in _CHANGED_WITH_THE_BODY]
                    await send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
                    await send({"type": "http.response.body", "body": body})

        # Compressed, the page could not be completed; it is a few kilobytes.
        headers = [pair for pair in scope["headers"] if not (_asks_for_a_page(scope) and pair[0] == b"accept-encoding")]
        await self._app({**scope, "headers": headers}, receive, send_completed)

    def _completed(self, page: str, scope: Scope) -> bytes:
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
        language = asked if asked in LANGUAGES else self._default_language
        page = page.replace('<html lang="en"', f'<html lang="{language}"', 1)
        return page.replace("<head>", f"<head>{self._script}", 1).encode()


def _asks_for_a_page(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _is_html(message: Message) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])


class SecurityHeaders:
    """Adds headers that keep the browser from asking anybody else for anything."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *HEADERS]}
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _middleware(settings: Settings) -> list[Middleware]:
    root = urlsplit(settings.public_url or "").path.rstrip("/") + "/"
    return [
        Middleware(SecurityHeaders),
        Middleware(FirstAnswer, root=root, default_language=settings.default_language),
    ]


def serve(settings: Settings, address: str, port: int, say: Callable[[str], None]) -> int:
    """Build the warehouse if needed and serve the dashboard until it is interrupted.

    Parameters
    ----------
    settings
        The settings.
    address, port
        Where to listen.
    say
        Takes a line of text for the operator.

    Returns
    -------
    The exit status.

    Raises
    ------
    BuildError
        When the data cannot be built.
    """
    build_apart(settings, say)
    # Streamlit's own options are in .streamlit/config.toml, which it looks for in the working folder.
    os.chdir(PROJECT_FOLDER)
    # Imported here, after the working folder is set, because it reads its options when it is imported.
    import streamlit as st
    from streamlit.runtime.pages_manager import PagesManager

    # Until a first visitor has run `st.navigation`, Streamlit takes the folder `pages` for its older kind of app:
    # whoever came first by a link to a page would meet that page without its frame, or “Page not found”.
    PagesManager.uses_pages_directory = False
    app = st.App(PROJECT_FOLDER / "app.py", middleware=_middleware(settings))
    say(f"Hela staden: http://{address}:{port}")
    uvicorn.run(app, host=address, port=port, log_level="warning", access_log=False)
    return 0
