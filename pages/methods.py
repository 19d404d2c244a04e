"""Data och metod: every indicator, source, formula, query and download; caveats; the accessibility statement."""

import streamlit as st

from dashboard.views import html, methods
from dashboard.views.context import current_view
from dashboard.views.open_data_line import show_open_data

view = current_view()
st.html(html.headline(view.t("methods.headline"), view.t("methods.lead")))
methods.show_indicators(view)
methods.show_measures(view)
methods.show_place_measures(view)
methods.show_splits(view)
methods.show_caveats(view)
methods.show_sources(view)
show_open_data(view)
methods.show_accessibility(view)
