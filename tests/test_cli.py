"""The command line: what it prints, what it says when something is wrong, and how it ends."""

import csv
import io
import json
import os
import subprocess
import sys

import duckdb
import made_up
import pytest
from faults import FAULTS

from dashboard.cli import main
from dashboard.measures_command import COLUMNS
from dashboard.warehouse import build as building
from dashboard.warehouse.connection import Warehouse

KEYS = [
    "municipality",
    "level",
    "year",
    "split",
    "measure",
    "value",
    "lower",
    "upper",
    "random_floor",
    "areas",
    "reason",
]


@pytest.fixture
def at_home(home_city):
    with home_city.in_use():
        yield home_city


def measures(capsys, *options: str) -> str:
    assert main(["measures", *options]) == 0
    return capsys.readouterr().out


def as_json(capsys, *options: str) -> list[dict[str, object]]:
    return json.loads(measures(capsys, *options, "--format", "json"))


def complaint(capsys, *arguments: str, status: int = 1) -> str:
    """Run a command that must fail, and give the one sentence that it says."""
    assert main(list(arguments)) == status
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    said = captured.err.splitlines()[-1]
    assert said.startswith("dashboard: ")
    return said


def test_json_has_exactly_the_promised_keys(at_home, capsys):
    rows = as_json(capsys, "--split", "foreign_background", "--level", "deso", "--year", "2025")
    assert list(COLUMNS) == KEYS
    assert all(list(row) == KEYS for row in rows)
    by_measure = {row["measure"]: row for row in rows}
    assert len(by_measure) == len(rows)
    one = by_measure["dissimilarity"]
    assert round(one["value"], 4) == 0.4543
    assert one["lower"] < one["value"] < one["upper"]
    assert 0 < one["random_floor"] < one["value"]
    assert (one["municipality"], one["level"], one["year"], one["areas"]) == ("1488", "deso", 2025, 32)
    assert one["reason"] is None
    assert {"isolation", "exposure", "entropy", "gini", "correlation_ratio", "corrected_dissimilarity"} <= set(
        by_measure
    )


def test_csv_says_the_same(at_home, capsys):
    options = ("--split", "foreign_background", "--year", "2025")
    rows = list(csv.DictReader(io.StringIO(measures(capsys, *options, "--format", "csv"))))
    assert list(rows[0]) == KEYS
    for row, expected in zip(rows, as_json(capsys, *options), strict=True):
        assert row["measure"] == expected["measure"]
        value = None if row["value"] == "" else pytest.approx(float(row["value"]), abs=1e-12)
        assert value == expected["value"]


def test_a_table_is_what_one_gets_without_asking(at_home, capsys):
    lines = measures(capsys, "--split", "foreign_background", "--year", "2025").splitlines()
    assert lines[0].split() == ["year", "measure", "value", "lower", "upper", "random_floor", "areas", "reason"]
    assert any(line.split()[:3] == ["2025", "dissimilarity", "0.4543"] for line in lines)


def test_without_a_year_every_year_is_answered(at_home, capsys):
    rows = as_json(capsys, "--split", "foreign_background")
    assert {row["year"] for row in rows} == {2024, 2025}


def test_another_level_and_another_municipality(at_home, capsys):
    assert {row["areas"] for row in as_json(capsys, "--split", "age_20_34", "--level", "regso", "--year", "2025")} == {
        16
    }
    rows = as_json(capsys, "--split", "foreign_background", "--year", "2025", "--of", "1490")
    one = next(row for row in rows if row["measure"] == "dissimilarity")
    assert (one["municipality"], round(one["value"], 4)) == ("1490", 0.3820)


def test_several_groups_have_their_own_measures(at_home, capsys):
    rows = as_json(capsys, "--split", "tenure", "--year", "2025")
    assert {row["measure"] for row in rows} >= {"multigroup_entropy", "multigroup_dissimilarity"}


def test_what_cannot_be_measured_is_null_with_a_reason_and_never_zero(peer_city, capsys):
    """The peer has no figures at RegSO level and no dwellings by household."""
    with peer_city.in_use():
        for split in ("foreign_background", "tenure", "unemployed", "living_alone"):
            for row in as_json(capsys, "--split", split):
                assert (row["value"] is None) == (row["reason"] is not None), row


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--split", "shoe_size"], "There is no split shoe_size; choose one of age_20_34, "),
        (
            ["--split", "foreign_background", "--year", "1999"],
            "There are no figures for foreign_background in municipality 1488 at level deso in 1999",
        ),
        (
            ["--split", "foreign_background", "--of", "9999"],
            "There are no figures for foreign_background in municipality 9999",
        ),
        (
            ["--split", "foreign_background", "--of", "9999", "--year", "2025"],
            "There are no figures for foreign_background in municipality 9999 at level deso in 2025",
        ),
        (
            ["--split", "foreign_background", "--of", "1480"],
            "There are no figures for foreign_background in municipality 1480",
        ),
    ],
)
def test_what_there_are_no_figures_for_is_said(at_home, capsys, options, said):
    assert said in complaint(capsys, "measures", *options)


def test_a_panel_holds_every_city_level_year_and_split(at_home, capsys):
    rows = json.loads(measures(capsys, "--panel", "--format", "json"))
    assert list(rows[0]) == ["municipality", "level", "year", "split", "measure", "value", "areas", "reason"]
    assert {row["municipality"] for row in rows} >= {"1488", "1487", "1490"}
    assert {row["level"] for row in rows} == {"deso", "regso"}
    assert {row["split"] for row in rows} >= {"foreign_background", "tenure", "age_20_34"}
    for row in rows:
        assert (row["value"] is None) == (row["reason"] is not None), row


def test_a_panel_of_one_split_says_the_same_as_the_report(at_home, capsys):
    options = ("--split", "foreign_background", "--year", "2025")
    rows = json.loads(measures(capsys, "--panel", *options, "--level", "deso", "--of", "1488", "--format", "json"))
    values = {row["measure"]: row["value"] for row in as_json(capsys, *options)}
    assert values.pop("corrected_dissimilarity") is not None
    assert {row["measure"]: row["value"] for row in rows} == pytest.approx(values, abs=1e-12)


def test_a_panel_of_nothing_is_said(at_home, capsys):
    assert "There are no figures for what was asked for" in complaint(capsys, "measures", "--panel", "--year", "1999")


def test_nothing_but_the_answer_is_on_stdout(city, capsys):
    """The build that comes first tells its steps on stderr."""
    with city.in_use():
        assert main(["measures", "--split", "foreign_background", "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)
    assert "Built " in captured.err


def test_a_warehouse_of_another_version_is_built_anew_by_itself(built_city, capsys):
    with duckdb.connect(built_city.warehouse) as connection:
        connection.execute("update meta set value = '0' where key = 'layout'")
    with built_city.in_use():
        assert main(["measures", "--split", "foreign_background", "--format", "json"]) == 0
    Warehouse(built_city.warehouse).close()


def test_build_tells_its_steps(city, capsys):
    with city.in_use():
        assert main(["build"]) == 0
    assert "Built " in capsys.readouterr().out
    assert city.warehouse.is_file()


def test_build_takes_another_home_municipality(home_city, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("DASHBOARD_WAREHOUSE_FILE", str(tmp_path / "w.duckdb"))
    monkeypatch.setenv("DASHBOARD_MAPS_FOLDER", str(tmp_path / "maps"))
    assert main(["build", "--municipality", "1485"]) == 0
    warehouse = Warehouse(tmp_path / "w.duckdb")
    assert warehouse.meta["municipality"] == "1485"
    warehouse.close()


def test_a_municipality_without_data_is_said(built_city, capsys):
    with built_city.in_use():
        said = complaint(capsys, "build", "--municipality", "1480")
    assert "There are no data for municipality 1480; the data folder has 1487" in said


def test_check_counts_what_passes(everything_bundled, capsys):
    assert main(["check", str(everything_bundled)]) == 0
    out = capsys.readouterr().out
    assert "9 areas pass every check" in out


def test_check_changes_nothing(built_city, capsys):
    before = {path: path.stat().st_mtime_ns for path in built_city.data.parent.rglob("*")}
    assert main(["check", str(built_city.data)]) == 0
    assert {path: path.stat().st_mtime_ns for path in built_city.data.parent.rglob("*")} == before


@pytest.fixture(scope="module")
def same_catalogue(embedded):
    catalogue = building.load_catalogue(embedded / "catalogue")
    return lambda folder: catalogue


# What each fault is about is told in tests/warehouse; here is how the command line ends.
MIXED = (
    "duplicate key",
    "share of 140",
    "unknown indicator",
    "broken CSV",
    "hectares",
    "no area table",
    "no bundle.yaml",
    "more in the group than in all",
    "school twice",
    "focus area with an unknown indicator",
)


@pytest.mark.parametrize("name", MIXED)
def test_a_fault_ends_the_build_with_status_1_and_keeps_the_old_file(
    built_city, capsys, monkeypatch, same_catalogue, name
):
    if "catalogue" not in name and "definition" not in name:
        monkeypatch.setattr(building, "load_catalogue", same_catalogue)
    before = built_city.warehouse.read_bytes()
    FAULTS[name].make(built_city.data)
    with built_city.in_use():
        complaint_text(capsys, "build", FAULTS[name].said)
    assert built_city.warehouse.read_bytes() == before


def complaint_text(capsys, command: str, said: tuple[str, ...]) -> None:
    assert main([command]) == 1
    err = capsys.readouterr().err
    assert err.startswith("dashboard: ")
    assert "Traceback" not in err
    for piece in said:
        assert piece in err


def test_bundle_prints_what_became_of_every_file(input_folder, empty_data, capsys, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA_FOLDER", str(empty_data))
    assert main(["bundle", str(input_folder.path), "--municipality", made_up.CODE]) == 0
    out = capsys.readouterr().out
    assert "scb_deso_1487_indicators.csv: 48 rows read, 48 kept, 0 left out" in out
    assert (empty_data / "bundle.yaml").is_file()


@pytest.mark.parametrize(
    ("municipality", "said"),
    [
        ("1480", "has no figures for municipality 1480"),
        ("9999", "9999 is not the code of a Swedish municipality"),
        ("148", "The setting municipality cannot be used: a municipality code has four digits"),
    ],
)
def test_bundle_says_what_is_wrong_with_a_municipality(
    input_folder, empty_data, capsys, monkeypatch, municipality, said
):
    monkeypatch.setenv("DASHBOARD_DATA_FOLDER", str(empty_data))
    assert said in complaint(capsys, "bundle", str(input_folder.path), "--municipality", municipality)


def test_bundle_says_which_row_is_broken(input_folder, empty_data, capsys, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA_FOLDER", str(empty_data))
    input_folder.change_deso(lambda rows: rows[3].__setitem__(4, "many"))
    said = complaint(capsys, "bundle", str(input_folder.path), "--municipality", made_up.CODE)
    assert "scb_deso_1487_indicators.csv, row 5: “many” is not a number" in said


@pytest.mark.parametrize("broken", ["", "id: population\n", "["])
def test_a_catalogue_that_cannot_be_read_is_said_by_every_command(built_city, input_folder, capsys, broken):
    (built_city.data / "catalogue" / "indicators" / "population.yaml").write_text(broken, "utf-8")
    with built_city.in_use():
        for arguments in (
            ["build"],
            ["check", str(built_city.data)],
            ["measures", "--split", "foreign_background"],
            ["bundle", str(input_folder.path), "--municipality", made_up.CODE],
        ):
            assert "population" in complaint(capsys, *arguments)


def test_a_folder_that_cannot_be_written_is_said(city, capsys, tmp_path, monkeypatch):
    (tmp_path / "occupied").write_text("a file where the folder should be", "utf-8")
    with city.in_use():
        monkeypatch.setenv("DASHBOARD_WAREHOUSE_FILE", str(tmp_path / "occupied" / "warehouse.duckdb"))
        assert "cannot be used" in complaint(capsys, "build")


def test_a_bad_setting_is_said(capsys, monkeypatch):
    monkeypatch.setenv("DASHBOARD_PORT", "eighty")
    assert "The setting port cannot be used" in complaint(capsys, "build")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["measure"],
        ["measures"],
        ["measures", "--split", "tenure", "--level", "county"],
        ["measures", "--split", "tenure", "--year", "last"],
        ["measures", "--split", "tenure", "--engine", "dask"],
        ["measures", "--split", "tenure", "--spark-tables", "folder"],
        ["bundle", "folder"],
        ["check"],
        ["run", "--port", "eighty"],
    ],
)
def test_a_wrong_call_is_one_sentence_and_status_2(capsys, arguments):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert captured.err.rstrip().endswith("--help`.")


@pytest.mark.parametrize("command", ["", "bundle", "build", "check", "measures", "run"])
def test_help_is_there_for_every_command(capsys, command):
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"] if command else ["--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith(f"usage: dashboard {command}".rstrip())


def test_an_interrupted_command_ends_without_a_traceback(built_city, capsys, monkeypatch):
    def interrupt(folder) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "read_data", interrupt)
    with built_city.in_use():
        assert main(["build"]) != 0
    assert "Traceback" not in capsys.readouterr().err


def test_the_module_is_the_same_program(built_city):
    FAULTS["share of 140"].make(built_city.data)
    ended = subprocess.run(
        [sys.executable, "-m", "dashboard", "check", str(built_city.data)],
        env=os.environ | built_city.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("dashboard: 1 problem(s) in ")
    assert "scb_tab6571.csv, row 2: " in ended.stderr
    assert "Traceback" not in ended.stderr
