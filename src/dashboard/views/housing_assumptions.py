"""What a housing scenario takes for granted, and what its figures do not know."""

from __future__ import annotations

import streamlit as st

from dashboard.measures.inference import DRAWS
from dashboard.measures.scenarios import Outcome, Step
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.housing_stock import Housing
from dashboard.views.housing_words import placed_text


def show_assumptions(view: View, housing: Housing, steps: tuple[Step, ...], outcome: Outcome | None) -> None:
    """Lay out everything that is assumed, and what the figures do not know."""
    t = view.t
    assumed = [
        t("housing.assume_rest", date=t("housing.date", year=view.fmt.year(housing.year))),
        t("housing.assume_order"),
        t("housing.assume_spread"),
        *(placed_text(view, housing, steps, outcome.placed) if outcome is not None else ()),
        t("housing.assume_unknown_tenure"),
        t("housing.assume_dwellings"),
        t("housing.interval_note", draws=view.fmt.number(DRAWS)),
    ]
    unknown = [t(f"housing.unknown_{one}") for one in ("people", "rents", "queues", "plans", "segregation")]
    st.html(html.section(t("housing.limits"), t("housing.limits_lead")))
    st.html(
        html.definition_list(
            [(t("housing.assumed"), text) for text in assumed] + [(t("housing.not_known"), text) for text in unknown]
        )
    )
