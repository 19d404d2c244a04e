"""Puts a chart on the page."""

from __future__ import annotations

import streamlit as st

from dashboard.views.charts import Spec


def show_chart(spec: Spec, *, key: str, alt: str) -> None:
    """Put a chart on the page, as wide as there is room, in its own colours.

    Parameters
    ----------
    spec
        A specification of `dashboard.views.charts`.
    key
        The chart's key on its page.
    alt
        The chart in words, for those who do not see it.
    """
    st.vega_lite_chart(None, spec, width="stretch", theme=None, key=key, alt=alt)
