"""Which split, measure, level and year the page on segregation shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.catalogue import Split
from dashboard.views import links, reports
from dashboard.views.context import View

LEVELS = ("deso", "regso")
SPLIT_ORDER = (
    "foreign_background",
    "low_economic_standard",
    "post_secondary_education",
    "unemployed",
    "tenure",
    "rented_tenure",
    "living_alone",
    "age_20_34",
    "age_65_plus",
)


@dataclass(frozen=True)
class Choice:
    """What the visitor has chosen; `year` is None when no year has figures for every area."""

    split: Split
    measure: str
    level: str
    year: int | None
    reason: str | None

    @property
    def two_groups(self) -> bool:
        """Whether the split parts people into two groups."""
        return self.split.kind == "two_group"


def splits_in_order(view: View) -> list[str]:
    """Give the splits, the most asked-for first."""
    rank = {name: position for position, name in enumerate(SPLIT_ORDER)}
    return sorted(view.catalogue.splits, key=lambda name: rank.get(name, len(rank)))


def choose(view: View) -> Choice:
    """Lay out the choices and give what is chosen."""
    with st.container(key="choices"):
        split = _choose_split(view)
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
            level = _choose_one(view, "niva", "segregation.level", list(LEVELS), lambda one: view.t(f"level.{one}"))
            years = reports.years(view.warehouse, view.home.code, split.id, level)
            year = None
            if years:
                options = [str(one) for one in reversed(years)]
                year = int(_choose_one(view, "ar", "segregation.year", options, str))
            measure = _choose_measure(view, split, level, year)
    return Choice(split, measure, level, year, _reason(view, split.id, level))


def _choose_split(view: View) -> Split:
    splits = splits_in_order(view)
    links.restore_one("uppdelning", splits, splits[0])
    name = st.pills(
        view.t("segregation.split"),
        splits,
        format_func=lambda split: view.catalogue.splits[split].name.in_(view.language),
        required=True,
        key="uppdelning",
        on_change=_forget_year,
    )
    links.remember("uppdelning", str(name), splits[0])
    return view.catalogue.splits[str(name)]


def _forget_year() -> None:
    """Let the next split start with its newest year, unless the address names one (a callback)."""
    st.session_state.pop("ar", None)


def _choose_one(view: View, key: str, label: str, options: list[str], format_func: Callable[[str], str]) -> str:
    links.restore_one(key, options, options[0])
    chosen = st.segmented_control(view.t(label), options, format_func=format_func, required=True, key=key)
    links.remember(key, str(chosen), options[0])
    return str(chosen)


def _choose_measure(view: View, split: Split, level: str, year: int | None) -> str:
    first = reports.dissimilarity_of(split.kind)
    if year is None:
        return first
    names = [row.measure for row in reports.measures(view.warehouse, view.home.code, level, year, split.id)]
    first = first if first in names else names[0]
    links.restore_one("matt", names, first)
    chosen = st.selectbox(
        view.t("segregation.measure"),
        names,
        format_func=lambda name: view.catalogue.measures[name].name.in_(view.language),
        key="matt",
        width=400,
    )
    links.remember("matt", str(chosen), first)
    return str(chosen)


def _reason(view: View, split: str, level: str) -> str | None:
    slices = reports.all_slices(view.warehouse, view.home.code)
    reasons = [one.reason for one in slices if (one.split, one.level) == (split, level) and one.reason]
    return reasons[-1] if reasons else None
