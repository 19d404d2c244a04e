"""Whoever sends too much is held back, and nobody can tell from it who sent what."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.register import rate_limit
from dashboard.register.rate_limit import UNKNOWN_VISITOR, RateLimit, visitor_key


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_key_has_its_share_and_gets_it_back_when_the_span_is_over() -> None:
    clock = Clock()
    limit = RateLimit(2, 60, clock)
    assert [limit.allow("a"), limit.allow("a"), limit.allow("a")] == [True, True, False]
    clock.now = 59.9
    assert not limit.allow("a")
    clock.now = 60
    assert limit.allow("a")


def test_the_span_moves_along_instead_of_beginning_anew() -> None:
    clock = Clock()
    limit = RateLimit(2, 60, clock)
    assert limit.allow("a")
    clock.now = 50
    assert limit.allow("a")
    clock.now = 61
    assert [limit.allow("a"), limit.allow("a")] == [True, False]


def test_keys_do_not_take_from_one_another() -> None:
    limit = RateLimit(1, 60, Clock())
    assert [limit.allow("a"), limit.allow("b"), limit.allow("a")] == [True, True, False]


def test_a_refusal_does_not_make_the_wait_longer() -> None:
    clock = Clock()
    limit = RateLimit(1, 60, clock)
    assert limit.allow("a")
    clock.now = 30
    assert not limit.allow("a")
    clock.now = 60
    assert limit.allow("a")


def test_nobody_is_let_by_a_limit_of_none() -> None:
    limit = RateLimit(0, 60, Clock())
    assert not limit.allow("a")
    assert len(limit) == 0


def test_it_keeps_count_of_so_many_keys_and_no_more() -> None:
    limit = RateLimit(1, 60, Clock(), most_keys=10)
    for number in range(1000):
        assert limit.allow(str(number))
    assert len(limit) == 10
    assert not limit.allow("999")
    assert limit.allow("0")


def test_keys_whose_span_is_over_are_forgotten() -> None:
    clock = Clock()
    limit = RateLimit(3, 60, clock)
    for number in range(100):
        limit.allow(str(number))
    clock.now = 61
    assert limit.allow("new")
    assert len(limit) == 1


def test_many_at_once_get_no_more_than_their_share() -> None:
    limit = RateLimit(50, 60, Clock())
    with ThreadPoolExecutor(16) as pool:
        allowed = list(pool.map(lambda _: limit.allow("a"), range(2000)))
    assert sum(allowed) == 50


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=60), st.integers(0, 4))
def test_no_span_holds_more_than_allowed(steps: list[tuple[str, float]], most: int) -> None:
    clock = Clock()
    limit = RateLimit(most, 60, clock)
    allowed: list[tuple[str, float]] = []
    for key, wait in steps:
        clock.now += wait
        if limit.allow(key):
            allowed.append((key, clock.now))
    for key, at in allowed:
        assert sum(one == key and at - 60 < when <= at for one, when in allowed) <= most


@given(st.ip_addresses().map(str))
def test_a_key_is_the_same_for_an_address_and_does_not_hold_it(address: str) -> None:
    key = visitor_key(address)
    assert key == visitor_key(f" {address} ")
    assert address not in key
    assert len(key) == 64
    assert key != visitor_key(address + "0")


def test_a_key_cannot_be_worked_out_without_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    before = visitor_key("192.0.2.1")
    monkeypatch.setattr(rate_limit, "_SECRET", b"another start of the program")
    assert visitor_key("192.0.2.1") != before


@pytest.mark.parametrize("address", [None, "", "  "])
def test_visitors_without_an_address_share_one_key(address: str | None) -> None:
    assert visitor_key(address) == UNKNOWN_VISITOR


def test_what_did_not_happen_is_taken_back():
    limit = RateLimit(1, 60)
    assert limit.allow("a")
    assert not limit.allow("a")
    limit.take_back("a")
    assert len(limit) == 0
    limit.take_back("a")
    assert limit.allow("a")
    assert not limit.allow("a")
