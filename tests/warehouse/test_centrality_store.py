"""Centralities are worked out once for each network, and anew when it changes."""

from dataclasses import replace

import numpy as np
import pytest

from dashboard.reach.centrality import RADII, centralities
from dashboard.reach.network import WalkNetwork
from dashboard.sources.network_files import read_network
from dashboard.warehouse import centrality_store
from dashboard.warehouse.centrality_store import COLUMNS, centrality_rows


@pytest.fixture
def network(embedded):
    return read_network(embedded / "networks" / "1488")


def test_the_rows_are_what_the_measure_says(network, tmp_path):
    table = centrality_rows(network, tmp_path, print)
    assert list(table.columns) == COLUMNS
    assert len(table) == network.x.size * len(RADII)
    walk = WalkNetwork.of(network.x, network.y, network.a, network.b, network.length)
    for radius, found in centralities(walk).items():
        rows = table[table["radius"] == radius]
        np.testing.assert_array_equal(rows["closeness"], found.closeness)
        np.testing.assert_array_equal(rows["betweenness"], found.betweenness)


def test_a_network_that_was_seen_is_not_worked_out_again(network, tmp_path, monkeypatch):
    first = centrality_rows(network, tmp_path, print)
    monkeypatch.setattr(centrality_store, "centralities", None)
    again = centrality_rows(network, tmp_path, print)
    assert again.equals(first)


def test_another_network_is_worked_out_and_the_older_file_goes(network, tmp_path):
    first = centrality_rows(network, tmp_path, print)
    longer = replace(network, length=network.length * 2)
    second = centrality_rows(longer, tmp_path, print)
    assert not second.equals(first)
    assert len(list(tmp_path.glob("centrality-*.parquet"))) == 1
    assert list(tmp_path.glob(".centrality-*")) == []


def test_another_way_to_work_them_out_is_used(network, tmp_path, monkeypatch):
    centrality_rows(network, tmp_path, print)
    other = tmp_path / "other_way.py"
    other.write_text("# Another formula.\n", "utf-8")
    monkeypatch.setattr(centrality_store, "CODE_OF_CENTRALITIES", (other,))
    monkeypatch.setattr(centrality_store, "centralities", None)
    with pytest.raises(TypeError):
        centrality_rows(network, tmp_path, print)


def test_the_operator_is_told_when_it_takes_a_while(network, tmp_path, monkeypatch):
    said = []
    centrality_rows(network, tmp_path, said.append)
    assert said == []
    monkeypatch.setattr(centrality_store, "MANY_NODES", 10)
    centrality_rows(replace(network, length=network.length * 3), tmp_path, said.append)
    assert "231 points" in said[0]
