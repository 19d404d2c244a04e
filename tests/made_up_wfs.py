"""A made-up service that answers as SCB's GeoServer does (WFS 2.0.0, GeoJSON), with the faults that are asked of it.

Attributes, versions and the form of the answers are the service's own; every boundary is made up.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import geopandas as gpd
import made_up_divisions
import shapely

PATH = "/geoserver/stat/wfs"
LAYERS = {"DeSO_2025": "2025_v2", "RegSO_2025": "2025_v2", "DeSO_2018": "2018_v3", "RegSO_2020": "2020_v3"}
EXCEPTION_REPORT = b"""<?xml version="1.0" encoding="UTF-8"?>
<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">
  <ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>Made up</ows:ExceptionText></ows:Exception>
</ows:ExceptionReport>"""


def features_of(frame: gpd.GeoDataFrame, layer: str) -> list[dict]:
    """Give the areas of a layer as features, with the attributes that the service has."""
    kind = layer.partition("_")[0].lower()
    found = []
    for number, row in enumerate(frame.itertuples(index=False)):
        about = {"objectid": number, "objektidentitet": f"made-up-{number}", "objekttyp": kind}
        if kind == "deso":
            about |= {"desokod": row.code, "regsokod": row.regso}
        else:
            about |= {"regsokod": row.code, "regsonamn": row.name}
        about |= {"lanskod": row.code[:2], "kommunkod": row.code[:4], "version": LAYERS[layer]}
        about |= {"ansvarig_organisation": "Statistiska centralbyrån", "referensdatum": "20250101"}
        geometry = json.loads(shapely.to_geojson(row.geometry))
        feature = {"type": "Feature", "id": f"{layer}.{number}", "geometry": geometry}
        found.append(feature | {"geometry_name": "sp_geometry", "properties": about})
    return found


@dataclass
class MadeUpWfs:
    """The service: its features by layer, what it was asked, and what is wrong with its answers."""

    features: dict[str, list[dict]]
    #: The most features of an answer, whatever is asked for.
    most: int = 10_000
    crs: str | None = "urn:ogc:def:crs:EPSG::3006"
    #: Changes a whole answer before it is sent.
    spoil: Callable[[dict], object] = lambda answer: None
    #: Called after each answer.
    after: Callable[[], object] = lambda: None
    #: Status, kind and content of answers that are sent instead of features, one after the other.
    instead: list[tuple[int, str, bytes]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    def answer(self, asked: dict[str, str]) -> dict:
        """Answer a question for features."""
        layer = asked["typeNames"].removeprefix("stat:")
        codes = set(re.findall(r"'(\d{4})'", asked["cql_filter"]))
        key = asked["sortBy"]
        matching = [one for one in self.features[layer] if one["properties"]["kommunkod"] in codes]
        matching.sort(key=lambda one: str(one["properties"].get(key)))
        start, count = int(asked["startIndex"]), min(int(asked["count"]), self.most)
        some = matching[start : start + count]
        found = {"type": "FeatureCollection", "features": some, "totalFeatures": len(matching)}
        found |= {"numberMatched": len(matching), "numberReturned": len(some), "timeStamp": f"call {len(self.asked)}"}
        found["crs"] = {"type": "name", "properties": {"name": self.crs}} if self.crs and some else None
        return found


class Handler(BaseHTTPRequestHandler):
    """One call."""

    service: MadeUpWfs

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        self.service.asked.append(asked)
        if parts.path != PATH:
            self._send(404, "text/html", b"")
        elif self.service.instead:
            self._send(*self.service.instead.pop(0))
        elif asked["typeNames"].removeprefix("stat:") not in self.service.features:
            self._send(400, "application/xml", EXCEPTION_REPORT)
        else:
            answer = json.loads(json.dumps(self.service.answer(asked)))
            self.service.spoil(answer)
            self._send(200, "application/json;charset=UTF-8", json.dumps(answer).encode())
            self.service.after()

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def made_up_wfs(points: int = 0) -> Iterator[MadeUpWfs]:
    """Run the service on this machine, with the divisions of the made-up municipality and its peer.

    Parameters
    ----------
    points
        Points of each side of a cell of the boundaries.
    """
    frames = made_up_divisions.divisions(points)
    service = MadeUpWfs({name: features_of(frames[name.lower()], name) for name in LAYERS})
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
