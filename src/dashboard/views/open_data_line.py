"""Where harvesters and people find the catalogue of the dashboard's own data sets, told on *Data och metod*."""

from __future__ import annotations

import streamlit as st

from dashboard.exports.dcat_parts import BELOW, RDF_XML, TURTLE
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.page_links import link_html


def show_open_data(view: View) -> None:
    """Lay out where the catalogue is; nothing, as long as the operator has not switched it on."""
    if not view.settings.publishes_data:
        return
    base = f"{view.public_address}{BELOW}"
    told = ((view.t("open_data.found_rdf"), RDF_XML), (view.t("open_data.found_turtle"), TURTLE))
    lines = "".join(
        f'<p class="hs-text">{html.escape(label)} {link_html(f"{base}/{name}", f"{base}/{name}")}</p>'
        for label, name in told
    )
    st.html(html.section(view.t("open_data.found_title"), view.t("open_data.found_text")) + lines)
