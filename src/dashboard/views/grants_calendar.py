"""How to have the days of the roadmap in one's own calendar: what is in it, the address, the file."""

from __future__ import annotations

import streamlit as st

from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.page_links import link_html

FILE = "fardplan.ics"


def show_calendar(view: View) -> None:
    """Lay out the address to subscribe to, how that is done, and a link to the file."""
    t = view.t
    st.html(html.section(t("grants.calendar_title"), t("grants.calendar_lead")))
    st.html(html.note(t("grants.calendar_address")))
    st.code(calendar_address(view), language=None, wrap_lines=True)
    steps = (t("grants.calendar_outlook"), t("grants.calendar_google"), t("grants.calendar_apple"))
    items = "".join(f"<li>{html.escape(one)}</li>" for one in steps)
    # Relative to the page, so that it works wherever the dashboard is served.
    link = link_html(f"{FILE}?lang={view.language}", t("grants.calendar"))
    st.html(f'<ul class="hs-entries">{items}</ul><p class="hs-text">{link}</p>{html.note(t("grants.calendar_note"))}')


def offer_calendar(view: View) -> None:
    """Lay out a button that opens the calendar program of whoever presses it."""
    address = calendar_address(view)
    if "://" in address:
        st.link_button(view.t("grants.calendar_add"), f"webcal://{address.partition('://')[2]}")


def calendar_address(view: View) -> str:
    """Give the whole address of the calendar: a program that subscribes to it knows no page that it stands on."""
    return f"{view.public_address}/{FILE}?lang={view.language}"
