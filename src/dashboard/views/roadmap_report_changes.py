"""What has changed in the roadmap since a day, in words: of each project and grant, and of all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard.register.entries import Decision, Entry, LinkedIndicator, Milestone, Project
from dashboard.register.grant_entries import Grant, Spending
from dashboard.register.project_life import ProjectState, states
from dashboard.register.since import Difference, Since
from dashboard.views.clock import day_of
from dashboard.views.context import View
from dashboard.views.entry_words import ENGLISH, label_of
from dashboard.views.roadmap_indicators import figure_name
from dashboard.views.roadmap_project import kronor
from dashboard.views.roadmap_words import name_of, state_word
from dashboard.views.words import listed, lower_first, sentence

#: Fields that say how another one is meant: how they end, and the ones that are meant by a name of its own.
_ASIDE = ("_bound", "_said", "_why")
_MEANT = {"amount_is_about": "granted_amount", "used_said": "used_until", "application_said": "application_said"}
#: Fields whose change is told in words of its own.
_TOLD = {Project.kind: "status", Grant.kind: "state"}
#: What can be taken away from a project and from a grant.
_PARTS_OF_PROJECT = (Milestone, LinkedIndicator, Decision)


def project_changes(view: View, since: Since, state: ProjectState) -> tuple[str, ...]:
    """Give what has changed of a project, its milestones, figures and decisions; nothing when nothing has."""
    t, project = view.t, state.project
    own = since.difference_of(project)
    found = [t("report.project_new")] if own is not None and own.new else []
    if own is None or not own.new:
        found += _moved(view, since, state, own)
    found += [_milestone(view, one, how) for one, how in since.of(Milestone, project.id)]
    found += [decision_words(view, one, how) for one, how in since.of(Decision, project.id)]
    found += [_figure(view, one, how) for one, how in since.of(LinkedIndicator, project.id)]
    found += [_removed(view, since, kind, project.id) for kind in _PARTS_OF_PROJECT]
    return tuple(one for one in found if one)


def grant_changes(view: View, since: Since, grant: Grant) -> tuple[str, ...]:
    """Give what has changed of a grant and of what it was spent on; nothing when nothing has."""
    t = view.t
    own = since.difference_of(grant)
    if own is not None and own.new:
        return (t("report.grant_new"),)
    found = []
    if own is not None and isinstance(own.before, Grant) and own.before.state is not grant.state:
        before, after = (t(f"grants.state_{one.value}") for one in (own.before.state, grant.state))
        found.append(t("report.state", before=before, after=after))
    found.append(_fields(view, own))
    posts = since.of(Spending, grant.id)
    added = [post.amount for post, how in posts if how.new]
    if added:
        found.append(t.n("report.spending_new", len(added), amount=kronor(view, sum(added))))
    if changed := len(posts) - len(added):
        found.append(t.n("report.spending_changed", changed))
    found.append(_removed(view, since, Spending, grant.id))
    return tuple(one for one in found if one)


def decision_words(view: View, decision: Decision, how: Difference | None = None) -> str:
    """Give a decision: who decided, when, what; and that it was changed, if it was."""
    t = view.t
    day = t("plan.day_missing") if decision.decided is None else view.fmt.date(decision.decided)
    said = t("plan.decision", body=decision.body, day=day)
    reference = t("plan.reference", reference=decision.reference) if decision.reference else ""
    key = "report.decision" if how is None or how.new else "report.decision_changed"
    return sentence(t(key, decision=said, text=" ".join(decision.text.split())), reference)


def summary(view: View, since: Since, changed: Sequence[Entry], asked: date) -> tuple[str, ...]:
    """Say how many projects and grants have changed since a day, or that nothing has; and how far back is known.

    Parameters
    ----------
    view, since
        The view, and what has changed.
    changed
        The projects, grants and decisions for the whole city of which something has changed.
    asked
        The day that was asked for.
    """
    t = view.t
    new = {one.entry.id for one in since.differences if one.new and isinstance(one.entry, Project | Grant)}
    parts = [
        *_counts(view, "project", [one.id in new for one in changed if isinstance(one, Project)]),
        *_counts(view, "grant", [one.id in new for one in changed if isinstance(one, Grant)]),
    ]
    decisions = sum(isinstance(one, Decision) for one in changed)
    parts += [t.n("report.n_decisions", decisions)] if decisions else []
    parts += [t.n(f"report.removed_{kind}", n) for (kind, parent), n in since.removed.items() if not parent]
    day = view.fmt.date(known_from(since, asked))
    said = t("report.since_what", day=day, parts=listed(parts, t)) if parts else t("report.since_nothing", day=day)
    if since.whole:
        return (said,)
    return said, t("report.since_unknown", day=view.fmt.date(day_of(since.moment)))


def known_from(since: Since, asked: date) -> date:
    """Give the day that changes are known since: the one that was asked for, or the one that the record begins with."""
    return asked if since.whole else day_of(since.moment)


def _counts(view: View, kind: str, new: Sequence[bool]) -> list[str]:
    counts = ((f"report.n_{kind}_new", sum(new)), (f"report.n_{kind}_changed", len(new) - sum(new)))
    return [view.t.n(key, n) for key, n in counts if n]


def _moved(view: View, since: Since, state: ProjectState, own: Difference | None) -> list[str]:
    """Say how a project stood then and stands now, as the page words it on both days, and which fields differ."""
    then = next((one for one in states(since.before, day_of(since.moment)) if one.project.id == state.project.id), None)
    if then is None:
        return []
    # Whoever rewrote a text may have had to: the old words are not brought back.
    words = {name: getattr(state.project, name) for name in ("start_said", "start_said_en")}
    then = replace(then, project=then.project.model_copy(update=words))
    before, after = state_word(view, then), state_word(view, state)
    if before == after:
        return [_fields(view, own, told=False)]
    return [view.t("report.status", before=before, after=after), _fields(view, own)]


def _milestone(view: View, milestone: Milestone, how: Difference) -> str:
    t, fmt, name = view.t, view.fmt, name_of(view, milestone)
    if how.new:
        if milestone.done is not None:
            return t("report.milestone_new_done", name=name, day=fmt.date(milestone.done))
        return t("report.milestone_new", name=name, due=_due(view, milestone))
    before = how.before
    said = t("report.milestone_changed", name=name)
    if not isinstance(before, Milestone):
        return said
    if milestone.done is not None and milestone.done != before.done:
        said = t("report.milestone_done", name=name, day=fmt.date(milestone.done))
    elif milestone.done is None and before.done is not None:
        said = t("report.milestone_not_done", name=name)
    elif milestone.due != before.due:
        said = t("report.milestone_moved", name=name, before=_due(view, before), after=_due(view, milestone))
    return said


def _due(view: View, milestone: Milestone) -> str:
    return view.t("plan.milestone_undated") if milestone.due is None else view.fmt.date(milestone.due)


def _figure(view: View, linked: LinkedIndicator, how: Difference) -> str:
    known = linked.indicator in view.catalogue.indicators or linked.indicator in view.catalogue.splits
    name = lower_first(figure_name(view, linked.indicator)) if known else linked.indicator
    return view.t("report.figure_new" if how.new else "report.figure_changed", name=name)


def _fields(view: View, how: Difference | None, *, told: bool = True) -> str:
    """Name the fields that have changed; a remark on a field, and its English, are named by the field."""
    if how is None or not how.fields:
        return ""
    kind = how.entry.kind
    plain = dict.fromkeys(_meant(field) for field in how.fields)
    labels = dict.fromkeys(
        lower_first(label_of(view, kind, field)) for field in plain if not (told and field == _TOLD[kind])
    )
    return view.t("report.fields", fields=listed(list(labels), view.t)) if labels else ""


def _meant(field: str) -> str:
    field = field.removesuffix(ENGLISH)
    if field in _MEANT:
        return _MEANT[field]
    for ending in _ASIDE:
        field = field.removesuffix(ending)
    return field


def _removed(view: View, since: Since, kind: type[Entry], parent: str) -> str:
    n = since.removed.get((kind.kind, parent), 0)
    return view.t.n(f"report.removed_{kind.kind}", n) if n else ""
