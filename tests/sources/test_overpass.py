"""Overpass as a publisher: the same network as from a file, one query, and no half answer taken for a whole one."""

import io
from contextlib import contextmanager
from dataclasses import fields, replace

import numpy as np
import pytest
from fetching import StoodClock
from made_up_overpass import MOMENT, PLACES, MadeUpOverpass, elements_of_file, made_up_overpass
from osm_extract import CODE, MadeUpExtract, import_file, square

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.barrier_tags import RUNNING_WATERS, TRACKS
from dashboard.sources.fetch_faults import (
    FetchError,
    HalfAnswerError,
    RefusedCallError,
    ServiceFaultError,
    TooLargeAnswerError,
    TooManyCallsError,
    UnreadableAnswerError,
)
from dashboard.sources.fetched import Wanted
from dashboard.sources.http_answers import Call, HttpAnswers, Patience, Source
from dashboard.sources.network_files import network_folder, write_network
from dashboard.sources.network_tables import NetworkFiles
from dashboard.sources.osm_network import box_around
from dashboard.sources.osm_places import CATEGORIES, write_places
from dashboard.sources.osm_reader import Box, read_extract
from dashboard.sources.overpass import PATIENCE, Overpass, PbfFile, pace_of_overpass
from dashboard.sources.overpass_elements import extract_of
from dashboard.sources.overpass_query import overpass_query
from dashboard.sources.pbf_file import open_pbf
from dashboard.sources.places import PLACE_COLUMNS
from dashboard.sources.progress import Progress

WANTED = Wanted(CODE)
HALF = 3000.0


@pytest.fixture
def town():
    """Give streets, a bridge over a river, a railway with a crossing, a lake of two ways, and places of each form."""
    points = {
        1: (0, 0),
        2: (100, 0),
        3: (-100, 0),
        4: (0, 100),
        5: (0, -100),
        6: (400, 0),
        7: (700, 0),
        11: (500, -900),
        12: (500, 0.0),
        13: (500, 900),
        21: (-50, -900),
        22: (-50, 0),
        23: (-50, 900),
        31: (900, 0),
        32: (900, 600),
        33: (1500, 600),
        34: (1500, 0),
        41: (20, 60),
        42: (30, 60),
        43: (30, 70),
        51: (200, 200),
        52: (300, 200),
        53: (300, 300),
        54: (200, 300),
        61: (9000, 0),
        62: (9100, 0),
    }
    made = MadeUpExtract(points).path(3, 22, 1, 2).path(4, 1, 5).path(2, 6, name="Ågatan")
    made.way(6, 7, highway="residential", bridge="yes", name="Bron").way(61, 62, highway="residential")
    made.way(11, 12, 13, waterway="river", name="Göta älv").way(21, 22, 23, railway="rail", name="Banan")
    made.way(31, 32, 33).way(33, 34, 31).way(41, 42, 43, 41, amenity="school", name="Skolan")
    made.way(51, 52, 53).way(53, 54, 51).way(1, 4, building="yes")
    made.relations += [
        ((8, 9), {"type": "multipolygon", "natural": "water", "name": "Sjön"}),
        ((11, 12), {"type": "multipolygon", "amenity": "hospital", "name": "Sjukhuset"}),
    ]
    made.node_tags |= {5: {"amenity": "library", "name": "Biblioteket"}, 2: {"highway": "bus_stop", "name": "Torget"}}
    made.node_tags |= {4: {"highway": "bus_stop", "name": "Torget"}, 3: {"amenity": "bench", "name": "Bänken"}}
    return made


@pytest.fixture
def overpass(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with made_up_overpass() as service:
        yield service


@contextmanager
def asking(service: MadeUpOverpass, time=None):
    time = time or StoodClock()
    source = Source("Overpass", service.url, "DASHBOARD_OVERPASS_URL")
    with HttpAnswers(source, pace_of_overpass(time.clock), clock=time.clock) as answers:
        yield answers


def fetch(service, folder, tell=lambda *_: None, time=None):
    with asking(service, time) as answers:
        return Overpass(AnswerCache(answers, folder / "answers"), square(HALF)).fetch(WANTED, tell)


def same(one: NetworkFiles, other: NetworkFiles) -> bool:
    """Tell whether two networks are the same to the last digit, but for what they were made from."""
    for field in fields(NetworkFiles):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if field.name == "meta":
            assert replace(first, source_files=()) == replace(second, source_files=())
        elif isinstance(first, np.ndarray):
            np.testing.assert_array_equal(first, second, err_msg=field.name)
        else:
            assert first == second
    return True


def test_a_town_becomes_the_same_network_and_places_by_query_and_by_file(overpass, town, tmp_path):
    path = town.write(tmp_path / "town.osm.pbf")
    overpass.elements = elements_of_file(path)
    fetched, by_file = fetch(overpass, tmp_path), import_file(path, square(HALF))
    assert fetched.network is not None
    assert same(fetched.network, by_file.network)
    assert [(one.barrier, one.kind) for one in fetched.network.barriers] == [
        ("banan", "railway"),
        ("gota-alv", "water"),
        ("sjon", "water"),
    ]
    assert {one.kind for one in fetched.network.crossings} == {"bridge", "level"}
    write_places(by_file.places, tmp_path / "places.csv")
    lines = [",".join(PLACE_COLUMNS), *(",".join(one.values()) for one in fetched.places or [])]
    assert (tmp_path / "places.csv").read_text("utf-8").splitlines() == lines
    assert [one["name"] for one in fetched.places or []] == ["Biblioteket", "Skolan", "Sjukhuset", "Torget"]


def test_what_was_read_and_of_when_is_noted_in_the_network_and_for_the_catalogue(overpass, town, tmp_path):
    overpass.elements = elements_of_file(town.write(tmp_path / "town.osm.pbf"))
    fetched = fetch(overpass, tmp_path)
    assert fetched.network is not None
    (file,) = fetched.files["openstreetmap"]
    (source,) = fetched.network.meta.source_files
    assert (file.name, file.updated, file.rows) == ("Overpass API", MOMENT, len(overpass.elements))
    assert (source.name, source.timestamp, source.sha256) == ("Overpass API", MOMENT, file.sha256)
    write_network(network_folder(tmp_path, CODE), fetched.network)
    assert fetched.harvest.observations == []


def test_a_file_that_somebody_has_gives_the_same(overpass, town, tmp_path):
    path = town.write(tmp_path / "town.osm.pbf")
    overpass.elements = elements_of_file(path)
    by_query = fetch(overpass, tmp_path)
    by_file = PbfFile(path, square(HALF)).fetch(WANTED, lambda *_: None)
    assert by_file.network is not None
    assert by_query.network is not None
    assert same(by_query.network, by_file.network)
    assert by_file.places == by_query.places
    assert [one.name for one in by_file.files["openstreetmap"]] == ["town.osm.pbf"]


def test_the_real_extract_of_helsinki_is_read_alike_by_query_and_by_file(helsinki_file):
    box = Box(24.0, 60.0, 26.0, 61.0)
    by_file = read_extract(open_pbf(helsinki_file), box, Progress(io.StringIO()))
    elements = elements_of_file(helsinki_file)
    there = {one["id"] for one in elements if one["type"] == "node"}
    cut = [one for one in elements if one["type"] == "way" and not there.issuperset(one["nodes"])]
    # A query gives whole ways; those that the extract was cut through stay out of the comparison.
    whole = {one["id"] for one in elements if one["type"] == "way"} - {one["id"] for one in cut}
    by_query = extract_of([one for one in elements if one["type"] != "way" or one["id"] in whole], box)
    known = [way for way in by_file.walkable if np.isfinite(way.lon).all()]
    assert len(by_query.walkable) == len(known) > 1000
    for one, other in zip(by_query.walkable, known, strict=True):
        assert one.tags == other.tags
        np.testing.assert_array_equal(one.nodes, other.nodes)
        np.testing.assert_array_equal(np.array([one.lon, one.lat]), np.array([other.lon, other.lat]))
    assert {one.name for one in by_query.places} <= {one.name for one in by_file.places}
    assert len(by_query.places) > 0.95 * len(by_file.places)


def test_one_call_asks_for_everything_that_is_read(overpass, town, tmp_path):
    overpass.elements = elements_of_file(town.write(tmp_path / "town.osm.pbf"))
    fetch(overpass, tmp_path)
    (query,) = overpass.queries
    assert overpass.kinds == ["application/x-www-form-urlencoded"]
    assert overpass.agents == ["hela-staden"]
    assert query == overpass_query(box_around(square(HALF)))
    assert query.startswith("[out:json][timeout:300][maxsize:1073741824];\n")
    assert query.endswith("out body;\n.shores out skel qt;\n(.found; .shores;);\n>;\nout skel qt;")
    assert 'way["highway"](' in query
    for value in (*TRACKS, *RUNNING_WATERS, "coastline", *(value for _, value in CATEGORIES)):
        assert f"({value}|" in query or f"|{value}|" in query or f"|{value})" in query or f"({value})" in query
    assert {key for key, _ in CATEGORIES} == set(PLACES)


def test_the_box_goes_south_west_north_east_and_five_kilometres_beyond():
    query = overpass_query(Box(12.1, 58.1, 12.6, 58.4))
    assert query.count("(58.1000000,12.1000000,58.4000000,12.6000000)") == 2 + 4 + len(PLACES)
    small, large = box_around(square(HALF), 0.0), box_around(square(HALF))
    assert (large.north - small.north) * 111_400 == pytest.approx(5000, rel=0.02)


@pytest.mark.parametrize(
    ("spoil", "fault", "says"),
    [
        (
            lambda answer: (
                answer | {"remark": 'runtime error: Query timed out in "query" at line 3 after 301 seconds.'}
            ),
            ServiceFaultError,
            "gave up: “runtime error: Query timed out",
        ),
        (
            lambda answer: answer | {"remark": "runtime error: Query run out of memory using about 2048 MB of RAM."},
            ServiceFaultError,
            "run out of memory",
        ),
        (lambda answer: answer | {"elements": []}, UnreadableAnswerError, "no streets of municipality 1488"),
        (lambda answer: {"version": 0.6}, UnreadableAnswerError, "where a list is documented"),
        (lambda answer: answer["elements"], UnreadableAnswerError, "where an object is documented"),
        (
            lambda answer: answer | {"elements": [one for one in answer["elements"] if one["id"] != 2]},
            HalfAnswerError,
            "ways without all their points",
        ),
        (
            lambda answer: answer | {"elements": [*answer["elements"], {"type": "area", "id": 1}]},
            UnreadableAnswerError,
            "sent “area”",
        ),
        (
            lambda answer: answer | {"elements": [*answer["elements"], {"type": "node", "id": 99, "lat": 58.0}]},
            UnreadableAnswerError,
            "KeyError",
        ),
        (
            lambda answer: answer | {"elements": [*answer["elements"], {"type": "way", "id": 99, "nodes": ["x"]}]},
            UnreadableAnswerError,
            "ValueError",
        ),
        (
            lambda answer: (
                answer | {"elements": [*answer["elements"], {"type": "node", "id": 99, "lat": 158.0, "lon": 12.0}]}
            ),
            UnreadableAnswerError,
            "nowhere on earth",
        ),
        (
            lambda answer: answer | {"elements": [*answer["elements"], {"type": "node", "lat": 58.0, "lon": 12.0}]},
            UnreadableAnswerError,
            "without a number",
        ),
    ],
)
def test_an_answer_that_is_not_whole_or_unlike_is_told_and_not_used(overpass, town, tmp_path, spoil, fault, says):
    overpass.elements = elements_of_file(town.write(tmp_path / "town.osm.pbf"))
    overpass.spoil = spoil
    with pytest.raises(fault, match=says):
        fetch(overpass, tmp_path)


def test_a_busy_service_is_asked_again_after_long_pauses_and_then_told(overpass, town, tmp_path):
    overpass.elements = elements_of_file(town.write(tmp_path / "town.osm.pbf"))
    overpass.statuses = [429, 504]
    time = StoodClock()
    assert fetch(overpass, tmp_path, time=time).network is not None
    assert len(overpass.queries) == 3
    assert sum(time.slept) >= 30 + 60
    overpass.statuses = [504] * 9
    with pytest.raises(ServiceFaultError, match=r"Overpass \(streets and places\) has a fault of its own \(504\)"):
        fetch(overpass, tmp_path)
    overpass.statuses = [429] * 9
    with pytest.raises(TooManyCallsError, match="asks for fewer calls"):
        fetch(overpass, tmp_path)
    overpass.statuses = [400]
    with pytest.raises(RefusedCallError, match="does not accept the call"):
        fetch(overpass, tmp_path)


def test_there_is_patience_for_as_long_as_the_query_may_take():
    assert PATIENCE.seconds_without_a_byte > 300
    assert PATIENCE.most_bytes > 500_000_000


def test_a_call_that_brings_its_own_patience_is_held_to_it(overpass, town, tmp_path):
    overpass.elements = elements_of_file(town.write(tmp_path / "town.osm.pbf"))
    call = Call("a little", "", body={"data": "x"}, form=True, patience=Patience(most_bytes=100))
    with asking(overpass) as answers, pytest.raises(TooLargeAnswerError, match=r"Overpass \(a little\)"):
        answers.ask(call)


def test_without_places_those_of_today_stay(overpass, town, tmp_path):
    town.node_tags.clear()
    town.relations.pop()
    town.ways = [(nodes, tags) for nodes, tags in town.ways if "amenity" not in tags]
    town.relations[0] = ((8, 9), town.relations[0][1])
    overpass.elements = elements_of_file(town.write(tmp_path / "town.osm.pbf"))
    fetched = fetch(overpass, tmp_path)
    assert fetched.places is None
    assert fetched.network is not None


def test_a_file_of_elsewhere_or_none_is_told(town, tmp_path):
    with pytest.raises(FetchError, match=r"x.osm.pbf does not exist"):
        PbfFile(tmp_path / "x.osm.pbf", square(HALF)).fetch(WANTED, lambda *_: None)
    town.nodes = {number: (x + 9e5, y + 3e5) for number, (x, y) in town.nodes.items()}
    path = town.write(tmp_path / "far.osm.pbf")
    with pytest.raises(FetchError, match="does not touch the municipality 1488"):
        PbfFile(path, square(HALF)).fetch(WANTED, lambda *_: None)


def test_it_tells_the_steps(overpass, town, tmp_path):
    overpass.elements = elements_of_file(town.write(tmp_path / "town.osm.pbf"))
    steps = []
    fetch(overpass, tmp_path, lambda *step: steps.append(step))
    assert steps[:2] == [("Overpass: streets and places", 0, 1), ("Overpass: streets and places", 1, 1)]
    assert ("OpenStreetMap: joining ways", 1, 1) in steps
    assert steps[-1] == ("OpenStreetMap: finding crossings", 1, 1)
