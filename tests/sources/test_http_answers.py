"""Asking over HTTP: what may pass is tried again, what may not is told in a sentence, and nothing is taken by half."""

import datetime as dt
import gzip
import json
from email.utils import format_datetime

import pytest
from fetching import NOON, StoodClock, asking
from made_up_scb import refuses, sends, sends_much, waits

from dashboard.sources.call_pace import Clock
from dashboard.sources.fetch_faults import (
    FetchError,
    HalfAnswerError,
    NoConnectionError,
    NotFoundError,
    OtherHostError,
    RefusedCallError,
    ServiceFaultError,
    SlowAnswerError,
    TooLargeAnswerError,
    TooManyCallsError,
    WrongContentTypeError,
)
from dashboard.sources.http_answers import Call, parse_json

CONFIG = Call("its limits", "/config")
WHOLE = json.dumps({"maxDataCells": 1}).encode()


def fault_of(url, time=None, **patience):
    """Give the fault that asking ends with; its sentence names source and setting or what to try."""
    with asking(url, time or StoodClock(), **patience) as answers, pytest.raises(FetchError) as caught:
        answers.ask(CONFIG)
    told = str(caught.value)
    assert told.startswith("SCB (its limits) ")
    assert told.endswith(".")
    assert "\n" not in told
    assert "try again" in told or "DASHBOARD_SCB_URL" in told
    return caught.value


def test_an_answer_is_given_whole_with_its_byte_order_mark_read_over(scb):
    with asking(scb.url, StoodClock()) as answers:
        content = answers.ask(CONFIG).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert parse_json(content)["maxDataCells"] == 150_000


@pytest.mark.parametrize(
    "fault", [refuses(429), refuses(500), refuses(503), sends(WHOLE, length=900), sends(WHOLE[:-1])]
)
def test_what_may_pass_is_tried_again_after_growing_pauses(scb, fault):
    scb.faults = [fault, fault, fault]
    time = StoodClock()
    with asking(scb.url, time) as answers:
        assert parse_json(answers.ask(CONFIG).content)["maxDataCells"] == 150_000
    assert time.slept == [1, 2, 4]
    assert len(scb.asked) == 4


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (refuses(429), TooManyCallsError),
        (refuses(500), ServiceFaultError),
        (refuses(504), ServiceFaultError),
        (sends(WHOLE, length=900), HalfAnswerError),
        (sends(WHOLE[:-1]), HalfAnswerError),
        (sends(b'{"a": "\xc3'), HalfAnswerError),
        (sends(b"[" * 200_000), HalfAnswerError),
    ],
)
def test_after_some_tries_the_fault_is_told(scb, fault, kind):
    scb.faults = [fault] * 9
    assert type(fault_of(scb.url, tries=3)) is kind
    assert len(scb.asked) == 3


@pytest.mark.parametrize(
    ("told", "slept"),
    [
        ("7", 7),
        (format_datetime(NOON + dt.timedelta(seconds=9), usegmt=True), 9),
        ("Fri, 27 Nov 2026 12:00:11 -0000", 11),
        ("soon", 1),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_the_pause_that_the_service_asks_for_is_kept(scb, told, slept, status):
    scb.faults = [refuses(status, Retry_After=told)]
    time = StoodClock()
    with asking(scb.url, time) as answers:
        answers.ask(CONFIG)
    assert time.slept == [slept]


def test_a_date_that_has_passed_means_at_once(scb):
    scb.faults = [refuses(429, Retry_After=format_datetime(NOON - dt.timedelta(hours=1), usegmt=True))]
    slept = []
    clock = Clock(lambda: 0.0, lambda: NOON, slept.append)
    with asking(scb.url, StoodClock()) as answers:
        answers._clock = clock
        answers.ask(CONFIG)
    assert slept == [0]


def test_nobody_waits_an_hour(scb):
    scb.faults = [refuses(429, Retry_After="3600")]
    time = StoodClock()
    assert "in 3600 seconds" in str(fault_of(scb.url, time))
    assert time.slept == []


def test_a_refused_connection_is_told_after_some_tries(scb):
    time = StoodClock()
    fault = fault_of("http://127.0.0.1:9/api/v2", time, tries=3)
    assert isinstance(fault, NoConnectionError)
    assert "http://127.0.0.1:9/api/v2" in str(fault)
    assert time.slept == [1, 2]


def test_a_slow_answer_is_given_up(scb):
    scb.faults = [waits, waits]
    assert isinstance(fault_of(scb.url, seconds_without_a_byte=0.1, tries=2), SlowAnswerError)
    assert len(scb.asked) == 2


def test_an_answer_that_comes_drop_by_drop_is_given_up(scb):
    scb.faults = [sends_much(3)]
    time = StoodClock()
    ticking = iter(range(0, 10_000, 100))
    with asking(scb.url, time, tries=1) as answers:
        answers._clock = Clock(lambda: float(next(ticking)), time.clock.now, time.sleep)
        with pytest.raises(SlowAnswerError, match="too slowly"):
            answers.ask(CONFIG)


def test_a_hundred_megabytes_are_stopped_half_way(scb):
    scb.faults = [sends_much(100)]
    fault = fault_of(scb.url)
    assert isinstance(fault, TooLargeAnswerError)
    assert "more than 50 MB" in str(fault)
    assert len(scb.asked) == 1
    assert scb.sent < 60


def test_what_is_small_only_while_packed_is_stopped_too(scb):
    packed = gzip.compress(b" " * 2**22)

    def fault(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        handler.wfile.write(packed)

    assert len(packed) < 2**20
    scb.faults = [fault]
    assert isinstance(fault_of(scb.url, most_bytes=2**20), TooLargeAnswerError)


@pytest.mark.parametrize("kind", ["text/html", "text/plain; application/json", "application/jsonp", ""])
def test_another_type_of_content_is_refused_at_once(scb, kind):
    scb.faults = [sends(WHOLE, kind)]
    assert isinstance(fault_of(scb.url), WrongContentTypeError)
    assert len(scb.asked) == 1


@pytest.mark.parametrize(
    "kind", ["application/json;charset=utf-8", "application/vnd.json-stat2+json", "application/jsonstat"]
)
def test_every_type_of_json_is_taken(scb, kind):
    scb.faults = [sends(WHOLE, kind)]
    with asking(scb.url, StoodClock()) as answers:
        assert answers.ask(CONFIG).content == WHOLE


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_another_host_is_not_followed(scb, status):
    scb.faults = [refuses(status, Location="https://elsewhere.example.org/api/v2/config")]
    fault = fault_of(scb.url)
    assert isinstance(fault, OtherHostError)
    assert "https://elsewhere.example.org" in str(fault)
    assert len(scb.asked) == 1


@pytest.mark.parametrize(
    "other", ["https://127.0.0.1:{port}/x", "//localhost:{port}/api/v2/config", "http://127.0.0.1/x"]
)
def test_another_scheme_name_or_port_is_another_host(scb, other):
    port = scb.url.split(":")[2].split("/")[0]
    scb.faults = [refuses(302, Location=other.format(port=port))]
    assert isinstance(fault_of(scb.url), OtherHostError)


def test_the_same_host_is_followed_but_not_in_circles(scb):
    scb.faults = [refuses(307, Location="/api/v2/config")]
    with asking(scb.url, StoodClock()) as answers:
        assert answers.ask(CONFIG).content
    scb.faults = [refuses(307, Location="/api/v2/config")] * 9
    assert "in a circle" in str(fault_of(scb.url))


@pytest.mark.parametrize(
    ("status", "kind"), [(400, RefusedCallError), (403, RefusedCallError), (404, NotFoundError), (410, NotFoundError)]
)
def test_what_the_service_does_not_accept_is_not_asked_again(scb, status, kind):
    scb.faults = [refuses(status)]
    assert type(fault_of(scb.url)) is kind
    assert len(scb.asked) == 1


def test_nothing_new_is_no_answer_to_who_did_not_ask_for_news(scb):
    scb.faults = [refuses(304)]
    assert isinstance(fault_of(scb.url), RefusedCallError)


def test_no_more_than_thirty_calls_in_ten_seconds(scb):
    time = StoodClock()
    with asking(scb.url, time) as answers:
        for _ in range(31):
            answers.ask(CONFIG)
    assert time.slept == [10]
