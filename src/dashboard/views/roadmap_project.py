"""One project: what is known of it, its milestones, decisions and grants, its figures, and what residents said."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.access import Action
from dashboard.register.contents import Contents
from dashboard.register.entries import Decision
from dashboard.register.grant_entries import Grant
from dashboard.register.project_life import ProjectState
from dashboard.views import html, tables
from dashboard.views.context import View
from dashboard.views.entry_editing import offer_edit, offer_new
from dashboard.views.grants_address import grant_address
from dashboard.views.numbers import NBSP
from dashboard.views.page_links import link_html
from dashboard.views.roadmap_address import project_address
from dashboard.views.roadmap_facts import show_facts
from dashboard.views.roadmap_indicators import show_indicators
from dashboard.views.roadmap_timeline import milestone_words
from dashboard.views.roadmap_voices import contributions_about, show_voices
from dashboard.views.roadmap_words import late_sentences, name_of, source_credit, status_and_when
from dashboard.views.words import sentence, upper_first


def show_project(view: View, contents: Contents, state: ProjectState, today: date) -> None:
    """Lay out everything on one project."""
    t, project = view.t, state.project
    back = link_html(project_address(view), t("plan.back"))
    st.html(f'<p class="hs-back">{back}</p>{html.headline(name_of(view, project), status_and_when(view, state))}')
    late = late_sentences(view, project, state.lateness)
    if late:
        st.html(html.notice(t("plan.is_late"), " ".join(late)))
    offer_edit(view, project)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _show_why(view, state)
        _show_milestones(view, state, today)
        _show_decisions(view, contents, state)
        _show_grants(view, contents, state)
    with right:
        show_facts(view, contents, state)
    show_indicators(view, contents, project)
    show_voices(view, contents, contributions_about(contents, project), of_project=True, about=project.place or "")
    st.html(html.source_line(source_credit(view, [project])))
    st.html(html.note(t("figure.link")))
    st.code(view.link(), language=None, wrap_lines=True)


def _show_why(view: View, state: ProjectState) -> None:
    t, project = view.t, state.project
    summary = project.said("summary").in_(view.language)
    paragraphs = [part for part in summary.split("\n\n") if part]
    st.html(html.section(t("plan.why")))
    st.html("".join(html.paragraph(part) for part in paragraphs) or html.paragraph(t("plan.missing_said")))
    results = project.said("results").in_(view.language)
    st.html(html.section(t("plan.results")) + html.paragraph(results or t("plan.results_missing")))


def _show_milestones(view: View, state: ProjectState, today: date) -> None:
    t = view.t
    if not state.milestones:
        st.html(html.section(t("plan.milestones")) + html.paragraph(t("plan.milestones_missing")))
    else:
        late = len(state.lateness.milestones)
        done = sum(one.done is not None for one in state.milestones)
        title = t.n("plan.milestones_title", len(state.milestones), done=view.fmt.number(done))
        st.html(html.section(title, t.n("plan.milestones_late", late) if late else ""))
        columns = [
            tables.Column("name", t("plan.milestone")),
            tables.Column("how", t("plan.filter_status")),
            tables.Column("note", t("plan.note")),
        ]
        rows: list[dict[str, str | tables.Cell]] = [
            {
                "name": name_of(view, one),
                "how": milestone_words(view, state, one, today),
                "note": one.said("note").in_(view.language) or t("plan.none"),
            }
            for one in state.milestones
        ]
        st.html(tables.table_html(columns, rows, caption=title, t=t, hide_caption=True))
    for one in state.milestones:
        if view.actor.may(Action.UPDATE, one.kind):
            # The button says no more than that something can be changed.
            st.html(html.note(name_of(view, one)))
        offer_edit(view, one)
    offer_new(view, "milestone", project=state.project.id)


def _show_decisions(view: View, contents: Contents, state: ProjectState) -> None:
    t = view.t
    decisions = contents.decisions_of(state.project.id)
    st.html(html.section(t("plan.decisions")))
    for one in decisions:
        st.html(f'<ul class="hs-entries">{_decision(view, one)}</ul>')
        offer_edit(view, one)
    if not decisions:
        st.html(html.paragraph(t("plan.decisions_missing")))
    offer_new(view, "decision", project=state.project.id)


def _decision(view: View, decision: Decision) -> str:
    t = view.t
    day = t("plan.day_missing") if decision.decided is None else view.fmt.date(decision.decided)
    head = html.escape(t("plan.decision", body=decision.body, day=day))
    reference = t("plan.reference", reference=decision.reference) if decision.reference else ""
    below = html.escape(sentence(decision.text, reference))
    link = f" {link_html(decision.link, t('plan.decision_link'))}" if decision.link else ""
    return f"<li><strong>{head}</strong><p>{below}{link}</p></li>"


def _show_grants(view: View, contents: Contents, state: ProjectState) -> None:
    t = view.t
    grants = contents.grants_of(state.project.id)
    st.html(html.section(t("plan.grants")))
    if not grants:
        st.html(html.paragraph(t("plan.grants_missing")))
        return
    st.html(f'<ul class="hs-entries">{"".join(grant_html(view, one) for one in grants)}</ul>')


def grant_html(view: View, grant: Grant) -> str:
    """Give a grant as an item of a list: name with a link, state, amount, source."""
    t = view.t
    link = link_html(grant_address(view, grant.id), grant.said("name").in_(view.language))
    state = upper_first(t(f"grants.state_{grant.state.value}"))
    said = html.escape(t("plan.grant", state=state, amount=amount_words(view, grant)))
    return f'<li>{link}<p>{said}</p><p class="hs-note">{html.escape(source_credit(view, [grant]))}</p></li>'


def amount_words(view: View, grant: Grant) -> str:
    """Say how much was granted, else applied for, else that it is not known."""
    t = view.t
    if grant.granted_amount is not None:
        amount = kronor(view, grant.granted_amount)
        return t("plan.granted_about" if grant.amount_is_about else "plan.granted", amount=amount)
    if grant.applied_amount is not None:
        return t("plan.applied", amount=kronor(view, grant.applied_amount))
    return t("plan.amount_missing")


def kronor(view: View, amount: int) -> str:
    """Give an amount in Swedish kronor; no line breaks between the number and what it counts."""
    return view.t("plan.kronor", amount=view.fmt.number(amount)).replace(" ", NBSP)
