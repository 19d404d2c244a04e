"""What a change does to reach, meeting potential, access and detours, worked out by hand for two halves of a city."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from halves import halves
from town import people_of

from dashboard.reach import comparison
from dashboard.reach.city import City, TooFarError, origin_of
from dashboard.reach.comparison import city_access, home_detours, place_reach, way_between
from dashboard.reach.scenario import AddLink, AddService, CloseCrossing, changed_city

GROUPS = ("foreign_background", "tenure")


def reach(city: City, place: str = "west"):
    found = city.place(place)
    assert found is not None
    return place_reach(city, origin_of(city, found), GROUPS)


def test_who_reaches_a_place():
    """From the corner of the west: all nine western corners within 400 m, of the eastern ones the nearest alone."""
    found = reach(halves())
    # (3, 0) is 300 m away, (4, 0) and (3, 1) 400 m; the farthest, (5, 2), 700 m.
    assert found.people.tolist() == pytest.approx([300 + 300 * 3 / 9, 600, 600, 600])
    assert list(found.mix) == ["foreign_background"]
    # Within 800 m is everybody: the mix is that of the whole city.
    assert found.mix["foreign_background"][1:].tolist() == pytest.approx([1, 1, 1])


def test_closing_the_bridge_halves_the_reach_and_changes_the_mix():
    found = reach(changed_city(halves(), [CloseCrossing("bridge")]))
    assert found.people.tolist() == pytest.approx([300] * 4)
    share = 180 / 600
    whole = -share * np.log(share) - (1 - share) * np.log(1 - share)
    assert found.mix["foreign_background"].tolist() == pytest.approx([np.log(2) / whole] * 4)
    assert np.isinf(found.distances).sum() == 9


def test_people_that_are_not_known_are_no_number():
    city = halves()
    unknown = replace(city, people=replace(city.people, groupings={}))
    assert np.isnan(reach(unknown).people).all()


def test_access_of_everybody():
    """The library lies at (500, 200). East: 0–400 m, mean 200. West: 500–900 m, mean 200 + 400 + 100 up to the row."""
    found = city_access(halves(), "library")
    west = np.mean([200 + 300 + 100 * (2 - c) + 100 * r for c in range(3) for r in range(3)])
    east = np.mean([100 * (5 - c) + 100 * (2 - r) for c in (3, 4, 5) for r in range(3)])
    assert found.areas.mean.tolist() == pytest.approx([west, east])
    assert found.mean == pytest.approx((west + east) / 2)
    # Within 400 m all of the east; within 800 m eight of nine western corners.
    assert found.within.tolist() == pytest.approx([0.5, (8 / 9 + 1) / 2, 1, 1])


def test_access_when_half_of_the_people_cannot_reach_it():
    found = city_access(changed_city(halves(), [CloseCrossing("bridge")]), "library")
    assert found.areas.reached.tolist() == [0, 1]
    # The mean is that of those who can.
    assert found.mean == pytest.approx(200)
    assert found.within.tolist() == [0.5] * 4


def test_access_to_what_is_not_there():
    found = city_access(halves(), "hospital")
    assert np.isnan(found.mean)
    assert found.within.tolist() == [0] * 4


def test_another_service_brings_everybody_nearer():
    found = city_access(changed_city(halves(), [AddService("library", 0, 200)]), "library")
    assert found.mean == pytest.approx(200)
    assert found.within[0] == 1


def test_detours_before_and_after():
    city = halves()
    # Ways of 300–3 000 m in a straight line, across the river alone: three columns at least.
    before = home_detours(city)
    assert (before.unreachable, before.pairs) == (0, pairs := expected_pairs())
    after = home_detours(changed_city(city, [CloseCrossing("bridge")]))
    assert (after.pairs, after.unreachable) == (0, pairs)
    assert np.isnan(after.median)
    # A pair without a way is no pair without a detour.
    assert after.above == 1
    more = home_detours(changed_city(city, [AddLink("bridge", 200, 200, 300, 200)]))
    assert more.median <= before.median
    assert more.above < before.above


def expected_pairs() -> int:
    spots = [(100 * c, 100 * r) for c in range(6) for r in range(3)]
    apart = [
        np.hypot(x - u, y - v) for n, (x, y) in enumerate(spots) for u, v in spots[n + 1 :] if abs(x - u) + abs(y - v)
    ]
    return sum(metres >= 300 for metres in apart)


def test_one_pair_by_hand():
    """Homes at (200, 200) and (300, 200) are too near; at (0, 200) and (300, 200) it is 700 m for 300."""
    city = replace(halves(), people=people_of([[12], [15]], population=[[1], [1]]))
    found = home_detours(city)
    assert (found.pairs, found.median, found.above) == (1, pytest.approx(7 / 3), 1)
    assert home_detours(city, lowest=301).pairs == 0


def test_pairs_that_lose_their_way_count_as_detours():
    """The way of 700 m for 300 and a straight one, which are parted in turn: half of the pairs, then both."""
    apart = people_of([[12], [15], [0], [5]], population=[[1], [1], [1], [1]])
    city = replace(halves(), people=apart)
    before = home_detours(city)
    after = home_detours(changed_city(city, [CloseCrossing("bridge")]))
    assert 0 < before.above < after.above == 1
    assert after.unreachable == before.pairs


def test_without_pairs_there_is_no_share():
    found = home_detours(replace(halves(), people=people_of([[12]], population=[[1]])))
    assert np.isnan(found.above)
    assert (found.pairs, found.unreachable) == (0, 0)


def test_homes_without_people_do_not_count():
    city = replace(halves(), people=people_of([[12], [15], [3]], population=[[1], [1], [0]]))
    assert home_detours(city).pairs == 1


def test_the_same_homes_are_drawn_before_and_after(monkeypatch):
    """With more homes than are looked at, a change that changes nothing must not change the figure."""
    monkeypatch.setattr(comparison, "MOST_HOMES", 7)
    monkeypatch.setattr(comparison, "FEWEST_HOMES", 1)
    city = halves()
    before = home_detours(city)
    assert before.pairs + before.unreachable < expected_pairs()
    assert home_detours(changed_city(city, [AddService("stop", 150, 0), AddLink("path", 0, 0, 50, 100)])) == before
    assert home_detours(halves()) == before


def test_the_way_between_any_two_spots():
    city = halves()
    assert way_between(city, 50, 10, 450, -20) == pytest.approx(10 + 400 + 20)
    assert way_between(city, 120, 200, 160, 200) == pytest.approx(40)
    with pytest.raises(TooFarError) as caught:
        way_between(city, 0, 0, 0, 500)
    assert caught.value.metres == pytest.approx(300)
