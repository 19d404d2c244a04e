"""The years that there are figures of an area in: those of today's boundaries, and older ones worked out for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.views.context import View
from dashboard.views.numbers import MISSING

#: What the warehouse says of itself when it holds figures that are worked out for re-cut areas.
REWORKED = "reworked"


@dataclass(frozen=True)
class YearOfArea:
    """A year with a value, and whether it is worked out from the figures of older areas."""

    year: int
    value: float
    status: str
    source: str
    reworked: bool


@dataclass(frozen=True)
class Origin:
    """How an area came to be: ``same``, ``split``, ``merged`` or ``re-cut``, and the largest share of an old one."""

    kind: str
    largest_weight: float


@dataclass(frozen=True)
class AreaYears:
    """An indicator of an area over the years."""

    today: tuple[YearOfArea, ...]
    before: tuple[YearOfArea, ...]
    origin: Origin

    def shown(self, *, with_reworked: bool) -> tuple[YearOfArea, ...]:
        """Give the years in their order, those that are worked out only when they are asked for."""
        return (*self.before, *self.today) if with_reworked else self.today


def area_years(view: View, area_code: str, indicators: Sequence[str]) -> dict[str, AreaYears]:
    """Give the indicators of an area that there are both older and newer figures of.

    Empty when the warehouse has no figures that are worked out for re-cut areas.
    """
    if REWORKED not in view.warehouse.meta:
        return {}
    asked = {"areas": [area_code], "indicators": list(indicators)}
    today: dict[str, list[YearOfArea]] = {}
    before: dict[str, list[YearOfArea]] = {}
    origin = Origin("re-cut", 0.0)
    for name, rows, found in (
        ("area_series", view.warehouse.rows("area_series", asked), today),
        (REWORKED, view.warehouse.rows("reworked_series", asked), before),
    ):
        for row in rows:
            if name == REWORKED:
                origin = Origin(str(row["kind"]), float(str(row["largest_weight"])))
            if isinstance(row["value"], float):
                year = int(str(row["year"]))
                one = YearOfArea(year, row["value"], str(row["status"]), str(row["source"]), name == REWORKED)
                found.setdefault(str(row["indicator"]), []).append(one)
    return {
        name: AreaYears(tuple(today[name]), tuple(before[name]), origin)
        for name in indicators
        if name in today and name in before
    }


def certainty(view: View, origin: Origin) -> str:
    """Say how certain the years before are, by how the area came to be."""
    t = view.t
    share = view.fmt.percent(100 * origin.largest_weight, 0) if origin.largest_weight else MISSING
    if origin.kind == "same":
        return t("over_years.same")
    if origin.kind == "merged":
        return t("over_years.merged")
    if origin.kind == "split":
        return t("over_years.split", share=share)
    return t("over_years.recut", share=share)
