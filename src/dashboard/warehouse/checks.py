"""The checks that data must pass before it reaches the screen; each problem names file and row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd

from dashboard.sources.area_codes import parse_area_code
from dashboard.sources.crosswalk import FILE as CROSSWALK
from dashboard.sources.scb_areas import COLUMNS as AREA_COLUMNS
from dashboard.sources.scb_areas import SWEREF_99_TM, WGS_84
from dashboard.sources.tidy import InputError

AREA_TOLERANCE = 0.01
MOST_PROBLEMS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one row of one file."""

    file: str
    row: int | str
    message: str

    def __str__(self) -> str:
        """Give the problem as one sentence for the operator."""
        return f"{self.file}, row {self.row}: {self.message}"


@dataclass
class Problems:
    """All that is wrong: how much there is of it, and the first of it in words."""

    count: int = 0
    first: list[Problem] = field(default_factory=list)

    def add(self, found: Iterable[Problem]) -> None:
        """Take in problems one by one."""
        for one in found:
            self.count += 1
            if self.room():
                self.first.append(one)

    def room(self) -> int:
        """Tell how many more are wanted in words."""
        return MOST_PROBLEMS_SHOWN - len(self.first)


def read_areas(folder: Path) -> gpd.GeoDataFrame:
    """Read every area table of a data folder into one.

    Raises
    ------
    InputError
        When there is none, or one lacks a column.
    """
    paths = sorted(path for path in (folder / "areas").glob("*.parquet") if path.name != CROSSWALK)
    if not paths:
        raise InputError(f"{folder / 'areas'} has no area table: run `dashboard bundle` first.")
    frames = []
    for path in paths:
        try:
            frame = gpd.read_parquet(path)
        except (ValueError, OSError) as error:
            raise InputError(f"{path.name} is not a readable GeoParquet file: run `dashboard bundle` again.") from error
        if absent := [name for name in AREA_COLUMNS if name not in frame.columns]:
            raise InputError(f"{path.name} lacks the column {', '.join(absent)}.")
        if frame.crs is not None and frame.crs.to_epsg() != WGS_84:
            raise InputError(f"{path.name} is not in WGS 84 (EPSG:4326): run `dashboard bundle` again.")
        frames.append(frame[list(AREA_COLUMNS)].assign(file=path.name).set_crs(WGS_84))
    return gpd.GeoDataFrame(gpd.pd.concat(frames, ignore_index=True), geometry="geometry", crs=WGS_84)


def check_areas(areas: gpd.GeoDataFrame) -> Iterator[Problem]:
    """Check codes, divisions, RegSO of DeSO, geometry and the unit of the area."""
    metres = areas.geometry.to_crs(SWEREF_99_TM).area
    known: set[str] = set()
    regsos = set(areas.loc[areas["level"] == "regso", "area_code"])
    for index, row in areas.iterrows():
        where = (str(row["file"]), str(row["area_code"]))
        try:
            code = parse_area_code(str(row["area_code"]))
        except ValueError as error:
            yield Problem(*where, f"{error}.")
            continue
        if code.full in known:
            yield Problem(*where, "the area occurs twice.")
        known.add(code.full)
        if (code.level, code.municipality) != (row["level"], row["municipality"]):
            yield Problem(*where, f"level {row['level']} or municipality {row['municipality']} does not fit the code.")
        if code.level == "deso" and isinstance(row["regso_code"], str) and row["regso_code"] not in regsos:
            yield Problem(*where, f"its RegSO {row['regso_code']} is not in the RegSO table.")
        if row["boundary"] == "none":
            continue
        if row["geometry"] is None or row["geometry"].is_empty:
            yield Problem(*where, "the area has no geometry.")
        elif not abs(metres[index] - row["area_m2"]) <= AREA_TOLERANCE * metres[index]:
            yield Problem(
                *where,
                f"area_m2 is {row['area_m2']}, but the polygon has {metres[index]:.0f} m²; is the unit m²?",
            )
