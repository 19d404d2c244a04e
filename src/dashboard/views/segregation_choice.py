"""Which split, measure, level and year the page on segregation shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.catalogue import Split
from dashboard.views import html, links, reports
from dashboard.views.context import View

LEVELS = ("deso", "regso")
SPLIT, LEVEL = "uppdelning", "niva"
#: The split that the visitor chose in another part and that the open part cannot show.
LACKED = "uppdelning-saknas"
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
    "age_groups",
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
        split = choose_split(view, forget_year)
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
            level = choose_one(view, LEVEL, "segregation.level", list(LEVELS), lambda one: view.t(f"level.{one}"))
            years = reports.years(view.warehouse, view.home.code, split.id, level)
            year = None
            if years:
                options = [str(one) for one in reversed(years)]
                year = int(choose_one(view, "ar", "segregation.year", options, str))
            measure = _choose_measure(view, split, level, year)
    return Choice(split, measure, level, year, why_not(view, split.id, level))


def choose_split(
    view: View,
    on_change: Callable[[], None],
    kind: str | None = None,
    told: Callable[[str], str] | None = None,
) -> Split:
    """Let the visitor choose a split; the link remembers it, and so do the other parts of the page.

    Parameters
    ----------
    view
        The view of this run.
    on_change
        What is done when another one is chosen, before the page is drawn again.
    kind
        The only kind of split that this part can show; all by default. A split of another kind that was chosen
        before is named, and comes back in the next part that has it. There has to be one of the kind.
    told
        What a button says; the name of the split by default.
    """
    everyone = splits_in_order(view)
    splits = [name for name in everyone if kind is None or view.catalogue.splits[name].kind == kind]
    _take_along(everyone, splits)
    links.restore_one(SPLIT, splits, splits[0])

    def forget() -> None:
        st.session_state.pop(LACKED, None)
        on_change()

    name = st.pills(
        view.t("segregation.split"),
        splits,
        format_func=told or (lambda split: view.catalogue.splits[split].name.in_(view.language)),
        required=True,
        key=SPLIT,
        on_change=forget,
    )
    # One default for every part: an address without the split means the same wherever it is opened.
    links.remember(SPLIT, str(name), everyone[0])
    # What every visitor begins with was hardly chosen: nothing is said of it.
    if (lacked := st.session_state.get(LACKED)) and lacked != everyone[0]:
        old, new = (view.catalogue.splits[one].name.in_(view.language) for one in (lacked, str(name)))
        st.html(html.note(view.t("segregation.split_lacking", old=old, new=new)))
    return view.catalogue.splits[str(name)]


def _take_along(everyone: list[str], splits: list[str]) -> None:
    """Keep a split that this part lacks for the parts that have it."""
    state = st.session_state
    if state.get(LACKED) in splits:
        state[SPLIT] = state.pop(LACKED)
    asked = state.get(SPLIT) or st.query_params.get(SPLIT)
    if asked in everyone and asked not in splits:
        state[LACKED] = asked


def forget_year() -> None:
    """Let the next split start with its newest year, unless the address names one (a callback)."""
    st.session_state.pop("ar", None)


def choose_one(view: View, key: str, label: str, options: list[str], format_func: Callable[[str], str]) -> str:
    """Let the visitor choose one of a few options; the first is the default and stays out of the link."""
    links.restore_one(key, options, options[0])
    chosen = st.segmented_control(view.t(label), options, format_func=format_func, required=True, key=key)
    links.remember(key, str(chosen), options[0])
    return str(chosen)


def _choose_measure(view: View, split: Split, level: str, year: int | None) -> str:
    first = reports.dissimilarity_of(split.kind)
    if year is None:
        return first
    names = [row.measure for row in reports.measures(view.warehouse, view.home.code, level, year, split.id)]
    return choose_measure(view, "matt", names, first if first in names else names[0])


def choose_measure(view: View, key: str, names: Sequence[str], first: str) -> str:
    """Let the visitor choose one of several measures; `first` is the default and stays out of the link."""
    links.restore_one(key, names, first)
    chosen = st.selectbox(
        view.t("segregation.measure"),
        names,
        format_func=lambda name: view.catalogue.measures[name].name.in_(view.language),
        key=key,
        width=400,
    )
    links.remember(key, str(chosen), first)
    return str(chosen)


def why_not(view: View, split: str, level: str) -> str | None:
    """Give the reason why a split has no year with figures for every area, if there is one."""
    slices = reports.all_slices(view.warehouse, view.home.code)
    reasons = [one.reason for one in slices if (one.split, one.level) == (split, level) and one.reason]
    return reasons[-1] if reasons else None
