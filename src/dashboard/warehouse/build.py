"""Builds the warehouse: one DuckDB file from the data folder, beside the old one, checked, then swapped in."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import geopandas as gpd
import pandas as pd
import yaml

from dashboard.catalogue import Catalogue, CatalogueError, load_catalogue
from dashboard.register.errors import RegisterFileError
from dashboard.register.focus_areas import read_focus_areas
from dashboard.register.seeds import Known, check_seeds
from dashboard.settings import Settings
from dashboard.sources.grid_profiles import GridProfile, read_profiles
from dashboard.sources.network_tables import NetworkFiles
from dashboard.sources.scb_areas import SWEREF_99_TM
from dashboard.sources.tidy import InputError
from dashboard.warehouse.centrality_store import centrality_rows
from dashboard.warehouse.checks import Problems, check_areas, read_areas
from dashboard.warehouse.fingerprint import LAYOUT, BuildError, fingerprint
from dashboard.warehouse.grid_tables import check_grids, fill_grids
from dashboard.warehouse.observation_checks import check_observations
from dashboard.warehouse.observation_reader import ReadObservations, read_observations
from dashboard.warehouse.place_tables import fill_places
from dashboard.warehouse.reworked_tables import fill_reworked
from dashboard.warehouse.screen_maps import extents, write_maps
from dashboard.warehouse.spatial_tables import fill_spatial
from dashboard.warehouse.tables import insert, insert_observations
from dashboard.warehouse.use_tables import fill_use
from dashboard.warehouse.walk_network import fill_network, write_screen_network

QUERIES = Path(__file__).parent / "queries"
SECONDS_A_BUILD_MAY_TAKE = 600
#: Of DuckDB alone; what it has no room for goes to a folder beside the file, and away again.
MEMORY_LIMIT = "700MB"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Data:
    """A data folder, read and checked."""

    folder: Path
    catalogue: Catalogue
    areas: gpd.GeoDataFrame
    observations: ReadObservations
    grids: list[GridProfile]
    default_municipality: str


def read_data(folder: Path) -> Data:
    """Read a data folder and check every row.

    Raises
    ------
    BuildError
        When anything is wrong; the message names up to ten rows and says how many there are in all.
    """
    if not folder.is_dir():
        raise BuildError(f"The data folder {folder} does not exist.")
    try:
        catalogue = load_catalogue(folder / "catalogue")
        areas = read_areas(folder)
        problems = Problems()
        problems.add(check_areas(areas))
        observations = read_observations(folder, problems)
        known = frozenset(catalogue.indicators) | frozenset(catalogue.splits)
        read_focus_areas(folder / "register", set(known))
        check_seeds(folder / "register", Known(frozenset(areas["code"]), known))
        grids = read_profiles(folder)
        default = str(yaml.safe_load((folder / "bundle.yaml").read_text("utf-8"))["municipality"])
    except (CatalogueError, InputError, RegisterFileError) as error:
        raise BuildError(str(error)) from error
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise BuildError(f"{folder / 'bundle.yaml'} cannot be read: run `dashboard bundle` again ({error}).") from error
    check_observations(observations, set(areas["area_code"]), catalogue, problems)
    problems.add(check_grids(grids, catalogue))
    if problems.count:
        shown = "\n".join(str(problem) for problem in problems.first)
        raise BuildError(f"{problems.count} problem(s) in {folder}:\n{shown}")
    return Data(folder, catalogue, areas, observations, grids, default)


def build(settings: Settings, say: Say) -> Path:
    """Build the warehouse and the boundaries for the screen.

    Parameters
    ----------
    settings
        Where the data are, where the warehouse goes and which municipality is the home one.
    say
        Takes a line of text for each step.

    Returns
    -------
    The path of the warehouse.

    Raises
    ------
    BuildError
        When the data fail a check or the municipality has no data; the old warehouse stays as it was.
    """
    start = time.perf_counter()
    say(f"Reading {settings.data_folder}")
    mark = fingerprint(settings.data_folder, settings.municipality)
    data = read_data(settings.data_folder)
    home = settings.municipality or data.default_municipality
    known = sorted(set(data.areas["municipality"]))
    if home not in known:
        raise BuildError(
            f"There are no data for municipality {home}; the data folder has {', '.join(known)}."
            " Run `dashboard bundle FOLDER --municipality CODE` with its files first."
        )
    target = settings.warehouse_file
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    _remove_left_behind(target)
    try:
        say(f"Building {target.name} from {len(data.observations)} observations and {len(data.areas)} areas")
        maps = write_maps(data.areas, home, settings.maps_folder)
        with duckdb.connect(beside, config={"memory_limit": MEMORY_LIMIT}) as connection:
            network = _fill(connection, data, home, partial(centrality_rows, folder=target.parent, say=say))
            if network is not None:
                maps["network"] = write_screen_network(network, home, settings.maps_folder)
            insert(connection, "meta", _meta(mark, home, data, maps))
            _check_built(connection)
        beside.replace(target)
    except InputError as error:
        raise BuildError(str(error)) from error
    except duckdb.ConstraintException as error:
        raise BuildError(f"A row in {settings.data_folder} does not fit: {error}.") from error
    finally:
        for path in (beside, beside.with_name(beside.name + ".wal"), beside.with_name(beside.name + ".tmp")):
            _remove(path)
    say(f"Built {target} in {time.perf_counter() - start:.1f} s")
    return target


def _remove_left_behind(target: Path) -> None:
    """Remove what builds that were killed left beside the warehouse; one that may still be under way is younger."""
    for path in target.parent.glob(f".{target.name}.*"):
        if path.suffix != ".lock" and path.stat().st_mtime < time.time() - SECONDS_A_BUILD_MAY_TAKE:
            _remove(path)


def _remove(path: Path) -> None:
    """Remove a file, or the folder that a database keeps beside itself while it is open."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _fill(
    connection: duckdb.DuckDBPyConnection,
    data: Data,
    home: str,
    centralities: Callable[[NetworkFiles], pd.DataFrame],
) -> NetworkFiles | None:
    connection.execute((QUERIES / "schema.sql").read_text("utf-8"))
    insert(connection, "municipality", _municipalities(data.areas, home))
    insert(connection, "area", _areas(data.areas))
    catalogue = data.catalogue
    insert(connection, "source", [(s.id, s.publisher.sv, s.publisher.en) for s in catalogue.sources.values()])
    insert(
        connection,
        "indicator",
        [
            (i.id, i.family or i.id, i.unit, i.decimals, i.direction, i.minimum, i.maximum)
            for i in catalogue.indicators.values()
        ],
    )
    insert_observations(connection, data.observations.frame)
    for split in catalogue.splits.values():
        if split.kind == "two_group":
            group = (split.id, split.unit, split.group_kind, split.group_indicator, split.total_indicator)
            insert(connection, "split", [group])
        else:
            insert(connection, "split_group", [(split.id, n, name) for n, name in enumerate(split.groups)])
    fill_places(connection, data.folder, home)
    network = fill_network(connection, data.folder, home, data.areas, centralities=centralities)
    fill_use(connection, data.folder, home)
    fill_grids(connection, data.grids, home)
    fill_reworked(connection, data.folder, data.observations.frame, catalogue, set(data.areas["area_code"]))
    for name in ("split_count.sql", "split_count_names.sql"):
        connection.execute((QUERIES / name).read_text("utf-8"))
    connection.execute((QUERIES / "schema_spatial.sql").read_text("utf-8"))
    fill_spatial(connection, data.areas[data.areas["municipality"] == home])
    return network


def _municipalities(areas: gpd.GeoDataFrame, home: str) -> list[tuple[str, str, str]]:
    rows = areas.loc[areas["level"] == "municipality", ["code", "name"]].itertuples(index=False)
    return [(str(code), str(name), "home" if code == home else "peer") for code, name in rows]


def _areas(areas: gpd.GeoDataFrame) -> list[tuple[object, ...]]:
    inside = areas.geometry.to_crs(SWEREF_99_TM).representative_point()
    rows: list[tuple[object, ...]] = []
    for row, point in zip(areas.itertuples(index=False), inside, strict=True):
        drawn = row.boundary != "none"
        rows.append(
            (
                row.area_code,
                row.code,
                row.level,
                None if pd.isna(row.vintage) else int(row.vintage),
                row.municipality,
                row.name if isinstance(row.name, str) else None,
                row.regso_code if isinstance(row.regso_code, str) else None,
                row.kind if isinstance(row.kind, str) else None,
                row.area_m2 if drawn else None,
                row.boundary,
                point.x if drawn else None,
                point.y if drawn else None,
            )
        )
    return rows


def _meta(mark: str, home: str, data: Data, maps: dict[str, str]) -> list[tuple[str, str]]:
    entries = {"layout": LAYOUT, "fingerprint": mark, "municipality": home}
    entries |= {f"map_{level}": file for level, file in maps.items()}
    for name, box in extents(data.areas, home).items():
        entries[f"extent_{name}"] = ",".join(f"{edge:.0f}" for edge in box)
    return list(entries.items())


def _check_built(connection: duckdb.DuckDBPyConnection) -> None:
    """Check what only the finished tables can tell: every measure has counts that are possible."""
    rows: Iterable[tuple[str, int, str, float, float]] = connection.execute(
        (QUERIES / "impossible_counts.sql").read_text("utf-8")
    ).fetchall()
    for area, year, split, group, total in rows:
        raise BuildError(
            f"For {area} in {year} the split {split} has {group:g} of {total:g}: more in the group than in all."
            " Correct the figures of the group or the total in data/observations."
        )
