"""A PBF file is looked through before anything is read of it, and each fault has its sentence."""

import hashlib
import struct

import osmium
import pytest
from osm_extract import TIMESTAMP, MadeUpExtract

from dashboard.sources.pbf_file import PbfFile, open_pbf
from dashboard.sources.tidy import InputError


@pytest.fixture
def path(tmp_path):
    """Give a file with several blobs: nodes and ways have blobs of their own."""
    nodes = {n: (n * 10, 0) for n in range(1, 20_000)}
    made = MadeUpExtract(nodes).path(*range(1, 2000)).path(*range(3000, 4000))
    return made.write(tmp_path / "made-up.osm.pbf")


def ways(file: PbfFile, at=lambda done: None) -> list[int]:
    found = file.objects(lambda reader: reader.with_locations(), osmium.osm.ALL, at)
    return [one.id for one in found if one.is_way()]


def test_name_size_fingerprint_and_date_are_those_of_the_file(path):
    file = open_pbf(path)
    assert (file.path, file.size, file.timestamp) == (path, path.stat().st_size, TIMESTAMP)
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_everything_is_read_and_progress_told_up_to_the_last_byte(path, monkeypatch):
    monkeypatch.setattr("dashboard.sources.pbf_file.AT_ONCE", 1)
    done = []
    assert ways(open_pbf(path), done.append) == [1, 2]
    assert len(done) >= 3
    assert done == sorted(done)
    assert done[-1] == path.stat().st_size


def test_wherever_a_file_is_cut_off_it_is_said(path):
    content = path.read_bytes()
    for size in [1, 3, 5, 20, 100, *range(200, len(content), len(content) // 20), len(content) - 1]:
        path.write_bytes(content[:size])
        with pytest.raises(InputError, match=r"is cut off or damaged|is no OpenStreetMap file in PBF format"):
            open_pbf(path)


def test_damage_within_a_blob_is_said_when_it_is_read(path):
    content = bytearray(path.read_bytes())
    content[-60:-20] = bytes(40)
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"made-up\.osm\.pbf is damaged .*fetch or cut out the extract again"):
        ways(open_pbf(path))


def test_a_blob_larger_than_the_format_allows_is_damage(path):
    header = b"\x0a\x07OSMData\x18" + b"\xff\xff\xff\xff\x0f"
    path.write_bytes(path.read_bytes() + struct.pack(">i", len(header)) + header)
    with pytest.raises(InputError, match="is cut off or damaged after its first"):
        open_pbf(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", r"x\.osm\.pbf is empty"),
        (b"category,name,lat,lon\n", r"x\.osm\.pbf is no OpenStreetMap file in PBF format"),
        (b"\x00\x00\x00\x04abcd", r"x\.osm\.pbf is no OpenStreetMap file in PBF format"),
        (b'<?xml version="1.0"?><osm version="0.6"/>', r"x\.osm\.pbf is no OpenStreetMap file in PBF format"),
        (b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x02ab", r"x\.osm\.pbf is no OpenStreetMap file in PBF format"),
    ],
    ids=["empty", "text", "bytes", "XML", "a header that is none"],
)
def test_what_is_no_pbf_is_said(tmp_path, content, said):
    path = tmp_path / "x.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        open_pbf(path)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.osm\.pbf does not exist"):
        open_pbf(tmp_path / "nowhere.osm.pbf")
    with pytest.raises(InputError, match="does not exist"):
        open_pbf(tmp_path)
