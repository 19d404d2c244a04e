"""Which areas are chosen for comparison: by the list, by a click on the map or by a row of the table."""

from __future__ import annotations

import streamlit as st

from dashboard.views import links, maps
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View

KEY = "omraden"
MOST = 4
# Set by a click; the page runs once more as a whole, because the comparison lies outside the part that was clicked.
_CHANGED = "areas-changed"
# The table keeps its own marks; it is made anew when areas were chosen elsewhere.
_TABLE_VERSION = "areas-table-version"


def chosen(view: View, level: str) -> list[Area]:
    """Give the chosen areas that belong to a level, in the order in which they were chosen."""
    members = {area.code: area for area in home_areas(view.warehouse, view.home.code, level)}
    return [members[code] for code in st.session_state.get(KEY, []) if code in members]


def restore(view: View, level: str) -> None:
    """Take the chosen areas from the address, before the map and the table that mark them are drawn."""
    links.restore_many(KEY, [area.code for area in home_areas(view.warehouse, view.home.code, level)], MOST)


def choose(view: View, level: str) -> list[Area]:
    """Lay out the list of chosen areas."""
    members = {area.code: area for area in home_areas(view.warehouse, view.home.code, level)}
    st.multiselect(
        view.t("districts.compare"),
        list(members),
        format_func=lambda code: members[code].label,
        max_selections=MOST,
        placeholder=view.t("districts.compare_none"),
        key=KEY,
        on_change=_made_elsewhere,
    )
    links.remember(KEY, st.session_state[KEY])
    return chosen(view, level)


def rerun_if_changed() -> None:
    """Run the whole page once more after a click inside a part of it."""
    if st.session_state.pop(_CHANGED, False):
        st.rerun(scope="app")


def table_key(codes: list[str]) -> str:
    """Give the key of the table: another one whenever its rows or the marks made elsewhere change."""
    return f"areas-{st.session_state.get(_TABLE_VERSION, 0)}-{hash(tuple(codes))}"


def take_from_map(key: str, level_suffix: str) -> None:
    """Choose or let go the area that was clicked on the map (a callback)."""
    code = maps.selected_code(st.session_state.get(key))
    if code is not None:
        _toggle(code.removesuffix(level_suffix))
        _made_elsewhere()


def take_from_table(key: str, codes: list[str]) -> None:
    """Choose exactly the rows that are marked in the table, besides chosen areas that it does not show (a callback)."""
    rows = st.session_state[key]["selection"]["rows"]
    marked = [codes[row] for row in rows if row < len(codes)]
    kept = [code for code in st.session_state.get(KEY, []) if code in marked or code not in codes]
    _set([*kept, *(code for code in marked if code not in kept)])


def _toggle(code: str) -> None:
    now = list(st.session_state.get(KEY, []))
    _set([one for one in now if one != code] if code in now else [*now, code])


def _set(codes: list[str]) -> None:
    # A fifth area takes the place of the one that was chosen first.
    st.session_state[KEY] = codes[-MOST:]
    st.session_state[_CHANGED] = True
    if len(codes) > MOST:
        _made_elsewhere()


def _made_elsewhere() -> None:
    st.session_state[_TABLE_VERSION] = st.session_state.get(_TABLE_VERSION, 0) + 1
