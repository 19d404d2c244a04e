"""Takes out the zeros that SCB's service gives for years in which an area code did not exist.

SCB drew DeSO and RegSO anew on 2025-01-01. In its service the older codes are plain (``1488R007``) and have figures
until 2023, the newer ones carry the division (``1488R007_RegSO2025``) and have figures from 2024. Asked for another
year, the service answers 0, as if nobody lived there.
"""

from __future__ import annotations

import re

import numpy as np

from dashboard.sources.area_codes import AreaCode, existed, parse_area_code
from dashboard.sources.fetch_faults import ChangedDimensionError
from dashboard.sources.json_stat import FALSE_ZERO, MISSING, Cube

_PLAIN_DESO = re.compile(r"\d{4}[ABC]\d{4}")
_PLAIN_REGSO = re.compile(r"\d{4}R\d{3}")


def area_of_service(code: str) -> AreaCode | None:
    """Give the area of a code as SCB's service writes it, with its division; None for the country and counties.

    Raises
    ------
    ValueError
        When it is neither.
    """
    if re.fullmatch(r"\d{2}", code):
        return None
    if _PLAIN_DESO.fullmatch(code):
        return parse_area_code(f"{code}_DeSO2018")
    if _PLAIN_REGSO.fullmatch(code):
        return parse_area_code(f"{code}_RegSO2020")
    return parse_area_code(code)


def without_false_zeros(cube: Cube, told: str, areas: str = "Region", periods: str = "Tid") -> Cube:
    """Mark the cells of areas in years in which they did not exist, and take their zeros out.

    Parameters
    ----------
    cube
        The cells.
    told
        Source and table, for messages.
    areas, periods
        The dimensions of areas and of time; a period begins with its year.

    Returns
    -------
    The cube; a zero that means nothing has the status ``false_zero``, an empty cell of such a year ``missing``.

    Raises
    ------
    ChangedDimensionError
        When a code is none of SCB's, a period has no year, or an area has figures of a year in which it did not exist:
        then the rule does not hold any more.
    """
    dimensions = cube.structure.dimensions
    area_axis, period_axis = cube.structure.position(areas), cube.structure.position(periods)
    try:
        divisions = [area_of_service(code) for code in dimensions[area_axis].codes]
        years = [_year(code) for code in dimensions[period_axis].codes]
    except ValueError as error:
        raise ChangedDimensionError(f"{told}: {error}. Look whether the publisher has renamed its codes.") from error
    there = {
        (vintage, year): area is None or existed(area, year)
        for vintage, area in {area and area.vintage: area for area in divisions}.items()
        for year in years
    }
    absent = np.array([[not there[area and area.vintage, year] for year in years] for area in divisions])
    shape = [1] * len(dimensions)
    shape[area_axis], shape[period_axis] = absent.shape
    nowhere = np.broadcast_to((absent if area_axis < period_axis else absent.T).reshape(shape), cube.values.shape)
    empty = np.isnan(cube.values)
    if (wrong := nowhere & ~empty & (cube.values != 0)).any():
        place = [int(axis[0]) for axis in np.nonzero(wrong)]
        area, period = dimensions[area_axis].codes[place[area_axis]], dimensions[period_axis].codes[place[period_axis]]
        raise ChangedDimensionError(
            f"{told} has figures for {area} in {period}, when it did not exist: look which division they are of."
        )
    values, status = cube.values.copy(), cube.status.copy()
    status[nowhere & empty] = MISSING
    status[nowhere & ~empty] = FALSE_ZERO
    values[nowhere] = np.nan
    return Cube(cube.structure, values, status)


def _year(period: str) -> int:
    if match := re.match(r"\d{4}(?!\d)", period):
        return int(match[0])
    raise ValueError(f"“{period}” is not a period that begins with its year")
