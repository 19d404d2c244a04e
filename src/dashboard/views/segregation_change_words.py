"""How changes are written: in points of the scale that the screen shows, with their interval and what it says."""

from __future__ import annotations

from dashboard.measures.inference import Interval
from dashboard.measures.report import NOISE_OF_DRAWS, Comparison
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.pictures import show_legend
from dashboard.views.segregation_change_choice import Pair
from dashboard.views.unsure_classes import pale


def points(view: View, measure: str, change: float | None) -> str:
    """Give a change as the screen writes it, with its sign: −0.0034 of D is “−0,34”.

    It has one decimal more than the values, so that it is not taken for the difference of two rounded ones.
    """
    entry = view.catalogue.measures[measure]
    return view.fmt.signed(None if change is None else change * entry.scale, entry.decimals + 1)


def interval_text(view: View, measure: str, found: Comparison | Interval, *, said: bool = False) -> str:
    """Give the interval of a change as it stands in a cell or is said in a sentence; empty when it has none."""
    if found.lower is None or found.upper is None:
        return ""
    entry = view.catalogue.measures[measure]
    written = view.fmt.between if said else view.fmt.interval
    return written(found.lower * entry.scale, found.upper * entry.scale, entry.decimals + 1)


def show_bars_legend(view: View) -> None:
    """Put below bars of change what their two colours mean, and what it means that they are pale."""
    t, theme = view.t, view.theme
    items = [
        (theme.diverging[0], t("change.legend_down")),
        (theme.diverging[-1], t("change.legend_up")),
        (pale(theme.ink, theme), t("change.legend_pale")),
    ]
    show_legend(html.legend(items, label=t("change.legend")))


def certain(found: Interval) -> bool:
    """Tell whether an interval leaves out 0, by the rule of the measures: the whole change has one verdict."""
    return (
        found.lower is not None
        and found.upper is not None
        and (found.lower > NOISE_OF_DRAWS or found.upper < -NOISE_OF_DRAWS)
    )


def verdict(view: View, pair: Pair, found: Comparison) -> str:
    """Say whether a change is more than chance."""
    if found.value is None:
        return ""
    if found.differs is None:
        return view.t("change.verdict_unknown")
    return chance(view, pair, beyond=found.differs)


def chance(view: View, pair: Pair, *, beyond: bool) -> str:
    """Say whether chance alone may give a difference; where it can't, what lies between the years still may."""
    if not beyond:
        return view.t("change.verdict_within")
    return view.t("change.verdict_broken" if pair.broken else "change.verdict_beyond")


def with_break(view: View, pair: Pair, title: str) -> str:
    """Add to a title that claims a change that the years can't be compared safely, where they can't."""
    return view.t("change.but_broken", title=title) if pair.broken else title
