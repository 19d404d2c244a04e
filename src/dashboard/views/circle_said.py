"""What residents have said and what came of it: how many got which answer, and every contribution with its trace."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.access import Action
from dashboard.register.contents import Contents
from dashboard.register.trace import LED_SOMEWHERE, Outcome, Trace, count, not_told_back, public_traces
from dashboard.views import html
from dashboard.views.circle_card import card_html, cards_html
from dashboard.views.circle_figure import show_outcomes
from dashboard.views.circle_filter import PAGE_SIZE, choose_filter, choose_page, passes
from dashboard.views.circle_way_in import is_open
from dashboard.views.circle_where import about
from dashboard.views.context import View
from dashboard.views.entry_editing import offer_edit, offer_new
from dashboard.views.page_links import link_html, page_address
from dashboard.views.words import listed


def show_said(view: View, contents: Contents) -> None:
    """Lay out the contributions that pass the filters, or say why there are none and how the first one comes."""
    t = view.t
    traces = public_traces(contents)
    if not traces:
        _show_none(view)
        return
    head = st.container()
    chosen = choose_filter(view, contents, traces)
    shown = [one for one in traces if passes(chosen, one, about(view, one.contribution))]
    with head:
        st.html(html.headline(headline(view, shown, len(traces)), lead(view, shown)))
        st.html(_give_link(view))
    if not shown:
        st.html(html.empty_state(t("circle.none_pass"), t("circle.none_pass_why"), t("plan.none_pass_fill")))
        return
    show_outcomes(view, contents, shown)
    st.html(html.section(t("circle.list"), t("circle.list_lead")))
    first = choose_page(view, len(shown))
    _show_list(view, contents, shown[first : first + PAGE_SIZE])


def _show_none(view: View) -> None:
    t = view.t
    fill = t("circle.none_fill" if is_open(view) else "circle.none_fill_closed")
    st.html(html.headline(t("circle.headline_none"), t("circle.lead")))
    st.html(html.empty_state(t("circle.none"), t("circle.none_why"), fill))
    st.html(_give_link(view))


def _give_link(view: View) -> str:
    link = link_html(
        page_address(view, "knowledge_circle", **{"del": "give"}),
        view.t("circle.give" if is_open(view) else "circle.give_closed"),
    )
    return f'<p class="hs-text">{link}</p>'


def headline(view: View, shown: Sequence[Trace], of_all: int) -> str:
    """Give the page's sentence: how many contributions, and what came of them."""
    t = view.t
    if not shown:
        return t("circle.headline_none_pass", all=view.fmt.number(of_all))
    counts = (
        ("circle.count_led", count(shown, *LED_SOMEWHERE)),
        ("circle.count_declined", count(shown, Outcome.DECLINED)),
        ("circle.count_waiting", count(shown, Outcome.WAITING, Outcome.DISCUSSED)),
    )
    parts = listed([t(key, n=view.fmt.number(number)) for key, number in counts if number], t)
    if len(shown) < of_all:
        return t("circle.headline_some", n=view.fmt.number(len(shown)), all=view.fmt.number(of_all), counts=parts)
    return t.n("circle.headline", of_all, counts=parts)


def lead(view: View, shown: Sequence[Trace]) -> str:
    """Say how many answers the circle has not been told of."""
    t = view.t
    if not shown:
        return ""
    if all(one.answer is None for one in shown):
        return t("circle.lead_no_answer")
    open_ones = len(not_told_back(shown))
    return t.n("circle.lead_not_told", open_ones) if open_ones else t("circle.lead_told")


def _show_list(view: View, contents: Contents, shown: Sequence[Trace]) -> None:
    if not view.actor.may(Action.CREATE, "trace_step"):
        st.html(cards_html([card_html(view, contents, one) for one in shown]))
        return
    for one in shown:
        st.html(cards_html([card_html(view, contents, one)]))
        offer_edit(view, one.contribution)
        offer_steps(view, one)


def offer_steps(view: View, trace: Trace) -> None:
    """Lay out what changes the steps of a contribution, and adds one, for those who may."""
    for step in trace.steps:
        if view.actor.may(Action.UPDATE, step.kind):
            # The button says no more than that something can be changed.
            what = view.t(f"circle.step_{step.step.value}")
            st.html(html.note(view.t("circle.step_on", step=what, day=view.fmt.date(step.on))))
        offer_edit(view, step)
    offer_new(view, "trace_step", contribution=trace.contribution.id)
