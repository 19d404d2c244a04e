"""Where a contribution is about: chosen from a list, clicked on a map, typed, or the whole city."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.reach.coordinates import CoordinateError, parse_position, to_metres
from dashboard.views import circle_kept as kept
from dashboard.views import html
from dashboard.views.areas import home_areas
from dashboard.views.circle_way_in import DECIMALS, GIVE_ABOUT, position_code
from dashboard.views.circle_where import point_words
from dashboard.views.context import View
from dashboard.views.entry_choices import place_names
from dashboard.views.extents import Extent
from dashboard.views.network_map import MapPoint, NetworkMap, clicked, show_network_map
from dashboard.views.places_city import current_city
from dashboard.views.places_map import screen_file

#: Ways to say where; each has a text `circle.where_…`.
WAYS = ("place", "map", "area", "city")
MAP = "give-map"
_TAKEN = "give-about"


def show_where(view: View, *, faulty: bool = False) -> None:
    """Lay out the ways to say where, and the field of the one that is chosen.

    Parameters
    ----------
    view
        The view of this run.
    faulty
        Whether the spot that was sent has to be put right.
    """
    t = view.t
    ways = [way for way in WAYS if way != "map" or _extent(view, "centre") is not None]
    _take_from_address(view)
    kept.restore(kept.WHERE)
    if st.session_state[kept.WHERE] not in ways:
        st.session_state[kept.WHERE] = ways[0]
    chosen = st.segmented_control(
        t("circle.where"),
        ways,
        format_func=lambda way: t(f"circle.where_{way}"),
        required=True,
        key=kept.WHERE,
    )
    kept.keep(kept.WHERE)
    if chosen == "place":
        _choose(kept.PLACE, t("circle.place"), place_names(view), t("edit.choose"))
    elif chosen == "area":
        areas = home_areas(view.warehouse, view.home.code, "regso")
        _choose(kept.AREA, t("circle.area"), {one.code: one.label for one in areas}, t("edit.choose"))
    elif chosen == "map":
        _show_map(view, faulty=faulty)


def _take_from_address(view: View) -> None:
    """Fill in what the visitor came from, once: what they choose afterwards stays."""
    about = st.query_params.get(GIVE_ABOUT, "")
    if not about or st.session_state.get(_TAKEN) == about:
        return
    st.session_state[_TAKEN] = about
    if about in place_names(view):
        fields = {kept.WHERE: "place", kept.PLACE: about}
    elif _read_position(view, about, lambda _: None) is not None:
        fields = {kept.WHERE: "map", kept.POSITION: about}
    else:
        return
    for key, value in fields.items():
        kept.put(key, value)


def _choose(key: str, label: str, names: dict[str, str], nothing: str) -> None:
    options = {"": nothing, **names}
    kept.restore(key)
    if st.session_state[key] not in options:
        st.session_state[key] = ""
    st.selectbox(label, list(options), format_func=lambda code: options.get(code, code), key=key)
    kept.keep(key)


def _show_map(view: View, *, faulty: bool) -> None:
    t = view.t
    extent = _extent(view, "centre")
    if extent is None:
        return
    kept.restore(kept.POSITION)
    point = position(view)
    network_map = NetworkMap(
        extent=extent,
        summary=t("circle.map_summary", city=view.home.name),
        areas_url=screen_file(view, "regso"),
        network_url=screen_file(view, "network"),
        points=_points(view, point),
        height=420,
    )
    st.html(html.note(t("circle.map_help")))
    show_network_map(network_map, key=MAP, theme=view.theme, t=t, on_click=_take)
    # Folded, for most people point; open where there is something to put right in it.
    with st.expander(t("circle.map_other"), expanded=faulty):
        st.html(html.paragraph(t("circle.map_keys")))
        st.text_input(t("circle.position"), max_chars=60, key=kept.POSITION, placeholder="58.2707, 12.3080")
        kept.keep(kept.POSITION)
    if point is not None:
        said = t("circle.chosen_point", where=point_words(view, *point))
        st.html(f'<p class="hs-done" role="status">{html.escape(said)}</p>')


def _points(view: View, point: tuple[float, float] | None) -> list[MapPoint]:
    city = current_city(view)
    places = [] if city is None else city.study_places
    found = [MapPoint(one.id, "place", one.name, one.x, one.y, name=one.name) for one in places]
    if point is not None:
        found.append(MapPoint("chosen", "chosen", view.t("circle.your_point"), *to_metres(*point)))
    return found


def _take() -> None:
    """Take the spot that was clicked (in the map's callback)."""
    click = clicked(MAP)
    if click is None:
        return
    st.session_state[kept.POSITION] = position_code(click.x, click.y)


def position(view: View) -> tuple[float, float] | None:
    """Give the spot that is clicked or typed; None when nothing that lies in the municipality is."""
    return _read_position(view, kept.written(kept.POSITION), lambda _: None)


def position_fault(view: View) -> str:
    """Give the key of the sentence on what is wrong with the spot; empty when nothing is."""
    faults: list[str] = []
    _read_position(view, kept.written(kept.POSITION), faults.append)
    return faults[0] if faults else ""


def _read_position(view: View, text: str, refuse: Callable[[str], object]) -> tuple[float, float] | None:
    if not text.strip():
        refuse("circle.fault_no_point")
        return None
    try:
        lat, lon = parse_position(text)
        x, y = to_metres(lat, lon)
    except CoordinateError as error:
        refuse(f"places.refused_{error.reason}")
        return None
    extent = _extent(view, "municipality")
    if extent is not None and not (extent.xmin <= x <= extent.xmax and extent.ymin <= y <= extent.ymax):
        refuse("circle.fault_outside")
        return None
    return round(lat, DECIMALS), round(lon, DECIMALS)


def _extent(view: View, name: str) -> Extent | None:
    box = view.warehouse.meta.get(f"extent_{name}")
    return None if box is None else Extent(*(float(edge) for edge in box.split(",")))


def where_values(view: View) -> dict[str, object]:
    """Give the values of a contribution that say where."""
    way = kept.written(kept.WHERE)
    if way == "place":
        return {"place": kept.written(kept.PLACE) or None}
    if way == "area":
        return {"area": kept.written(kept.AREA) or None}
    point = position(view) if way == "map" else None
    return {} if point is None else {"latitude": point[0], "longitude": point[1]}
