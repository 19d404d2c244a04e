"""Visitors without a browser: websocket clients that speak to the dashboard as Streamlit's own page does.

A visitor opens a page by its address, keeps what the server sends (as the browser does), finds a widget by its key,
sends a changed value and waits until the server says that the run is finished. Only this machine is spoken to, and
every wait has an end.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

HOST = "127.0.0.1"
#: The most visitors that may be there at once, and the longest that one of them waits for an answer.
MOST_VISITORS = 64
SECONDS_TO_WAIT = 60.0
_LONGEST_LAST = 200

_GOOD_ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
#: Widgets that keep a list of the words that are chosen; a selectbox keeps one word.
_STRINGS = frozenset({"button_group", "multiselect"})


class VisitError(Exception):
    """The server did not answer as a page needs it."""


@dataclass(frozen=True)
class Answer:
    """What one request cost.

    Parameters
    ----------
    seconds
        From sending the request until the server said that the run was finished; with one visitor on the same
        machine that is the server's time and a millisecond or two of transport.
    sent
        Bytes that came through the socket, compressed as a browser gets them.
    unpacked
        Bytes of the messages before compression.
    messages
        Number of messages.
    """

    seconds: float
    sent: int
    unpacked: int
    messages: int


class CountingConnection(ClientConnection):
    """A connection that counts the bytes that arrive."""

    received = 0

    def data_received(self, data: bytes) -> None:
        """Count what arrives and pass it on."""
        self.received += len(data)
        super().data_received(data)


class Visitor:
    """One visitor with one open page.

    Parameters
    ----------
    port
        Where the dashboard listens on this machine.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: ClientConnection | None = None
        self._elements: dict[tuple[int, ...], tuple[Element, str]] = {}
        self._states: dict[str, WidgetState] = {}
        self._page, self._query = "", ""

    async def __aenter__(self) -> Self:
        self._connection = await connect(
            f"ws://{HOST}:{self._port}/_stcore/stream",
            origin=f"http://{HOST}:{self._port}",  # type: ignore[arg-type]
            subprotocols=[Subprotocol("streamlit")],
            create_connection=CountingConnection,
            max_size=2**24,
            # A proxy of the surroundings has no business between two programs on the same machine.
            proxy=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def open(self, page: str = "", query: str = "") -> Answer:
        """Open a page by its address, such as ``stadsdelar`` with the query ``niva=regso``."""
        self._page, self._query = page, query
        self._elements.clear()
        self._states.clear()
        return await self._run("")

    async def choose(self, key: str, options: Sequence[int]) -> Answer:
        """Choose options of a widget by their positions, as a click in the page does.

        Parameters
        ----------
        key
            The widget's key.
        options
            Positions of the options; a widget with one choice takes one.

        Raises
        ------
        VisitError
            When the page has no such widget, or the run did not end well.
        """
        kind, widget, fragment = self._find(key)
        if kind == "selectbox":
            state = WidgetState(id=widget.id, string_value=widget.options[options[0]])
        elif kind in _STRINGS:
            names = [getattr(one, "content", one) for one in widget.options]
            state = WidgetState(id=widget.id)
            state.string_array_value.data.extend(names[position] for position in options)
        else:
            raise VisitError(f"the widget {key} is a {kind}, which this driver does not know")
        self._states[widget.id] = state
        return await self._run(fragment)

    def choices(self, key: str) -> int:
        """Give how many options a widget has."""
        return len(self._find(key)[1].options)

    async def slide(self, key: str, low: float, high: float) -> Answer:
        """Set the two ends of a slider, each as a part (0–1) of the way from its start to its end."""
        kind, widget, fragment = self._find(key)
        if kind != "slider":
            raise VisitError(f"the widget {key} is a {kind}, not a slider")
        steps = round((widget.max - widget.min) / widget.step)
        state = WidgetState(id=widget.id)
        state.double_array_value.data.extend(widget.min + round(part * steps) * widget.step for part in (low, high))
        self._states[widget.id] = state
        return await self._run(fragment)

    def _find(self, key: str) -> tuple[str, Any, str]:
        for element, fragment in self._elements.values():
            if _key_of(element) == key:
                kind = element.WhichOneof("type")
                return kind, getattr(element, kind), fragment
        raise VisitError(f"the page {self._page or 'at the root'} has no widget with the key {key}")

    async def _run(self, fragment: str) -> Answer:
        if self._connection is None:
            raise VisitError("the visitor is not connected")
        connection = self._connection
        before = connection.received  # type: ignore[attr-defined]
        messages: list[bytes] = []
        start = time.perf_counter()
        await connection.send(self._request(fragment).SerializeToString())
        async with asyncio.timeout(SECONDS_TO_WAIT):
            while not messages or not _is_last(messages[-1]):
                messages.append(await _receive(connection))
        seconds = time.perf_counter() - start
        sent = connection.received - before  # type: ignore[attr-defined]
        for one in messages:
            self._keep(one)
        return Answer(seconds, sent, sum(map(len, messages)), len(messages))

    def _request(self, fragment: str) -> BackMsg:
        request = BackMsg()
        rerun = request.rerun_script
        rerun.query_string, rerun.page_name, rerun.fragment_id = self._query, self._page, fragment
        rerun.widget_states.widgets.extend(self._states.values())
        context = rerun.context_info
        context.timezone, context.locale, context.color_scheme = "Europe/Stockholm", "sv-SE", "light"
        context.url = f"http://{HOST}:{self._port}/{self._page}"
        return request

    def _keep(self, message: bytes) -> None:
        parsed = ForwardMsg.FromString(message)
        kind = parsed.WhichOneof("type")
        if kind == "page_info_changed":
            self._query = parsed.page_info_changed.query_string
        elif kind == "delta" and parsed.delta.WhichOneof("type") == "new_element":
            element = parsed.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise VisitError(f"the page failed: {element.exception.message}")
            if element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR:
                # This stands in place of a page that failed: without it, failing would count as being quick.
                raise VisitError(f"the page failed: {element.alert.body}")
            self._elements[tuple(parsed.metadata.delta_path)] = (element, parsed.delta.fragment_id)


async def _receive(connection: ClientConnection) -> bytes:
    message = await connection.recv(decode=False)
    if not isinstance(message, bytes):
        raise VisitError("the server sent text where a page expects a message")
    return message


def _is_last(message: bytes) -> bool:
    # The last message is a few bytes long; reading the large ones can wait until the clock has stopped.
    if len(message) > _LONGEST_LAST:
        return False
    parsed = ForwardMsg.FromString(message)
    if parsed.WhichOneof("type") != "script_finished":
        return False
    if parsed.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
        raise VisitError("the page could not be compiled")
    return parsed.script_finished in _GOOD_ENDS


@asynccontextmanager
async def visitors(port: int, count: int) -> AsyncIterator[list[Visitor]]:
    """Let a number of visitors in, and out again at the end.

    Raises
    ------
    ValueError
        When there would be more than `MOST_VISITORS`.
    """
    if count > MOST_VISITORS:
        raise ValueError(f"{count} visitors at once are more than the {MOST_VISITORS} that this driver allows")
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(Visitor(port)) for _ in range(count)]


def _key_of(element: Element) -> str | None:
    """Give the key that the page's author gave a widget: what follows the hash in its id."""
    kind = element.WhichOneof("type")
    name = getattr(getattr(element, kind), "id", "") if kind else ""
    return name.split("-", 2)[2] if isinstance(name, str) and name.count("-") >= 2 else None
