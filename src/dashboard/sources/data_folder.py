"""From what publishers gave to what lies in ``data/observations``: worked out, completed and written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from dashboard.sources.completed import mark_derived, missing_rows
from dashboard.sources.derived import derive
from dashboard.sources.observation_files import write_observations
from dashboard.sources.observation_frame import TEXTS, together

__all__ = ["finished", "write_observations"]


def finished(frame: pd.DataFrame, catalogue_folder: Path, areas: Iterable[str]) -> pd.DataFrame:
    """Mark what somebody worked out, work out what follows from the figures, and add rows for what is not there.

    Parameters
    ----------
    frame
        The columns of ``observation_frame.FRAME_COLUMNS``, texts as categories or as they are; each area, indicator
        and year once (``observation_frame.refuse_repeats`` sees to it).
    catalogue_folder
        The project's ``data/catalogue``, which tells what the publisher prints itself.
    areas
        Codes of areas that there are, whether they have any figures or not (``1488C1070_DeSO2025``; without a suffix
        it is of 2025): each gets a row ``missing`` for every figure that others of its kind have.

    Returns
    -------
    The rows given, in their order, those that were worked out, and those that are missing; ready for
    ``write_observations``.
    """
    read = mark_derived(frame if _is_in_form(frame) else together([frame]), catalogue_folder)
    worked_out = derive(read)
    # Rows that are missing are found by these columns alone, so that the whole is put together only once.
    told = together([read, worked_out], ("source", "area_code", "indicator", "year"))
    return together([read, worked_out, missing_rows(told, areas)])


def _is_in_form(frame: pd.DataFrame) -> bool:
    """Tell whether texts are categories and none is missing."""
    return all(isinstance(frame[name].dtype, pd.CategoricalDtype) and not frame[name].hasnans for name in TEXTS)
