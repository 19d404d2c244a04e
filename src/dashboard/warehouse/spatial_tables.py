"""Which areas touch each other, and whether they are alike, for the tables of the warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

import duckdb
import geopandas as gpd

from dashboard.measures.spatial import PERMUTATIONS, SEED, spatial_pattern
from dashboard.sources.scb_areas import SWEREF_99_TM
from dashboard.warehouse.tables import insert

QUERIES = Path(__file__).parent / "queries"
#: Metres between boundaries that were published as one line and rounded on their way.
SAME_LINE = 0.01


def fill_spatial(connection: duckdb.DuckDBPyConnection, areas: gpd.GeoDataFrame) -> None:
    """Fill the tables ``neighbour``, ``spatial_pattern`` and ``area_pattern``.

    Parameters
    ----------
    connection
        The warehouse that is being built, with its counts.
    areas
        Those of the municipality that the pages show; a country's would take hours. Those without a boundary have no
        neighbours that could be known.
    """
    pairs = sorted(neighbour_pairs(areas))
    insert(connection, "neighbour", [pair for one, other in pairs for pair in ((one, other), (other, one))])
    around: dict[str, list[str]] = {}
    for one, other in pairs:
        around.setdefault(one, []).append(other)
        around.setdefault(other, []).append(one)
    rows = connection.execute((QUERIES / "spatial_shares.sql").read_text("utf-8")).fetchall()
    _fill_patterns(connection, rows, {code: sorted(codes) for code, codes in around.items()})


def neighbour_pairs(areas: gpd.GeoDataFrame) -> set[tuple[str, str]]:
    """Give the pairs of areas of the same kind that touch in a line or a point (queen contiguity).

    Parameters
    ----------
    areas
        Areas with ``area_code``, ``level``, ``vintage``, ``municipality`` and ``boundary``.
    """
    drawn = areas.loc[(areas["boundary"] != "none") & areas["level"].isin(["deso", "regso"])]
    pairs: set[tuple[str, str]] = set()
    for _, group in drawn.groupby(["municipality", "level", "vintage"]):
        shapes = group.geometry.to_crs(SWEREF_99_TM)
        codes = group["area_code"].tolist()
        one, other = shapes.sindex.query(shapes, predicate="dwithin", distance=SAME_LINE)
        pairs |= {(codes[i], codes[j]) for i, j in zip(one, other, strict=True) if i < j}
    return pairs


def _fill_patterns(
    connection: duckdb.DuckDBPyConnection,
    rows: Iterable[tuple[object, ...]],
    around: Mapping[str, list[str]],
) -> None:
    patterns: list[tuple[object, ...]] = []
    of_areas: list[tuple[object, ...]] = []
    for key, members in groupby(rows, key=lambda row: row[:4]):
        found = list(members)
        codes = [str(row[4]) for row in found]
        shares = [row[5] if isinstance(row[5], float) else None for row in found]
        reasons = [None if row[6] is None else str(row[6]) for row in found]
        whole, each = spatial_pattern(codes, shares, reasons, around)
        patterns.append(
            (*key, whole.value, whole.expected, whole.p_value, whole.areas, PERMUTATIONS, SEED, whole.reason)
        )
        of_areas += [
            (
                *key,
                one.area_code,
                one.share,
                one.neighbours,
                one.neighbours_share,
                one.local,
                one.kind,
                one.p_value,
                one.beyond_chance,
                one.reason,
            )
            for one in each
        ]
    insert(connection, "spatial_pattern", patterns)
    insert(connection, "area_pattern", of_areas)
