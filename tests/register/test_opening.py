"""Opening a register for many at once: one connects, the others share what comes of it, and a failure holds a while."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import monotonic, sleep

import pytest

from dashboard.register.errors import RegisterFileError, UnavailableError
from dashboard.register.opening import OpenedOnce
from dashboard.register.store import Register

VISITORS = 8
#: Much less than it would take if they waited in turn, much more than a slow machine needs for nothing.
LONG = 3.0


class Opening:
    """Opens a register, or tries to, for as long as it is told to; counts how often."""

    def __init__(self, fault: BaseException | None = None, seconds: float = 0.0) -> None:
        self.fault, self.seconds = fault, seconds
        self.times = 0
        self.register = object.__new__(Register)

    def __call__(self) -> Register:
        self.times += 1
        sleep(self.seconds)
        if self.fault is not None:
            raise self.fault
        return self.register


def told(opened: OpenedOnce, opening: Callable[[], Register]) -> object:
    try:
        return opened.get("a", opening)
    except UnavailableError as error:
        return error.code


def ask_all_at_once(opened: OpenedOnce, opening: Callable[[], Register]) -> list[object]:
    together = Barrier(VISITORS)

    def ask(_: int) -> object:
        together.wait()
        return told(opened, opening)

    with ThreadPoolExecutor(VISITORS) as pool:
        return list(pool.map(ask, range(VISITORS)))


def test_all_who_come_while_one_connects_share_the_register():
    opening = Opening(seconds=0.3)
    assert ask_all_at_once(OpenedOnce(), opening) == [opening.register] * VISITORS
    assert opening.times == 1


def test_all_who_come_while_one_connects_share_the_failure():
    opened, opening = OpenedOnce(), Opening(UnavailableError("outdated", "x"), seconds=0.5)
    began = monotonic()
    assert ask_all_at_once(opened, opening) == ["outdated"] * VISITORS
    assert monotonic() - began < LONG
    assert opening.times == 1


def test_nobody_waits_for_long_behind_one_whom_the_database_keeps_waiting():
    opened, answer, connecting = OpenedOnce(seconds_to_wait=0.2), Event(), Event()
    late = Opening()

    def hang() -> Register:
        connecting.set()
        answer.wait()
        return late()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(opened.get, "a", hang)
        connecting.wait()
        began = monotonic()
        assert ask_all_at_once(opened, hang) == ["unavailable"] * VISITORS
        assert monotonic() - began < LONG
        answer.set()
        assert first.result() is late.register
    assert opened.get("a", hang) is late.register
    assert late.times == 1


def test_a_failure_holds_for_some_seconds_and_then_the_next_one_tries_again():
    opened, opening = OpenedOnce(seconds_until_the_next_try=0.5), Opening(RegisterFileError("projects.yaml: x"))
    assert [told(opened, opening) for _ in range(3)] == ["unavailable"] * 3
    assert opening.times == 1
    sleep(0.6)
    opening.fault = None
    assert told(opened, opening) is opening.register
    assert opening.times == 2


def test_everybody_is_told_of_a_failure_by_an_error_of_their_own():
    opened, opening = OpenedOnce(), Opening(RegisterFileError("projects.yaml: x"))
    errors = []
    for _ in range(2):
        with pytest.raises(UnavailableError, match=r"projects\.yaml: x") as caught:
            opened.get("a", opening)
        errors.append(caught.value)
    assert errors[0] is not errors[1]


def test_what_nobody_foresaw_is_raised_and_the_next_one_tries_again():
    opened, opening = OpenedOnce(), Opening(ZeroDivisionError())
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            opened.get("a", opening)
    assert opening.times == 2
    opening.fault = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        opened.get("a", opening)
    opening.fault = None
    assert opened.get("a", opening) is opening.register


def test_another_database_or_none_remembered_is_opened_anew():
    opened, one, other = OpenedOnce(), Opening(), Opening()
    assert opened.get("a", one) is one.register
    assert opened.get("b", other) is other.register
    opened.forget()
    assert opened.get("b", one) is one.register
    assert (one.times, other.times) == (2, 1)
