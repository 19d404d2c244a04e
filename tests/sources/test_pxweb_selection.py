"""What is asked of a table: codes that it has, parts below the limit that are the whole together, GET or POST."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sources.fetch_faults import ChangedDimensionError, UnreadableAnswerError
from dashboard.sources.json_stat import Dimension, Structure
from dashboard.sources.pxweb_selection import data_call, in_parts, limits_of, whole_selection

TABLE = Structure(
    "",
    "",
    None,
    tuple(
        Dimension(name, name, codes, {})
        for name, codes in {"Region": ("1488", "1488R007"), "Kon": ("1", "2", "1+2"), "Tid": ("2024", "a,b")}.items()
    ),
)


def cells(codes):
    return set(product(*codes.values()))


def of_size(*sizes):
    return {f"dimension {place}": tuple(map(str, range(size))) for place, size in enumerate(sizes)}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(1, 200))
def test_the_parts_together_are_the_whole_and_none_is_too_large(sizes, limit):
    whole = of_size(*sizes)
    parts = list(in_parts(whole, limit))
    assert all(math.prod(map(len, part.values())) <= limit for part in parts)
    assert sum(math.prod(map(len, part.values())) for part in parts) == math.prod(sizes)
    assert set().union(*map(cells, parts)) == cells(whole)
    assert all(list(part) == list(whole) for part in parts)


@pytest.mark.parametrize(
    ("sizes", "calls"),
    [
        # All of a municipality fits one call; a whole country takes little more than its cells need.
        ((100, 18, 3, 1, 16), 1),
        ((3363, 5, 14), 2),
        ((6160, 5, 14), 3),
        ((19182, 17, 3, 3, 14), 275),
    ],
)
def test_few_calls_are_enough(sizes, calls):
    assert sum(1 for _ in in_parts(of_size(*sizes), 150_000)) == calls
    assert calls <= math.prod(sizes) / 150_000 * 1.1 + 1


def test_each_dimension_is_one_parameter_with_its_codes_between_commas():
    call = data_call("TAB6574", {"Region": ("1488", "1488R007"), "Kon": ("1+2",)}, "en")
    assert call.path == "/tables/TAB6574/data"
    assert call.body is None
    assert call.parameters == (
        ("lang", "en"),
        ("outputFormat", "json-stat2"),
        ("valueCodes[Region]", "1488,1488R007"),
        ("valueCodes[Kon]", "1+2"),
    )


@pytest.mark.parametrize(("areas", "posted"), [(80, False), (81, False), (88, True), (3363, True)])
def test_what_makes_the_address_too_long_is_posted(areas, posted):
    codes = {"Region": tuple(f"1488R007_RegSO{one:04}" for one in range(areas)), "Tid": ("2024",)}
    call = data_call("TAB6586", codes, "en")
    assert (call.body is not None) is posted
    if call.body:
        assert call.body["selection"][0] == {"variableCode": "Region", "valueCodes": list(codes["Region"])}
        assert [name for name, _ in call.parameters] == ["lang", "outputFormat"]


def test_nothing_named_is_all_that_the_table_has_in_its_order():
    wanted = {"Kon": None, "Tid": ("2024",), "Region": None}
    expected = {"Region": ("1488", "1488R007"), "Kon": ("1", "2", "1+2"), "Tid": ("2024",)}
    chosen = whole_selection(wanted, TABLE, "SCB (T)")
    assert chosen == expected
    assert list(chosen) == list(expected)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"Kon": ("3",)}, "no code 3 in Kon"),
        ({"Kon": ()}, "are none"),
        ({"Kon": ("1", "1")}, "twice"),
        ({"Tid": None}, "the code “a,b” in Tid, which the service cannot be asked for"),
        ({"Alder": None}, "has the dimensions Region, Kon, Tid where Region, Kon, Tid, Alder are asked for"),
    ],
)
def test_what_the_table_does_not_have_is_told(other, why):
    wanted = {"Region": None, "Kon": None, "Tid": ("2024",)} | other
    with pytest.raises(ChangedDimensionError) as caught:
        whole_selection(wanted, TABLE, "SCB (T)")
    assert why in str(caught.value)
    assert str(caught.value).startswith("SCB (T)")


def test_a_new_dimension_of_the_table_is_told():
    with pytest.raises(ChangedDimensionError, match="has the dimensions Region, Kon, Tid where Region, Tid are"):
        whole_selection({"Region": None, "Tid": None}, TABLE, "SCB (T)")


def test_the_limits_are_read():
    assert limits_of({"maxDataCells": 150000, "maxCallsPerTimeWindow": 30, "timeWindow": 10}, "SCB") == (
        150000,
        30,
        10.0,
    )


@pytest.mark.parametrize(
    "config",
    [
        None,
        [],
        {},
        {"maxDataCells": 1, "timeWindow": 10},
        {"maxDataCells": 0, "maxCallsPerTimeWindow": 30, "timeWindow": 10},
        {"maxDataCells": "1", "maxCallsPerTimeWindow": 30, "timeWindow": 10},
    ],
)
def test_without_limits_nothing_is_asked(config):
    with pytest.raises(UnreadableAnswerError, match="PxWebApi v2"):
        limits_of(config, "SCB")
