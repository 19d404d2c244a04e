"""What residents said of a project or a place; only what has been published."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.register.circle_entries import Contribution, ContributionState, Form
from dashboard.register.contents import Contents
from dashboard.register.entries import Project
from dashboard.views import html
from dashboard.views.circle_way_in import GIVE_ABOUT, SAID_ABOUT, is_open
from dashboard.views.circle_words import agreement_words, form_words
from dashboard.views.context import View
from dashboard.views.entry_choices import place_names
from dashboard.views.page_links import link_html, page_address
from dashboard.views.words import sentence, upper_first


def contributions_about(contents: Contents, project: Project) -> tuple[Contribution, ...]:
    """Give the published contributions that led to a project, or that are about its place."""
    led = contents.contributions_to(project.id)
    there = contributions_at(contents, project.place) if project.place else ()
    return tuple(dict.fromkeys(one for one in (*led, *there) if one.state is ContributionState.PUBLISHED))


def contributions_at(contents: Contents, place: str) -> tuple[Contribution, ...]:
    """Give the published contributions about a place."""
    return tuple(
        one for one in contents.contributions if one.place == place and one.state is ContributionState.PUBLISHED
    )


def show_voices(
    view: View,
    contents: Contents,
    said: Sequence[Contribution],
    *,
    of_project: bool,
    about: str = "",
    name: str = "",
) -> None:
    """Lay out contributions with what came of them or say that there are none; always with a way to say something.

    Parameters
    ----------
    view, contents
        The view of this run, and what the visitor may see.
    said
        The contributions.
    of_project
        Whether they belong to a project; else to a place.
    about
        What somebody who goes on from here wants to speak of: the id of a place that the city has chosen, or a position
        as `position_code` writes it.
    name
        What that is called; a place that the city has chosen has its own name.
    """
    t = view.t
    name = place_names(view).get(about, name)
    lead = t("plan.voices_lead") if said else ""
    st.html(html.section(t("plan.voices"), lead) if of_project else html.subsection(t("plan.voices")))
    if said:
        st.html(f'<ul class="hs-entries">{"".join(_voice(view, contents, one) for one in said)}</ul>')
    else:
        st.html(html.paragraph(t("plan.voices_none_project" if of_project else "plan.voices_none_place")))
    links = [_give_link(view, about, name), _all_link(view, said, about, name)]
    st.html("".join(f'<p class="hs-text">{link}</p>' for link in links if link))


def _give_link(view: View, about: str, name: str) -> str:
    if about and name:
        text = view.t("plan.voices_give_about" if is_open(view) else "plan.voices_give_closed_about", name=name)
    else:
        text = view.t("plan.voices_give" if is_open(view) else "plan.voices_give_closed")
    return link_html(page_address(view, "knowledge_circle", **{"del": "give", GIVE_ABOUT: about}), text)


def _all_link(view: View, said: Sequence[Contribution], about: str, name: str) -> str:
    if not said:
        return ""
    if about and any(one.place == about for one in said):
        address = page_address(view, "knowledge_circle", **{SAID_ABOUT: about})
        return link_html(address, view.t("plan.voices_link_about", name=name))
    return link_html(page_address(view, "knowledge_circle"), view.t("plan.voices_link"))


def _voice(view: View, contents: Contents, said: Contribution) -> str:
    """Give a contribution and what happened with it in the words of the knowledge circle's own page."""
    words = f'<span lang="{html.escape(said.language)}">{html.escape(said.text)}</span>'
    text = f"<q>{words}</q>" if said.form is Form.QUOTE else words
    return f'<li>{text}<p class="hs-note">{html.escape(told_of(view, contents, said))}</p></li>'


def told_of(view: View, contents: Contents, said: Contribution) -> str:
    """Say in whose words a contribution is, whether the circle agreed, and what has happened with it."""
    t, steps = view.t, contents.trace_of(said.id)
    lines = [f"{form_words(view, said)}.", agreement_words(view, said)]
    for step in steps:
        what = upper_first(t(f"circle.step_{step.step.value}"))
        lines.append(t("plan.voice_step", step=what, day=view.fmt.date(step.on)))
    lines.append("" if steps else t("plan.voice_no_step"))
    return sentence(*lines)
