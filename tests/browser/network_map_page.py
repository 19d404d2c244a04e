"""A page with a network map of a made-up town and where it was clicked; the tests copy it beside its static files."""

import json
from pathlib import Path

import numpy as np
import streamlit as st
from street_grid import EAST, MIDDLE, NORTH, SOUTH, WEST, distances_from

from dashboard.i18n import get_translator
from dashboard.settings import PROJECT_FOLDER
from dashboard.views import html
from dashboard.views.classes import sequential_scheme
from dashboard.views.extents import Extent
from dashboard.views.map_layers import MapArea
from dashboard.views.network_legend import cell_entry, line_entry, network_legend_html, point_entry, walk_entries
from dashboard.views.network_map import MapCell, MapLine, MapPoint, NetworkMap, Spur, clicked, show_network_map
from dashboard.views.network_styles import LINE_STYLES, POINT_KINDS
from dashboard.views.numbers import NumberFormat
from dashboard.views.stylesheet import stylesheet
from dashboard.views.theme import theme_for

MAPS = Path(__file__).parent / "static" / "maps"
EXTENT = Extent(WEST, SOUTH, EAST, NORTH)

theme = theme_for(st.context.theme.type)
t, fmt = get_translator("sv", PROJECT_FOLDER / "locales"), NumberFormat("sv")
case = st.query_params.get("case", "walk")


def url(pattern: str) -> str:
    return f"app/static/maps/{next(MAPS.glob(pattern)).name}"


def keep_click() -> None:
    st.session_state["kept"] = clicked("map")


st.html(stylesheet(theme))
st.html(html.headline("Karta"))
st.button("Rita om", key="again")
place = (MIDDLE[0] + 1000, MIDDLE[1]) if st.checkbox("Annan plats", key="elsewhere") else MIDDLE
grid, boundaries = url("9999-network-*.json"), url("areas.json")
distances = distances_from(*place)
legend = []

if case == "walk":
    points = [MapPoint("square", "chosen", "Torget", *place, name="Torget")]
    network = NetworkMap(EXTENT, "Vägar från torget", network_url=grid, distances=distances, points=points)
    legend = walk_entries(network.breaks, theme, t, fmt)
elif case == "marks":
    styles, kinds = sorted(LINE_STYLES), sorted(POINT_KINDS)
    network = NetworkMap(
        EXTENT,
        "Alla slags linjer och punkter",
        areas_url=boundaries,
        network_url=grid,
        distances=distances,
        closed_edges=range(0, 400, 2),
        spurs=[Spur([(MIDDLE[0] + 50, MIDDLE[1] + 50), (MIDDLE[0], MIDDLE[1])], 0, np.inf, 100)],
        lines=[
            MapLine(
                style, f"Linje <{style}>", [(WEST + 300, SOUTH + 300 + 400 * i), (EAST - 300, SOUTH + 300 + 400 * i)]
            )
            for i, style in enumerate(styles)
        ],
        points=[
            MapPoint(kind, kind, f"Punkt <{kind}>", WEST + 600 + 500 * i, MIDDLE[1] - 100, name=kind, side="left")
            for i, kind in enumerate(kinds)
        ],
    )
    legend = [line_entry(style, style, theme) for style in styles] + [point_entry(kind, kind, theme) for kind in kinds]
elif case == "areas":
    scheme = sequential_scheme([10, 20], t, fmt, theme)
    network = NetworkMap(
        EXTENT,
        "Områden och rutor",
        areas_url=boundaries,
        areas=[
            MapArea("west", "Väst", "5", 0, x=WEST + 1000, y=MIDDLE[1]),
            MapArea("east", "Öst", "25", 2, selected=True, x=EAST - 1000, y=MIDDLE[1]),
        ],
        scheme=scheme,
        cells=[MapCell(WEST + 600 + 250 * i, SOUTH + 600, 250, i % 3, f"Ruta {i}") for i in range(6)],
        cell_colors=scheme.colors,
    )
    legend = [cell_entry(i, scheme.colors, scheme.labels[i], theme) for i in range(3)]
elif case == "empty":
    network = NetworkMap(EXTENT, "Ett tomt nät", network_url=url("9998-network-*.json"), distances=np.empty(0))
elif case == "other":
    network = NetworkMap(EXTENT, "Avstånd till ett annat nät", network_url=grid, distances=distances[:-1])
else:
    network = NetworkMap(EXTENT, "En fil som inte finns", network_url="app/static/maps/gone.json", distances=distances)

show_network_map(network, key="map", theme=theme, t=t, on_click=keep_click)
st.html(network_legend_html(legend, label="Teckenförklaring"))
click = st.session_state.get("kept")
st.html(f'<p class="clicked">{html.escape(json.dumps(click and vars(click)))}</p><p style="height:900px"></p>')
