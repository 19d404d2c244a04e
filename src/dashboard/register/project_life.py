"""How projects stand against the calendar: what is late and why, what comes next, and what is known of their time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.register.contents import Contents
from dashboard.register.entries import Bound, Milestone, Project, ProjectStatus
from dashboard.register.fields import first_day, last_day

#: After so many days nobody takes for granted that what was under way still is.
_FRESH_DAYS = 366
#: Of a project that stands so, a day that has passed makes it a delayed one; of others it is told, no more.
_CAN_BECOME_DELAYED = frozenset({ProjectStatus.PLANNED, ProjectStatus.ONGOING})


@dataclass(frozen=True)
class Lateness:
    """Why a project is late.

    Attributes
    ----------
    milestones
        Those that should have been done before today and are not.
    ended
        The last day that the project should have taken, when that has passed.
    said
        Whether the project itself is said to be delayed; its `status_why` says why.
    """

    milestones: tuple[Milestone, ...] = ()
    ended: date | None = None
    said: bool = False

    @property
    def late(self) -> bool:
        """Whether anything is late."""
        return bool(self.milestones) or self.ended is not None or self.said


@dataclass(frozen=True)
class Span:
    """A part of a project's time.

    Attributes
    ----------
    first, last
        Its days; None where nobody has said how far it reaches.
    sure
        Whether the project is known to have been, or to be planned, under way then; otherwise it may have been.
    """

    first: date | None
    last: date | None
    sure: bool


def late_milestones(milestones: Iterable[Milestone], today: date) -> tuple[Milestone, ...]:
    """Give the milestones that should have been done before today and are not, the oldest first."""
    late = [one for one in milestones if one.done is None and one.due is not None and one.due < today]
    return tuple(sorted(late, key=lambda one: (one.due or today, one.position, one.id)))


def lateness(project: Project, milestones: Iterable[Milestone], today: date) -> Lateness:
    """Tell what of a project is late; of one that is done, nothing is."""
    if project.status is ProjectStatus.DONE:
        return Lateness()
    end = _latest_end(project)
    return Lateness(
        late_milestones(milestones, today),
        end if end is not None and end < today else None,
        project.status is ProjectStatus.DELAYED,
    )


def standing(project: Project, milestones: Iterable[Milestone], today: date) -> ProjectStatus:
    """Give how a project stands: as it says, but delayed when a day has passed that it should have kept."""
    if project.status in _CAN_BECOME_DELAYED and lateness(project, milestones, today).late:
        return ProjectStatus.DELAYED
    return project.status


def can_be_late(project: Project, milestones: Iterable[Milestone]) -> bool:
    """Tell whether a project has a day that it could miss: an end, or a milestone that is not done."""
    if project.status is ProjectStatus.DONE:
        return False
    return _latest_end(project) is not None or any(one.due is not None and one.done is None for one in milestones)


def last_known(project: Project, milestones: Sequence[Milestone], today: date) -> date | None:
    """Give the last day on which a project that is said to be under way surely was; None when that is recent.

    What was published once says nothing of today; what those who lead a project write into the register does. Of a
    project whose time nobody has told, the day is that of its source.
    """
    if project.status is not ProjectStatus.ONGOING:
        return None
    if project.start is None:
        published = project.source_date if project.source else None
        day = None if published is None else first_day(published)
    else:
        _, start = _beginning(project.start, project.start_bound)
        day = _known_until(project, milestones, today, start)
    return day if day is not None and (today - day).days > _FRESH_DAYS else None


def next_milestone(projects: Iterable[Project], milestones: Iterable[Milestone], today: date) -> Milestone | None:
    """Give the milestone that is due next in projects that are not done; today's is among them."""
    waiting = {one.id for one in projects if one.status is not ProjectStatus.DONE}
    coming = [one for one in milestones if one.project in waiting and one.done is None and one.due and one.due >= today]
    return min(coming, key=lambda one: (one.due or today, one.id), default=None)


def spans(project: Project, milestones: Sequence[Milestone], today: date) -> tuple[Span, ...]:
    """Give what is known of a project's time, part after part; nothing when neither start nor end is known.

    A date that is exact to a month or a year makes that month or year an unsure part: the day lies somewhere in it.
    """
    found = _spans(project, milestones, today)
    if project.status is not ProjectStatus.DONE:
        return found
    # What is done ended by today, whatever part of a year or month is still to come.
    return _joined(Span(one.first, today if one.last is None else min(one.last, today), one.sure) for one in found)


def _spans(project: Project, milestones: Sequence[Milestone], today: date) -> tuple[Span, ...]:
    if project.start is None and project.end is None:
        return ()
    if project.start is None:
        return _spans_to_end(project)
    before, start = _beginning(project.start, project.start_bound)
    known = _known_until(project, milestones, today, start)
    sure_end, after = _ending(project, known)
    limit = _latest_end(project)
    if before is not None and before.last is not None and limit is not None and limit < before.last:
        # Begun some time in a year that it also ended in.
        return _joined([Span(before.first, limit, sure=False)])
    if after is not None and after.first is not None and project.start_bound is not Bound.BEFORE:
        # A year that a project ends in may begin before the project does.
        after = Span(max(after.first, first_day(project.start)), after.last, sure=False)
    found = [before, Span(start, max(start, sure_end), sure=True), after]
    return _joined(one for one in found if one is not None)


def _joined(found: Iterable[Span]) -> tuple[Span, ...]:
    """Make one part of unsure ones that overlap, such as a year that a project both began and ended in.

    Parts without a day are left out; dates that contradict each other leave such.
    """
    joined: list[Span] = []
    for span in (one for one in found if one.first is None or one.last is None or one.first < one.last):
        last = joined[-1] if joined else None
        if last is None or last.sure or span.sure or not _overlap(last, span):
            joined.append(span)
        else:
            end = None if last.last is None or span.last is None else max(last.last, span.last)
            joined[-1] = Span(last.first, end, sure=False)
    return tuple(joined)


def _overlap(before: Span, after: Span) -> bool:
    return before.last is None or after.first is None or after.first < before.last


def _latest_end(project: Project) -> date | None:
    if project.end is None or project.end_bound is Bound.SEEN:
        return None
    return last_day(project.end) if project.end_bound is Bound.AT else first_day(project.end) - timedelta(days=1)


def _beginning(start: str, bound: Bound) -> tuple[Span | None, date]:
    """Give the unsure part before a start, and the first day on which the project surely was under way."""
    first, last = first_day(start), last_day(start)
    if bound is not Bound.AT:
        return Span(None, first, sure=False), first
    return (Span(first, last, sure=False), last) if first != last else (None, first)


def _known_until(project: Project, milestones: Sequence[Milestone], today: date, start: date) -> date:
    """Give the last day on which a project without an end is known to have been under way."""
    if project.status is ProjectStatus.PLANNED:
        return start
    days = [start, *(one.done for one in milestones if one.done is not None)]
    if project.start is not None and project.start_bound is Bound.SEEN:
        days.append(last_day(project.start))
    # What those who lead a project write themselves holds today; what was published somewhere holds as of then.
    if project.source_date is not None:
        days.append(first_day(project.source_date))
    elif not project.source and project.status is not ProjectStatus.DONE:
        days.append(today)
    return max(start, min(max(days), today))


def _ending(project: Project, known: date) -> tuple[date, Span | None]:
    """Give the last day that is sure, and the unsure part after it."""
    if project.end is None:
        # Nobody has told how far it reaches: neither until today nor beyond.
        return known, Span(known, None, sure=False)
    first, last = first_day(project.end), last_day(project.end)
    if project.end_bound is Bound.BEFORE:
        return min(known, first), Span(min(known, first), first, sure=False)
    if project.end_bound is Bound.SEEN:
        return last, Span(last, None, sure=False)
    return first, Span(first, last, sure=False)


def _spans_to_end(project: Project) -> tuple[Span, ...]:
    """Give the time of a project whose beginning nobody has told: it was some time before its end."""
    end = project.end or ""
    if project.end_bound is Bound.SEEN:
        return (Span(None, first_day(end), sure=False), Span(first_day(end), last_day(end), sure=True))
    return (Span(None, first_day(end) if project.end_bound is Bound.BEFORE else last_day(end), sure=False),)


@dataclass(frozen=True)
class ProjectState:
    """A project as it stands on a day.

    Attributes
    ----------
    project, milestones
        Its entries.
    status, lateness, spans
        What `standing`, `lateness` and `spans` say of them.
    known
        When it last was known to be under way, if that is so long ago that nobody knows how it stands now.
    """

    project: Project
    milestones: tuple[Milestone, ...]
    status: ProjectStatus
    lateness: Lateness
    spans: tuple[Span, ...]
    known: date | None = None


def states(contents: Contents, today: date) -> tuple[ProjectState, ...]:
    """Give every project as it stands on a day."""
    return tuple(_state(project, contents.milestones_of(project.id), today) for project in contents.projects)


def _state(project: Project, milestones: tuple[Milestone, ...], today: date) -> ProjectState:
    status = standing(project, milestones, today)
    return ProjectState(
        project,
        milestones,
        status,
        lateness(project, milestones, today),
        spans(project, milestones, today),
        # One that misses a day is late, however old the rest is.
        last_known(project, milestones, today) if status is ProjectStatus.ONGOING else None,
    )
