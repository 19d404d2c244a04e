"""SCB's layers of DeSO and RegSO: which there are, what their attributes are called, and what must hold for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from dashboard.sources.area_codes import Level, parse_area_code
from dashboard.sources.fetch_faults import FetchError
from dashboard.sources.scb_areas import SWEREF_99_TM

#: A box around Sweden in SWEREF 99 TM (metres east and north), with room; coordinates in another order are outside.
SWEDEN = (200_000.0, 6_050_000.0, 1_000_000.0, 7_750_000.0)


class UnsoundBoundariesError(FetchError):
    """Boundaries are there, but one of them cannot be right, or two contradict one another."""


@dataclass(frozen=True, slots=True)
class ScbLayer:
    """One layer.

    Attributes
    ----------
    name
        What the result calls it: ``deso_2025``.
    published
        SCB's own name: ``DeSO_2025``.
    level
        ``deso`` or ``regso``.
    catalogue
        The source of the catalogue that its files are noted in.
    """

    name: str
    published: str
    level: Level
    catalogue: str

    @property
    def key(self) -> str:
        """The attribute with the code."""
        return "desokod" if self.level == "deso" else "regsokod"

    @property
    def second(self) -> tuple[str, str]:
        """The attribute that is wanted besides, and what the result calls it."""
        return ("regsokod", "regso") if self.level == "deso" else ("regsonamn", "name")


DESO_2025 = ScbLayer("deso_2025", "DeSO_2025", "deso", "scb_areas_deso_2025")
REGSO_2025 = ScbLayer("regso_2025", "RegSO_2025", "regso", "scb_areas_regso_2025")
DESO_2018 = ScbLayer("deso_2018", "DeSO_2018", "deso", "scb_areas_deso_2018")
REGSO_2020 = ScbLayer("regso_2020", "RegSO_2020", "regso", "scb_areas_regso_2020")
#: The layers that belong together, the division of today first: every DeSO lies in one RegSO.
DIVISIONS = ((DESO_2025, REGSO_2025), (DESO_2018, REGSO_2020))


def layer_frame(
    layer: ScbLayer, rows: Sequence[tuple[object, object]], shapes: Iterable[object], told: str
) -> gpd.GeoDataFrame:
    """Put the areas of one layer together.

    Parameters
    ----------
    layer
        Which it is.
    rows
        Code and second attribute (RegSO or name) of each area.
    shapes
        Their boundaries in SWEREF 99 TM, in the same order.
    told
        Where they are from, for messages.

    Returns
    -------
    ``code``, ``regso`` or ``name``, and ``geometry``, sorted by code; coordinates as they came.
    """
    texts = [(str(code).strip(), _text(second)) for code, second in rows]
    frame = gpd.GeoDataFrame(
        pd.DataFrame(texts, columns=["code", layer.second[1]], dtype=object),
        geometry=np.array(list(shapes), dtype=object),
        crs=SWEREF_99_TM,
    )
    if frame.empty:
        raise UnsoundBoundariesError(
            f"{told} has no areas of the municipalities that were asked for: check their codes."
        )
    return frame.sort_values("code", ignore_index=True)


def _text(told: object) -> str | None:
    """Give an attribute as text; an empty one is none."""
    missing = told is None or (isinstance(told, float) and np.isnan(told))
    return None if missing or not str(told).strip() else str(told).strip()


def check_layer(frame: gpd.GeoDataFrame, layer: ScbLayer, municipalities: Sequence[str], told: str) -> None:
    """Check the areas of one layer.

    Parameters
    ----------
    frame
        As ``layer_frame`` gives it.
    layer
        Which it is.
    municipalities
        Each must have areas, and no other one may.
    told
        Where they are from, for messages.

    Raises
    ------
    UnsoundBoundariesError
        When a code is none of the level's, occurs twice or is of another municipality, when a municipality has no
        area, or a boundary is no valid polygon in Sweden; the message names the area.
    """
    codes = frame["code"]
    for code in codes:
        _check_code(code, layer, municipalities, told)
    if codes.duplicated().any():
        raise UnsoundBoundariesError(f"{told}: {codes[codes.duplicated()].iloc[0]} has more than one boundary.")
    if absent := [one for one in municipalities if not codes.str.startswith(one).any()]:
        raise UnsoundBoundariesError(
            f"{told} has no areas of municipality {', '.join(absent)}: check the code,"
            " or take a file of the whole country."
        )
    if layer.level == "regso" and frame["name"].isna().any():
        raise UnsoundBoundariesError(f"{told}: {codes[frame['name'].isna()].iloc[0]} has no name (regsonamn).")
    _check_shapes(frame, told)


def _check_code(code: str, layer: ScbLayer, municipalities: Sequence[str], told: str) -> None:
    try:
        area = parse_area_code(code)
    except ValueError as error:
        raise UnsoundBoundariesError(f"{told}: {error}.") from error
    if area.level != layer.level or area.code != code:
        raise UnsoundBoundariesError(f"{told}: {code} is not the plain code of a {layer.level.upper()} area.")
    if area.municipality not in municipalities:
        raise UnsoundBoundariesError(f"{told}: {code} lies in none of the municipalities that were asked for.")


def _check_shapes(frame: gpd.GeoDataFrame, told: str) -> None:
    shapes = frame.geometry.to_numpy()
    polygonal = np.isin(shapely.get_type_id(shapes), (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    sound = polygonal & ~shapely.is_empty(shapes) & shapely.is_valid(shapes)
    if not sound.all():
        code, shape = frame["code"][~sound].iloc[0], shapes[~sound][0]
        why = "there is none" if shape is None else shapely.is_valid_reason(shape)
        raise UnsoundBoundariesError(
            f"{told}: the boundary of {code} is not a valid polygon ({why})."
            " Tell the publisher, or repair the layer in a GeoPackage and give that."
        )
    bounds = shapely.bounds(shapes)
    inside = (bounds[:, :2] >= SWEDEN[:2]).all(axis=1) & (bounds[:, 2:] <= SWEDEN[2:]).all(axis=1)
    if not inside.all():
        raise UnsoundBoundariesError(
            f"{told}: {frame['code'][~inside].iloc[0]} lies outside Sweden; are its coordinates east, north"
            " in metres of SWEREF 99 TM?"
        )


def check_division(deso: gpd.GeoDataFrame, regso: gpd.GeoDataFrame, told: str) -> None:
    """Check that every DeSO lies in one RegSO of the same municipality, by code and on the map.

    Raises
    ------
    UnsoundBoundariesError
        When one does not, or a RegSO has no DeSO; the message names the area.
    """
    known = dict(zip(regso["code"], regso.geometry, strict=True))
    for code, parent in zip(deso["code"], deso["regso"], strict=True):
        if parent is None or parent[:4] != code[:4] or parent not in known:
            raise UnsoundBoundariesError(
                f"{told}: {code} is said to lie in {parent or 'no RegSO'},"
                " which is no RegSO of its municipality in the layer of the same division."
            )
    inside = shapely.covers(
        np.array([known[parent] for parent in deso["regso"]], dtype=object), deso.geometry.representative_point()
    )
    if not inside.all():
        raise UnsoundBoundariesError(
            f"{told}: {deso['code'][~inside].iloc[0]} lies outside the RegSO that it is said to belong to;"
            " the two layers are not of the same division."
        )
    if empty := sorted(known.keys() - set(deso["regso"])):
        raise UnsoundBoundariesError(f"{told}: no DeSO lies in {empty[0]}.")
