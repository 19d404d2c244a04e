"""The walk network for the screen: one static file of whole metres in SWEREF 99 TM, named after its content."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from dashboard.warehouse.screen_files import write_screen_file

#: Metres that a drawn line may lie beside the real one.
TOLERANCE = 5.0

Ints = NDArray[np.int64]
Lines = NDArray[np.object_]


def write_network_map(
    home: str,
    folder: Path,
    *,
    x: ArrayLike,
    y: ArrayLike,
    a: ArrayLike,
    b: ArrayLike,
    length: ArrayLike,
    inner: Sequence[ArrayLike],
) -> str:
    """Write a municipality's walk network for the screen; `views/network_data.js` reads it.

    Parameters
    ----------
    home
        Code of the municipality.
    folder
        Where the file goes.
    x, y
        Nodes, metres in SWEREF 99 TM, shape (n,).
    a, b
        The two ends of each edge as positions among the nodes, shape (m,).
    length
        How long each edge is to walk, metres, shape (m,).
    inner
        Points of each edge between its ends, from a to b, metres, one array of shape (k, 2) an edge; k is 0 for a
        straight edge.

    Returns
    -------
    The name of the file. Nodes and edges keep their order. All numbers are whole: metres from the south-western
    corner, each as the difference from the one before (``x``, ``y`` of the nodes; ``a`` of the edges, and how far
    ``b`` is beyond it; points between the ends from the node a on), and lengths in decimetres.

    Raises
    ------
    ValueError
        When the arrays do not fit together.
    """
    xs, ys = np.asarray(x, np.float64), np.asarray(y, np.float64)
    ends_a, ends_b = np.asarray(a, np.int64), np.asarray(b, np.int64)
    lengths = np.asarray(length, np.float64)
    if xs.shape != ys.shape or not ends_a.shape == ends_b.shape == lengths.shape == (len(inner),):
        raise ValueError("each node has an x and a y, each edge two ends, a length and inner points")
    if not all(np.isfinite(values).all() for values in (xs, ys, lengths)):
        raise ValueError("a coordinate or a length is no number")
    corner = np.array([np.floor(xs.min()), np.floor(ys.min())]) if xs.size else np.zeros(2)
    nodes = np.column_stack([xs, ys]) - corner
    text = json.dumps(
        {
            "origin": corner.astype(int).tolist(),
            "x": _differences(np.rint(nodes[:, 0])),
            "y": _differences(np.rint(nodes[:, 1])),
            "a": _differences(ends_a),
            "b": (ends_b - ends_a).tolist(),
            "length": np.rint(lengths * 10).astype(np.int64).tolist(),
            **_inner_points(nodes, ends_a, ends_b, inner, corner),
        },
        separators=(",", ":"),
    )
    return write_screen_file(folder, f"{home}-network", text)


def _differences(values: NDArray[Any]) -> list[int]:
    whole = np.asarray(values).astype(np.int64)
    found: list[int] = np.diff(whole, prepend=0).tolist()
    return found


def _inner_points(
    nodes: NDArray[np.float64], a: Ints, b: Ints, inner: Sequence[ArrayLike], corner: NDArray[np.float64]
) -> dict[str, list[int]]:
    """Which edges have points between their ends (as differences), how many, and where."""
    bent = [edge for edge, points in enumerate(inner) if np.size(points)]
    lines = [
        np.vstack([nodes[a[edge]], np.asarray(inner[edge], np.float64).reshape(-1, 2) - corner, nodes[b[edge]]])
        for edge in bent
    ]
    simple = shapely.simplify([shapely.LineString(line) for line in lines], TOLERANCE) if lines else []
    kept = [np.rint(shapely.get_coordinates(line)).astype(np.int64)[:-1] for line in simple]
    counts = [len(points) - 1 for points in kept]
    steps = [np.diff(points, axis=0) for points in kept]
    moves = np.vstack(steps) if steps else np.zeros((0, 2), np.int64)
    curved = [edge for edge, count in zip(bent, counts, strict=True) if count]
    return {
        "bent": _differences(np.array(curved, np.int64)),
        "points": [count for count in counts if count],
        "dx": moves[:, 0].tolist(),
        "dy": moves[:, 1].tolist(),
    }
