"""Spots that a visitor compares: places that the city has chosen, and own ones by name and coordinate."""

from __future__ import annotations

import math
from dataclasses import dataclass

import streamlit as st

from dashboard.reach.city import City, Origin, Place, TooFarError, origin_at, origin_of
from dashboard.reach.coordinates import CoordinateError, parse_position, to_degrees, to_metres
from dashboard.views import html, links
from dashboard.views.context import View
from dashboard.views.network_map import clicked
from dashboard.views.what_if_words import near
from dashboard.views.words import sentence, told_apart

MOST_SPOTS = 4
MOST_OWN = 4
#: Metres from the network beyond which a spot lies in another place altogether.
OUTSIDE = 20_000.0
LONGEST_NAME = 40
#: Parts of an own spot in the address: latitude, longitude, name.
SEPARATOR = "~"
CHOSEN, OWN = "plats", "egen"
#: Key of the place that the part on use is about.
USE_OF = "anvandning"
_REFUSED = "places-refused"
#: What the ids of marks of services on a map begin with.
SERVICE_MARK = "s-"


@dataclass(frozen=True, eq=False)
class Spot:
    """A spot that walks start from; ``place`` is the city's own place there, if it is one."""

    id: str
    name: str
    origin: Origin
    place: Place | None = None

    @property
    def x(self) -> float:
        """Metres east, SWEREF 99 TM."""
        return self.origin.x

    @property
    def y(self) -> float:
        """Metres north, SWEREF 99 TM."""
        return self.origin.y


def choose_spots(view: View, city: City, usual: int = 2) -> list[Spot]:
    """Let the visitor choose up to four spots; the link remembers them.

    Parameters
    ----------
    view, city
        The view of this run and the city on foot.
    usual
        How many of the city's places are chosen when nobody has chosen.

    Returns
    -------
    The spots in the order in which they were chosen, without those that lie too far from the network.
    """
    own = links.restore_free(OWN, _fits, MOST_OWN)
    places = {place.id: place.name for place in city.study_places}
    names = told_apart(places | {entry: _name(view, entry) for entry in own})
    default = list(names)[:usual]
    links.restore_many(CHOSEN, list(names), MOST_SPOTS, default)
    chosen = st.multiselect(
        view.t("places.choose"),
        list(names),
        format_func=lambda one: names.get(one, one),
        # The widget's own limit would complain in English.
        on_change=_keep_to_most,
        args=(view,),
        select_all=False,
        key=CHOSEN,
        placeholder=view.t("places.choose_none"),
    )
    # An empty value says that nothing is chosen; without the choice the address stands for the usual places.
    links.remember(CHOSEN, chosen or ([""] if default else []), default)
    links.remember(OWN, own)
    _offer_own(view, city)
    spots = {one: spot_of(view, city, one) for one in chosen}
    for one in (one for one, spot in spots.items() if spot is None):
        st.warning(sentence(view.t("places.too_far_named", place=names[one]), _why_not(view, city, one)))
    return [spot for spot in spots.values() if spot is not None]


def _keep_to_most(view: View) -> None:
    """Take away what was chosen beyond the most, and say so (in the list's callback)."""
    if len(st.session_state[CHOSEN]) > MOST_SPOTS:
        st.session_state[CHOSEN] = st.session_state[CHOSEN][:MOST_SPOTS]
        st.session_state[_REFUSED] = _full(view)


def _full(view: View) -> str:
    return view.t("places.refused_full", n=view.fmt.number(MOST_SPOTS))


def _why_not(view: View, city: City, spot_id: str) -> str:
    place = city.place(spot_id)
    try:
        if place is not None:
            origin_of(city, place)
        else:
            origin_at(city, *to_metres(*_position(spot_id)))
    except TooFarError as error:
        return _too_far(view, error)
    return ""


def _too_far(view: View, error: TooFarError) -> str:
    if error.metres > OUTSIDE:
        return view.t("places.outside", municipality=view.home.name)
    # Upwards, or 250.3 m would read as a distance that is within the limit.
    metres = view.fmt.number(math.ceil(error.metres) if math.isfinite(error.metres) else None)
    return view.t("places.too_far", metres=metres, limit=view.fmt.number(error.limit))


def spot_of(view: View, city: City, spot_id: str) -> Spot | None:
    """Give a spot by what stands in the address; None when it is not known or lies too far from the network."""
    place = city.place(spot_id)
    try:
        if place is not None:
            return Spot(spot_id, place.name, origin_of(city, place), place)
        x, y = to_metres(*_position(spot_id))
        name = _name(view, spot_id)
        return Spot(spot_id, name, origin_at(city, x, y, name))
    except (TooFarError, CoordinateError, ValueError):
        return None


def own_spot(lat: float, lon: float, name: str) -> str:
    """Give an own spot as it stands in the address."""
    plain = name.replace(SEPARATOR, " ").strip()[:LONGEST_NAME]
    return SEPARATOR.join((f"{lat:.5f}", f"{lon:.5f}", plain))


def _position(entry: str) -> tuple[float, float]:
    lat, lon, _ = entry.split(SEPARATOR, 2)
    return float(lat), float(lon)


def _name(view: View, entry: str) -> str:
    lat, lon, name = entry.split(SEPARATOR, 2)
    return name or view.t("places.own_unnamed", lat=lat, lon=lon)


def _fits(entry: str) -> bool:
    try:
        to_metres(*_position(entry))
    except ValueError:
        return False
    return len(entry) <= LONGEST_NAME + 40


def _offer_own(view: View, city: City) -> None:
    """Lay out the form for an own place; what could not be used is told in words and stays in its field."""
    t = view.t
    with st.expander(t("places.own")), st.form("places-own-form", border=False):
        left, right = st.columns(2)
        name = left.text_input(t("places.own_name"), key="places-own-name", max_chars=LONGEST_NAME)
        text = right.text_input(t("places.own_position"), key="places-own-position", placeholder="58.2707, 12.3080")
        st.html(html.note(t("places.own_help")))
        if st.form_submit_button(t("places.own_add")):
            try:
                lat, lon = parse_position(text)
            except CoordinateError as error:
                st.warning(t(f"places.refused_{error.reason}"))
            else:
                st.session_state[_REFUSED] = _added(view, city, lat, lon, name)
                st.rerun()
    if refused := st.session_state.pop(_REFUSED, ""):
        st.warning(refused)


def _added(view: View, city: City, lat: float, lon: float, name: str) -> str:
    """Choose an own spot beside what is chosen; gives why it could not be, in words, or nothing."""
    try:
        origin_at(city, *to_metres(lat, lon))
    except TooFarError as error:
        return _too_far(view, error)
    own, chosen = list(st.session_state.get(OWN) or []), list(st.session_state.get(CHOSEN) or [])
    if len(chosen) >= MOST_SPOTS:
        return _full(view)
    entry = own_spot(lat, lon, name or view.t("places.own_near", place=near(view, city, *to_metres(lat, lon))))
    st.session_state[OWN] = [*(one for one in own if one != entry), entry][-MOST_OWN:]
    # The list is drawn before this runs: it takes what is chosen from the address the next time. Both are written in
    # one step, so that the back button takes back both.
    st.query_params.update({OWN: st.session_state[OWN], CHOSEN: [*(one for one in chosen if one != entry), entry]})
    return ""


def take_from_map(view: View, city: City, key: str) -> None:
    """Take the spot that was clicked on a map among those that are compared (in the map's callback)."""
    click = clicked(key)
    if click is None:
        return
    # Marks of services have an id of their own, since a place may be both: what was hit is the place.
    place = city.place(click.point.removeprefix(SERVICE_MARK)) if click.point else None
    chosen = list(st.session_state.get(CHOSEN) or [])
    if place is not None and place.study:
        if place.id not in chosen and len(chosen) >= MOST_SPOTS:
            st.session_state[_REFUSED] = _full(view)
        elif place.id not in chosen:
            st.query_params[CHOSEN] = [*chosen, place.id]
        return
    lat, lon = to_degrees(click.x, click.y)
    st.session_state[_REFUSED] = _added(view, city, lat, lon, "" if place is None else place.name)
