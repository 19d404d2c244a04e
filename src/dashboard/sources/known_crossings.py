"""What the register knows of a city's barriers and of where they can be crossed, without a street network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely
import yaml

from dashboard.sources.scb_areas import SWEREF_99_TM, WGS_84
from dashboard.sources.tidy import InputError


@dataclass(frozen=True)
class Barrier:
    """Something that walkers get across at few spots; ``line`` is None where its course is not known."""

    id: str
    kind: str
    name: str
    side: frozenset[str]
    line: shapely.Geometry | None
    note: str


@dataclass(frozen=True)
class Crossing:
    """A spot where a barrier can be crossed, or could be."""

    barrier: str
    kind: str
    name: str
    x: float
    y: float
    walkable: str
    note: str


def read_crossings(data_folder: Path, municipality: str) -> tuple[tuple[Barrier, ...], tuple[Crossing, ...]]:
    """Read what the register knows of a municipality's barriers and crossings; nothing where it is about another one.

    Raises
    ------
    InputError
        When the file cannot be read.
    """
    path = data_folder / "register" / "crossings.yaml"
    if not path.is_file():
        return (), ()
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
        if str(content["municipality"]) != municipality:
            return (), ()
        areas = drawn_areas(data_folder, "regso", municipality)
        urban = _urban(drawn_areas(data_folder, "deso", municipality))
        barriers = tuple(_barrier(entry, areas, urban) for entry in content["barriers"])
        entries = content["crossings"]
        points = gpd.points_from_xy([e["lon"] for e in entries], [e["lat"] for e in entries], crs=WGS_84)
        planar = points.to_crs(SWEREF_99_TM)
        crossings = tuple(
            Crossing(e["barrier"], e["kind"], e["name"], float(px), float(py), _walkable(e["walkable"]), e["note"])
            for e, px, py in zip(entries, planar.x, planar.y, strict=True)
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path.name} cannot be read: {error}.") from error
    return barriers, crossings


def drawn_areas(data_folder: Path, level: str, municipality: str) -> gpd.GeoDataFrame:
    """Give the areas of 2025 of a municipality that have a boundary, in SWEREF 99 TM; none when there is no table."""
    path = data_folder / "areas" / f"{level}_2025.parquet"
    if not path.is_file():
        return gpd.GeoDataFrame({"code": []}, geometry=[], crs=SWEREF_99_TM)
    table = gpd.read_parquet(path)
    found = table[(table["municipality"] == municipality) & (table["boundary"] != "none")]
    return found.to_crs(SWEREF_99_TM)


def _walkable(written: object) -> str:
    """Give the word as it was written: YAML reads a bare yes or no as true or false."""
    return {True: "yes", False: "no"}[written] if isinstance(written, bool) else str(written)


def _urban(small: gpd.GeoDataFrame) -> set[str]:
    """Give the neighbourhoods that lie wholly within the central locality (all their DeSO are of kind C)."""
    kinds = small.groupby("regso_code")["kind"].agg(set)
    return {str(code).partition("_")[0] for code, found in kinds.items() if found == {"C"}}


def _barrier(entry: dict[str, object], areas: gpd.GeoDataFrame, urban: set[str]) -> Barrier:
    named = entry.get("side")
    side = frozenset(str(code) for code in named) if isinstance(named, list) else frozenset[str]()
    line = None
    if absent := sorted(side - set(areas["code"])):
        raise ValueError(f"there is no neighbourhood {absent[0]} with a boundary")
    if side:
        here = areas[areas["code"].isin(side)].geometry.union_all()
        there = areas[areas["code"].isin(urban - side)].geometry.union_all()
        line = shapely.line_merge(shapely.intersection(here.boundary, there.boundary))
        parts = [part for part in shapely.get_parts(line) if part.geom_type == "LineString"]
        line = shapely.multilinestrings(parts)
    return Barrier(str(entry["id"]), str(entry["kind"]), str(entry["name"]), side, line, str(entry["note"]))
