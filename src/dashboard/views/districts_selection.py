"""Which areas are chosen for comparison: by the list, by a click on the map or by a row of the table."""

from __future__ import annotations

import streamlit as st

from dashboard.views import links, maps
from dashboard.views.area_table import clicked_area
from dashboard.views.areas import Area, home_areas
from dashboard.views.context import View

# Each level keeps its own choice, so that nothing is lost by looking at the other one.
KEYS = {"deso": "omraden", "regso": "stadsdelar"}
MOST = 4
# Set by a click; the page runs once more as a whole, because the comparison lies outside the part that was clicked.
_CHANGED = "areas-changed"
_REFUSED = "areas-refused"
# The map keeps what was clicked last; it is made anew after every click.
_MAP_VERSION = "areas-map-version"


def _members(view: View, level: str) -> dict[str, Area]:
    return {area.code: area for area in home_areas(view.warehouse, view.home.code, level)}


def chosen(view: View, level: str) -> list[Area]:
    """Give the chosen areas of a level, in the order in which they were chosen."""
    members = _members(view, level)
    return [members[code] for code in st.session_state.get(KEYS[level], []) if code in members]


def restore(view: View, level: str) -> None:
    """Take the chosen areas from the address, before the map and the table that mark them are drawn."""
    links.restore_many(KEYS[level], list(_members(view, level)), MOST)


def choose(view: View, level: str) -> list[Area]:
    """Lay out the list of chosen areas."""
    members, key = _members(view, level), KEYS[level]
    st.multiselect(
        view.t("districts.compare"),
        list(members),
        format_func=lambda code: members[code].label,
        # The widget's own limit would complain in English.
        on_change=lambda: _set(level, st.session_state[key]),
        select_all=False,
        placeholder=view.t("districts.compare_none"),
        key=key,
    )
    links.remember(key, st.session_state[key])
    return chosen(view, level)


def mark_changed() -> None:
    """Ask for a run of the whole page (a callback)."""
    st.session_state[_CHANGED] = True


def rerun_if_changed() -> None:
    """Run the whole page once more after a click inside a part of it."""
    if st.session_state.pop(_CHANGED, False):
        st.rerun(scope="app")


def tell_if_refused(view: View) -> None:
    """Say why an area was not taken, once."""
    if st.session_state.pop(_REFUSED, False):
        st.toast(view.t("districts.too_many"))


def map_key(level: str) -> str:
    """Give the key of the map: another one after every click, or a second click on the same area would say nothing."""
    return f"areas-map-{level}-{st.session_state.get(_MAP_VERSION, 0)}"


def take_from_map(key: str, level: str) -> None:
    """Choose or let go the area that was clicked on the map (a callback)."""
    code = maps.selected_code(st.session_state.get(key))
    if code is not None:
        _toggle(level, code.partition("_")[0])
        st.session_state[_MAP_VERSION] = st.session_state.get(_MAP_VERSION, 0) + 1


def take_from_table(key: str, level: str) -> None:
    """Choose or let go the area that was clicked in the table (a callback)."""
    code = clicked_area(key)
    if code is not None:
        _toggle(level, code)


def _toggle(level: str, code: str) -> None:
    now = list(st.session_state.get(KEYS[level], []))
    _set(level, [one for one in now if one != code] if code in now else [*now, code])


def _set(level: str, codes: list[str]) -> None:
    """Keep a choice; an area too many is refused, because one that vanishes by itself would not be noticed."""
    st.session_state[KEYS[level]] = codes[:MOST]
    st.session_state[_REFUSED] = len(codes) > MOST
    mark_changed()
