"""What has changed in an area: the figures that there are two years of, and where the source counts in a new way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.views.context import View


@dataclass(frozen=True)
class ChangePoint:
    """A year with a value."""

    year: int
    value: float
    status: str


@dataclass(frozen=True)
class Changed:
    """A figure with two years or more; `marked` when the source changed its method between the two newest."""

    indicator: str
    points: tuple[ChangePoint, ...]
    marked: bool

    @property
    def old(self) -> float:
        """The value before the newest."""
        return self.points[-2].value

    @property
    def new(self) -> float:
        """The newest value."""
        return self.points[-1].value


def changes(view: View, level: str, area_code: str, indicators: Sequence[str]) -> list[Changed]:
    """Give the figures of an area that have two years or more, in the order that they are asked for."""
    series: dict[str, list[ChangePoint]] = {}
    for row in view.warehouse.rows("area_series", {"areas": [area_code], "indicators": list(indicators)}):
        if isinstance(row["value"], float):
            point = ChangePoint(int(str(row["year"])), row["value"], str(row["status"]))
            series.setdefault(str(row["indicator"]), []).append(point)
    found = []
    for name in (name for name in indicators if len(series.get(name, ())) > 1):
        before, after = series[name][-2:]
        marked = any(before.year < year <= after.year for year in view.catalogue.indicator(name).breaks(level))
        found.append(Changed(name, tuple(series[name]), marked))
    return found
