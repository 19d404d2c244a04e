"""The network for the screen: whole metres, simplified lines, edges in their order, named after its content."""

import json
import os

import numpy as np
import pytest

from dashboard.warehouse.screen_network import TOLERANCE, write_network_map

X, Y = [340_000.4, 340_100.6, 340_050.0], [6_460_000.0, 6_460_000.0, 6_459_900.2]
A, B, LENGTH = [2, 0, 1], [0, 1, 2], [112.24, 100.2, 130.0]
STRAIGHT = np.empty((0, 2))
#: Beside the straight line from node 1 to node 2: one point by less than the tolerance, one by more.
BENT = [(340_088.0, 6_459_980.0), (340_140.0, 6_459_950.0)]


def write(folder, **changes):
    given = {"x": X, "y": Y, "a": A, "b": B, "length": LENGTH, "inner": [STRAIGHT, STRAIGHT, BENT]} | changes
    return write_network_map("1488", folder, **given)


def read(folder, name):
    return json.loads((folder / name).read_text("utf-8"))


def test_nodes_and_edges_come_back_in_their_order(tmp_path):
    file = read(tmp_path, write(tmp_path))
    west, south = file["origin"]
    assert (west, south) == (340_000, 6_459_900)
    assert (west + np.cumsum(file["x"])).tolist() == [340_000, 340_101, 340_050]
    assert (south + np.cumsum(file["y"])).tolist() == [6_460_000, 6_460_000, 6_459_900]
    a = np.cumsum(file["a"])
    assert a.tolist() == A
    assert (a + file["b"]).tolist() == B
    assert file["length"] == [1122, 1002, 1300]


def test_points_between_the_ends_follow_from_the_first_end(tmp_path):
    file = read(tmp_path, write(tmp_path))
    assert np.cumsum(file["bent"]).tolist() == [2]
    assert len(file["dx"]) == len(file["dy"]) == sum(file["points"])
    course = np.cumsum([[340_101, 6_460_000], *zip(file["dx"], file["dy"], strict=True)], axis=0)
    assert course[-1].tolist() == list(BENT[1])


def test_bends_below_the_tolerance_are_left_out(tmp_path):
    nearly = [(340_050.0, 6_460_000.0 + TOLERANCE - 0.5)]
    clearly = [(340_050.0, 6_460_000.0 + TOLERANCE + 0.5)]
    assert read(tmp_path, write(tmp_path, inner=[STRAIGHT, nearly, STRAIGHT]))["bent"] == []
    assert read(tmp_path, write(tmp_path, inner=[STRAIGHT, clearly, STRAIGHT]))["points"] == [1]


def test_an_edge_that_leads_back_to_where_it_began_is_kept(tmp_path):
    loop = [(340_100.0, 6_460_100.0), (340_000.0, 6_460_100.0)]
    file = read(tmp_path, write(tmp_path, b=[0, 0, 2], inner=[STRAIGHT, loop, STRAIGHT]))
    assert file["b"][1] == 0
    assert file["points"] == [2]


def test_a_network_without_edges_or_nodes_is_a_file_too(tmp_path):
    file = read(tmp_path, write(tmp_path, x=[], y=[], a=[], b=[], length=[], inner=[]))
    assert file["origin"] == [0, 0]
    assert all(values == [] for name, values in file.items() if name != "origin")


def test_the_same_network_has_the_same_name_and_another_one_another(tmp_path):
    name = write(tmp_path)
    assert name.startswith("1488-network-")
    assert len(name) == len("1488-network-123456789abc.json")
    assert write(tmp_path) == name
    assert write(tmp_path, length=[112.24, 100.2, 131.0]) != name


def test_the_file_is_compact(tmp_path):
    side, rng = 60, np.random.default_rng(7)
    column, row = np.meshgrid(np.arange(side), np.arange(side))
    x, y = (340_000 + 80.0 * column).ravel(), (6_460_000 + 80.0 * row).ravel()
    node = np.arange(side * side).reshape(side, side)
    a, b = node[:, :-1].ravel(), node[:, 1:].ravel()
    inner = [[(x[i] + 40, y[i] + shift)] for i, shift in zip(a, rng.normal(0, 20, a.size), strict=True)]
    name = write(tmp_path, x=x, y=y, a=a, b=b, length=np.full(a.size, 90.0), inner=inner)
    assert (tmp_path / name).stat().st_size < 25 * a.size


@pytest.mark.parametrize(
    "changes",
    [
        {"y": Y[:-1]},
        {"a": A[:-1]},
        {"length": LENGTH[:-1]},
        {"inner": [STRAIGHT, STRAIGHT]},
        {"x": [340_000.0, np.nan, 340_050.0]},
        {"length": [112.24, np.inf, 130.0]},
    ],
)
def test_what_does_not_fit_together_is_refused_and_nothing_written(tmp_path, changes):
    with pytest.raises(ValueError, match=r"each node has|is no number"):
        write(tmp_path, **changes)
    assert list(tmp_path.iterdir()) == []


def test_networks_of_earlier_builds_go_when_nobody_can_have_them_on_screen(tmp_path):
    old, young = tmp_path / "1488-network-old.json", tmp_path / "1488-network-young.json"
    other, map_file = tmp_path / "1487-network-old.json", tmp_path / "1488-deso-old.json"
    for path in (old, young, other, map_file):
        path.write_text("{}", "utf-8")
    for path in (old, other, map_file):
        os.utime(path, (0, 0))
    name = write(tmp_path)
    assert not old.exists()
    assert all(path.exists() for path in (young, other, map_file, tmp_path / name))
    # What is shown now stays however old it is.
    os.utime(tmp_path / name, (0, 0))
    assert write(tmp_path) == name
    assert (tmp_path / name).exists()
