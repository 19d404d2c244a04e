"""Projects in words: how they stand, when they begin and end, why they are late, where it is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from babel.dates import format_date

from dashboard.catalogue import Text
from dashboard.register.entries import Bound, Milestone, Project, ProjectStatus
from dashboard.register.fields import first_day, last_day
from dashboard.register.project_life import Lateness, ProjectState
from dashboard.views import html
from dashboard.views.context import View
from dashboard.views.words import sentence, upper_first

#: Lengths of a partial date: `2021`, `2021-09`.
_YEAR, _MONTH = 4, 7


class Sourced(Protocol):
    """An entry that tells where it is from."""

    @property
    def source(self) -> str:
        """What the entry rests on."""

    @property
    def source_date(self) -> str | None:
        """When that was published or reviewed."""

    def said(self, field: str) -> Text:
        """Give a text in both languages."""


def status_word(view: View, status: ProjectStatus) -> str:
    """Give how a project stands, as it stands inside a sentence."""
    return view.t(f"plan.status_{status.value}")


def day_words(view: View, partial: str) -> str:
    """Give a date as exact as it is known: “2021”, “september 2021”, “1 september 2021”."""
    if len(partial) == _YEAR:
        return partial
    day = first_day(partial)
    if len(partial) == _MONTH:
        return str(format_date(day, format="MMMM y", locale=view.language)).replace(" ", "\u00a0")
    return view.fmt.date(day)


def state_word(view: View, state: ProjectState) -> str:
    """Give how a project stands today; of one that was under way long ago, that and that no more is known."""
    if state.known is None:
        return status_word(view, state.status)
    return view.t("plan.was_ongoing", when=known_words(view, state, state.known))


def status_html(view: View, state: ProjectState) -> str:
    """Give how a project stands as a word with a mark before it."""
    word = html.escape(upper_first(state_word(view, state)))
    mark = state.status.value if state.known is None else "unsure"
    return f'<span class="hs-status"><i class="hs-bar-key hs-bar-{mark}" aria-hidden="true"></i>{word}</span>'


def known_words(view: View, state: ProjectState, known: date) -> str:
    """Give when a project last was known to be under way: in the published words, else the year."""
    if _tells_when(state.project, known):
        return _seen_words(view, state.project)
    return view.fmt.year(known.year)


def _tells_when(project: Project, known: date) -> bool:
    """Tell whether that a project was seen under way is the last that is known of it."""
    return project.start is not None and project.start_bound is Bound.SEEN and known == last_day(project.start)


def _seen_words(view: View, project: Project) -> str:
    return _said_words(view, project, "start") or day_words(view, project.start or "")


def _said_words(view: View, project: Project, end: str) -> str:
    """Give the published words for a start or an end, which stand after the word for “under way” when it was seen."""
    said = project.said(f"{end}_said").in_(view.language)
    # Whoever writes down what was published may begin with that word.
    word = view.t("plan.seen_word")
    return said[len(word) + 1 :] if said.lower().startswith(f"{word} ") else said


def start_words(view: View, project: Project) -> str:
    """Give when a project began: in the published words, else by its date, else that it is not known."""
    return _bounded(view, project.start, project.start_bound, _said_words(view, project, "start"))


def end_words(view: View, project: Project) -> str:
    """Give when a project ends or ended, likewise."""
    return _bounded(view, project.end, project.end_bound, _said_words(view, project, "end"))


def _bounded(view: View, partial: str | None, bound: Bound, said: str) -> str:
    if bound is Bound.SEEN and partial is not None:
        # That somebody saw it under way is not when it began, in whatever words that was published.
        return view.t("plan.bound_seen", day=said or day_words(view, partial))
    if said or partial is None:
        return said or view.t("plan.missing")
    day = day_words(view, partial)
    return day if bound is Bound.AT else view.t(f"plan.bound_{bound.value}", day=day)


def when_words(view: View, project: Project, *, seen_is_told: bool = False) -> str:
    """Give start and end in one line; when it was seen under way too, unless that stands beside it."""
    t = view.t
    seen = project.start is not None and project.start_bound is Bound.SEEN
    start = t("plan.missing") if seen else start_words(view, project)
    end = end_words(view, project)
    missing = t("plan.missing")
    when = t("plan.when_missing") if start == end == missing else t("plan.when", start=start, end=end)
    told = seen and not seen_is_told
    return sentence(t("plan.was_seen", when=_seen_words(view, project)) if told else "", when)


def when_beside(view: View, state: ProjectState) -> str:
    """Give start and end as they stand beside the word for how a project stands."""
    told = state.known is not None and _tells_when(state.project, state.known)
    return when_words(view, state.project, seen_is_told=told)


def status_and_when(view: View, state: ProjectState) -> str:
    """Give how a project stands and when it is, in one line."""
    said = state_word(view, state)
    if state.known is not None:
        said = view.t("plan.was_ongoing_long", when=known_words(view, state, state.known))
    return view.t("plan.line", status=upper_first(said), when=when_beside(view, state))


def late_sentences(view: View, project: Project, late: Lateness) -> list[str]:
    """Say what of a project is late, and why as far as it is told."""
    found = [
        view.t("plan.late_milestone", name=name_of(view, one), day=view.fmt.date(one.due))
        for one in late.milestones
        if one.due is not None
    ]
    if late.ended is not None:
        found.append(view.t("plan.late_end", day=view.fmt.date(late.ended)))
    if late.said:
        found.append(view.t("plan.late_said", why=project.said("status_why").in_(view.language)))
    return found


def name_of(view: View, entry: Project | Milestone) -> str:
    """Give an entry's name in the visitor's language."""
    return entry.said("name").in_(view.language)


def source_words(view: View, entry: Sourced) -> str:
    """Say where an entry is from; an entry that was written into the register itself says that."""
    source = entry.said("source").in_(view.language)
    if not source:
        return view.t("plan.source_own")
    if entry.source_date is None or entry.source_date in source:
        return source
    return view.t("plan.source_dated", source=source, date=entry.source_date)


def source_credit(view: View, entries: Sequence[Sourced]) -> str:
    """Give the credit of some entries, each source once."""
    sources = dict.fromkeys(source_words(view, one) for one in entries)
    return view.t("plan.source", sources="; ".join(sources))
