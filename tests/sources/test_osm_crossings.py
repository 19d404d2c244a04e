"""Barriers by their names, and where and how the walk network crosses them."""

import pytest
import shapely
from osm_extract import EAST, NORTH, MadeUpExtract

from dashboard.sources.barrier_tags import barrier_kind, barrier_names, slug
from dashboard.sources.network_tables import NetworkFiles

#: A line of 600 m from south to north at x = 0, with a point in the middle; a path of 400 m across it, and its halves.
POINTS = {
    1: (0, -300), 2: (0, 0), 3: (0, 300),
    11: (-200, 0), 12: (-20, 0), 13: (20, 0), 14: (200, 0),
    21: (-200, 200), 22: (200, 200),
}  # fmt: skip
RIVER = {"waterway": "river", "name": "Göta älv"}
RAIL = {"railway": "rail"}
ROAD = {"highway": "trunk", "ref": "E 45"}


def made_up(**barrier: str) -> MadeUpExtract:
    """Give an extract with a barrier and a path on its western side."""
    return MadeUpExtract(dict(POINTS)).way(1, 2, 3, **barrier).path(21, 11)


def crossed(made: MadeUpExtract, tmp_path) -> NetworkFiles:
    return made.imported(tmp_path).network


def test_a_bridge_over_a_river_without_a_shared_node(tmp_path):
    made = made_up(**RIVER).path(11, 12).path(12, 13, bridge="yes", name="Åvägen", bridge_name="Klaffbron").path(13, 14)
    network = crossed(made, tmp_path)
    (barrier,) = network.barriers
    assert (barrier.barrier, barrier.kind, barrier.name) == ("gota-alv", "water", "Göta älv")
    line = shapely.from_wkt(barrier.line)
    assert shapely.hausdorff_distance(line, shapely.LineString([(EAST, NORTH - 300), (EAST, NORTH + 300)])) < 0.2
    (crossing,) = network.crossings
    assert (crossing.crossing, crossing.barrier, crossing.kind, crossing.name) == (
        "gota-alv-1",
        "gota-alv",
        "bridge",
        "Klaffbron",
    )
    assert (round(crossing.x - EAST), round(crossing.y - NORTH), crossing.walkable) == (0, 0, "yes")
    assert [network.structure[edge] for edge in crossing.edges] == ["bridge"]


@pytest.mark.parametrize(
    ("barrier", "way", "kind", "walkable"),
    [
        (RIVER, {"bridge": "yes"}, "bridge", "yes"),
        (RIVER, {"tunnel": "yes"}, "underpass", "yes"),
        (RIVER, {}, "unknown", "assumed_yes"),
        (RAIL, {"bridge": "yes"}, "bridge", "yes"),
        (RAIL, {"tunnel": "yes"}, "underpass", "yes"),
        (RAIL | {"bridge": "yes"}, {}, "underpass", "yes"),
        (RAIL, {}, "unknown", "assumed_yes"),
        (ROAD, {"tunnel": "yes"}, "underpass", "yes"),
    ],
    ids=str,
)
def test_kinds_of_crossings_without_a_shared_node(tmp_path, barrier, way, kind, walkable):
    made = made_up(**barrier).path(11, 12).path(12, 13, **way).path(13, 14)
    (crossing,) = crossed(made, tmp_path).crossings
    assert (crossing.kind, crossing.walkable) == (kind, walkable)


@pytest.mark.parametrize(
    ("barrier", "walkable"), [(RAIL, "yes"), (ROAD, "yes"), (RIVER, "assumed_yes")], ids=["rail", "road", "river"]
)
def test_a_shared_node_is_a_level_crossing(tmp_path, barrier, walkable):
    """A path through water on the ground may be a ford or a dam: that one gets across is assumed."""
    (crossing,) = crossed(made_up(**barrier).path(11, 12, 2, 13, 14), tmp_path).crossings
    assert (crossing.kind, crossing.walkable) == ("level", walkable)


def test_ways_of_two_kinds_that_meet_on_the_barrier_cross_it_there(tmp_path):
    made = made_up(**RAIL).path(11, 12, 2).way(2, 13, 14, highway="residential")
    network = crossed(made, tmp_path)
    (crossing,) = network.crossings
    assert crossing.kind == "level"
    assert {network.kind[edge] for edge in crossing.edges} == {"footway", "residential"}


def test_a_bridge_that_begins_at_the_shore_is_the_crossing_alone(tmp_path):
    made = made_up(**RIVER).path(11, 12, 2).path(2, 13, 14, bridge="yes")
    network = crossed(made, tmp_path)
    (crossing,) = network.crossings
    assert [network.structure[edge] for edge in crossing.edges] == ["bridge"]


@pytest.mark.parametrize("barrier", [RAIL, ROAD | {"foot": "yes"}], ids=["rail", "a road that one may walk along"])
def test_ways_that_end_at_a_barrier_do_not_cross_it(tmp_path, barrier):
    assert crossed(made_up(**barrier).path(11, 12, 2), tmp_path).crossings == ()


def test_two_ways_on_the_same_side_do_not_cross(tmp_path):
    made = made_up(**RAIL).path(11, 12, 2).way(21, 2, highway="service")
    assert crossed(made, tmp_path).crossings == ()


def test_the_pavements_of_a_bridge_and_several_tracks_are_one_crossing(tmp_path):
    made = MadeUpExtract(
        POINTS | {4: (10, -300), 5: (10, 300), 31: (-20, 12), 32: (20, 12), 33: (-20, 80), 34: (20, 80)}
    )
    made.way(1, 3, **RAIL).way(4, 5, **RAIL)
    made.path(11, 12).path(12, 13, bridge="yes").path(31, 32, bridge="yes").path(33, 34, bridge="yes")
    made.way(12, 31, 33, highway="path").path(13, 32, 34)
    network = crossed(made, tmp_path)
    assert {(c.kind, len(c.edges), round(c.x - EAST), round(c.y - NORTH)) for c in network.crossings} == {
        ("bridge", 2, 5, 6),
        ("bridge", 1, 5, 80),
    }


def test_both_shores_of_a_long_bridge_are_one_crossing(tmp_path):
    made = MadeUpExtract(POINTS | {41: (-150, -300), 42: (150, -300), 43: (150, 300), 44: (-150, 300)})
    made.way(41, 42, 43, 44, 41, natural="water", name="Hullsjön").path(11, 14, bridge="yes").path(21, 11)
    network = crossed(made, tmp_path)
    (crossing,) = network.crossings
    assert (crossing.barrier, round(crossing.x - EAST), len(crossing.edges)) == ("hullsjon", 0, 1)


def test_roads_are_grouped_by_number_and_slip_roads_go_with_their_road(tmp_path):
    made = MadeUpExtract(POINTS | {6: (40, 150), 7: (80, 0)})
    made.way(1, 2, highway="trunk", ref="E 45;44", name="Norra leden").way(2, 3, highway="motorway", ref="E 45")
    made.way(2, 6, highway="motorway_link").way(6, 7, highway="motorway_link").path(21, 11)
    barriers = {one.barrier: shapely.from_wkt(one.line).length for one in crossed(made, tmp_path).barriers}
    assert barriers == {
        "44": pytest.approx(300, abs=1),
        "e-45": pytest.approx(600 + 155.2 + 155.2, abs=1),
    }


def test_names_that_read_alike_in_ascii_are_kept_apart(tmp_path):
    made = MadeUpExtract(dict(POINTS)).way(1, 2, 3, **(RAIL | {"name": "Ån"})).way(1, 2, 3, waterway="river", name="Ån")
    assert [one.barrier for one in crossed(made.path(21, 11), tmp_path).barriers] == ["an", "an-water"]


def test_a_barrier_is_clipped_to_what_is_imported(tmp_path):
    made = MadeUpExtract(POINTS | {1: (0, -20_000), 3: (0, 20_000)}).way(1, 2, 3, **RIVER).path(21, 11)
    (barrier,) = crossed(made, tmp_path).barriers
    assert shapely.from_wkt(barrier.line).length == pytest.approx(16_000, abs=100)


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ({"waterway": "river"}, "waters_without_name"),
        ({"natural": "water", "name": "Pölen"}, "barriers_too_short"),
    ],
    ids=str,
)
def test_what_has_no_name_or_is_too_short_is_counted(tmp_path, tags, why):
    network = crossed(made_up(**tags), tmp_path)
    assert network.barriers == ()
    assert network.meta.dropped[why] == 1


def test_a_lake_of_several_ways_is_its_shore(tmp_path):
    """The relation carries the name; the ways have no tags of their own."""
    corners = {41: (-400, -900), 42: (400, -900), 43: (400, -400), 44: (-400, -400)}
    made = MadeUpExtract(POINTS | corners).path(21, 11).way(41, 42, 43).way(43, 44, 41)
    made.relations.append(((2, 3), {"type": "multipolygon", "natural": "water", "name": "Vänern"}))
    (barrier,) = crossed(made, tmp_path).barriers
    assert (barrier.barrier, round(shapely.from_wkt(barrier.line).length, -1)) == ("vanern", 2600)


def test_the_area_of_a_river_is_left_to_its_line(tmp_path):
    corners = {41: (-40, -300), 42: (40, -300), 43: (40, 300), 44: (-40, 300)}
    made = MadeUpExtract(POINTS | corners).path(21, 11).way(1, 2, 3, **RIVER)
    made.way(41, 42, 43, 44, 41, natural="water", name="Göta älv")
    (barrier,) = crossed(made, tmp_path).barriers
    assert shapely.from_wkt(barrier.line).length == pytest.approx(600, abs=1)


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"waterway": "river"}, "water"),
        ({"waterway": "canal"}, "water"),
        ({"waterway": "river", "tunnel": "culvert"}, None),
        ({"waterway": "stream"}, None),
        ({"natural": "water"}, "water"),
        ({"natural": "water", "water": "lake"}, "water"),
        ({"natural": "water", "water": "river"}, None),
        ({"natural": "coastline"}, "water"),
        ({"natural": "wood"}, None),
        ({"railway": "rail"}, "railway"),
        ({"railway": "light_rail"}, "railway"),
        ({"railway": "narrow_gauge"}, "railway"),
        ({"railway": "rail", "service": "yard"}, None),
        ({"railway": "rail", "tunnel": "yes"}, None),
        ({"railway": "tram"}, None),
        ({"railway": "abandoned"}, None),
        ({"highway": "motorway"}, "road"),
        ({"highway": "trunk_link"}, "road"),
        ({"highway": "trunk", "tunnel": "yes"}, None),
        ({"highway": "primary"}, None),
    ],
    ids=str,
)
def test_what_stands_in_the_way(tags, kind):
    assert barrier_kind(tags) == kind


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        ({"highway": "trunk", "ref": "E 45; 44", "name": "Leden"}, ("E 45", "44")),
        ({"highway": "trunk", "name": "Leden; norra"}, ("Leden; norra",)),
        ({"railway": "rail", "name": "Vänerbanan", "ref": "12"}, ("Vänerbanan",)),
        ({"railway": "rail"}, ()),
        ({"waterway": "river", "name": " Slumpån "}, ("Slumpån",)),
    ],
    ids=str,
)
def test_what_barriers_are_called(tags, names):
    assert barrier_names(tags) == names


def test_slugs():
    assert [slug(name) for name in ("Göta älv", "E 45", "Norge/Vänerbanan", "—")] == [
        "gota-alv", "e-45", "norge-vanerbanan", "",
    ]  # fmt: skip
