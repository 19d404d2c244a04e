"""What is drawn of the time of projects, and how far it reaches."""

import re
from datetime import date
from itertools import pairwise

import pytest

from dashboard.register.contents import Contents
from dashboard.register.entries import Milestone, Project
from dashboard.register.project_life import ProjectState, states
from dashboard.views.roadmap_bars import Mark, Part, Piece, Row, bars_html, scale_of, year_of
from dashboard.views.roadmap_timeline import pieces

TODAY = date(2026, 11, 25)


def row(*drawn: Piece, marks: tuple[Mark, ...] = ()) -> Row:
    return Row("<h4>Torget</h4>", drawn, marks, "Pågick <då>")


def html_of(*rows: Row) -> str:
    return bars_html([Part("1. Bostäder", "", rows)], TODAY, today_label="i dag", no_time="Ingen tid")


def bars(html: str) -> list[tuple[set[str], float, float]]:
    """Give class, left and width of every bar."""
    found = re.findall(r'<i class="hs-plan-bar ([^"]*)" style="left:([-\d.]+)%;width:([-\d.]+)%"', html)
    return [(set(look.split()), float(left), float(width)) for look, left, width in found]


def state(*milestones: Milestone, **values: object) -> ProjectState:
    project = Project.model_validate({"id": "p", "municipality": "1488", "name": "P", "status": "ongoing"} | values)
    (found,) = states(Contents(projects=(project,), milestones=milestones), TODAY)
    return found


def milestone(name: str, **values: object) -> Milestone:
    return Milestone.model_validate({"id": name, "project": "p", "name": name} | values)


def test_time_begins_with_the_first_year_that_is_known_and_has_room_for_what_is_not():
    scale = scale_of([row(Piece(None, date(2021, 3, 1), "unsure"), Piece(date(2021, 3, 1), None, "unsure"))], TODAY)
    assert 2020 < scale.low < 2021
    assert year_of(TODAY) < scale.high < 2028
    assert 0 < scale.at(2021 - scale.fade) < scale.at(2021)


def test_where_nobody_knows_how_far_a_bar_fades_out_with_a_question_mark_and_has_no_end():
    html = html_of(row(Piece(None, date(2021, 1, 1), "unsure"), Piece(date(2021, 1, 1), date(2022, 1, 1), "ongoing")))
    (before, left, width), (sure, begins, _) = bars(html)
    assert (before, sure) == ({"hs-bar-unsure", "hs-plan-from"}, {"hs-bar-ongoing"})
    assert left + width == pytest.approx(begins, abs=0.02)
    # As long as every bar that fades out, not as long as the chart.
    assert left > 0
    assert html.count(">?</b>") == 1
    html = html_of(row(Piece(date(2021, 1, 1), None, "unsure")))
    ((after, left, width),) = bars(html)
    assert after == {"hs-bar-unsure", "hs-plan-on"}
    assert left + width < 50
    assert html.count(">?</b>") == 1
    assert ">?</b>" not in html_of(row(Piece(date(2021, 1, 1), date(2022, 1, 1), "ongoing")))


def test_a_project_without_any_day_says_so_where_its_bar_would_be():
    html = html_of(row())
    assert "Ingen tid" in html
    assert bars(html) == []


def test_words_that_people_wrote_are_escaped_in_attributes():
    assert "<då>" not in html_of(row())


def test_years_keep_apart_however_long_the_time_is():
    html = html_of(row(Piece(date(1990, 1, 1), date(2022, 1, 1), "ongoing")))
    years = [int(year) for year in re.findall(r"<span style=[^>]*>(\d{4})</span>", html)]
    assert len(years) <= 8
    assert len({b - a for a, b in pairwise(years)}) == 1


def test_late_colours_the_days_since_the_first_that_was_missed_and_not_those_before():
    late = state(
        milestone("m", due=date(2026, 9, 1)),
        start="2021",
        start_bound="before",
        source="Sida",
        source_date="2021-06-09",
    )
    found = pieces(late, TODAY)
    assert [(one.kind, one.first, one.last) for one in found] == [
        ("unsure", None, date(2021, 1, 1)),
        ("ongoing", date(2021, 1, 1), date(2021, 6, 9)),
        ("unsure", date(2021, 6, 9), date(2026, 9, 1)),
        ("unsure", date(2026, 9, 1), None),
        ("delayed", date(2026, 9, 1), TODAY),
    ]


def test_a_project_that_only_says_that_it_is_late_has_no_day_to_colour_from():
    said = state(status="delayed", status_why="Marken är inte klar", start="2024-01-01", end="2028-01-01")
    assert [one.kind for one in pieces(said, TODAY)] == ["ongoing"]


def test_a_bar_reaches_the_last_milestone_that_is_to_come():
    coming = state(milestone("m", due=date(2027, 4, 1)), start="2024-01-01")
    assert [(one.first, one.last) for one in pieces(coming, TODAY)] == [
        (date(2024, 1, 1), TODAY),
        (TODAY, date(2027, 4, 1)),
        (date(2027, 4, 1), None),
    ]
