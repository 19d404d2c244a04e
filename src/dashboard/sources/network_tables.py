"""What the tables of a municipality's walk network hold: nodes, edges, barriers and their crossings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Texts: TypeAlias = NDArray[np.object_]

NETWORK_KINDS = ("schematic", "openstreetmap")
STRUCTURES = ("", "bridge", "tunnel")
BARRIER_KINDS = ("water", "railway", "road")
CROSSING_KINDS = ("bridge", "underpass", "level", "unknown")
WALKABLE = ("yes", "no", "assumed_yes", "assumed_no")
COLUMNS = {
    "nodes": ("node", "x", "y"),
    "edges": ("edge", "a", "b", "length", "kind", "name", "structure", "line"),
    "barriers": ("barrier", "kind", "name", "line", "note"),
    "crossings": ("crossing", "barrier", "kind", "name", "x", "y", "walkable", "edges", "note"),
}


@dataclass(frozen=True)
class SourceFile:
    """A file that a network was made from: name, SHA-256, and how new its content is, if it tells."""

    name: str
    sha256: str
    timestamp: str | None = None


@dataclass(frozen=True)
class NetworkMeta:
    """What a network is: the content of ``network.yaml``.

    Parameters
    ----------
    municipality
        Four-digit code.
    kind
        ``schematic`` or ``openstreetmap``.
    made
        ISO date.
    length_factor
        What straight lines were multiplied with to get lengths; None when lengths were measured.
    source_files, dropped
        What it was made from, and what was left out of it, by name.
    counts
        Rows of each table and ``metres``; worked out when the network is written.
    """

    municipality: str
    kind: str
    made: str
    length_factor: float | None = None
    source_files: tuple[SourceFile, ...] = ()
    counts: dict[str, float] = field(default_factory=dict)
    dropped: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Barrier:
    """Something that can only be passed at crossings; ``line`` is WKT in EPSG:3006, empty where it is not known."""

    barrier: str
    kind: str
    name: str
    line: str = ""
    note: str = ""


@dataclass(frozen=True)
class Crossing:
    """A place where a barrier can or cannot be passed; ``edges`` are the edges that lead over it."""

    crossing: str
    barrier: str
    kind: str
    name: str
    x: float
    y: float
    walkable: str
    edges: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, eq=False)
class NetworkFiles:
    """A walk network as it lies in its folder.

    Parameters
    ----------
    x, y
        Nodes, metres in SWEREF 99 TM, shape (n,); their number is their position.
    a, b
        The ends of each edge as positions among the nodes, shape (m,).
    length
        Metres to walk, shape (m,).
    kind, name, structure
        Text of each edge, shape (m,): OSM's ``highway`` or ``schematic``; the street's name; one of `STRUCTURES`.
    line
        The points between the ends of each edge as ``x y;x y``, empty when it is straight, shape (m,).
    barriers, crossings
        Rows of their tables.
    """

    meta: NetworkMeta
    x: Floats
    y: Floats
    a: Ints
    b: Ints
    length: Floats
    kind: Texts
    name: Texts
    structure: Texts
    line: Texts
    barriers: tuple[Barrier, ...] = ()
    crossings: tuple[Crossing, ...] = ()

    @property
    def counts(self) -> dict[str, float]:
        """How many rows each table has, and how many metres the edges have together."""
        rows = {"nodes": self.x.size, "edges": self.a.size}
        rows |= {"barriers": len(self.barriers), "crossings": len(self.crossings)}
        return {**rows, "metres": round(float(self.length.sum()))}


def line_text(points: Sequence[tuple[float, float]] | Floats) -> str:
    """Write the points between the ends of an edge, metres, as a cell of ``edges.csv``."""
    return ";".join(f"{x:.1f} {y:.1f}" for x, y in points)


def courses(network: NetworkFiles) -> Texts:
    """Give the course of each edge from ``a`` to ``b`` as a shapely line, shape (m,)."""
    inner = [_points(text) for text in network.line]
    sizes = np.array([len(points) // 2 for points in inner], np.int64)
    first = np.concatenate([[0], np.cumsum(sizes + 2)[:-1]])
    last = first + sizes + 1
    every = np.empty((int((sizes + 2).sum()), 2))
    between = np.ones(len(every), bool)
    between[first] = between[last] = False
    every[first] = np.stack([network.x[network.a], network.y[network.a]], 1)
    every[last] = np.stack([network.x[network.b], network.y[network.b]], 1)
    every[between] = np.array([number for points in inner for number in points], float).reshape(-1, 2)
    made: Texts = shapely.linestrings(every, indices=np.repeat(np.arange(sizes.size), sizes + 2))
    return made


def _points(text: str) -> list[str]:
    return text.replace(";", " ").split()
