"""Before and after: the difference that is shown is that of the figures beside it, and what cannot be told is not."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from halves import IN_SWEDEN, halves
from hypothesis import given
from hypothesis import strategies as st
from places_view import LOCALES, plain, spot_at, trial_of, view_of

from dashboard.i18n import get_translator
from dashboard.reach.city import City
from dashboard.reach.scenario import AddLink, AddService, CloseCrossing, MovePlace, OpenCrossing, ScenarioError
from dashboard.views import what_if_results
from dashboard.views.numbers import MISSING, NumberFormat
from dashboard.views.places_numbers import mix, people, whole_metres
from dashboard.views.what_if_results import outcome
from dashboard.views.what_if_tables import Line, change_text, lines, moves
from dashboard.warehouse.connection import Warehouse

SCHEMATIC, MEASURED = SimpleNamespace(is_schematic=True), SimpleNamespace(is_schematic=False)
WORDS = SimpleNamespace(t=get_translator("sv", LOCALES), fmt=NumberFormat("sv"))


@pytest.fixture(scope="module")
def warehouse(home_city):
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


@pytest.fixture(scope="module")
def view(home_city, warehouse):
    return view_of(home_city, warehouse)


def city(**more) -> City:
    return halves(corner_at=IN_SWEDEN, **more)


def at(x: float, y: float) -> tuple[float, float]:
    return IN_SWEDEN[0] + x, IN_SWEDEN[1] + y


def figures(view, trial) -> dict[str, Line]:
    return {line.id: line for line in lines(view, trial.city, trial.before, trial.after)}


def told(view, trial, name: str) -> list[str]:
    """Give a figure as a row of the table: before, after, change."""
    line = figures(view, trial)[name]
    texts = line.text(line.value(trial.before)), line.text(line.value(trial.after))
    return [plain(text) for text in (*texts, change_text(view, trial.city, line, trial.before, trial.after))]


# By hand


def test_closing_the_only_bridge(view):
    trial = trial_of(city(), [CloseCrossing("bridge")])
    assert told(view, trial, "people_400") == ["400", "300", "−100"]
    assert told(view, trial, "people_2000") == ["600", "300", "−300"]
    assert told(view, trial, "unreached_library") == ["0,0 %", "50,0 %", "+50,0"]
    # The mean is that of those who still can: the far half is left out of it, and nobody has come nearer.
    assert told(view, trial, "mean_library") == ["450 m", "200 m", "går inte att jämföra"]
    assert told(view, trial, "detour_unreachable") == ["0,0 %", "100,0 %", "+100,0"]
    assert told(view, trial, "detour_median")[1:] == ["..", "går inte att jämföra"]
    # Every pair is parted: no way is worse than a long one.
    assert told(view, trial, "detour_above")[1] == "100,0 %"
    assert np.isnan(trial.after.area_metres).tolist() == [False, True]


def test_the_way_between_the_ends_of_a_new_link_is_the_link(view):
    """Its ends lie 30 m from the corners: nobody walks back to the corner in order to cross. Before: 30 + 500 + 30."""
    trial = trial_of(city(), [AddLink("bridge", *at(200, 230), *at(300, 230))])
    assert told(view, trial, "link_1") == ["560 m", "100 m", "−460 m"]


def test_a_link_across_a_river_without_a_bridge(view):
    trial = trial_of(city(bridges=()), [AddLink("bridge", *at(200, 200), *at(300, 200))])
    assert told(view, trial, "link_1") == ["inte nåbar", "100 m", "blir nåbar"]
    assert told(view, trial, "people_2000") == ["300", "600", "+300"]
    assert told(view, trial, "unreached_library") == ["50,0 %", "0,0 %", "−50,0"]


def test_a_link_that_loses_its_street_is_no_exception(view):
    """With the only street gone that its end was tied to, one can still cross by the link, and only there."""
    trial = trial_of(city(), [AddLink("tunnel", *at(200, 200), *at(300, 200)), CloseCrossing("bridge")])
    assert told(view, trial, "link_1") == ["500 m", "100 m", "−400 m"]


def test_a_service_of_a_kind_that_there_was_none_of(view):
    trial = trial_of(city(), [AddService("pharmacy", *at(0, 0))])
    assert told(view, trial, "mean_pharmacy") == ["inte nåbar", "350 m", "blir nåbar"]
    assert told(view, trial, "near_pharmacy")[0] == "0,0 %"
    assert told(view, trial, "unreached_pharmacy") == ["100,0 %", "0,0 %", "−100,0"]


def test_moving_the_place_that_is_looked_from(view):
    """Into the east, where the 300 of the east live within 350 m, and nobody else within 400."""
    trial = trial_of(city(), [MovePlace("west", *at(450, 200))])
    assert told(view, trial, "people_400") == ["400", "300", "−100"]
    assert trial.after.origin is not None
    assert trial.after.origin.x == pytest.approx(IN_SWEDEN[0] + 450, abs=1)


def test_means_of_the_same_people_are_compared(view):
    """Another library changes nothing in who can walk to one: 450 m becomes 200 m."""
    trial = trial_of(city(), [AddService("library", *at(0, 200))])
    assert told(view, trial, "mean_library") == ["450 m", "200 m", "−250 m"]


def test_a_median_of_other_pairs_is_not_compared():
    """Whichever way it moves, once other pairs have a way; as long as they are the same it is compared."""
    line = replace(line_of("ratio", SCHEMATIC), left_out=lambda found: found.apart)
    one, same, other = (
        SimpleNamespace(value=value, apart=apart, city=SCHEMATIC)
        for value, apart in ((1.4, 5.0), (1.3, 5.04), (1.3, 5.2))
    )
    assert change_text(WORDS, SCHEMATIC, line, one, same) == "−0,10"
    assert change_text(WORDS, SCHEMATIC, line, one, other) == "går inte att jämföra"
    assert change_text(WORDS, SCHEMATIC, line, other, one) == "går inte att jämföra"


def test_what_does_not_change_says_so(view):
    trial = trial_of(city(), [AddService("library", *at(500, 200))])
    assert all(told(view, trial, name)[2] == "oförändrat" for name in figures(view, trial))


def test_a_scenario_that_cannot_be_made_is_no_outcome(view):
    with pytest.raises(ScenarioError):
        trial_of(city(), [OpenCrossing("ford")])


def test_outcomes_are_kept_and_the_oldest_forgotten(monkeypatch):
    monkeypatch.setattr(what_if_results, "MOST_KEPT", 2)
    town = city()
    spot = spot_at(town, "west")
    first = outcome(town, spot, ())
    assert outcome(town, spot, ()) is first
    for crossing in ("C~bridge", "O~railway"):
        outcome(town, spot, (crossing,))
    assert outcome(town, spot, ()) is not first


# For any two figures


def line_of(unit: str, town) -> Line:
    texts = {
        "persons": lambda value: people(WORDS, town, value),
        "metres": lambda value: whole_metres(WORDS, town, value),
        "ratio": lambda value: mix(WORDS, value),
        "percent": lambda value: WORDS.fmt.percent(None if math.isnan(value) else value, 1),
    }
    return Line(unit, "part", unit, lambda found: found.value, texts[unit], unit)


def read(text: str) -> float:
    """Read a figure off the screen."""
    digits = plain(text).replace("−", "-").rstrip("%m ").replace(" ", "")
    return float(digits.replace(",", "."))


VALUES = st.one_of(
    st.just(0.0), st.floats(0, 50), st.floats(0, 20_000), st.sampled_from([12.25, 0.745, 25.0, 75.0, 99.99, 100.0])
)


@pytest.mark.parametrize("town", [SCHEMATIC, MEASURED], ids=["schematic", "measured"])
@pytest.mark.parametrize("unit", ["persons", "metres", "ratio", "percent"])
@given(one=VALUES, other=VALUES)
def test_the_shown_difference_is_that_of_the_shown_figures(unit, town, one, other):
    line = line_of(unit, town)
    before, after = (SimpleNamespace(value=value, city=town) for value in (one, other))
    texts = line.text(one), line.text(other)
    said = change_text(WORDS, town, line, before, after)
    if texts[0] == texts[1]:
        assert said == "oförändrat"
    elif any(text.startswith("färre") for text in texts):
        # Nothing can be taken from “fewer than 100”.
        assert said == "går inte att säga"
    else:
        assert read(said) == pytest.approx(read(texts[1]) - read(texts[0]), abs=1e-6)
        assert said[0] in "+−"
        assert read(said) != 0


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (math.inf, math.inf, "oförändrat"),
        (math.inf, 100.0, "blir nåbar"),
        (100.0, math.inf, "blir onåbar"),
        (math.nan, 100.0, "går inte att säga"),
        (100.0, math.nan, "går inte att säga"),
        (math.nan, math.nan, "oförändrat"),
    ],
)
def test_what_is_no_number(one, other, said):
    line = line_of("metres", SCHEMATIC)
    before, after = (SimpleNamespace(value=value, city=SCHEMATIC) for value in (one, other))
    assert change_text(WORDS, SCHEMATIC, line, before, after) == said
    assert moves(line, before, after) == (said != "oförändrat")
    assert line_of("ratio", SCHEMATIC).text(math.nan) == MISSING
