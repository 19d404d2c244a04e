"""The home municipality's areas as the screen names and draws them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from dashboard.views import html, links, maps
from dashboard.views.classes import Scheme
from dashboard.views.context import View
from dashboard.views.pictures import show_chart, show_legend
from dashboard.warehouse.connection import Warehouse

# Pixels: about how wide a map is, and how wide an area must be for the sign of its class.
USUAL_WIDTH = 500
ROOM_FOR_A_SIGN = 30

SMALL_AREA_SEPARATOR = " · "
_MUNICIPALITY = re.compile(rf"{SMALL_AREA_SEPARATOR}\d{{4}}(?=[A-Z]\d)")


def short_name(text: str) -> str:
    """Give what a title calls its areas: without the municipality's number, which all codes begin with."""
    return _MUNICIPALITY.sub(SMALL_AREA_SEPARATOR, text)


@dataclass(frozen=True)
class Area:
    """An area of the home municipality."""

    area_code: str
    code: str
    name: str
    kind: str | None
    regso_code: str | None
    drawn: bool
    x: float | None
    y: float | None
    area_m2: float | None

    @property
    def label(self) -> str:
        """What people call the area: a RegSO by its name, a DeSO by its RegSO's name and its code."""
        if self.kind is None:
            return self.name
        return f"{self.name}{SMALL_AREA_SEPARATOR}{self.code}" if self.name else self.code


@dataclass(frozen=True)
class Painted:
    """What a map shows of one area."""

    text: str
    class_index: int | None
    dimmed: bool = False
    selected: bool = False


@lru_cache(maxsize=8)
def home_areas(warehouse: Warehouse, municipality: str, level: str) -> tuple[Area, ...]:
    """Give the areas of a level, by name in Swedish alphabetical order."""
    rows = warehouse.rows("areas", {"municipality": municipality, "level": level})
    return tuple(
        Area(
            area_code=str(row["area_code"]),
            code=str(row["code"]),
            name=str(row["name"] or ""),
            kind=None if row["kind"] is None else str(row["kind"]),
            regso_code=None if row["regso_code"] is None else str(row["regso_code"]),
            drawn=row["boundary"] != "none",
            x=row["x"] if isinstance(row["x"], float) else None,
            y=row["y"] if isinstance(row["y"], float) else None,
            area_m2=row["area_m2"] if isinstance(row["area_m2"], float) else None,
        )
        for row in rows
    )


@lru_cache(maxsize=4)
def _places(warehouse: Warehouse, municipality: str) -> tuple[maps.MapPlace, ...]:
    rows = warehouse.rows("named_places", {"municipality": municipality})
    return tuple(
        maps.MapPlace(str(row["name"]), float(str(row["x"])), float(str(row["y"])), str(row["side"])) for row in rows
    )


def extent_names(view: View) -> list[str]:
    """Give the names of the extents that a map can show; empty when there are no boundaries."""
    return [name for name in ("centre", "municipality") if f"extent_{name}" in view.warehouse.meta]


def map_spec(
    view: View,
    level: str,
    painted: Mapping[str, Painted],
    scheme: Scheme,
    *,
    extent: str,
    description: str,
    value_label: str,
    selectable: bool = False,
    height: int = 440,
) -> maps.Spec | None:
    """Give the map of a level, or None when the data hold no boundaries for it.

    Parameters
    ----------
    view
        The view of this run.
    level
        ``deso`` or ``regso``.
    painted
        Area code → what the map shows of it; areas that are not named are left out.
    scheme
        The classes.
    extent
        ``municipality`` or ``centre``.
    description
        The map in words.
    value_label
        Name of the value when pointing at an area.
    selectable
        Whether a click chooses an area.
    height
        Pixels.
    """
    file, box = view.warehouse.meta.get(f"map_{level}"), view.warehouse.meta.get(f"extent_{extent}")
    if file is None or box is None:
        return None
    extent_box = maps.Extent(*(float(edge) for edge in box.split(",")))
    metres = max((extent_box.ymax - extent_box.ymin) / height, (extent_box.xmax - extent_box.xmin) / USUAL_WIDTH)
    return maps.area_map(
        map_areas(view, level, painted, smallest=(metres * ROOM_FOR_A_SIGN) ** 2),
        scheme,
        geometry_url=f"app/static/maps/{file}",
        extent=extent_box,
        theme=view.theme,
        t=view.t,
        description=description,
        value_label=value_label,
        places=_places(view.warehouse, view.home.code),
        height=height,
        selectable=selectable,
    )


def map_areas(view: View, level: str, painted: Mapping[str, Painted], smallest: float = 0.0) -> list[maps.MapArea]:
    """Give the areas of a level as a map and its legend take them.

    Parameters
    ----------
    view, level, painted
        What is drawn.
    smallest
        Square metres below which an area has no sign of its class, because signs would run into each other.
    """
    return [
        maps.MapArea(
            area.area_code,
            area.label,
            painted[area.area_code].text,
            painted[area.area_code].class_index,
            dimmed=painted[area.area_code].dimmed,
            selected=painted[area.area_code].selected,
            x=area.x if (area.area_m2 or 0.0) >= smallest else None,
            y=area.y,
        )
        for area in home_areas(view.warehouse, view.home.code, level)
        if area.area_code in painted
    ]


def choose_extent(view: View, key: str) -> str:
    """Let the visitor choose between the whole municipality and its central locality."""
    names = extent_names(view)
    if len(names) < 2:
        return names[0] if names else "municipality"
    links.restore_one(key, names, names[0])
    chosen = st.segmented_control(
        view.t("map.extent"),
        names,
        format_func=lambda name: view.t(f"map.extent_{name}"),
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    links.remember(key, str(chosen), names[0])
    return str(chosen)


def show_painted(
    view: View,
    level: str,
    painted: Mapping[str, Painted],
    scheme: Scheme,
    *,
    key: str,
    extent_key: str,
    description: str,
    value_label: str,
    legend_label: str,
    height: int = 480,
) -> None:
    """Lay out the choice of an extent, the map of a level and its legend.

    Parameters
    ----------
    view, level, painted, scheme
        What is drawn.
    key, extent_key
        The key of the chart, and that of the extent, which stands in the link.
    description
        The map in words.
    value_label, legend_label
        Name of the value when pointing at an area, and what the legend is called.
    height
        Pixels.
    """
    spec = map_spec(
        view,
        level,
        painted,
        scheme,
        extent=choose_extent(view, extent_key),
        description=description,
        value_label=value_label,
        height=height,
    )
    legend = maps.legend_html(map_areas(view, level, painted), scheme, view.theme, view.t, label=legend_label)
    show_map(view, spec, legend, key=key, alt=description)


def show_map(
    view: View,
    spec: maps.Spec | None,
    legend: str,
    *,
    key: str,
    alt: str,
    on_select: Callable[[], None] | None = None,
) -> None:
    """Put a map and its legend on the page, or say why there is none.

    Parameters
    ----------
    view
        The view of this run.
    spec, legend
        The map and its legend.
    key
        The chart's key; with ``on_select`` the selection lies under it in the session's state.
    alt
        The map in words.
    on_select
        What is done when an area is clicked.
    """
    if spec is None:
        st.html(html.empty_state(view.t("map.none"), view.t("map.none_why"), view.t("map.none_fill")))
        return
    show_chart(spec, key=key, alt=alt, on_select=on_select, selection=maps.SELECTION)
    show_legend(legend)
