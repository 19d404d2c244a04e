"""Profiles over scales as the page asks for them: worked out once and kept as long as the warehouse stays the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.measures import scale_profile
from dashboard.measures.grid_profile import GridPoint
from dashboard.measures.inference import UndefinedMeasureError
from dashboard.measures.neighbourhoods import SCALES
from dashboard.measures.scale_profile import AreaNeighbourhood, Places, ScalePoint
from dashboard.warehouse.connection import Warehouse, query_text

#: The level whose points stand for where people live: the finest there is.
LEVEL = "deso"


@dataclass(frozen=True)
class OwnGrid:
    """A measure over scales in a grid that the municipality has put in; ``cells`` and ``people`` are its own."""

    year: int
    source: str
    cells: int
    people: int
    cell_metres: float | None
    points: tuple[GridPoint, ...]

    @property
    def known(self) -> list[tuple[int, GridPoint]]:
        """The scales that have a value, ascending; the cells themselves are none of them."""
        return [(one.k, one) for one in self.points if one.k is not None and one.value is not None]


@lru_cache(maxsize=64)
def _places(warehouse: Warehouse, municipality: str, year: int, split: str) -> Places | str:
    """Give who lives where, or the reason why that is not known: all that follows rests on it, and reads it once."""
    with warehouse.cursor() as cursor:
        try:
            return scale_profile.read_places(cursor, municipality, year, split, level=LEVEL)
        except UndefinedMeasureError as error:
            return error.reason


@lru_cache(maxsize=64)
def profile(warehouse: Warehouse, municipality: str, year: int, split: str, measure: str) -> tuple[ScalePoint, ...]:
    """Give a measure at every scale, with intervals where the city is small enough."""
    places = _places(warehouse, municipality, year, split)
    if isinstance(places, str):
        return tuple(ScalePoint(k, measure, None, None, None, None, places) for k in SCALES)
    return tuple(scale_profile.profile_of(places, [measure]))


@lru_cache(maxsize=128)
def neighbourhoods(
    warehouse: Warehouse, municipality: str, year: int, split: str, k: int
) -> tuple[AreaNeighbourhood, ...] | str:
    """Give who the k nearest of every area are, or the reason why that is not known."""
    places = _places(warehouse, municipality, year, split)
    if isinstance(places, str):
        return places
    try:
        return tuple(scale_profile.neighbourhoods_of(places, k))
    except UndefinedMeasureError as error:
        return error.reason


def people(warehouse: Warehouse, municipality: str, year: int, split: str) -> float | None:
    """Give how many people, households or dwellings the slice counts; None where that is not known."""
    places = _places(warehouse, municipality, year, split)
    return None if isinstance(places, str) else places.people


def city_share(warehouse: Warehouse, municipality: str, year: int, split: str) -> float | None:
    """Give the group's share of all people of the city, 0–1; None where that is not known."""
    places = _places(warehouse, municipality, year, split)
    return None if isinstance(places, str) else places.share


@lru_cache(maxsize=64)
def own_grid(warehouse: Warehouse, split: str, year: int, measure: str) -> OwnGrid | None:
    """Give a measure in the grid of the year, or of the one nearest to it; None where the split has no grid."""
    with warehouse.cursor() as cursor:
        rows = cursor.execute(query_text("grid_profile"), grid_key(split, year, measure)).fetchall()
    if not rows:
        return None
    year_of_grid, source, cells, people, cell_metres, *_ = rows[0]
    points = tuple(GridPoint(k, measure, value, at_home, reason) for *_, k, value, at_home, reason in rows)
    found = OwnGrid(year_of_grid, source, cells, people, cell_metres, points)
    return found if found.known else None


def grid_key(split: str, year: int, measure: str) -> dict[str, object]:
    """Give what the query for a grid is asked with."""
    return {"split": split, "year": year, "measure": measure}
