"""The files that the rows of a figure can be taken home as."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.exports import table_files, workbook_file
from dashboard.views.context import View
from dashboard.views.provenance import provenance

# Text key → how the file is made, what its name ends with, its type.
KINDS = {
    "figure.excel": (table_files.csv_for_excel, "-excel.csv", "text/csv"),
    "figure.csv": (table_files.csv_plain, ".csv", "text/csv"),
    "figure.json": (table_files.json_text, ".json", "application/json"),
    "figure.parquet": (table_files.parquet, ".parquet", "application/vnd.apache.parquet"),
}


@dataclass(frozen=True)
class FurtherFile:
    """A file that some figures alone can be taken home as: key of its text, ending, type, and what makes it."""

    text: str
    ending: str
    kind: str
    make: Callable[[], bytes]


def offer_downloads(
    view: View,
    rows: Sequence[Mapping[str, object]],
    name: str,
    file: str = "",
    workbook: Callable[[], bytes] | None = None,
    *,
    credit: str = "",
    further: Sequence[FurtherFile] = (),
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
    credit
        How the sources of the rows are to be named, with the years.
    further
        Further files; they stand last.
    """
    # Read now: when a file is asked for, nobody's address is at hand.
    about = provenance(view, credit, view.link())
    offered = [
        FurtherFile(key, ending, kind, partial(make, rows, about)) for key, (make, ending, kind) in KINDS.items()
    ]
    if workbook is not None:
        offered.insert(0, FurtherFile("workbook.button", ".xlsx", workbook_file.MEDIA_TYPE, workbook))
    with st.container(key=f"files-{name}", horizontal=True):
        for one in [*offered, *further]:
            st.download_button(
                view.t(one.text),
                data=one.make,
                file_name=f"{file or name}{one.ending}",
                mime=one.kind,
                key=f"{one.text}-{name}",
                on_click="ignore",
            )
