"""The page on one area as a PDF, made when somebody asks for it."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.access import PUBLIC
from dashboard.exports.area_sheet_file import area_sheet_pdf, missing_parts
from dashboard.views import clock, html, register_access
from dashboard.views.area_sheet import area_sheet, file_name
from dashboard.views.areas import Area
from dashboard.views.context import View

log = logging.getLogger(__name__)


def offer_sheet(view: View, level: str, area: Area) -> None:
    """Lay out the button that fetches the page on an area, or say that it cannot be made."""
    if missing := missing_parts():
        log.error("the page on an area cannot be made without %s", ", ".join(map(str, missing)))
        st.html(html.notice(view.t("sheet.missing"), view.t("sheet.missing_why")))
        return
    # Whoever asks, the page goes from hand to hand: it holds what everybody may see.
    public = replace(view, actor=PUBLIC)
    st.download_button(
        view.t("sheet.button"),
        data=partial(_made, public, level, area, view.public_address),
        file_name=f"{file_name(view, level, area)}.pdf",
        mime="application/pdf",
        key=f"sheet-{area.code}",
        on_click="ignore",
    )


def _made(view: View, level: str, area: Area, public: str) -> bytes:
    return area_sheet_pdf(
        area_sheet(view, level, area, register_access.contents_for_file(view), today=clock.today(), public=public)
    )
