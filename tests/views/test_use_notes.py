"""What an observer notes on a phone: counted, taken back, ended within its limits, and fit to be read as a file."""

import datetime as dt

import pytest
from made_up_use import PLACES, data_folder

from dashboard.sources.use_fields import OBSERVATIONS, POSTURES, SURVEYS
from dashboard.sources.use_files import Added, add_rows, as_csv, read_use
from dashboard.views.observer_code import FIRST_WAIT, FORGOTTEN_AFTER, LONGEST_WAIT, CodeGate
from dashboard.views.use_notes import Answers, Session, doing, new_id, now_in
from dashboard.views.use_words import MOVING

START = dt.datetime(2026, 5, 4, 10, 0, 30, tzinfo=dt.UTC)
SAID = {"weather": "sunny", "temperature": "", "method": "counting", "observer": "resident"}


@pytest.fixture
def session():
    return Session.begin("kronogards-torg", START, SAID)


def person(what="standing", **more):
    return {"gender": "woman", "age": "25_64", **doing(what), "activity": "", "group_size": "", "objects": "", **more}


def as_read(tmp_path, kind, rows):
    (tmp_path / "file.csv").write_bytes(as_csv(kind, rows))
    return read_use(tmp_path / "file.csv", kind, PLACES)


def test_people_who_are_alike_are_one_row(session, tmp_path):
    for one in (person(), person(gender="man"), person(), person("walking")):
        session.add(one)
    session.add(person("cycling"))
    session.undo()
    session.finish(START + dt.timedelta(minutes=20))
    rows = as_read(tmp_path, OBSERVATIONS, session.rows())
    assert rows == session.rows()
    told = [(row["count"], row["gender"], row["mode"], row["posture"]) for row in rows]
    assert told == [
        ("2", "woman", "staying", "standing"),
        ("1", "man", "staying", "standing"),
        ("1", "woman", "walking", ""),
    ]
    assert session.count(gender="woman", age="25_64") == 3
    assert (rows[0]["start"], rows[0]["end"]) == ("10:00", "10:20")


def test_a_session_in_which_nobody_was_seen_is_a_row_too(session, tmp_path):
    session.undo()
    session.finish(START)
    (row,) = as_read(tmp_path, OBSERVATIONS, session.rows())
    assert (row["count"], row["gender"], row["end"]) == ("0", "", "10:01")


@pytest.mark.parametrize("what", [*POSTURES, *MOVING])
def test_whatever_is_done_can_be_read(session, tmp_path, what):
    session.add(person(what, objects="bag animal"))
    session.finish(START + dt.timedelta(minutes=1))
    assert as_read(tmp_path, OBSERVATIONS, session.rows())


@pytest.mark.parametrize(
    ("begun", "passed", "start", "end"),
    [
        ("10:00", dt.timedelta(hours=9), "10:00", "14:00"),
        ("23:30", dt.timedelta(hours=2), "23:30", "23:59"),
        ("23:59", dt.timedelta(minutes=5), "23:58", "23:59"),
        ("10:00", dt.timedelta(minutes=-5), "10:00", "10:01"),
    ],
)
def test_a_forgotten_session_ends_within_its_limits(tmp_path, begun, passed, start, end):
    moment = dt.datetime.combine(START.date(), dt.time.fromisoformat(begun), dt.UTC)
    session = Session.begin("kronogards-torg", moment, SAID)
    session.finish(moment + passed)
    assert (session.of_all["start"], session.end) == (start, end)
    assert as_read(tmp_path, OBSERVATIONS, session.rows())
    session.resume()
    assert session.end == ""


def test_ids_are_never_refused_as_somebodys_number(tmp_path):
    data = data_folder(tmp_path / "data")
    answers = Answers()
    for minute in range(200):
        moment = START + dt.timedelta(minutes=minute * 7)
        answers.add("drottningtorget", moment, {"safety": "4", "belonging": None, "visits": None})
    assert add_rows(answers.rows, data, "1488", SURVEYS) == Added(200, 0)
    assert len(new_id("a" * 80, START)) <= 60


def test_a_response_without_an_answer_is_not_added():
    answers = Answers()
    assert not answers.add("kronogards-torg", START, {"safety": None, "belonging": "", "visits": None, "age": "0_14"})
    assert answers.rows == []
    assert answers.add("kronogards-torg", START, {"safety": "3"})


def test_the_time_is_the_observers():
    tokyo, here = now_in("Asia/Tokyo"), now_in(None)
    assert tokyo.utcoffset() == dt.timedelta(hours=9)
    assert abs(here - tokyo) < dt.timedelta(minutes=1)
    assert now_in("Nowhere/Land").tzinfo is not None


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


def test_the_gate_knows_the_code_and_slows_down_whoever_does_not():
    clock = Clock()
    gate = CodeGate(clock)
    assert gate.ask("torg-2026", "torg-2026") == "right"
    waited = []
    for _ in range(30):
        assert gate.ask("gissning", "torg-2026") == "wrong"
        before = clock.now
        while gate.ask("torg-2026", "torg-2026") == "wait":
            clock.now += 0.5
        waited.append(clock.now - before)
    assert waited[:4] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT]
    assert waited[-1] == LONGEST_WAIT == max(waited)
    clock.now += FORGOTTEN_AFTER + 1
    assert gate.ask("åäö", "torg-2026") == "wrong"
    clock.now += FIRST_WAIT
    assert gate.ask("torg-2026", "torg-2026") == "right"
