"""What each kind of line and point on the network map looks like; map and legend draw from the same description."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.views.theme import Theme

#: Pixels wide: ways from near to far. The width tells the class without its colour.
WALK_WIDTHS = (4.5, 3.25, 2.25, 1.5)
#: Share of its square that a cell of the lowest class fills along each side; the highest class fills all of it.
SMALLEST_CELL = 0.4


@dataclass(frozen=True)
class Stroke:
    """One pass of a pen: colour, pixels wide, and pixels of line and gap by turns (an unbroken line without)."""

    color: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Shape:
    """A sign for a point.

    Parameters
    ----------
    path
        SVG path data around 0, 0, in pixels.
    fill, stroke
        Colours; ``none`` leaves one out.
    width
        Width of the stroke, pixels.
    dash
        Pixels of line and gap by turns.
    """

    path: str
    fill: str
    stroke: str
    width: float
    dash: tuple[float, ...] = ()


def line_strokes(theme: Theme) -> dict[str, tuple[Stroke, ...]]:
    """Give the strokes of each kind of line, from the lowest to the topmost.

    The lowest is a casing in the colour of the page, which parts a line from whatever lies below it.
    """

    def cased(*strokes: Stroke) -> tuple[Stroke, ...]:
        return Stroke(theme.background, max(stroke.width for stroke in strokes) + 3), *strokes

    return {
        "barrier_water": cased(Stroke(theme.water, 6)),
        # A wide stroke that is mostly gap draws the ticks across the line.
        "barrier_railway": cased(Stroke(theme.railway, 2), Stroke(theme.railway, 8, (2, 7))),
        "barrier_road": cased(Stroke(theme.road, 6), Stroke(theme.background, 2.5)),
        "stretch_1": cased(Stroke(theme.detour, 4, (3, 5))),
        "stretch_2": cased(Stroke(theme.detour, 6, (12, 4))),
        "stretch_3": cased(Stroke(theme.detour, 9)),
        "new_link": cased(Stroke(theme.accent, 4.5, (10, 4))),
        "closed": cased(Stroke(theme.ink, 4, (2, 4))),
        "route": cased(Stroke(theme.ink, 4)),
    }


def walk_strokes(theme: Theme, classes: int) -> tuple[Stroke, ...]:
    """Give the stroke of each class of walking distance, the nearest first.

    Raises
    ------
    ValueError
        If there are more classes than can be told apart.
    """
    if not 1 <= classes <= len(WALK_WIDTHS):
        raise ValueError(f"between 1 and {len(WALK_WIDTHS)} classes, not {classes}")
    return tuple(Stroke(theme.walks[i], WALK_WIDTHS[i]) for i in range(classes))


def unreached_stroke(theme: Theme) -> Stroke:
    """Give the stroke of ways that lie farther off than the last threshold, or that cannot be reached."""
    return Stroke(theme.unreached, 0.75)


def point_shapes(theme: Theme) -> dict[str, Shape]:
    """Give the sign of each kind of point."""
    disc = "M-{r},0a{r},{r} 0 1 0 {d},0a{r},{r} 0 1 0 -{d},0z"
    ring, dot = disc.format(r=9, d=18), disc.format(r=4, d=8)
    return {
        "chosen": Shape(ring + dot, "none", theme.ink, 3),
        "place": Shape(disc.format(r=5, d=10), theme.ink, theme.background, 1),
        "service": Shape("M0,-6.5L6.5,0L0,6.5L-6.5,0z", theme.accent, theme.background, 1),
        "crossing_open": Shape("M-5,-5H5V5H-5z", theme.background, theme.ink, 2),
        "crossing_closed": Shape("M-5,-5L5,5M5,-5L-5,5", "none", theme.ink, 3.5),
        "draft": Shape("M0,-8L8,6H-8z", theme.background, theme.accent, 2.5, (4, 2)),
    }


LINE_STYLES = frozenset(
    {
        "barrier_water",
        "barrier_railway",
        "barrier_road",
        "stretch_1",
        "stretch_2",
        "stretch_3",
        "new_link",
        "closed",
        "route",
    }
)
POINT_KINDS = frozenset({"chosen", "place", "service", "crossing_open", "crossing_closed", "draft"})


def cell_shares(classes: int) -> tuple[float, ...]:
    """Give the share of its square that a cell of each class fills along each side, the lowest class first."""
    if classes == 1:
        return (1.0,)
    step = (1 - SMALLEST_CELL) / (classes - 1)
    return tuple(SMALLEST_CELL + step * i for i in range(classes))
