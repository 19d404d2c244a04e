"""The network map: areas, ways coloured by walking distance, lines, points and cells, on a canvas that can be clicked.

Drawn by `network_data.js`, `network_drawing.js` and `network_map.js`. Boundaries and network are static files that the
browser fetches once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.i18n import Translator
from dashboard.views.network_parts import WALKING_BREAKS, MapCell, MapLine, MapPoint, NetworkMap, Spur
from dashboard.views.network_payload import payload
from dashboard.views.theme import Theme

__all__ = [
    "WALKING_BREAKS",
    "Click",
    "MapCell",
    "MapLine",
    "MapPoint",
    "NetworkMap",
    "Spur",
    "clicked",
    "show_network_map",
]

_SCRIPTS = ("network_data.js", "network_drawing.js", "network_map.js")


@dataclass(frozen=True)
class Click:
    """Where on the ground the visitor clicked (metres in SWEREF 99 TM), and what was hit: a point's id, an area."""

    x: float
    y: float
    point: str | None
    area: str | None


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    folder = Path(__file__).parent
    return st.components.v2.component(
        "network_map",
        html='<div class="hs-map"></div>',
        js="\n".join((folder / script).read_text("utf-8") for script in _SCRIPTS),
        isolate_styles=False,
    )


def show_network_map(
    network_map: NetworkMap, *, key: str, theme: Theme, t: Translator, on_click: Callable[[], None] | None = None
) -> None:
    """Put a network map on the page; where the visitor has moved it to is kept from run to run under its key.

    Parameters
    ----------
    network_map
        What it shows.
    key
        The map's key.
    theme, t
        Colours and texts.
    on_click
        What is done when the visitor clicks; `clicked` then tells where.
    """
    # In a list, because in a mapping Streamlit looks for data frames, and loads pandas in order to know one.
    data = [payload(network_map, key=key, theme=theme, t=t)]
    _component()(key=key, data=data, on_click_change=on_click or _nothing)


def _nothing() -> None:
    """Answer a click that nobody asked for."""


def clicked(key: str) -> Click | None:
    """Tell where the map with this key was clicked (in its callback); None when it was not."""
    state = st.session_state.get(key)
    click = None if state is None else state.get("click")
    if not isinstance(click, Mapping):
        return None
    point, area = (click.get(name) for name in ("point", "area"))
    return Click(float(click["x"]), float(click["y"]), point, area)
