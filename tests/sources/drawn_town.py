"""A made-up town whose small areas are rectangles, and what its register says of barriers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import shapely
import yaml
from pyproj import Transformer

CODE = "1487"
WEST, SOUTH = 340_000, 6_460_000
Corners = tuple[float, float, float, float]


def draw(data: Path, neighbourhoods: Mapping[str, Sequence[Corners]]) -> None:
    """Write the tables of areas: the rectangles (metres from a corner) of the small areas in each neighbourhood."""
    small, large = [], []
    for name, rectangles in neighbourhoods.items():
        shapes = [shapely.box(WEST + x0, SOUTH + y0, WEST + x1, SOUTH + y1) for x0, y0, x1, y1 in rectangles]
        for shape in shapes:
            code = f"{CODE}C{len(small):04d}"
            small.append({"code": code, "regso_code": f"{name}_RegSO2025", "kind": "C", "geometry": shape})
        large.append({"code": name, "kind": None, "regso_code": None, "geometry": shapely.union_all(shapes)})
    (data / "areas").mkdir(parents=True)
    for level, rows in (("deso", small), ("regso", large)):
        table = gpd.GeoDataFrame(rows, crs=3006).assign(municipality=CODE, boundary="scb", level=level, vintage=2025)
        table["area_code"] = table["code"] + "_2025"
        table.to_crs(4326).to_parquet(data / "areas" / f"{level}_2025.parquet")


def register(data: Path, barriers: Sequence[Mapping[str, object]], crossings: Sequence[Mapping[str, object]]) -> None:
    """Write the register of barriers and crossings; ``at`` is a crossing's spot in metres from the corner."""
    to_degrees = Transformer.from_crs(3006, 4326, always_xy=True)
    entries = []
    for one in crossings:
        x, y = one["at"]
        lon, lat = to_degrees.transform(WEST + x, SOUTH + y)
        known = {"kind": "bridge", "name": "Bridge", "walkable": "assumed_yes", "note": "", "lat": lat, "lon": lon}
        entries.append(known | {name: value for name, value in one.items() if name != "at"})
    known = {"kind": "water", "name": "River", "note": ""}
    content = {"municipality": CODE, "barriers": [known | dict(one) for one in barriers], "crossings": entries}
    (data / "register").mkdir(parents=True)
    (data / "register" / "crossings.yaml").write_text(yaml.safe_dump(content), "utf-8")
