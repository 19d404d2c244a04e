"""From an extract to a walk network: made-up extracts of a few ways, and the real one of central Helsinki."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import pytest
import shapely
from osm_extract import CODE, EAST, NORTH, TIMESTAMP, MadeUpExtract, import_file, square
from pyproj import Geod, Transformer
from scipy.sparse.csgraph import dijkstra

from dashboard.reach.network import WalkNetwork
from dashboard.sources.network_files import read_network, write_network
from dashboard.sources.network_tables import NetworkFiles, courses
from dashboard.sources.osm_graph import walk_graph
from dashboard.sources.osm_reader import OsmWay
from dashboard.sources.tidy import InputError
from dashboard.sources.walkable_ways import is_walkable

GEOD = Geod(ellps="WGS84")
CROSS = {1: (0, 0), 2: (100, 0), 3: (-100, 0), 4: (0, 100), 5: (0, -100)}


def degrees(x: float, y: float) -> tuple[float, float]:
    return Transformer.from_crs(3006, 4326, always_xy=True).transform(EAST + x, NORTH + y)


def places_of(network: NetworkFiles) -> set[tuple[int, int]]:
    return {(round(x - EAST), round(y - NORTH)) for x, y in zip(network.x, network.y, strict=True)}


def links_of(network: NetworkFiles) -> list[tuple[tuple[int, int], ...]]:
    """Give the edges by the places of their ends, sorted."""
    at = [(round(x - EAST), round(y - NORTH)) for x, y in zip(network.x, network.y, strict=True)]
    return sorted(tuple(sorted((at[a], at[b]))) for a, b in zip(network.a, network.b, strict=True))


def test_ways_are_split_where_they_meet(tmp_path):
    network = MadeUpExtract(CROSS).path(3, 1, 2).path(4, 1, 5).imported(tmp_path).network
    assert places_of(network) == set(CROSS.values())
    assert links_of(network) == sorted(tuple(sorted(((0, 0), CROSS[n]))) for n in (2, 3, 4, 5))


def test_ways_that_only_cross_have_no_node_there(tmp_path):
    """A path above another one on another layer; both are joined by a third far away."""
    made = MadeUpExtract(CROSS).path(3, 2, layer="1", bridge="yes").path(4, 5).path(2, 4)
    network = made.imported(tmp_path).network
    assert places_of(network) == {CROSS[n] for n in (2, 3, 5)}
    assert network.structure.tolist().count("bridge") == 1


def test_points_along_a_way_become_its_line_and_its_length_is_that_of_all_of_them(tmp_path):
    points = {1: (0, 0), 2: (50, 40), 3: (90, -10), 4: (200, 30), 5: (260, 0)}
    network = MadeUpExtract(points).path(1, 2, 3).path(3, 4, 5).imported(tmp_path).network
    assert network.a.size == 1
    assert places_of(network) == {(0, 0), (260, 0)}
    lon, lat = zip(*(degrees(*points[n]) for n in points), strict=True)
    # Positions in the file are rounded to 1e-7 degrees, about a centimetre: compared with what stands in the file.
    length = GEOD.line_length(np.round(lon, 7), np.round(lat, 7))
    assert network.length[0] == pytest.approx(length, abs=1e-6)
    assert shapely.get_num_points(courses(network)[0]) == 5
    assert (
        np.abs(
            shapely.get_coordinates(courses(network)[0])[1:-1] - [EAST, NORTH] - [points[2], points[3], points[4]]
        ).max()
        < 0.1
    )


@pytest.mark.parametrize(
    "changed", [{"name": "Storgatan"}, {"highway": "steps"}, {"tunnel": "yes"}, {"bridge": "yes"}], ids=str
)
def test_a_node_stands_where_a_way_changes(tmp_path, changed):
    made = MadeUpExtract({1: (0, 0), 2: (50, 0), 3: (100, 0)}).path(1, 2).way(2, 3, **{"highway": "footway", **changed})
    assert places_of(made.imported(tmp_path).network) == {(0, 0), (50, 0), (100, 0)}


def test_kind_name_and_structure_are_kept(tmp_path):
    made = (
        MadeUpExtract(CROSS)
        .way(1, 2, highway="steps", name="Trappan")
        .way(1, 3, highway="residential", bridge="viaduct")
        .way(1, 4, highway="path", tunnel="yes")
        .way(1, 5, highway="service", tunnel="building_passage")
    )
    network = made.imported(tmp_path).network
    rows = set(zip(network.kind, network.name, network.structure, strict=True))
    assert rows == {
        ("steps", "Trappan", ""),
        ("residential", "", "bridge"),
        ("path", "", "tunnel"),
        ("service", "", ""),
    }


def test_a_private_way_is_left_out(tmp_path):
    network = MadeUpExtract(CROSS).path(3, 1, 2).path(1, 4, access="private").imported(tmp_path).network
    assert (0, 100) not in places_of(network)


def test_a_square_is_walked_round(tmp_path):
    corners = {1: (0, 0), 2: (60, 0), 3: (60, 60), 4: (0, 60), 5: (-100, 0)}
    made = MadeUpExtract(corners).way(1, 2, 3, 4, 1, highway="pedestrian", area="yes").path(5, 1)
    network = made.imported(tmp_path).network
    loop = int(np.flatnonzero(network.a == network.b)[0])
    assert network.length[loop] == pytest.approx(240, rel=0.001)
    assert courses(network)[loop].is_closed


def test_a_ring_that_nothing_else_touches_is_one_loop(tmp_path):
    corners = {1: (0, 0), 2: (60, 0), 3: (60, 60), 4: (0, 60)}
    network = MadeUpExtract(corners).path(1, 2, 3, 4, 1).imported(tmp_path).network
    assert (network.x.size, network.a.size) == (1, 1)
    assert network.length[0] == pytest.approx(240, rel=0.001)


def test_parallel_ways_are_both_there_and_a_shared_piece_once(tmp_path):
    points = {1: (0, 0), 2: (100, 0), 3: (50, 50), 4: (-50, 0), 5: (150, 0)}
    made = MadeUpExtract(points).path(4, 1, 2, 5).way(1, 3, 2, highway="track").way(1, 2, highway="cycleway")
    network = made.imported(tmp_path).network
    assert links_of(network).count(((0, 0), (100, 0))) == 2
    assert sorted(network.kind) == ["footway", "footway", "footway", "track"]


def test_what_lies_beyond_the_largest_radius_is_cut_off(tmp_path):
    points = {n: (0, n * 1000) for n in range(12)}
    network = MadeUpExtract(points).path(*points).imported(tmp_path).network
    assert places_of(network) == {(0, 0), (0, 8000)}, "3 km of the municipality and 5 km beyond"


def test_the_part_with_most_nodes_in_the_municipality_is_kept_and_the_rest_counted(tmp_path):
    # Beyond the municipality lies a larger part.
    star = {n: (4000 + n * 10, 0) for n in range(20, 30)} | {19: (4000, 100)}
    made = MadeUpExtract(CROSS | star | {40: (500, 500), 41: (600, 500)}).path(3, 1, 2).path(4, 1, 5).path(40, 41)
    for number in range(20, 30):
        made.path(19, number)
    network = made.imported(tmp_path).network
    assert places_of(network) == set(CROSS.values())
    dropped = network.meta.dropped
    assert (dropped["parts"], dropped["nodes"], dropped["edges"]) == (2, 13, 11)
    everything = dropped["metres"] + network.counts["metres"]
    assert dropped["share_of_metres_percent"] == pytest.approx(100 * dropped["metres"] / everything, abs=0.1)


def test_a_way_ends_where_its_nodes_are_missing_in_the_file(tmp_path):
    points = {n: (n * 10, 0) for n in range(1, 7)}
    network = MadeUpExtract(points).path(*points).imported(tmp_path, without=[4]).network
    assert places_of(network) == {(10, 0), (30, 0)}
    assert network.meta.dropped["nodes_not_in_file"] == 1
    assert network.meta.dropped["parts"] == 1


def test_the_file_is_named_with_fingerprint_and_date(tmp_path):
    meta = MadeUpExtract(CROSS).path(3, 1, 2).imported(tmp_path).network.meta
    assert (meta.municipality, meta.kind, meta.length_factor) == (CODE, "openstreetmap", None)
    (source,) = meta.source_files
    assert (source.name, source.timestamp, len(source.sha256)) == ("made-up.osm.pbf", TIMESTAMP, 64)


def test_what_is_imported_can_be_written_and_read(tmp_path):
    network = MadeUpExtract(CROSS).path(3, 1, 2, name="A\nB").path(4, 1, 5).imported(tmp_path).network
    write_network(tmp_path / CODE, network)
    assert read_network(tmp_path / CODE).counts == network.counts


@pytest.mark.parametrize(
    "way", [{"highway": "motorway"}, {"building": "yes"}, {"highway": "path", "foot": "no"}], ids=str
)
def test_an_extract_without_ways_to_walk_on_is_refused(tmp_path, way):
    with pytest.raises(InputError, match="has no ways that people can walk on"):
        MadeUpExtract(CROSS).way(3, 1, 2, **way).imported(tmp_path)


def test_swapped_coordinates_are_told(tmp_path):
    with pytest.raises(InputError, match="latitude and longitude seem to be swapped"):
        MadeUpExtract(CROSS).path(3, 1, 2).imported(tmp_path, swapped=True)


@pytest.mark.parametrize("east", [6000.0, 60_000.0], ids=["within the largest radius", "far away"])
def test_an_extract_of_another_place_is_refused(tmp_path, east):
    """Ways that only lie around the municipality are of no use to it."""
    with pytest.raises(InputError, match="does not touch the municipality 1488"):
        MadeUpExtract({1: (east, 0), 2: (east + 100, 0)}).path(1, 2).imported(tmp_path)


# The real extract.


@pytest.fixture(scope="module")
def helsinki(helsinki_file) -> NetworkFiles:
    return import_file(helsinki_file, whole_extract()).network


def whole_extract() -> shapely.Geometry:
    to_metres = Transformer.from_crs(4326, 3006, always_xy=True)
    return shapely.transform(
        shapely.box(24.9351762, 60.1641550, 24.9534145, 60.1791130), to_metres.transform, interleaved=False
    )


def pieces(path: Path) -> Iterator[tuple[int, int, float]]:
    """Give the straight pieces of all walkable ways in the simplest way: one after another, as they are in the file."""
    for way in osmium.FileProcessor(str(path)).with_locations():
        if way.is_way() and is_walkable({tag.k: tag.v for tag in way.tags}):
            nodes = [(n.ref, n.location.lon, n.location.lat) if n.location.valid() else None for n in way.nodes]
            for one, other in pairwise(nodes):
                if one and other:
                    yield one[0], other[0], GEOD.inv(*one[1:], *other[1:])[2]


@pytest.fixture(scope="module")
def every_piece(helsinki_file) -> nx.Graph:
    graph = nx.Graph()
    graph.add_weighted_edges_from(pieces(helsinki_file))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph.subgraph(max(nx.connected_components(graph), key=len))


def test_helsinki_has_what_a_city_has(helsinki):
    assert 2000 < helsinki.x.size < 6000
    assert {"footway", "steps", "residential", "cycleway"} <= set(helsinki.kind)
    assert set(helsinki.structure) == {"", "bridge", "tunnel"}
    assert {one.kind for one in helsinki.barriers} == {"water", "railway"}
    assert "Pitkäsilta" in {
        name for name, kind in zip(helsinki.name, helsinki.structure, strict=True) if kind == "bridge"
    } | {one.name for one in helsinki.crossings}


def test_the_edges_of_helsinki_are_as_long_as_all_its_pieces(helsinki, every_piece):
    whole = sum(length for _, _, length in every_piece.edges(data="weight"))
    assert helsinki.length.sum() == pytest.approx(whole, abs=1e-6)


def test_distances_in_helsinki_equal_networkx_without_any_contraction(helsinki, helsinki_file, every_piece):
    """Ways from 20 nodes to all others, over the pieces as they are in the file: 1e-9 of the distance."""
    to_metres = Transformer.from_crs(4326, 3006, always_xy=True)
    place = {}
    for node in osmium.FileProcessor(str(helsinki_file), osmium.osm.NODE):
        if node.id in every_piece:
            place[tuple(round(axis, 3) for axis in to_metres.transform(node.lon, node.lat))] = node.id
    ids = [place[round(x, 3), round(y, 3)] for x, y in zip(helsinki.x.tolist(), helsinki.y.tolist(), strict=True)]
    assert len(set(ids)) == helsinki.x.size
    network = WalkNetwork.of(helsinki.x, helsinki.y, helsinki.a, helsinki.b, helsinki.length)
    starts = np.linspace(0, helsinki.x.size - 1, 20).astype(int)
    found = dijkstra(network.matrix, directed=False, indices=starts)
    for row, start in zip(found, starts.tolist(), strict=True):
        expected = nx.single_source_dijkstra_path_length(every_piece, ids[start])
        assert row == pytest.approx([expected[node] for node in ids], rel=1e-9, abs=1e-9)


def test_no_ways_give_no_graph():
    graph = walk_graph([], square(1000))
    assert (graph.x.size, graph.a.size) == (0, 0)
    lonely = OsmWay({"highway": "path"}, np.array([1]), *(np.array([axis]) for axis in degrees(0, 0)))
    assert walk_graph([lonely], square(1000)).a.size == 0
