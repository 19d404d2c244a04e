"""A made-up service that answers as Skolverket's for planned educations does, version 4, on this machine.

The shape of its answers and its words are the service's own; schools and figures are made up, but for those that a test
gives it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PATH = "/planned-educations/v4"
ACCEPT = "application/vnd.skolverket.plannededucations.api.v4.hal+json"
CODE = "1488"


def row(value: str | None, year: str = "2025/26", kind: str = "EXISTS") -> dict[str, object]:
    """Give a figure as it stands in a list of figures."""
    return {"value": value, "valueType": kind, "timePeriod": year}


@dataclass
class MadeUpSchool:
    """A school: where it lies, the years that it teaches, its figures and its survey."""

    name: str
    lat: str = "58.280000"
    lon: str = "12.290000"
    municipality: str = CODE
    years: tuple[str, ...] = ("7", "8", "9")
    principal: str = "Kommunal"
    figures: dict[str, list[dict[str, object]]] | None = field(default_factory=dict)
    survey: list[dict[str, object]] | None = None


def schools() -> dict[str, MadeUpSchool]:
    """Give two schools with year 9 of the municipality, a younger one, and many of another municipality."""
    figures = {
        "totalNumberOfPupils": [row("cirka 320")],
        "averageGradesMeritRating9thGrade": [row("212,2"), row("200,1", "2024/25")],
        "certifiedTeachersQuota": [row("61,1", "2024/25"), row("60", "2023/24")],
    }
    survey = [
        {"schoolYear": "ak5", "semester": "VT26", "securityMetrics": {"average": "9,1"}},
        {"schoolYear": "ak8", "semester": "VT26", "securityMetrics": {"average": "8,3"}},
    ]
    others = {f"2000{n:04}": MadeUpSchool(f"Annan {n}", municipality="1480", figures={}) for n in range(130)}
    return {
        "10000001": MadeUpSchool("Första skolan 7-9", figures=figures, survey=survey),
        "30000002": MadeUpSchool("Andra skolan", lat="58.31", lon="12.27", principal="Fristående"),
        "30000003": MadeUpSchool("Småskolan", years=("1", "2", "3")),
        **others,
    }


@dataclass
class MadeUpSkolverket:
    """The service: its schools, what it was asked, and what is made of its answers before they are sent."""

    schools: dict[str, MadeUpSchool] = field(default_factory=schools)
    filters: bool = True
    #: A school without figures is answered by 404 instead of by a status within the answer.
    not_found: bool = False
    asked: list[str] = field(default_factory=list)
    spoils: dict[str, Callable[[dict], object]] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    url: str = ""

    def units(self) -> list[dict[str, object]]:
        """Give the rows of the list of school units."""
        return [
            {
                "code": code,
                "name": one.name,
                "geographicalAreaCode": one.municipality,
                "principalOrganizerType": one.principal,
                "abroadSchool": False,
                "typeOfSchooling": [
                    {"code": "fsk", "schoolYears": []},
                    {"code": "gr", "displayName": "Grundskola", "schoolYears": list(one.years)},
                ],
            }
            for code, one in sorted(self.schools.items())
        ]

    def positions(self) -> list[dict[str, object]]:
        """Give the rows of the short list of school units."""
        return [
            {"schoolUnitCode": code, "schoolUnitName": one.name, "wgs84Latitude": one.lat, "wgs84Longitude": one.lon}
            for code, one in sorted(self.schools.items())
        ]


class Handler(BaseHTTPRequestHandler):
    """One call."""

    service: MadeUpSkolverket

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        path = parts.path.removeprefix(PATH).strip("/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.service.asked.append(path + (f"?page={query['page']}" if "page" in query else ""))
        status = self.service.statuses.pop(0) if self.service.statuses else 200
        if self.headers["Accept"] != ACCEPT:
            status = 406
        answer: object = self._answer(path, query) if parts.path.startswith(PATH) else None
        if status != 200 or answer is None:
            self._send(status if status != 200 else 404, {"status": "NOT_FOUND", "message": "made up", "body": None})
            return
        for beginning, spoil in self.service.spoils.items():
            if path.startswith(beginning):
                answer = spoil(answer)  # type: ignore[arg-type]
        self._send(200, answer)

    def _answer(self, path: str, query: dict[str, str]) -> dict | None:
        match path.split("/"):
            case ["school-units"]:
                wanted = query["geographicalAreaCode"] if self.service.filters else None
                rows = [one for one in self.service.units() if wanted in (None, one["geographicalAreaCode"])]
                return _page(rows, "listedSchoolUnits", query)
            case ["compact-school-units"]:
                return _page(self.service.positions(), "compactSchoolUnits", query)
            case ["school-units", code, "statistics", "gr"]:
                return self._of_school(self.service.schools[code].figures)
            case ["school-units", code, "nestedsurveys", "pupilsgr"]:
                survey = self.service.schools[code].survey
                return self._of_school(None if survey is None else {"schoolYearMetrics": survey})
        return None

    def _of_school(self, body: dict | None) -> dict | None:
        if body is not None:
            return {"status": "OK", "message": "Success", "body": body}
        return None if self.service.not_found else {"status": "NOT_FOUND", "message": "none", "body": ""}

    def _send(self, status: int, content: object) -> None:
        whole = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", ACCEPT)
        self.send_header("Content-Length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole)


def _page(rows: list[dict[str, object]], name: str, query: dict[str, str]) -> dict:
    number, size = int(query["page"]), min(int(query["size"]), 100)
    some = rows[number * size : (number + 1) * size]
    about = {"size": size, "totalElements": len(rows), "totalPages": -(-len(rows) // size), "number": number}
    body: dict[str, object] = {"page": about, "_links": {}}
    return {"status": "OK", "message": "Success", "body": body | ({"_embedded": {name: some}} if some else {})}


@contextmanager
def made_up_skolverket() -> Iterator[MadeUpSkolverket]:
    """Run the service on this machine."""
    service = MadeUpSkolverket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OwnHandler", (Handler,), {"service": service}))
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
