"""Översikt: the few numbers that matter, and whether to trust them."""

import streamlit as st

from dashboard.views import figure, html, overview, tiles
from dashboard.views.context import current_view
from dashboard.views.overview_cities import show_cities
from dashboard.views.overview_index import show_index
from dashboard.views.overview_peers import show_peers
from dashboard.views.overview_roadmap import show_focus_areas
from dashboard.views.overview_tiles import tiles as overview_tiles
from dashboard.views.overview_tiles import tiles_figure
from dashboard.views.overview_trends import show_trends

view = current_view()
st.html(html.headline(*overview.headline(view)))
figure.show_figure(
    view,
    tiles_figure(view),
    lambda: st.html(tiles.tile_grid(overview_tiles(view), view.theme, label=view.t("overview.tiles"))),
    titled=False,
)
st.html(html.notice(*overview.trust(view)))
show_index(view)
show_cities(view)
show_peers(view)
show_trends(view)
show_focus_areas(view)
