"""The points that spots are compared on: who reaches them, how far services lie, how central they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from dashboard.reach.centrality import RADII
from dashboard.reach.city import City
from dashboard.views.context import View
from dashboard.views.numbers import MISSING
from dashboard.views.places_numbers import metres, mix, people
from dashboard.views.places_results import SpotResult, centrality_ranks

NEAREST = ("station", "stop", "hospital", "health_centre", "pharmacy", "library", "school", "grocery")
#: Minutes on foot and the metres that they stand for.
PEOPLE_WITHIN = ((5, 400.0), (10, 800.0), (15, 1200.0))
MIX_WITHIN = 1200.0


@dataclass(frozen=True)
class Row:
    """A point of comparison: its name, the value of a spot, how a value is written, and its unit in files."""

    id: str
    label: str
    value: Callable[[SpotResult], float]
    text: Callable[[float], str]
    unit: str


def comparison_rows(view: View, city: City) -> list[Row]:
    """Give the points that spots are compared on, those that the data have figures for."""
    return [*_people(view, city), *_mixes(view, city), *_ways(view, city), *_centrality(view)]


def _people(view: View, city: City) -> list[Row]:
    def within(limit: float, result: SpotResult) -> float:
        return result.people(limit)

    return [
        Row(
            f"people_{limit:.0f}",
            view.t("places.row_people", minutes=view.fmt.number(minute)),
            partial(within, limit),
            partial(people, view, city),
            "persons",
        )
        for minute, limit in PEOPLE_WITHIN
    ]


def _mixes(view: View, city: City) -> list[Row]:
    def value(grouping: str, result: SpotResult) -> float:
        return result.mix_at(grouping, MIX_WITHIN)

    return [
        Row(f"mix_{name}", view.t(f"places.row_mix_{name}"), partial(value, name), partial(mix, view), "ratio")
        for name in ("foreign_background", "low_economic_standard")
        if name in city.people.groupings
    ]


def _ways(view: View, city: City) -> list[Row]:
    def value(kind: str, result: SpotResult) -> float:
        walk = result.nearest(kind)
        return float("inf") if walk is None else walk.metres

    return [
        Row(
            f"nearest_{kind}",
            view.t("places.row_nearest", kind=view.t(f"place_kind.{kind}")),
            partial(value, kind),
            partial(metres, view, city),
            "metres",
        )
        for kind in NEAREST
        if city.of_kind(kind)
    ]


def _centrality(view: View) -> list[Row]:
    def value(name: str, radius: float, result: SpotResult) -> float:
        ranks = centrality_ranks(view.warehouse).get(radius)
        if ranks is None or result.base_node < 0:
            return float("nan")
        return float((ranks.closeness if name == "integration" else ranks.betweenness)[result.base_node])

    def text(rank: float) -> str:
        return MISSING if np.isnan(rank) else view.t("places.rank", n=view.fmt.number(rank))

    return [
        Row(
            f"{name}_{radius:.0f}",
            view.t(f"places.row_{name}", metres=view.fmt.number(radius)),
            partial(value, name, radius),
            text,
            "percentile",
        )
        for name in ("integration", "through")
        for radius in RADII
    ]
