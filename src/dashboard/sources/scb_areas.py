"""Reads SCB's DeSO and RegSO boundaries and makes the area tables: one row an area, in WGS 84."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from dashboard.sources.area_codes import AreaCode, parse_area_code
from dashboard.sources.statistics_files import area_at
from dashboard.sources.tidy import FileReport, InputError

SWEREF_99_TM = 3006
WGS_84 = 4326
#: Division of DeSO → that of the RegSO which they lie in.
REGSO_OF_DIVISION = {2018: "_RegSO2020", 2025: "_RegSO2025"}
COLUMNS = (
    "area_code",
    "code",
    "level",
    "vintage",
    "municipality",
    "name",
    "regso_code",
    "kind",
    "area_m2",
    "boundary",
    "geometry",
)


def read_boundaries(path: Path, code_column: str, keep: Mapping[str, str]) -> tuple[gpd.GeoDataFrame, FileReport]:
    """Read a layer of boundaries.

    Parameters
    ----------
    path
        GeoPackage with one layer in SWEREF 99 TM.
    code_column
        The column with SCB's code.
    keep
        Columns to keep, name in the file → name in the area table.

    Raises
    ------
    InputError
        When the file is no GeoPackage, has another coordinate system, lacks a column, a code is none or occurs
        twice, or a polygon is not valid.
    """
    try:
        frame = gpd.read_file(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise InputError(f"{path.name} is not a readable GeoPackage: fetch it again.") from error
    if frame.crs is None or frame.crs.to_epsg() != SWEREF_99_TM:
        raise InputError(f"{path.name} is not in SWEREF 99 TM (EPSG:3006); save it in that coordinate system.")
    if absent := [name for name in (code_column, *keep) if name not in frame.columns]:
        raise InputError(f"{path.name} lacks the column {', '.join(absent)}.")
    for text in {*frame[code_column], *(frame["regsokod"] if "regsokod" in keep else ())}:
        area_at(str(text), path.name)
    if frame[code_column].duplicated().any():
        twice = frame.loc[frame[code_column].duplicated(), code_column].iloc[0]
        raise InputError(f"{path.name}: {twice} has more than one boundary; keep the right one.")
    if not frame.geometry.is_valid.all():
        broken = frame.loc[~frame.geometry.is_valid, code_column].iloc[0]
        raise InputError(f"{path.name}: the boundary of {broken} is not a valid polygon.")
    report = FileReport(path.name, rows=len(frame), kept=len(frame))
    return frame.rename(columns={code_column: "code", **keep})[["code", *keep.values(), "geometry"]], report


def area_table(
    codes: Iterable[AreaCode],
    boundaries: gpd.GeoDataFrame | None,
    names: Mapping[str, str],
    regso_of: Mapping[str, str],
    boundary: str,
) -> gpd.GeoDataFrame:
    """Make the table of the areas of one level and division.

    Parameters
    ----------
    codes
        Every area that has figures or a boundary.
    boundaries
        ``code`` and ``geometry`` in SWEREF 99 TM, or None when there is no file with boundaries.
    names
        Plain code → name, for those that have one.
    regso_of
        Plain DeSO code → plain RegSO code, both of the division that the areas are of: a DeSO of 2018 lies in a RegSO
        of 2020, one of 2025 in a RegSO of 2025.
    boundary
        ``published`` or ``generalised``: what the boundaries are; areas without one get ``none``.
    """
    shapes = {} if boundaries is None else dict(zip(boundaries["code"], boundaries.geometry, strict=True))
    records = [_record(area, shapes.get(area.code), names, regso_of, boundary) for area in codes]
    frame = gpd.GeoDataFrame(pd.DataFrame(records, columns=list(COLUMNS)), geometry="geometry", crs=SWEREF_99_TM)
    return frame.sort_values("area_code", ignore_index=True).to_crs(WGS_84)


def _record(
    area: AreaCode,
    shape: shapely.Geometry | None,
    names: Mapping[str, str],
    regso_of: Mapping[str, str],
    boundary: str,
) -> tuple[object, ...]:
    return (
        area.full,
        area.code,
        area.level,
        area.vintage,
        area.municipality,
        names.get(area.code),
        _regso(area, regso_of),
        area.kind,
        None if shape is None else round(shapely.area(shape), 1),
        "none" if shape is None else boundary,
        shape,
    )


def _regso(area: AreaCode, regso_of: Mapping[str, str]) -> str | None:
    """Give the RegSO of an area with the division that goes with the area's own; a RegSO is its own."""
    if area.level == "regso":
        return area.full
    code = regso_of.get(area.code)
    if code is None or area.vintage is None:
        return None
    return parse_area_code(parse_area_code(code).code + REGSO_OF_DIVISION[area.vintage]).full


def municipality_table(names: Mapping[str, str], home: str, boundaries: gpd.GeoDataFrame | None) -> gpd.GeoDataFrame:
    """Make the table of municipalities; the home one gets the outline that its areas form together."""
    outline = None if boundaries is None else shapely.union_all(boundaries.geometry.to_numpy())
    records = []
    for code, name in sorted(names.items()):
        shape = outline if code == home else None
        records.append(_record(parse_area_code(code), shape, {code: name}, {}, "published"))
    frame = pd.DataFrame(records, columns=list(COLUMNS))
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=SWEREF_99_TM).to_crs(WGS_84)
