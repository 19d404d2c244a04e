"""A report as PDF from a page: made in a run of the page, then there to be fetched, or a sentence why it is not.

It is not made when the browser fetches it, because what goes wrong then cannot be told in the visitor's language.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from dashboard.exports.report_file import report_pdf
from dashboard.exports.typst_file import SheetFileError
from dashboard.register.errors import RegisterError
from dashboard.sheets import Report
from dashboard.views import html, register_access
from dashboard.views.context import View

log = logging.getLogger(__name__)


def hand_out(view: View, make: Callable[[], Report | None], name: str, label: str) -> None:
    """Make a report and lay out the button that fetches it, or say why there is none.

    Parameters
    ----------
    view
        The view of this run.
    make
        Gives the report; None when what it is about is not shown to everybody.
    name
        What the file is called, without ending.
    label
        What the button says.
    """
    t = view.t
    try:
        made = make()
        content = None if made is None else report_pdf(made)
    except SheetFileError:
        log.exception("a report could not be made")
        st.html(html.alert(t("report.offer_failed"), t("report.offer_failed_why")))
    except RegisterError as error:
        log.warning("the register cannot be read: %s", error)
        st.html(html.alert(t("report.offer_failed"), register_access.said(view, error)))
    else:
        if content is None:
            st.html(html.alert(t("final.offer_not_public"), t("final.offer_not_public_why")))
            return
        st.download_button(
            label, content, file_name=f"{name}.pdf", mime="application/pdf", key=f"fetch-{name}", on_click="ignore"
        )
