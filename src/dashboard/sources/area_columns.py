"""What area codes say, as columns: asked once for each code, and then of any number of rows by the code's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.sources.area_codes import FIRST_YEAR_OF_2025_DIVISION, AreaCode, Level, parse_area_code


@dataclass(frozen=True)
class AreaColumns:
    """Areas, each once.

    Attributes
    ----------
    areas
        In the order in which rows refer to them; None where a text is no area code.
    without_division, of_2025
        Whether the area has no division (municipalities, and what is no code), and whether it is of that of 2025.
    """

    areas: Sequence[AreaCode | None]
    without_division: npt.NDArray[np.bool_] = field(init=False)
    of_2025: npt.NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        vintages = [None if area is None else area.vintage for area in self.areas]
        object.__setattr__(self, "without_division", np.array([one is None for one in vintages], dtype=bool))
        object.__setattr__(self, "of_2025", np.array([one == 2025 for one in vintages], dtype=bool))

    def existed(self, places: npt.NDArray[Any], years: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
        """Tell of each row what ``area_codes.existed`` tells of one.

        Parameters
        ----------
        places
            Which of the areas.
        years
            Of the same shape, or one that goes with it.
        """
        of_its_time: npt.NDArray[np.bool_] = (years >= FIRST_YEAR_OF_2025_DIVISION) == self.of_2025[places]
        found: npt.NDArray[np.bool_] = of_its_time | self.without_division[places]
        return found

    def are(self, *levels: Level) -> npt.NDArray[np.bool_]:
        """Tell which of the areas are of one of these levels."""
        return np.array([area is not None and area.level in levels for area in self.areas], dtype=bool)


def area_columns(texts: Sequence[str]) -> AreaColumns:
    """Take area codes apart; a text that is none stands as None."""
    return AreaColumns([_parsed(text) for text in texts])


def _parsed(text: str) -> AreaCode | None:
    try:
        return parse_area_code(text)
    except ValueError:
        return None
