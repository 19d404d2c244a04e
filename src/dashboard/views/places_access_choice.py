"""What the visitor has chosen to see of everyone's access: a service, a level of areas, a group, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.reach.city import City
from dashboard.views import links
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.places_access_measures import GROUPS, services
from dashboard.views.words import upper_first

LEVELS = ("regso", "deso")
#: Where people are compared: everywhere, or in the central locality alone.
SCOPES = ("centre", "municipality")
CENTRAL_KIND = "C"

SERVICE_KEY = "service"
LEVEL_KEY = "niva"
GROUP_KEY = "grupp"
SCOPE_KEY = "var"


def choose_service(view: View, city: City) -> str:
    """Let the visitor choose a service that the city has."""
    return _choose(
        SERVICE_KEY,
        services(city),
        st.pills,
        view.t("access.service"),
        lambda kind: upper_first(view.t(f"place_kind.{kind}")),
    )


def choose_level(view: View) -> str:
    """Let the visitor choose between small areas and neighbourhoods."""
    return _choose(
        LEVEL_KEY, LEVELS, st.segmented_control, view.t("access.level"), lambda level: view.t(f"level.{level}")
    )


def choose_group(view: View, city: City) -> str:
    """Let the visitor choose which group is compared with the rest."""
    known = [group for group, (grouping, _) in GROUPS.items() if grouping in city.people.groupings]
    return _choose(
        GROUP_KEY,
        known,
        st.pills,
        view.t("access.group"),
        lambda group: view.catalogue.splits[group].name.in_(view.language),
    )


def choose_scope(view: View) -> str:
    """Let the visitor choose whether all are compared, or only those in the central locality."""
    # Without a central locality there is nothing to tell apart.
    scopes = SCOPES if areas_of_scope(view, "centre") else SCOPES[1:]
    return _choose(
        SCOPE_KEY, scopes, st.segmented_control, view.t("access.where"), lambda scope: view.t(f"map.extent_{scope}")
    )


def areas_of_scope(view: View, scope: str) -> frozenset[str] | None:
    """Give the codes of the small areas that a scope takes in; None when it takes in all."""
    if scope == "municipality":
        return None
    areas = home_areas(view.warehouse, view.home.code, "deso")
    return frozenset(area.area_code for area in areas if area.kind == CENTRAL_KIND)


def _choose(
    key: str,
    options: Sequence[str],
    widget: Callable[..., str | None],
    label: str,
    format_func: Callable[[str], str],
) -> str:
    links.restore_one(key, options, options[0])
    chosen = widget(label, options, format_func=format_func, required=True, key=key)
    links.remember(key, str(chosen), options[0])
    return str(chosen)
