"""The pages on the chosen places as PDF, each made when somebody asks for it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.access import PUBLIC
from dashboard.exports.place_sheet_file import missing_parts, place_sheet_pdf
from dashboard.reach.city import City
from dashboard.views import clock, html, register_access
from dashboard.views.context import View
from dashboard.views.place_sheet import SheetPlace, file_name, place_sheet
from dashboard.views.places_spots import Spot
from dashboard.views.words import plain_markup, told_apart

log = logging.getLogger(__name__)


def offer_sheets(view: View, city: City, spots: Sequence[Spot]) -> None:
    """Lay out a button for each place that fetches the pages on it, or say that they cannot be made."""
    if missing := missing_parts():
        log.error("the pages on a place cannot be made without %s", ", ".join(map(str, missing)))
        st.html(html.notice(view.t("sheet.missing"), view.t("sheet.missing_why")))
        return
    # Whoever asks, the pages go from hand to hand: they hold what everybody may see.
    public = replace(view, actor=PUBLIC)
    labels = told_apart({spot.id: spot.name for spot in spots})
    with st.container(horizontal=True):
        for spot in spots:
            about = SheetPlace(spot.id, spot.name, spot, spot.place)
            st.download_button(
                view.t("place_sheet.button", place=plain_markup(labels[spot.id])),
                data=partial(_made, public, city, about, view.public_address),
                file_name=f"{file_name(view, about)}.pdf",
                mime="application/pdf",
                key=f"place-sheet-{spot.id}",
                on_click="ignore",
            )


def _made(view: View, city: City, about: SheetPlace, public: str) -> bytes:
    return place_sheet_pdf(
        place_sheet(view, city, about, register_access.contents_for_file(view), today=clock.today(), public=public)
    )
