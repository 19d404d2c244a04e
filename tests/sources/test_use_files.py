"""Files of observations, surveys and ratings: every fault is named, nobody is, and nothing is lost or half written."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import made_up_use
import pytest
from made_up_use import PLACES, data_folder, nobody, row, write

from dashboard import file_swap
from dashboard.sources import use_files
from dashboard.sources.tidy import InputError
from dashboard.sources.use_fields import ALL_CRITERIA, CRITERIA_GROUPS, KINDS, OBSERVATIONS, SURVEYS
from dashboard.sources.use_files import (
    Added,
    add_rows,
    as_csv,
    file_of,
    form_for_excel,
    import_file,
    read_use,
    study_places,
)

KIND_NAMES = sorted(KINDS)


@pytest.fixture
def data(tmp_path):
    return data_folder(tmp_path / "data")


def complaint(tmp_path, kind, *rows):
    """Give what is said about rows that cannot be used."""
    path = write(tmp_path / "file.csv", kind, *rows)
    with pytest.raises(InputError) as caught:
        read_use(path, KINDS[kind], PLACES)
    assert str(caught.value).startswith("file.csv")
    assert str(caught.value).endswith((".", "?"))
    return str(caught.value)


@pytest.mark.parametrize("kind", KIND_NAMES)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_what_is_written_is_read_as_it_was(tmp_path, kind, delimiter):
    path = write(tmp_path / "file.csv", kind, row(kind), delimiter=delimiter)
    assert read_use(path, KINDS[kind], PLACES) == [row(kind)]
    (tmp_path / "again.csv").write_bytes(as_csv(KINDS[kind], [row(kind)]))
    assert read_use(tmp_path / "again.csv", KINDS[kind], PLACES) == [row(kind)]


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_empty_form_can_be_filled_in_and_read(tmp_path, kind):
    form = form_for_excel(KINDS[kind]).decode("utf-8")
    assert form.startswith("\ufeff")
    filled = form + ";".join(row(kind)[column] for column in KINDS[kind].columns) + "\n;;\n"
    (tmp_path / "form.csv").write_text(filled, "utf-8")
    assert read_use(tmp_path / "form.csv", KINDS[kind], PLACES) == [row(kind)]


def test_cells_are_kept_in_one_way_of_writing(tmp_path):
    typed = row(
        "observations", start="9:05", end="9:35", temperature="−2,50", objects="bag, animal", count="7.0", spot="b2"
    )
    kept = read_use(write(tmp_path / "a.csv", "observations", typed, delimiter=";"), OBSERVATIONS, PLACES)
    assert [kept[0][name] for name in ("start", "end", "temperature", "objects", "count", "spot")] == [
        *("09:05", "09:35", "-2.5", "animal bag", "7", "B2")
    ]
    rating = row("criteria", traffic="+1", crime="−1")
    kept = read_use(write(tmp_path / "b.csv", "criteria", rating), KINDS["criteria"], PLACES)
    assert (kept[0]["traffic"], kept[0]["crime"]) == ("1", "-1")


def test_the_criteria_are_the_twelve():
    assert [len(group) for group in CRITERIA_GROUPS.values()] == [3, 6, 3]
    assert len(set(ALL_CRITERIA)) == 12


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"place": "storgatan"}, "“storgatan” is unknown; write one of drottningtorget, kronogards-torg"),
        ({"weather": "soligt"}, "“soligt” is unknown; write one of sunny, cloudy"),
        ({"age": "25-64"}, "“25-64” is unknown; write one of 0_14, 15_24, 25_64, 65_plus, unknown"),
        ({"objects": "bag hat"}, "“hat” is unknown; write one of animal, bag"),
        ({"observer": ""}, "observer is empty; fill it in"),
        ({"gender": ""}, "gender is empty; fill it in"),
        ({"date": "4/5 2026"}, "is not a date; write it as 2026-06-01"),
        ({"date": "20260504"}, "is not a date"),
        ({"date": "2026-02-30"}, "is not a date"),
        ({"date": "1926-05-04"}, "lies before 2000 or after today"),
        ({"start": "10.00"}, "is not a time; write it as 09:30"),
        ({"start": "25:00"}, "is not a time"),
        ({"end": "09:00"}, "is not between 1 and 240 minutes"),
        ({"end": "23:00"}, "is not between 1 and 240 minutes"),
        ({"count": "-1"}, "is not a whole number from 0 to 999"),
        ({"count": "1.5"}, "is not a whole number from 0 to 999"),
        ({"count": "many"}, "is not a number; write digits"),
        ({"temperature": "70"}, "is not a number from -40 to 45"),
        ({"temperature": "nan"}, "is not a number from -40 to 45"),
        ({"mode": "cycling"}, "posture is for those who stay"),
        ({"count": "0"}, "count is 0, so gender must be empty"),
        ({"spot": "by the fountain"}, "is no spot; write a code such as B2"),
        ({"spot": "12.3080 58.2707"}, "are latitude and longitude swapped"),
        ({"spot": "58.2836 12.2900"}, "lies more than 500 m from the place"),
        ({"session": "Måndag 1"}, "is no id; write small letters, digits and hyphens"),
        ({"session": "monday"}, "at least one digit"),
    ],
)
def test_a_fault_in_a_row_is_named_with_what_to_do(tmp_path, cells, said):
    message = complaint(tmp_path, "observations", row("observations", session="kt-1"), row("observations", **cells))
    assert message.startswith("file.csv, row 3")
    assert said in message


def test_a_date_after_today_is_refused(tmp_path):
    later = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)).isoformat()
    assert "after today" in complaint(tmp_path, "surveys", row("surveys", date=later))


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (row("observations", weather="rain"), "weather is “rain” but “sunny” earlier in the session kt-2026-05-04-1"),
        (row("observations", place="drottningtorget"), "a session has one"),
        (nobody(), "has a row with count 0, which says that nobody was there"),
    ],
)
def test_the_rows_of_a_session_must_agree(tmp_path, second, said):
    assert said in complaint(tmp_path, "observations", row("observations"), second)


@pytest.mark.parametrize("kind", ["surveys", "criteria"])
def test_an_answer_and_a_rating_stand_there_once(tmp_path, kind):
    assert "stands there twice" in complaint(tmp_path, kind, row(kind), row(kind))


def test_a_row_in_which_nothing_was_answered_is_refused(tmp_path):
    empty = dict.fromkeys(("safety", "belonging", "visits"), "")
    assert "none of safety, belonging, visits" in complaint(tmp_path, "surveys", row("surveys", **empty))
    empty = dict.fromkeys(ALL_CRITERIA, "")
    assert "none of traffic, crime" in complaint(tmp_path, "criteria", row("criteria", **empty))


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("kim@example.org", "an e-mail address"),
        ("19900101-1234", "a personal identity number"),
        ("900101-1234", "a personal identity number"),
        ("9001011234", "a personal identity number"),
        ("070-123 45 67", "a phone number"),
        ("0701234567", "a phone number"),
        ("+46 70 123 45 67", "a phone number"),
    ],
)
@pytest.mark.parametrize("column", ["session", "activity", "observer"])
def test_what_looks_like_personal_data_is_refused_and_not_repeated(tmp_path, cell, what, column):
    message = complaint(tmp_path, "observations", row("observations", **{column: cell}))
    assert f"looks like {what}" in message
    assert cell not in message


@pytest.mark.parametrize(
    "column", ["name", "Namn", "förnamn", "E-post", "telefonnummer", "Personnummer", "född", "foto"]
)
def test_a_column_about_a_person_is_refused(tmp_path, column):
    path = write(tmp_path / "file.csv", "surveys", row("surveys"))
    head, line = path.read_text("utf-8").splitlines()
    path.write_text(f"{head},{column}\n{line},x\n", "utf-8")
    with pytest.raises(InputError, match="looks like personal data; no names, addresses"):
        read_use(path, SURVEYS, PLACES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "lacks the column response"),
        ("response,place\n", "lacks the column date, time, safety"),
        ("response,response\n", "has the column response twice"),
        (",".join([*SURVEYS.columns, "colour"]) + "\n", "the column “colour” is unknown; remove it"),
        (",".join(SURVEYS.columns) + "\nkt-1,kronogards-torg\n", "row 2: 2 cells where the header has 9"),
        (",".join(SURVEYS.columns) + '\n"kt-1"x,\n', "row 2: not a CSV row"),
    ],
)
def test_a_file_that_is_not_of_the_kind_is_refused(tmp_path, text, said):
    (tmp_path / "file.csv").write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        read_use(tmp_path / "file.csv", SURVEYS, PLACES)
    assert said in str(caught.value)


def test_a_file_in_another_encoding_or_not_there_is_named(tmp_path):
    (tmp_path / "file.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="save it as CSV UTF-8"):
        read_use(tmp_path / "file.csv", SURVEYS, PLACES)
    with pytest.raises(InputError, match=r"nowhere\.csv cannot be read"):
        read_use(tmp_path / "nowhere.csv", SURVEYS, PLACES)


def test_importing_twice_adds_once(data, tmp_path):
    path = write(tmp_path / "a.csv", "observations", row("observations"), row("observations", gender="man"))
    assert import_file(path, data, "1488", OBSERVATIONS) == Added(1, 0)
    first = file_of(data, "1488", OBSERVATIONS).read_bytes()
    # The same rows in another order are the same session.
    write(path, "observations", row("observations", gender="man"), row("observations"))
    assert import_file(path, data, "1488", OBSERVATIONS) == Added(0, 1)
    assert file_of(data, "1488", OBSERVATIONS).read_bytes() == first
    write(path, "observations", row("observations"), row("observations", gender="man"), nobody(session="kt-2"))
    assert import_file(path, data, "1488", OBSERVATIONS) == Added(1, 1)
    assert len(read_use(file_of(data, "1488", OBSERVATIONS), OBSERVATIONS, PLACES)) == 3


def test_a_session_with_other_rows_is_refused_and_nothing_of_the_file_is_added(data, tmp_path):
    add_rows([row("observations")], data, "1488", OBSERVATIONS)
    before = file_of(data, "1488", OBSERVATIONS).read_bytes()
    path = write(
        tmp_path / "a.csv", "observations", row("observations", session="new-2"), row("observations", count="8")
    )
    with pytest.raises(InputError, match=r"kt-2026-05-04-1 is in observations\.csv already, with other rows; nothing"):
        import_file(path, data, "1488", OBSERVATIONS)
    assert file_of(data, "1488", OBSERVATIONS).read_bytes() == before


def test_a_file_that_cannot_be_written_or_read_back_leaves_the_old_one(data, monkeypatch):
    add_rows([row("surveys")], data, "1488", SURVEYS)
    path = file_of(data, "1488", SURVEYS)
    before = path.read_bytes()
    for fault in (lambda kind, rows: b"response,place\n", lambda kind, rows: as_csv(kind, rows[:-1])):
        monkeypatch.setattr(use_files, "as_csv", fault)
        with pytest.raises(InputError):
            add_rows([row("surveys", response="kt-2")], data, "1488", SURVEYS)
    monkeypatch.setattr(use_files, "as_csv", as_csv)
    monkeypatch.setattr(file_swap.os, "fsync", lambda file: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space"):
        add_rows([row("surveys", response="kt-2")], data, "1488", SURVEYS)
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == [".lock", "surveys.csv"]


def test_a_spoilt_file_is_named_and_left_alone(data):
    add_rows([row("surveys")], data, "1488", SURVEYS)
    path = file_of(data, "1488", SURVEYS)
    path.write_text(path.read_text("utf-8").replace("weekly", "ofta"), "utf-8")
    with pytest.raises(InputError, match="“ofta” is unknown"):
        add_rows([row("surveys", response="kt-2")], data, "1488", SURVEYS)
    assert "kt-2" not in path.read_text("utf-8")


WRITER = """
import sys
from pathlib import Path
from made_up_use import row
from dashboard.sources.use_fields import SURVEYS
from dashboard.sources.use_files import add_rows
for number in range(5):
    add_rows([row("surveys", response=f"w{sys.argv[2]}-{number}")], Path(sys.argv[1]), "1488", SURVEYS)
"""


def test_writers_at_the_same_time_lose_nothing(data):
    environment = os.environ | {"PYTHONPATH": str(Path(made_up_use.__file__).parent)}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(data), str(writer)], env=environment) for writer in range(3)
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    kept = read_use(file_of(data, "1488", SURVEYS), SURVEYS, PLACES)
    assert {one["response"] for one in kept} == {f"w{writer}-{number}" for writer in range(3) for number in range(5)}


def test_an_empty_form_adds_nothing(data, tmp_path):
    (tmp_path / "form.csv").write_bytes(as_csv(SURVEYS, []))
    with pytest.raises(InputError, match="has a header but no rows: fill in the form first"):
        import_file(tmp_path / "form.csv", data, "1488", SURVEYS)
    assert not file_of(data, "1488", SURVEYS).exists()


def test_only_places_of_the_municipality_can_be_observed(data, tmp_path):
    assert study_places(data, "1488") == PLACES
    assert study_places(data, "1487") == study_places(tmp_path, "1488") == {}
    with pytest.raises(InputError, match=r"no places of municipality 1487 to observe: name them in data/register"):
        add_rows([row("surveys")], data, "1487", SURVEYS)
    (data / "register" / "places.yaml").write_text("places: [", "utf-8")
    with pytest.raises(InputError, match=r"places\.yaml cannot be read"):
        study_places(data, "1488")


def test_the_embedded_places_can_be_observed(embedded):
    assert {"kronogards-torg", "drottningtorget"} <= set(study_places(embedded, "1488"))
    assert not (embedded / "use").exists(), "Nothing was observed yet; made-up figures have no place in the data."
