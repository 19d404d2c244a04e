"""Where the home municipality's areas lie, as far as it is known while an update is under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import shapely

from dashboard.sources.scb_areas import SWEREF_99_TM


@dataclass(frozen=True)
class Known:
    """What is known of the areas.

    Attributes
    ----------
    municipality
        Code of the home municipality.
    today
        The area tables of the present data folder, in WGS 84.
    fetched
        What publishers gave so far: name of the table → ``code``, ``geometry`` in SWEREF 99 TM.
    """

    municipality: str
    today: Mapping[str, gpd.GeoDataFrame]
    fetched: Sequence[Mapping[str, gpd.GeoDataFrame]] = ()

    def small_areas(self) -> gpd.GeoDataFrame | None:
        """Give ``code`` and ``geometry`` (SWEREF 99 TM) of the home municipality's DeSO of 2025, or None."""
        for boundaries in self.fetched:
            if (drawn := boundaries.get("deso_2025")) is not None:
                return _home(drawn, self.municipality)
        table = self.today.get("deso_2025")
        if table is None:
            return None
        return _home(table[table["boundary"] != "none"].to_crs(SWEREF_99_TM), self.municipality)

    def outline(self) -> shapely.Geometry | None:
        """Give the outline that the small areas form together, in SWEREF 99 TM, or None when none is drawn."""
        areas = self.small_areas()
        return None if areas is None else shapely.union_all(areas.geometry.to_numpy())


def _home(areas: gpd.GeoDataFrame, municipality: str) -> gpd.GeoDataFrame | None:
    found = areas[areas["code"].str[:4] == municipality][["code", "geometry"]]
    return None if found.empty else found.reset_index(drop=True)
