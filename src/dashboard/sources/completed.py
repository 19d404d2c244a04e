"""Adds a row for every figure that is not there, so that what is missing is seen; marks what somebody worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.catalogue import load_catalogue
from dashboard.sources.area_codes import AreaCode, parse_area_code
from dashboard.sources.area_columns import AreaColumns, area_columns
from dashboard.sources.observation_frame import (
    FRAME_COLUMNS,
    Codes,
    categories,
    codes_of,
    frame_from,
    frame_of,
    same_text,
    texts_of,
)

Places = npt.NDArray[np.int64]


def mark_derived(frame: pd.DataFrame, catalogue: Path) -> pd.DataFrame:
    """Mark figures that the publisher prints as counts and the files hold as shares or rates of them.

    The catalogue knows which they are (``origin: derived``). A figure that somebody has worked out is never
    credited to the publisher alone.

    Parameters
    ----------
    frame
        Observations in the form of ``observation_frame``; the frame itself stays as it is.
    catalogue
        The folder of the catalogue.
    """
    origin = {indicator.id: indicator.origin for indicator in load_catalogue(catalogue).indicators.values()}
    worked_out = np.array([origin.get(name) == "derived" for name in texts_of(frame, "indicator")], dtype=bool)
    marked = (frame["status"] == "published").to_numpy()
    if len(frame):
        marked = marked & worked_out[codes_of(frame, "indicator")]
    columns = {name: frame[name].array for name in FRAME_COLUMNS}
    columns["status"] = _replaced(frame["status"], marked, "derived")
    columns["note"] = _replaced(frame["note"], marked & (frame["note"] == "").to_numpy(), "worked_out_from_counts")
    return frame_from(columns)


def _replaced(column: pd.Series[Any], rows: npt.NDArray[np.bool_], text: str) -> pd.Categorical:
    """Give a column of texts with another text in some rows."""
    texts = [str(one) for one in column.cat.categories]
    if text not in texts:
        texts.append(text)
    codes = column.cat.codes.to_numpy(dtype=np.int32, copy=True)
    codes[rows] = texts.index(text)
    return categories(codes, texts)


def missing_rows(frame: pd.DataFrame, areas: Iterable[str]) -> pd.DataFrame:
    """Give a row with status ``missing`` for every figure that the other areas or years have and one lacks.

    The other areas are those of the same municipality, level and division; the other years those between the first and
    the last that the area has. None is added for a year in which the area's division did not exist.

    Parameters
    ----------
    frame
        Observations in the form of ``observation_frame``, each area, indicator and year once; of the columns,
        ``source`` and these three are enough.
    areas
        Codes of areas that there are, whether they have any figures or not; one without a suffix is of 2025.
    """
    if frame.empty:
        return frame_of([])
    others: list[int] = []
    places = {text: place for place, text in enumerate(texts_of(frame, "area_code"))}
    for code in sorted({parse_area_code(code).full for code in areas}):
        places.setdefault(code, len(places))
        others.append(places[code])
    texts = list(places)
    here = np.zeros(len(texts), dtype=bool)
    here[codes_of(frame, "area_code")] = True
    here[others] = True
    told = area_columns(texts)
    groups = _groups(told, here)
    of_area = np.full(len(texts), -1, dtype=np.int64)
    for number, members in enumerate(groups):
        of_area[members] = number
    row_groups = of_area[codes_of(frame, "area_code")].astype(np.int32)
    order = np.argsort(row_groups, kind="stable")
    starts = np.searchsorted(row_groups, np.arange(len(groups) + 1), sorter=order)
    columns = [codes_of(frame, name) for name in ("area_code", "indicator", "source")]
    columns.append(frame["year"].to_numpy())
    found = []
    for number, members in enumerate(groups):
        rows = order[starts[number] : starts[number + 1]]
        if len(rows):
            found.append(_absent(members, told, [column[rows] for column in columns]))
    area, indicator, year, source = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return frame_from(
        {
            "source": categories(source, texts_of(frame, "source")),
            "area_code": categories(area, texts),
            "indicator": categories(indicator, texts_of(frame, "indicator")),
            "year": year.astype(np.int16),
            "status": same_text(len(year), "missing"),
            "note": same_text(len(year), "absent_in_source"),
        }
    )


def _groups(told: AreaColumns, here: npt.NDArray[np.bool_]) -> list[Places]:
    """Give the areas of each municipality, level and division, as places among all."""
    found: dict[object, list[int]] = {}
    for place, area in enumerate(told.areas):
        if here[place]:
            found.setdefault(_siblings(area), []).append(place)
    return [np.array(places, dtype=np.int64) for places in found.values()]


def _siblings(area: AreaCode | None) -> object:
    return None if area is None else (area.municipality, area.level, area.vintage)


def _absent(members: Places, told: AreaColumns, columns: Sequence[Codes]) -> tuple[Places, Places, Places, Places]:
    """Give area, indicator, year and source of each figure that one of the areas of a group lacks.

    Parameters
    ----------
    members
        The areas of the group, rising.
    told
        What is known of all areas.
    columns
        Of each row of the group: area, indicator, source and year.
    """
    areas, indicators, sources, years = columns
    first = int(years.min())
    names, name = np.unique(indicators, return_inverse=True)
    area, year = np.searchsorted(members, areas), years.astype(np.int64) - first
    have = np.zeros((len(members), len(names), int(year.max()) + 1), dtype=bool)
    have[area, name, year] = True
    elsewhere: npt.NDArray[np.bool_] = np.logical_or.reduce(have, axis=0)
    since = np.logical_or.accumulate(have, axis=2)
    until = np.logical_or.accumulate(have[:, :, ::-1], axis=2)[:, :, ::-1]
    between = since & until & ~have
    there = told.existed(members[:, None], np.arange(have.shape[2])[None, :] + first)
    absent = ((elsewhere & ~have) | between) & there[:, None, :]
    # A year within an area's own series is of the series' source, one that others have of theirs.
    own = np.zeros(have.shape[:2], dtype=np.int64)
    # Of rows for the same place the last one stays: here the first of the series, in copies that really run backwards.
    own[area[::-1].copy(), name[::-1].copy()] = sources[::-1].copy()
    others = np.zeros(elsewhere.shape, dtype=np.int64)
    others[name, year] = sources
    at_area, at_name, at_year = np.nonzero(absent)
    source = np.where(between[absent], own[at_area, at_name], others[at_name, at_year])
    return members[at_area], names[at_name].astype(np.int64), at_year + first, source
