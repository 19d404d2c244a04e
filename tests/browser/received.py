"""What a server sends to a tab over its websocket, as bytes: all that ever reaches a visitor's machine."""

from __future__ import annotations

import re

from playwright.sync_api import Page, WebSocket


class Received:
    """Everything that a tab received over websockets since it was opened."""

    def __init__(self, page: Page) -> None:
        self._frames: list[bytes] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._note)

    def _note(self, payload: str | bytes) -> None:
        self._frames.append(payload.encode("utf-8") if isinstance(payload, str) else payload)

    def __len__(self) -> int:
        return sum(len(frame) for frame in self._frames)

    def holds(self, text: str) -> bool:
        """Tell whether a text was received, whether or not it was shown: as it is, as HTML, or as JSON."""
        everything = b"\n".join(self._frames)
        # Numbers are grouped by spaces that do not break.
        for space in ("\u00a0", "\u202f"):
            everything = everything.replace(space.encode("utf-8"), b" ")
            text = text.replace(space, " ")
        written = {text.encode("utf-8"), text.encode("unicode_escape")}
        if text.isdigit():
            # A number, and not a part of another one or of an id that chance has made.
            return any(re.search(rb"(?<![0-9A-Za-z])%b(?![0-9A-Za-z])" % one, everything) for one in written)
        return any(one in everything for one in written)
