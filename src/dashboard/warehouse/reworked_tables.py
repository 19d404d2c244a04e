"""Puts older figures, worked out for the areas of today, into the warehouse, when the data folder has a crosswalk."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb
import pandas as pd

from dashboard.catalogue import Catalogue
from dashboard.sources.crosswalk import kinds_of, read_crosswalk
from dashboard.sources.reworked import reworked
from dashboard.warehouse.tables import insert, insert_frame

QUERIES = Path(__file__).parent / "queries"
COLUMNS = ["area_code", "indicator", "year", "value", "status", "note", "source"]
#: What the warehouse says of itself when it has such figures.
META = "reworked"


def fill_reworked(
    connection: duckdb.DuckDBPyConnection,
    data_folder: Path,
    observations: pd.DataFrame,
    catalogue: Catalogue,
    areas: Collection[str],
) -> None:
    """Make the tables and fill them.

    Parameters
    ----------
    connection
        The warehouse that is being built, with its areas, indicators and sources.
    data_folder
        The project's ``data``; without ``areas/crosswalk.parquet`` the tables stay empty.
    observations
        All observations, in the form of ``observation_frame``.
    catalogue
        What the indicators mean.
    areas
        Codes of all areas that there are.

    Raises
    ------
    InputError
        When the crosswalk cannot be read.
    """
    connection.execute((QUERIES / "schema_reworked.sql").read_text("utf-8"))
    crosswalk = read_crosswalk(data_folder)
    if crosswalk is None:
        return
    crosswalk = crosswalk[crosswalk["new_code"].isin(areas)]
    origins = kinds_of(crosswalk).rename(columns={"new_code": "area_code"})
    if not origins.empty:
        insert_frame(connection, "area_origin", origins[["area_code", "kind", "largest_weight", "covered"]])
    figures = reworked(observations, crosswalk, catalogue)
    if figures["value"].notna().any():
        rows = figures[COLUMNS].astype({"area_code": "str", "indicator": "str", "status": "str", "note": "str"})
        insert_frame(connection, "reworked", rows.astype({"source": "str"}))
        # NaN is how a frame says that there is no value; SQL says null.
        connection.execute("update reworked set value = null where isnan(value)")
        insert(connection, "meta", [(META, str(int(figures["year"].min())))])
