"""Rectangles on the ground that a map is to show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """A rectangle in SWEREF 99 TM metres."""

    xmin: float
    ymin: float
    xmax: float
    ymax: float

    @classmethod
    def of(cls, extents: Iterable[Extent]) -> Extent:
        """The smallest extent that holds all of them.

        Raises
        ------
        ValueError
            If there is none.
        """
        found = list(extents)
        if not found:
            raise ValueError("no extents to put together")
        return cls(
            min(e.xmin for e in found),
            min(e.ymin for e in found),
            max(e.xmax for e in found),
            max(e.ymax for e in found),
        )

    def padded(self, share: float) -> Extent:
        """The extent with air around it, as a share of its longer side."""
        pad = share * max(self.xmax - self.xmin, self.ymax - self.ymin)
        return Extent(self.xmin - pad, self.ymin - pad, self.xmax + pad, self.ymax + pad)


def urban_extent(bounds: Mapping[str, Extent], core: Collection[str], pad: float = 0.03) -> Extent:
    """The extent of the areas of the central locality; of all areas where none is central.

    Parameters
    ----------
    bounds : mapping of str to Extent
        Area code → its extent, metres.
    core : collection of str
        Codes of the areas of the central locality.
    pad : float
        Air around them, as a share of the longer side.
    """
    chosen = [extent for code, extent in bounds.items() if code in core] or list(bounds.values())
    return Extent.of(chosen).padded(pad)
