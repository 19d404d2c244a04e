"""The walk network in the warehouse, and the people of the small areas on its nodes."""

from __future__ import annotations

import shutil

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import yaml

from dashboard.settings import Settings
from dashboard.sources.network_files import read_network, write_network
from dashboard.sources.network_tables import NetworkFiles, NetworkMeta
from dashboard.warehouse.build import build
from dashboard.warehouse.connection import Warehouse
from dashboard.warehouse.fingerprint import BuildError
from dashboard.warehouse.walk_network import people_nodes

HOME = "1488"
TABLES = ("network_nodes", "network_edges", "network_people", "network_barriers", "network_crossings")


@pytest.fixture(scope="module")
def home(home_city):
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


@pytest.fixture(scope="module")
def kept(embedded):
    return read_network(embedded / "networks" / HOME)


@pytest.fixture(scope="module")
def areas(embedded):
    found = gpd.read_parquet(embedded / "areas" / "deso_2025.parquet")
    return found[found["municipality"] == HOME]


def network_of(spots, edges) -> NetworkFiles:
    """Give a network of spots, its edges as (a, b, structure)."""
    x, y = np.array(spots, float).T
    a, b, structure = zip(*edges, strict=True)
    texts = np.full(len(edges), "", object)
    return NetworkFiles(
        NetworkMeta("1487", "openstreetmap", "2026-01-01"),
        x,
        y,
        np.array(a),
        np.array(b),
        np.hypot(x[list(a)] - x[list(b)], y[list(a)] - y[list(b)]),
        np.full(len(edges), "path", object),
        texts,
        np.array(structure, object),
        texts,
    )


def squares(**changes) -> gpd.GeoDataFrame:
    """Give two small areas, squares of 100 m beside each other; ``changes`` replace whole columns."""
    table = {"area_code": ["west", "east"], "level": "deso", "vintage": 2025, "boundary": "scb"} | changes
    shapes = [shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=3006)


def spread(found: pd.DataFrame) -> list[tuple[str, int, float, bool]]:
    return sorted(zip(found["area_code"], found["node"], found["share"], found["nearest"], strict=True))


def test_people_live_at_the_nodes_inside_their_area_in_equal_shares():
    network = network_of([(10, 10), (90, 90), (150, 50)], [(0, 1, ""), (1, 2, "")])
    assert spread(people_nodes(network, squares())) == [
        ("east", 2, 1, False),
        ("west", 0, 0.5, False),
        ("west", 1, 0.5, False),
    ]


def test_nobody_lives_on_a_bridge_or_in_a_tunnel():
    """Node 1 has a bridge on either side, node 2 a bridge and a street, node 4 nothing at all."""
    spots = [(10, 10), (50, 50), (90, 50), (150, 50), (60, 60)]
    network = network_of(spots, [(0, 1, "bridge"), (1, 2, "tunnel"), (2, 3, "")])
    assert spread(people_nodes(network, squares())) == [("east", 3, 1, False), ("west", 2, 1, False)]


def test_an_area_without_a_node_has_its_people_at_the_nearest():
    """From the middle of the east, (150, 50), node 1 is nearest; the node on the bridge beside it does not count."""
    network = network_of([(10, 10), (90, 40), (160, 300), (150, 50)], [(0, 1, ""), (0, 2, ""), (1, 3, "bridge")])
    assert spread(people_nodes(network, squares())) == [
        ("east", 1, 1, True),
        ("west", 0, 0.5, False),
        ("west", 1, 0.5, False),
    ]


@pytest.mark.parametrize("changes", [{"level": "regso"}, {"vintage": 2018}, {"boundary": "none"}])
def test_only_small_areas_of_today_that_are_drawn_have_people(changes):
    network = network_of([(10, 10), (150, 50)], [(0, 1, "")])
    found = people_nodes(network, squares(**changes))
    assert (list(found.columns), len(found)) == (["node", "area_code", "share", "nearest"], 0)


def test_the_shares_of_every_area_are_all_of_it(home, areas):
    found = pd.DataFrame(home.columns("network_people"))
    shares = found.groupby("area_code")["share"]
    assert shares.sum().to_numpy() == pytest.approx(1, abs=1e-12)
    assert shares.nunique().eq(1).all()
    assert set(found["area_code"]) == set(areas["area_code"])


def test_the_people_of_the_home_city_are_where_their_area_is(home, kept, areas):
    """Looked at point by point: a node carries the area it lies in, all nodes do, and bridges carry nobody."""
    on_ground = set(kept.a[kept.structure == ""]) | set(kept.b[kept.structure == ""])
    assert len(on_ground) == kept.x.size - 3
    shapes = areas.to_crs(3006).set_index("area_code").geometry
    expected = {
        (code, node)
        for code, shape in shapes.items()
        for node in on_ground
        if shape.contains(shapely.Point(kept.x[node], kept.y[node]))
    }
    found = home.columns("network_people")
    assert set(zip(found["area_code"], found["node"].tolist(), strict=True)) == expected
    assert not found["nearest"].any()


def test_the_tables_are_what_the_files_say(home, kept):
    nodes, edges = home.columns("network_nodes"), home.columns("network_edges")
    assert (nodes["x"].tolist(), nodes["y"].tolist()) == (kept.x.tolist(), kept.y.tolist())
    for name in ("a", "b", "length", "structure", "line"):
        assert edges[name].tolist() == getattr(kept, name).tolist(), name
    barriers = {row["barrier"]: (row["name"], row["line"]) for row in home.rows("network_barriers")}
    assert barriers == {one.barrier: (one.name, one.line) for one in kept.barriers}
    crossings = {row["name"]: (row["walkable"], row["edges"]) for row in home.rows("network_crossings")}
    assert crossings == {one.name: (one.walkable, " ".join(map(str, one.edges))) for one in kept.crossings}
    [network] = home.rows("network", {"municipality": HOME})
    assert (network["kind"], network["length_factor"]) == ("schematic", 1.15)


def test_a_municipality_without_a_network_has_empty_tables(peer_city):
    warehouse = Warehouse(peer_city.warehouse)
    try:
        assert warehouse.rows("network", {"municipality": "1487"}) == []
        assert {name: len(warehouse.rows(name)) for name in TABLES} == dict.fromkeys(TABLES, 0)
    finally:
        warehouse.close()


@pytest.fixture
def copied(embedded, tmp_path):
    shutil.copytree(embedded, tmp_path / "data")
    return tmp_path / "data"


def test_a_network_of_another_municipality_is_refused(copied, kept):
    folder = copied / "networks" / HOME
    described = yaml.safe_load((folder / "network.yaml").read_text("utf-8"))
    (folder / "network.yaml").write_text(yaml.safe_dump(described | {"municipality": "1487"}), "utf-8")
    settings = Settings(
        data_folder=copied, warehouse_file=copied.parent / "new.duckdb", maps_folder=copied.parent / "m"
    )
    with pytest.raises(BuildError, match=r"network\.yaml is of municipality 1487, not 1488"):
        build(settings, lambda line: None)
    assert not settings.warehouse_file.exists()


def test_a_network_that_is_cut_off_is_refused_and_the_old_warehouse_stays(copied, kept):
    settings = Settings(
        data_folder=copied, warehouse_file=copied.parent / "new.duckdb", maps_folder=copied.parent / "m"
    )
    settings.warehouse_file.write_text("old")
    path = copied / "networks" / HOME / "edges.csv"
    path.write_text("\n".join(path.read_text("utf-8").splitlines()[:-5]) + "\n", "utf-8")
    with pytest.raises(BuildError, match=r"edges"):
        build(settings, lambda line: None)
    assert settings.warehouse_file.read_text() == "old"


def test_written_and_read_it_is_the_same(tmp_path, kept):
    write_network(tmp_path / "networks" / HOME, kept)
    again = read_network(tmp_path / "networks" / HOME)
    assert again.length.tolist() == kept.length.tolist()
    assert again.crossings == kept.crossings
