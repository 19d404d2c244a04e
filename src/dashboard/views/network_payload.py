"""What the browser is sent for a network map; a change of place sends two characters for each node of the network."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from dashboard.i18n import Translator
from dashboard.views import network_styles as styles
from dashboard.views.classes import Scheme
from dashboard.views.map_layers import MapArea
from dashboard.views.network_parts import Coordinates, MapCell, MapLine, NetworkMap, Spur
from dashboard.views.theme import FONT_STACK, Theme

# Two digits of base 64 are a number below 4 096: steps up to the last threshold, and one number for what lies beyond.
_STEPS = 4000
_NOT_REACHED = 4095
_DIGITS = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", np.uint8)


def encode_distances(distances: NDArray[np.float64], farthest: float) -> dict[str, object]:
    """Put distances into two characters a node.

    Parameters
    ----------
    distances
        Metres, shape (n,); infinite or no number where a node is not reached.
    farthest
        Metres beyond which a node counts as not reached.

    Returns
    -------
    ``step``, metres; and ``text``, for each node a number of steps in two digits of base 64, 4 095 where it is not
    reached. A distance is off by half a step at most: a quarter of a metre for 2 000 metres.
    """
    step = farthest / _STEPS
    reached = np.isfinite(distances) & (distances <= farthest)
    codes = np.full(distances.shape, _NOT_REACHED, np.int64)
    codes[reached] = np.rint(distances[reached] / step).astype(np.int64)
    digits = np.column_stack([_DIGITS[codes >> 6], _DIGITS[codes & 63]])
    return {"step": step, "text": digits.tobytes().decode("ascii")}


def payload(network_map: NetworkMap, *, key: str, theme: Theme, t: Translator) -> dict[str, object]:
    """Give what the browser is sent for a map, parted by what is drawn anew when it changes."""
    extent = network_map.extent
    buttons = [t("network_map.zoom_in"), t("network_map.zoom_out"), t("network_map.reset")]
    return {
        "key": key,
        "extent": [extent.xmin, extent.ymin, extent.xmax, extent.ymax],
        "height": network_map.height,
        "choosable": network_map.choosable,
        "texts": {
            "summary": network_map.summary,
            "keys": t("network_map.keys_and_choice") if network_map.choosable else t("network_map.keys"),
            "notLoaded": t("network_map.not_loaded"),
            "buttons": buttons,
        },
        "look": _look(network_map, theme),
        "ground": _ground(network_map),
        "marks": {
            "lines": [_line(line) for line in network_map.lines],
            "points": [asdict(point) for point in network_map.points],
        },
    }


def _look(network_map: NetworkMap, theme: Theme) -> dict[str, object]:
    scheme = network_map.scheme
    soft = [styles.Stroke(theme.line, 1.5)]
    strong = [styles.Stroke(theme.casing, 2.2), styles.Stroke(theme.border, 0.6)]
    return {
        "font": FONT_STACK,
        "ink": theme.ink,
        "background": theme.background,
        "surface": theme.surface,
        "missing": theme.missing,
        "cellBorder": asdict(styles.Stroke(theme.border, 1)),
        "walks": [asdict(stroke) for stroke in styles.walk_strokes(theme, len(network_map.breaks))],
        "unreached": asdict(styles.unreached_stroke(theme)),
        "lines": {name: [asdict(one) for one in strokes] for name, strokes in styles.line_strokes(theme).items()},
        "points": {name: asdict(shape) for name, shape in styles.point_shapes(theme).items()},
        "fills": list(scheme.colors) if scheme else [],
        "outlines": [asdict(stroke) for stroke in (strong if scheme else soft)],
        "chosen": [asdict(stroke) for stroke in (styles.Stroke(theme.background, 6), styles.Stroke(theme.ink, 3))],
        "cellColors": list(network_map.cell_colors),
        "cellShares": list(styles.cell_shares(len(network_map.cell_colors))),
    }


def _ground(network_map: NetworkMap) -> dict[str, object]:
    distances, farthest = network_map.distances, network_map.breaks[-1]
    return {
        "areasUrl": network_map.areas_url,
        "networkUrl": network_map.network_url,
        "distances": None if distances is None else encode_distances(distances, farthest),
        "breaks": list(network_map.breaks),
        "closed": [int(edge) for edge in network_map.closed_edges],
        "spurs": [_spur(spur) for spur in network_map.spurs],
        "cells": [_cell(cell) for cell in network_map.cells],
        "areas": [_area(area, network_map.scheme) for area in network_map.areas if network_map.scheme],
    }


def _spur(spur: Spur) -> dict[str, object]:
    start, end = (float(metres) if np.isfinite(metres) else None for metres in (spur.start, spur.end))
    return {"points": _rounded(spur.points), "start": start, "end": end, "length": float(spur.length)}


def _line(line: MapLine) -> dict[str, object]:
    return {"style": line.style, "label": line.label, "points": _rounded(line.points)}


def _cell(cell: MapCell) -> dict[str, object]:
    return {"x": cell.x, "y": cell.y, "size": cell.size, "index": cell.class_index, "label": cell.label}


def _rounded(points: Coordinates) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in points]


def _area(area: MapArea, scheme: Scheme) -> dict[str, object]:
    return {
        "code": area.code,
        "label": ", ".join((area.label, area.value_text, scheme.label(area.class_index))),
        "index": -1 if area.class_index is None else area.class_index,
        "dimmed": area.dimmed,
        "selected": area.selected,
        "mark": "" if area.dimmed else scheme.mark(area.class_index),
        "x": area.x,
        "y": area.y,
    }
