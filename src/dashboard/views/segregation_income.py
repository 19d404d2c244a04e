"""The part of the page on income: how unevenly people live by it, with both ends, or what would make that known."""

from __future__ import annotations

import streamlit as st

from dashboard.views import html, income_reports
from dashboard.views.context import View
from dashboard.views.segregation_choice import LEVEL, LEVELS, choose_one
from dashboard.views.segregation_income_quartiles import Chosen, show_headline, show_quartile_bars, show_quartile_years
from dashboard.views.segregation_income_sides import Sides, show_sides, sides_of

#: SCB's codes in TAB6684 for the four quartiles and the persons, as its API has them.
CONTENTS = "000008A6, 000008A7, 000008A8, 000008A9, 000008A5"


def show_income(view: View) -> None:
    """Lay out income segregation where the data hold quartiles, say what is missing where not, and the two sides."""
    headline = st.container()
    with st.container(key="choices", horizontal=True, gap="medium", vertical_alignment="bottom"):
        level = choose_one(view, LEVEL, "segregation.level", list(LEVELS), lambda one: view.t(f"level.{one}"))
        years = sorted(income_reports.quartiles(view.warehouse, view.home.code, level), reverse=True)
        year = (
            int(choose_one(view, "inkomstar", "segregation.year", [str(one) for one in years], str)) if years else None
        )
    sides = sides_of(view, level)
    if year is None:
        with headline:
            _show_headline_of_sides(view, sides)
    else:
        chosen = Chosen(level, year)
        with headline:
            known = show_headline(view, chosen)
        if known:
            show_quartile_years(view, chosen)
        show_quartile_bars(view, chosen)
    if sides is not None:
        show_sides(view, sides)
    if year is None:
        _show_what_is_missing(view, level)


def _show_headline_of_sides(view: View, sides: Sides | None) -> None:
    t = view.t
    if sides is None:
        st.html(html.headline(t("income.title_none")))
        return
    low, high = sides.ordered[0], sides.ordered[-1]
    st.html(
        html.headline(
            t("income.title_sides", low=view.fmt.number(low.median), high=view.fmt.number(high.median)),
            t("income.lead_sides", year=view.fmt.year(sides.year), level=t(f"level.{sides.level}").lower()),
        )
    )


def _show_what_is_missing(view: View, level: str) -> None:
    """Say in a sentence what comes with the quartiles; how they are read in lies folded."""
    t, code = view.t, view.home.code
    st.html(html.paragraph(t("income.missing")))
    with st.expander(t("income.missing_how")):
        st.html(html.paragraph(t("income.missing_why", level=t(f"level.{level}").lower())))
        file = f"scb_{level}_{code}_indicators.csv"
        st.html(html.paragraph(t("income.missing_fill", file=file, contents=CONTENTS)))
        st.html(html.paragraph(t("income.missing_rows")))
        area = "desokod" if level == "deso" else "regso_code"
        table = "scb_table" if level == "deso" else "source_table"
        names = ["income_quartile_1", "income_quartile_2", "income_quartile_3", "income_quartile_4", "income_persons"]
        units = ["percent"] * 4 + ["persons"]
        lines = [f"{area},indicator,year,value,unit,{table}"]
        lines += [f"…,{name},…,…,{unit},TAB6684" for name, unit in zip(names, units, strict=True)]
        st.code("\n".join(lines), language=None)
        st.html(html.paragraph(t("income.missing_command")))
        st.code(f"dashboard bundle FOLDER --municipality {code}\ndashboard build", language=None)
