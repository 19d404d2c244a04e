"""A city of two halves with a river between them and one bridge: three streets across, 100 m blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from grids import grid
from town import people_of

from dashboard.reach.city import Barrier, City, Crossing, Place

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


def halves(*, kind: str = "openstreetmap", places: Sequence[Place] = PLACES, bridges: Sequence[int] = (0,)) -> City:
    """Give the city: 300 people on either side, half of those in the west and a tenth of those in the east in a group.

    Crossings: ``bridge`` is open, ``railway`` (y = 200) is not and has no edge, ``ford`` belongs to a brook that nobody
    knows the course of.
    """
    base = grid(COLUMNS, ROWS, river_after=2, bridges=bridges)
    over = (base.x[base.a] == 200) & (base.x[base.b] == 300)
    base = replace(base, open_to_points=~over)
    west, east = ([node(c, r) for c in columns for r in range(ROWS)] for columns in ((0, 1, 2), (3, 4, 5)))
    people = people_of(
        [west, east], population=[[300], [300]], foreign_background=[[150, 150], [30, 270]], age=[[100] * 3] * 2
    )
    crossings = [
        Crossing(
            "bridge", "river", "bridge", "Bron", 250, 0, "assumed_yes", tuple(int(e) for e in np.flatnonzero(over)), ""
        ),
        Crossing("railway", "river", "bridge", "Järnvägsbron", 250, 200, "assumed_no", (), ""),
        Crossing("ford", "brook", "unknown", "", 100, 100, "assumed_no", (), ""),
    ]
    return City.of(
        base,
        people,
        places,
        kind=kind,
        factor=1.2 if kind == "schematic" else None,
        made="2026-01-31",
        barriers=[
            Barrier("river", "water", "Ån", RIVER, ""),
            Barrier("brook", "water", "Bäcken", None, "course_unknown"),
        ],
        crossings=crossings,
    )
