"""The city on foot, put together from the warehouse; its figures are worked out anew from the files, by other means.

The other means: pandas for the tables, geopandas for who lives at which node, networkx for the ways, and plain
projection onto segments for where a place meets the network.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import yaml
from pyproj import Transformer

from dashboard.reach.access import area_access, service_distances
from dashboard.reach.catchment import (
    distances_from,
    mix_by_distance,
    nearest_walk,
    reaching,
    share_within,
    walks,
)
from dashboard.reach.city import City, origin_of
from dashboard.reach.network import NOT_TIED
from dashboard.reach.scenario import CloseCrossing, OpenCrossing, changed_city
from dashboard.views.places_city import city_of
from dashboard.warehouse.connection import Warehouse

HOME = "1488"
PLACES = ("kronogards-torg", "drottningtorget")


class FromFiles:
    """The same city from the data folder alone."""

    def __init__(self, data: Path) -> None:
        folder = data / "networks" / HOME
        self.nodes, self.edges = pd.read_csv(folder / "nodes.csv"), pd.read_csv(folder / "edges.csv")
        assert self.edges["line"].isna().all()
        self.to_metres = Transformer.from_crs(4326, 3006, always_xy=True)
        self.named = pd.read_csv(data / "places" / "places.csv")
        self.services = yaml.safe_load((data / "register" / "services.yaml").read_text("utf-8"))["services"]
        register = pd.DataFrame(yaml.safe_load((data / "register" / "places.yaml").read_text("utf-8"))["places"])
        self.study = register.set_index("id")
        self._areas(data)

    def _areas(self, data: Path) -> None:
        areas = gpd.read_parquet(data / "areas" / "deso_2025.parquet")
        areas = areas[areas["municipality"] == HOME].to_crs(3006)[["area_code", "geometry"]]
        ground = self.edges[self.edges["structure"].isna()]
        lived_at = self.nodes[self.nodes["node"].isin(pd.concat([ground["a"], ground["b"]]))]
        points = gpd.GeoDataFrame(lived_at, geometry=gpd.points_from_xy(lived_at["x"], lived_at["y"], crs=3006))
        self.homes = points.sjoin(areas, predicate="within")[["node", "area_code"]]
        figures = []
        for table, indicator in (("tab6574", "population"), ("tab6571", "foreign_background_share")):
            rows = pd.read_csv(data / "observations" / f"scb_{table}.csv", dtype={"area_code": str})
            rows = rows[(rows["indicator"] == indicator) & (rows["year"] == 2025)]
            figures.append(rows.set_index("area_code")["value"].rename(indicator))
        found = areas.set_index("area_code").join(figures)
        found["foreign"] = found["population"] * found["foreign_background_share"] / 100
        found["swedish"] = found["population"] - found["foreign"]
        assert found[["foreign", "swedish"]].notna().all().all()
        self.people = found

    def spot(self, name: str) -> tuple[float, float]:
        lat, lon = self.study.loc[name, ["lat", "lon"]]
        return self.to_metres.transform(lon, lat)

    def libraries(self) -> dict[str, tuple[float, float]]:
        rows = self.named[self.named["osm_tag"] == "amenity=library"]
        found = {row.name: self.to_metres.transform(row.lon, row.lat) for row in rows.itertuples(index=False)}
        told = [one for one in self.services if one["kind"] == "library"]
        return found | {one["name"]: self.to_metres.transform(one["lon"], one["lat"]) for one in told}

    def nearest(self, spot: tuple[float, float]) -> tuple[int, float, float]:
        """Give the nearest edge that is no bridge, the share of it before the spot on it, and how far that is."""
        ground = self.edges[self.edges["structure"].isna()]
        xy = self.nodes[["x", "y"]].to_numpy()
        start, along = xy[ground["a"]], xy[ground["b"]] - xy[ground["a"]]
        share = np.clip(((spot - start) * along).sum(1) / (along**2).sum(1), 0, 1)
        apart = np.hypot(*(start + share[:, None] * along - spot).T)
        best = int(apart.argmin())
        return int(ground["edge"].iloc[best]), float(share[best]), float(apart[best])

    def graph(self, spots: dict[str, tuple[float, float]]) -> nx.Graph:
        """Give the network with some spots hung onto it by their straight ways; each edge is cut in order."""
        cuts = defaultdict(list)
        graph = nx.Graph()
        for name, spot in spots.items():
            edge, share, apart = self.nearest(spot)
            cuts[edge].append((share, f"{name} on the edge"))
            graph.add_edge(name, f"{name} on the edge", length=apart)
        for row in self.edges.itertuples():
            chain = [(0.0, row.a), *sorted(cuts[row.edge]), (1.0, row.b)]
            for (low, one), (high, other) in pairwise(chain):
                graph.add_edge(one, other, length=(high - low) * row.length)
        return graph

    def metres(self, place: str) -> dict[object, float]:
        graph = self.graph({place: self.spot(place)} | self.libraries())
        return nx.single_source_dijkstra_path_length(graph, place, weight="length")

    def within(self, place: str, limit: float) -> pd.Series:
        """Count people with foreign and Swedish background within a walk."""
        metres = self.metres(place)
        near = self.homes["node"].map(metres) <= limit
        share = near.groupby(self.homes["area_code"]).mean()
        return self.people[["foreign", "swedish"]].mul(share, axis=0).sum()


@pytest.fixture(scope="module")
def files(embedded) -> FromFiles:
    return FromFiles(embedded)


@pytest.fixture(scope="module")
def city(home_city) -> City:
    warehouse = Warehouse(home_city.warehouse)
    found = city_of(warehouse, HOME)
    assert found is not None
    yield found
    warehouse.close()


def metres_from(city: City, place: str):
    return distances_from(origin_of(city, city.place(place)))


@pytest.mark.parametrize("place", PLACES)
def test_the_way_to_every_node(city, files, place):
    expected = files.metres(place)
    found = metres_from(city, place)[: city.base.nodes]
    assert found == pytest.approx([expected[node] for node in range(city.base.nodes)], abs=1e-6)


@pytest.mark.parametrize(
    ("place", "foreign", "swedish"), [("kronogards-torg", 3844.5, 764.9), ("drottningtorget", 873.3, 2224.6)]
)
def test_people_within_ten_minutes_by_background(city, files, place, foreign, swedish):
    share = share_within(city.people, metres_from(city, place), 800)
    found = reaching(city.people.groupings["foreign_background"], share)
    assert found == pytest.approx(files.within(place, 800).to_numpy(), rel=1e-9)
    assert found == pytest.approx([foreign, swedish], abs=0.5)


@pytest.mark.parametrize(("place", "metres"), [("kronogards-torg", 273.1), ("drottningtorget", 406.3)])
def test_the_nearest_library(city, files, place, metres):
    found = nearest_walk(walks(city, origin_of(city, city.place(place))), "library")
    expected = files.metres(place)
    name = min(files.libraries(), key=expected.__getitem__)
    assert found is not None
    assert (found.place.name, found.metres) == (name, pytest.approx(expected[name], abs=1e-6))
    assert found.metres == pytest.approx(metres, abs=0.5)


@pytest.mark.parametrize(("place", "mix"), [("kronogards-torg", 0.9436), ("drottningtorget", 0.9500)])
def test_the_meeting_potential_within_a_quarter_of_an_hour(city, files, place, mix):
    here, whole = files.within(place, 1200), files.people[["foreign", "swedish"]].sum()
    entropies = [-(share * np.log(share)).sum() for share in (here / here.sum(), whole / whole.sum())]
    grouping = city.people.groupings["foreign_background"]
    found = mix_by_distance(city.people, grouping, metres_from(city, place), [1200])
    assert found == pytest.approx([entropies[0] / entropies[1]], rel=1e-9)
    assert found == pytest.approx([mix], abs=0.0005)


def test_within_everything_live_all(city, files):
    share = share_within(city.people, metres_from(city, PLACES[0]), 1e6)
    assert (share == 1).all()
    for name, expected in (
        ("population", [files.people["population"].sum()]),
        ("foreign_background", files.people[["foreign", "swedish"]].sum().to_numpy()),
    ):
        grouping = city.people.groupings[name]
        assert grouping.year == 2025
        assert reaching(grouping, share) == pytest.approx(expected, rel=1e-12)
    ages = city.people.groupings["age"]
    assert ages.counts.shape == (len(city.people.area_codes), 3)
    # SCB changes small counts by small numbers, each table by itself.
    assert ages.counts.sum() == pytest.approx(files.people["population"].sum(), rel=0.005)
    assert mix_by_distance(city.people, grouping, np.zeros(city.network.nodes), [0]) == pytest.approx([1], abs=1e-12)


def test_the_city_is_that_of_the_files(city, files):
    assert (city.kind, city.factor, city.is_schematic) == ("schematic", 1.15, True)
    assert city.people.area_codes == tuple(sorted(files.people.index))
    assert city.people.population.tolist() == files.people["population"].sort_index().tolist()
    assert (city.base.nodes, city.base.edges) == (len(files.nodes), len(files.edges))
    assert city.base.open_to_points.tolist() == files.edges["structure"].isna().tolist()
    assert {place.id for place in city.study_places} == set(files.study.index)
    assert all(place.node != NOT_TIED for place in city.study_places)
    assert {one.kind: one.line is not None for one in city.barriers} == {"water": True, "railway": False, "road": False}
    assert sum(one.is_open for one in city.crossings) == 3
    assert set(city.regso_of) == set(city.people.area_codes)


def test_with_all_bridges_closed_no_way_leads_across(city):
    """Then the hospital is not reachable, instead of being some number of metres away."""
    bridges = [edge for one in city.crossings for edge in one.edges]
    closed = City.of(city.base.without_edges(np.isin(city.base.origin, bridges)), city.people, city.places)
    found = {walk.place.id: walk for walk in walks(closed, origin_of(closed, closed.place("kronogards-torg")))}
    assert found["nal"].metres == np.inf
    assert np.isfinite(found["drottningtorget"].metres)


def test_the_nearest_library_of_every_area(city, files):
    """Every home's way to the nearer of the libraries, the mean over each area's homes."""
    graph = files.graph(files.libraries())
    ways = nx.multi_source_dijkstra_path_length(graph, set(files.libraries()), weight="length")
    expected = files.homes["node"].map(ways).groupby(files.homes["area_code"]).mean().sort_index()
    found = area_access(city.people, "library", service_distances(city, "library"), (800.0,))
    assert found.mean == pytest.approx(expected.to_numpy(), rel=1e-9)
    assert (found.reached == 1).all()


def test_a_municipality_without_a_network_has_no_city(peer_city):
    warehouse = Warehouse(peer_city.warehouse)
    try:
        assert city_of(warehouse, "1487") is None
    finally:
        warehouse.close()


def test_a_bridge_that_is_closed_and_opened_again_is_the_bridge_as_it_was(city):
    """Opening makes a crossing as the schematic network has them from the start."""
    for crossing in [one for one in city.crossings if one.is_open]:
        closed = changed_city(city, [CloseCrossing(crossing.id)])
        again = changed_city(closed, [OpenCrossing(crossing.id)])
        homes = city.people.node
        ways = [distances_from(origin_of(one, one.place("drottningtorget")))[homes] for one in (city, again)]
        # Lengths in the files are geodesic and have two decimals.
        np.testing.assert_allclose(ways[1], ways[0], rtol=2e-4, atol=1, err_msg=crossing.name)
