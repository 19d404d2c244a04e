"""The same measure at one scale after another: how large a surrounding it takes for people to live mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from math import fsum

import numpy as np

from dashboard.measures.counts import SliceKey, has_several_groups, stream
from dashboard.measures.cursor import Cursor
from dashboard.measures.formulas import Array
from dashboard.measures.inference import DRAWS, UndefinedMeasureError, basic_interval, redraw
from dashboard.measures.neighbourhood_rule import Found
from dashboard.measures.neighbourhoods import SCALES, FewAreas, check_scales, cities_last, possible_scales, search_of
from dashboard.measures.spatial_formulas import MULTIGROUP, TWO_GROUP

#: The measures of a profile, of two groups and of several.
PROFILE_MEASURES = (tuple(TWO_GROUP), tuple(MULTIGROUP))
#: Areas up to which a city is redrawn while the visitor waits; above that there is no interval.
MOST_REDRAWN = 100
#: Areas up to which all distances are held at once.
MOST_HELD = 1000


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """One measure at one scale; a value that is None has its ``reason``.

    ``lower`` and ``upper`` are the 95 per cent interval, None in a city of more than ``MOST_REDRAWN`` areas.
    ``at_home`` is the share of all people whose k nearest all live in their own area: there the areas hide what a
    smaller scale would show.
    """

    k: int
    measure: str
    value: float | None
    lower: float | None
    upper: float | None
    at_home: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class AreaNeighbourhood:
    """What surrounds one area: the shares of the groups in it and among its k nearest people, 0–1.

    ``metres`` is how far away the farthest of them live; 0 when all live in the area itself.
    """

    area_code: str
    own: tuple[float, ...]
    around: tuple[float, ...]
    metres: float


@dataclass(frozen=True, eq=False)
class Places:
    """The inhabited areas of one slice: codes, a point of each in metres, and counts ``n`` (areas, groups)."""

    key: SliceKey
    codes: list[str]
    x: Array
    y: Array
    n: Array

    @property
    def people(self) -> float:
        """How many people, households or dwellings there are in all."""
        return float(self.n.sum())

    @property
    def share(self) -> float:
        """The first group's share of them, 0–1."""
        return fsum(self.n[:, 0]) / fsum(self.n.sum(axis=1))

    @cached_property
    def few(self) -> FewAreas:
        """The neighbourhoods of a city of some hundred areas."""
        return FewAreas(self.x, self.y)


@cache
def neighbourhood_query() -> str:
    """Return the SQL that gives the counts and points, as it is run and as a reader can run it again."""
    return (resources.files(__package__) / "neighbourhoods.sql").read_text(encoding="utf-8")


def read_places(cursor: Cursor, municipality: str, year: int, split: str, *, level: str = "deso") -> Places:
    """Answer who lives where in one slice, for all that is asked of its neighbourhoods; parameters as `scale_profile`.

    Raises
    ------
    UndefinedMeasureError
        Where the slice has no answer.
    """
    key = {"municipality": municipality, "level": level, "year": year, "split": split}
    rows = cursor.execute(neighbourhood_query(), key).fetchall()
    if not rows:
        raise UndefinedMeasureError("no_areas")
    if reason := min((row[4] for row in rows if row[4]), default=None):
        raise UndefinedMeasureError(reason)
    if any(row[1] is None or row[2] is None for row in rows):
        raise UndefinedMeasureError("no_coordinates")
    n = np.array([row[3] for row in rows], dtype=np.float64)
    absent = n.sum(axis=0) == 0
    if absent.any():
        raise UndefinedMeasureError("rest_absent" if n.shape[1] == 2 and absent[1] else "group_absent")
    x, y = (np.array([row[column] for row in rows], dtype=np.float64) for column in (1, 2))
    return Places((municipality, level, year, split), [row[0] for row in rows], x, y, n)


def scale_profile(
    cursor: Cursor,
    municipality: str,
    year: int,
    split: str,
    *,
    level: str = "deso",
    ks: Sequence[int] = SCALES,
    measures: Sequence[str] | None = None,
    draws: int = DRAWS,
) -> list[ScalePoint]:
    """Answer how unevenly people live when their surroundings are their k nearest people, k after k.

    Parameters
    ----------
    cursor
        A cursor of the warehouse (``split_count``, ``group_count``, ``area``).
    municipality, year, split
        Which slice; a split of several groups is measured by the measures of several.
    level
        The areas whose points stand for where people live.
    ks
        How many people, ascending.
    measures
        Which of `PROFILE_MEASURES`; None for all of the split's kind.
    draws
        How often the city is redrawn for the interval.

    Returns
    -------
    list of ScalePoint
        By k and measure. A k larger than the city is answered with the reason ``k_too_large``; where the slice has
        no answer every row has the slice's reason.

    Notes
    -----
    Reardon & O'Sullivan 2004 for the measures, Östh, Clark & Malmberg 2015 for the neighbourhoods. Everybody in an
    area lives at its point: an approximation, since a DeSO has 700 to 2 700 people.
    """
    names = PROFILE_MEASURES[has_several_groups(cursor, split)] if measures is None else tuple(measures)
    try:
        places = read_places(cursor, municipality, year, split, level=level)
    except UndefinedMeasureError as error:
        return [ScalePoint(k, name, None, None, None, None, error.reason) for k in ks for name in names]
    return profile_of(places, names, ks=ks, draws=draws)


def profile_of(
    places: Places, measures: Sequence[str], *, ks: Sequence[int] = SCALES, draws: int = DRAWS
) -> list[ScalePoint]:
    """Answer the same as `scale_profile` for places that have been read before."""
    formulas = {name: (TWO_GROUP | MULTIGROUP)[name] for name in measures}
    n, people = places.n, places.n.sum(axis=1)
    possible = possible_scales(ks, float(people.sum()))
    around, redrawn = None, None
    if possible and draws and len(n) <= MOST_REDRAWN:
        # The city itself comes first: the nearest of every area are looked for once in all cities together.
        cities = cities_last(np.concatenate([n[None], redraw(n, draws, stream(places.key))]))
        found = places.few.around(cities, possible)
        around, redrawn = np.ascontiguousarray(found[:, 0]), (cities[1:], found[:, 1:])
    elif possible:
        around = _around(places, possible)
    points = []
    for k in ks:
        if around is None or k not in possible:
            points += [ScalePoint(k, name, None, None, None, None, "k_too_large") for name in formulas]
            continue
        at = possible.index(k)
        at_home = float(people[people >= k].sum() / people.sum())
        for name, formula in formulas.items():
            value, lower, upper = float(formula(n, around[at])), None, None
            if redrawn is not None:
                ends = basic_interval(value, formula(redrawn[0], redrawn[1][at]), clip=value >= 0)
                lower, upper = ends.lower, ends.upper
            points.append(ScalePoint(k, name, value, lower, upper, at_home, None))
    return points


def area_neighbourhoods(
    cursor: Cursor, municipality: str, year: int, split: str, k: int, *, level: str = "deso"
) -> list[AreaNeighbourhood]:
    """Answer who the k nearest people of every inhabited area are; parameters as `scale_profile`.

    Raises
    ------
    UndefinedMeasureError
        Where the slice has no answer or the city has fewer than k people.
    """
    return neighbourhoods_of(read_places(cursor, municipality, year, split, level=level), k)


def neighbourhoods_of(places: Places, k: int) -> list[AreaNeighbourhood]:
    """Answer the same as `area_neighbourhoods` for places that have been read before."""
    check_scales([k], places.people)
    if len(places.n) <= MOST_HELD:
        found = Found(places.few.around(places.n, [k]), places.few.reach(places.n, k)[None])
    else:
        search, counts = search_of(places.x, places.y, places.n)
        found = search.around(np.arange(len(counts)), [k])
    own, around = (n / n.sum(axis=1, keepdims=True) for n in (places.n, found.counts[0]))
    return [
        AreaNeighbourhood(code, tuple(before.tolist()), tuple(after.tolist()), float(metres))
        for code, before, after, metres in zip(places.codes, own, around, found.distance[0], strict=True)
    ]


def _around(places: Places, ks: Sequence[int]) -> Array:
    if len(places.n) <= MOST_HELD:
        return places.few.around(places.n, ks)
    search, counts = search_of(places.x, places.y, places.n)
    return search.around(np.arange(len(counts)), ks).counts
