"""Starts the web server: Streamlit on `app.py`, with the warehouse built and nothing fetched from anybody else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from starlette.middleware import Middleware

from dashboard.calendar_route import calendar_route
from dashboard.i18n import LANGUAGES
from dashboard.open_data_route import open_data_route
from dashboard.page_addresses import failed_at, own_page, page_in, remembered
from dashboard.security_headers import Application, Message, Receive, Scope, SecurityHeaders, Send, asks_for_a_figure
from dashboard.settings import PROJECT_FOLDER, REDIRECT_PATH, Settings, SettingsError, is_this_machine
from dashboard.short_link_route import short_link_routes
from dashboard.warehouse.freshness import build_apart

# A page's address is no folder of the server: told where the root is, the browser need not try to find out.
ROOT_SCRIPT = """<script>
window.__streamlit = {BACKEND_BASE_URL: location.origin + "{root}", MAIN_PAGE_BASE_URL: location.origin + "{root}"};
</script>"""
# What a figure in a frame links to opens beside the page that frames it: a whole page of ours is never framed.
OUT_OF_THE_FRAME = '<base target="_blank">'
LOGIN_PATH = "/auth/login"
#: Signatures that only the provider itself can make.
SIGNATURES = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
)
_ALGORITHMS = "id_token_signing_alg_values_supported"
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
        head = f"<head>{self._script}{OUT_OF_THE_FRAME if asks_for_a_figure(scope) else ''}"
        return page.replace("<head>", head, 1).encode()


def _asks_for_a_page(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _is_html(message: Message) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])


class SignInAnswers:
    """Corrects what Streamlit answers to somebody who signs in: how long cookies live, where it leads, that it failed.

    Streamlit leads everybody to the start page. Which page somebody comes from is what the browser says of itself when
    it asks to sign in; a cookie keeps it until the provider leads back.
    """

    def __init__(self, app: Application, settings: Settings) -> None:
        self._app = app
        self._seconds = settings.sign_in_hours * 3600
        self._public = settings.public_url or ""
        self._encrypted = urlsplit(self._public).scheme == "https"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and correct the start of its answer."""
        if scope["type"] != "http" or scope["path"] not in (LOGIN_PATH, REDIRECT_PATH):
            await self._app(scope, receive, send)
            return

        async def send_corrected(message: Message) -> None:
            await send(self._corrected(message, scope) if message["type"] == "http.response.start" else message)

        await self._app(scope, receive, send_corrected)

    def _corrected(self, message: Message, scope: Scope) -> Message:
        headers = [
            (name, self._shortened(value) if name.lower() == b"set-cookie" else value)
            for name, value in message.get("headers", [])
        ]
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        at_login = scope["path"] == LOGIN_PATH
        # The provider leads back here after signing out too, and then says nothing.
        wanted = at_login or "code" in asked or "error" in asked
        given = message["status"] < 400 and (at_login or any(_gives_a_cookie(*header) for header in headers))
        if not wanted:
            return {**message, "headers": headers}
        page = self._came_from(scope) if at_login else page_in(_sent(scope, b"cookie"))
        if at_login and given:
            return {**message, "headers": [*headers, self._remembered(page)]}
        kept = [(name, value) for name, value in headers if name.lower() != b"location"]
        leads_to = (page or "/") if given else failed_at(page or "/")
        kept += [(b"location", leads_to.encode()), self._remembered(None)]
        return {**message, "status": message["status"] if given else 303, "headers": kept}

    def _came_from(self, scope: Scope) -> str | None:
        return next((page for said in _sent(scope, b"referer") if (page := own_page(said, self._public))), None)

    def _remembered(self, page: str | None) -> tuple[bytes, bytes]:
        return b"set-cookie", self._secured(remembered(page, REDIRECT_PATH).encode())

    def _shortened(self, cookie: bytes) -> bytes:
        shortened = re.sub(rb"Max-Age=[1-9]\d*", b"Max-Age=%d" % self._seconds, cookie, flags=re.IGNORECASE)
        return self._secured(shortened)

    def _secured(self, cookie: bytes) -> bytes:
        return cookie + b"; Secure" if self._encrypted else cookie


def _sent(scope: Scope, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope.get("headers", []) if name.lower() == wanted]


def _gives_a_cookie(name: bytes, value: bytes) -> bool:
    return name.lower() == b"set-cookie" and value.startswith(b"_streamlit_user=") and b"max-age=0" not in value.lower()


def _believe_signatures_alone() -> None:
    """Take out of what a provider says of itself that it may sign with nothing, or with a secret that others know.

    Authlib believes an identity token without a signature when the provider lists the algorithm `none`.
    """
    # Imported here: it takes long, and only sign-in needs it.
    from authlib.integrations.starlette_client import StarletteOAuth2App  # type: ignore[import-untyped]

    load = StarletteOAuth2App.load_server_metadata

    async def load_what_can_be_believed(app: object) -> dict[str, Any]:
        metadata: dict[str, Any] = await load(app)
        named = metadata.get(_ALGORITHMS) or []
        metadata[_ALGORITHMS] = [one for one in named if one in SIGNATURES] or ["RS256"]
        return metadata

    StarletteOAuth2App.load_server_metadata = load_what_can_be_believed


def _middleware(settings: Settings) -> list[Middleware]:
    root = urlsplit(settings.public_url or "").path.rstrip("/") + "/"
    return [
        Middleware(SecurityHeaders, embed_origins=settings.embed_origins),
        Middleware(SignInAnswers, settings=settings),
        Middleware(FirstAnswer, root=root, default_language=settings.default_language),
    ]


def sign_in_secrets(settings: Settings) -> dict[str, Any] | None:
    """Give what Streamlit needs for signing people in, handed over in memory so that no file holds it."""
    if not settings.has_sign_in:
        return None
    return {
        "auth": {
            "redirect_uri": settings.redirect_uri,
            "cookie_secret": settings.sign_in_cookie_secret,
            "client_id": settings.sign_in_client_id,
            "client_secret": settings.sign_in_client_secret,
            "server_metadata_url": settings.sign_in_metadata_url,
        }
    }


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
    SettingsError
        When everybody on a network could edit: local editor mode is for this machine alone.
    """
    if settings.local_editor and not is_this_machine(address):
        raise SettingsError("local_editor is for this machine alone: leave out --address or give 127.0.0.1.")
    build_apart(settings, say)
    # Streamlit's own options are in .streamlit/config.toml, which it looks for in the working folder.
    os.chdir(PROJECT_FOLDER)
    # Imported here, after the working folder is set, because it reads its options when it is imported.
    import streamlit as st
    from streamlit.runtime.pages_manager import PagesManager

    # Until a first visitor has run `st.navigation`, Streamlit takes the folder `pages` for its older kind of app:
    # whoever came first by a link to a page would meet that page without its frame, or “Page not found”.
    PagesManager.uses_pages_directory = False
    if settings.has_sign_in:
        _believe_signatures_alone()
    app = st.App(
        PROJECT_FOLDER / "app.py",
        middleware=_middleware(settings),
        routes=[calendar_route(settings), open_data_route(settings), *short_link_routes(settings)],
        secrets=sign_in_secrets(settings),
    )
    say(f"Hela staden: http://{address}:{port}")
    uvicorn.run(app, host=address, port=port, log_level="warning", access_log=False)
    return 0
