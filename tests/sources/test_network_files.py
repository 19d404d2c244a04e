"""The files of a walk network: what is written is what is read; what cannot be right is refused with file and row."""

import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from dashboard.sources import network_files
from dashboard.sources.network_files import read_network, write_network
from dashboard.sources.network_tables import (
    Barrier,
    Crossing,
    NetworkFiles,
    NetworkMeta,
    SourceFile,
    courses,
    line_text,
)
from dashboard.sources.tidy import InputError


def texts(*cells: str) -> np.ndarray:
    return np.array(cells, object)


@pytest.fixture
def network() -> NetworkFiles:
    """Give a square of 300 m with a river through it, one bridge, a parallel way and a loop."""
    return NetworkFiles(
        meta=NetworkMeta(
            "1487", "openstreetmap", "2026-01-31", None, (SourceFile("x.osm.pbf", "0" * 64, "2026-01-30T20:21:22Z"),)
        ),
        x=np.array([0.0, 300.0, 300.0, 0.0]),
        y=np.array([0.0, 0.0, 300.0, 300.0]),
        a=np.array([0, 1, 2, 1, 3]),
        b=np.array([1, 2, 3, 2, 3]),
        length=np.array([300.0, 300.0, 300.0, 520.25, 80.0]),
        kind=texts("footway", "residential", "path", "steps", "footway"),
        name=texts("", "Åvägen, norra", "", "", ""),
        structure=texts("", "bridge", "", "tunnel", ""),
        line=texts("", "", "200.0 310.0;100.5 310.0", "400.0 150.0", "-20.0 300.0;-20.0 320.0"),
        barriers=(
            Barrier("gota-alv", "water", "Göta älv", "LINESTRING (-50 150, 350 150)"),
            Barrier("bana", "railway", ""),
        ),
        crossings=(
            Crossing("klaffbron", "gota-alv", "bridge", "Klaffbron", 300.0, 150.0, "yes", (1,), "noted"),
            Crossing("okand", "bana", "unknown", "", 10.25, 20.0, "assumed_no"),
        ),
    )


@pytest.fixture
def folder(network: NetworkFiles, tmp_path: Path) -> Path:
    """Give the folder of a network that was written."""
    place = tmp_path / "data" / "networks" / "1487"
    write_network(place, network)
    return place


def test_what_is_written_is_what_is_read(network, folder):
    found = read_network(folder)
    for name in ("x", "y", "a", "b", "length", "kind", "name", "structure", "line"):
        assert getattr(found, name).tolist() == getattr(network, name).tolist(), name
    assert (found.barriers, found.crossings) == (network.barriers, network.crossings)
    assert found.meta == replace(network.meta, counts=network.counts)
    assert network.counts == {"nodes": 4, "edges": 5, "barriers": 2, "crossings": 2, "metres": 1500}


def test_writing_twice_gives_the_same_bytes(network, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_network(folder, read_network(folder))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_network_without_barriers_is_one(network, folder):
    write_network(folder, replace(network, barriers=(), crossings=()))
    assert read_network(folder).barriers == ()


def test_courses_go_through_the_points_between_the_ends(network):
    found = courses(network)
    assert [list(line.coords) for line in found[:3]] == [
        [(0, 0), (300, 0)],
        [(300, 0), (300, 300)],
        [(300, 300), (200, 310), (100.5, 310), (0, 300)],
    ]
    assert found[4].is_closed


def test_points_are_written_with_one_decimal():
    assert line_text([(1.25001, 2), (-3.04, 4)]) == "1.3 2.0;-3.0 4.0"
    assert line_text(np.empty((0, 2))) == ""


def test_a_line_break_in_a_name_does_not_break_a_row(network, folder):
    write_network(folder, replace(network, name=texts("a\nb", "", "", "", "")))
    assert read_network(folder).name[0] == "a b"


def put(name: str, old: str, new: str):
    """Give a change of a file of the folder."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")

    return change


FAULTS = {
    "node twice": (put("nodes.csv", "\n2,", "\n1,"), "nodes.csv, row 4: is not numbered in turn"),
    "edge left out": (put("edges.csv", "\n1,", "\n7,"), "edges.csv, row 3: is not numbered in turn"),
    "no number": (put("nodes.csv", "300.00", "far"), "nodes.csv, row 3: its x is not a finite number"),
    "infinite": (put("nodes.csv", "300.00", "inf"), "nodes.csv, row 3: its x is not a finite number"),
    "length left out": (put("edges.csv", "520.25", ""), "edges.csv, row 5: its length is not a finite number"),
    "half an end": (put("edges.csv", "0,0,1,", "0,0,1.5,"), "edges.csv, row 2: its b is not a whole number"),
    "end that is no node": (put("edges.csv", "2,2,3,", "2,2,4,"), "edges.csv, row 4: its end b is no node"),
    "negative end": (put("edges.csv", "2,2,3,", "2,-1,3,"), "edges.csv, row 4: its end a is no node"),
    "too short": (put("edges.csv", "1,300.00", "1,297.00"), "edges.csv, row 2: its length is less than the straight"),
    "negative length": (put("edges.csv", "80.00", "-0.50"), "edges.csv, row 6: its length is less than"),
    "no kind": (put("edges.csv", "footway", ""), "edges.csv, row 2: its kind is empty"),
    "unknown structure": (put("edges.csv", "bridge", "ford"), "edges.csv, row 3: its structure is none of"),
    "half a point": (put("edges.csv", "400.0 150.0", "400.0"), "edges.csv, row 5: its line is not written as"),
    "words for a line": (put("edges.csv", "400.0 150.0", "a b"), "edges.csv, row 5: its line is not written as"),
    "cell too few": (put("edges.csv", ",400.0 150.0", ""), "edges.csv is not a CSV table.*#5.*got 7"),
    "cell too many": (put("edges.csv", "400.0 150.0", "400.0 150.0,x"), "edges.csv is not a CSV table.*#5.*got 9"),
    "empty row": (put("nodes.csv", "\n2,", "\n\n2,"), "nodes.csv, row 4: its x is not a finite number"),
    "row cut off": (
        lambda folder: (folder / "edges.csv").write_text(
            "".join((folder / "edges.csv").read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8"
        ),
        "network.yaml counts 5 edges, edges.csv has 4: a file was cut off",
    ),
    "no rows": (
        lambda folder: (folder / "nodes.csv").write_text("node,x,y\n", "utf-8"),
        "edges.csv, row 2: its end a is no node|has no rows",
    ),
    "other columns": (put("nodes.csv", "node,x,y", "node,y,x"), "nodes.csv has the columns node,y,x; it needs"),
    "empty file": (lambda folder: (folder / "nodes.csv").write_text(""), "nodes.csv is not a CSV table"),
    "not UTF-8": (
        lambda folder: (folder / "edges.csv").write_bytes(b"edge\n\xe5"),
        "edges.csv is not a CSV table in UTF-8",
    ),
    "no file": (lambda folder: (folder / "crossings.csv").unlink(), "crossings.csv cannot be read"),
    "barrier twice": (put("barriers.csv", "bana,", "gota-alv,"), "barriers.csv, row 3: “gota-alv” occurs twice"),
    "barrier with a space": (
        put("barriers.csv", "bana,", "en bana,"),
        "barriers.csv, row 3: “en bana” occurs twice or",
    ),
    "unknown barrier kind": (put("barriers.csv", "water", "wall"), "barriers.csv, row 2: the kind “wall” is none of"),
    "barrier's line": (put("barriers.csv", "LINESTRING", "LINE"), "barriers.csv, row 2: its line is no LINESTRING"),
    "barrier's point": (
        put("barriers.csv", "LINESTRING (-50 150, 350 150)", "POINT (1 2)"),
        "barriers.csv, row 2: its line is no LINESTRING",
    ),
    "crossing twice": (put("crossings.csv", "okand", "klaffbron"), "crossings.csv, row 3: “klaffbron” occurs twice"),
    "unknown crossing kind": (put("crossings.csv", "unknown", "ferry"), "crossings.csv, row 3: the kind “ferry”"),
    "unknown walkable": (put("crossings.csv", ",yes,", ",maybe,"), "crossings.csv, row 2: the walkable “maybe”"),
    "crossing of nothing": (
        put("crossings.csv", "bana", "kanal"),
        "crossings.csv, row 3: the barrier “kanal” is not in",
    ),
    "edge of a crossing": (put("crossings.csv", ",1,", ",1 5,"), "crossings.csv, row 2: the edge 5 is not in"),
    "edges with commas": (put("crossings.csv", ",1,", ',"1,2",'), "crossings.csv, row 2: its edges are not written"),
    "place of a crossing": (put("crossings.csv", "10.25", ""), "crossings.csv, row 3: its x is not a finite number"),
    "no description": (lambda folder: (folder / "network.yaml").unlink(), "network.yaml cannot be read"),
    "unknown network kind": (put("network.yaml", "kind: openstreetmap", "kind: guess"), "network.yaml: .*guess"),
    "code without quotes": (put("network.yaml", "'1487'", "1487.5"), "network.yaml: municipality 1487.5"),
    "no date": (put("network.yaml", "2026-01-31", "lately"), "network.yaml is not written as a network's"),
    "no YAML": (lambda folder: (folder / "network.yaml").write_text("a: [", "utf-8"), "network.yaml is not written"),
    "unknown entry": (put("network.yaml", "made:", "built:"), "network.yaml is not written as a network's"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_right_is_refused_with_file_and_row(folder, fault):
    make, said = FAULTS[fault]
    make(folder)
    with pytest.raises(InputError, match=said):
        read_network(folder)


@pytest.mark.parametrize("length", [298.0, 300.0, 301.0, 5000.0])
def test_lengths_about_the_straight_line_and_above_are_right(network, folder, length):
    """Geodesic lengths and the plane differ by up to half a per cent, and positions are rounded."""
    lengths = network.length.copy()
    lengths[0] = length
    write_network(folder, replace(network, length=lengths))
    assert read_network(folder).length[0] == length


def test_a_network_that_cannot_be_right_leaves_the_old_one(network, folder, tmp_path):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError, match=r"edges\.csv, row 2: its length"):
        write_network(folder, replace(network, length=network.length * 0.9))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert left_beside(tmp_path) == []


def left_beside(place: Path) -> list[str]:
    return [path.name for path in place.rglob(".new-*")]


@pytest.mark.parametrize("error", [OSError("no space left"), KeyboardInterrupt()])
def test_the_old_network_comes_back_when_the_swap_fails(network, folder, tmp_path, monkeypatch, error):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(type(error)):
        write_network(folder, replace(network, length=network.length * 2))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert left_beside(tmp_path) == []


def test_nothing_grows_within_the_data_folder(network, folder, tmp_path, monkeypatch):
    """All its files belong to the fingerprint of the warehouse."""
    during = []
    check = network_files.read_network

    def look(place: Path) -> NetworkFiles:
        during.extend(path for path in (tmp_path / "data").rglob("*") if path.is_file() and path.parent != folder)
        return check(place)

    monkeypatch.setattr(network_files, "read_network", look)
    write_network(folder, network)
    assert during == []


def test_what_a_killed_process_left_is_tidied_up_and_an_old_network_put_back(network, folder, tmp_path):
    """Killed between the two steps of the swap: the old network lies in the workshop, its place is empty."""
    left = tmp_path / ".new-1487-killed"
    left.mkdir()
    folder.rename(left / "old")
    long_ago = time.time() - 3600
    os.utime(left, (long_ago, long_ago))
    with pytest.raises(InputError):
        write_network(folder, replace(network, length=network.length * 0.9))
    assert read_network(folder).counts == network.counts
    assert left_beside(tmp_path) == []


def test_a_process_that_may_still_write_is_let_alone(network, folder, tmp_path):
    (tmp_path / ".new-1487-writing").mkdir()
    write_network(folder, network)
    assert left_beside(tmp_path) == [".new-1487-writing"]


def test_the_description_can_be_read_by_people(folder):
    content = yaml.safe_load((folder / "network.yaml").read_text("utf-8"))
    assert list(content) == [
        "municipality", "kind", "made", "length_factor", "source_files", "counts", "dropped",
    ]  # fmt: skip
    assert content["source_files"] == [{"name": "x.osm.pbf", "sha256": "0" * 64, "timestamp": "2026-01-30T20:21:22Z"}]
