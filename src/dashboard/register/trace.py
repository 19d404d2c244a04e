"""What came of what residents said: where a contribution is, and whether the circle has been told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.register.circle_entries import Contribution, ContributionState, Step, TraceStep
from dashboard.register.contents import Contents


class Outcome(StrEnum):
    """How far a contribution has come."""

    WAITING = "waiting"
    DISCUSSED = "discussed"
    DECIDED = "decided"
    PROJECT = "project"
    DECLINED = "declined"


class Stage(StrEnum):
    """What may still happen with a contribution."""

    DISCUSSED = "discussed"
    ANSWERED = "answered"
    TOLD_BACK = "told_back"


#: Steps that answer a contribution; the newest one counts.
ANSWERS = {Step.DECIDED: Outcome.DECIDED, Step.PROJECT: Outcome.PROJECT, Step.DECLINED: Outcome.DECLINED}
ANSWERED = frozenset(ANSWERS.values())
LED_SOMEWHERE = frozenset({Outcome.DECIDED, Outcome.PROJECT})
_ORDER = list(Step)


@dataclass(frozen=True)
class Trace:
    """A contribution with what happened with it.

    Attributes
    ----------
    contribution
        What was said.
    steps
        What happened, in the order of days; on one day in the order that it usually happens in.
    """

    contribution: Contribution
    steps: tuple[TraceStep, ...] = ()

    @property
    def answer(self) -> TraceStep | None:
        """The newest answer: a decision may follow a no, and a no a decision."""
        return next((step for step in reversed(self.steps) if step.step in ANSWERS), None)

    @property
    def outcome(self) -> Outcome:
        """How far it has come."""
        if self.answer is not None:
            return ANSWERS[self.answer.step]
        return Outcome.DISCUSSED if self.steps else Outcome.WAITING

    @property
    def is_told_back(self) -> bool:
        """Whether the circle was told of the newest answer; what was told before it does not count."""
        answer = self.answer
        told = [step for step in self.steps if step.step is Step.TOLD_BACK]
        return bool(told) and (answer is None or told[-1].on >= answer.on)

    @property
    def pending(self) -> tuple[Stage, ...]:
        """What has not happened yet; a talk that nobody noted is not waited for once there is an answer."""
        open_stages = []
        if self.outcome is Outcome.WAITING:
            open_stages.append(Stage.DISCUSSED)
        if self.answer is None:
            open_stages.append(Stage.ANSWERED)
        if self.answer is None or not self.is_told_back:
            open_stages.append(Stage.TOLD_BACK)
        return tuple(open_stages)


def trace(contribution: Contribution, steps: Iterable[TraceStep]) -> Trace:
    """Put the steps of a contribution in order, leaving out those of others."""
    own = [step for step in steps if step.contribution == contribution.id]
    return Trace(contribution, tuple(sorted(own, key=lambda step: (step.on, _ORDER.index(step.step), step.id))))


def public_traces(contents: Contents) -> tuple[Trace, ...]:
    """Give what the public may read, the newest first.

    A contribution whose text was removed stays where something came of it: the answer is the city's own word.
    """
    found = [trace(one, contents.trace_steps) for one in contents.contributions]
    shown = [
        one
        for one in found
        if one.contribution.state is ContributionState.PUBLISHED
        or (one.contribution.state is ContributionState.REMOVED and one.steps)
    ]
    return tuple(sorted(shown, key=_age, reverse=True))


def _age(one: Trace) -> tuple[str, str]:
    return str(one.contribution.submitted_on or ""), one.contribution.id


def not_told_back(traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """Give those that have been answered without the circle having been told, the longest waiting first."""
    open_ones = [one for one in traces if one.answer is not None and not one.is_told_back]
    return tuple(sorted(open_ones, key=lambda one: (str(one.answer and one.answer.on), one.contribution.id)))


def waiting(contents: Contents) -> tuple[Contribution, ...]:
    """Give what waits for a moderator, the oldest first."""
    found = [one for one in contents.contributions if one.state is ContributionState.SUBMITTED]
    return tuple(sorted(found, key=lambda one: (str(one.submitted_on or ""), one.id)))


def count(traces: Sequence[Trace], *outcomes: Outcome) -> int:
    """Tell how many have come so far."""
    return sum(one.outcome in outcomes for one in traces)
