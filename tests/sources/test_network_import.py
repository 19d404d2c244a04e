"""Taking an extract into the data folder: what it says, what it changes, and that a fault changes nothing."""

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from osm_extract import CODE, EAST, NORTH, TIMESTAMP, MadeUpExtract

from dashboard.cli import main
from dashboard.sources.network_files import network_folder, read_network
from dashboard.sources.network_import import municipality_outline

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def data(embedded, tmp_path, monkeypatch) -> Path:
    """Give a copy of the embedded data that commands work on."""
    folder = tmp_path / "data"
    shutil.copytree(embedded, folder)
    monkeypatch.setenv("DASHBOARD_DATA_FOLDER", str(folder))
    return folder


@pytest.fixture
def extract() -> MadeUpExtract:
    """Give a cross of two paths in the middle of Trollhättan, with a library."""
    points = {1: (0, 0), 2: (100, 0), 3: (-100, 0), 4: (0, 100), 5: (0, -100)}
    made = MadeUpExtract(points).path(3, 1, 2).path(4, 1, 5)
    made.node_tags[2] = {"amenity": "library", "name": "Provbiblioteket"}
    return made


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def take_in(path: Path, *options: str) -> int:
    return main(["network", "import", str(path), "--municipality", CODE, *options])


def test_the_outline_of_the_municipality_is_that_of_its_areas(embedded):
    west, south, east, north = municipality_outline(embedded, CODE).bounds
    assert west < EAST < east
    assert south < NORTH < north
    assert 20_000 < north - south < 50_000


def test_an_import_replaces_the_network_and_nothing_else(data, extract, tmp_path, capsys):
    before = content(data)
    assert take_in(extract.write(tmp_path / "x.osm.pbf")) == 0
    after = content(data)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {name.rpartition("/")[0] for name in changed} == {f"networks/{CODE}"}
    network = read_network(network_folder(data, CODE))
    assert (network.meta.kind, network.x.size, network.a.size) == ("openstreetmap", 5, 4)
    out, err = capsys.readouterr()
    assert f"x.osm.pbf: 0.0 MB, as of {TIMESTAMP}" in out
    assert "kept: 5 nodes and 4 edges (0.4 km), 0 barriers with 0 crossings" in out
    assert "Done in " in out
    assert "Reading x.osm.pbf …" in err.splitlines()


def test_what_is_dropped_is_said(data, extract, tmp_path, capsys):
    extract.nodes |= {11: (500, 0), 12: (600, 0), 13: (600, 100), 21: (0, -500), 22: (0, -900)}
    extract.path(11, 12, 13).way(21, 22, waterway="river").way(21, 22, natural="water", name="Pölen")
    assert take_in(extract.write(tmp_path / "x.osm.pbf", without=[13])) == 0
    out = capsys.readouterr().out
    assert "left out: 1 parts that are not joined to the rest (2 nodes, 1 edges, 0.1 km, 20" in out
    assert "left out: 1 nodes of ways that are not in the file" in out
    assert "left out: 1 rivers and lakes without a name" in out
    assert "left out: 1 barriers that are too short" in out


def test_with_places_the_named_places_are_replaced_and_their_source_named(data, extract, tmp_path):
    assert take_in(extract.write(tmp_path / "x.osm.pbf"), "--places") == 0
    with (data / "places" / "places.csv").open(encoding="utf-8", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["Provbiblioteket"]
    entry = yaml.safe_load((data / "catalogue" / "sources" / "openstreetmap.yaml").read_text("utf-8"))
    (source,) = read_network(network_folder(data, CODE)).meta.source_files
    assert entry["files"] == [{"name": "x.osm.pbf", "sha256": source.sha256, "rows": 1}]
    assert entry["access_date"] == read_network(network_folder(data, CODE)).meta.made


def test_show_tells_what_is_there(data, extract, tmp_path, capsys):
    take_in(extract.write(tmp_path / "x.osm.pbf"))
    capsys.readouterr()
    assert main(["network", "show"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Municipality {CODE}: walk network of kind openstreetmap, made 2")
    assert "from x.osm.pbf (SHA-256 " in out
    assert f"as of {TIMESTAMP}" in out
    assert "kept: 5 nodes and 4 edges" in out


def test_show_tells_the_factor_of_a_schematic_network(data, capsys):
    assert main(["network", "show", "--municipality", CODE]) == 0
    assert "walk network of kind schematic" in (out := capsys.readouterr().out)
    assert ", straight lines × 1." in out


def test_show_tells_that_there_is_none(data, capsys):
    assert main(["network", "show", "--municipality", "1487"]) == 0
    assert "Municipality 1487 has no walk network: run `dashboard network import" in capsys.readouterr().out


def test_show_without_a_municipality_to_go_by_is_said(data, capsys):
    (data / "bundle.yaml").unlink()
    assert main(["network", "show"]) == 1
    assert "does not name a municipality: give --municipality" in capsys.readouterr().err


def write_text(path: Path, extract: MadeUpExtract) -> None:
    path.write_text("category,name\n" * 30, "utf-8")


def write_cut(path: Path, extract: MadeUpExtract) -> None:
    whole = extract.write(path).read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])


def write_elsewhere(path: Path, extract: MadeUpExtract) -> None:
    extract.nodes = {number: (x + 9e5, y + 3e5) for number, (x, y) in extract.nodes.items()}
    extract.write(path)


def write_no_paths(path: Path, extract: MadeUpExtract) -> None:
    extract.ways = [(nodes, {"building": "yes"}) for nodes, _ in extract.ways]
    extract.write(path)


FAULTS = {
    "missing": (lambda path, extract: None, "x.osm.pbf does not exist: give the path of"),
    "empty": (lambda path, extract: path.touch(), "x.osm.pbf is empty: fetch or cut out"),
    "text": (write_text, "x.osm.pbf is no OpenStreetMap file in PBF format: give"),
    "cut off": (write_cut, "x.osm.pbf is cut off or damaged after its first"),
    "another country": (write_elsewhere, "x.osm.pbf does not touch the municipality 1488: give"),
    "no paths": (write_no_paths, "x.osm.pbf has no ways that people can walk on: give"),
    "swapped": (
        lambda path, extract: extract.write(path, swapped=True),
        "In x.osm.pbf latitude and longitude seem to be swapped: ",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_sentence_and_the_old_network_stays(data, extract, tmp_path, capsys, fault):
    make, said = FAULTS[fault]
    make(tmp_path / "x.osm.pbf", extract)
    before = content(data)
    assert take_in(tmp_path / "x.osm.pbf", "--places") == 1
    complaint = capsys.readouterr().err.splitlines()[-1]
    assert complaint.startswith("dashboard: ")
    assert said in complaint
    assert content(data) == before
    assert [path.name for path in tmp_path.iterdir() if path.name not in ("data", "x.osm.pbf")] == []


def test_the_real_extract_of_helsinki_is_of_another_place_and_half_of_it_is_damaged(
    data, helsinki_file, tmp_path, capsys
):
    before = content(data)
    assert take_in(helsinki_file) == 1
    assert "Helsinki.osm.pbf does not touch the municipality 1488" in capsys.readouterr().err
    (tmp_path / "half.osm.pbf").write_bytes(helsinki_file.read_bytes()[:340_000])
    assert take_in(tmp_path / "half.osm.pbf") == 1
    assert "half.osm.pbf is cut off or damaged after its first 340000 bytes" in capsys.readouterr().err
    assert content(data) == before


def test_places_that_are_not_there_do_not_replace_those_that_are(data, extract, tmp_path, capsys):
    extract.node_tags.clear()
    before = content(data)
    assert take_in(extract.write(tmp_path / "x.osm.pbf"), "--places") == 1
    assert "has no named places in municipality 1488: leave out --places" in capsys.readouterr().err
    assert content(data) == before


def test_a_municipality_without_boundaries_is_said(data, extract, tmp_path, capsys):
    path = extract.write(tmp_path / "x.osm.pbf")
    assert main(["network", "import", str(path), "--municipality", "1480"]) == 1
    assert "There are no boundaries of municipality 1480" in capsys.readouterr().err


KILLED_WHILE_WRITING = """
import sys, time
import pandas as pd
from dashboard.cli import main
whole = pd.DataFrame.to_csv
def half(self, path, **how):
    whole(self.head(1), path, **how)
    if path.name == "edges.csv":
        print("half-way", flush=True)
        time.sleep(60)
pd.DataFrame.to_csv = half
main(sys.argv[1:])
"""


def test_killed_in_the_middle_of_writing_the_old_network_stays(data, extract, tmp_path):
    before = content(data)
    path = extract.write(tmp_path / "x.osm.pbf")
    command = [sys.executable, "-c", KILLED_WHILE_WRITING, "network", "import", str(path), "--municipality", CODE]
    with subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert any(line == "half-way\n" for line in lines)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert content(data) == before
    (left,) = tmp_path.glob(".new-*")
    long_ago = time.time() - 3600
    os.utime(left, (long_ago, long_ago))
    assert take_in(path) == 0
    assert read_network(network_folder(data, CODE)).meta.kind == "openstreetmap"
    assert list(tmp_path.glob(".new-*")) == []
