"""What happened with a contribution, as a line of steps: those taken with their days, those to come as not yet."""

from __future__ import annotations

from dashboard.register.circle_entries import Step, TraceStep
from dashboard.register.contents import Contents
from dashboard.register.entries import Decision, Project
from dashboard.register.trace import Trace
from dashboard.views import html
from dashboard.views.circle_words import swedish_html
from dashboard.views.context import View
from dashboard.views.page_links import link_html, page_address
from dashboard.views.roadmap_address import PROJECT
from dashboard.views.words import upper_first


def trace_html(view: View, contents: Contents, trace: Trace) -> str:
    """Give the line of steps of a contribution."""
    t = view.t
    given = trace.contribution.submitted_on
    steps = [_taken(t("circle.step_given"), t("plan.day_missing") if given is None else view.fmt.date(given))]
    steps += [_step(view, contents, one) for one in trace.steps]
    steps += [
        f'<li class="hs-trace-open"><span>{html.escape(t(f"circle.pending_{stage.value}"))}</span></li>'
        for stage in trace.pending
    ]
    label = html.escape(t("circle.trace"))
    return f'<p class="hs-trace-title">{label}</p><ol class="hs-trace" aria-label="{label}">{"".join(steps)}</ol>'


def _taken(what: str, day: str, more: str = "") -> str:
    below = f"<div>{more}</div>" if more else ""
    return f"<li><span><strong>{html.escape(what)}</strong> {html.escape(day)}</span>{below}</li>"


def _step(view: View, contents: Contents, step: TraceStep) -> str:
    what = upper_first(view.t(f"circle.step_{step.step.value}"))
    return _taken(what, view.fmt.date(step.on), _more(view, contents, step))


def _more(view: View, contents: Contents, step: TraceStep) -> str:
    parts = []
    if step.text:
        said = swedish_html(view, step.text)
        if step.step is Step.DECLINED:
            said = f"{html.escape(view.t('circle.because'))} {said}"
        parts.append(said)
    project = contents.find(Project, step.project)
    if project is not None:
        name = project.said("name").in_(view.language)
        parts.append(link_html(page_address(view, "roadmap", **{PROJECT: project.id}), name))
    decision = contents.find(Decision, step.decision)
    if decision is not None:
        parts.append(_decision(view, decision))
    return "<br>".join(parts)


def _decision(view: View, decision: Decision) -> str:
    day = view.t("plan.day_missing") if decision.decided is None else view.fmt.date(decision.decided)
    heading = html.escape(view.t("plan.decision", body=decision.body, day=day))
    said = f"{heading}: {swedish_html(view, decision.text)}"
    return f"{said} {link_html(decision.link, view.t('plan.decision_link'))}" if decision.link else said
