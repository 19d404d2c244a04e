"""The areas that a scenario takes from a place or brings nearer to it: which, in what order, and in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.views.context import View
from dashboard.views.places_numbers import METRE_STEPS
from dashboard.views.what_if_results import Trial
from dashboard.views.words import listed


@dataclass(frozen=True)
class AreaChange:
    """An area's mean way to a place before and after, metres; NaN where no way leads there."""

    code: str
    before: float
    after: float

    @property
    def lost(self) -> bool:
        """Whether the area had a way and has none any more."""
        return bool(np.isfinite(self.before) and np.isnan(self.after))

    @property
    def gained(self) -> bool:
        """Whether the area had no way and gets one."""
        return bool(np.isnan(self.before) and np.isfinite(self.after))

    @property
    def farther(self) -> float:
        """How much farther it gets, metres: below 0 when nearer, infinite when the way is lost; NaN without any."""
        if self.lost or self.gained:
            return np.inf if self.lost else -np.inf
        return self.after - self.before


def every_area(trial: Trial) -> list[AreaChange]:
    """Give all areas of the city, whether the scenario changes their way or not."""
    ways = zip(trial.city.people.area_codes, trial.before.area_metres, trial.after.area_metres, strict=True)
    return [AreaChange(code, float(now), float(then)) for code, now, then in ways]


def moved_areas(trial: Trial) -> list[AreaChange]:
    """Give the areas whose way changes by what can be told at least: lost first, then farther, then nearer."""
    step = METRE_STEPS[0 if trial.city.is_schematic else 1]
    moved = [one for one in every_area(trial) if abs(one.farther) >= step]
    return sorted(moved, key=lambda one: one.farther, reverse=True)


def areas_text(view: View, trial: Trial, moved: list[AreaChange]) -> str:
    """Say how many areas lose the way to the place, get farther and get nearer, both ends alike."""
    t, place = view.t, trial.spot.name
    lost, gained = sum(one.lost for one in moved), sum(one.gained for one in moved)
    farther = sum(one.farther > 0 for one in moved) - lost
    nearer = sum(one.farther < 0 for one in moved) - gained
    said = [t.n("what_if.areas_farther", farther) if farther else t("what_if.areas_farther_none")]
    said.append(t.n("what_if.areas_nearer", nearer) if nearer else t("what_if.areas_nearer_none"))
    if gained:
        said.append(t.n("what_if.areas_gained", gained))
    if lost:
        return listed([t.n("what_if.areas_lost", lost, place=place), *said], t)
    return t("what_if.areas_title", place=place, moved=listed(said, t))
