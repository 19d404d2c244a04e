"""What an observer has noted so far at a place: a session with the people seen, or answers to the survey."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dashboard.sources.use_fields import MODES, OBSERVATIONS, STAYING, SURVEYS, Kind

#: Letters alone, so that an id never looks like somebody's number.
_LETTERS = "bcdfghjkmnpqrstvwxz"
MOST_MINUTES = 240
LAST_MINUTE = dt.time(23, 59)

Row = dict[str, str]


def now_in(zone: str | None) -> dt.datetime:
    """Give the time where the observer stands; the server's own where the zone is not known."""
    try:
        return dt.datetime.now(ZoneInfo(zone)) if zone else dt.datetime.now().astimezone()
    except (ZoneInfoNotFoundError, ValueError):
        return dt.datetime.now().astimezone()


def new_id(place: str, moment: dt.datetime) -> str:
    """Give an id that nobody else gives: place, date, time, and letters by chance."""
    chance = "".join(secrets.choice(_LETTERS) for _ in range(6))
    return f"{place[:30].strip('-')}-{moment:%Y-%m-%d-%H%M}-{chance}"


def doing(code: str) -> Row:
    """Give mode and posture of what somebody does: a mode says all, a posture is that of somebody who stays."""
    if code in MODES:
        return {"mode": code, "posture": ""}
    return {"mode": STAYING, "posture": code}


@dataclass
class Session:
    """A session of observation: what holds for all of it, and the people in the order in which they were noted.

    A widget that shows it is drawn anew with every tap; this is what stays.
    """

    of_all: Row
    started: dt.datetime
    people: list[Row] = field(default_factory=list)
    end: str = ""

    @classmethod
    def begin(cls, place: str, moment: dt.datetime, said: Mapping[str, str]) -> Self:
        """Begin a session at a place; `said` is weather, temperature, method and the observer's role."""
        of_all = {
            "session": new_id(place, moment),
            "place": place,
            "date": moment.date().isoformat(),
            "start": f"{min(moment.time(), dt.time(23, 58)):%H:%M}",
        }
        return cls(of_all | dict(said), moment)

    def add(self, person: Mapping[str, str]) -> None:
        """Note one more person."""
        self.people.append(dict(person))

    def undo(self) -> None:
        """Take back the person noted last; without one nothing happens."""
        if self.people:
            self.people.pop()

    def count(self, **of: str) -> int:
        """Give how many people were noted of whom some fields are as given."""
        return sum(all(person[name] == code for name, code in of.items()) for person in self.people)

    def finish(self, moment: dt.datetime) -> None:
        """End the session: at the same day's last minute at the latest, and after no more than a session may take."""
        begun = dt.datetime.combine(self.started.date(), dt.time.fromisoformat(self.of_all["start"]))
        last = min(begun + dt.timedelta(minutes=MOST_MINUTES), dt.datetime.combine(begun.date(), LAST_MINUTE))
        passed = moment.replace(second=0, microsecond=0) - self.started.replace(second=0, microsecond=0)
        self.end = f"{min(max(begun + passed, begun + dt.timedelta(minutes=1)), last):%H:%M}"

    def resume(self) -> None:
        """Go on with a session that was ended."""
        self.end = ""

    def rows(self) -> list[Row]:
        """Give the session as rows of a file: people who are alike together, or one row that says nobody was there."""
        empty = dict.fromkeys(OBSERVATIONS.columns, "")
        of_all = empty | self.of_all | {"end": self.end}
        alike = Counter(tuple(sorted(person.items())) for person in self.people)
        if not alike:
            return [of_all | {"count": "0"}]
        return [of_all | dict(person) | {"count": str(count)} for person, count in alike.items()]


@dataclass
class Answers:
    """Answers to the survey that were not taken home or saved yet."""

    rows: list[Row] = field(default_factory=list)

    def add(self, place: str, moment: dt.datetime, said: Mapping[str, str | None]) -> bool:
        """Add a response; one without any answer about the place is not added. Tell whether it was."""
        given = {name: value or "" for name, value in said.items()}
        if not any(given.get(name) for name in ("safety", "belonging", "visits")):
            return False
        of_all = {
            "response": new_id(place, moment),
            "place": place,
            "date": moment.date().isoformat(),
            "time": f"{moment:%H:%M}",
        }
        self.rows.append(dict.fromkeys(SURVEYS.columns, "") | of_all | given)
        return True


def file_name(kind: Kind, rows: list[Row]) -> str:
    """Give the name that rows are taken home under."""
    return f"{kind.name}-{rows[-1][kind.key]}.csv"
