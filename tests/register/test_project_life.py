"""How projects stand against the calendar."""

from datetime import date

import pytest

from dashboard.register.contents import Contents
from dashboard.register.entries import Bound, Milestone, Project, ProjectStatus
from dashboard.register.project_life import (
    Lateness,
    Span,
    can_be_late,
    last_known,
    late_milestones,
    lateness,
    next_milestone,
    spans,
    standing,
    states,
)

TODAY = date(2026, 11, 25)


def project(**values: object) -> Project:
    usual = {"id": "p", "municipality": "1488", "name": "Torget", "status": "ongoing"}
    return Project.model_validate(usual | values)


def milestone(name: str, **values: object) -> Milestone:
    return Milestone.model_validate({"id": name, "project": "p", "name": name} | values)


PASSED = milestone("passed", due=date(2026, 11, 24))
OLDER = milestone("older", due=date(2026, 1, 1))
OF_TODAY = milestone("today", due=TODAY)
COMING = milestone("coming", due=date(2027, 1, 1))
DONE_LATE = milestone("done", due=date(2026, 1, 1), done=date(2026, 5, 1))
UNDATED = milestone("undated")
ALL = [PASSED, OLDER, OF_TODAY, COMING, DONE_LATE, UNDATED]


def test_a_milestone_is_late_the_day_after_it_was_due_and_only_until_it_is_done():
    assert late_milestones(ALL, TODAY) == (OLDER, PASSED)


def test_a_project_says_why_it_is_late():
    late = lateness(project(end="2026-10"), ALL, TODAY)
    assert late == Lateness((OLDER, PASSED), date(2026, 10, 31), said=False)
    assert late.late


def test_nothing_is_late_before_its_day_has_passed():
    assert not lateness(project(end="2026-11-25"), [OF_TODAY, COMING, UNDATED, DONE_LATE], TODAY).late
    # A year or a month has passed with its last day.
    assert lateness(project(end="2026"), [], TODAY).ended is None
    assert lateness(project(end="2026"), [], date(2027, 1, 1)).ended == date(2026, 12, 31)


def test_what_an_end_is_said_to_be_decides_whether_it_has_passed():
    before = project(end="2026-11-25", end_bound=Bound.BEFORE)
    assert lateness(before, [], TODAY).ended == date(2026, 11, 24)
    assert lateness(before, [], date(2026, 11, 24)).ended is None
    # Seen under way then: that says nothing of when it should have ended.
    assert not lateness(project(end="2020", end_bound=Bound.SEEN), [], TODAY).late


def test_of_a_project_that_is_done_nothing_is_late():
    assert lateness(project(status="done", end="2020"), [PASSED], TODAY) == Lateness()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("planned", ProjectStatus.DELAYED),
        ("ongoing", ProjectStatus.DELAYED),
        ("delayed", ProjectStatus.DELAYED),
        ("paused", ProjectStatus.PAUSED),
        ("done", ProjectStatus.DONE),
    ],
)
def test_a_day_that_passed_makes_a_project_late_unless_it_rests_or_is_done(status: str, expected: ProjectStatus):
    why = {"status_why": "Väntar på beslut"} if status in {"delayed", "paused"} else {}
    assert standing(project(status=status, **why), [PASSED], TODAY) is expected
    assert standing(project(status=status, **why), [COMING], TODAY) is ProjectStatus(status)


def test_a_project_that_says_it_is_late_is_late_without_any_date():
    late = lateness(project(status="delayed", status_why="Marken är inte klar"), [], TODAY)
    assert late == Lateness(said=True)
    assert late.late


def test_the_next_milestone_is_the_nearest_one_of_a_project_that_is_not_done():
    other = milestone("other", due=date(2026, 12, 1)).model_copy(update={"project": "q"})
    done = project(id="q", status="done")
    assert next_milestone([project(), done], [*ALL, other], TODAY) == OF_TODAY
    assert next_milestone([project(), done], [COMING, other], TODAY) == COMING
    assert next_milestone([project()], [PASSED, UNDATED, DONE_LATE], TODAY) is None


def test_a_project_without_dates_has_no_place_in_time():
    assert spans(project(), [], TODAY) == ()
    assert spans(project(status="planned", source_date="2021"), [DONE_LATE], TODAY) == ()


def test_exact_days_make_one_sure_part():
    found = spans(project(start="2021-03-01", end="2022-05-31"), [], TODAY)
    assert found == (Span(date(2021, 3, 1), date(2022, 5, 31), sure=True),)


def test_a_year_or_a_month_is_unsure_over_its_whole_length():
    assert spans(project(start="2021", end="2023-02"), [], TODAY) == (
        Span(date(2021, 1, 1), date(2021, 12, 31), sure=False),
        Span(date(2021, 12, 31), date(2023, 2, 1), sure=True),
        Span(date(2023, 2, 1), date(2023, 2, 28), sure=False),
    )


def test_a_project_that_began_and_ended_within_a_year_is_not_drawn_beyond_its_end():
    found = spans(project(status="done", start="2021", end="2021-06"), [], TODAY)
    assert found == (Span(date(2021, 1, 1), date(2021, 6, 30), sure=False),)


def test_a_start_before_a_date_is_open_towards_the_past():
    found = spans(project(start="2021", start_bound="before", source="Nyhetssida", source_date="2021-06-09"), [], TODAY)
    assert found == (
        Span(None, date(2021, 1, 1), sure=False),
        Span(date(2021, 1, 1), date(2021, 6, 9), sure=True),
        Span(date(2021, 6, 9), None, sure=False),
    )


def test_a_project_that_was_seen_is_sure_for_that_time_alone():
    found = spans(project(start="2023", start_bound="seen", source="En sida"), [], TODAY)
    assert found == (
        Span(None, date(2023, 1, 1), sure=False),
        Span(date(2023, 1, 1), date(2023, 12, 31), sure=True),
        Span(date(2023, 12, 31), None, sure=False),
    )


def test_what_is_written_into_the_register_itself_holds_until_today():
    assert spans(project(start="2025-01-01"), [], TODAY) == (
        Span(date(2025, 1, 1), TODAY, sure=True),
        Span(TODAY, None, sure=False),
    )


def test_a_milestone_that_was_done_tells_that_a_project_was_under_way():
    found = spans(project(start="2025-01-01", source="En sida"), [DONE_LATE], TODAY)
    assert found == (
        Span(date(2025, 1, 1), date(2026, 5, 1), sure=True),
        Span(date(2026, 5, 1), None, sure=False),
    )


def test_a_planned_project_without_an_end_is_open_towards_the_future():
    assert spans(project(status="planned", start="2027-01-01"), [], TODAY) == (
        Span(date(2027, 1, 1), None, sure=False),
    )


def test_an_end_without_a_start_is_never_given_one():
    assert spans(project(status="done", end="2024-10-03"), [], TODAY) == (Span(None, date(2024, 10, 3), sure=False),)
    assert spans(project(status="done", end="2021", end_bound="before"), [], TODAY) == (
        Span(None, date(2021, 1, 1), sure=False),
    )
    assert spans(project(end="2021", end_bound="seen"), [], TODAY) == (
        Span(None, date(2021, 1, 1), sure=False),
        Span(date(2021, 1, 1), date(2021, 12, 31), sure=True),
    )


def test_an_end_before_a_date_lies_somewhere_after_the_start():
    found = spans(project(status="done", start="2019-01-01", end="2021", end_bound="before"), [], TODAY)
    assert found == (Span(date(2019, 1, 1), date(2021, 1, 1), sure=False),)


def test_a_project_seen_at_its_end_may_still_go_on():
    found = spans(project(start="2019-01-01", end="2021", end_bound="seen"), [], TODAY)
    assert found == (
        Span(date(2019, 1, 1), date(2021, 12, 31), sure=True),
        Span(date(2021, 12, 31), None, sure=False),
    )


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        # Begun and ended some time in one year: one part, not two on top of each other.
        ("2021", "2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021", "2021-12", date(2021, 1, 1), date(2021, 12, 31)),
        # Nothing of the year that it ends in lies before it began.
        ("2026-11", "2026", date(2026, 11, 1), date(2026, 12, 31)),
        ("2026-11-26", "2026", date(2026, 11, 26), date(2026, 12, 31)),
    ],
)
def test_a_project_that_ends_in_the_year_that_it_began_in_is_one_part_after_its_start(start, end, first, last):
    assert spans(project(start=start, end=end), [], TODAY) == (Span(first, last, sure=False),)


@pytest.mark.parametrize("start", ["2021", "2021-09", "2021-09-01"])
def test_dates_that_contradict_each_other_give_no_time_that_runs_backwards(start):
    assert spans(project(start=start, end="2021", end_bound="before"), [], TODAY) == ()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"end": "2026"}, (Span(None, TODAY, sure=False),)),
        ({"start": "2025-01-01", "end": "2027"}, (Span(date(2025, 1, 1), TODAY, sure=True),)),
        (
            {"start": "2019-01-01", "end": "2021", "end_bound": "seen"},
            (Span(date(2019, 1, 1), date(2021, 12, 31), sure=True), Span(date(2021, 12, 31), TODAY, sure=False)),
        ),
    ],
)
def test_what_is_done_reaches_no_further_than_today(values, expected):
    assert spans(project(status="done", **values), [], TODAY) == expected


@pytest.mark.parametrize(
    ("values", "known"),
    [
        ({"start": "2021", "start_bound": "before", "source": "Sida", "source_date": "2021-06-09"}, date(2021, 6, 9)),
        ({"start": "2020", "start_bound": "seen", "source": "Sida"}, date(2020, 12, 31)),
        ({"start": "2021-09", "source": "Sida"}, date(2021, 9, 30)),
        ({"source": "Sida", "source_date": "2021"}, date(2021, 1, 1)),
        # Recent, written by those who lead it, or nothing to tell the age by.
        ({"start": "2021", "source": "Sida", "source_date": "2025-11-24"}, None),
        ({"start": "2021"}, None),
        ({"source": "Sida"}, None),
        ({"status": "done", "start": "2020", "start_bound": "seen", "source": "Sida"}, None),
    ],
)
def test_what_was_published_long_ago_does_not_tell_how_a_project_stands_now(values, known):
    assert last_known(project(**values), [], TODAY) == known


def test_a_project_that_misses_a_day_is_late_however_old_the_rest_is():
    old = project(start="2020", start_bound="seen", source="Sida")
    (state,) = states(Contents(projects=(old,), milestones=(PASSED,)), TODAY)
    assert (state.status, state.known) == (ProjectStatus.DELAYED, None)


@pytest.mark.parametrize(
    ("values", "milestones", "expected"),
    [
        ({}, [], False),
        ({}, [UNDATED, DONE_LATE], False),
        ({}, [COMING], True),
        ({"end": "2027"}, [], True),
        ({"end": "2023", "end_bound": "seen"}, [], False),
        ({"status": "done", "end": "2027"}, [COMING], False),
    ],
)
def test_only_a_project_with_a_day_ahead_of_it_could_be_late(values, milestones, expected):
    assert can_be_late(project(**values), milestones) is expected


def test_every_project_gets_its_own_milestones():
    contents = Contents(
        projects=(project(), project(id="q")),
        milestones=(PASSED, COMING.model_copy(update={"project": "q"})),
    )
    first, second = states(contents, TODAY)
    assert (first.status, first.milestones) == (ProjectStatus.DELAYED, (PASSED,))
    assert (second.status, [one.id for one in second.milestones]) == (ProjectStatus.ONGOING, ["coming"])
