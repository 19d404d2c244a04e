"""Checks of a walk network: what its tables say of themselves and of one another can be."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.sources.network_tables import (
    BARRIER_KINDS,
    CROSSING_KINDS,
    STRUCTURES,
    WALKABLE,
    Barrier,
    NetworkFiles,
)
from dashboard.sources.tidy import InputError

#: An edge may be this much shorter than the straight line between its ends in the plane of the projection.
SHORTER_SHARE, SHORTER_METRES = 0.005, 1.0
NUMBER = r"-?\d+(?:\.\d+)?"
LINE = re.compile(rf"(?:{NUMBER} {NUMBER}(?:;{NUMBER} {NUMBER})*)?")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_network(network: NetworkFiles) -> None:
    """Check that what the tables say of one another can be.

    Raises
    ------
    InputError
        With file and row of the first that cannot.
    """
    if not network.x.size or not network.a.size:
        raise InputError("nodes.csv or edges.csv has no rows: make the network again.")
    for ends, name in ((network.a, "a"), (network.b, "b")):
        refuse((ends < 0) | (ends >= network.x.size), "edges.csv", f"its end {name} is no node of nodes.csv")
    apart = np.hypot(network.x[network.a] - network.x[network.b], network.y[network.a] - network.y[network.b])
    too_short = network.length < apart * (1 - SHORTER_SHARE) - SHORTER_METRES
    refuse(too_short | (network.length < 0), "edges.csv", "its length is less than the straight line between its ends")
    refuse(network.kind == "", "edges.csv", "its kind is empty")
    refuse(~np.isin(network.structure, STRUCTURES), "edges.csv", f"its structure is none of {', '.join(STRUCTURES)}")
    wrong = np.fromiter((LINE.fullmatch(text) is None for text in network.line), bool, network.line.size)
    refuse(wrong, "edges.csv", "its line is not written as “x y;x y”")
    _check_barriers(network.barriers)
    _check_crossings(network)


def _check_barriers(barriers: Sequence[Barrier]) -> None:
    ids: set[str] = set()
    for row, one in enumerate(barriers, 2):
        where = f"barriers.csv, row {row}"
        if not SLUG.fullmatch(one.barrier) or one.barrier in ids:
            raise InputError(f"{where}: “{one.barrier}” occurs twice or is not written in a–z, 0–9 and hyphens.")
        ids.add(one.barrier)
        _known(one.kind, BARRIER_KINDS, "kind", where)
        line = shapely.from_wkt(one.line, on_invalid="ignore") if one.line else None
        if one.line and (line is None or line.geom_type not in ("LineString", "MultiLineString")):
            raise InputError(f"{where}: its line is no LINESTRING or MULTILINESTRING in WKT.")


def _check_crossings(network: NetworkFiles) -> None:
    barriers = {one.barrier for one in network.barriers}
    ids: set[str] = set()
    for row, one in enumerate(network.crossings, 2):
        where = f"crossings.csv, row {row}"
        if not SLUG.fullmatch(one.crossing) or one.crossing in ids:
            raise InputError(f"{where}: “{one.crossing}” occurs twice or is not written in a–z, 0–9 and hyphens.")
        ids.add(one.crossing)
        _known(one.kind, CROSSING_KINDS, "kind", where)
        _known(one.walkable, WALKABLE, "walkable", where)
        if one.barrier not in barriers:
            raise InputError(f"{where}: the barrier “{one.barrier}” is not in barriers.csv.")
        if absent := [edge for edge in one.edges if not 0 <= edge < network.a.size]:
            raise InputError(f"{where}: the edge {absent[0]} is not in edges.csv.")


def _known(cell: str, among: Sequence[str], column: str, where: str) -> None:
    if cell not in among:
        raise InputError(f"{where}: the {column} “{cell}” is none of {', '.join(among)}.")


def refuse(wrong: NDArray[np.bool_], file: str, what: str) -> None:
    """Refuse a table with the number of the first row that is wrong; the header is row 1.

    Raises
    ------
    InputError
        When any row is wrong.
    """
    if wrong.any():
        raise InputError(f"{file}, row {int(np.argmax(wrong)) + 2}: {what}.")
