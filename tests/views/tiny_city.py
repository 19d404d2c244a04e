"""A street of 21 corners, 100 m apart, with three areas along it and an island: ways can be worked out in the head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dashboard.reach.city import City, Grouping, People, Place
from dashboard.reach.network import WalkNetwork

CORNERS = 21
#: Codes of real small areas, so that they have names; everything else is made up.
CODES = ("1488C1020_DeSO2025", "1488C1030_DeSO2025", "1488C1040_DeSO2025", "1488A0010_DeSO2025")
NEIGHBOURHOODS = ("1488R012_RegSO2025", "1488R012_RegSO2025", "1488R014_RegSO2025", "1488R016_RegSO2025")
HOMES = ((2, 0, 0.5), (6, 0, 0.5), (10, 1, 1.0), (20, 2, 1.0), (22, 3, 1.0))
PLACES = (
    Place("p", "Apotek", "pharmacy", 0, 0),
    Place("h", "Ny vårdcentral", "health_centre", 0, 0, approximate=True),
    Place("s", "Hållplats", "stop", 500, 0),
)


def tiny_city(
    *,
    population: Sequence[float] = (100, 300, 100, 0),
    group: Sequence[float] = (50, 100, 10, 0),
    kind: str = "openstreetmap",
    places: Sequence[Place] = PLACES,
) -> City:
    """Give the city; the first two areas make one neighbourhood, and nobody lives on the island unless it is told."""
    x = np.r_[100.0 * np.arange(CORNERS), 9000.0, 9100.0]
    ends = np.r_[np.arange(CORNERS - 1), CORNERS]
    network = WalkNetwork.of(x, np.zeros(x.size), ends, ends + 1, np.full(ends.size, 100.0))
    people, members = np.array(population, float), np.array(group, float)
    node, area, share = (np.array(column) for column in zip(*HOMES, strict=True))
    groupings = {
        "population": Grouping("population", 2025, people[:, None]),
        "foreign_background": Grouping("foreign_background", 2024, np.stack([members, people - members], axis=1)),
    }
    return City.of(
        network,
        People(CODES, node, area, share, groupings),
        places,
        kind=kind,
        factor=1.15 if kind == "schematic" else None,
        made="2026-01-31",
        regso_of=dict(zip(CODES, NEIGHBOURHOODS, strict=True)),
    )


def without_population(city: City) -> City:
    """Give the city without the number of its inhabitants."""
    groupings = {name: one for name, one in city.people.groupings.items() if name != "population"}
    return replace(city, people=replace(city.people, groupings=groupings))
