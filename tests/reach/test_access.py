"""Everyone's access to services: towns of a few streets, and the random floor against what chance really gives."""

from __future__ import annotations

import numpy as np
import pytest
from grids import chain
from town import people_of

from dashboard.reach.access import (
    AccessGap,
    AreaAccess,
    access_gap,
    area_access,
    living_in,
    merged,
    service_distances,
    weighted_mean,
)
from dashboard.reach.city import City, Grouping, Place
from dashboard.reach.network import WalkNetwork

LIMITS = (100.0, 250.0)


def access_of(*mean: float) -> AreaAccess:
    ways = np.array(mean)
    return AreaAccess("library", ways, np.isfinite(ways).astype(float), np.zeros((len(mean), 0)))


def test_the_nearest_of_a_kind_with_the_ways_beside_the_network():
    """One library 30 m beside the street at 100, one on it at 400; the school counts for nothing."""
    places = [
        Place("near", "Near", "library", 100, 30),
        Place("end", "End", "library", 400, 0),
        Place("school", "School", "school", 300, 0),
        Place("away", "Away", "library", 300, 5000),
    ]
    city = City.of(chain(5), people_of([[0]]), places)
    assert service_distances(city, "library") == pytest.approx([130, 30, 130, 100, 0], abs=1e-9)
    assert np.isinf(service_distances(city, "museum")).tolist() == [True] * 5


def test_mean_and_shares_of_areas():
    """The first area lives at 0, 100 and 200 m, the second at 300 m, the third where no way leads."""
    network = WalkNetwork.of([0, 1, 2, 3, 9], [0] * 5, [0, 1, 2], [1, 2, 3], [100, 100, 100])
    people = people_of([[0, 1, 2], [3], [4]])
    city = City.of(network, people, [Place("library", "Library", "library", 0, 0)])
    found = area_access(people, "library", service_distances(city, "library"), LIMITS)
    assert found.mean[:2] == pytest.approx([100, 300])
    assert np.isnan(found.mean[2])
    assert found.reached == pytest.approx([1, 1, 0])
    assert found.within == pytest.approx(np.array([[2 / 3, 1], [0, 0], [0, 0]]))


def test_an_area_that_is_reached_in_part_has_the_mean_of_those_who_can():
    found = area_access(people_of([[0, 1, 2, 3]]), "library", np.array([50, 150, np.inf, np.inf]), LIMITS)
    assert (found.mean.tolist(), found.reached.tolist()) == ([100], [0.5])
    assert found.within.tolist() == [[0.25, 0.5]]


@pytest.mark.parametrize("nodes", range(1, 60))
def test_all_of_an_area_are_never_more_nor_less_than_all(nodes):
    found = area_access(people_of([list(range(nodes))]), "library", np.zeros(nodes), LIMITS)
    assert (found.reached.tolist(), found.within.tolist()) == ([1], [[1, 1]])


def test_a_mean_is_weighted_by_people():
    assert weighted_mean(np.array([100.0, 400.0]), np.array([2.0, 1.0])) == 200
    # What nobody has does not count, known or not.
    assert weighted_mean(np.array([100.0, np.nan]), np.array([2.0, 0.0])) == 100


@pytest.mark.parametrize(
    ("values", "weights"), [([1, 2], [0, 0]), ([np.nan, 2], [1, 1]), ([1, 2], [np.nan, 1]), ([], [])]
)
def test_without_people_or_with_unknown_ones_there_is_no_mean(values, weights):
    assert np.isnan(weighted_mean(np.array(values, float), np.array(weights, float)))


def test_the_gap_by_hand():
    """100 m and 400 m: the group 30 and 10 people, the rest 10 and 30; all together 250 ± 150 m."""
    grouping = Grouping("foreign_background", 2025, np.array([[30.0, 10.0], [10.0, 30.0]]))
    gap = access_gap(grouping, access_of(100, 400))
    assert gap is not None
    assert (gap.kind, gap.grouping) == ("library", "foreign_background")
    assert (gap.group, gap.rest, gap.difference) == (175, 325, -150)
    assert gap.random_floor == pytest.approx(np.sqrt(2 / np.pi) * 150 * np.sqrt(1 / 40 + 1 / 40))
    assert gap.random_floor == pytest.approx(26.76, abs=0.005)
    assert gap.more_than_chance
    other = access_gap(grouping, access_of(100, 400), group=1)
    assert other is not None
    assert (other.difference, other.random_floor) == (150, gap.random_floor)


def test_each_of_several_groups_is_held_against_all_others():
    counts = np.array([[10.0, 20.0, 30.0], [30.0, 20.0, 10.0]])
    gap = access_gap(Grouping("age", 2025, counts), access_of(0, 100), group=2)
    assert gap is not None
    assert (gap.group, gap.rest) == (25, 62.5)


def test_the_floor_is_what_chance_gives():
    """Who belongs to the group is drawn anew 4 000 times among the same people at the same homes."""
    rng = np.random.default_rng(7)
    ways = np.array([120.0, 480.0, 900.0, 1500.0, 260.0])
    counts = np.array([[60, 340], [20, 280], [90, 110], [10, 190], [40, 260]], float)
    of_each = np.repeat(ways, counts.sum(axis=1).astype(int))
    size = int(counts[:, 0].sum())
    apart = []
    for _ in range(4000):
        drawn = rng.permutation(of_each)
        apart.append(abs(drawn[:size].mean() - drawn[size:].mean()))
    gap = access_gap(Grouping("age", 2025, counts), access_of(*ways))
    assert gap is not None
    assert gap.random_floor == pytest.approx(np.mean(apart), rel=0.05)


@pytest.mark.parametrize(
    ("counts", "ways"),
    [
        ([[10, np.nan], [10, 10]], [100, 200]),
        ([[10, 10], [10, 10]], [100, np.nan]),
        ([[0, 10], [0, 10]], [100, 200]),
        ([[10, 0], [10, 0]], [100, 200]),
    ],
)
def test_what_is_not_known_gives_no_gap(counts, ways):
    grouping = Grouping("age", 2025, np.array(counts, float))
    assert access_gap(grouping, access_of(*ways)) is None


def test_a_way_that_nobody_has_need_not_be_known():
    grouping = Grouping("age", 2025, np.array([[10.0, 30.0], [30.0, 10.0], [0.0, 0.0]]))
    gap = access_gap(grouping, access_of(100, 200, np.nan))
    assert gap is not None
    assert gap.difference == 50


@pytest.mark.parametrize(("difference", "told"), [(14.9, False), (15, True), (-15, True), (-14.9, False)])
def test_less_than_one_and_a_half_floors_cannot_be_told_from_chance(difference, told):
    assert AccessGap("stop", "age", 0, 0, difference, 10).more_than_chance is told


def test_where_everybody_has_the_same_way_there_is_no_difference():
    """Neither difference nor floor: nothing is more than nothing."""
    grouping = Grouping("age", 2025, np.array([[10.0, 30.0], [30.0, 10.0]]))
    gap = access_gap(grouping, access_of(100, 100))
    assert gap is not None
    assert (gap.difference, gap.random_floor, gap.more_than_chance) == (0, 0, False)


def test_areas_put_together_are_weighted_by_their_people():
    """100 people at 100 m and 300 at 500 m, of whom a third can reach one; then an area of its own."""
    small = AreaAccess("stop", np.array([100.0, 500.0, 50.0]), np.array([1, 1 / 3, 1]), np.array([[1.0], [0.0], [0.5]]))
    found = merged(small, np.array([100.0, 300.0, 10.0]), np.array([0, 0, 1]), 2)
    assert found.mean == pytest.approx([300, 50])
    assert found.reached == pytest.approx([0.5, 1])
    assert found.within == pytest.approx(np.array([[0.25], [0.5]]))


def test_areas_put_together_with_an_unknown_or_empty_part():
    small = AreaAccess("stop", np.array([100.0, 500.0, np.nan]), np.array([1.0, 1.0, 0.0]), np.zeros((3, 1)))
    found = merged(small, np.array([np.nan, 300.0, 40.0]), np.array([0, 0, 1]), 3)
    assert np.isnan(found.mean).tolist() == [True, True, True]
    assert np.isnan(found.reached).tolist() == [True, False, True]
    assert found.reached[1] == 0


def test_only_those_who_live_inside_count():
    grouping = Grouping("age", 2025, np.array([[10.0, np.nan], [3.0, 4.0]]))
    inside = living_in(grouping, np.array([False, True]))
    assert (inside.id, inside.year, inside.counts.tolist()) == ("age", 2025, [[0, 0], [3, 4]])
