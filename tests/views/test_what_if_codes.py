"""Scenarios as they stand in an address: there and back within a metre, and rubbish is passed over."""

from __future__ import annotations

import numpy as np
import pytest
from halves import halves
from hypothesis import example, given
from hypothesis import strategies as st
from places_view import plain, view_of

from dashboard.i18n import LANGUAGES
from dashboard.reach.coordinates import to_metres
from dashboard.reach.scenario import (
    LINK_KINDS,
    AddLink,
    AddService,
    CloseCrossing,
    CloseWay,
    MovePlace,
    OpenCrossing,
    ScenarioError,
)
from dashboard.sources.place_kinds import PLACE_KINDS
from dashboard.views.what_if_codes import (
    MOST_CHANGES,
    Scenario,
    change_of,
    changes_of,
    code_of,
    fits,
    saved_code,
    saved_of,
)
from dashboard.views.what_if_words import change_text, error_text
from dashboard.warehouse.connection import Warehouse

HALVES = halves()
NAMES = st.text(st.characters(blacklist_characters="~!", blacklist_categories=("Cs",)), min_size=1, max_size=30)
SPOTS = st.tuples(st.floats(57.5, 59.5), st.floats(11.5, 13.5)).map(lambda spot: to_metres(*spot))
CHANGES = st.one_of(
    st.builds(lambda kind, one, other: AddLink(kind, *one, *other), st.sampled_from(LINK_KINDS), SPOTS, SPOTS),
    st.builds(CloseCrossing, NAMES),
    st.builds(OpenCrossing, NAMES),
    st.builds(lambda spot: CloseWay(*spot), SPOTS),
    st.builds(lambda place, spot: MovePlace(place, *spot), NAMES, SPOTS),
    st.builds(lambda kind, spot: AddService(kind, *spot), st.sampled_from(PLACE_KINDS), SPOTS),
)
REAL = (AddLink("bridge", 341000.0, 6463000.0, 341100.0, 6463000.0), CloseCrossing("bridge"))


@pytest.fixture(scope="module")
def warehouse(home_city):
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


@pytest.fixture(params=LANGUAGES)
def view(home_city, warehouse, request):
    return view_of(home_city, warehouse, request.param)


def parts(change):
    return [value for value in vars(change).values() if isinstance(value, str)]


def spots(change):
    return [value for value in vars(change).values() if isinstance(value, float)]


@given(CHANGES)
def test_a_change_is_the_same_after_there_and_back(change):
    again = change_of(code_of(change))
    assert type(again) is type(change)
    assert parts(again) == parts(change)
    # Five decimals of a degree: half of 1.1 m north, half of 0.6 m east.
    assert np.allclose(spots(again), spots(change), rtol=0, atol=1)
    assert code_of(again) == code_of(change)


@given(st.text(max_size=80))
@example("")
@example("L~bridge~58~12")
@example("L~ladder~58.1~12.1~58.2~12.2")
@example("L~bridge~nan~inf~58.2~12.2")
@example("L~bridge~12.1~58.1~58.2~12.2")
@example("S~castle~58.1~12.1")
@example("S~library~one~two")
@example("C~")
@example("M~~58.1~12.1")
@example("C~a~b")
@example("W~58.1")
@example("W~12.1~58.1")
@example("W~58.1~12.1~12.2")
@example("X~1")
def test_rubbish_from_an_address_stands_for_nothing(text):
    change = change_of(text)
    assert change is None or text[:2] in {"L~", "C~", "O~", "W~", "M~", "S~"}
    assert not fits(HALVES, text) or change is not None
    saved_of(HALVES, text)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("C~bridge", True),
        ("O~railway", True),
        ("C~nowhere", False),
        ("M~library~58.1~12.1", True),
        ("M~castle~58.1~12.1", False),
        ("S~library~58.1~12.1", True),
        ("S~castle~58.1~12.1", False),
        ("L~path~58.1~12.1~58.2~12.2", True),
        ("L~path~58.1~12.1", False),
        ("W~58.1~12.1", True),
        ("W~58.1", False),
    ],
)
def test_a_change_is_one_of_something_that_the_city_has(code, expected):
    assert fits(HALVES, code) is expected


def test_codes_that_stand_for_nothing_are_left_out():
    assert changes_of(["C~bridge", "rubbish", "O~railway"]) == [CloseCrossing("bridge"), OpenCrossing("railway")]


def test_a_saved_scenario_is_the_same_after_there_and_back():
    scenario = Scenario("Ny bro, stängd väg", tuple(code_of(change) for change in REAL))
    assert saved_of(HALVES, saved_code(scenario)) == scenario


@pytest.mark.parametrize(
    ("name", "kept"), [("a!b~c", "a b c"), ("  bro  ", "bro"), ("x" * 60, "x" * 40), ("!~!", ""), ("", "")]
)
def test_names_are_cleaned_of_what_parts_a_code(name, kept):
    code = saved_code(Scenario(name, ("C~bridge",)))
    assert code == f"{kept}!C~bridge"
    found = saved_of(HALVES, code)
    assert (found is None) if not kept else (found == Scenario(kept, ("C~bridge",)))


@pytest.mark.parametrize(
    "code", ["", "name", "name!", "name!rubbish", "name!C~nowhere", "!C~bridge", "name!" + "!".join(["C~bridge"] * 9)]
)
def test_a_saved_scenario_that_does_not_fit_is_none(code):
    assert saved_of(HALVES, code) is None


def test_a_saved_scenario_may_have_as_many_changes_as_one_that_is_built():
    found = saved_of(HALVES, "!".join(["name", *["C~bridge"] * MOST_CHANGES]))
    assert found is not None
    assert len(found.changes) == MOST_CHANGES


# In words


@pytest.mark.parametrize("kind", PLACE_KINDS)
def test_every_kind_of_service_has_words(view, kind):
    text = change_text(view, HALVES, AddService(kind, 10.0, 0.0))
    assert "Västra torget" in text
    assert text[0].isupper()


def test_changes_in_words(home_city, warehouse):
    view = view_of(home_city, warehouse)
    said = [
        plain(change_text(view, HALVES, change))
        for change in (
            AddLink("bridge", 0.0, 0.0, 500.0, 200.0),
            CloseCrossing("bridge"),
            OpenCrossing("ford"),
            CloseWay(0.0, 100.0),
            MovePlace("library", 100.0, 0.0),
        )
    ]
    assert said == [
        "Bro, 540 m, från Västra torget till Biblioteket",
        "Bron stängs för gående",
        "Övergång utan namn (nära Västra torget) öppnas för gående",
        "Vägen stängs: nära Västra torget",
        "Biblioteket flyttas till nära Västra torget",
    ]


def test_a_path_is_said_to_be_as_long_as_it_is_reckoned(home_city, warehouse):
    """1.2 times as long as the straight line of 500 m, like every stretch of this schematic network."""
    view = view_of(home_city, warehouse)
    city = halves(kind="schematic")
    assert "600 m" in plain(change_text(view, city, AddLink("path", 0.0, 0.0, 500.0, 0.0)))
    assert "500 m" in plain(change_text(view, city, AddLink("tunnel", 0.0, 0.0, 500.0, 0.0)))


@pytest.mark.parametrize("reason", ["too_far", "no_length", "unknown", "is_open", "is_closed", "no_sides"])
def test_every_reason_is_a_sentence(view, reason):
    text = error_text(view, HALVES, ScenarioError(reason, OpenCrossing("railway")))
    assert "Järnvägsbron" in text
    assert text.endswith(".")


@pytest.mark.parametrize("end", ["A", "B"])
def test_the_end_of_a_link_that_lies_too_far_is_named(home_city, warehouse, end):
    view = view_of(home_city, warehouse)
    error = ScenarioError("too_far", AddLink("bridge", 0.0, 0.0, 0.0, 700.0), 500.0, end)
    assert f"Punkt {end} ligger 500 m från gångnätet" in plain(error_text(view, HALVES, error))


def test_a_spot_far_from_places_is_written_as_it_is_typed(home_city, warehouse):
    x, y = to_metres(58.2790, 12.2740)
    text = plain(change_text(view_of(home_city, warehouse), HALVES, CloseWay(x, y)))
    assert text == "Vägen stängs: 58.2790, 12.2740"


def test_a_distance_just_above_the_limit_reads_as_above(home_city, warehouse):
    view = view_of(home_city, warehouse)
    error = ScenarioError("too_far", AddService("stop", 0.0, 0.0), 250.2)
    assert "251 m från gångnätet; gränsen är 250 m" in plain(error_text(view, HALVES, error))
