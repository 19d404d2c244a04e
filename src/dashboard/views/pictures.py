"""Puts a chart on the page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.views.charts import Spec
from dashboard.views.drawn import note_chart, note_legend


def show_chart(
    spec: Spec, *, key: str, alt: str, on_select: Callable[[], None] | None = None, selection: str = ""
) -> None:
    """Put a chart on the page, as wide as there is room, in its own colours.

    Parameters
    ----------
    spec
        A specification of `dashboard.views.charts` or `dashboard.views.maps`.
    key
        The chart's key on its page; with ``on_select`` the selection lies under it in the session's state.
    alt
        The chart in words, for those who do not see it.
    on_select
        What is done when something is clicked.
    selection
        The name of the selection that a click makes.
    """
    note_chart(spec)
    if on_select is None:
        st.vega_lite_chart(None, spec, width="stretch", theme=None, key=key, alt=alt)
        return
    st.vega_lite_chart(
        None,
        spec,
        width="stretch",
        theme=None,
        key=key,
        on_select=on_select,
        selection_mode=selection,
        alt=alt,
    )


def show_legend(legend: str) -> None:
    """Put what the colours of a picture mean on the page, as HTML of `html.legend` or `maps.legend_html`."""
    note_legend(legend)
    st.html(legend)
