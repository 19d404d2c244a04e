"""Makes the project's data folder from a folder of the publishers' files, and tells what became of every row."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd
import yaml

from dashboard.sources import places, scb_areas, statistics_files
from dashboard.sources.area_codes import parse_area_code
from dashboard.sources.data_folder import finished, write_observations
from dashboard.sources.data_swap import swap
from dashboard.sources.observation_frame import frame_of
from dashboard.sources.provenance import write_provenance
from dashboard.sources.tidy import FileReport, Harvest, InputError, read_rows

Say = Callable[[str], None]


@dataclass
class Found:
    """What the input folder held for one municipality."""

    harvest: Harvest
    deso: gpd.GeoDataFrame | None = None
    regso: gpd.GeoDataFrame | None = None
    regso_of: dict[str, str] = field(default_factory=dict)
    regso_names: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))


def bundle(folder: Path, municipality: str, data_folder: Path, say: Say = print) -> None:
    """Make areas, observations and places in the data folder from the files of an input folder.

    Catalogue and register are the project's own and stay as they are; only the list of files (name, SHA-256,
    rows) of each source is written into the catalogue. Everything is written beside and swapped in at the end.

    Parameters
    ----------
    folder
        The publishers' files; those of the municipality carry its code in their names.
    municipality
        Four-digit code.
    data_folder
        The project's ``data``.
    say
        Takes a line of text for the operator.

    Raises
    ------
    InputError
        When the folder has nothing for the municipality or a file cannot be used; nothing is changed then.
    """
    names = municipality_names(data_folder)
    if municipality not in names:
        raise InputError(f"{municipality} is not the code of a Swedish municipality; an example of one is 1488.")
    if not folder.is_dir():
        raise InputError(f"The folder {folder} does not exist.")
    found = read_folder(folder, municipality)
    areas = [*found.regso_of, *found.regso_of.values()]
    observations = finished(frame_of(found.harvest.observations), data_folder / "catalogue", areas)
    with tempfile.TemporaryDirectory(dir=data_folder.parent, prefix=".bundle-") as beside:
        new = Path(beside)
        write_observations(observations, new / "observations")
        write_areas(found, observations, municipality, names, new / "areas")
        found.harvest.reports.extend(places.copy_places(folder, municipality, new / "places"))
        rows = {one.name: one.rows for one in found.harvest.reports}
        write_provenance(found.files, rows, data_folder / "catalogue" / "sources", new / "sources")
        (new / "bundle.yaml").write_text(yaml.safe_dump({"municipality": municipality, "layout": 1}), "utf-8")
        swap(new, data_folder)
    report(found.harvest.reports, observations, folder, say)


def municipality_names(data_folder: Path) -> dict[str, str]:
    """Give the names of Sweden's municipalities by code."""
    rows = read_rows(data_folder / "catalogue" / "municipalities.csv", ["code", "name"])
    return {row["code"]: row["name"] for _, row in rows}


def read_folder(folder: Path, code: str) -> Found:
    """Read every file of the input folder that belongs to a municipality or its peers."""
    readers: list[tuple[str, Callable[[Path], Harvest]]] = [
        (f"scb_deso_{code}_indicators.csv", _long("desokod", "year", "scb_table")),
        (f"scb_deso_{code}_population_age_sex_*.csv", statistics_files.read_age_and_sex),
        (f"scb_deso_{code}_tenure_*.csv", statistics_files.read_tenure),
        (f"scb_regso_{code}_indicators.csv", _long("regso_code", "year", "source_table")),
        ("scb_kommun_series.csv", _long("kommun_code", "year", "source_table")),
        ("scb_deso_peers_indicators.csv", _long("desokod", "year", "scb_table")),
        ("scb_deso_peers_tenure_*.csv", statistics_files.read_tenure),
        (f"external_{code}.csv", _long("area_code", "period", "publisher")),
    ]
    harvests, used = [], []
    for pattern, read in readers:
        for path in sorted(folder.glob(pattern)):
            harvests.append(read(path))
            used.append((path, harvests[-1]))
    own = [one for harvest in harvests for one in harvest.observations if one.area_code.startswith(code)]
    if not own:
        raise InputError(
            f"{folder} has no figures for municipality {code}: a file such as scb_deso_{code}_indicators.csv."
        )
    found = Found(statistics_files.without_repeats(harvests))
    for path, harvest in used:
        for source in {one.source for one in harvest.observations}:
            found.files[source].append(path)
    _read_boundaries(folder, code, found)
    _read_regso_names(folder, code, found)
    for name, source in (
        (f"osm_places_{code}.csv", "openstreetmap"),
        (f"skolverket_schools_{code}.csv", "skolverket"),
    ):
        if (folder / name).is_file():
            found.files[source].append(folder / name)
    return found


def _long(area: str, period: str, table: str) -> Callable[[Path], Harvest]:
    return lambda path: statistics_files.read_long(path, area, period, table)


def _read_boundaries(folder: Path, code: str, found: Found) -> None:
    deso, regso = folder / f"scb_deso_2025_{code}.gpkg", folder / f"scb_regso_2025_{code}.gpkg"
    if deso.is_file():
        found.deso, report = scb_areas.read_boundaries(deso, "desokod", {"regsokod": "regso"})
        found.regso_of |= dict(zip(found.deso["code"], found.deso["regso"], strict=True))
        found.harvest.reports.append(report)
        found.files["scb_areas_deso_2025"].append(deso)
    if regso.is_file():
        found.regso, report = scb_areas.read_boundaries(regso, "regsokod", {"regsonamn": "name"})
        found.regso_names |= dict(zip(found.regso["code"], found.regso["name"], strict=True))
        found.harvest.reports.append(report)
        found.files["scb_areas_regso_2025"].append(regso)


def _read_regso_names(folder: Path, code: str, found: Found) -> None:
    """Take RegSO names and the RegSO of each DeSO from the statistics files where no boundary file told them."""
    regso, peers = folder / f"scb_regso_{code}_indicators.csv", folder / "scb_deso_peers_indicators.csv"
    if regso.is_file():
        for _, row in read_rows(regso, ["regso_code", "name"]):
            found.regso_names.setdefault(parse_area_code(row["regso_code"]).code, row["name"])
    for path in (peers, folder / f"scb_deso_{code}_indicators.csv"):
        rows = read_rows(path, ["desokod"]) if path.is_file() else []
        for number, row in rows:
            if row.get("regsokod"):
                regso_code = statistics_files.area_at(row["regsokod"], f"{path.name}, row {number}").code
                found.regso_of.setdefault(parse_area_code(row["desokod"]).code, regso_code)


def write_areas(found: Found, observations: pd.DataFrame, home: str, names: dict[str, str], folder: Path) -> None:
    """Write the area tables as GeoParquet, one a level and division."""
    folder.mkdir(parents=True)
    codes = {parse_area_code(str(code)) for code in observations["area_code"].unique()}
    codes |= {parse_area_code(code) for code in [*found.regso_of, *found.regso_of.values(), *found.regso_names]}
    municipalities = {area.municipality for area in codes}
    if unknown := sorted(municipalities - names.keys()):
        raise InputError(f"The files hold figures for {unknown[0]}, which is not the code of a Swedish municipality.")
    for level, shapes, boundary in (("deso", found.deso, "generalised"), ("regso", found.regso, "published")):
        for vintage in sorted({area.vintage for area in codes if area.level == level and area.vintage}):
            members = [area for area in codes if area.level == level and area.vintage == vintage]
            # What the files tell of boundaries and neighbourhoods is of today's division.
            drawn, regso_of = (shapes, found.regso_of) if vintage == 2025 else (None, {})
            table = scb_areas.area_table(members, drawn, found.regso_names, regso_of, boundary)
            table.to_parquet(folder / f"{level}_{vintage}.parquet")
    outline = found.regso if found.regso is not None else found.deso
    kept_names = {code: names[code] for code in municipalities | {home}}
    scb_areas.municipality_table(kept_names, home, outline).to_parquet(folder / "municipality.parquet")


def report(reports: Sequence[FileReport], observations: pd.DataFrame, folder: Path, say: Say) -> None:
    """Tell what was read, kept, left out and worked out, and which files of the folder were not looked at."""
    for one in reports:
        for line in one.lines():
            say(line)
    for status in ("published", "derived", "suppressed", "missing", "false_zero"):
        say(f"{(observations['status'] == status).sum()} observations with status {status}")
    known = {one.name for one in reports}
    for path in sorted(folder.iterdir()):
        if path.name not in known:
            say(f"{path.name}: not read, not a file of this municipality that the dashboard knows")
