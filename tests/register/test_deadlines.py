"""The days to keep: what is done, refused or over is none of them."""

from datetime import date

import pytest

from dashboard.register.contents import Contents
from dashboard.register.deadlines import coming, deadlines, of_projects, passed
from dashboard.register.entries import Milestone, Project
from dashboard.register.grant_entries import Funder, Grant, Spending

TODAY = date(2026, 11, 25)


def grant(**values: object) -> Grant:
    given = {"id": "g", "municipality": "1488", "name": "B", "funder": "f", "state": "ongoing"}
    return Grant.model_validate(given | {"used_until": date(2027, 4, 30), "report_due": date(2027, 6, 30)} | values)


def keys(contents: Contents) -> list[str]:
    return [one.key for one in deadlines(contents)]


@pytest.mark.parametrize("state", ["granted", "ongoing"])
def test_a_grant_that_runs_has_money_to_use_and_a_report_to_hand_in(state):
    assert keys(Contents(grants=(grant(state=state),))) == ["grant-g-used_until", "grant-g-report_due"]


@pytest.mark.parametrize("state", ["planned", "applied", "refused", "reported", "closed"])
def test_a_grant_that_does_not_run_has_nothing_to_keep(state):
    assert keys(Contents(grants=(grant(state=state),))) == []


def test_what_is_done_is_left_out():
    contents = Contents(
        milestones=(
            Milestone(id="a", project="p", name="A", due=date(2026, 1, 1), done=date(2026, 2, 1)),
            Milestone(id="b", project="p", name="B"),
            Milestone(id="c", project="p", name="C", due=date(2028, 1, 1)),
        ),
        grants=(grant(reported_on=date(2026, 11, 1)),),
    )
    assert keys(contents) == ["grant-g-used_until", "milestone-c-milestone"]


def test_days_are_in_order_and_those_passed_are_told_apart():
    contents = Contents(
        milestones=(Milestone(id="a", project="p", name="A", due=date(2026, 11, 24)),),
        funders=(
            Funder(id="f", municipality="1488", name="F", call_opens=date(2026, 11, 1), call_closes=date(2026, 11, 25)),
        ),
        grants=(grant(used_until=date(2022, 4, 30)),),
    )
    found = deadlines(contents)
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert [one.key for one in coming(found, TODAY)] == ["funder-f-call_closes", "grant-g-report_due"]
    # A call that has opened is nothing that anybody is late with.
    assert [one.key for one in passed(found, TODAY)] == ["milestone-a-milestone", "grant-g-used_until"]


@pytest.mark.parametrize(("status", "found"), [("ongoing", 1), ("paused", 1), ("delayed", 1), ("done", 0)])
def test_a_project_that_is_done_waits_for_no_milestone(status, found):
    project = Project(id="p", municipality="1488", name="P", status=status, status_why="Påhittat.")
    milestone = Milestone(id="a", project="p", name="A", due=date(2027, 1, 1))
    assert len(keys(Contents(projects=(project,), milestones=(milestone,)))) == found


@pytest.mark.parametrize(
    ("granted", "spent", "waits"),
    [(100, (), True), (100, (60, 39), True), (100, (60, 40), False), (100, (101,), False), (None, (100,), True)],
)
def test_money_known_to_be_used_up_must_not_be_used_by_any_day(granted, spent, waits):
    posts = tuple(
        Spending(id=f"s{n}", grant="g", on=date(2026, 5, 1), amount=amount, what="X") for n, amount in enumerate(spent)
    )
    contents = Contents(grants=(grant(granted_amount=granted),), spending=posts)
    assert ("grant-g-used_until" in keys(contents)) is waits


@pytest.mark.parametrize(
    ("closed", "left"),
    [(date(2027, 1, 15), []), (date(2027, 1, 16), ["call_opens"]), (date(2027, 3, 2), ["call_opens", "call_closes"])],
)
def test_a_closed_funder_has_no_call(closed, left):
    funder = Funder(
        id="f",
        municipality="1488",
        name="F",
        call_opens=date(2027, 1, 15),
        call_closes=date(2027, 3, 1),
        closed=closed,
    )
    assert keys(Contents(funders=(funder,))) == [f"funder-f-{one}" for one in left]


def test_the_days_of_some_projects_are_their_milestones_and_the_grants_that_pay_for_them():
    contents = Contents(
        milestones=(
            Milestone(id="a", project="p", name="A", due=date(2027, 1, 1)),
            Milestone(id="b", project="q", name="B", due=date(2027, 1, 2)),
        ),
        grants=(
            grant(id="g", projects=("q", "p"), report_due=None),
            grant(id="h", projects=("q",)),
            grant(id="i"),
        ),
        funders=(Funder(id="f", municipality="1488", name="F", call_opens=date(2027, 1, 15)),),
    )
    found = of_projects(deadlines(contents), {"p"})
    assert [one.key for one in found] == ["milestone-a-milestone", "grant-g-used_until"]
    assert of_projects(deadlines(contents), set()) == ()
