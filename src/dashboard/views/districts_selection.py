"""Which areas are chosen for comparison: by the list, by a click on the map or by a row of the table."""

from __future__ import annotations

import streamlit as st

from dashboard.views import links, maps
from dashboard.views.area_table import clicked_area
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View

KEY = "omraden"
MOST = 4
# Set by a click; the page runs once more as a whole, because the comparison lies outside the part that was clicked.
_CHANGED = "areas-changed"
_LAST_ON_MAP = "areas-last-on-map"
# The map keeps what was clicked last; it is made anew after every click.
_MAP_VERSION = "areas-map-version"


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
    )
    links.remember(KEY, st.session_state[KEY])
    return chosen(view, level)


def rerun_if_changed() -> None:
    """Run the whole page once more after a click inside a part of it."""
    if st.session_state.pop(_CHANGED, False):
        st.rerun(scope="app")


def map_key(level: str) -> str:
    """Give the key of the map: another one after every click, or a second click on the same area would say nothing."""
    return f"areas-map-{level}-{st.session_state.get(_MAP_VERSION, 0)}"


def take_from_map(key: str, level_suffix: str) -> None:
    """Choose or let go the area that was clicked on the map (a callback)."""
    clicked = maps.selected_code(st.session_state.get(key))
    if clicked is not None:
        st.session_state[_LAST_ON_MAP] = clicked.removesuffix(level_suffix)
        _toggle(st.session_state[_LAST_ON_MAP])
        return
    # A second click on the same area empties the map's own selection: the area is let go.
    last = str(st.session_state.get(_LAST_ON_MAP, ""))
    if last in st.session_state.get(KEY, []):
        _toggle(last)
        st.session_state[_MAP_VERSION] = st.session_state.get(_MAP_VERSION, 0) + 1


def take_from_table(key: str) -> None:
    """Choose or let go the area that was clicked in the table (a callback)."""
    code = clicked_area(key)
    if code is not None:
        _toggle(code)


def _toggle(code: str) -> None:
    now = list(st.session_state.get(KEY, []))
    _set([one for one in now if one != code] if code in now else [*now, code])


def _set(codes: list[str]) -> None:
    # A fifth area takes the place of the one that was chosen first.
    st.session_state[KEY] = codes[-MOST:]
    st.session_state[_CHANGED] = True
