"""Makes boundaries that nearly fit together fit exactly, so that they can be simplified without gaps or overlaps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

#: Metres. A piece that is thinner on average lies between two drawings of the same line, not between two areas.
THINNEST = 4.0

Shapes = npt.NDArray[np.object_]


def fitted(shapes: Shapes, grid: float) -> Shapes:
    """Redraw polygons on a grid of points so that neighbours have the same points along their common line.

    Boundaries that come from two drawings, or have been through another coordinate system, have points that their
    neighbours lack. Simplified as they are, each would move on its own.

    Parameters
    ----------
    shapes
        Valid polygons in metres that cover an area side by side.
    grid
        The distance between points that coordinates may have, in metres.

    Returns
    -------
    As many polygons in the same order. Strips of less than ``THINNEST`` that belong to none go to the neighbour with
    the longest common line; where two polygons overlap, the first has it. Larger holes stay holes.
    """
    lines = shapely.union_all(shapely.boundary(shapes), grid_size=grid)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.line_merge(lines))))
    owners = _with_strips(pieces, _owners(pieces, shapes))
    redrawn = [shapely.coverage_union_all(pieces[owners == number]) for number in range(len(shapes))]
    return np.array(redrawn, dtype=object)


def _owners(pieces: Shapes, shapes: Shapes) -> npt.NDArray[np.intp]:
    """Give the place of the polygon that each piece lies in, −1 where there is none."""
    owners = np.full(len(pieces), len(shapes), dtype=np.intp)
    of_piece, of_shape = shapely.STRtree(shapes).query(shapely.point_on_surface(pieces), predicate="within")
    np.minimum.at(owners, of_piece, of_shape)
    owners[owners == len(shapes)] = -1
    return owners


def _with_strips(pieces: Shapes, owners: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Give strips between polygons to the neighbour with the longest common line, widest strips first."""
    found = owners.copy()
    thickness = 2 * shapely.area(pieces) / shapely.length(pieces)
    strips = np.flatnonzero((owners < 0) & (thickness < THINNEST))
    tree = shapely.STRtree(pieces)
    for strip in strips[np.argsort(-thickness[strips], kind="stable")]:
        near = tree.query(pieces[strip], predicate="touches")
        near = near[found[near] >= 0]
        if len(near):
            common = shapely.length(shapely.intersection(shapely.boundary(pieces[near]), pieces[strip]))
            found[strip] = found[near[np.argmax(common)]]
    return found
