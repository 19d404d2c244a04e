"""The same measure at one scale after another: how large a surrounding it takes for people to live mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from dashboard.measures.counts import has_several_groups, stream
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


@dataclass(frozen=True, slots=True)
class _Places:
    codes: list[str]
    x: Array
    y: Array
    n: Array


@cache
def neighbourhood_query() -> str:
    """Return the SQL that gives the counts and points, as it is run and as a reader can run it again."""
    return (resources.files(__package__) / "neighbourhoods.sql").read_text(encoding="utf-8")


def _places(cursor: Cursor, municipality: str, level: str, year: int, split: str) -> _Places:
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
    return _Places([row[0] for row in rows], x, y, n)


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
    formulas = MULTIGROUP if has_several_groups(cursor, split) else TWO_GROUP
    if measures is not None:
        formulas = {name: formulas[name] for name in measures}
    try:
        places = _places(cursor, municipality, level, year, split)
    except UndefinedMeasureError as error:
        return [ScalePoint(k, name, None, None, None, None, error.reason) for k in ks for name in formulas]
    people = places.n.sum(axis=1)
    possible = possible_scales(ks, float(people.sum()))
    around = _around(places, possible)
    redrawn = redrawn_around = None
    if len(places.n) <= MOST_REDRAWN and possible and draws:
        redrawn = cities_last(redraw(places.n, draws, stream((municipality, level, year, split))))
        redrawn_around = FewAreas(places.x, places.y).around(redrawn, possible)
    points = []
    for k in ks:
        if k not in possible:
            points += [ScalePoint(k, name, None, None, None, None, "k_too_large") for name in formulas]
            continue
        at = possible.index(k)
        at_home = float(people[people >= k].sum() / people.sum())
        for name, formula in formulas.items():
            value, lower, upper = float(formula(places.n, around[at])), None, None
            if redrawn is not None and redrawn_around is not None:
                ends = basic_interval(value, formula(redrawn, redrawn_around[at]), clip=value >= 0)
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
    places = _places(cursor, municipality, level, year, split)
    check_scales([k], float(places.n.sum()))
    if len(places.n) <= MOST_HELD:
        few = FewAreas(places.x, places.y)
        found = Found(few.around(places.n, [k]), few.reach(places.n, k)[None])
    else:
        search, counts = search_of(places.x, places.y, places.n)
        found = search.around(np.arange(len(counts)), [k])
    own, around = (n / n.sum(axis=1, keepdims=True) for n in (places.n, found.counts[0]))
    return [
        AreaNeighbourhood(code, tuple(before.tolist()), tuple(after.tolist()), float(metres))
        for code, before, after, metres in zip(places.codes, own, around, found.distance[0], strict=True)
    ]


def everybody(cursor: Cursor, municipality: str, year: int, split: str, *, level: str = "deso") -> float:
    """Answer how many people a slice has; parameters and errors as `area_neighbourhoods`."""
    return float(_places(cursor, municipality, level, year, split).n.sum())


def _around(places: _Places, ks: Sequence[int]) -> Array:
    if len(places.n) <= MOST_HELD or not ks:
        return FewAreas(places.x, places.y).around(places.n, ks)
    search, counts = search_of(places.x, places.y, places.n)
    return search.around(np.arange(len(counts)), ks).counts
