"""`dashboard neighbourhoods`: its result, bad files told by the row, and a run that goes on after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest

from dashboard import neighbourhood_run
from dashboard.cli import main
from dashboard.measures.neighbourhoods import nearest_people
from dashboard.sources import grid_file

HEADER = "x,y,people,foreign"
GOOD = ["340125,6470125,40,10", "340375,6470125,30,30", "340125,6470375,20,0", "340625,6470125,10,5"]


def grid_of(folder, rows=GOOD, header=HEADER, name="grid.csv"):
    file = folder / name
    file.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return file


def run(file, *more, output="result.csv"):
    return main(["neighbourhoods", str(file), "--output", str(file.parent / output), "--total", "people", *more])


def refused(capsys, file, *more, output="result.csv"):
    """Run it on a bad file; give the sentence, and see that nothing was written."""
    before = sorted(file.parent.iterdir())
    assert run(file, *more, output=output) == 1
    assert sorted(file.parent.iterdir()) == before
    (sentence,) = capsys.readouterr().err.strip().splitlines()
    return sentence


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_result(tmp_path, capsys, ending):
    table = pd.read_csv(grid_of(tmp_path))
    file = tmp_path / f"grid.{ending}"
    if ending == "parquet":
        table.to_parquet(file)
    assert run(file, "--k", "20,80,500", output=f"result.{ending}") == 0
    written = pd.read_csv(tmp_path / "result.csv") if ending == "csv" else pd.read_parquet(tmp_path / "result.parquet")
    n = np.column_stack([table["foreign"], table["people"] - table["foreign"]])
    found = nearest_people(table["x"], table["y"], n, [20, 80])
    for place, k in enumerate((20, 80)):
        np.testing.assert_allclose(written[f"share_foreign_{k}"], found.counts[place, :, 0] / k)
        np.testing.assert_allclose(written[f"share_rest_{k}"], found.counts[place, :, 1] / k)
        np.testing.assert_allclose(written[f"metres_{k}"], found.distance[place])
    assert "share_foreign_500" not in written
    profile = pd.read_csv(tmp_path / "result.profile.csv").set_index(["k", "measure"])
    assert profile.loc[(500, "dissimilarity"), "reason"] == "k_too_large"
    at_home = profile.loc[(np.nan, "dissimilarity"), "value"]
    assert float(at_home) == pytest.approx(sum(abs(x / 45 - y / 55) for x, y in n) / 2)
    assert "dissimilarity" in capsys.readouterr().out
    assert not list(tmp_path.glob(".*"))


def test_semicolons_decimal_commas_and_other_names(tmp_path):
    rows = ["340125,0;6470125,0;12,5;7,5", "340375,0;6470125,0;2,5;7,5"]
    file = grid_of(tmp_path, rows, "ost;nord;a;b")
    assert (
        main(
            ["neighbourhoods", str(file), "--output", str(tmp_path / "r.csv"), "--x", "ost", "--y", "nord", "--k", "20"]
        )
        == 0
    )
    np.testing.assert_allclose(pd.read_csv(tmp_path / "r.csv")["share_a_20"], [12.5 / 20, (2.5 + 12.5 / 2) / 20])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("340125,6470625,-4,0", ["row 6", "people = -4", "negative"]),
        ("340125,6470625,4,-1", ["row 6", "foreign = -1", "negative"]),
        ("340125,6470625,4,5", ["row 6", "foreign = 5", "more than people = 4"]),
        ("12.29,58.28,4,1", ["row 6", "degrees", "EPSG:3006"]),
        ("6470625,340125,4,1", ["row 6", "changed places", "--x y --y x"]),
        ("1400000,6470625,4,1", ["row 6", "not in Sweden", "coordinate system"]),
        ("340125,6470625,many,1", ["row 6", "people “many” is not a number"]),
        ("340125,6470625,,1", ["row 6", "people is empty"]),
        ("340125,6470625,inf,1", ["row 6", "people “inf” is not a number"]),
        ("340125,6470625,1_000,1", ["row 6", "“1_000” is not a number"]),
        ("340375,6470125,4,1", ["row 6", "is there already in row 3"]),
        ("340125,6470625,4", ["columns"]),
    ],
)
def test_a_bad_row_is_told_by_its_number(tmp_path, capsys, row, words):
    sentence = refused(capsys, grid_of(tmp_path, [*GOOD, row]))
    assert [word for word in words if word not in sentence] == []


@pytest.mark.parametrize(
    ("header", "rows", "words"),
    [
        ("x,y,folk,foreign", GOOD, ["lacks the column people", "x, y, folk, foreign"]),
        ("x,y,people,people", GOOD, ["people twice"]),
        (HEADER, [], ["no rows"]),
        (HEADER, ["340125,6470125,0,0"], ["nobody lives"]),
        ("x,y,people", [row.rsplit(",", 1)[0] for row in GOOD], ["counts in 0 column"]),
    ],
)
def test_a_bad_file_is_told(tmp_path, capsys, header, rows, words):
    sentence = refused(capsys, grid_of(tmp_path, rows, header))
    assert [word for word in words if word not in sentence] == []


def test_groups_that_overlap_are_told(tmp_path, capsys):
    file = grid_of(tmp_path, ["340125,6470125,40,30,20"], HEADER + ",young")
    assert "the groups together are 50, more than people = 40" in refused(capsys, file)


def test_a_parquet_file_that_is_none_is_told(tmp_path, capsys):
    file = grid_of(tmp_path, name="grid.parquet")
    assert "not a Parquet file" in refused(capsys, file)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_ten_million_rows_are_refused_before_they_are_read(tmp_path, capsys, monkeypatch, ending):
    monkeypatch.setattr(grid_file, "MOST_ROWS", 3)
    file = grid_of(tmp_path)
    if ending == "parquet":
        pd.read_csv(file).to_parquet(tmp_path / "grid.parquet")
    sentence = refused(capsys, tmp_path / f"grid.{ending}")
    assert "at most 3 can be worked out" in sentence


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--k", "200,many"], "“many” is not a whole number"),
        (["--k", "0"], "“0” is not a whole number"),
        (["--k", ","], "name from 1 to 20"),
        (["--k", "5000"], "fewer than 5000 people"),
    ],
)
def test_impossible_scales_are_told(tmp_path, capsys, more, words):
    assert words in refused(capsys, grid_of(tmp_path), *more)


def test_the_grid_is_never_replaced_by_its_result(tmp_path, capsys):
    assert "replace the grid file itself" in refused(capsys, grid_of(tmp_path), output="grid.csv")
    assert ".csv or .parquet" in refused(capsys, grid_of(tmp_path), output="result.xlsx")


def town(folder, seed=1):
    rng = np.random.default_rng(seed)
    spots = np.unique(rng.normal(0, 25, (6000, 2)).round().astype(int), axis=0)
    people = rng.integers(1, 60, len(spots))
    table = {
        "x": 340_125 + 250 * spots[:, 0],
        "y": 6_470_125 + 250 * spots[:, 1],
        "people": people,
        "foreign": rng.binomial(people, 0.3),
    }
    file = folder / "town.csv"
    pd.DataFrame(table).to_csv(file, index=False)
    return file


def test_an_interrupted_run_goes_on(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(neighbourhood_run, "PART", 500)
    file = town(tmp_path)
    assert run(file, output="whole.csv") == 0
    parts = []
    one = neighbourhood_run.NeighbourhoodRun._one

    def interrupted(self, search, number):
        if len(parts) >= 3:
            raise KeyboardInterrupt
        parts.append(number)
        one(self, search, number)

    monkeypatch.setattr(neighbourhood_run.NeighbourhoodRun, "_one", interrupted)
    assert run(file) == 130
    assert not (tmp_path / "result.csv").exists()
    assert "goes on from here" in capsys.readouterr().err
    monkeypatch.setattr(neighbourhood_run.NeighbourhoodRun, "_one", one)
    assert run(file) == 0
    assert "goes on where it was interrupted: 1500 cells are done" in capsys.readouterr().out
    assert (tmp_path / "result.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    assert not list(tmp_path.glob(".*"))


def test_parts_of_another_file_or_other_parameters_are_not_used(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(neighbourhood_run, "PART", 500)
    file = town(tmp_path)

    def failing(self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(neighbourhood_run.NeighbourhoodRun, "_gathered", failing)
        assert run(file) == 130
    town(tmp_path, seed=2)
    capsys.readouterr()
    assert run(file) == 0
    assert "goes on" not in capsys.readouterr().out
    assert run(file, output="whole.csv") == 0
    assert (tmp_path / "result.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


KILLED = """
import sys
from dashboard import neighbourhood_run
from dashboard.cli import main
neighbourhood_run.PART = 200
raise SystemExit(main(sys.argv[1:]))
"""


def test_a_killed_run_leaves_nothing_half_written_and_goes_on(tmp_path):
    file = town(tmp_path)
    words = [sys.executable, "-c", KILLED, "neighbourhoods", str(file), "--total", "people", "--output"]
    parts = tmp_path / ".result.csv.parts"
    process = subprocess.Popen(
        [*words, str(tmp_path / "result.csv")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + 60
    while not list(parts.glob("part-*.npy")) and process.poll() is None and time.monotonic() < end:
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "result.csv").exists()
    again = subprocess.run([*words, str(tmp_path / "result.csv")], capture_output=True, text=True, check=True)
    assert "goes on where it was interrupted" in again.stdout
    subprocess.run([*words, str(tmp_path / "whole.csv")], capture_output=True, check=True)
    assert (tmp_path / "result.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_two_runs_on_one_output_do_not_mix(tmp_path, capsys):
    file = town(tmp_path)
    table = pd.read_csv(file)
    n = np.column_stack([table["foreign"], table["people"] - table["foreign"]]).astype(float)
    first = neighbourhood_run.NeighbourhoodRun(
        table["x"].to_numpy(float),
        table["y"].to_numpy(float),
        n,
        [200],
        output=tmp_path / "result.csv",
        fingerprint="a",
    )
    first._folder.mkdir()
    with first._alone():
        assert run(file) == 1
    assert "Another run is working" in capsys.readouterr().err
