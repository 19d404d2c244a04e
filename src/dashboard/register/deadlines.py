"""The days of the roadmap that must be kept: milestones, money, final reports and calls for applications."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.register.contents import Contents
from dashboard.register.entries import Milestone, ProjectStatus
from dashboard.register.grant_entries import Funder, Grant
from dashboard.register.grant_life import RUNNING, money


class DeadlineKind(StrEnum):
    """What must have been done by a day; named after the field that holds the day."""

    MILESTONE = "milestone"
    USED_UNTIL = "used_until"
    REPORT_DUE = "report_due"
    CALL_OPENS = "call_opens"
    CALL_CLOSES = "call_closes"


#: A call that has opened or closed is nothing that anybody is late with.
_OVER_WHEN_PASSED = frozenset({DeadlineKind.CALL_OPENS, DeadlineKind.CALL_CLOSES})


@dataclass(frozen=True)
class Deadline:
    """A day to keep, and the entry that names it."""

    kind: DeadlineKind
    day: date
    entry: Milestone | Grant | Funder

    @property
    def key(self) -> str:
        """What tells this deadline from all others, however its day or its entry's name may change."""
        return deadline_key(self.entry, self.kind)


def deadline_key(entry: Milestone | Grant | Funder, kind: DeadlineKind) -> str:
    """Give the key of what an entry must have done by a day, whether it has such a day or not."""
    return f"{entry.kind}-{entry.id}-{kind.value}"


def deadlines(contents: Contents) -> tuple[Deadline, ...]:
    """Give the days to keep, the earliest first.

    Left out is what is done: milestones reached or of a project that is done, money known to be used up, reports
    handed in, grants that are reported or were refused. A funder that is closed by then has no call.

    Parameters
    ----------
    contents
        The register as somebody may see it; of what that person may not see there is no deadline.
    """
    return tuple(sorted(_all(contents), key=lambda one: (one.day, one.key)))


def _all(contents: Contents) -> Iterator[Deadline]:
    over = {project.id for project in contents.projects if project.status is ProjectStatus.DONE}
    for milestone in contents.milestones:
        if milestone.due is not None and milestone.done is None and milestone.project not in over:
            yield Deadline(DeadlineKind.MILESTONE, milestone.due, milestone)
    for grant in contents.grants:
        if grant.state not in RUNNING:
            continue
        if grant.used_until is not None and not _is_used_up(contents, grant):
            yield Deadline(DeadlineKind.USED_UNTIL, grant.used_until, grant)
        if grant.report_due is not None and grant.reported_on is None:
            yield Deadline(DeadlineKind.REPORT_DUE, grant.report_due, grant)
    for funder in contents.funders:
        if funder.call_opens is not None and not _is_closed(funder, funder.call_opens):
            yield Deadline(DeadlineKind.CALL_OPENS, funder.call_opens, funder)
        if funder.call_closes is not None and not _is_closed(funder, funder.call_closes):
            yield Deadline(DeadlineKind.CALL_CLOSES, funder.call_closes, funder)


def _is_used_up(contents: Contents, grant: Grant) -> bool:
    """Tell whether all money is known to be used; what those who spent it must do by then is done."""
    # What is left does not depend on the day that it is asked for.
    left = money(grant, contents.spending_of(grant.id), date.min).left
    return left is not None and left <= 0


def _is_closed(funder: Funder, day: date) -> bool:
    return funder.closed is not None and funder.closed <= day


def of_projects(found: Iterable[Deadline], projects: Collection[str]) -> tuple[Deadline, ...]:
    """Give those of some projects and of the grants that pay for them; a call belongs to no project."""
    return tuple(one for one in found if _is_of(one.entry, projects))


def _is_of(entry: Milestone | Grant | Funder, projects: Collection[str]) -> bool:
    if isinstance(entry, Milestone):
        return entry.project in projects
    return isinstance(entry, Grant) and any(one in projects for one in entry.projects)


def coming(found: Iterable[Deadline], today: date) -> tuple[Deadline, ...]:
    """Give those of today and later, in their order."""
    return tuple(one for one in found if one.day >= today)


def passed(found: Iterable[Deadline], today: date) -> tuple[Deadline, ...]:
    """Give those whose day is over although nobody has entered that they were kept, the latest first."""
    late = [one for one in found if one.day < today and one.kind not in _OVER_WHEN_PASSED]
    return tuple(reversed(late))
