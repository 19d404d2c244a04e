"""Puts the profiles of the municipality's own grids into the warehouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from dashboard.catalogue import Catalogue
from dashboard.measures.spatial_formulas import MULTIGROUP, TWO_GROUP
from dashboard.sources.grid_profiles import META, PROFILE, GridProfile, groups_fault, profile_folder
from dashboard.warehouse.checks import Problem
from dashboard.warehouse.tables import insert

QUERIES = Path(__file__).parent / "queries"


def check_grids(profiles: Sequence[GridProfile], catalogue: Catalogue) -> Iterator[Problem]:
    """Check that each profile is of a split of the catalogue and has the measures of its kind."""
    for one in profiles:
        folder = profile_folder(Path(), one.meta.municipality, one.meta.split, one.meta.year)
        split = catalogue.splits.get(one.meta.split)
        if split is None:
            yield Problem((folder / META).as_posix(), "split", f"{one.meta.split} is no split of the catalogue.")
            continue
        if fault := groups_fault(split, one.meta.groups):
            yield Problem((folder / META).as_posix(), "groups", f"the grid {fault}.")
        wanted = set(TWO_GROUP if split.kind == "two_group" else MULTIGROUP)
        for name in sorted(wanted ^ {point.measure for point in one.points}):
            why = "is missing" if name in wanted else f"is no measure of {split.id}"
            yield Problem((folder / PROFILE).as_posix(), name, f"the measure {why}.")


def fill_grids(connection: duckdb.DuckDBPyConnection, profiles: Sequence[GridProfile], home: str) -> None:
    """Make the tables of grids and fill them with the profiles of the home municipality, if it has any.

    Parameters
    ----------
    connection
        The warehouse that is being built.
    profiles
        All profiles of the data folder, checked.
    home
        Code of the home municipality.
    """
    connection.execute((QUERIES / "schema_grid.sql").read_text("utf-8"))
    own = [one for one in profiles if one.meta.municipality == home]
    grids = [
        (meta.split, meta.year, meta.source, meta.cells, meta.people, meta.cell_metres)
        for meta in (one.meta for one in own)
    ]
    insert(connection, "grid", grids)
    points = [
        (one.meta.split, one.meta.year, point.k, point.measure, point.value, point.at_home, point.reason)
        for one in own
        for point in one.points
    ]
    insert(connection, "grid_point", points)
