"""A made-up municipality before and after a re-cut of its areas, and one to compare it with.

Nothing here is a fact about Vänersborg (1487) or Uddevalla (1485). Of six small areas one stays, one is split, two are
merged, and one takes a quarter of its neighbour:

    before              after
    C1060 C1070 C1040   C1060 → C1070 C1050
    C1010 C1020 C1030   C1010 C1021|C1022 C1050
"""

from __future__ import annotations

import itertools

import geopandas as gpd
import numpy as np
import shapely

HOME, PEER = "1487", "1485"
SIDE = 500.0
WEST, SOUTH = 340_000.0, 6_460_000.0
Point = tuple[float, float]
Cell = tuple[int, int]

BEFORE: dict[str, list[Cell]] = {
    "1487C1010": [(0, 0), (1, 0), (0, 1), (1, 1)],
    "1487C1020": [(2, 0), (3, 0), (2, 1), (3, 1)],
    "1487C1030": [(4, 0), (5, 0), (4, 1), (5, 1)],
    "1487C1040": [(4, 2), (5, 2), (4, 3), (5, 3)],
    "1487C1060": [(0, 2), (1, 2), (0, 3), (1, 3)],
    "1487C1070": [(2, 2), (3, 2), (2, 3), (3, 3)],
}
AFTER: dict[str, list[Cell]] = {
    "1487C1010": BEFORE["1487C1010"],
    "1487C1021": [(2, 0), (2, 1)],
    "1487C1022": [(3, 0), (3, 1)],
    "1487C1050": [*BEFORE["1487C1030"], *BEFORE["1487C1040"]],
    "1487C1060": [*BEFORE["1487C1060"], (2, 2)],
    "1487C1070": [(3, 2), (2, 3), (3, 3)],
}
OF_PEER: dict[str, list[Cell]] = {"1485A0010": [(6, 0), (6, 1)], "1485C1010": [(6, 2), (6, 3)]}
REGSO_BEFORE = {
    "1487C1010": "1487R001",
    "1487C1020": "1487R001",
    "1487C1030": "1487R002",
    "1487C1040": "1487R002",
    "1487C1060": "1487R003",
    "1487C1070": "1487R004",
}
REGSO_AFTER = {
    "1487C1010": "1487R001",
    "1487C1021": "1487R001",
    "1487C1022": "1487R001",
    "1487C1050": "1487R002",
    "1487C1060": "1487R003",
    "1487C1070": "1487R004",
    "1485A0010": "1485R001",
    "1485C1010": "1485R001",
}
REGSO_NAMES = {
    "1487R001": "Provby",
    "1487R002": "Testvik",
    "1487R003": "Försöksgärde",
    "1487R004": "Mallmåla",
    "1485R001": "Grannby",
}


class WindingGrid:
    """Cells that fit together without gaps, each side a winding line of some points.

    Parameters
    ----------
    columns, rows
        How many cells.
    points
        Points of a side between its ends; 0 gives squares.
    """

    def __init__(self, columns: int, rows: int, points: int = 0) -> None:
        self._chance = np.random.default_rng(7)
        self._points = points
        self._sides: dict[tuple[Cell, Cell], list[Point]] = {}
        self.cells = {one: self._cell(*one) for one in itertools.product(range(columns), range(rows))}

    def _cell(self, column: int, row: int) -> shapely.Polygon:
        corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        ring = [
            point
            for start, end in zip(corners, [*corners[1:], corners[0]], strict=True)
            for point in self._side(start, end)
        ]
        return shapely.Polygon(ring)

    def _side(self, start: Cell, end: Cell) -> list[Point]:
        """Give the points from a corner until before the next; neighbours run along the same ones."""
        low, high = sorted((start, end))
        if (low, high) not in self._sides:
            self._sides[low, high] = [self._between(low, high, n) for n in range(self._points + 2)]
        line = self._sides[low, high]
        return line[:-1] if start == low else line[:0:-1]

    def _between(self, low: Cell, high: Cell, n: int) -> Point:
        share = n / (self._points + 1)
        # Less near the corners, where a side could otherwise cross the next one.
        most = SIDE * min(0.04, 0.4 * min(share, 1 - share))
        stray = self._chance.uniform(-most, most)
        along_x = high[0] > low[0]
        x = WEST + SIDE * (low[0] + (share if along_x else 0)) + (0 if along_x else stray)
        y = SOUTH + SIDE * (low[1] + (0 if along_x else share)) + (stray if along_x else 0)
        return round(float(x), 4), round(float(y), 4)


def small_areas(cells: dict[str, list[Cell]], regso_of: dict[str, str], points: int = 0) -> gpd.GeoDataFrame:
    """Give small areas as a layer of the service has them: code, neighbourhood and boundary."""
    grid = WindingGrid(7, 4, points).cells
    shapes = [shapely.coverage_union_all([grid[cell] for cell in some]) for some in cells.values()]
    frame = gpd.GeoDataFrame({"code": list(cells)}, geometry=shapes, crs=3006)
    frame.insert(1, "regso", frame["code"].map(regso_of))
    return frame.sort_values("code", ignore_index=True)


def neighbourhoods(deso: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the neighbourhoods that small areas form together."""
    found = {
        code: shapely.coverage_union_all(some.geometry.to_numpy()) for code, some in deso.groupby("regso", sort=True)
    }
    frame = gpd.GeoDataFrame({"code": list(found)}, geometry=list(found.values()), crs=3006)
    frame.insert(1, "name", frame["code"].map(REGSO_NAMES))
    return frame


def divisions(points: int = 0) -> dict[str, gpd.GeoDataFrame]:
    """Give both divisions, as a publisher of boundaries hands them over."""
    new = small_areas(AFTER | OF_PEER, REGSO_AFTER, points)
    old = small_areas(BEFORE, REGSO_BEFORE, points)
    return {
        "deso_2025": new,
        "regso_2025": neighbourhoods(new),
        "deso_2018": old,
        "regso_2020": neighbourhoods(old),
    }
