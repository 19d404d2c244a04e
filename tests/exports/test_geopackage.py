"""GeoPackages: what a GIS finds in them, and that a failure is told and leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys

import pyogrio
import pytest

from dashboard.exports import geopackage as module
from dashboard.exports.geopackage import GeoPackageError, Layer, geopackage, write

LAYERS = [
    Layer("places", "Point", [{"name": "Torget", "metres": None, "points": [[341000.5, 6463000.25]]}]),
    Layer("ways", "LineString", [{"new": True, "points": [[341000, 6463000], [341100, 6463000], [341100, 6463050]]}]),
    Layer("nothing", "Point", []),
    Layer("method", "", [{"number": 1, "text": "Schematiskt gångnät"}, {"number": 2, "text": "Källa"}]),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("geopackage") / "scenario.gpkg"
    path.write_bytes(geopackage(LAYERS))
    return path


def test_the_layers_in_order_without_the_empty_one(file):
    assert pyogrio.list_layers(file).tolist() == [["places", "Point"], ["ways", "LineString"], ["method", None]]


def test_coordinates_are_metres_in_sweref_99_tm(file):
    assert pyogrio.read_info(file, layer="places")["crs"] == "EPSG:3006"
    assert pyogrio.read_info(file, layer="ways")["crs"] == "EPSG:3006"
    (point,) = pyogrio.read_dataframe(file, layer="places").geometry
    assert (point.x, point.y) == (341000.5, 6463000.25)
    (line,) = pyogrio.read_dataframe(file, layer="ways").geometry
    assert (line.length, len(line.coords)) == (150, 3)


def test_values_and_texts(file):
    places = pyogrio.read_dataframe(file, layer="places")
    assert places["name"].tolist() == ["Torget"]
    assert places["metres"].isna().all()
    assert pyogrio.read_dataframe(file, layer="ways")["new"].tolist() == [True]
    assert pyogrio.read_dataframe(file, layer="method")["text"].tolist() == ["Schematiskt gångnät", "Källa"]


def test_what_cannot_be_written_is_an_error_that_says_what_was_said():
    with pytest.raises(GeoPackageError, match="points"):
        geopackage([Layer("broken", "Point", [{"name": "without a position"}])])


def test_nothing_to_write_is_an_error():
    with pytest.raises(GeoPackageError, match="ended with 0"):
        geopackage([Layer("nothing", "Point", [])])


def test_what_takes_too_long_is_an_error(monkeypatch):
    monkeypatch.setattr(module, "SECONDS_IT_MAY_TAKE", 0.01)
    with pytest.raises(GeoPackageError, match=r"longer than 0\.01 s"):
        geopackage(LAYERS)


def test_nothing_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path))
    geopackage(LAYERS[:1])
    with pytest.raises(GeoPackageError):
        geopackage([Layer("broken", "Point", [{}])])
    assert list(tmp_path.iterdir()) == []


def test_gdal_stays_out_of_the_server():
    """What writes the file runs in a process of its own: importing the module loads none of it."""
    program = "import sys, dashboard.exports.geopackage; print({'pyogrio', 'geopandas', 'pandas'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "set()"


def test_writing_in_this_process(tmp_path):
    target = tmp_path / "other.gpkg"
    write([{"name": "places", "geometry": "Point", "rows": LAYERS[0].rows}], target)
    assert pyogrio.list_layers(target).tolist() == [["places", "Point"]]
