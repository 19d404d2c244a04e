"""The schematic walk network: what it promises of itself, checked from the files that it was made from."""

from __future__ import annotations

import hashlib
import itertools

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely
import yaml
from drawn_town import CODE, SOUTH, WEST, draw, register
from pyproj import Transformer

from dashboard.sources.network_files import read_network
from dashboard.sources.schematic_network import (
    LENGTH_FACTOR,
    SAME_SPOT,
    as_files,
    geodesic,
    make_schematic_network,
    schematic_network,
)
from dashboard.sources.tidy import InputError

HOME = "1488"
#: Neighbourhoods west of the river.
WESTERN = ("1488R001", "1488R010", "1488R011")
SPOTS = {
    "Kronogårds torg": (58.270541, 12.308084),
    "Drottningtorget": (58.283432, 12.289656),
    "Resecentrum": (58.287126, 12.298673),
    "NÄL": (58.317483, 12.267678),
}


@pytest.fixture(scope="module")
def made(embedded):
    return schematic_network(embedded, HOME)


@pytest.fixture(scope="module")
def kept(embedded):
    return read_network(embedded / "networks" / HOME)


@pytest.fixture(scope="module")
def is_west(embedded, kept):
    areas = gpd.read_parquet(embedded / "areas" / "regso_2025.parquet").to_crs(3006)
    west = areas[areas["code"].isin(WESTERN)].geometry.union_all()
    return shapely.contains_xy(west, kept.x, kept.y)


def graph_of(network, *, bridges: bool = True) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(network.x.size))
    for a, b, structure in zip(network.a.tolist(), network.b.tolist(), network.structure, strict=True):
        if bridges or structure != "bridge":
            graph.add_edge(a, b)
    return graph


def on_bridge(network) -> np.ndarray:
    """Tell which nodes have edges of bridges alone."""
    ground = network.structure == ""
    found = np.ones(network.x.size, bool)
    found[network.a[ground]] = found[network.b[ground]] = False
    return found


@pytest.mark.parametrize(
    ("a", "b", "metres"),
    [
        ("Kronogårds torg", "Drottningtorget", 1797.4),
        ("Kronogårds torg", "Resecentrum", 1928.0),
        ("Kronogårds torg", "NÄL", 5740.5),
        ("Drottningtorget", "Resecentrum", 670.1),
    ],
)
def test_geodesic_distances(a, b, metres):
    planar = Transformer.from_crs(4326, 3006)
    (y, x), (to_y, to_x) = planar.transform(*SPOTS[a]), planar.transform(*SPOTS[b])
    found = geodesic(np.array([x]), np.array([y]), np.array([to_x]), np.array([to_y]))
    assert found == pytest.approx([metres], abs=0.05)


def test_the_kept_network_is_what_is_made_today(embedded, made, kept):
    """Whoever changes places, areas or the register makes the network again."""
    today = as_files(made, HOME, kept.meta.made, [])
    for name in ("x", "y", "length"):
        assert getattr(kept, name) == pytest.approx(getattr(today, name), abs=0.0051), name
    for name in ("a", "b", "kind", "name", "structure", "line"):
        assert getattr(kept, name).tolist() == getattr(today, name).tolist(), name
    assert kept.barriers == today.barriers
    assert [(c.crossing, c.barrier, c.walkable, c.edges) for c in kept.crossings] == [
        (c.crossing, c.barrier, c.walkable, c.edges) for c in today.crossings
    ]
    files = {path.name: path for folder in ("areas", "places", "register") for path in (embedded / folder).iterdir()}
    assert len(kept.meta.source_files) == 4
    for one in kept.meta.source_files:
        assert hashlib.sha256(files[one.name].read_bytes()).hexdigest() == one.sha256, one.name


def test_it_comes_out_the_same_every_time(embedded, made):
    again = schematic_network(embedded, HOME)
    for name in ("x", "y", "a", "b", "length"):
        assert getattr(again, name).tolist() == getattr(made, name).tolist(), name
    assert (again.structure, again.crossing_edges) == (made.structure, made.crossing_edges)


def test_what_it_says_of_itself(kept):
    assert (kept.meta.municipality, kept.meta.kind, kept.meta.length_factor) == (HOME, "schematic", LENGTH_FACTOR)
    assert set(kept.kind) == {"schematic"}


def test_the_whole_town_hangs_together_by_its_bridges_alone(kept, is_west):
    assert nx.number_connected_components(graph_of(kept)) == 1
    bridge_nodes = on_bridge(kept)
    without = graph_of(kept, bridges=False)
    without.remove_nodes_from(np.flatnonzero(bridge_nodes).tolist())
    parts = {frozenset(part) for part in nx.connected_components(without)}
    shores = [np.flatnonzero(is_west & ~bridge_nodes), np.flatnonzero(~is_west & ~bridge_nodes)]
    assert parts == {frozenset(shore.tolist()) for shore in shores}
    assert min(len(part) for part in parts) > 20


def test_no_edge_crosses_the_river_but_a_bridge(kept):
    [river] = [shapely.from_wkt(one.line) for one in kept.barriers if one.line]
    ends = [((kept.x[a], kept.y[a]), (kept.x[b], kept.y[b])) for a, b in zip(kept.a, kept.b, strict=True)]
    crossing = shapely.intersects(shapely.linestrings(ends), river)
    assert crossing.any()
    assert set(kept.structure[crossing]) == {"bridge"}


def test_the_river_is_the_boundary_of_the_western_neighbourhoods(embedded, kept):
    [river] = [shapely.from_wkt(one.line) for one in kept.barriers if one.line]
    areas = gpd.read_parquet(embedded / "areas" / "regso_2025.parquet").to_crs(3006)
    west = areas[areas["code"].isin(WESTERN)].geometry.union_all()
    assert shapely.hausdorff_distance(river, shapely.intersection(river, west.boundary.buffer(0.1))) < 0.1
    assert 9_000 < river.length < 12_000


def test_each_open_bridge_joins_both_shores(kept, is_west):
    by_edge = {edge: one for one in kept.crossings for edge in one.edges}
    assert sorted(by_edge) == np.flatnonzero(kept.structure == "bridge").tolist()
    opened = [one for one in kept.crossings if one.edges]
    assert {one.walkable for one in opened} == {"assumed_yes"}
    assert {one.walkable for one in kept.crossings if not one.edges} == {"assumed_no"}
    for one in opened:
        [node] = set(kept.a[list(one.edges)].tolist())
        assert (kept.x[node], kept.y[node]) == pytest.approx((one.x, one.y))
        assert is_west[kept.b[list(one.edges)]].tolist().count(True) == len(one.edges) / 2


def test_every_edge_is_as_long_as_its_straight_line_times_the_factor(kept):
    apart = geodesic(kept.x[kept.a], kept.y[kept.a], kept.x[kept.b], kept.y[kept.b])
    assert kept.length == pytest.approx(LENGTH_FACTOR * apart, abs=0.03)
    # And against the plane, whose scale this far from the central meridian (15° E, 160 km) is 0.99992.
    planar = np.hypot(kept.x[kept.a] - kept.x[kept.b], kept.y[kept.a] - kept.y[kept.b])
    assert kept.length == pytest.approx(LENGTH_FACTOR * planar / 0.99992, rel=1e-4, abs=0.03)


def test_neighbours_are_those_with_nobody_in_the_circle_between_them(kept, is_west):
    """The Gabriel graph, looked at pair by pair."""
    river = next(shapely.from_wkt(one.line) for one in kept.barriers if one.line)
    anchors = np.flatnonzero(~on_bridge(kept))
    spots = np.stack([kept.x, kept.y], 1)
    expected = set()
    for a, b in itertools.combinations(anchors.tolist(), 2):
        if is_west[a] != is_west[b]:
            continue
        middle, radius = (spots[a] + spots[b]) / 2, np.hypot(*(spots[a] - spots[b])) / 2
        others = anchors[(anchors != a) & (anchors != b)]
        free = np.hypot(*(spots[others] - middle).T).min() >= radius
        if free and not shapely.LineString(spots[[a, b]]).intersects(river):
            expected.add((a, b))
    ground = kept.structure == ""
    found = set(zip(np.minimum(kept.a, kept.b)[ground], np.maximum(kept.a, kept.b)[ground], strict=True))
    assert found == expected


def test_anchors_are_real_and_on_no_spot_twice(embedded, kept):
    """A place of the list, a bridge, or a point in a small area that no other anchor stands for."""
    spots = np.stack([kept.x, kept.y], 1)
    apart = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > SAME_SPOT
    with (embedded / "places" / "places.csv").open(encoding="utf-8") as file:
        rows = [line.split(",") for line in file.read().splitlines()[1:]]
    table = gpd.GeoDataFrame(rows)
    lat, lon = (table[column].astype(float) for column in table.columns[[-3, -2]])
    x, y = Transformer.from_crs(4326, 3006, always_xy=True).transform(lon, lat)
    of_place = np.hypot(kept.x[:, None] - np.asarray(x), kept.y[:, None] - np.asarray(y)).min(axis=1) < 0.02
    areas = gpd.read_parquet(embedded / "areas" / "deso_2025.parquet").to_crs(3006)
    areas = areas[(areas["municipality"] == HOME) & (areas["boundary"] != "none")]
    points = areas.geometry.representative_point()
    of_area = np.hypot(kept.x[:, None] - points.x.to_numpy(), kept.y[:, None] - points.y.to_numpy()).min(axis=1) < 0.02
    assert (of_place | of_area | on_bridge(kept)).all()
    assert on_bridge(kept).sum() == 3


def test_a_municipality_without_boundaries_is_refused(embedded):
    with pytest.raises(InputError, match=r"no boundaries of small areas \(DeSO\) for municipality 1487"):
        schematic_network(embedded, "1487")


# Made-up towns: the river runs at x = 2 000 from south to north, the railway at y = 2 000.
QUARTERS = {
    "1487R001": [(0, 0, 900, 2000), (900, 0, 2000, 2000)],
    "1487R002": [(2000, 0, 3200, 2000), (3200, 0, 4000, 2000)],
    "1487R003": [(0, 2000, 1100, 4000), (1100, 2000, 2000, 4000)],
    "1487R004": [(2000, 2000, 3000, 4000), (3000, 2000, 4000, 4000)],
}
RIVER = {"id": "river", "side": ["1487R001", "1487R003"]}
RAILWAY = {"id": "railway", "kind": "railway", "side": ["1487R003", "1487R004"]}
BRIDGE = {"barrier": "river", "at": (2000, 3000)}
LEVEL_CROSSING = {"barrier": "railway", "kind": "level", "at": (3000, 2000)}


def quarters_of(network, edges) -> set[str]:
    """Give the quarters (N or S, W or E) of the shores that some edges of a crossing lead to."""
    ends = network.b[list(edges)]
    x, y = network.x[ends] - WEST, network.y[ends] - SOUTH
    return {("S" if south else "N") + ("W" if west else "E") for south, west in zip(y < 2000, x < 2000, strict=True)}


def test_a_crossing_leads_over_its_own_barrier_alone(tmp_path):
    draw(tmp_path, QUARTERS)
    register(tmp_path, [RIVER, RAILWAY], [BRIDGE, LEVEL_CROSSING])
    network = schematic_network(tmp_path, CODE)
    bridge, level = network.crossing_edges
    assert (quarters_of(network, bridge), quarters_of(network, level)) == ({"NW", "NE"}, {"NE", "SE"})


def test_a_crossing_of_a_barrier_whose_course_is_not_known_leads_over_nothing(tmp_path):
    draw(tmp_path, QUARTERS)
    register(tmp_path, [RIVER, {"id": "road"}], [BRIDGE, {"barrier": "road", "at": (2000, 1000), "walkable": "yes"}])
    network = schematic_network(tmp_path, CODE)
    assert [bool(edges) for edges in network.crossing_edges] == [True, False]
    graph = nx.Graph(zip(network.a.tolist(), network.b.tolist(), strict=True))
    shores = nx.restricted_view(graph, [int(network.a[network.crossing_edges[0][0]])], [])
    assert nx.number_connected_components(shores) == 2


@pytest.mark.parametrize(
    ("written", "leads"), [(True, True), (False, False), ("yes", True), ("no", False), ("assumed_no", False)]
)
def test_yes_and_no_may_be_written_as_yaml_reads_them(tmp_path, written, leads):
    draw(tmp_path, QUARTERS)
    register(tmp_path, [RIVER], [BRIDGE | {"walkable": written}])
    network = make_schematic_network(tmp_path, CODE, "2026-01-01")
    [crossing] = read_network(tmp_path / "networks" / CODE).crossings
    assert bool(crossing.edges) is leads
    assert crossing.walkable in {"yes", "no", "assumed_no"}
    assert network.crossings[0].edges == crossing.edges


def test_parts_of_one_shore_are_joined(tmp_path):
    """The shore's two anchors, 1 000 m apart, have one of the other shore between them, 80 m off."""
    shores = {
        "1487R001": [(0, 0, 1000, 100), (1000, 0, 2000, 100)],
        "1487R002": [(700, -60, 1300, 0), (0, -1000, 2000, -60)],
    }
    draw(tmp_path, shores)
    register(tmp_path, [RIVER | {"side": ["1487R001"]}], [])
    network = schematic_network(tmp_path, CODE)
    north = np.flatnonzero(network.y > SOUTH)
    assert north.size == 2
    assert {tuple(sorted(pair)) for pair in zip(network.a, network.b, strict=True)} >= {tuple(north)}


def test_parts_of_one_shore_are_not_joined_across_a_bay(tmp_path):
    """The straight line between the two runs through the other shore: they stay apart, rather than be reached by it."""
    bay = {
        "1487R001": [(0, 1000, 1000, 2000), (2000, 1000, 3000, 2000)],
        "1487R002": [(1000, 1000, 2000, 2000), (0, 0, 1400, 1000), (1400, 0, 3000, 1000)],
    }
    draw(tmp_path, bay)
    register(tmp_path, [RIVER | {"side": ["1487R001"]}], [])
    network = schematic_network(tmp_path, CODE)
    ends = np.concatenate([network.a, network.b])
    degree = np.bincount(ends, minlength=network.x.size)
    of_bay = network.y > SOUTH + 1000
    assert sorted(zip((network.x[of_bay] - WEST).round(), degree[of_bay] > 0, strict=True)) == [
        (500, False),
        (1500, True),
        (2500, False),
    ]


@pytest.mark.parametrize(
    ("barrier", "message"),
    [({"side": ["1487R009"]}, "there is no neighbourhood 1487R009"), ({"side": ["1487R001", "1487R03"]}, "1487R03 ")],
)
def test_a_side_that_does_not_exist_is_refused(tmp_path, barrier, message):
    draw(tmp_path, QUARTERS)
    register(tmp_path, [RIVER | barrier], [])
    with pytest.raises(InputError, match=message):
        schematic_network(tmp_path, CODE)


@pytest.mark.parametrize("content", ["[", "municipality: '1487'", "municipality: '1487'\nbarriers: 3\ncrossings: []"])
def test_a_register_that_cannot_be_read_is_refused_and_nothing_is_made(tmp_path, content):
    draw(tmp_path, QUARTERS)
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "crossings.yaml").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"crossings\.yaml cannot be read"):
        make_schematic_network(tmp_path, CODE, "2026-01-01")
    assert not (tmp_path / "networks").exists()


def test_a_register_of_another_municipality_says_nothing_of_this_one(tmp_path):
    draw(tmp_path, QUARTERS)
    register(tmp_path, [RIVER], [BRIDGE])
    path = tmp_path / "register" / "crossings.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump(content | {"municipality": "1480"}), "utf-8")
    network = schematic_network(tmp_path, CODE)
    assert (network.barriers, network.crossings) == ((), ())


def test_too_few_anchors_are_refused(tmp_path):
    draw(tmp_path, {"1487R001": [(0, 0, 900, 2000), (900, 0, 2000, 2000)]})
    with pytest.raises(InputError, match="only 2 anchors"):
        schematic_network(tmp_path, CODE)
