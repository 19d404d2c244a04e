"""Writes a whole new data folder beside the present one, from what was fetched and what stays."""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import pandas as pd
import yaml

from dashboard.sources.area_tables import Drawn, area_tables, municipalities_with_outline
from dashboard.sources.bundle import municipality_names
from dashboard.sources.crosswalk import FILE as CROSSWALK
from dashboard.sources.crosswalk_tables import crosswalk_of_tables
from dashboard.sources.data_folder import finished, write_observations
from dashboard.sources.fetched import Fetched, FetchedFile, Wanted
from dashboard.sources.merged_figures import merged_figures
from dashboard.sources.network_files import network_folder, write_network
from dashboard.sources.places import PLACE_COLUMNS, SCHOOL_COLUMNS
from dashboard.sources.present_data import Present

#: What an update may replace; everything else in the folder is the project's or the city's own and stays.
PARTS = ("observations", "areas", "places", "catalogue/sources", "networks", "bundle.yaml")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
#: What the day in ``access_date`` stands for; a text of the catalogue, in both languages.
ACCESS_NOTE = Path(__file__).with_name("access_note.yaml")


@dataclass(frozen=True)
class Assembled:
    """The new data folder, and what it holds.

    Attributes
    ----------
    folder
        Where it lies; everything that an update leaves alone is in it too.
    observations
        All figures, those that were worked out as well.
    areas
        Name of the table → rows.
    files
        Source of the catalogue → what was fetched for it.
    """

    folder: Path
    observations: pd.DataFrame
    areas: dict[str, gpd.GeoDataFrame]
    files: dict[str, list[FetchedFile]] = field(default_factory=dict)


def assemble(
    wanted: Wanted,
    fetched: Sequence[Fetched],
    present: Present,
    data_folder: Path,
    folder: Path,
    *,
    key: Path | None = None,
) -> Assembled:
    """Write the new data folder.

    Parameters
    ----------
    wanted
        Municipalities and years.
    fetched
        What the publishers gave.
    present
        What the present folder holds; figures and places of another home municipality do not stay.
    data_folder
        The present folder; it is only read.
    folder
        Where the new one goes; it must not exist.
    key
        SCB's list of changes of the areas; without it older years are worked out by areas and persons alone.

    Raises
    ------
    InputError
        When what was fetched does not go together.
    """
    same = present.municipality == wanted.municipality
    _link_the_rest(data_folder, folder)
    drawn = Drawn()
    for gave in fetched:
        drawn.boundaries |= gave.boundaries
        drawn.regso_names |= gave.regso_names
    figures = merged_figures(wanted, fetched, present.observations if same else None)
    tables = area_tables(map(str, figures["area_code"].unique()), drawn, present.areas, wanted.municipalities)
    names = municipality_names(data_folder)
    kept = present.areas.get("municipality")
    named = {code: names[code] for code in wanted.municipalities}
    tables["municipality"] = municipalities_with_outline(named, wanted.municipality, tables, kept)
    known = [str(code) for table in tables.values() for code in table["area_code"]]
    whole = finished(figures, data_folder / "catalogue", known)
    write_observations(whole, folder / "observations")
    _write_areas(tables, crosswalk_of_tables(tables, whole, key), folder / "areas")
    files = {source: found for gave in fetched for source, found in gave.files.items()}
    _write_places(wanted, fetched, data_folder, folder, same=same)
    _write_sources(files, data_folder / "catalogue" / "sources", folder / "catalogue" / "sources")
    (folder / "bundle.yaml").write_text(yaml.safe_dump({"municipality": wanted.municipality, "layout": 1}), "utf-8")
    return Assembled(folder, whole, tables, files)


def _link_the_rest(data_folder: Path, folder: Path) -> None:
    """Make the parts that stay appear in the new folder too, without copying what is in them.

    Files of the present folder are never written into but swapped, so that a link is as good as a copy.
    """

    def passed_by(place: str, names: list[str]) -> set[str]:
        inside = Path(place).relative_to(data_folder)
        return {name for name in names if name.startswith(".") or (inside / name).as_posix() in PARTS}

    shutil.copytree(data_folder, folder, copy_function=_link, ignore=passed_by)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _write_areas(tables: Mapping[str, gpd.GeoDataFrame], crosswalk: pd.DataFrame, folder: Path) -> None:
    folder.mkdir(parents=True)
    if not crosswalk.empty:
        crosswalk.to_parquet(folder / CROSSWALK, index=False)
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet")


def _write_places(wanted: Wanted, fetched: Sequence[Fetched], data_folder: Path, folder: Path, *, same: bool) -> None:
    """Write places, schools and walk network; those of today stay where none were fetched and the city is the same."""
    (folder / "places").mkdir()
    places = next((gave.places for gave in fetched if gave.places is not None), None)
    schools = next((gave.schools for gave in fetched if gave.schools is not None), None)
    for name, rows, columns in (("places.csv", places, PLACE_COLUMNS), ("schools.csv", schools, SCHOOL_COLUMNS)):
        today = data_folder / "places" / name
        if rows is not None:
            _write_rows(rows, columns, folder / "places" / name)
        elif same and today.is_file():
            shutil.copy2(today, folder / "places" / name)
    today_networks = data_folder / "networks"
    if today_networks.is_dir():
        shutil.copytree(today_networks, folder / "networks", ignore=shutil.ignore_patterns(".*"))
    network = next((gave.network for gave in fetched if gave.network is not None), None)
    if network is not None:
        write_network(network_folder(folder, wanted.municipality), network)


def _write_rows(rows: Sequence[Mapping[str, str]], columns: Sequence[str], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted([row[column] for column in columns] for row in rows))


def _write_sources(files: Mapping[str, Sequence[FetchedFile]], catalogue: Path, folder: Path) -> None:
    """Write into the catalogue which tables each source was fetched from, their stamp and the day."""
    folder.mkdir(parents=True)
    note = yaml.safe_load(ACCESS_NOTE.read_text("utf-8"))
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for entry in sorted(catalogue.glob("*.yaml")):
        found = files.get(entry.stem)
        if not found:
            shutil.copy2(entry, folder / entry.name)
            continue
        content = yaml.safe_load(entry.read_text("utf-8"))
        content["files"] = [{"name": one.name, "sha256": one.sha256, "rows": one.rows} for one in found]
        # Some publishers stamp with a day, others with a school term, which is no day.
        stamps = sorted(one.updated[:10] for one in found if one.updated and DAY.match(one.updated))
        content |= {"access_date": today, "access_note": note, "updated": stamps[-1] if stamps else None}
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
        (folder / entry.name).write_text(text, "utf-8")
