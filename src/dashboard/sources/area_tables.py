"""Makes the area tables of an update: areas that were fetched, and those of today's tables that stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd
import shapely

from dashboard.sources.area_codes import AreaCode, parse_area_code
from dashboard.sources.scb_areas import COLUMNS, SWEREF_99_TM, WGS_84, area_table, municipality_table

TABLES = ("deso_2018", "deso_2025", "regso_2020", "regso_2025")


@dataclass
class Drawn:
    """What is known of areas.

    Attributes
    ----------
    boundaries
        Name of the table → ``code``, ``geometry`` (SWEREF 99 TM) and ``regso`` or ``name``, as ``Fetched`` has them.
    regso_names
        Whole code → name.
    """

    boundaries: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)
    regso_names: dict[str, str] = field(default_factory=dict)

    def municipalities(self, table: str) -> set[str]:
        """Give the codes of the municipalities that a table's boundaries were fetched of."""
        drawn = self.boundaries.get(table)
        return set() if drawn is None else {str(code)[:4] for code in drawn["code"]}


def area_tables(
    with_figures: Iterable[str],
    drawn: Drawn,
    kept: Mapping[str, gpd.GeoDataFrame],
    municipalities: tuple[str, ...],
) -> dict[str, gpd.GeoDataFrame]:
    """Make the tables of small areas and neighbourhoods, both divisions.

    Parameters
    ----------
    with_figures
        Whole codes of all areas that there are figures of.
    drawn
        What was fetched of boundaries and names.
    kept
        Today's tables, in WGS 84; their rows stay as they are to the last bit where nothing newer was fetched.
    municipalities
        Codes of those that the tables are to have.

    Returns
    -------
    Name of the table → rows with ``scb_areas.COLUMNS``, in WGS 84; tables without areas are left out.
    """
    wanted = set(municipalities)
    codes = {code for code in map(parse_area_code, with_figures) if code.municipality in wanted}
    tables: dict[str, gpd.GeoDataFrame] = {}
    # Small areas first: a neighbourhood that one of them lies in is an area, even without figures of its own.
    for name in TABLES:
        level, _, vintage = name.partition("_")
        mine = {code for code in codes if (code.level, code.vintage) == (level, int(vintage))}
        fresh = _fresh(name, mine, drawn, wanted)
        stay = _staying(name, kept.get(name), drawn, wanted)
        rows = _below(stay, fresh[~fresh["area_code"].isin(stay["area_code"])])
        if rows.empty:
            continue
        tables[name] = rows.sort_values("area_code", ignore_index=True)
        codes |= {parse_area_code(code) for code in rows["regso_code"].dropna()}
    return tables


def _below(first: gpd.GeoDataFrame, second: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put rows below one another; where a text is missing there is None, as in each of the two."""
    rows = gpd.GeoDataFrame(pd.concat([first, second], ignore_index=True), geometry="geometry", crs=WGS_84)
    for column in ("name", "regso_code", "kind"):
        rows[column] = rows[column].astype(object).where(rows[column].notna(), None)
    return rows


def _fresh(name: str, codes: set[AreaCode], drawn: Drawn, wanted: set[str]) -> gpd.GeoDataFrame:
    """Give rows of all areas with figures or a fetched boundary."""
    shapes = drawn.boundaries.get(name)
    names = {parse_area_code(code).code: text for code, text in drawn.regso_names.items() if _table(code) == name}
    regso_of: dict[str, str] = {}
    if shapes is not None:
        shapes = shapes[shapes["code"].str[:4].isin(wanted)]
        codes = codes | {parse_area_code(f"{code}{_suffix(name)}") for code in shapes["code"]}
        if "name" in shapes.columns:
            names |= {str(code): str(text) for code, text in zip(shapes["code"], shapes["name"], strict=True) if text}
        if "regso" in shapes.columns:
            regso_of = {c: r for c, r in zip(shapes["code"], shapes["regso"], strict=True) if isinstance(r, str)}
    return area_table(codes, shapes, names, regso_of, "published")


def _staying(name: str, table: gpd.GeoDataFrame | None, drawn: Drawn, wanted: set[str]) -> gpd.GeoDataFrame:
    """Give today's rows of areas whose boundaries were not fetched; a name that was missing is filled in."""
    if table is None:
        return gpd.GeoDataFrame(columns=list(COLUMNS), geometry="geometry", crs=WGS_84)
    gone = drawn.municipalities(name)
    stay = table[table["municipality"].isin(wanted) & ~table["municipality"].isin(gone)].copy()
    if name.startswith("regso"):
        told = stay["area_code"].map(drawn.regso_names)
        stay["name"] = stay["name"].where(stay["name"].notna(), told).astype(object)
        stay["name"] = stay["name"].where(stay["name"].notna(), None)
    return stay


def municipalities_with_outline(
    names: Mapping[str, str], home: str, tables: Mapping[str, gpd.GeoDataFrame], kept: gpd.GeoDataFrame | None
) -> gpd.GeoDataFrame:
    """Make the table of municipalities; the home one has the outline that its areas form together.

    Parameters
    ----------
    names
        Code → name of the municipalities wanted.
    home
        Code of the home municipality.
    tables
        As ``area_tables`` gave them.
    kept
        Today's table: its outline stays to the last bit where it is the same.
    """
    drawn = next(
        (
            table[(table["municipality"] == home) & (table["boundary"] != "none")]
            for table in (tables.get("regso_2025"), tables.get("deso_2025"))
            if table is not None
        ),
        None,
    )
    outline = None if drawn is None or drawn.empty else drawn.to_crs(SWEREF_99_TM)
    made = municipality_table(names, home, outline)
    if kept is not None and outline is not None:
        made = _with_todays_outline(made, home, kept)
    return made


def _with_todays_outline(made: gpd.GeoDataFrame, home: str, kept: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put today's outline back where the new one is the same but for rounding on the way through coordinates."""
    today = kept[(kept["code"] == home) & (kept["boundary"] != "none")]
    if today.empty:
        return made
    new = made.loc[made["code"] == home, "geometry"].to_crs(SWEREF_99_TM).iloc[0]
    old = today.geometry.to_crs(SWEREF_99_TM).iloc[0]
    if shapely.area(shapely.symmetric_difference(new, old)) > 1.0:
        return made
    return gpd.GeoDataFrame(
        pd.concat([made[made["code"] != home], today], ignore_index=True), geometry="geometry", crs=WGS_84
    ).sort_values("area_code", ignore_index=True)


def _table(code: str) -> str:
    parsed = parse_area_code(code)
    return f"{parsed.level}_{parsed.vintage}"


def _suffix(name: str) -> str:
    level, _, vintage = name.partition("_")
    return f"_{'DeSO' if level == 'deso' else 'RegSO'}{vintage}"
