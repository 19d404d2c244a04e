"""A made-up service that answers as SCB's PxWebApi v2 does, on this machine, with the faults that are asked of it.

The shape of its answers, its codes and the one figure 32.5 are the service's own; all other figures are made up.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

PATH = "/api/v2"
BOM = b"\xef\xbb\xbf"
LONGEST_ADDRESS = 2100
Fault = Callable[["Handler"], None]


@dataclass
class MadeUpTable:
    """A table: codes by dimension, in the service's order, and how a figure follows from its codes."""

    dimensions: dict[str, list[str]]
    figure: Callable[[dict[str, str]], float | None]
    updated: str = "2026-06-23T06:00:00Z"
    discontinued: bool = False
    marks: Callable[[dict[str, str]], str | None] = lambda codes: None
    #: The label of a code in a dimension.
    label: Callable[[str, str], str] = lambda dimension, code: f"»{code}«"


def made_up_figure(codes: dict[str, str]) -> float | None:
    """Give the figure of a cell: 0 where the area did not exist, None for one in eleven, else made up."""
    if (codes["Tid"] >= "2024") != ("_" in codes["Region"]):
        return 0
    if codes["Region"] == "1488R007_RegSO2025" and codes["ContentsCode"] == "000008IT":
        return 32.5
    chance = int(hashlib.sha256(json.dumps(codes, sort_keys=True).encode()).hexdigest()[:6], 16)
    return None if chance % 11 == 0 else chance % 997 / 10


def index_table() -> MadeUpTable:
    """Give a table like TAB6586: plain codes and suffixed ones in no fixed order, five contents, 14 years."""
    regions = ["0114R001", "0114R001_RegSO2025", "1488R007_RegSO2025", "1488R007", "1488R008", "1488R008_RegSO2025"]
    contents = ["000008IT", "000008IU", "000008IV", "000008IW", "000008IX"]
    years = [str(year) for year in range(2011, 2025)]
    return MadeUpTable({"Region": regions, "ContentsCode": contents, "Tid": years}, made_up_figure)


@dataclass
class MadeUpScb:
    """The service: its tables and limits, what it was asked, and the faults that the next answers have."""

    tables: dict[str, MadeUpTable] = field(default_factory=lambda: {"TAB6586": index_table()})
    most_cells: int = 150_000
    calls: int = 30
    seconds: int = 10
    with_bom: bool = True
    with_etags: bool = False
    index_as_list: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0
    sent: int = 0
    faults: list[Fault | None] = field(default_factory=list)
    after: Callable[[str], None] = lambda path: None
    closing: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def cells_of(self, name: str) -> dict:
        """Give all cells of a table in one answer."""
        return data_set(self, self.tables[name], self.tables[name].dimensions, cells=True)

    def asked_for(self, end: str) -> int:
        """Count the calls whose path ends so."""
        return sum(path.endswith(end) for _, path in self.asked)


class Handler(BaseHTTPRequestHandler):
    """One call."""

    service: MadeUpScb

    def do_GET(self) -> None:
        self._serve(None)

    def do_POST(self) -> None:
        self._serve(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""

    def _serve(self, body: dict | None) -> None:
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(PATH)
        self.service.asked.append((self.command, path))
        fault = self.service.faults.pop(0) if self.service.faults else None
        # Whoever asked may have gone before all of it was sent.
        with suppress(BrokenPipeError, ConnectionResetError):
            if fault:
                fault(self)
            else:
                self.answer(*self._content(path, parts.query, body))
                self.service.after(path)

    def _content(self, path: str, query: str, body: dict | None) -> tuple[int, object]:
        if len(self.path) > LONGEST_ADDRESS:
            return 404, {"title": "Not found"}
        if path == "/config":
            limits = {"maxCallsPerTimeWindow": self.service.calls, "timeWindow": self.service.seconds}
            return 200, {"apiVersion": "2.3.2", "maxDataCells": self.service.most_cells, **limits}
        _, _, name, *rest = path.split("/")
        if name not in self.service.tables:
            return 404, {"type": "Parameter error", "title": "Non-existent table", "status": 404}
        table = self.service.tables[name]
        if not rest:
            return 200, {"id": name, "updated": table.updated, "discontinued": table.discontinued}
        if rest == ["metadata"]:
            return 200, data_set(self.service, table, table.dimensions, cells=False)
        return self._cells(table, query, body)

    def _cells(self, table: MadeUpTable, query: str, body: dict | None) -> tuple[int, object]:
        if body:
            asked = {one["variableCode"]: one["valueCodes"] for one in body["selection"]}
        else:
            asked = {}
            for key, text in parse_qsl(query):
                if key.startswith("valueCodes["):
                    # A parameter that is repeated keeps its first value, and nothing is said.
                    asked.setdefault(key[11:-1], text.split(","))
        codes = {
            key: [one for one in all_codes if one in set(asked[key])] for key, all_codes in table.dimensions.items()
        }
        if math.prod(len(some) for some in codes.values()) > self.service.most_cells:
            return 403, {"title": "Too many cells selected", "status": 403}
        return 200, data_set(self.service, table, codes, cells=True)

    def answer(self, status: int, content: object, kind: str = "application/json; charset=utf-8") -> None:
        """Send a whole answer, or say that nothing has changed."""
        whole = (BOM if self.service.with_bom else b"") + json.dumps(content).encode()
        tag = f'"{hashlib.sha256(whole).hexdigest()[:12]}"'
        known = self.service.with_etags and self.headers.get("If-None-Match") == tag
        self.service.unchanged += known
        self.send_response(304 if known else status)
        self.send_header("Content-Type", kind)
        if self.service.with_etags:
            self.send_header("ETag", tag)
        if not known:
            self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        if not known:
            self.wfile.write(whole)


def data_set(service: MadeUpScb, table: MadeUpTable, codes: dict[str, list[str]], *, cells: bool) -> dict:
    """Give a data set as json-stat2: an index of codes, in whatever order of the text, and values row by row."""
    dimension = {}
    for name, some in codes.items():
        index = {code: place for place, code in sorted(enumerate(some), key=lambda pair: pair[1], reverse=True)}
        category = {
            "index": some if service.index_as_list else index,
            "label": {one: table.label(name, one) for one in some},
        }
        dimension[name] = {"label": name.lower(), "category": category}
    values, marks = [], {}
    for place, row in enumerate(itertools.product(*codes.values()) if cells else ()):
        cell = dict(zip(codes, row, strict=True))
        values.append(table.figure(cell))
        if mark := table.marks(cell):
            marks[str(place)] = mark
    told = {"version": "2.0", "class": "dataset", "label": "Made up", "source": "Statistics Sweden"}
    told |= {"updated": table.updated, "id": list(codes), "size": [len(some) for some in codes.values()]}
    told |= {"dimension": dimension, "value": values}
    return told | ({"status": marks} if marks else {})


def refuses(status: int, **headers: str) -> Fault:
    """Give the fault of a status that is no success."""

    def fault(handler: Handler) -> None:
        handler.send_response(status)
        for name, text in headers.items():
            handler.send_header(name.replace("_", "-"), text)
        handler.end_headers()

    return fault


def sends(content: bytes, kind: str = "application/json", length: int | None = None) -> Fault:
    """Give the fault of an answer with other content, or with less than it announces."""

    def fault(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content) if length is None else length))
        handler.end_headers()
        handler.wfile.write(content)

    return fault


def sends_much(megabytes: int) -> Fault:
    """Give the fault of a very large answer whose size is not announced."""

    def fault(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        for _ in range(megabytes):
            handler.wfile.write(b" " * 2**20)
            handler.service.sent += 1

    return fault


def waits(handler: Handler) -> None:
    """Answer nothing until the service closes."""
    handler.service.closing.wait(5)


@contextmanager
def made_up_scb() -> Iterator[MadeUpScb]:
    """Run the service on this machine."""
    service = MadeUpScb()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OwnHandler", (Handler,), {"service": service}))
    service.url = f"http://127.0.0.1:{server.server_address[1]}{PATH}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
