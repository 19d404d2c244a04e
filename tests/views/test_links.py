"""Links that restore a view: what the address says, what a run before said, and the default, in that order."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views.links import range_text


def one_choice() -> None:
    import streamlit as st

    from dashboard.views import links

    options = ["deso", "regso"]
    links.restore_one("niva", options, "deso")
    chosen = st.segmented_control("Level", options, key="niva", required=True)
    links.remember("niva", str(chosen), "deso")
    st.text(str(chosen))


def many_choices() -> None:
    import streamlit as st

    from dashboard.views import links

    options = ["a", "b", "c", "d"]
    links.restore_many("typ", options, 3)
    chosen = st.multiselect("Kinds", options, key="typ")
    links.remember("typ", chosen)
    st.text(",".join(chosen))


def a_range() -> None:
    import streamlit as st

    from dashboard.views import links

    links.restore_range("andel", 0.0, 50.0)
    low, high = st.slider("Share", 0.0, 50.0, step=0.5, key="andel")
    links.remember("andel", links.range_text(low, high), links.range_text(0, 50))
    st.text(f"{low:g} to {high:g}")


def opened(script, **address: object) -> AppTest:
    at = AppTest.from_function(script, default_timeout=10)
    at.query_params.update(address)
    at.run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    return at.text[0].value


def test_without_an_address_the_default_is_chosen_and_the_address_stays_short():
    at = opened(one_choice)
    assert said(at) == "deso"
    assert dict(at.query_params) == {}


def test_an_address_restores_the_choice():
    at = opened(one_choice, niva="regso")
    assert said(at) == "regso"
    assert dict(at.query_params) == {"niva": "regso"}


def test_an_unknown_choice_of_an_address_is_passed_over():
    at = opened(one_choice, niva="county")
    assert said(at) == "deso"
    assert dict(at.query_params) == {}


def test_a_choice_is_written_and_the_default_is_taken_out_again():
    at = opened(one_choice)
    at.button_group[0].set_value("regso").run()
    assert said(at) == "regso"
    assert dict(at.query_params) == {"niva": "regso"}
    at.button_group[0].set_value("deso").run()
    assert dict(at.query_params) == {}


def test_a_choice_stays_from_run_to_run():
    at = opened(one_choice)
    at.button_group[0].set_value("regso").run()
    at.run()
    at.run()
    assert said(at) == "regso"


def test_the_back_button_wins_over_what_was_chosen():
    at = opened(one_choice)
    at.button_group[0].set_value("regso").run()
    at.query_params.clear()
    at.run()
    assert said(at) == "deso"
    at.query_params["niva"] = "regso"
    at.run()
    assert said(at) == "regso"


def test_several_choices_keep_their_order_and_unknown_and_repeated_ones_go():
    at = opened(many_choices, typ=["c", "x", "a", "c"])
    assert said(at) == "c,a"
    assert at.query_params["typ"] == ["c", "a"]


def test_no_more_choices_than_allowed():
    assert said(opened(many_choices, typ=["d", "c", "b", "a"])) == "d,c,b"


def test_none_of_several_is_the_default():
    at = opened(many_choices)
    assert said(at) == ""
    assert dict(at.query_params) == {}
    at.multiselect[0].set_value(["b"]).run()
    assert dict(at.query_params) == {"typ": "b"}
    at.multiselect[0].set_value([]).run()
    assert dict(at.query_params) == {}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("10~20", "10 to 20"),
        ("20~10", "10 to 20"),
        ("-5~90", "0 to 50"),
        ("10.5~20", "10.5 to 20"),
        ("10", "0 to 50"),
        ("a~b", "0 to 50"),
        ("1~2~3", "0 to 50"),
        ("", "0 to 50"),
        ("nan~20", "0 to 50"),
        ("inf~inf", "50 to 50"),
    ],
)
def test_a_range_is_put_in_order_and_within_its_limits(address, expected):
    assert said(opened(a_range, andel=address)) == expected


def test_a_range_is_written_and_the_whole_span_taken_out_again():
    at = opened(a_range)
    at.slider[0].set_value((10.0, 20.0)).run()
    assert dict(at.query_params) == {"andel": "10~20"}
    at.slider[0].set_value((0.0, 50.0)).run()
    assert dict(at.query_params) == {}


def test_limits_are_written_without_needless_digits():
    assert range_text(0.0, 12.5) == "0~12.5"
    assert range_text(1000000.0, 2000000.0) == "1000000~2000000"


def test_a_large_range_comes_back_as_it_was_written():
    low, high = 123456.7, 2345678.9
    first, last = (float(end) for end in range_text(low, high).split("~"))
    assert (first, last) == (low, high)
