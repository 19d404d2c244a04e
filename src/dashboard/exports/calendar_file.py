"""Days to keep as a calendar file (iCalendar, RFC 5545) that calendars can subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

#: Nothing that changes between two makings of the same content may stand in the file, or calendars would see news.
_STAMP = datetime(2021, 1, 1, tzinfo=UTC)
_ASK_AGAIN = timedelta(hours=12)


@dataclass(frozen=True)
class Occasion:
    """A day to keep.

    Attributes
    ----------
    uid
        What tells the day from others for ever, for example `grant-delmos-2021-report_due`.
    day
        The day.
    title, description
        Texts for people; the description may be empty.
    days_before
        How many days before it a calendar should remind of it, each once.
    link
        Where more is told; may be empty.
    revision
        Counts up when what it tells of changes, so that calendars take the newer one.
    """

    uid: str
    day: date
    title: str
    description: str = ""
    days_before: Sequence[int] = ()
    link: str = ""
    revision: int = 0


def calendar_file(occasions: Iterable[Occasion], name: str, host: str, about: str = "") -> bytes:
    """Write a calendar file; the same days give the same bytes.

    Parameters
    ----------
    occasions
        The days.
    name
        What the calendar is called.
    host
        A name that is this dashboard's own, for the ids of the days.
    about
        What is in the calendar, in a sentence.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Hela staden//Roadmap//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # Programs that are older than the standard's own properties know those that begin with X.
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    if about:
        for key in ("description", "x-wr-caldesc"):
            calendar.add(key, about)
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for occasion in sorted(occasions, key=lambda one: (one.day, one.uid)):
        calendar.add_component(_event(occasion, host))
    return bytes(calendar.to_ical())


def _event(occasion: Occasion, host: str) -> Event:
    event = Event()
    event.add("uid", f"{occasion.uid}@{host}")
    event.add("dtstamp", _STAMP)
    event.add("sequence", occasion.revision)
    event.add("dtstart", occasion.day)
    event.add("dtend", occasion.day + timedelta(days=1))
    event.add("summary", occasion.title)
    if occasion.description:
        event.add("description", occasion.description)
    if occasion.link:
        event.add("url", occasion.link)
    event.add("transp", "TRANSPARENT")
    for days in occasion.days_before:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", occasion.title)
        alarm.add("trigger", -timedelta(days=days))
        event.add_component(alarm)
    return event
