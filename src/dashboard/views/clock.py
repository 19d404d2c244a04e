"""What day it is where the city is."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

_HERE = ZoneInfo("Europe/Stockholm")


def day_of(moment: datetime) -> date:
    """Give the day of a moment where the city is."""
    return moment.astimezone(_HERE).date()


def first_moment(day: date) -> datetime:
    """Give the moment that a day begins where the city is."""
    return datetime.combine(day, time(), _HERE)


def today() -> date:
    """Give today's date; a page asks once a run, so that all its parts mean the same day."""
    return datetime.now(_HERE).date()
