"""The filters of what residents said: place or neighbourhood, theme, focus area, what came of it; and the pages."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.register.contents import Contents
from dashboard.register.trace import Outcome, Trace
from dashboard.views import links
from dashboard.views.circle_way_in import SAID_ABOUT
from dashboard.views.circle_where import about
from dashboard.views.circle_words import outcome_words, theme_words
from dashboard.views.context import View
from dashboard.views.roadmap_filter import owner_code

#: Keys of their own: on other pages the same words stand for something else.
ABOUT, THEME, FOCUS_AREA, OUTCOME = SAID_ABOUT, "inspel_tema", "inspel_insatsomrade", "inspel_utfall"
PAGE = "sida"
PAGE_SIZE = 20


@dataclass(frozen=True)
class SaidFilter:
    """What the visitor has chosen; an empty choice lets everything through."""

    about: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    focus_areas: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


def passes(chosen: SaidFilter, trace: Trace, places: Container[str]) -> bool:
    """Tell whether a contribution passes every filter; `places` is what it is about."""
    said = trace.contribution
    return (
        _any(chosen.about, places)
        and _any(chosen.themes, [owner_code(said.theme)])
        and _any(chosen.focus_areas, [said.focus_area])
        and _any(chosen.outcomes, [trace.outcome.value])
    )


def _any(wanted: Sequence[str], there: Container[str | None]) -> bool:
    return not wanted or any(one in there for one in wanted)


def choose_filter(view: View, contents: Contents, traces: Sequence[Trace]) -> SaidFilter:
    """Lay out the filters in one row; what no contribution has is not offered."""
    t = view.t
    places: dict[str, str] = {}
    for one in traces:
        places |= about(view, one.contribution)
    themes = {
        owner_code(one.contribution.theme): theme_words(view, one.contribution.theme)
        for one in traces
        if one.contribution.theme
    }
    used = {one.contribution.focus_area for one in traces}
    areas = {one.id: one.said("name").in_(view.language) for one in contents.focus_areas if one.id in used}
    there = {one.outcome for one in traces}
    outcomes = {one.value: outcome_words(view, one) for one in Outcome if one in there}
    offered = (
        (ABOUT, t("circle.filter_about"), _by_name(places)),
        (THEME, t("circle.filter_theme"), _by_name(themes)),
        (FOCUS_AREA, t("circle.filter_focus_area"), areas),
        (OUTCOME, t("circle.filter_outcome"), outcomes),
    )
    found = []
    for column, (key, label, options) in zip(st.columns(4, gap="medium"), offered, strict=True):
        with column:
            found.append(_choose(view, key, label, options))
    return SaidFilter(*found)


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda one: one[1]))


def _choose(view: View, key: str, label: str, options: Mapping[str, str]) -> tuple[str, ...]:
    links.restore_many(key, list(options))
    chosen = st.multiselect(
        label,
        list(options),
        format_func=lambda one: options.get(one, one),
        select_all=False,
        placeholder=view.t("plan.filter_all"),
        key=key,
    )
    links.remember(key, chosen)
    return tuple(chosen)


def choose_page(view: View, number: int) -> int:
    """Let the visitor choose a page of a list; gives how many entries come before it."""
    names = [str(page + 1) for page in range(max(-(-number // PAGE_SIZE), 1))]
    links.restore_one(PAGE, names, names[0])
    if len(names) == 1:
        links.remember(PAGE, names[0], names[0])
        return 0

    def label(page: str) -> str:
        first = (int(page) - 1) * PAGE_SIZE + 1
        last = min(int(page) * PAGE_SIZE, number)
        return view.t("circle.page", first=view.fmt.number(first), last=view.fmt.number(last))

    chosen = st.segmented_control(view.t("circle.pages"), names, format_func=label, required=True, key=PAGE)
    links.remember(PAGE, str(chosen), names[0])
    return (int(str(chosen)) - 1) * PAGE_SIZE
