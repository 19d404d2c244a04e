"""Areas for a GIS from the page: the same files as the command writes, made apart, with the address of the view."""

import json
import subprocess

import pyogrio
import pytest

from dashboard.exports import areas_apart
from dashboard.exports.geopackage import GeoPackageError
from dashboard.views import districts_files
from dashboard.views.area_sheet import sheet_areas
from dashboard.views.batch_view import view_for_files
from dashboard.views.context import View

LINK = "https://example.org/stadsdelar?typ=A"


@pytest.fixture
def view(made_up_city, monkeypatch) -> View:
    monkeypatch.setattr(View, "link", lambda _: LINK)
    with made_up_city.in_use():
        yield view_for_files(made_up_city.settings())


def files(view: View) -> tuple[dict[str, object], list[str]]:
    areas = sheet_areas(view, "deso")[:2]
    found = districts_files.files_for_gis(view, "deso", areas)
    return {one.ending: one.make for one in found}, [area.area_code for area in areas]


def test_both_files_hold_the_chosen_areas_and_where_they_are_from(view, tmp_path):
    make, codes = files(view)
    assert list(make) == [".gpkg", ".geojson"]
    found = json.loads(make[".geojson"]())
    assert [one["properties"]["area_code"] for one in found["features"]] == codes
    assert found["features"][0]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    file = tmp_path / "a.gpkg"
    file.write_bytes(make[".gpkg"]())
    layer = pyogrio.read_dataframe(file, layer="deso")
    assert list(layer["area_code"]) == codes
    told = dict(pyogrio.read_dataframe(file, layer="about")[["what", "text"]].to_numpy())
    for one in (told, found["metadata"]):
        assert one["link"] == LINK
        assert one["data_sha256"] == view.warehouse.meta["fingerprint"]
        assert one["method_version"]
        assert one["made"].startswith("20")
    assert all(row["source"] and row["year"] for row in found["metadata"]["figures"])


def test_a_file_that_cannot_be_made_says_so(view, monkeypatch, caplog):
    def broken(*_: object, **__: object) -> bytes:
        raise GeoPackageError("no space")

    monkeypatch.setattr(districts_files, "geojson_bytes", broken)
    make, _ = files(view)
    assert make[".geojson"]().decode() == view.t("files.failed")
    assert "no space" in caplog.text


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("import sys; sys.exit('The disk is full.')", "The disk is full."),
        ("raise SystemExit(3)", "the process ended with 3"),
        ("pass", "the process ended with 0"),
    ],
)
def test_a_process_apart_that_gives_nothing_tells_why(monkeypatch, tmp_path, program, why):
    run = subprocess.run

    def another(command: list[str], **given: object) -> object:
        return run([command[0], "-c", program], **given)

    monkeypatch.setattr(areas_apart.subprocess, "run", another)
    with pytest.raises(GeoPackageError, match=why):
        areas_apart.geojson_apart([{"area_code": "1487C1010_DeSO2025"}], {}, tmp_path)
