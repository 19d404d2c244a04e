"""The files that the rows of a figure can be taken home as."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard.exports import table_files, workbook_file
from dashboard.views.context import View

# Text key → how the file is made, what its name ends with, its type.
KINDS = {
    "figure.excel": (table_files.csv_for_excel, "-excel.csv", "text/csv"),
    "figure.csv": (table_files.csv_plain, ".csv", "text/csv"),
    "figure.parquet": (table_files.parquet, ".parquet", "application/vnd.apache.parquet"),
}


def offer_downloads(
    view: View,
    rows: Sequence[Mapping[str, object]],
    name: str,
    file: str = "",
    workbook: Callable[[], bytes] | None = None,
) -> None:
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
    workbook
        Makes the same as a workbook, where there is one; it stands first.
    """
    with st.container(key=f"files-{name}", horizontal=True):
        if workbook is not None:
            st.download_button(
                view.t("workbook.button"),
                data=workbook,
                file_name=f"{file or name}.xlsx",
                mime=workbook_file.MEDIA_TYPE,
                key=f"workbook-{name}",
                on_click="ignore",
            )
        for key, (make, ending, kind) in KINDS.items():
            st.download_button(
                view.t(key),
                data=partial(make, rows),
                file_name=f"{file or name}{ending}",
                mime=kind,
                key=f"{key}-{name}",
                on_click="ignore",
            )
