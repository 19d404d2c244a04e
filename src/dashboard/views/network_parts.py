"""What a network map can show: ways by walking distance, lines, points, cells and areas, all in SWEREF 99 TM metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dashboard.views.classes import Scheme
from dashboard.views.extents import Extent
from dashboard.views.map_layers import MapArea
from dashboard.views.network_styles import LINE_STYLES, POINT_KINDS

#: Metres: 5, 10, 15 and 25 minutes at 80 m a minute.
WALKING_BREAKS = (400.0, 800.0, 1200.0, 2000.0)

Coordinates = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Spur:
    """A piece of way that the network file does not have, coloured like its edges and drawn above them.

    Such as the two parts of an edge that a place lies beside, or a new link.

    Parameters
    ----------
    points
        Its course, metres in SWEREF 99 TM.
    start, end
        Walking distance at its two ends, metres; infinite where it is not known or not reached.
    length
        How long it is to walk, metres.
    """

    points: Coordinates
    start: float
    end: float
    length: float


@dataclass(frozen=True)
class MapLine:
    """A named line: its kind (one of `network_LINE_STYLES`), what is read when pointing at it, its course."""

    style: str
    label: str
    points: Coordinates


@dataclass(frozen=True)
class MapPoint:
    """A named point.

    ``kind`` is one of `network_POINT_KINDS`, ``label`` is read when pointing at it, ``name`` (if any) stands
    on the ``right`` or ``left`` of it where there is room, and a click answers with ``id``.
    """

    id: str
    kind: str
    label: str
    x: float
    y: float
    name: str = ""
    side: str = "right"


@dataclass(frozen=True)
class MapCell:
    """A square of a grid: its middle and side in metres, its class (from 0), what is read when pointing at it."""

    x: float
    y: float
    size: float
    class_index: int
    label: str


@dataclass(frozen=True, eq=False)
class NetworkMap:
    """What a network map shows.

    Parameters
    ----------
    extent
        What is to fit into the picture.
    summary
        The map in words, for those who do not see it.
    areas_url
        GeoJSON with boundaries, as for `maps.area_map`; relative to the page.
    network_url
        File of `warehouse.screen_network.write_network_map`; relative to the page.
    distances
        Metres to walk to each node of the network, shape (n,); infinite where it is not reached. Without them the
        network is drawn in the colour of what is not reached.
    breaks
        Ascending upper bounds of the classes of distance, metres; beyond the last an edge counts as not reached.
    spurs
        Pieces of way that the network file does not have.
    closed_edges
        Edges of the network that are left out.
    lines, points, cells
        Drawn in this order above one another: cells, network, lines, points.
    cell_colors
        Fill of each class of cells, the lowest first; the higher the class, the larger the square as well.
    areas, scheme
        Areas in classes, as for `maps.area_map`; without them the boundaries alone are drawn.
    height
        Pixels; the width is that of the page.
    choosable
        Whether a click (or the enter key, for the middle of the map) answers.

    Raises
    ------
    ValueError
        When a kind, a class or a bound is not one that can be drawn.
    """

    extent: Extent
    summary: str
    areas_url: str | None = None
    network_url: str | None = None
    distances: NDArray[np.float64] | None = None
    breaks: tuple[float, ...] = WALKING_BREAKS
    spurs: Sequence[Spur] = ()
    closed_edges: Sequence[int] = ()
    lines: Sequence[MapLine] = ()
    points: Sequence[MapPoint] = ()
    cells: Sequence[MapCell] = ()
    cell_colors: tuple[str, ...] = ()
    areas: Sequence[MapArea] = ()
    scheme: Scheme | None = None
    height: int = 480
    choosable: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if not self.breaks or any(low >= high for low, high in pairwise((0.0, *self.breaks))):
            raise ValueError(f"bounds of distance ascend from above 0: {self.breaks}")
        unknown = {line.style for line in self.lines} - LINE_STYLES
        unknown |= {point.kind for point in self.points} - POINT_KINDS
        if unknown:
            raise ValueError(f"no such kind of line or point: {sorted(unknown)}")
        if any(not 0 <= cell.class_index < len(self.cell_colors) for cell in self.cells):
            raise ValueError("a cell is of a class without a colour")
        if self.areas and self.scheme is None:
            raise ValueError("areas in classes need a scheme")
