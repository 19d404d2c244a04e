"""The home municipality on foot, put together from the warehouse once for each build."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from dashboard.reach.city import Barrier, City, Crossing, Grouping, People, Place
from dashboard.reach.lines import edge_courses, line_from_wkt
from dashboard.reach.network import WalkNetwork
from dashboard.views.context import View
from dashboard.warehouse.connection import Warehouse


def current_city(view: View) -> City | None:
    """Give the home municipality's walk network with its people and places; None when it has no network."""
    return city_of(view.warehouse, view.home.code)


@lru_cache(maxsize=2)
def city_of(warehouse: Warehouse, municipality: str) -> City | None:
    """Give a municipality on foot; the same object as long as the warehouse is the same, never to be changed."""
    found = warehouse.rows("network", {"municipality": municipality})
    if not found:
        return None
    factor = found[0]["length_factor"]
    return City.of(
        _network(warehouse),
        _people(warehouse, municipality),
        _places(warehouse, municipality),
        kind=str(found[0]["kind"]),
        factor=factor if isinstance(factor, float) else None,
        made=str(found[0]["made"]),
        barriers=_barriers(warehouse),
        crossings=_crossings(warehouse),
        regso_of=_regso_of(warehouse, municipality),
    )


def _network(warehouse: Warehouse) -> WalkNetwork:
    nodes, edges = warehouse.columns("network_nodes"), warehouse.columns("network_edges")
    x, y = nodes["x"], nodes["y"]
    a, b = edges["a"].astype(np.int64), edges["b"].astype(np.int64)
    lines = edge_courses(x, y, a, b, edges["line"])
    return WalkNetwork.of(x, y, a, b, edges["length"], open_to_points=edges["structure"] == "", lines=lines)


def _people(warehouse: Warehouse, municipality: str) -> People:
    spread = warehouse.columns("network_people")
    codes = tuple(sorted({str(code) for code in spread["area_code"]}))
    position = {code: place for place, code in enumerate(codes)}
    rows = warehouse.rows("area_groups", {"municipality": municipality})
    sizes: dict[str, int] = {}
    years: dict[str, int] = {}
    for row in rows:
        name = str(row["grouping"])
        sizes[name] = max(sizes.get(name, 0), int(str(row["position"])) + 1)
        years[name] = int(str(row["year"]))
    counts = {name: np.full((len(codes), size), np.nan) for name, size in sizes.items()}
    for row in rows:
        place = position.get(str(row["area_code"]))
        if place is not None and isinstance(row["n"], float):
            counts[str(row["grouping"])][place, int(str(row["position"]))] = row["n"]
    return People(
        area_codes=codes,
        node=spread["node"].astype(np.int64),
        area=np.array([position[str(code)] for code in spread["area_code"]], np.int64),
        share=spread["share"].astype(np.float64),
        groupings={name: Grouping(name, years[name], table) for name, table in counts.items()},
    )


def _places(warehouse: Warehouse, municipality: str) -> list[Place]:
    return [
        Place(
            id=str(row["id"]),
            name=str(row["name"]),
            kind=str(row["kind"]),
            x=float(str(row["x"])),
            y=float(str(row["y"])),
            study=bool(row["study"]),
            approximate=bool(row["approximate"]),
        )
        for row in warehouse.rows("city_places", {"municipality": municipality})
    ]


def _barriers(warehouse: Warehouse) -> list[Barrier]:
    return [
        Barrier(
            id=str(row["barrier"]),
            kind=str(row["kind"]),
            name=str(row["name"]),
            line=line_from_wkt(str(row["line"])),
            note=str(row["note"]),
        )
        for row in warehouse.rows("network_barriers")
    ]


def _crossings(warehouse: Warehouse) -> list[Crossing]:
    return [
        Crossing(
            id=str(row["crossing"]),
            barrier=str(row["barrier"]),
            kind=str(row["kind"]),
            name=str(row["name"]),
            x=float(str(row["x"])),
            y=float(str(row["y"])),
            walkable=str(row["walkable"]),
            edges=tuple(int(edge) for edge in str(row["edges"]).split()),
            note=str(row["note"]),
        )
        for row in warehouse.rows("network_crossings")
    ]


def _regso_of(warehouse: Warehouse, municipality: str) -> dict[str, str]:
    rows = warehouse.rows("areas", {"municipality": municipality, "level": "deso"})
    return {str(row["area_code"]): str(row["regso_code"]) for row in rows if row["regso_code"] is not None}
