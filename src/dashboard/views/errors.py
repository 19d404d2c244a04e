"""What a visitor sees when a page fails: a sentence in the visitor's language; the log has the rest."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.views.context import View

log = logging.getLogger(__name__)


@contextmanager
def told_in_words(view: View) -> Iterator[None]:
    """Show a sentence in the place of what fails inside, and log the failure.

    This is the outermost place that knows the visitor's language; beyond it Streamlit would answer in English.
    Its own signals (stop, rerun) are no exceptions in this sense and pass through.
    """
    try:
        yield
    except Exception:
        log.exception("a page failed")
        st.error(view.t("error.page"))
