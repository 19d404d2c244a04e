"""The draft of a grant's final report, made from the page when somebody asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from dashboard.access import PUBLIC
from dashboard.register.grant_entries import Grant
from dashboard.sheets import Report
from dashboard.views import clock, register_access
from dashboard.views.context import View
from dashboard.views.errors import told_in_words
from dashboard.views.grant_report import grant_report
from dashboard.views.report_handout import hand_out


@st.fragment
def offer_grant_report(view: View, grant: Grant) -> None:
    """Lay out what makes the draft of a grant's final report."""
    if st.button(view.t("final.offer"), key=f"final-{grant.id}"):
        with told_in_words(view):
            make = partial(_draft, view, grant.id, clock.today())
            hand_out(view, make, f"slutrapport-{grant.id}", view.t("final.offer_fetch"))


def _draft(view: View, grant_id: str, today: date) -> Report | None:
    """Give the draft as everybody may see it, whoever asks; None for a grant that not everybody may see."""
    contents = register_access.register(view).contents(PUBLIC, view.home.code)
    grant = contents.find(Grant, grant_id)
    if grant is None:
        return None
    return grant_report(replace(view, actor=PUBLIC), contents, grant, today=today, public=view.public_address)
