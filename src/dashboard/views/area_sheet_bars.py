"""Bars of the page on an area: how old people are and how dwellings are held, beside the whole city."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.sheets import Bar, Bars
from dashboard.views.areas import Area
from dashboard.views.context import View
from dashboard.views.districts_profile import TENURES, Counts, newest_counts, shares

AGES = ("population_0_19", "population_20_34", "population_35_49", "population_50_64", "population_65_plus")
#: What the source does not know has a bar where it is this many per cent or more.
UNKNOWN, SHOWN = "dwellings_tenure_unknown", 0.5


def share_of(view: View, code: str) -> tuple[float | None, float | None, float | None]:
    """Give the population of an area, its share under 20, and the share of its dwellings that are rented."""
    _, ages = newest_counts(view, code, [*AGES, "population"])
    _, tenure = newest_counts(view, code, list(TENURES))
    young = shares(ages, [AGES[0]], "population")[AGES[0]]
    return ages.get("population"), young, _complete(tenure, TENURES, None)[TENURES[0]]


def _complete(counts: Counts, names: Sequence[str], whole: str | None) -> Counts:
    """Give shares of a published whole, or of the sum: then none is known when a part of the sum is not."""
    if whole is None and any(counts.get(name) is None for name in names):
        return dict.fromkeys(names)
    return shares(counts, list(names), whole)


def age_bars(view: View, area: Area) -> Bars:
    """Give how old the people of an area are."""
    none = Bars(view.t("sheet.ages"), none=view.t("districts.ages_none"))
    return _bars(view, area, AGES, "population", none)


def tenure_bars(view: View, area: Area) -> Bars:
    """Give how the dwellings of an area are held."""
    none = Bars(view.t("sheet.tenure"), none=view.t("districts.tenure_none"))
    return _bars(view, area, TENURES, None, none)


def _bars(view: View, area: Area, names: Sequence[str], whole: str | None, empty: Bars) -> Bars:
    asked = [*names, *([whole] if whole else [])]
    year, counts = newest_counts(view, area.area_code, asked)
    _, city_counts = newest_counts(view, view.home.code, asked)
    own, city = _complete(counts, names, whole), _complete(city_counts, names, whole)
    if all(value is None for value in own.values()):
        return empty
    kept = [name for name in names if name != UNKNOWN or max(own[name] or 0.0, city[name] or 0.0) >= SHOWN]
    longest = max([*(own[name] or 0.0 for name in kept), *(city[name] or 0.0 for name in kept)]) or 1.0
    fmt, heading = view.fmt, empty.heading
    bars = tuple(
        Bar(
            label=view.catalogue.indicator(name).short_name.in_(view.language),
            text=fmt.percent(own[name], 0),
            length=(own[name] or 0.0) / longest,
            city_text=fmt.percent(city[name], 0),
            city_length=(city[name] or 0.0) / longest,
        )
        for name in kept
    )
    each = "; ".join(
        view.t("sheet.bar", label=bar.label, own=bar.text, city=bar.city_text, name=view.home.name) for bar in bars
    )
    said = f"{heading}, {fmt.year(year)}. {each}."
    return Bars(f"{heading}, {fmt.year(year)}", bars, said, note=view.t("sheet.bars"))
