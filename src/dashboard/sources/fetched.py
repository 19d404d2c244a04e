"""What a publisher's service is asked for, and what it gave, before anything of the data folder is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import geopandas as gpd
import pandas as pd

from dashboard.sources.network_tables import NetworkFiles
from dashboard.sources.tidy import Harvest

#: Called with the step in words, how much of it is done and how much there is (0: not known).
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the dashboard is to show.

    Attributes
    ----------
    municipality
        Four-digit code of the home municipality: everything is wanted of it.
    peers
        Codes of the municipalities that it is compared with: figures are wanted of them, no places.
    years
        The years wanted; None is all that the publisher has.
    """

    municipality: str
    peers: tuple[str, ...] = ()
    years: frozenset[int] | None = None

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The home municipality, then the others."""
        return (self.municipality, *(code for code in self.peers if code != self.municipality))

    def wants(self, year: int) -> bool:
        """Tell whether a year is wanted."""
        return self.years is None or year in self.years


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """One table, layer or list that a service gave: what is noted of it in the catalogue."""

    #: For example ``TAB6571`` or ``stat:DeSO_2025``.
    name: str
    #: Of all that was sent, in the order in which it was put together.
    sha256: str
    rows: int
    #: The publisher's own stamp of the figures, as it writes it.
    updated: str | None = None


@dataclass
class Fetched:
    """What one publisher gave.

    Attributes
    ----------
    harvest
        Observations of small publishers, and one report a table of what was read, kept and left out.
    frame
        Observations of large ones: the columns of ``tidy.OBSERVATION_COLUMNS`` and ``source``.
    files
        By source of the catalogue (``scb_tab6571``): what it was read from.
    boundaries
        ``deso_2025``, ``regso_2025``, ``deso_2018``, ``regso_2020`` → ``code`` (plain), ``geometry`` (SWEREF 99 TM),
        of small areas ``regso`` (plain code, or None), of neighbourhoods ``name``.
    regso_names
        Whole code (``1488R007_RegSO2025``) → name, of publishers that tell names without boundaries.
    places, schools
        Rows with the columns ``places.PLACE_COLUMNS`` and ``places.SCHOOL_COLUMNS``; None when the publisher has none
        to give, so that those that are there stay.
    network
        The walk network of the home municipality.
    """

    harvest: Harvest = field(default_factory=Harvest)
    frame: pd.DataFrame | None = None
    files: dict[str, list[FetchedFile]] = field(default_factory=dict)
    boundaries: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)
    regso_names: dict[str, str] = field(default_factory=dict)
    places: list[dict[str, str]] | None = None
    schools: list[dict[str, str]] | None = None
    network: NetworkFiles | None = None


class Publisher(Protocol):
    """Somebody who publishes figures, areas or places, and whose service can be asked for them."""

    #: The word of ``--source``: scb, scb-geo, kolada, skolverket, openstreetmap.
    name: str

    def fetch(self, wanted: Wanted, tell: Tell) -> Fetched:
        """Fetch all that is wanted.

        Raises
        ------
        FetchError
            When any of it cannot be had; what was fetched is kept for the next try, and nothing is given.
        """
        ...
