"""Puts figures that were fetched together with those of today that stay."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.sources.area_codes import parse_area_code
from dashboard.sources.fetched import Fetched, Wanted
from dashboard.sources.observation_frame import codes_of, frame_of, keys_of, refuse_repeats, texts_of, together

#: Notes of rows that are worked out anew from the figures that stand in the end, so that none is of older ones.
WORKED_OUT = frozenset(
    {"sum_of_published_parts", "share_of_published_counts", "estimated_weight", "part_missing", "absent_in_source"}
)
Rows = npt.NDArray[np.bool_]


def merged_figures(wanted: Wanted, fetched: Iterable[Fetched], today: pd.DataFrame | None) -> pd.DataFrame:
    """Give all figures of the new data folder but those that are worked out from others.

    Parameters
    ----------
    wanted
        Municipalities and years.
    fetched
        What the publishers gave.
    today
        Figures of the same home municipality in the present folder, or None when it is another one's. An indicator
        that a source gave anew for a level of areas gives way there, in the years wanted; all others stay.

    Raises
    ------
    InputError
        When two publishers give different figures for the same area, indicator and year.
    """
    fetched = list(fetched)
    new = [gave.frame for gave in fetched if gave.frame is not None]
    new += [frame_of(gave.harvest.observations) for gave in fetched if gave.harvest.observations]
    fresh = together(new)
    fresh, _ = refuse_repeats(_of(wanted, fresh), {})
    if today is None:
        return fresh
    kept = _of(wanted, today)
    kept = kept[~_any_of(kept, "note", WORKED_OUT)]
    both = together([fresh, kept])
    is_fresh = np.arange(len(both)) < len(fresh)
    kinds = _kinds(both)
    years = both["year"].to_numpy()
    given_anew = np.isin(kinds, np.unique(kinds[is_fresh])) & np.isin(
        years, [year for year in np.unique(years) if wanted.wants(int(year))]
    )
    # A figure of a source that stays may have been taken over by one that was fetched.
    keys = keys_of(both)
    taken_over = np.isin(keys, keys[is_fresh])
    return both[is_fresh | ~(given_anew | taken_over)].reset_index(drop=True)


def _of(wanted: Wanted, frame: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of the wanted municipalities."""
    known = set(wanted.municipalities)
    texts = np.array([code[:4] in known for code in texts_of(frame, "area_code")], dtype=bool)
    return frame[texts[codes_of(frame, "area_code")]] if len(frame) else frame


def _any_of(frame: pd.DataFrame, column: str, texts: frozenset[str]) -> Rows:
    """Tell which rows have one of the texts."""
    among = np.array([text in texts for text in texts_of(frame, column)], dtype=bool)
    found: Rows = among[codes_of(frame, column)] if len(frame) else np.zeros(0, dtype=bool)
    return found


def _kinds(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Give one number a row for its source, indicator and level of areas."""
    levels = {"deso": 0, "regso": 1, "municipality": 2}
    level = np.array([levels[parse_area_code(code).level] for code in texts_of(frame, "area_code")], dtype=np.int64)
    kinds = codes_of(frame, "source").astype(np.int64) * len(texts_of(frame, "indicator"))
    kinds += codes_of(frame, "indicator")
    kinds *= len(levels)
    return kinds + level[codes_of(frame, "area_code")]
