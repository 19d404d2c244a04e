"""What a reader must know of the walk network before reading any distance."""

from __future__ import annotations

import streamlit as st

from dashboard.reach.city import City
from dashboard.views import html
from dashboard.views.context import View


def show_notice(view: View, city: City) -> None:
    """Say that distances are estimates, as long as the network is a schematic one."""
    if city.is_schematic:
        st.html(html.notice(view.t("places.schematic"), view.t("places.schematic_why")))


def network_notes(view: View, city: City) -> list[str]:
    """Give the sentences on the network that belong into the account of every figure that rests on it.

    The first one, while the network is schematic, is the one that stands on screens and in exports.
    """
    t, fmt = view.t, view.fmt
    notes = [t("places.note_people"), t("places.note_speed")]
    if city.is_schematic:
        return [t("places.note_schematic", factor=fmt.number(city.factor, 2)), *notes]
    return [t("places.note_measured", date=city.made), *notes]


def network_credit(view: View, city: City) -> str:
    """Give the source line of distances."""
    return view.t("places.credit_schematic" if city.is_schematic else "places.credit_measured")


def show_no_network(view: View) -> None:
    """Say why there is nothing on places in a municipality without a walk network, and what would fill it."""
    t = view.t
    st.html(html.headline(t("places.none_headline", municipality=view.home.name)))
    st.html(html.empty_state(t("places.none"), t("places.none_why"), t("places.none_fill")))
