"""The report on the roadmap, made from the page when somebody asks: of today, or with the changes since a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from dashboard.access import PUBLIC
from dashboard.register.since import changes_since
from dashboard.sheets import Report
from dashboard.views import clock, html, register_access
from dashboard.views.context import View
from dashboard.views.errors import told_in_words
from dashboard.views.report_handout import hand_out
from dashboard.views.roadmap_report import roadmap_report
from dashboard.views.typed_values import read_day

SINCE = "report-since"


@st.fragment
def offer_roadmap_report(view: View) -> None:
    """Lay out the field for a day, and what makes the report."""
    t = view.t
    with st.expander(t("report.offer")), told_in_words(view):
        st.html(html.paragraph(t("report.offer_why")))
        said = st.text_input(
            t("report.offer_since"),
            key=SINCE,
            max_chars=10,
            placeholder=t("report.offer_day"),
            autocomplete="off",
            width=260,
        ).strip()
        if st.button(t("report.offer_make"), key="report-make"):
            _make(view, said)


def _make(view: View, said: str) -> None:
    t, today, asked = view.t, clock.today(), read_day(said)
    if said and asked is None:
        st.html(html.alert(t("report.offer_no_day", said=said), t("report.offer_no_day_why")))
    elif asked is not None and asked > today:
        title = t("report.offer_to_come", day=view.fmt.date(asked))
        st.html(html.alert(title, t("report.offer_to_come_why")))
    else:
        make = partial(_report, view, today, asked)
        hand_out(view, make, f"fardplan-{today.isoformat()}", t("report.offer_fetch"))


def _report(view: View, today: date, asked: date | None) -> Report:
    """Give the report as everybody may see it, whoever asks."""
    register = register_access.register(view)
    contents = register.contents(PUBLIC, view.home.code)
    since = None
    if asked is not None:
        since = changes_since(contents, register.snapshot().changes, clock.first_moment(asked), view.home.code)
    public = replace(view, actor=PUBLIC)
    return roadmap_report(public, contents, today=today, since=since, asked=asked, public=view.public_address)
