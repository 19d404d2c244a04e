"""What a scenario does in one sentence: lost ways before all else, and no more exact than a headline should be."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from halves import IN_SWEDEN, PLACES, halves
from places_view import plain, trial_of, view_of

from dashboard.reach.scenario import AddLink, AddService, CloseCrossing, MovePlace
from dashboard.views.what_if_areas import AreaChange, areas_text, moved_areas
from dashboard.views.what_if_headline import headline
from dashboard.warehouse.connection import Warehouse


@pytest.fixture(scope="module")
def warehouse(home_city):
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


@pytest.fixture(scope="module")
def view(home_city, warehouse):
    return view_of(home_city, warehouse)


def at(x: float, y: float) -> tuple[float, float]:
    return IN_SWEDEN[0] + x, IN_SWEDEN[1] + y


def town(**more):
    return halves(corner_at=IN_SWEDEN, **more)


def said(view, trial) -> str:
    return plain(headline(view, trial)[0])


def test_lost_ways_come_before_the_people_who_still_walk_there(view):
    """Of 600 people, 300 lose both the library and the square; that 300 are left within 15 minutes is no news."""
    trial = trial_of(town(), [CloseCrossing("bridge")])
    assert said(view, trial) == (
        "50 % av invånarna mister varje gångväg till ett bibliotek och 1 delområde mister vägen till Västra torget"
    )


def test_areas_that_lose_the_place_are_told_when_no_service_is_lost(view):
    places = [*PLACES, replace(PLACES[2], id="library-2", x=0.0, y=200.0)]
    trial = trial_of(town(places=places), [CloseCrossing("bridge")])
    assert said(view, trial) == ("1 delområde mister vägen till Västra torget, inget får längre och inget får kortare")


def test_people_are_told_in_hundreds(view):
    """A second bridge beside a measured network of 10 m: 300 and 600, without tens."""
    trial = trial_of(town(bridges=(), west=304, east=333), [AddLink("bridge", *at(200, 0), *at(300, 0))])
    assert said(view, trial) == "Västra torget skulle nås på 15 minuter av ungefär 600 i stället för 300"


def test_hundreds_that_stay_the_same_are_not_told(view):
    """From 304 to 334 people, that is 300 both times: what the link does to its own ends is told."""
    trial = trial_of(town(bridges=(), west=304, east=30), [AddLink("bridge", *at(200, 0), *at(300, 0))])
    assert said(view, trial) == "Bron förbinder två ställen som i dag saknar väg emellan, på ungefär 100 m"


def test_a_link_shortens_the_way_between_its_ends(view):
    trial = trial_of(town(), [AddLink("tunnel", *at(200, 200), *at(300, 200))])
    assert said(view, trial) == "Tunneln kortar vägen mellan ändarna från ungefär 500 m till 100 m"


def test_the_link_that_shortens_most_is_told(view):
    links = [AddLink("path", *at(200, 100), *at(300, 100)), AddLink("bridge", *at(200, 200), *at(300, 200))]
    assert said(view, trial_of(town(), links)).startswith("Bron kortar")


def test_access_is_told_in_whole_per_cent(view):
    """Only eight of nine western corners have a library within 800 m: 94.4 per cent of all."""
    trial = trial_of(town(), [AddService("library", *at(0, 200))])
    assert said(view, trial) == "Andel som har ett bibliotek inom 10 minuter: 100 % i stället för 94 %"


def test_about_as_many_only_when_nothing_moves_in_the_city(view):
    """Three streets on, the square has as many people within 15 minutes; the areas have another way there."""
    assert said(view, trial_of(town(), [MovePlace("west", *at(200, 0))])).startswith("Delområdenas väg till Västra")
    assert said(view, trial_of(town(), [AddService("library", *at(500, 200))])) == (
        "Ändringen gör ingen skillnad som syns i de här måtten"
    )


def test_several_changes_are_named_below(view):
    trial = trial_of(town(), [CloseCrossing("bridge"), AddService("library", *at(0, 200))])
    assert plain(headline(view, trial)[1]) == "Bron stängs för gående. Ett bibliotek tillkommer: nära Västra torget."


@pytest.mark.parametrize(
    "changes",
    [
        [CloseCrossing("bridge")],
        [AddLink("bridge", *at(200, 200), *at(300, 200))],
        [AddService("pharmacy", *at(0, 0))],
        [MovePlace("library", *at(100, 100))],
        [MovePlace("west", *at(500, 200))],
    ],
)
@pytest.mark.parametrize("kind", ["schematic", "openstreetmap"])
def test_no_headline_has_decimals_of_people_or_shares(view, changes, kind):
    found = said(view, trial_of(town(kind=kind, west=1234, east=777), changes))
    assert not re.search(r"\d,\d(?! km)", found.replace("över 1,5", ""))


# Areas


def test_areas_lost_first_then_farther_then_nearer(view):
    trial = trial_of(town(), [CloseCrossing("bridge")])
    codes = ("lost", "gained", "nearer", "farther", "farthest", "same", "never")
    before = np.array([900, np.nan, 500, 500, 500, 500, np.nan])
    after = np.array([np.nan, 500, 300, 600, 900, 509, np.nan])
    trial = replace(
        trial,
        city=replace(trial.city, people=replace(trial.city.people, area_codes=codes)),
        before=replace(trial.before, area_metres=before),
        after=replace(trial.after, area_metres=after),
    )
    moved = moved_areas(trial)
    assert [one.code for one in moved] == ["lost", "farthest", "farther", "nearer", "gained"]
    assert areas_text(view, trial, moved) == (
        "1 delområde mister vägen till Västra torget, 2 får längre, 1 får kortare och 1 får en väg som saknas i dag"
    )
    assert areas_text(view, trial, [AreaChange("a", 500, 300)]) == (
        "Delområdenas väg till Västra torget: inget får längre och 1 får kortare"
    )
