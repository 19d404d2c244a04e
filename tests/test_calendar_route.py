"""The roadmap's days as a calendar to subscribe to: what the public sees, and nothing when it is unchanged."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from dashboard import calendar_route as route
from dashboard.access import PUBLIC
from dashboard.calendar_route import PATH, calendar_route, occasions
from dashboard.i18n import get_translator
from dashboard.register.contents import Contents
from dashboard.register.entries import Milestone, Project
from dashboard.register.errors import UnavailableError
from dashboard.register.grant_entries import Funder, Grant
from dashboard.settings import Settings

SWEDISH, ENGLISH = (get_translator(language, Path(__file__).parents[1] / "locales") for language in ("sv", "en"))
HOME = {"municipality": "1488"}
CONTENTS = Contents(
    projects=(Project(id="p", name="Torget", status="ongoing", **HOME),),
    milestones=(
        Milestone(
            id="a", project="p", name="Bänkar; stolar, bord", due=date(2027, 2, 1), note="Med ryggstöd.", version=3
        ),
        Milestone(id="b", project="p", name="Klart", due=date(2026, 2, 1), done=date(2026, 1, 1)),
    ),
    funders=(Funder(id="f", name="Staten", name_en="The state", call_opens=date(2027, 1, 15), **HOME),),
    grants=(
        Grant(
            id="g",
            name="Bidraget",
            funder="f",
            state="ongoing",
            used_until=date(2028, 2, 29),
            report_due=date(2028, 4, 30),
            **HOME,
        ),
    ),
)


class Answering:
    """Stands for an open register; remembers who asked."""

    def __init__(self, contents: Contents) -> None:
        self.found = contents
        self.asked: list[tuple[object, str]] = []

    def contents(self, actor: object, municipality: str) -> Contents:
        self.asked.append((actor, municipality))
        return self.found


@pytest.fixture
def register(monkeypatch) -> Answering:
    found = Answering(CONTENTS)
    monkeypatch.setattr(route, "_opened", lambda url, seeds: found)
    return found


def ask(query: str = "", **settings: Any) -> tuple[int, dict[str, str], bytes]:
    return ask_with({}, query, **settings)


def ask_with(given: dict[str, str], query: str = "", **settings: Any) -> tuple[int, dict[str, str], bytes]:
    """Ask for the calendar as a calendar program does."""
    app = Starlette(routes=[calendar_route(Settings(**({"municipality": "1488"} | settings)))])
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    headers = [(name.lower().encode(), value.encode()) for name, value in given.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": PATH,
        "raw_path": PATH.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": headers,
    }
    asyncio.run(app(scope, receive, send))
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:])


def test_every_day_to_keep_is_there_and_no_other(register):
    status, headers, content = ask(public_url="https://example.org/stad/")
    assert status == 200
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(content).walk("VEVENT")
    assert [(str(event["uid"]), event["dtstart"].dt) for event in events] == [
        ("funder-f-call_opens@example.org", date(2027, 1, 15)),
        ("milestone-a-milestone@example.org", date(2027, 2, 1)),
        ("grant-g-used_until@example.org", date(2028, 2, 29)),
        ("grant-g-report_due@example.org", date(2028, 4, 30)),
    ]
    milestone = events[1]
    assert str(milestone["summary"]) == "Delmål: Bänkar; stolar, bord"
    assert str(milestone["description"]) == "Delmål i projektet Torget.\n\nMed ryggstöd."
    assert milestone["sequence"] == 3
    assert str(milestone["url"]) == "https://example.org/stad/fardplan?projekt=p&lang=sv"
    assert str(events[3]["url"]) == "https://example.org/stad/fardplan?del=grants&lang=sv"
    assert register.asked == [(PUBLIC, "1488")]


def test_money_and_reports_are_told_of_twice(register):
    _, _, content = ask()
    reminded = {
        str(event["uid"]).partition("@")[0]: [-alarm["trigger"].dt.days for alarm in event.walk("VALARM")]
        for event in Calendar.from_ical(content).walk("VEVENT")
    }
    assert reminded == {
        "funder-f-call_opens": [14],
        "milestone-a-milestone": [14],
        "grant-g-used_until": [30, 14],
        "grant-g-report_due": [30, 14],
    }


@pytest.mark.parametrize(
    ("query", "default", "language", "said"),
    [
        ("", "sv", "sv", "Utlysning öppnar: Staten"),
        ("lang=en", "sv", "en", "Call opens: The state"),
        ("", "en", "en", "Call opens: The state"),
        ("lang=fi", "sv", "sv", "Utlysning öppnar: Staten"),
    ],
)
def test_it_speaks_the_language_of_the_link(register, query, default, language, said):
    _, headers, content = ask(query, default_language=default)
    assert headers["content-language"] == language
    assert str(Calendar.from_ical(content).walk("VEVENT")[0]["summary"]) == said


@pytest.mark.parametrize("wrapped", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_it_already_is_told_that_nothing_is_new(register, wrapped):
    _, headers, _ = ask()
    status, again, body = ask_with({"if-none-match": wrapped.format(headers["etag"])})
    assert (status, body) == (304, b"")
    assert again["etag"] == headers["etag"]


def test_a_change_gives_another_tag(register):
    _, before, _ = ask()
    register.found = Contents(grants=CONTENTS.grants)
    status, after, content = ask_with({"if-none-match": before["etag"]})
    assert status == 200
    assert after["etag"] != before["etag"]
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 2


def test_a_register_that_does_not_answer_is_told_in_words_and_tried_again(monkeypatch):
    def refuse(url: str, seeds: Path) -> None:
        raise UnavailableError("unavailable", "no answer at sqlite:////secret/place")

    monkeypatch.setattr(route, "_opened", refuse)
    status, headers, body = ask()
    assert status == 503
    assert body.decode() == SWEDISH("register.refused_unavailable")
    assert headers["retry-after"] == "600"
    assert "etag" not in headers
    assert ask("lang=en")[2].decode() == ENGLISH("register.refused_unavailable")


def test_without_a_warehouse_to_name_the_city_it_is_told_in_words(register, tmp_path):
    status, _, body = ask(municipality=None, warehouse_file=tmp_path / "none.duckdb")
    assert (status, body.decode()) == (503, SWEDISH("register.refused_unavailable"))


def test_the_city_of_the_data_is_taken_when_no_other_is_set(register, home_city):
    status, _, _ = ask(municipality=None, warehouse_file=home_city.warehouse)
    assert status == 200
    assert register.asked == [(PUBLIC, "1488")]


@pytest.fixture
def real_register(tmp_path) -> Iterator[str]:
    route._opened.cache_clear()
    url = f"sqlite:///{tmp_path / 'register.sqlite3'}"
    yield url
    route._opened(url, Settings().data_folder / "register").close()
    route._opened.cache_clear()


def test_the_published_seeds_make_a_calendar(real_register):
    """The only day that has been published is the last one of the grant of 2021."""
    status, _, content = ask(database_url=real_register)
    assert status == 200
    days = [(str(one["uid"]), one["dtstart"].dt) for one in Calendar.from_ical(content).walk("VEVENT")]
    assert days == [("grant-delmos-2021-used_until@hela-staden.invalid", date(2022, 4, 30))]


def test_a_milestone_of_a_project_that_is_gone_is_still_a_day_to_keep():
    (found,) = occasions(Contents(milestones=CONTENTS.milestones[1:] + CONTENTS.milestones[:1]), SWEDISH)
    assert found.description == "Med ryggstöd."
    assert found.link == ""


def test_a_note_is_told_in_the_language_of_the_calendar():
    milestone = Milestone(
        id="a", project="p", name="Bänkar", due=date(2027, 2, 1), note="Med rygg.", note_en="With backs."
    )
    for t, note in ((SWEDISH, "Med rygg."), (ENGLISH, "With backs.")):
        [found] = occasions(Contents(milestones=(milestone,)), t)
        assert found.description == note
