"""Calendar files: what is written is what a calendar reads, whatever signs are in it, in lines as long as may be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from dashboard.exports.calendar_file import Occasion, calendar_file

DAY = date(2028, 2, 29)


def read(*occasions: Occasion) -> Calendar:
    return Calendar.from_ical(calendar_file(occasions, "Färdplan, år 2028", "example.org", "Dagar; att hålla"))


def test_a_day_is_a_whole_day_without_a_time():
    (event,) = read(Occasion("a", DAY, "Klart")).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (DAY, date(2028, 3, 1))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["uid"] == "a@example.org"
    assert event["transp"] == "TRANSPARENT"
    assert "description" not in event
    assert "url" not in event


def test_the_calendar_says_what_it_is_and_when_to_ask_again():
    calendar = read()
    assert calendar["name"] == calendar["x-wr-calname"] == "Färdplan, år 2028"
    assert calendar["description"] == calendar["x-wr-caldesc"] == "Dagar; att hålla"
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert calendar["refresh-interval"].dt == timedelta(hours=12)
    assert calendar["x-published-ttl"] == "PT12H"


@pytest.mark.parametrize(
    "text",
    [
        "Bänkar; stolar, bord",
        "två\nrader",
        "bakstreck \\ och \\n",
        "“citat” \"raka\" 'enkla'",
        "åäö " * 60,
        "🌳" * 80,
        "BEGIN:VEVENT\nUID:other",
    ],
)
def test_signs_that_mean_something_to_calendars_come_back_as_they_were(text):
    events = read(Occasion("a", DAY, text, text)).walk("VEVENT")
    assert [(str(event["summary"]), str(event["description"])) for event in events] == [(text, text)]


# Control characters never reach the register: see `fields.clean_text`.
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300))
def test_any_text_comes_back(text):
    (event,) = read(Occasion("a", DAY, text, text)).walk("VEVENT")
    assert str(event["summary"]) == text


def test_lines_end_as_the_standard_says_and_none_is_longer_than_75_bytes():
    content = calendar_file([Occasion("a", DAY, "å" * 200, "en rad\n" * 50)], "N", "example.org")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert content.decode("utf-8")


def test_a_calendar_reminds_as_often_as_it_is_told():
    (event,) = read(Occasion("a", DAY, "Klart", days_before=(30, 14))).walk("VEVENT")
    alarms = event.walk("VALARM")
    assert [alarm["trigger"].dt for alarm in alarms] == [timedelta(days=-30), timedelta(days=-14)]
    assert {(str(alarm["action"]), str(alarm["description"])) for alarm in alarms} == {("DISPLAY", "Klart")}
    assert read(Occasion("a", DAY, "Klart")).walk("VALARM") == []


def test_link_and_revision_are_told():
    (event,) = read(Occasion("a", DAY, "Klart", link="https://example.org/a?b=c&d=e,f", revision=4)).walk("VEVENT")
    assert str(event["url"]) == "https://example.org/a?b=c&d=e,f"
    assert event["sequence"] == 4


def test_the_same_days_give_the_same_bytes_in_whatever_order():
    days = [Occasion(uid, day, "T") for uid, day in (("b", DAY), ("a", DAY), ("c", date(2027, 1, 1)))]
    first = calendar_file(days, "N", "example.org")
    assert first == calendar_file(reversed(days), "N", "example.org")
    assert [str(one["uid"])[0] for one in Calendar.from_ical(first).walk("VEVENT")] == ["c", "a", "b"]
