"""Which change the visitor looks at, and what stands in the way of comparing its two years."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.catalogue import Split
from dashboard.views import html, links, reports
from dashboard.views.change_reports import Key
from dashboard.views.context import View
from dashboard.views.method_breaks import Breaks, breaks_between
from dashboard.views.segregation_choice import LEVEL, LEVELS, choose_one, choose_split, splits_in_order, why_not
from dashboard.views.words import listed, sentence

BEFORE, AFTER, ANYWAY, MEASURE = "fran", "till", "jamfor", "forandring"
ONES = {"two_group": ("dissimilarity", "entropy"), "multigroup": ("multigroup_dissimilarity", "multigroup_entropy")}


@dataclass(frozen=True)
class Pair:
    """A split at a level in two years, and what makes the years differ: in a code, and in sentences.

    ``broken`` is ``method``, ``areas`` or ``both``, as texts end that tell of it; empty where nothing differs.
    """

    split: Split
    level: str
    before: int
    after: int
    broken: str = ""
    breaks: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """What the change is worked out for."""
        return (self.split.id, self.level, self.before, self.after)


@dataclass(frozen=True)
class Missing:
    """A split that has fewer than two years to compare, and why."""

    split: Split
    why: str


def choose_pair(view: View) -> Pair | Missing:
    """Lay out the choices and give the pair, or what is missing where there are fewer than two years."""
    with st.container(key="choices"):
        split = choose_split(view, _start_anew, told=lambda name: _told(view, name))
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
            level = choose_one(view, LEVEL, "segregation.level", list(LEVELS), lambda one: view.t(f"level.{one}"))
            years = reports.years(view.warehouse, view.home.code, split.id, level)
            if len(years) > 1:
                before, after = _choose_years(view, years)
    if len(years) < 2:
        return Missing(split, _why_too_few(view, split, level, years))
    found = breaks_between(view, split, level, before, after)
    return Pair(split, level, before, after, broken_by(found), _told_breaks(view, found))


def _most_years(view: View, split: str) -> int:
    """Give how many years a split has at the level that has most."""
    return max(len(reports.years(view.warehouse, view.home.code, split, level)) for level in LEVELS)


def _told(view: View, split: str) -> str:
    """Name a split, and how many years it has where those are too few to compare."""
    name, years = view.catalogue.splits[split].name.in_(view.language), _most_years(view, split)
    return name if years > 1 else view.t.n("change.split_years", years, split=name)


def with_two_years(view: View) -> list[str]:
    """Name the splits that have two years to compare."""
    found = [name for name in splits_in_order(view) if _most_years(view, name) > 1]
    return [view.catalogue.splits[name].name.in_(view.language).lower() for name in found]


def _start_anew() -> None:
    """Let another split start with its newest years, and with asking again before a break is passed over."""
    for key in (BEFORE, AFTER):
        st.session_state.pop(key, None)
    _ask_again()


def _ask_again() -> None:
    st.session_state[ANYWAY] = False


def _choose_years(view: View, years: list[int]) -> tuple[int, int]:
    """Let the visitor choose the later year, and then one of those before it."""
    newest = [str(year) for year in reversed(years)]
    ends = newest[:-1]
    links.restore_one(AFTER, ends, ends[0])
    # What can be chosen as the first year hangs on the last, so that one is read before either is drawn.
    last = str(st.session_state[AFTER])
    starts = newest[newest.index(last) + 1 :]
    links.restore_one(BEFORE, starts, starts[0])
    t = view.t
    first = st.selectbox(t("change.from"), starts, key=BEFORE, width=140, on_change=_ask_again)
    last = st.selectbox(t("change.to"), ends, key=AFTER, width=140, on_change=_ask_again)
    links.remember(BEFORE, str(first), starts[0])
    links.remember(AFTER, str(last), ends[0])
    return int(str(first)), int(str(last))


def _why_too_few(view: View, split: Split, level: str, years: list[int]) -> str:
    if years:
        return view.t("change.one_year", year=view.fmt.year(years[0]), level=view.t(f"level.{level}").lower())
    return view.t(f"reason.{why_not(view, split.id, level) or 'missing_values'}")


def broken_by(breaks: Breaks) -> str:
    """Give the end of the texts on what stands between two years: the method, the areas, or both."""
    if breaks.same_areas:
        return "method" if breaks.indicators else ""
    return "both" if breaks.indicators else "areas"


def _told_breaks(view: View, breaks: Breaks) -> tuple[str, ...]:
    """Say what changed in how the figures come about between the two years."""
    t = view.t
    found = [] if breaks.same_areas else [t("change.break_areas")]
    for year, ones in breaks.indicators.items():
        names = [view.catalogue.indicator(one).short_name.in_(view.language).lower() for one in ones]
        found.append(t("change.break_method", year=view.fmt.year(year), names=listed(list(dict.fromkeys(names)), t)))
    return tuple(found)


def may_compare(view: View, pair: Pair) -> bool:
    """Stop a comparison across a break, unless the visitor insists; then mark it.

    Returns
    -------
    Whether the two years are to be compared.
    """
    if not pair.breaks:
        return True
    t = view.t
    links.restore_flag(ANYWAY)
    anyway = bool(st.session_state[ANYWAY])
    years = {"before": view.fmt.year(pair.before), "after": view.fmt.year(pair.after)}
    # Over a shown comparison the page's own lead says why.
    what = sentence(*pair.breaks, "" if anyway else t(f"change.why_{pair.broken}"))
    strong = t(f"change.marked_{pair.broken}", **years) if anyway else t("change.break_stop")
    st.html(html.notice(strong, what))
    st.checkbox(t("change.anyway"), key=ANYWAY)
    links.remember_flag(ANYWAY, anyway)
    return anyway


def choose_measure(view: View, pair: Pair) -> str:
    """Let the visitor choose whose change is divided: D or H."""
    return choose_one(
        view,
        MEASURE,
        "change.of",
        list(ONES[pair.split.kind]),
        lambda name: view.catalogue.measures[name].name.in_(view.language),
    )
