"""Building a scenario: links, crossings, places and services, typed or clicked on the map."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.reach.city import City
from dashboard.reach.coordinates import CoordinateError, parse_position, to_degrees, to_metres
from dashboard.reach.scenario import (
    LINK_KINDS,
    AddLink,
    AddService,
    Change,
    CloseCrossing,
    CloseWay,
    MovePlace,
    OpenCrossing,
    ScenarioError,
    changed_city,
)
from dashboard.sources.place_kinds import SERVICES
from dashboard.views import html, links
from dashboard.views.context import View
from dashboard.views.network_map import clicked
from dashboard.views.places_access_measures import withheld
from dashboard.views.places_map import crossing_label, service_label
from dashboard.views.what_if_codes import MOST_CHANGES, changes_of, code_of, fits
from dashboard.views.what_if_words import change_text, error_text
from dashboard.views.words import told_apart

CHANGES = "andring"
KIND = "prova"
KINDS = ("link", "crossing", "way", "service", "move")
START, END = "what-if-start", "what-if-end"
_REFUSED = "what-if-refused"


def current_changes(city: City) -> tuple[str, ...]:
    """Give the changes of the scenario that is being built, from the link or as they were."""
    return tuple(links.restore_free(CHANGES, lambda code: fits(city, code), MOST_CHANGES))


def build_scenario(view: View, city: City) -> tuple[str, ...]:
    """Let the visitor add and take away changes; gives those there are now."""
    t = view.t
    codes = current_changes(city)
    st.html(html.section(t("what_if.build"), t("what_if.build_lead")))
    links.restore_one(KIND, KINDS, KINDS[0])
    kind = st.segmented_control(
        t("what_if.kind"),
        KINDS,
        format_func=lambda one: t(f"what_if.kind_{one}"),
        required=True,
        key=KIND,
        label_visibility="collapsed",
        wrap=True,
    )
    links.remember(KIND, str(kind), KINDS[0])
    _FORMS[str(kind)](view, city)
    if refused := st.session_state.pop(_REFUSED, ""):
        st.warning(refused)
    _list_changes(view, city, codes)
    links.remember(CHANGES, list(st.session_state[CHANGES]))
    return tuple(st.session_state[CHANGES])


def _link_form(view: View, city: City) -> None:
    t = view.t
    kind = st.selectbox(
        t("what_if.link_kind"), LINK_KINDS, format_func=lambda one: t(f"what_if.link_{one}"), key="what-if-link"
    )
    left, right = st.columns(2)
    left.text_input(t("what_if.start"), key=START, placeholder="58.2707, 12.3080")
    right.text_input(t("what_if.end"), key=END, placeholder="58.2707, 12.3080")
    st.html(html.note(t("what_if.click_two")))
    st.button(t("what_if.add_link"), key="what-if-add-link", on_click=_add_link, args=(view, city, str(kind)))


def _crossing_form(view: View, city: City) -> None:
    t = view.t
    if not city.crossings:
        st.html(html.note(t("what_if.no_crossings")))
        return
    by_id = {one.id: one for one in city.crossings}
    labels = told_apart({one.id: crossing_label(view, one) for one in city.crossings})
    chosen = st.selectbox(
        t("what_if.crossing"),
        list(by_id),
        format_func=labels.__getitem__,
        key="what-if-crossing",
    )
    crossing = by_id[str(chosen)]
    change: Change = CloseCrossing(crossing.id) if crossing.is_open else OpenCrossing(crossing.id)
    if code_of(change) in current_changes(city):
        st.html(html.note(t("what_if.there_already", change=change_text(view, city, change))))
        return
    label = t("what_if.close" if crossing.is_open else "what_if.open")
    st.button(label, key="what-if-add-crossing", on_click=_add, args=(view, city, change))


def _way_form(view: View, city: City) -> None:
    t = view.t
    st.text_input(t("what_if.way"), key=START, placeholder="58.2707, 12.3080")
    st.html(html.note(t("what_if.click_way")))
    st.button(t("what_if.close_way"), key="what-if-add-way", on_click=_add_at, args=(view, city, CloseWay))


def _service_form(view: View, city: City) -> None:
    t = view.t
    # What the network is made of cannot be measured on it.
    kinds = [kind for kind in SERVICES if kind not in withheld(city)]
    kind = st.selectbox(
        t("what_if.service"), kinds, format_func=lambda one: t(f"place_kind.{one}"), key="what-if-service"
    )
    st.text_input(t("what_if.position"), key=START, placeholder="58.2707, 12.3080")
    st.html(html.note(t("what_if.click_one")))

    def change(x: float, y: float) -> Change:
        return AddService(str(kind), x, y)

    st.button(t("what_if.add_service"), key="what-if-add-service", on_click=_add_at, args=(view, city, change))


def _move_form(view: View, city: City) -> None:
    t = view.t
    # By kind and name: a square, its stop and its shop may all be called the same.
    # Places for analysis that are nodes by an entry of their own (a library, a station) are moved by that entry.
    places = [place for place in city.places if not (place.study and place.kind == "other")]
    names = told_apart({place.id: service_label(view, place.kind, place.name) for place in places})
    # A service can be moved sooner than a square.
    first = next((n for n, place in enumerate(places) if place.kind in SERVICES), 0)
    chosen = st.selectbox(
        t("what_if.place"), list(names), index=first, format_func=names.__getitem__, key="what-if-place"
    )
    st.text_input(t("what_if.position_new"), key=START, placeholder="58.2707, 12.3080")
    st.html(html.note(t("what_if.click_one")))

    def change(x: float, y: float) -> Change:
        return MovePlace(str(chosen), x, y)

    st.button(t("what_if.move"), key="what-if-add-move", on_click=_add_at, args=(view, city, change))


_FORMS: dict[str, Callable[[View, City], None]] = {
    "link": _link_form,
    "crossing": _crossing_form,
    "way": _way_form,
    "service": _service_form,
    "move": _move_form,
}


def _list_changes(view: View, city: City, codes: tuple[str, ...]) -> None:
    t = view.t
    if not codes:
        return
    st.html(html.subsection(t("what_if.changes")))
    for number, (code, change) in enumerate(zip(codes, changes_of(codes), strict=True)):
        said = change_text(view, city, change)
        left, right = st.columns([5, 2], vertical_alignment="center")
        left.html(html.paragraph(said))
        right.button(
            t("what_if.remove"),
            key=f"what-if-remove-{number}",
            help=t("what_if.remove_help", change=said),
            on_click=_remove,
            args=(code,),
        )


def _remove(code: str) -> None:
    _set([one for one in st.session_state.get(CHANGES) or [] if one != code])


def _set(codes: list[str]) -> None:
    st.session_state[CHANGES] = codes
    links.remember(CHANGES, codes)


def _add(view: View, city: City, change: Change) -> None:
    """Add a change when the whole scenario can be made with it; else say why not, and keep what was typed."""
    now = list(st.session_state.get(CHANGES) or [])
    code = code_of(change)
    if code in now:
        return
    if len(now) >= MOST_CHANGES:
        st.session_state[_REFUSED] = view.t("what_if.full", n=view.fmt.number(MOST_CHANGES))
        return
    try:
        changed_city(city, changes_of([*now, code]))
    except ScenarioError as error:
        st.session_state[_REFUSED] = error_text(view, city, error)
        return
    _set([*now, code])
    st.session_state[START] = st.session_state[END] = ""


def _typed(view: View, key: str) -> tuple[float, float] | None:
    try:
        return to_metres(*parse_position(str(st.session_state.get(key) or "")))
    except CoordinateError as error:
        st.session_state[_REFUSED] = view.t(f"places.refused_{error.reason}")
        return None


def _add_link(view: View, city: City, kind: str) -> None:
    start, end = _typed(view, START), _typed(view, END)
    if start is not None and end is not None:
        _add(view, city, AddLink(kind, *start, *end))


def _add_at(view: View, city: City, change: Callable[[float, float], Change]) -> None:
    spot = _typed(view, START)
    if spot is not None:
        _add(view, city, change(*spot))


def take_click(city: City, key: str) -> None:
    """Put the spot that was clicked on the map into the field that waits for one (in the map's callback)."""
    click = clicked(key)
    if click is None:
        return
    place = city.place(click.point or "")
    x, y = (click.x, click.y) if place is None else (place.x, place.y)
    text = "{:.5f}, {:.5f}".format(*to_degrees(x, y))
    start, end = st.session_state.get(START) or "", st.session_state.get(END) or ""
    if st.session_state.get(KIND) == "link" and start and not end:
        st.session_state[END] = text
    else:
        st.session_state[START], st.session_state[END] = text, ""


def drafted(key: str) -> tuple[float, float] | None:
    """Give the spot that stands in a field, metres; None when none can be read there."""
    try:
        return to_metres(*parse_position(str(st.session_state.get(key) or "")))
    except CoordinateError:
        return None
