"""Makes the crosswalk of a data folder from its own area tables, so that it fits them whatever was fetched last."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd

from dashboard.sources.crosswalk import COLUMNS, LAYERS, crosswalk_of
from dashboard.sources.scb_areas import SWEREF_99_TM

PEOPLE = "population"


def crosswalk_of_tables(
    tables: Mapping[str, gpd.GeoDataFrame], figures: pd.DataFrame, key: Path | None = None
) -> pd.DataFrame:
    """Work out the shares between the areas of two divisions that a data folder holds.

    Parameters
    ----------
    tables
        ``deso_2018``, ``regso_2020``, ``deso_2025``, ``regso_2025`` → rows with ``scb_areas.COLUMNS``, in WGS 84.
    figures
        Observations in the form of ``observation_frame``; they tell the newest persons of each old small area.
    key
        As for ``crosswalk_of``.

    Returns
    -------
    As ``crosswalk_of`` gives it; empty when a table is not there or has no boundaries of a municipality of the old
    division. Boundaries that were generalised are no boundaries here: they would make every area a re-cut one.

    Raises
    ------
    InputError
        As ``crosswalk_of``.
    """
    if any(name not in tables for name in LAYERS):
        return pd.DataFrame(columns=list(COLUMNS))
    published = {name: tables[name][tables[name]["boundary"] == "published"] for name in LAYERS}
    both = set.intersection(*(set(table["municipality"]) for table in published.values()))
    if not both:
        return pd.DataFrame(columns=list(COLUMNS))
    boundaries = {name: _boundaries(table[table["municipality"].isin(both)]) for name, table in published.items()}
    return crosswalk_of(boundaries, key, _people(figures, set(published["deso_2018"]["area_code"])))


def _boundaries(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the rows of an area table as a publisher of boundaries hands them over."""
    regso = [code.partition("_")[0] if isinstance(code, str) else None for code in table["regso_code"]]
    frame = gpd.GeoDataFrame({"code": table["code"].to_numpy(dtype=object)}, geometry=table.geometry.to_numpy())
    return frame.assign(regso=regso).set_crs(table.crs).to_crs(SWEREF_99_TM)


def _people(figures: pd.DataFrame, areas: set[str]) -> dict[str, float]:
    """Give the newest known persons of each area."""
    chosen = (figures["indicator"] == PEOPLE).to_numpy() & figures["value"].notna().to_numpy()
    known = figures.loc[chosen, ["area_code", "year", "value"]]
    known = known[known["area_code"].isin(areas)].sort_values("year")
    return {str(code): float(value) for code, value in zip(known["area_code"], known["value"], strict=True)}
