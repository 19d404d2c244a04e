"""The headers that keep the browser here: nothing is loaded from anybody else, and no page of others frames ours.

One figure may be framed, by the sites that the operator names: what the address asks for then has nothing to sign in
to, to write or to press (`views/embedding.py`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from dashboard.page_addresses import PAGES

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
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
)


class SecurityHeaders:
    """Adds the headers to every answer.

    Parameters
    ----------
    app
        What answers.
    embed_origins
        The sites that may frame a figure; without any, nobody may.
    """

    def __init__(self, app: Application, embed_origins: Sequence[str] = ()) -> None:
        self._app = app
        self._origins = " ".join(embed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                policy = (b"content-security-policy", self._policy(scope).encode())
                message = {**message, "headers": [*message.get("headers", []), policy, *HEADERS]}
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    def _policy(self, scope: Scope) -> str:
        framed_by = self._origins if self._origins and asks_for_a_figure(scope) else "'none'"
        return f"{CONTENT_SECURITY_POLICY}; frame-ancestors {framed_by}"


def asks_for_a_figure(scope: Scope) -> bool:
    """Tell whether an address is that of one figure alone.

    Streamlit takes any of several `embed` for an answer; here one alone counts, so that all that may be framed is a
    figure to Streamlit too.
    """
    query = scope.get("query_string", b"").decode("latin-1")
    embed = parse_qs(query, keep_blank_values=True).get("embed", [])
    return scope.get("path", "").strip("/") in PAGES.values() and embed == ["true"]
