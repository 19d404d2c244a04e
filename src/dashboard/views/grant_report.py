"""The draft of a grant's final report: what the register knows is filled in, the rest is lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.register.contents import Contents
from dashboard.register.entries import Project
from dashboard.register.grant_entries import Funder, Grant
from dashboard.register.grant_life import money
from dashboard.register.project_life import ProjectState, states
from dashboard.sheets import Item, PaperCell, PaperTable, Report, Section
from dashboard.views.context import View
from dashboard.views.entry_words import label_of
from dashboard.views.grants_address import grant_address
from dashboard.views.grants_words import about, away_words, funder_name, over_words, window_words
from dashboard.views.provenance import paper_line
from dashboard.views.roadmap_project import kronor
from dashboard.views.roadmap_report_changes import decision_words
from dashboard.views.roadmap_words import Sourced, name_of, source_words, status_and_when
from dashboard.views.words import listed, sentence, upper_first

#: What is asked, with how many lines there are to answer on.
_QUESTIONS = {"did": 8, "led": 8, "other": 6, "learnt": 6, "on": 5, "sign": 2}


def grant_report(view: View, contents: Contents, grant: Grant, *, today: date, public: str) -> Report:
    """Give the draft of a final report.

    Parameters
    ----------
    view
        The view; its language is that of the report.
    contents
        What the public may see of the register.
    grant
        A grant that was granted.
    today
        The day that the draft is made.
    public
        Where the dashboard is served; empty where that is not known.
    """
    t = view.t
    name = grant.said("name").in_(view.language)
    own = [one for one in states(contents, today) if one.project.id in grant.projects]
    return Report(
        language=view.language,
        document=t("final.document", name=name),
        title=t("final.document", name=name),
        kind=t("final.kind", city=view.home.name),
        dates=(t("report.made", day=view.fmt.date(today)),),
        lead=(_due(view, grant, today), sentence(t("final.lead"), t("final.form"))),
        sections=(
            _facts(view, contents, grant),
            _money(view, contents, grant, today),
            *_reached(view, contents, own),
            Section(t("final.write")),
            *(Section(t(f"final.ask_{one}"), 3, blank=lines) for one, lines in _QUESTIONS.items()),
            _sources(view, grant, own),
        ),
        page_of=t("report.page_of"),
        link=f"{public}/{grant_address(view, grant.id)}" if public else "",
        link_text=t("report.link"),
        fingerprint=paper_line(view),
    )


def _due(view: View, grant: Grant, today: date) -> str:
    t = view.t
    if grant.reported_on is not None:
        return t("final.reported", day=view.fmt.date(grant.reported_on))
    if grant.report_due is None:
        return t("final.due_missing")
    return t("final.due", day=view.fmt.date(grant.report_due), away=away_words(view, grant.report_due, today))


def _facts(view: View, contents: Contents, grant: Grant) -> Section:
    t = view.t

    def day(one: date | None) -> str:
        return "" if one is None else view.fmt.date(one)

    projects = [one for name in grant.projects if (one := contents.find(Project, name)) is not None]
    known_window = grant.used_from is not None or grant.used_until is not None
    facts = (
        (t("final.funder"), funder_name(view, contents.find(Funder, grant.funder))),
        (t("grants.purpose"), grant.said("purpose").in_(view.language)),
        (t("grants.projects"), listed([name_of(view, one) for one in projects], t)),
        (label_of(view, grant.kind, "applied_on"), day(grant.applied_on)),
        (t("grants.applied"), "" if grant.applied_amount is None else kronor(view, grant.applied_amount)),
        (label_of(view, grant.kind, "decided_on"), day(grant.decided_on)),
        (t("grants.window"), window_words(view, grant) if known_window else ""),
        (t("grants.report_due"), day(grant.report_due)),
    )
    rows = tuple((PaperCell(upper_first(what)), _known(view, said)) for what, said in facts)
    return Section(t("final.facts"), table=PaperTable((t("final.fact"), t("final.known")), rows, (1.0, 2.6)))


def _known(view: View, said: str) -> PaperCell:
    """Give what is known, paragraph by paragraph in one; what is not says so, to be filled in."""
    if said:
        return PaperCell(" ".join(said.split("\n\n")))
    return PaperCell(upper_first(view.t("plan.missing")), note=view.t("final.missing_note"))


def _money(view: View, contents: Contents, grant: Grant, today: date) -> Section:
    """Give what was granted, each post, and what is used and left; without posts nothing is known to be used."""
    t = view.t
    posts = contents.spending_of(grant.id)
    sums = money(grant, posts, today)
    missing = upper_first(t("plan.missing"))

    def row(what: str, amount: str, reason: str, on: str = "") -> tuple[PaperCell, ...]:
        cell = PaperCell(upper_first(amount)) if amount else PaperCell(missing, note=reason)
        return PaperCell(what), PaperCell(on), cell

    granted = "" if sums.granted is None else about(view, sums.granted, is_about=grant.amount_is_about)
    used = "" if sums.used is None else kronor(view, sums.used)
    last = row(t("grants.left"), "", t("grants.left_unknown"))
    if sums.left is not None and sums.left < 0:
        last = row(t("grants.over"), over_words(view, -sums.left, is_about=grant.amount_is_about), "")
    elif sums.left is not None:
        last = row(t("grants.left"), about(view, sums.left, is_about=grant.amount_is_about), "")
    rows = (
        row(t("grants.granted"), granted, t("report.no_amount")),
        *(row(one.what, kronor(view, one.amount), "", view.fmt.date(one.on)) for one in posts),
        row(t("grants.used"), used, t("report.no_posts")),
        last,
    )
    headings = (t("grants.what"), t("grants.day"), t("grants.amount"))
    return Section(t("final.money"), table=PaperTable(headings, rows, (2.4, 1.4, 1.4), (2,)))


def _reached(view: View, contents: Contents, own: Sequence[ProjectState]) -> list[Section]:
    """Give of each project how it stands, which milestones are done, and what was decided."""
    t = view.t
    if not own:
        return [Section(t("final.done"), texts=(t("final.done_none"),))]
    found = [Section(t("final.done"))]
    for state in own:
        done = [one for one in state.milestones if one.done is not None]
        results = " ".join(state.project.said("results").in_(view.language).split("\n\n"))
        items = [Item(t("final.results"), results)] if results else []
        items += [
            Item(
                t("final.milestone"), f"{name_of(view, one)}, {t('plan.milestone_done', day=view.fmt.date(one.done))}."
            )
            for one in done
            if one.done is not None
        ]
        items += [Item("", decision_words(view, one)) for one in contents.decisions_of(state.project.id)]
        items = items or [Item("", t("final.results_missing"))]
        stands = Item(t("final.stands"), status_and_when(view, state))
        found.append(Section(name_of(view, state.project), 3, items=(stands, *items)))
    return found


def _sources(view: View, grant: Grant, own: Sequence[ProjectState]) -> Section:
    sourced: list[Sourced] = [grant, *(one.project for one in own)]
    said = dict.fromkeys(upper_first(source_words(view, one)) for one in sourced)
    return Section(view.t("report.sources"), items=tuple(Item("", f"{one.rstrip('.')}.") for one in said))
