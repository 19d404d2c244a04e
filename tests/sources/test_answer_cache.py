"""Kept answers: nothing is sent twice, nothing old is taken for new, and a damaged file is as good as none."""

import os

import pytest
from fetching import StoodClock, asking
from made_up_scb import refuses

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.fetch_faults import ServiceFaultError
from dashboard.sources.http_answers import Call

METADATA = Call("TAB6586", "/tables/TAB6586/metadata")


@pytest.fixture
def cache(scb, tmp_path):
    with asking(scb.url, StoodClock(), tries=1) as answers:
        yield AnswerCache(answers, tmp_path / "kept" / "scb")


def test_an_answer_of_the_same_state_is_not_asked_for_again(scb, cache):
    first = cache.document(METADATA, "2026-06-23")
    assert cache.document(METADATA, "2026-06-23") == first
    assert len(scb.asked) == cache.fetched == 1


@pytest.mark.parametrize("stamp", [None, "2026-06-24"])
def test_another_state_or_none_is_asked_for(scb, cache, stamp):
    cache.document(METADATA, "2026-06-23")
    scb.tables["TAB6586"].updated = "2026-06-24T06:00:00Z"
    assert cache.document(METADATA, stamp)["updated"] == "2026-06-24T06:00:00Z"
    assert len(scb.asked) == cache.fetched == 2


def test_the_service_may_say_that_nothing_has_changed(scb, cache):
    scb.with_etags = True
    first = cache.document(METADATA)
    assert cache.document(METADATA) == cache.document(METADATA) == first
    assert (len(scb.asked), scb.unchanged, cache.fetched) == (3, 2, 1)
    scb.tables["TAB6586"].updated = "2026-06-24T06:00:00Z"
    assert cache.document(METADATA) != first
    assert cache.fetched == 2


def test_what_has_not_changed_takes_the_new_stamp(scb, cache):
    scb.with_etags = True
    cache.document(METADATA, "a")
    cache.document(METADATA, "b")
    cache.document(METADATA, "b")
    assert len(scb.asked) == 2


def test_a_fault_leaves_what_was_kept(scb, cache):
    first = cache.document(METADATA, "a")
    scb.faults = [refuses(500)]
    with pytest.raises(ServiceFaultError):
        cache.document(METADATA, "b")
    assert cache.document(METADATA, "a") == first
    assert len(scb.asked) == 2


def test_calls_are_told_apart_by_all_that_is_asked(scb, cache):
    selections = [
        [{"variableCode": "Region", "valueCodes": ["1488R007"]}, *rest]
        for rest in [
            [
                {"variableCode": "ContentsCode", "valueCodes": ["000008IT"]},
                {"variableCode": "Tid", "valueCodes": [year]},
            ]
            for year in ("2022", "2023")
        ]
    ]
    calls = [Call("x", "/tables/TAB6586/data", (), {"selection": one}) for one in selections]
    years = [list(cache.document(call, "a")["dimension"]["Tid"]["category"]["index"]) for call in calls]
    assert years == [["2022"], ["2023"]]


@pytest.mark.parametrize("damage", ["cut", "empty", "changed", "no json", "no fields"])
def test_a_damaged_file_is_fetched_again(scb, cache, tmp_path, damage):
    first = cache.document(METADATA, "a")
    [file] = (tmp_path / "kept" / "scb").iterdir()
    whole = file.read_bytes()
    file.write_bytes(
        {
            "cut": whole[:-20],
            "empty": b"",
            "changed": whole.replace(b"1488R007", b"1488R009"),
            "no json": b"x\n" + whole,
            "no fields": b"{}\n",
        }[damage]
    )
    assert cache.document(METADATA, "a") == first
    assert len(scb.asked) == 2
    assert file.read_bytes() == whole


def test_a_file_is_written_beside_and_swapped(cache, tmp_path, monkeypatch):
    cache.document(METADATA, "a")
    folder = tmp_path / "kept" / "scb"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    def full_disk(_):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        cache.document(METADATA, "b")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
