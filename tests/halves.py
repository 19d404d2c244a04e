"""A city of two halves with a river between them and one bridge: three streets across, 100 m blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import shapely
import shapely.affinity

from dashboard.reach.city import Barrier, City, Crossing, Grouping, People, Place
from dashboard.reach.network import WalkNetwork

#: Codes of real small areas, so that they have names; everything else is made up.
AREAS = ("1488C1020_DeSO2025", "1488C1030_DeSO2025")
#: Where the corner may lie when positions must be ones in Sweden.
IN_SWEDEN = (341_000.0, 6_463_000.0)
COLUMNS, ROWS = 6, 3
#: The river runs between the columns 2 and 3, at x = 250; the bridge lies in the row at y = 0.
RIVER = shapely.LineString([(250, -1000), (250, 1000)])
PLACES = (
    Place("west", "Västra torget", "square", 0, 0, study=True),
    Place("east", "Östra torget", "square", 500, 0, study=True),
    Place("library", "Biblioteket", "library", 500, 200),
)


def node(column: int, row: int) -> int:
    """Give the node at a corner."""
    return row * COLUMNS + column


def _network(bridges: Sequence[int], corner_at: tuple[float, float]) -> WalkNetwork:
    """Give a grid; no place can be tied to a bridge."""
    along = [
        (node(c, r), node(c + 1, r)) for c, r in product(range(COLUMNS - 1), range(ROWS)) if c != 2 or r in bridges
    ]
    up = [(node(c, r), node(c, r + 1)) for c, r in product(range(COLUMNS), range(ROWS - 1))]
    a, b = (np.array(ends) for ends in zip(*along, *up, strict=True))
    corner = np.arange(COLUMNS * ROWS)
    over = (a % COLUMNS == 2) & (b % COLUMNS == 3)
    return WalkNetwork.of(
        corner_at[0] + 100.0 * (corner % COLUMNS),
        corner_at[1] + 100.0 * (corner // COLUMNS),
        a,
        b,
        np.full(a.size, 100.0),
        open_to_points=~over,
    )


def _people(**counts: Sequence[Sequence[float]]) -> People:
    """Spread the people of either half over its nine corners."""
    corner = np.arange(COLUMNS * ROWS)
    area = (corner % COLUMNS >= 3).astype(np.int64)
    years = {"population": 2025}
    return People(
        AREAS,
        corner,
        area,
        np.full(corner.size, 1 / 9),
        {name: Grouping(name, years.get(name, 2024), np.array(table, float)) for name, table in counts.items()},
    )


def halves(
    *,
    kind: str = "openstreetmap",
    places: Sequence[Place] = PLACES,
    bridges: Sequence[int] = (0,),
    west: float = 300,
    east: float = 300,
    corner_at: tuple[float, float] = (0, 0),
) -> City:
    """Give the city: half of those in the west and a tenth of those in the east belong to a group.

    Crossings: ``bridge`` is open, ``railway`` (y = 200) is not and has no edge, ``ford`` belongs to a brook that nobody
    knows the course of. Everything is moved along when the south-western corner lies somewhere else than at 0, 0.
    """
    x, y = corner_at
    base = _network(bridges, corner_at)
    over = tuple(int(edge) for edge in np.flatnonzero(~base.open_to_points))
    people = _people(
        population=[[west], [east]],
        foreign_background=[[west / 2, west / 2], [east / 10, east * 9 / 10]],
        age=[[west / 3] * 3, [east / 3] * 3],
    )
    crossings = [
        Crossing("bridge", "river", "bridge", "Bron", x + 250, y, "assumed_yes", over, ""),
        Crossing("railway", "river", "bridge", "Järnvägsbron", x + 250, y + 200, "assumed_no", (), ""),
        Crossing("ford", "brook", "unknown", "", x + 100, y + 100, "assumed_no", (), ""),
    ]
    river = Barrier("river", "water", "Ån", shapely.affinity.translate(RIVER, x, y), "")
    brook = Barrier("brook", "water", "Bäcken", None, "course_unknown")
    return City.of(
        base,
        people,
        [replace(place, x=place.x + x, y=place.y + y) for place in places],
        kind=kind,
        factor=1.2 if kind == "schematic" else None,
        made="2026-01-31",
        barriers=[river, brook],
        crossings=crossings,
    )
