"""What the page on neighbourhoods says around its parts."""

from __future__ import annotations

import streamlit as st

from dashboard.views import area_figures, districts_selection, html
from dashboard.views.areas import Area
from dashboard.views.context import View
from dashboard.views.municipality_figures import home_series
from dashboard.views.words import genitive

INDICATOR = "foreign_background_share"
INCOME = "disposable_income_median"
LEVEL = "deso"


def show_headline(view: View) -> None:
    """Lay out the page's sentence: how far apart the ends of the city are, both named by their figures alone."""
    t = view.t
    place = genitive(view.home.name, view.language)
    figures = area_figures.newest(view.warehouse, view.home.code, LEVEL).get(INCOME, {})
    values = sorted(figure.value for figure in figures.values() if figure.value is not None)
    line = home_series(view.warehouse, INCOME)
    if not values:
        st.html(html.headline(t("districts.headline_plain", place=place), t("districts.lead")))
        return
    year = next(iter(figures.values())).year
    middle = line.at(year) if line else None
    title = t(
        "districts.headline",
        place=place,
        low=area_figures.shown(view, INCOME, values[0]),
        high=area_figures.shown(view, INCOME, values[-1]),
    )
    whole = "" if middle is None else t("districts.headline_city", city=area_figures.shown(view, INCOME, middle))
    credit = view.catalogue.credit(INCOME, LEVEL).in_(view.language)
    lead = " ".join(part for part in (whole, t("districts.lead"), f"{credit}, {view.fmt.year(year)}.") if part)
    st.html(html.headline(title, lead))


def show_nothing(view: View) -> None:
    """Say that the data hold no figures for areas."""
    t = view.t
    st.html(html.empty_state(t("districts.no_areas"), t("districts.no_areas_why"), t("overview.missing_fill")))


def choose_areas(view: View, level: str) -> list[Area]:
    """Lay out the list of areas to compare, or say what to do when there is none."""
    t = view.t
    st.html(html.section(t("districts.compare_heading"), t("districts.compare_lead")))
    chosen = districts_selection.choose(view, level)
    if not chosen:
        st.html(html.empty_state(t("districts.compare_empty"), t("districts.compare_empty_why")))
    return chosen


def choose_profile(view: View, chosen: list[Area]) -> Area:
    """Let the visitor choose which of the compared areas is shown in short; one alone needs no choice."""
    members = {area.code: area for area in chosen}
    if len(chosen) == 1:
        return chosen[0]
    code = st.segmented_control(
        view.t("districts.profile"),
        list(members),
        format_func=lambda one: members[one].label,
        default=chosen[0].code,
        required=True,
        key=f"profil-{'-'.join(members)}",
    )
    return members.get(str(code), chosen[0])
