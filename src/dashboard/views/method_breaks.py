"""What stands in the way of comparing two years of a split: the one rule, wherever years are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.catalogue import Split
from dashboard.sources.area_codes import FIRST_YEAR_OF_2025_DIVISION
from dashboard.views import change_reports
from dashboard.views.context import View


@dataclass(frozen=True)
class Breaks:
    """What changed in how the figures come about between two years.

    Parameters
    ----------
    same_areas
        Whether both years have the same areas.
    indicators
        The years from which figures are counted in a new way, each with the ids of those figures.
    """

    same_areas: bool
    indicators: dict[int, list[str]]

    def __bool__(self) -> bool:
        """Tell whether there is any break."""
        return not self.same_areas or bool(self.indicators)


def new_methods(view: View, split: Split, level: str, before: int, after: int) -> dict[int, list[str]]:
    """Give the years after one and up to another from which figures of a split are counted in a new way."""
    found: dict[int, list[str]] = {}
    for name in split.indicators:
        for year in view.catalogue.indicator(name).breaks(level):
            if before < year <= after:
                found.setdefault(year, []).append(name)
    return dict(sorted(found.items()))


def drawn_anew(level: str, years: Sequence[int]) -> int | None:
    """Give the year from which a level has other areas than before, if it lies after the first of some years."""
    newer = FIRST_YEAR_OF_2025_DIVISION
    return newer if level != "municipality" and min(years) < newer <= max(years) else None


def breaks_between(view: View, split: Split, level: str, before: int, after: int) -> Breaks:
    """Give what stops a comparison of two years, areas and methods alike."""
    same = change_reports.same_areas(view.warehouse, view.home.code, (split.id, level, before, after))
    return Breaks(same, new_methods(view, split, level, before, after))
