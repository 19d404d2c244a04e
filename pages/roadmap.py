"""Färdplan: which projects there are, how they stand, what is late and why, and the money for them."""

import streamlit as st

from dashboard.views import clock, grants_part, register_access, roadmap_part, roadmap_projects, roadmap_report_offer
from dashboard.views.context import current_view

view = current_view()
head = st.container()
contents = register_access.contents(view)
if contents is None:
    with head:
        roadmap_part.show_unavailable(view)
else:
    part = roadmap_part.choose_part(view)
    if part == "grants":
        grants_part.show_grants(view, contents)
    else:
        roadmap_projects.show_projects(view, contents, clock.today())
        roadmap_report_offer.offer_roadmap_report(view)
