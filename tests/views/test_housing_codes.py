"""Housing scenarios in an address: there and back, and a damaged link is never read as another scenario."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from dashboard.measures.scenarios import KINDS, MOST_STEPS, Step, Stock
from dashboard.views import housing_codes
from dashboard.views.housing_builder import EXAMPLE
from dashboard.views.housing_codes import TENURE_LETTERS, read_scenario, scenario_code
from dashboard.views.housing_stock import Housing

TENURES = tuple(TENURE_LETTERS)
SMALL = ("1488C1010_DeSO2025", "1488C1020_DeSO2025", "1488C1030_DeSO2025")
AROUND = ("1488R001_RegSO2025", "1488R001_RegSO2025", "1488R002_RegSO2025")
HOUSING = Housing(
    Stock(SMALL, AROUND, TENURES, np.full((3, 3), 10.0)),
    2025,
    True,
    {code: code for code in (*AROUND, *SMALL)},
    {AROUND[0]: SMALL[:2], AROUND[2]: SMALL[2:]},
)
AREAS = st.sampled_from((*SMALL, *AROUND))


@st.composite
def steps(draw):
    kind, group = draw(st.sampled_from(KINDS)), draw(st.sampled_from(TENURES))
    others = st.sampled_from(TENURES)
    return Step(
        kind,
        draw(st.integers(1, 20_000)),
        group,
        draw(AREAS),
        to_group=draw(others) if kind == "convert" else None,
        to_area=draw(AREAS) if kind == "move" else None,
    )


SCENARIOS = st.lists(steps(), min_size=1, max_size=MOST_STEPS)


@given(SCENARIOS)
def test_a_scenario_is_the_same_after_there_and_back(scenario):
    code = scenario_code(scenario)
    assert read_scenario(HOUSING, code).steps == tuple(scenario)
    assert read_scenario(HOUSING, code).problem is None
    # Nothing in it needs to be written otherwise in an address.
    assert code.replace(".", "").replace("-", "").replace("_", "").isalnum()
    assert code.isascii()
    assert len(code) < 400


@given(SCENARIOS, st.data())
def test_a_link_that_was_cut_or_changed_is_told_from_a_whole_one(scenario, data):
    code = scenario_code(scenario)
    cut = code[: data.draw(st.integers(0, len(code) - 1))]
    assert read_scenario(HOUSING, cut).steps == ()
    assert read_scenario(HOUSING, cut).problem in {"damaged", "version"}
    place = data.draw(st.integers(6, len(code) - 1))
    other = data.draw(st.sampled_from([one for one in "0123456789bcmdha-_" if one != code[place]]))
    changed = read_scenario(HOUSING, code[:place] + other + code[place + 1 :])
    # One character in 46 656 passes the check; then it must at least be the scenario that it says.
    assert changed.problem is not None or scenario_code(changed.steps) == code[:place] + other + code[place + 1 :]


@given(st.text(max_size=60))
def test_rubbish_is_no_scenario(text):
    assert read_scenario(HOUSING, text).steps == ()


def sealed(body):
    """Give a body with the check that belongs to it."""
    return f"1.{housing_codes._check(body)}.{body}"


@pytest.mark.parametrize(
    "body",
    [
        "b-1480C9999-b-200",
        "b-1488C1010-x-200",
        "z-1488C1010-b-200",
        "b-1488C1010-b",
        "b-1488C1010-b-200-h",
        "c-1488C1010-b-200",
        "c-1488C1010-b-200-x",
        "m-1488C1010-b-200-1488C9999",
        "b-1488C1010-b-0",
        "b-1488C1010-b-007",
        "b-1488C1010-b--5",
        "b-1488C1010-b-1e3",
        "b-1488C1010-b-²",
        "b-1488C1010-b-99999999999",
        "_".join(["b-1488C1010-b-1"] * (MOST_STEPS + 1)),
    ],
)
def test_a_whole_link_to_what_is_not_there_says_so(body):
    assert read_scenario(HOUSING, sealed(body)).problem == "unknown"


def test_another_version_is_named_as_one():
    code = scenario_code([Step("build", 1, TENURES[0], SMALL[0])])
    assert read_scenario(HOUSING, "2" + code[1:]).problem == "version"


def test_the_example_lies_where_its_words_say(embedded):
    """The square in the small area, and both of the places called Strömslund in the neighbourhood."""
    spots = {"square": (12.30804, 58.2707), "shop": (12.26713, 58.28119), "turning place": (12.25427, 58.28405)}
    small, around = (gpd.read_parquet(embedded / "areas" / f"{level}_2025.parquet") for level in ("deso", "regso"))

    def holds(areas, code, spot):
        (shape,) = areas.loc[areas["code"] == code].geometry
        return shape.contains(Point(spots[spot]))

    built, rented = (one[3] for one in EXAMPLE)
    assert holds(small, built, "square")
    assert holds(around, rented, "shop")
    assert holds(around, rented, "turning place")
    (name,) = around.loc[around["code"] == rented, "name"]
    assert name.startswith("Strömslund")
