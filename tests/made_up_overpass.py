"""A made-up service that answers as an Overpass service does, on this machine, from an extract in PBF format.

What it picks out of the extract is what the query asks for, written down here a second time.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import osmium

PATH = "/api/interpreter"
MOMENT = "2026-11-26T03:02:01Z"
WAYS = {
    "highway": None,
    "railway": {"rail", "light_rail", "narrow_gauge"},
    "waterway": {"river", "canal"},
    "natural": {"water", "coastline"},
}
PLACES = {
    "amenity": {"library", "kindergarten", "school", "clinic", "hospital", "pharmacy"},
    "tourism": {"museum"},
    "shop": {"supermarket", "convenience"},
    "leisure": {"sports_centre"},
    "highway": {"bus_stop"},
    "public_transport": {"station"},
}
Element = dict[str, Any]


def is_place(tags: dict[str, str]) -> bool:
    return "name" in tags and any(tags.get(key) in values for key, values in PLACES.items())


def is_way(tags: dict[str, str]) -> bool:
    wanted = any(key in tags and (values is None or tags[key] in values) for key, values in WAYS.items())
    return wanted or is_place(tags)


def elements_of_file(path: Path) -> list[Element]:
    """Give what the service would answer about an extract: first with tags, then bare, in no order of numbers."""
    nodes: dict[int, Element] = {}
    ways: dict[int, Element] = {}
    relations: dict[int, Element] = {}
    for one in osmium.FileProcessor(str(path)):
        element: Element = {"id": one.id}
        if tags := {tag.k: tag.v for tag in one.tags}:
            element["tags"] = tags
        if isinstance(one, osmium.osm.Node):
            place = {"lat": round(one.location.lat, 7), "lon": round(one.location.lon, 7)}
            nodes[one.id] = {"type": "node"} | element | place
        elif isinstance(one, osmium.osm.Way):
            ways[one.id] = {"type": "way"} | element | {"nodes": [node.ref for node in one.nodes]}
        elif isinstance(one, osmium.osm.Relation):
            kinds = {"n": "node", "w": "way", "r": "relation"}
            members = [{"type": kinds[one.type], "ref": one.ref, "role": one.role} for one in one.members]
            relations[one.id] = {"type": "relation"} | element | {"members": members}
    areas = [one for one in relations.values() if one["tags"].get("natural") == "water" or is_place(one["tags"])]
    parts = {one["ref"] for area in areas for one in area["members"] if one["type"] == "way"}
    body = [
        *(one for one in nodes.values() if is_place(one.get("tags", {}))),
        *(one for one in ways.values() if is_way(one.get("tags", {}))),
        *areas,
    ]
    bare = [ways[number] for number in sorted(parts & ways.keys(), reverse=True)]
    points = {node for one in [*body, *bare] if one["type"] == "way" for node in one["nodes"]}
    bare += [nodes[number] for number in sorted(points & nodes.keys(), reverse=True)]
    return [*body, *({name: cell for name, cell in one.items() if name != "tags"} for one in bare)]


@dataclass
class MadeUpOverpass:
    """The service: what it has, what it was asked, and what it answers instead."""

    elements: list[Element] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)
    kinds: list[str | None] = field(default_factory=list)
    agents: list[str | None] = field(default_factory=list)
    #: Statuses of the next answers; 200 is an answer.
    statuses: list[int] = field(default_factory=list)
    spoil: Callable[[Element], object] = lambda answer: answer
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    """One call."""

    service: MadeUpOverpass

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.service.queries.append(parse_qs(content)["data"][0])
        self.service.kinds.append(self.headers["Content-Type"])
        self.service.agents.append(self.headers["User-Agent"])
        status = self.service.statuses.pop(0) if self.service.statuses else 200
        if status != 200:
            self._send(status, b"<html>The server is probably too busy</html>", "text/html")
            return
        answer: Element = {
            "version": 0.6,
            "generator": "Overpass API 0.7.62.7",
            "osm3s": {"timestamp_osm_base": MOMENT, "copyright": "made up"},
            "elements": self.service.elements,
        }
        self._send(200, json.dumps(self.service.spoil(answer), indent=2).encode(), "application/json")

    def _send(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def made_up_overpass() -> Iterator[MadeUpOverpass]:
    """Run the service on this machine."""
    service = MadeUpOverpass()
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
