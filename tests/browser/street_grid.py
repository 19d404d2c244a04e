"""A made-up town for the network map: a square grid of streets, where the way along the streets can be worked out."""

import json
import shutil
from pathlib import Path

import numpy as np

from dashboard.settings import PROJECT_FOLDER
from dashboard.warehouse.screen_network import write_network_map

WEST, SOUTH, BLOCK, SIDE = 340_000, 6_460_000, 100, 41
EAST, NORTH = WEST + BLOCK * (SIDE - 1), SOUTH + BLOCK * (SIDE - 1)
MIDDLE = (WEST + EAST) // 2, (SOUTH + NORTH) // 2
EDGES = 2 * SIDE * (SIDE - 1)

_column, _row = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
X, Y = (WEST + BLOCK * _column).ravel().astype(float), (SOUTH + BLOCK * _row).ravel().astype(float)


def distances_from(x: float, y: float) -> np.ndarray:
    """Metres along the streets from a crossing to each crossing."""
    return np.abs(X - x) + np.abs(Y - y)


def write_files(folder: Path) -> None:
    """Write what the dashboard would serve from its folder static: the grid, an empty network, two areas, fonts."""
    maps = folder / "static" / "maps"
    maps.mkdir(parents=True)
    shutil.copytree(PROJECT_FOLDER / "static" / "fonts", folder / "static" / "fonts")
    node = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    a = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
    b = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
    straight = [np.empty((0, 2))] * EDGES
    write_network_map("9999", maps, x=X, y=Y, a=a, b=b, length=np.full(EDGES, BLOCK), inner=straight)
    write_network_map("9998", maps, x=[], y=[], a=[], b=[], length=[], inner=[])
    halves = [_rectangle("west", WEST, MIDDLE[0]), _rectangle("east", MIDDLE[0], EAST)]
    (maps / "areas.json").write_text(json.dumps({"type": "FeatureCollection", "features": halves}), "utf-8")


def _rectangle(code: str, west: int, east: int) -> dict:
    ring = [[west, SOUTH], [west, NORTH], [east, NORTH], [east, SOUTH], [west, SOUTH]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
