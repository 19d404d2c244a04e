"""Figures of a table as rows of observations, with a count of those that were left out and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.sources.area_codes import AreaCode
from dashboard.sources.fetched import FetchedFile, Wanted
from dashboard.sources.json_stat import Cube
from dashboard.sources.observation_frame import categories, frame_from, same_text
from dashboard.sources.scb_cells import TOLD, Figures
from dashboard.sources.scb_recipe_form import Recipe
from dashboard.sources.tidy import FileReport

NO_SUCH_AREA = "the area's division did not exist in that year"
NO_YEAR_BEFORE = "a growth without a year before under the same division"
OTHER_LEVEL = "the catalogue does not have the indicator at that level"
YEAR_NOT_WANTED = "a year that is not wanted, asked for because growth needs the year before"

STATUSES = tuple(dict.fromkeys(status for status, _ in TOLD))
NOTES = tuple(dict.fromkeys(note for _, note in TOLD))
_STATUS_OF = np.array([STATUSES.index(status) for status, _ in TOLD], dtype=np.int8)
_NOTE_OF = np.array([NOTES.index(note) for _, note in TOLD], dtype=np.int8)


@dataclass
class TableRows:
    """What came of one table.

    Attributes
    ----------
    recipe, wanted
        What is made of the table, and for whom.
    frames
        Rows, in the form of ``observation_frame``.
    report
        How many figures (area, year and indicator) there were, were kept and left out.
    """

    recipe: Recipe
    wanted: Wanted
    frames: list[pd.DataFrame] = field(default_factory=list)
    cells: int = 0
    report: FileReport = field(init=False)

    def __post_init__(self) -> None:
        self.report = FileReport(self.recipe.table)
        self._hash = hashlib.sha256()

    def note(self, cube: Cube) -> None:
        """Count the cells that came, and take them into the fingerprint: codes, values and statuses."""
        codes = {one.code: one.codes for one in cube.structure.dimensions}
        self._hash.update(json.dumps(codes).encode())
        self._hash.update(np.ascontiguousarray(cube.values, dtype="<f8").tobytes())
        self._hash.update(np.ascontiguousarray(cube.status).tobytes())
        self.cells += cube.values.size

    def file(self, updated: str) -> FetchedFile:
        """Give what is noted of the table in the catalogue."""
        return FetchedFile(self.recipe.table, self._hash.hexdigest(), self.cells, updated)

    def add(self, figures: Figures, areas: Sequence[AreaCode]) -> None:
        """Take in an indicator: a row for each area and year that is wanted, existed and can have a figure.

        Parameters
        ----------
        figures
            The indicator.
        areas
            The area of each row of its arrays.
        """
        made, report = figures.made, self.report
        levels = self.recipe.levels if made.levels is None else made.levels
        kept = np.ones(figures.values.shape, dtype=bool)
        report.rows += kept.size
        at_level = np.array([area.level in levels for area in areas], dtype=bool)[:, None]
        of_year = np.array([self.wanted.wants(int(year)) for year in figures.years], dtype=bool)[None, :]
        for why, mask in (
            (OTHER_LEVEL, at_level),
            (YEAR_NOT_WANTED, of_year),
            (NO_SUCH_AREA, figures.there),
            (NO_YEAR_BEFORE, figures.possible),
        ):
            if lost := int((kept & ~mask).sum()):
                report.leave_out(why, lost)
                kept &= mask
        report.kept += int(kept.sum())
        self.frames.append(self._frame(figures, areas, *np.nonzero(kept)))

    def _frame(
        self, figures: Figures, areas: Sequence[AreaCode], rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]
    ) -> pd.DataFrame:
        told, values = figures.told[rows, columns], figures.values[rows, columns]
        given = {
            "source": same_text(len(rows), self.recipe.source),
            "area_code": categories(rows, [area.full for area in areas]),
            "indicator": same_text(len(rows), figures.made.indicator),
            "year": figures.years[columns],
            "value": values,
            "status": categories(_STATUS_OF[told], STATUSES),
            "note": categories(_NOTE_OF[told], NOTES),
        }
        if figures.margins is not None:
            margins = figures.margins[rows, columns]
            given |= {"lower": values - margins, "upper": values + margins}
        return frame_from(given)
