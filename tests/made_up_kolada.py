"""A made-up service that answers as Kolada's API does, version 3, on this machine, with the faults asked of it.

The shape of its answers, its codes and titles are the service's own; the figures are made up, but for those that a test
gives it.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

PATH = "/v3"
TITLES = {
    "N00901": "Skattesats till kommun (%)",
    "N03011": "Verksamhetens nettokostnader, resultaträkningen kommun, kr/inv",
    "N03046": "Långfristiga skulder kommunen, kr/inv",
    "N03002": "Soliditet inkl pensionsåtagande, kommun (%)",
}
NAMES = {
    "0000": "Riket",
    "1480": "Göteborg",
    "1487": "Vänersborg",
    "1488": "Trollhättan",
    "0014": "Västra Götalandsregionen",
    **{f"18{number}": f"Påhittad {number}" for number in range(60, 80)},
}
GROUPS = {
    "G1": ("Liknande kommuner, övergripande, Trollhättan, 2024", ["1480"]),
    "G2": ("Liknande kommuner, övergripande, Trollhättan, 2025", ["1487", "1860", "1861"]),
    "G3": ("Liknande kommuner grundskola, Trollhättan, 2025", ["1862"]),
    "G4": ("Västra Götalands läns kommuner", ["1480", "1487", "1488"]),
}
Reply = Callable[[str], object]


def made_up_figure(kpi: str, code: str, year: int) -> float:
    chance = int(hashlib.sha256(f"{kpi}{code}{year}".encode()).hexdigest()[:6], 16) % 1000
    return {"N00901": 18 + chance / 200, "N03011": -50000.0 - chance, "N03046": chance * 9.0, "N03002": chance / 12}[
        kpi
    ]


def cell(value: float | None, gender: str = "T", status: str = "", **more: object) -> dict[str, object]:
    """Give a value as it stands in a row."""
    return {"gender": gender, "count": 1, "status": status, "value": value, "isdeleted": False} | more


@dataclass
class MadeUpKolada:
    """The service: its figures and pages, what it was asked, and what it answers instead of its own."""

    years: range = range(2015, 2026)
    #: (key figure, municipality, year) → the cells of the row, instead of a made-up figure.
    cells: dict[tuple[str, str, int], list[dict[str, object]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=lambda: dict(TITLES))
    page: int = 5000
    asked: list[str] = field(default_factory=list)
    #: Path (its beginning) → what is made of the answer before it is sent.
    spoils: dict[str, Callable[[dict], object]] = field(default_factory=dict)
    #: Statuses of the next answers; 200 is an answer.
    statuses: list[int] = field(default_factory=list)
    #: Send only so many bytes of an answer, and announce all of them.
    cut_at: int | None = None
    url: str = ""

    def rows(self, kpis: list[str], codes: list[str]) -> list[dict[str, object]]:
        """Give the rows of key figures for municipalities; there are none of a municipality that does not exist."""
        return [
            {
                "kpi": kpi,
                "municipality": code,
                "period": year,
                "values": self.cells.get((kpi, code, year), [cell(made_up_figure(kpi, code, year))]),
            }
            for kpi in kpis
            for code in codes
            if code in NAMES
            for year in self.years
        ]


class Handler(BaseHTTPRequestHandler):
    """One call."""

    service: MadeUpKolada

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        self.service.asked.append(path.removeprefix(PATH) + (f"?{unquote(parts.query)}" if parts.query else ""))
        status = self.service.statuses.pop(0) if self.service.statuses else 200
        found = self._values(path.removeprefix(PATH), parse_qs(parts.query)) if path.startswith(PATH) else None
        if status != 200 or found is None:
            self._send(status if status != 200 else 404, {"error": "made up"})
            return
        start = int(parse_qs(parts.query).get("page", ["1"])[0]) - 1
        some = found[start * self.service.page : (start + 1) * self.service.page]
        answer: dict = {"values": some, "count": len(found), "previous_url": None, "next_url": None}
        if (start + 1) * self.service.page < len(found):
            answer["next_url"] = f"{self.service.url}{parts.path.removeprefix(PATH)}?page={start + 2}"
        spoilt: object = answer
        for beginning, spoil in self.service.spoils.items():
            if path.startswith(PATH + beginning):
                spoilt = spoil(answer)
        self._send(200, spoilt)

    def _values(self, path: str, query: dict[str, list[str]]) -> list[dict[str, object]] | None:
        match path.strip("/").split("/"):
            case ["municipality"]:
                return [{"id": code, "title": name, "type": _kind(code)} for code, name in NAMES.items()]
            case ["municipality_groups"]:
                return [_group(code) for code in GROUPS if query["title"][0].casefold() in GROUPS[code][0].casefold()]
            case ["municipality_groups", group]:
                return [_group(group)]
            case ["kpi", codes]:
                days = {"prel_publication_date": "2026-05-04", "publication_date": "2026-12-30"}
                titles = self.service.titles
                return [{"id": code, "title": titles[code], **days} for code in codes.split(",") if code in titles]
            case ["data", "kpi", kpis, "municipality", codes]:
                return self.service.rows(kpis.split(","), codes.split(","))
        return None

    def _send(self, status: int, content: object) -> None:
        whole = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(whole[: self.service.cut_at])


def _kind(code: str) -> str:
    return "L" if code.startswith("00") else "K"


def _group(code: str) -> dict[str, object]:
    title, members = GROUPS[code]
    return {"id": code, "title": title, "members": [{"member_id": one, "member_title": NAMES[one]} for one in members]}


@contextmanager
def made_up_kolada() -> Iterator[MadeUpKolada]:
    """Run the service on this machine."""
    service = MadeUpKolada()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OwnHandler", (Handler,), {"service": service}))
    service.url = f"http://127.0.0.1:{server.server_address[1]}{PATH}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
