"""Some indicators side by side: one row an area and year, so that figures can be worked out from one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.sources.area_columns import AreaColumns, area_columns
from dashboard.sources.observation_frame import Floats, categories, codes_of, texts_of


@dataclass
class AreaYears:
    """Figures by area and year, one row each, in the order of the areas and then the years.

    Attributes
    ----------
    texts, told
        All area codes, and what each of them says.
    areas, years
        Of each row: the place of its area among them, and its year.
    """

    texts: list[str]
    told: AreaColumns
    areas: npt.NDArray[np.int64]
    years: npt.NDArray[np.int16]
    _columns: dict[str, int]
    _values: Floats
    _given: npt.NDArray[np.bool_]
    _first: int
    #: Of every area and year, whether it is a row or not: which row, or −1.
    _rows: npt.NDArray[np.int64]

    def values(self, indicator: str) -> Floats:
        """Give the value of each row, NaN where there is none."""
        return self._values[:, self._columns[indicator]]

    def has(self, indicator: str) -> npt.NDArray[np.bool_]:
        """Tell of each row whether there is an observation, with a value or without."""
        return self._given[:, self._columns[indicator]]

    def sums(self, indicators: Sequence[str], *, or_zero: bool = False) -> Floats:
        """Give the sum of each row; NaN where a part has no value, unless that counts as zero."""
        parts = self._values[:, [self._columns[name] for name in indicators]]
        total: Floats = np.nansum(parts, axis=1) if or_zero else parts.sum(axis=1)
        return total

    def place(self, areas: npt.NDArray[Any], years: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """Give the row of each area and year, −1 where there is none."""
        known = self._rows.shape[1]
        column = years.astype(np.int64) - self._first
        inside = (column >= 0) & (column < known)
        return np.where(inside, self._rows[areas, np.clip(column, 0, known - 1)], -1)

    def column(self, chosen: npt.NDArray[np.bool_]) -> pd.Categorical:
        """Give the area codes of the chosen rows as a column of a frame."""
        return categories(self.areas[chosen], self.texts)

    def put(self, indicator: str, frame: pd.DataFrame) -> None:
        """Take in figures that were worked out, for those areas and years that are here."""
        rows = self.place(frame["area_code"].cat.codes.to_numpy(), frame["year"].to_numpy())
        here, column = rows >= 0, self._columns[indicator]
        self._values[rows[here], column] = frame["value"].to_numpy()[here]
        self._given[rows[here], column] = True


def area_years(frame: pd.DataFrame, indicators: Sequence[str]) -> AreaYears:
    """Put indicators side by side.

    Parameters
    ----------
    frame
        Observations, each area, indicator and year once.
    indicators
        Which; all others are passed over.
    """
    texts, names = texts_of(frame, "area_code"), texts_of(frame, "indicator")
    columns = {name: place for place, name in enumerate(indicators)}
    wanted = np.array([columns.get(name, -1) for name in names] or [-1])
    column = wanted[codes_of(frame, "indicator")]
    chosen = np.flatnonzero(column >= 0)
    column = column[chosen].astype(np.int16)
    areas, years = codes_of(frame, "area_code")[chosen], frame["year"].to_numpy()[chosen]
    first, last = (int(years.min()), int(years.max())) if len(years) else (0, 0)
    there = np.zeros((len(texts), last - first + 1), dtype=bool)
    there[areas, years - first] = True
    rows = np.where(there, np.cumsum(there).reshape(there.shape) - 1, -1)
    row_areas, row_years = np.nonzero(there)
    values = np.full((len(row_areas), len(indicators)), np.nan)
    given = np.zeros(values.shape, dtype=bool)
    own = rows[areas, years - first]
    values[own, column] = frame["value"].to_numpy()[chosen]
    given[own, column] = True
    of_row = (row_years + first).astype(np.int16)
    return AreaYears(texts, area_columns(texts), row_areas, of_row, columns, values, given, first, rows)
