"""The filters of the page on neighbourhoods: level, neighbourhood, kind of area, value ranges, and the colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import streamlit as st

from dashboard.views import area_figures, links
from dashboard.views.area_figures import Range
from dashboard.views.areas import home_areas
from dashboard.views.context import View
from dashboard.views.districts_selection import mark_changed

LEVELS = ("deso", "regso")
LEVEL_KEY = "niva"
KINDS = ("C", "B", "A")
MOST_RANGES = 3
FIRST_INDICATOR = "foreign_background_share"


@dataclass(frozen=True)
class Filter:
    """What the visitor has chosen."""

    level: str
    regsos: tuple[str, ...]
    kinds: tuple[str, ...]
    ranges: tuple[Range, ...]
    indicator: str
    passing: frozenset[str]

    @property
    def open(self) -> bool:
        """Whether nothing is filtered out."""
        return not (self.regsos or self.kinds or self.ranges)


def levels(view: View) -> list[str]:
    """Give the levels that the data have figures for."""
    return [level for level in LEVELS if area_figures.choices(view, level)]


def current_level(view: View) -> str | None:
    """Give the level that is chosen or stands in the address; None when the data have figures for no level."""
    there = levels(view)
    if not there:
        return None
    links.restore_one(LEVEL_KEY, there, there[0])
    return str(st.session_state[LEVEL_KEY])


def choose_level(view: View) -> str:
    """Lay out the choice of level; what is compared below depends on it, so the whole page follows."""
    there = levels(view)
    chosen = st.segmented_control(
        view.t("districts.level"),
        there,
        format_func=lambda one: view.t(f"level.{one}"),
        required=True,
        key=LEVEL_KEY,
        on_change=mark_changed,
    )
    links.remember(LEVEL_KEY, str(chosen), there[0])
    return str(chosen)


def choose_filter(view: View, level: str) -> Filter:
    """Lay out the filters in one row and give what is chosen."""
    t = view.t
    names = area_figures.choices(view, level)

    def name_of(indicator: str) -> str:
        return view.catalogue.indicator(indicator).short_name.in_(view.language)

    columns = st.columns([3, 4, 4], gap="medium")
    with columns[0]:
        links.restore_one("farg", names, _first(names))
        indicator = st.selectbox(t("districts.colour"), names, format_func=name_of, key="farg")
        links.remember("farg", str(indicator), _first(names))
    with columns[1]:
        regsos = _choose_regsos(view)
    with columns[2]:
        links.restore_many("granser", names, MOST_RANGES)
        filtered_by = st.multiselect(
            t("districts.ranges"),
            names,
            format_func=name_of,
            select_all=False,
            on_change=lambda: _keep_first("granser", MOST_RANGES),
            placeholder=t("districts.ranges_none"),
            key="granser",
        )
        links.remember("granser", filtered_by)
    ranges = _choose_ranges(view, level, filtered_by)
    kinds = _choose_kinds(view) if level == "deso" else ()
    passing = area_figures.passing(view, level, regsos, kinds, ranges)
    return Filter(level, regsos, kinds, ranges, str(indicator), passing)


def _keep_first(key: str, most: int) -> None:
    """Let only the first choices stand (a callback); the widget's own limit would complain in English."""
    st.session_state[key] = st.session_state[key][:most]


def _choose_ranges(view: View, level: str, indicators: list[str]) -> tuple[Range, ...]:
    if not indicators:
        return ()
    found = []
    for column, name in zip(st.columns(MOST_RANGES, gap="medium"), indicators, strict=False):
        with column:
            found.append(_choose_range(view, level, name))
    return tuple(one for one in found if one is not None)


def _first(names: list[str]) -> str:
    return FIRST_INDICATOR if FIRST_INDICATOR in names else names[0]


def _choose_regsos(view: View) -> tuple[str, ...]:
    members = home_areas(view.warehouse, view.home.code, "regso")
    # The plain code stands in the address; the division is always the present one.
    regsos = {area.code: area for area in members if area.name}
    if not regsos:
        return ()
    links.restore_many("stadsdel", list(regsos))
    chosen = st.multiselect(
        view.t("districts.regso"),
        list(regsos),
        format_func=lambda code: regsos[code].name,
        select_all=False,
        placeholder=view.t("districts.regso_all"),
        key="stadsdel",
    )
    links.remember("stadsdel", chosen)
    return tuple(regsos[code].area_code for code in chosen)


def _choose_kinds(view: View) -> tuple[str, ...]:
    links.restore_many("typ", KINDS)
    chosen = st.pills(
        view.t("districts.kind"),
        list(KINDS),
        selection_mode="multi",
        format_func=lambda kind: view.t(f"kind.{kind}"),
        key="typ",
    )
    links.remember("typ", chosen)
    return tuple(chosen)


def _choose_range(view: View, level: str, indicator: str) -> Range | None:
    """Let the visitor narrow the values of an indicator; the whole span filters out only what is not known."""
    entry = view.catalogue.indicator(indicator)
    low, high = area_figures.limits(view, level, indicator)
    step = 10.0**-entry.decimals
    floor, ceiling = math.floor(low / step) * step, math.ceil(high / step) * step
    if floor >= ceiling:
        return None
    unit = "%" if entry.unit == "percent" else "" if entry.unit_label is None else entry.unit_label.in_(view.language)
    key = f"{indicator}-{level}"
    links.restore_range(key, float(floor), float(ceiling))
    label = entry.name.in_(view.language)
    chosen = st.slider(
        f"{label} ({unit})" if unit else label,
        min_value=float(floor),
        max_value=float(ceiling),
        step=step,
        format=f"%.{entry.decimals}f",
        key=key,
    )
    # The state holds two limits, so the slider has two handles; its declared type is that of any slider.
    low, high = cast(tuple[float, float], chosen)
    links.remember(key, links.range_text(low, high), links.range_text(floor, ceiling))
    # Half a step of air, because values have more decimals than the slider shows.
    return Range(indicator, low - step / 2, high + step / 2)
