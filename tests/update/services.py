"""All services that an update asks, made up and on this machine, for the embedded city."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely
from made_up_divisions import divisions
from made_up_kolada import MadeUpKolada, made_up_kolada
from made_up_overpass import MadeUpOverpass, made_up_overpass
from made_up_scb import MadeUpScb, made_up_scb
from made_up_scb_tables import all_tables
from made_up_skolverket import MadeUpSkolverket, made_up_skolverket
from made_up_wfs import MadeUpWfs, features_of, made_up_wfs

HOME, PEER = "1488", "1487"
DATA = Path(__file__).parents[2] / "data"


@dataclass
class Services:
    """The services."""

    scb: MadeUpScb
    wfs: MadeUpWfs
    kolada: MadeUpKolada
    skolverket: MadeUpSkolverket
    overpass: MadeUpOverpass

    def environment(self) -> dict[str, str]:
        """Give the settings that lead to them."""
        return {
            "DASHBOARD_SCB_URL": self.scb.url,
            "DASHBOARD_SCB_GEO_URL": self.wfs.url,
            "DASHBOARD_KOLADA_URL": self.kolada.url,
            "DASHBOARD_SKOLVERKET_URL": self.skolverket.url,
            "DASHBOARD_OVERPASS_URL": self.overpass.url,
        }


def embedded_layers() -> dict[str, list[dict]]:
    """Give the embedded boundaries as the four layers, and made-up ones of the peer.

    The old division is made up, so that it goes together with the figures that ``all_tables`` makes up: it is that of
    today without the last area of each kind. Some areas of the peer have figures and no boundary.
    """
    today, made_up = {}, divisions(0)
    for level, second in (("deso", "regso"), ("regso", "name")):
        table = gpd.read_parquet(DATA / "areas" / f"{level}_2025.parquet").to_crs(3006)
        drawn = table[table["boundary"] != "none"].sort_values("code", ignore_index=True)
        frame = drawn[["code", "geometry"]].assign(regso=drawn["regso_code"].str[:8], name=drawn["name"])
        today[level] = frame[["code", second, "geometry"]]
    last, before = today["regso"]["code"].iloc[-1], today["regso"]["code"].iloc[-2]
    deso, regso = today["deso"].iloc[:-1].copy(), today["regso"].iloc[:-1].copy()
    deso["regso"] = deso["regso"].replace(last, before)
    regso.loc[regso.index[-1], "geometry"] = shapely.union_all(today["regso"].geometry.iloc[-2:].to_numpy())
    # A neighbourhood that lost its only small area has figures, and no boundary.
    old = {"deso": deso, "regso": regso[regso["code"].isin(deso["regso"])]}
    return {
        name: features_of(frames[name.partition("_")[0].lower()], name) + features_of(made_up[name.lower()], name)
        for frames, names in ((today, ("DeSO_2025", "RegSO_2025")), (old, ("DeSO_2018", "RegSO_2020")))
        for name in names
    }


@contextmanager
def all_services(years: range | None = None) -> Iterator[Services]:
    """Run all services.

    Parameters
    ----------
    years
        The years that SCB's tables have at most.
    """
    with ExitStack() as stack:
        services = Services(
            scb=stack.enter_context(made_up_scb()),
            wfs=stack.enter_context(made_up_wfs()),
            kolada=stack.enter_context(made_up_kolada()),
            skolverket=stack.enter_context(made_up_skolverket()),
            overpass=stack.enter_context(made_up_overpass()),
        )
        services.scb.tables = all_tables((HOME, PEER), years)
        services.wfs.features = embedded_layers()
        yield services
