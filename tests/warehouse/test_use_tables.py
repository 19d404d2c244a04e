"""Observations, surveys and ratings in the warehouse: counted by hand, and none where nothing was noted."""

import datetime as dt

import duckdb
import pytest
from made_up_use import data_folder, nobody, row, write

from dashboard.sources.tidy import InputError
from dashboard.sources.use_fields import ALL_CRITERIA
from dashboard.warehouse.connection import query_text
from dashboard.warehouse.fingerprint import fingerprint
from dashboard.warehouse.use_tables import fill_use

HERE = {"place": "kronogards-torg"}


@pytest.fixture
def data(tmp_path):
    folder = data_folder(tmp_path / "data")
    (folder / "use" / "1488").mkdir(parents=True)
    return folder


def put(data, kind, *rows):
    write(data / "use" / "1488" / f"{kind}.csv", kind, *rows)


def ask(data, query, place=HERE):
    with duckdb.connect(":memory:") as connection:
        fill_use(connection, data, "1488")
        found = connection.execute(query_text(query), place)
        names = [column[0] for column in found.description]
        return [dict(zip(names, one, strict=True)) for one in found.fetchall()]


def test_the_embedded_data_have_none(embedded):
    with duckdb.connect(":memory:") as connection:
        fill_use(connection, embedded, "1488")
        for table in ("observation_session", "observed", "survey", "criteria_rating"):
            assert connection.execute(f"select count(*) from {table}").fetchone() == (0,)
        (totals,) = connection.execute(query_text("use_totals"), HERE).fetchall()
        assert totals[:5] == (0, 0, 0, 0, 0)
        assert set(totals[5:]) == {None}


def test_people_are_summed_by_hour_and_weekday_and_empty_sessions_count_with_their_minutes(data):
    put(
        data,
        "observations",
        row("observations", count="7"),
        row("observations", count="3", gender="man"),
        row("observations", session="kt-2", start="10:45", end="11:15", count="2"),
        nobody(session="kt-3", date="2026-05-10", start="22:00", end="22:20"),
        row("observations", session="dt-1", place="drottningtorget", count="50"),
    )
    # 4 May 2026 is a Monday, 10 May a Sunday.
    assert ask(data, "use_times") == [
        {"hour": 10, "weekday": 1, "people": 12, "minutes": 60, "sessions": 2},
        {"hour": 22, "weekday": 7, "people": 0, "minutes": 20, "sessions": 1},
    ]
    (totals,) = ask(data, "use_totals")
    assert (totals["sessions"], totals["minutes"], totals["people"]) == (3, 80, 12)
    assert (totals["first_session"], totals["last_session"]) == (dt.date(2026, 5, 4), dt.date(2026, 5, 10))


def test_people_are_summed_by_what_they_look_like_and_do(data):
    moving = {"mode": "walking", "posture": "", "activity": ""}
    put(
        data,
        "observations",
        row("observations", count="7"),
        row("observations", count="3", gender="man", age="65_plus", posture=""),
        row("observations", count="4", **moving),
    )
    found: dict[str, dict[str, int]] = {}
    for one in ask(data, "use_people"):
        found.setdefault(one["field"], {})[one["code"]] = one["people"]
    assert found == {
        "gender": {"woman": 11, "man": 3},
        "age": {"25_64": 11, "65_plus": 3},
        "doing": {"sitting_bench": 7, None: 3, "walking": 4},
        "activity": {"conversing": 10, None: 4},
    }


def test_answers_are_counted_and_their_means_taken(data):
    put(
        data,
        "surveys",
        row("surveys", response="k-1", safety="5", belonging="2"),
        row("surveys", response="k-2", safety="2", belonging="", visits=""),
        row("surveys", response="d-1", place="drottningtorget", safety="1"),
    )
    answers = {(one["question"], one["answer"]): one["people"] for one in ask(data, "use_answers")}
    assert answers == {("safety", "5"): 1, ("safety", "2"): 1, ("belonging", "2"): 1, ("visits", "weekly"): 1}
    means = {one["question"]: (one["mean"], one["people"]) for one in ask(data, "use_answer_means")}
    assert means == {"safety": (3.5, 2), "belonging": (2.0, 1)}


def test_criteria_are_averaged_over_those_who_judged_them(data):
    put(
        data,
        "criteria",
        row("criteria", rating="r-1", traffic="-1", crime=""),
        row("criteria", rating="r-2", traffic="0"),
        row("criteria", rating="r-3", traffic="0"),
    )
    found = {one.pop("criterion"): one for one in ask(data, "use_criteria")}
    assert set(found) == set(ALL_CRITERIA)
    assert found["traffic"] == {"ratings": 3, "mean": pytest.approx(-1 / 3), "lowest": -1, "highest": 0}
    assert found["crime"]["ratings"] == 2
    (totals,) = ask(data, "use_totals")
    assert totals["ratings"] == 3


def test_a_fault_in_a_file_stops_the_build_with_its_row(data):
    put(data, "surveys", row("surveys", safety="6"))
    with pytest.raises(InputError, match=r"surveys\.csv, row 2, safety: “6” is unknown; write one of 1, 2, 3, 4, 5"):
        ask(data, "use_answers")


def test_locks_and_files_on_their_way_are_no_data(data):
    put(data, "surveys", row("surveys"))
    before = fingerprint(data, "1488")
    (data / "use" / "1488" / ".lock").touch()
    (data / "use" / "1488" / ".surveys.csv.7").write_text("half", "utf-8")
    assert fingerprint(data, "1488") == before
    put(data, "surveys", row("surveys", safety="5"))
    assert fingerprint(data, "1488") != before


def test_a_city_with_observations_is_built_and_asked(city):
    (city.data / "register").mkdir(exist_ok=True)
    (city.data / "register" / "places.yaml").write_text(
        'municipality: "1487"\nplaces:\n  - {id: torg-1, name: Torget, lat: 58.38, lon: 12.32, kind: square,'
        " on_maps: true, side: left}\n",
        "utf-8",
    )
    folder = city.data / "use" / "1487"
    folder.mkdir(parents=True)
    write(folder / "observations.csv", "observations", row("observations", place="torg-1"))
    city.build()
    from dashboard.warehouse.connection import Warehouse

    warehouse = Warehouse(city.warehouse)
    (totals,) = warehouse.rows("use_totals", {"place": "torg-1"})
    warehouse.close()
    assert (totals["sessions"], totals["people"], totals["answers"]) == (1, 7, 0)
