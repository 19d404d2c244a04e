"""What came of a contribution: the newest answer counts, and it counts as told only when it was told afterwards."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from dashboard.register.circle_entries import Contribution, TraceStep
from dashboard.register.contents import Contents
from dashboard.register.trace import (
    Outcome,
    Stage,
    count,
    not_told_back,
    public_traces,
    trace,
    waiting,
)


def said(name: str = "a", **values: object) -> Contribution:
    return Contribution.model_validate(
        {"id": name, "municipality": "1488", "text": "Mer ljus.", "state": "published", **values}
    )


def step(what: str, day: int, of: str = "a", month: int = 1) -> TraceStep:
    more = {"text": "För dyrt."} if what == "declined" else {"project": "torget"} if what == "project" else {}
    name = f"{of}-{what}-{month}-{day}"
    return TraceStep(id=name, contribution=of, step=what, on=date(2026, month, day), **more)


@pytest.mark.parametrize(
    ("steps", "outcome", "told", "pending"),
    [
        ([], Outcome.WAITING, False, (Stage.DISCUSSED, Stage.ANSWERED, Stage.TOLD_BACK)),
        ([("discussed", 1)], Outcome.DISCUSSED, False, (Stage.ANSWERED, Stage.TOLD_BACK)),
        # Told that it was talked about: the answer is still to come, and to be told.
        ([("discussed", 1), ("told_back", 2)], Outcome.DISCUSSED, True, (Stage.ANSWERED, Stage.TOLD_BACK)),
        ([("discussed", 1), ("decided", 2)], Outcome.DECIDED, False, (Stage.TOLD_BACK,)),
        # Nobody noted the talk; it is not waited for any more.
        ([("project", 2)], Outcome.PROJECT, False, (Stage.TOLD_BACK,)),
        ([("declined", 2), ("told_back", 2)], Outcome.DECLINED, True, ()),
        ([("told_back", 1), ("declined", 2)], Outcome.DECLINED, False, (Stage.TOLD_BACK,)),
        # The newest answer counts, whichever way it went.
        ([("declined", 1), ("told_back", 2), ("project", 3)], Outcome.PROJECT, False, (Stage.TOLD_BACK,)),
        ([("decided", 1), ("declined", 3), ("told_back", 4)], Outcome.DECLINED, True, ()),
        # A talk after the answer takes nothing back.
        ([("decided", 1), ("discussed", 3)], Outcome.DECIDED, False, (Stage.TOLD_BACK,)),
        ([("decided", 1), ("project", 1)], Outcome.PROJECT, False, (Stage.TOLD_BACK,)),
    ],
)
def test_what_came_of_a_contribution(steps, outcome, told, pending):
    for order in permutations(step(*one) for one in steps):
        found = trace(said(), order)
        assert (found.outcome, found.is_told_back, found.pending) == (outcome, told, pending)


def test_steps_are_in_the_order_of_days_and_of_others_left_out():
    steps = [step("told_back", 3), step("decided", 2, of="b"), step("project", 1), step("decided", 1)]
    assert [one.step.value for one in trace(said(), steps).steps] == ["decided", "project", "told_back"]


def test_answers_that_nobody_was_told_of_the_oldest_first():
    traces = [
        trace(said("new"), [step("decided", 5, of="new")]),
        trace(said("told"), [step("decided", 1, of="told"), step("told_back", 2, of="told")]),
        trace(said("open"), [step("discussed", 1, of="open")]),
        trace(said("old"), [step("declined", 3, of="old")]),
    ]
    assert [one.contribution.id for one in not_told_back(traces)] == ["old", "new"]


def test_the_public_reads_what_is_published_and_what_came_of_what_was_removed():
    contents = Contents(
        contributions=(
            said("a", submitted_on=date(2026, 1, 1)),
            said("b", submitted_on=date(2026, 2, 1)),
            said("c", state="submitted"),
            said("d", state="refused", refused_because="Pekar ut en person."),
            said("e", state="removed", text=""),
            said("f", state="removed", text="", submitted_on=date(2026, 3, 1)),
        ),
        trace_steps=(step("decided", 1, of="f"), step("discussed", 1, of="c")),
    )
    assert [one.contribution.id for one in public_traces(contents)] == ["f", "b", "a"]
    assert count(public_traces(contents), Outcome.DECIDED, Outcome.PROJECT) == 1
    assert count(public_traces(contents), Outcome.WAITING) == 2


def test_what_waits_for_a_moderator_comes_oldest_first():
    contents = Contents(
        contributions=(
            said("young", state="submitted", submitted_on=date(2026, 2, 1)),
            said("out"),
            said("old", state="submitted", submitted_on=date(2026, 1, 1)),
        )
    )
    assert [one.id for one in waiting(contents)] == ["old", "young"]
