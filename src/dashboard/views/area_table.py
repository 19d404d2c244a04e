"""The table of areas that a visitor sorts and chooses from: a plain table, light to send and readable by everybody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

_SCRIPT = Path(__file__).with_suffix(".js")


@dataclass(frozen=True)
class AreaCell:
    """A cell: its text, the number that it is sorted by, and why there is none."""

    text: str
    number: float | None
    reason: str = ""


@dataclass(frozen=True)
class AreaRow:
    """A row: the area's code, its name and the name's place in the alphabet, and one cell a column."""

    code: str
    name: str
    place: int
    cells: Sequence[AreaCell]


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "area_table",
        html='<div class="stHtml hs-areas"></div>',
        js=_SCRIPT.read_text("utf-8"),
        isolate_styles=False,
    )


def show_area_table(
    columns: Sequence[str],
    rows: Sequence[AreaRow],
    chosen: Collection[str],
    *,
    caption: str,
    key: str,
    on_area: Callable[[], None],
) -> None:
    """Lay out the table.

    Parameters
    ----------
    columns
        Headings: of the areas' names first, then one for each cell of a row.
    rows
        The areas in the order in which they are shown first.
    chosen
        Codes of the areas that are marked.
    caption
        What the table shows, for those who do not see it.
    key
        The table's key.
    on_area
        What is done when an area is clicked; `clicked_area` then tells which.
    """
    _component()(
        key=key,
        on_area_change=on_area,
        # A list, not a mapping: in a mapping Streamlit looks for data frames, and loads pandas in order to know one.
        data=[caption, list(columns), [_line(row, row.code in chosen) for row in rows]],
    )


def _line(row: AreaRow, chosen: bool) -> dict[str, object]:
    return {
        "code": row.code,
        "texts": [row.name, *(cell.text for cell in row.cells)],
        "sorting": [row.place, *(cell.number for cell in row.cells)],
        "reasons": {place: cell.reason for place, cell in enumerate(row.cells, start=1) if cell.reason},
        "chosen": chosen,
    }


def clicked_area(key: str) -> str | None:
    """Give the code of the area that was clicked in the table with this key (in its callback)."""
    state = st.session_state.get(key)
    return None if state is None else state.get("area")
