"""The checks that data must pass before it reaches the screen; each problem names file and row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import geopandas as gpd

from dashboard.catalogue import Catalogue
from dashboard.sources.area_codes import existed, parse_area_code
from dashboard.sources.scb_areas import COLUMNS as AREA_COLUMNS
from dashboard.sources.scb_areas import SWEREF_99_TM, WGS_84
from dashboard.sources.tidy import (
    OBSERVATION_COLUMNS,
    InputError,
    Observation,
    Status,
    parse_value,
    parse_year,
    read_rows,
)

STATUSES = frozenset({"published", "derived", "suppressed", "missing", "false_zero"})
WITH_VALUE = frozenset({"published", "derived"})
AREA_TOLERANCE = 0.01
ENOUGH_TO_TELL_UNITS = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one row of one file."""

    file: str
    row: int | str
    message: str

    def __str__(self) -> str:
        """Give the problem as one sentence for the operator."""
        return f"{self.file}, row {self.row}: {self.message}"


@dataclass(frozen=True, slots=True)
class Read:
    """An observation and where it was read."""

    observation: Observation
    file: str
    row: int


def read_areas(folder: Path) -> gpd.GeoDataFrame:
    """Read every area table of a data folder into one.

    Raises
    ------
    InputError
        When there is none, or one lacks a column.
    """
    paths = sorted((folder / "areas").glob("*.parquet"))
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
        if code.level == "deso" and row["regso_code"] is not None and row["regso_code"] not in regsos:
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


def read_observations(folder: Path, problems: list[Problem]) -> list[Read]:
    """Read every observation of a data folder; cells that cannot be read are put among the problems.

    Raises
    ------
    InputError
        When there are no files or one is not a CSV file with the right columns.
    """
    paths = sorted((folder / "observations").glob("*.csv"))
    if not paths:
        raise InputError(f"{folder / 'observations'} has no observations: run `dashboard bundle` first.")
    found = []
    for path in paths:
        for number, row in read_rows(path, OBSERVATION_COLUMNS):
            try:
                found.append(Read(_observation(path.stem, row, number), path.name, number))
            except InputError as error:
                problems.append(Problem(path.name, number, str(error).removeprefix(f"row {number}: ")))
    return found


def _observation(source: str, row: dict[str, str], number: int) -> Observation:
    where = f"row {number}"
    value, lower, upper = (parse_value(row[name], where)[0] for name in ("value", "lower", "upper"))
    year, status = parse_year(row["year"], where), row["status"]
    if status not in STATUSES:
        raise InputError(f"the status “{status}” is not one of {', '.join(sorted(STATUSES))}.")
    return Observation(
        source=source,
        area_code=row["area_code"],
        indicator=row["indicator"],
        year=year,
        value=value,
        status=cast(Status, status),
        note=row["note"],
        lower=lower,
        upper=upper,
    )


def check_observations(found: Sequence[Read], areas: set[str], catalogue: Catalogue) -> Iterator[Problem]:
    """Check keys, catalogue, ranges, status against value, limits and division of every observation."""
    seen: dict[tuple[str, str, int], Read] = {}
    for one in found:
        key = one.observation.key
        if key in seen:
            first = seen[key]
            yield Problem(
                one.file,
                one.row,
                f"{key[1]} for {key[0]} in {key[2]} is already in {first.file}, row {first.row}.",
            )
        seen[key] = one
        for message in _faults(one.observation, areas, catalogue):
            yield Problem(one.file, one.row, message)
    yield from _check_units(found, catalogue)


def _faults(one: Observation, areas: set[str], catalogue: Catalogue) -> Iterator[str]:
    if one.source not in catalogue.sources:
        yield f"the source {one.source} (the file's name) is not in the catalogue."
    if one.area_code not in areas:
        yield f"the area {one.area_code} is in no area table."
    elif not existed(parse_area_code(one.area_code), one.year) and one.status != "false_zero":
        yield f"{one.area_code} did not exist in {one.year}; its status can only be false_zero."
    if (one.value is not None) != (one.status in WITH_VALUE):
        yield f"the status {one.status} does not go with the value {one.value}."
    if one.value is None and not one.note:
        yield "a figure that is not there needs a note that says why."
    indicator = catalogue.indicators.get(one.indicator)
    if indicator is None:
        yield f"the indicator {one.indicator} is not in the catalogue."
        return
    for name, value in (("value", one.value), ("lower", one.lower), ("upper", one.upper)):
        low, high = indicator.minimum, indicator.maximum
        if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
            yield f"{one.indicator} has the {name} {value:g}, outside {_range(low, high)} {indicator.unit}."
    if one.value is not None and not (
        (one.lower is None or one.lower <= one.value) and (one.upper is None or one.value <= one.upper)
    ):
        yield f"the value {one.value:g} lies outside its own limits {one.lower}–{one.upper}."


def _range(low: float | None, high: float | None) -> str:
    return f"{'−∞' if low is None else f'{low:g}'}–{'∞' if high is None else f'{high:g}'}"


def _check_units(found: Sequence[Read], catalogue: Catalogue) -> Iterator[Problem]:
    """Catch shares written as fractions: every value of a share below 1 in a whole file is no per cent."""
    largest: dict[tuple[str, str], list[Read]] = defaultdict(list)
    for one in found:
        indicator = catalogue.indicators.get(one.observation.indicator)
        if indicator is not None and indicator.kind == "share" and one.observation.value is not None:
            largest[one.file, indicator.id].append(one)
    for (file, indicator_id), rows in largest.items():
        values = [one.observation.value or 0.0 for one in rows]
        if len(values) >= ENOUGH_TO_TELL_UNITS and 0 < max(values) <= 1:
            yield Problem(file, rows[0].row, f"all values of {indicator_id} are at most 1; write shares in per cent.")
