"""Spots to compare: entries of the address, clicks on the map, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from halves import IN_SWEDEN, halves
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reach.city import Place
from dashboard.reach.coordinates import to_degrees
from dashboard.views import places_spots
from dashboard.views.network_map import Click
from dashboard.views.places_spots import CHOSEN, MOST_OWN, OWN, own_spot, spot_of, take_from_map

PLACES = (
    Place("west", "Västra torget", "square", 0, 0, study=True),
    Place("east", "Östra torget", "square", 500, 0, study=True),
    Place("library", "Biblioteket", "library", 500, 200),
    Place("cabin", "Stugan", "other", -600, 0, study=True),
)
CITY = halves(corner_at=IN_SWEDEN, places=PLACES)


@pytest.fixture
def view(t, fmt):
    return SimpleNamespace(t=t, fmt=fmt)


@pytest.fixture
def visit(monkeypatch):
    """Stand in for what Streamlit remembers of a visitor, and for the map that was clicked."""
    state = SimpleNamespace(session_state={}, query_params={})
    monkeypatch.setattr(places_spots, "st", state)

    def click(x: float, y: float, point: str | None = None, chosen: tuple[str, ...] = ()) -> SimpleNamespace:
        state.session_state[CHOSEN] = list(chosen)
        made = Click(IN_SWEDEN[0] + x, IN_SWEDEN[1] + y, point, None)
        monkeypatch.setattr(places_spots, "clicked", lambda key: made)
        return state

    return click


def entry(x: float, y: float, name: str = "") -> str:
    return own_spot(*to_degrees(IN_SWEDEN[0] + x, IN_SWEDEN[1] + y), name)


def test_a_place_of_the_city(view):
    spot = spot_of(view, CITY, "west")
    assert spot is not None
    assert (spot.name, spot.x, spot.place) == ("Västra torget", IN_SWEDEN[0], CITY.place("west"))


def test_an_own_spot(view):
    spot = spot_of(view, CITY, entry(150, 20, "Min plats"))
    assert spot is not None
    assert (spot.name, spot.place) == ("Min plats", None)
    assert (spot.x, spot.y) == pytest.approx((IN_SWEDEN[0] + 150, IN_SWEDEN[1] + 20), abs=1)
    assert spot.origin.access == pytest.approx(20, abs=1)


@pytest.mark.parametrize(
    "text", ["", "atlantis", "1~2", "~~", "a~b~c", "58.3~12.3~In the fields", "12.3~58.3~Swapped", "nan~nan~x", "cabin"]
)
def test_what_is_no_spot_is_none(view, text):
    assert spot_of(view, CITY, text) is None


@given(st.text(max_size=60))
def test_any_text_is_a_spot_or_none(text):
    view = SimpleNamespace(t=lambda key, **values: key)
    assert spot_of(view, CITY, text) is None or text in {place.id for place in PLACES}
    assert isinstance(places_spots._fits(text), bool)


@given(st.text(max_size=90))
def test_any_name_fits_into_the_address(name):
    made = own_spot(58.28, 12.29, name)
    assert places_spots._fits(made)
    lat, lon, kept = made.split("~")
    assert (lat, lon) == ("58.28000", "12.29000")
    assert len(kept) <= places_spots.LONGEST_NAME


def test_a_click_on_the_ground_becomes_an_own_spot(view, visit):
    state = visit(150, 20, chosen=("west",))
    take_from_map(view, CITY, "map")
    [made] = state.query_params[OWN]
    assert state.query_params[CHOSEN] == ["west", made]
    # Whoever gives no name gets one by what lies near.
    assert made == entry(150, 20, made.split("~")[2])


def test_a_click_on_a_place_chooses_it(view, visit):
    state = visit(500, 0, "east", chosen=("west",))
    take_from_map(view, CITY, "map")
    assert state.query_params == {CHOSEN: ["west", "east"]}


def test_a_click_on_a_place_that_is_chosen_changes_nothing(view, visit):
    state = visit(500, 0, "east", chosen=("west", "east"))
    take_from_map(view, CITY, "map")
    assert state.query_params == {}


def test_a_click_on_the_mark_of_a_service_takes_its_name(view, visit):
    state = visit(503, 203, "s-library", chosen=("west",))
    take_from_map(view, CITY, "map")
    [made] = state.query_params[OWN]
    assert made.endswith("~Biblioteket")


def test_a_click_on_the_mark_of_a_service_that_is_one_of_the_places_chooses_that(view, visit):
    state = visit(500, 0, "s-east", chosen=("west",))
    take_from_map(view, CITY, "map")
    assert state.query_params == {CHOSEN: ["west", "east"]}


def test_a_click_on_a_place_that_has_no_ways_is_refused_in_words(view, visit):
    far = replace(CITY.places[3], study=False)
    state = visit(-600, 0, "cabin", chosen=("west",))
    take_from_map(view, replace(CITY, places=(*CITY.places[:3], far)), "map")
    assert state.query_params == {}
    assert "latsen ligger 600 m från gångnätet" in state.session_state["places-refused"]


@pytest.mark.parametrize("point", [None, "east"])
def test_a_click_with_four_places_chosen_is_refused_in_words(view, visit, point):
    state = visit(500, 0, point, chosen=("west", "a", "b", "c"))
    take_from_map(view, CITY, "map")
    assert state.query_params == {}
    assert state.session_state["places-refused"] == "Högst 4 platser kan jämföras. Ta bort en plats först."


def test_a_click_in_the_fields_says_how_far_it_is(view, visit):
    state = visit(0, -250.4)
    take_from_map(view, CITY, "map")
    assert state.query_params == {}
    said = state.session_state["places-refused"].lower()
    assert "platsen ligger 251 m från gångnätet" in said
    assert "gränsen är 250 m." in said


def test_no_click_does_nothing(view, visit, monkeypatch):
    state = visit(0, 0)
    monkeypatch.setattr(places_spots, "clicked", lambda key: None)
    take_from_map(view, CITY, "map")
    assert state.query_params == {}


def test_the_oldest_own_spot_gives_way(view, visit):
    state = visit(150, 20)
    state.session_state[OWN] = [entry(10 * number, 0) for number in range(MOST_OWN)]
    take_from_map(view, CITY, "map")
    kept = state.query_params[OWN]
    assert kept[:-1] == [entry(10 * number, 0) for number in range(1, MOST_OWN)]
    assert kept[-1].startswith(entry(150, 20))
