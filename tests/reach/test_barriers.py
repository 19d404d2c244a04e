"""Barriers: two halves of a grid with a river between, whose every number can be worked out in the head; networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
import shapely
from grids import as_networkx, grid
from helsinki import helsinki

from dashboard.reach import barrier_loss
from dashboard.reach.barrier_loss import Residents, Services, loss, opposite_nodes, residents_of
from dashboard.reach.barrier_pairs import Pairs, compare, matched, near_pairs, summarize
from dashboard.reach.barriers import barrier_report
from dashboard.reach.city import Barrier, City, Crossing, Grouping, People, Place
from dashboard.reach.crossings import open_spots, single_course, spacing
from dashboard.reach.network import WalkNetwork
from dashboard.reach.stretches import Stretch, stretches

SIDE = 21
ALL = range(SIDE)
RIVER = shapely.LineString([(950, -50), (950, 2050)])
NOWHERE: tuple[int, ...] = ()


def divided(bridges) -> WalkNetwork:
    """Give 21 × 21 nodes with a river between columns 9 and 10."""
    return grid(SIDE, SIDE, river_after=9, bridges=bridges)


def straight_across(bridges):
    """Give the comparison of neighbours 100 m apart at the river: 21 pairs across it, 40 along its banks."""
    return compare(near_pairs(divided(bridges), RIVER, np.arange(SIDE * SIDE), farthest=100))


def test_one_bridge_at_the_end():
    """In row r one walks to row 0, over and back: 100 + 200 r metres; along the banks 100."""
    found = straight_across([0])
    assert found.reason == ""
    assert (found.astride.pairs, found.astride.median_straight) == (21, 100)
    assert (found.astride.median_distance, found.astride.mean_distance) == (2100, 2100)
    assert (found.astride.median_ratio, found.astride.share_above, found.astride.unreachable) == (21, 20 / 21, 0)
    assert (found.matched.pairs, found.matched.median_straight) == (21, 100)
    assert (found.matched.median_distance, found.matched.mean_distance) == (100, 100)
    assert (found.matched.median_ratio, found.matched.share_above, found.matched.unreachable) == (1, 0, 0)
    assert (found.times, found.more("median_distance"), found.more("share_above")) == (21, 2000, 20 / 21)


def test_no_bridge_gives_unreachable_and_no_number():
    found = straight_across(NOWHERE)
    assert (found.astride.unreachable, found.astride.share_above) == (1, 1)
    assert (found.astride.median_distance, found.astride.mean_distance, found.astride.median_ratio) == (None,) * 3
    assert (found.times, found.more("median_distance"), found.more("median_ratio")) == (None,) * 3
    assert (found.matched.unreachable, found.matched.median_distance) == (0, 100)


def test_bridges_everywhere_are_no_barrier():
    found = straight_across(ALL)
    assert (found.times, found.more("median_distance"), found.more("share_above")) == (1, 0, 0)


def test_all_pairs_up_to_a_distance_are_there():
    """Within 200 m of the river are two columns on either bank; 200 m apart at most are seven offsets."""
    found = near_pairs(divided([0]), RIVER, np.arange(SIDE * SIDE), farthest=200)
    offsets = [(1, 0), (2, 0), (0, 1), (0, 2), (1, 1), (1, -1)]
    columns, rows = range(8, 12), range(SIDE)
    expected = {(c + dx > 9 >= c, r, c, r + dy, c + dx) for c in columns for r in rows for dx, dy in offsets}
    expected = {one for one in expected if one[3] in rows and one[4] in columns}
    for pairs, across in ((found.astride, True), (found.beside, False)):
        there = {
            (across, *divmod(a, SIDE), *divmod(b, SIDE))
            for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)
        }
        both_ways = {(across, r, c, rr, cc) for x, r, c, rr, cc in expected if x == across}
        both_ways |= {(across, rr, cc, r, c) for x, r, c, rr, cc in expected if x == across}
        assert there <= both_ways
        assert len(there) == pairs.a.size == len(both_ways) // 2


def test_a_straight_line_that_crosses_twice_is_neither_astride_nor_beside():
    bend = shapely.LineString([(-50, 50), (150, 50), (150, 250), (-50, 250)])
    pair = grid(1, 4)
    found = near_pairs(pair, bend, [0, 3], farthest=300)
    assert (found.astride.a.size, found.beside.a.size) == (0, 0)
    once = near_pairs(pair, bend, [0, 1], farthest=300)
    assert (once.astride.a.size, once.beside.a.size) == (1, 0)


def test_tracks_beside_each_other_are_one_barrier():
    """Two tracks 20 m apart: what crosses both lies on either side; what crosses the same one twice does not."""
    tracks = shapely.MultiLineString([[(40, -50), (40, 350)], [(60, -50), (60, 350)]])
    pair = grid(2, 3)
    assert near_pairs(pair, tracks, range(6), farthest=100).astride.a.tolist() == [0, 2, 4]
    apart = shapely.MultiLineString([[(40, -50), (40, 350)], [(160, -50), (160, 350)]])
    wide = near_pairs(grid(3, 1), apart, range(3), farthest=200)
    assert list(zip(wide.astride.a.tolist(), wide.astride.b.tolist(), strict=True)) == [(0, 1), (1, 2)]
    single = single_course(tracks)
    assert single.length == 400
    assert single_course(apart).length == 800
    assert single_course(RIVER).equals(RIVER)


def test_a_track_that_leaves_the_other_is_kept_from_there():
    forked = shapely.MultiLineString([[(0, 0), (2000, 0)], [(0, 20), (500, 20), (500, 1000)]])
    found = single_course(forked)
    assert sorted(round(part.length) for part in found.geoms) == [1000 - 75, 2000]


def test_pairs_across_another_barrier_are_not_matched():
    railway = shapely.LineString([(-50, 1050), (2050, 1050)])
    network = divided([0])
    found = near_pairs(network, RIVER, np.arange(SIDE * SIDE), others=[railway], farthest=100)
    assert (found.astride.a.size, found.beside.a.size) == (21, 38)


def test_too_few_pairs_say_nothing():
    few = near_pairs(divided([0]), RIVER, [9, 10, 30, 31], farthest=100)
    assert few.astride.a.size == 2
    assert compare(few).reason == "too_few_astride"
    assert compare(few).astride is None
    assert compare(few).more("median_ratio") is None
    # One column on either bank, and pairs of 100 m: with one bank left out there is nothing beside to compare with.
    across = near_pairs(divided([0]), RIVER, np.arange(SIDE * SIDE), farthest=100)
    alone = type(across)(across.astride, across.beside.chosen(np.arange(3)))
    assert compare(alone).reason == "too_few_matched"
    assert compare(alone, fewest=3).matched.pairs == 3


def test_no_points_or_one():
    for nodes in ([], [5]):
        found = near_pairs(divided([0]), RIVER, nodes)
        assert found.astride.a.size == found.beside.a.size == 0


def test_matching_gives_both_kinds_the_same_distances():
    rng = np.random.default_rng(5)
    one, other = rng.uniform(0, 1000, 300), rng.uniform(300, 1000, 900)
    first, second = matched(one, other, 50)
    bins = [np.bincount((metres / 50).astype(int), minlength=20) for metres in (one[first], other[second])]
    assert bins[0].tolist() == bins[1].tolist()
    assert bins[0][:6].tolist() == [0] * 6
    assert first.size > 150
    assert len(set(first.tolist())) == first.size
    again = matched(one, other, 50)
    assert (again[0].tolist(), again[1].tolist()) == (first.tolist(), second.tolist())


def test_the_median_of_half_without_a_way_is_no_number():
    half = Pairs(np.arange(4), np.arange(4) + 4, np.full(4, 100.0), np.array([100, 300, np.inf, np.inf]))
    found = summarize(half)
    assert (found.median_distance, found.median_ratio, found.mean_distance) == (None, None, 200)
    assert (found.unreachable, found.share_above) == (0.5, 0.75)
    most = summarize(half.chosen([0, 1, 2]))
    assert (most.median_distance, most.median_ratio) == (300, 3)


def test_many_points_are_thinned_in_the_same_way_each_time():
    network, line = helsinki_with_a_line()
    runs = [near_pairs(network, line, np.arange(network.nodes), most_points=60) for _ in range(2)]
    assert runs[0].astride.a.tolist() == runs[1].astride.a.tolist()
    taken = np.unique(np.concatenate([runs[0].astride.a, runs[0].astride.b, runs[0].beside.a, runs[0].beside.b]))
    assert 50 < taken.size <= 60


def helsinki_with_a_line() -> tuple[WalkNetwork, shapely.LineString]:
    """Give the real network and a straight line through its middle, from south to north."""
    network = helsinki()
    x, y = network.x.mean(), network.y.mean()
    return network, shapely.LineString([(x, y - 5000), (x, y + 5000)])


def test_a_real_network_against_networkx():
    network, line = helsinki_with_a_line()
    found = near_pairs(network, line, np.arange(network.nodes), most_points=80)
    graph, middle = as_networkx(network), line.coords[0][0]
    for pairs, across in ((found.astride, True), (found.beside, False)):
        assert (((network.x[pairs.a] < middle) != (network.x[pairs.b] < middle)) == across).all()
        for i in np.random.default_rng(3).choice(pairs.a.size, 25, replace=False).tolist():
            a, b = int(pairs.a[i]), int(pairs.b[i])
            assert pairs.distance[i] == pytest.approx(nx.dijkstra_path_length(graph, a, b, weight="length"))
            line_of_sight = np.hypot(network.x[a] - network.x[b], network.y[a] - network.y[b])
            assert pairs.straight_line[i] == pytest.approx(line_of_sight)
            assert pairs.ratio[i] == pytest.approx(pairs.distance[i] / line_of_sight)


CENTRE = SIDE * 10 + 10
OTHER_BANK = CENTRE + 1
EVERY_NODE = Services(np.arange(SIDE * SIDE), np.zeros(SIDE * SIDE))
BESIDE_THE_CENTRE = shapely.LineString([(1050, -50), (1050, 2050)])


def by_the_centre(bridges) -> WalkNetwork:
    return grid(SIDE, SIDE, river_after=10, bridges=bridges)


@pytest.mark.parametrize(("within", "now", "without"), [(800, 81, 145), (1000, 121, 221)])
def test_what_a_river_takes_from_one_who_lives_at_the_bank(within, now, without):
    """A bridge 1 000 m up the river is too far to help; without the river a whole square on its edge is reached."""
    one = Residents(np.array([CENTRE]), np.array([1.0]))
    found = loss(by_the_centre([0]), BESIDE_THE_CENTRE, one, EVERY_NODE, 1.0, within=within)
    assert (found.reason, found.residents) == ("", 1)
    assert (found.now.services, found.without.services, found.services) == (now, without, without - now)
    assert (found.now.people, found.without.people, found.people) == (1, 1, 0)


def test_everybody_at_the_barrier_counts_by_head():
    """One lives on one bank and five on the other: the one meets 1, the five meet 5; all six without the river."""
    people = residents_of([CENTRE, OTHER_BANK, 0], [1, 5, np.nan])
    found = loss(by_the_centre(NOWHERE), BESIDE_THE_CENTRE, people, EVERY_NODE, 1.2)
    assert found.residents == 6
    assert found.now.people == pytest.approx((1 * 1 + 5 * 5) / 6)
    assert found.without.people == pytest.approx(6)
    assert found.people == pytest.approx(6 - 26 / 6)


def test_bridges_everywhere_leave_nothing_to_gain():
    people = Residents(np.arange(SIDE * SIDE), np.full(SIDE * SIDE, 3.0))
    found = loss(by_the_centre(ALL), BESIDE_THE_CENTRE, people, EVERY_NODE, 1.0)
    assert (found.people, found.services) == (0, 0)
    assert found.links > 0


def test_services_beside_the_network_lie_that_much_farther():
    one = Residents(np.array([CENTRE]), np.array([1.0]))
    near = Services(np.array([OTHER_BANK, OTHER_BANK]), np.array([0.0, 250.0]))
    found = loss(by_the_centre(NOWHERE), BESIDE_THE_CENTRE, one, near, 1.5, within=399)
    assert (found.now.services, found.without.services) == (0, 1)
    found = loss(by_the_centre(NOWHERE), BESIDE_THE_CENTRE, one, near, 1.5, within=400)
    assert found.without.services == 2


def test_of_very_many_homes_an_even_draw_gives_the_same_mean(monkeypatch):
    people = Residents(np.arange(SIDE * SIDE), np.arange(SIDE * SIDE) % 7.0)
    whole = loss(by_the_centre([0]), BESIDE_THE_CENTRE, people, EVERY_NODE, 1.0)
    monkeypatch.setattr(barrier_loss, "MOST_HOMES", 60)
    drawn = loss(by_the_centre([0]), BESIDE_THE_CENTRE, people, EVERY_NODE, 1.0)
    assert drawn.residents == whole.residents
    for name in ("people", "services"):
        assert getattr(drawn.now, name) == pytest.approx(getattr(whole.now, name), rel=0.02)
        assert getattr(drawn, name) == pytest.approx(getattr(whole, name), rel=0.05)
    assert drawn.now.people != whole.now.people


def test_what_cannot_be_known_has_its_reason():
    network = by_the_centre([0])
    one = Residents(np.array([CENTRE]), np.array([1.0]))
    far = Residents(np.array([0]), np.array([1.0]))
    wide = WalkNetwork.of([850, 1250], [0, 0], [0], [1], [400])
    for found, reason in (
        (loss(network, BESIDE_THE_CENTRE, far, EVERY_NODE, 1.0), "nobody_near"),
        (loss(network, BESIDE_THE_CENTRE, one, EVERY_NODE, None), "no_matched_pairs"),
        (
            loss(wide, BESIDE_THE_CENTRE, Residents(np.array([0]), np.array([2.0])), EVERY_NODE, 1.0),
            "no_opposite_nodes",
        ),
    ):
        assert (found.reason, found.now, found.without, found.people, found.services) == (
            reason,
            None,
            None,
            None,
            None,
        )


def test_links_lead_to_the_nearest_node_across():
    """Three columns on either bank lie within 300 m of one across; each is linked straight over in its own row."""
    a, b = opposite_nodes(divided([0]), RIVER)
    assert {(one // SIDE, other // SIDE) for one, other in zip(a.tolist(), b.tolist(), strict=True)} == {
        (row, row) for row in ALL
    }
    assert sorted({(one % SIDE, other % SIDE) for one, other in zip(a.tolist(), b.tolist(), strict=True)}) == [
        (7, 10),
        (8, 10),
        (9, 10),
        (9, 11),
        (9, 12),
    ]
    assert a.size == 5 * SIDE


def test_nodes_without_a_way_get_no_link():
    lonely = WalkNetwork.of([900, 1000, 900], [0, 0, 50], [0], [2], [50])
    assert opposite_nodes(lonely, RIVER)[0].size == 0


SMALL_RIVER = shapely.LineString([(250, -50), (250, 950)])


def pieces_of(network: WalkNetwork, line: shapely.Geometry = SMALL_RIVER) -> list[Stretch]:
    astride = near_pairs(network, line, np.arange(network.nodes), farthest=100).astride
    return stretches(network, line, astride, open_spots(network, line), length=250, fewest=2)


def test_stretches_farther_from_the_bridge_have_larger_detours():
    """Rows 0 and 1 cross the first 250 m (1 and 3 times as long), rows 2 to 9 the rest (5, 7, … 19 times)."""
    far, near = pieces_of(grid(6, 10, river_after=2, bridges=[0]))
    assert (far.start, far.end, far.pairs, far.median_ratio, far.class_index) == (250, 1000, 8, 12, 2)
    assert far.to_crossing == 625 - 50
    assert (near.start, near.end, near.pairs, near.median_ratio, near.class_index) == (0, 250, 2, 2, 1)
    assert near.to_crossing == 125 - 50
    assert far.line.equals(shapely.LineString([(250, 200), (250, 950)]))
    assert shapely.union_all([far.line, near.line]).length == SMALL_RIVER.length


def test_stretches_of_a_river_without_a_bridge():
    (whole,) = pieces_of(grid(6, 10, river_after=2))
    assert (whole.median_ratio, whole.unreachable, whole.pairs, whole.to_crossing) == (np.inf, 10, 10, None)
    assert whole.class_index == 2


def test_stretches_that_few_pairs_cross_have_no_ratio_and_come_last():
    longer = shapely.LineString([(250, -50), (250, 1950)])
    *_, last = pieces_of(grid(6, 10, river_after=2, bridges=range(10)), longer)
    assert (last.start, last.end, last.median_ratio, last.class_index, last.pairs) == (1000, 2000, None, None, 0)


def test_a_barrier_of_several_parts_is_cut_part_by_part():
    parts = shapely.MultiLineString([[(250, -50), (250, 450)], [(250, 550), (250, 950)]])
    found = pieces_of(grid(6, 10, river_after=2, bridges=[0]), parts)
    assert {(one.start, one.end) for one in found} == {(0, 250), (250, 500), (0, 400)}
    by_row = {one.line.bounds[1]: one for one in found}
    assert by_row[550].to_crossing is None
    # Straight lines in rows 6 to 9; the one in row 5 passes between the parts.
    assert by_row[550].pairs == 4


def test_where_a_network_crosses():
    network = divided([0, 5])
    assert [(one.x, one.y, one.kind) for one in open_spots(network, RIVER)] == [
        (950, 0, "unknown"),
        (950, 500, "unknown"),
    ]
    closed = network.without_edges((network.a == 9) & (network.b == 10))
    assert [one.y for one in open_spots(closed, RIVER)] == [500]
    again = closed.with_edges([9 + SIDE * 20], [10 + SIDE * 20], [120.0])
    assert [one.y for one in open_spots(again, RIVER)] == [500, 2000]
    assert open_spots(divided(NOWHERE), RIVER) == []


def test_two_pavements_of_a_bridge_are_one_crossing():
    network = WalkNetwork.of([900, 1000, 900, 1000], [0, 0, 30, 30], [0, 2, 0, 1], [1, 3, 2, 3], [100, 100, 30, 30])
    assert len(open_spots(network, RIVER)) == 1
    assert len(open_spots(network, RIVER, same=20)) == 2


def crossing(network: WalkNetwork, row: int, *, walkable: str = "yes") -> Crossing:
    edges = np.flatnonzero((network.a == SIDE * row + 9) & (network.b == SIDE * row + 10))
    name = f"Bridge {row}"
    return Crossing(str(row), "river", "bridge", name, 960.0, 100.0 * row, walkable, tuple(edges.tolist()), "")


def test_known_crossings_are_open_as_long_as_the_network_has_their_edges():
    network = divided([0, 5])
    known = [crossing(network, 0), crossing(network, 5, walkable="assumed_yes"), crossing(network, 9, walkable="no")]
    found = open_spots(network, RIVER, known)
    assert [(one.x, one.y, one.kind, one.crossing) for one in found] == [
        (960, 0, "bridge", "0"),
        (960, 500, "bridge", "5"),
    ]
    closed = network.without_edges(np.isin(network.origin, known[0].edges))
    assert [one.crossing for one in open_spots(closed, RIVER, known)] == ["5"]


def test_spacing_of_crossings():
    network = divided([0, 5, 20])
    found = spacing(RIVER, open_spots(network, RIVER, [crossing(network, 5)]))
    assert (found.length, found.crossings, dict(found.kinds)) == (2100, 3, {"bridge": 1, "unknown": 2})
    assert (found.mean_gap, found.largest_gap) == (1000, 1500)
    one = spacing(RIVER, open_spots(divided([3]), RIVER))
    assert (one.crossings, one.mean_gap, one.largest_gap) == (1, None, None)
    none = spacing(RIVER, [])
    assert (none.crossings, none.mean_gap, none.largest_gap, dict(none.kinds)) == (0, None, None, {})


def test_there_is_no_gap_between_the_parts_of_a_barrier():
    parts = shapely.MultiLineString([[(950, -50), (950, 950)], [(950, 1050), (950, 2050)]])
    found = spacing(parts, open_spots(divided([0, 4, 15, 20]), parts))
    assert (found.mean_gap, found.largest_gap) == (450, 500)


def city_with(network: WalkNetwork, barriers, crossings=()) -> City:
    """Give a city with one inhabitant in every node and a library beside the last."""
    count = network.nodes
    people = People(
        ("A",),
        np.arange(count),
        np.zeros(count, int),
        np.full(count, 1 / count),
        {"population": Grouping("population", 2025, np.array([[float(count)]]))},
    )
    library = Place("library", "Library", "library", 2000.0, 2010.0)
    far = Place("far", "Far away", "library", 9000.0, 9000.0)
    return City.of(network, people, [library, far], barriers=barriers, crossings=crossings)


def test_the_report_of_a_barrier_and_of_the_same_with_its_bridge_closed():
    network = divided([0])
    river = Barrier("river", "water", "The river", RIVER, "")
    city = city_with(network, [river], [crossing(network, 0)])
    found = barrier_report(city, river)
    assert (found.barrier, found.spacing.crossings, dict(found.spacing.kinds)) == (river, 1, {"bridge": 1})
    assert found.comparison.astride.unreachable == 0
    # Five columns on either bank lie within 500 m.
    assert found.loss.residents == pytest.approx(10 * SIDE)
    assert found.loss.people > 0
    closed = barrier_report(
        city, river, city.network.without_edges(np.isin(city.network.origin, city.crossings[0].edges))
    )
    assert closed.spacing.crossings == 0
    assert (closed.comparison.astride.unreachable, closed.comparison.astride.median_distance) == (1, None)
    assert closed.loss.now.people < found.loss.now.people
    assert closed.loss.without.people <= found.loss.without.people
    assert {one.median_ratio for one in closed.stretches} <= {np.inf, None}


def test_a_barrier_without_a_known_course_has_no_report():
    road = Barrier("road", "road", "The road", None, "course_unknown")
    assert barrier_report(city_with(divided([0]), [road]), road) is None


def test_another_barrier_of_the_city_does_not_count_as_surroundings():
    river = Barrier("river", "water", "The river", RIVER, "")
    railway = Barrier("railway", "railway", "The railway", shapely.LineString([(-50, 1050), (2050, 1050)]), "")
    unknown = Barrier("road", "road", "The road", None, "course_unknown")
    network = divided(ALL)
    alone = barrier_report(city_with(network, [river, unknown]), river)
    beside = barrier_report(city_with(network, [river, unknown, railway]), river)
    assert beside.comparison.matched.pairs <= alone.comparison.matched.pairs
    assert beside.comparison.matched.median_distance is not None
