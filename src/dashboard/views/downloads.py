"""The files that the rows of a figure can be taken home as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard.exports import table_files
from dashboard.views.context import View

# Text key → how the file is made, what its name ends with, its type.
KINDS = {
    "figure.excel": (table_files.csv_for_excel, "-excel.csv", "text/csv"),
    "figure.csv": (table_files.csv_plain, ".csv", "text/csv"),
    "figure.parquet": (table_files.parquet, ".parquet", "application/vnd.apache.parquet"),
}


def offer_downloads(view: View, rows: Sequence[Mapping[str, object]], name: str, file: str = "") -> None:
    """Lay out one button a kind of file; a file is made when it is asked for.

    Parameters
    ----------
    view
        The view of this run.
    rows
        What the files hold; all rows have the same columns.
    name
        The name of what is offered, unlike all others on the page.
    file
        The files' name without ending; without it, the name.
    """
    with st.container(key=f"files-{name}", horizontal=True):
        for key, (make, ending, kind) in KINDS.items():
            st.download_button(
                view.t(key),
                data=partial(make, rows),
                file_name=f"{file or name}{ending}",
                mime=kind,
                key=f"{key}-{name}",
                on_click="ignore",
            )
