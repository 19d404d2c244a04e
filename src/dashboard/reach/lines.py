"""The courses of edges and barriers, from the texts that they are kept as."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.reach.network import Floats, Ints


def edge_courses(x: Floats, y: Floats, a: Ints, b: Ints, between: NDArray[np.object_]) -> NDArray[np.object_] | None:
    """Give the course of every edge as a shapely line, or None when all edges are straight.

    Parameters
    ----------
    x, y
        Nodes, metres, shape (n,).
    a, b
        Ends of the edges as positions among the nodes, shape (m,).
    between
        The points between the ends as ``x y;x y``, empty for a straight edge, shape (m,).
    """
    if not np.any(between != ""):
        return None
    courses = [
        np.array([(x[start], y[start]), *_points(text), (x[end], y[end])])
        for start, end, text in zip(a, b, between, strict=True)
    ]
    count = np.array([len(course) for course in courses])
    lines: NDArray[np.object_] = shapely.linestrings(
        np.concatenate(courses), indices=np.repeat(np.arange(count.size), count)
    )
    return lines


def _points(text: str) -> list[tuple[float, float]]:
    pairs = (point.split(" ") for point in text.split(";") if point)
    return [(float(x), float(y)) for x, y in pairs]


def line_from_wkt(text: str) -> shapely.Geometry | None:
    """Give a line from its well-known text; None for an empty text."""
    return shapely.from_wkt(text) if text else None


def line_parts(line: shapely.Geometry | None) -> list[list[tuple[float, float]]]:
    """Give the points of every part of a line, metres; none for None."""
    if line is None:
        return []
    return [[(float(x), float(y)) for x, y in part.coords] for part in shapely.get_parts(line)]


def line_distance(line: shapely.Geometry | None, x: float, y: float) -> float:
    """Give the metres in a straight line from a spot to a line; infinite when its course is not known."""
    return np.inf if line is None else float(shapely.distance(line, shapely.Point(x, y)))
