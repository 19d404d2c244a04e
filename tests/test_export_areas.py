"""`dashboard export areas`: boundaries with the figures of the screen, and what they are, in one file."""

import json

import duckdb
import pyogrio
import pytest

from dashboard.cli import main
from dashboard.warehouse.connection import Warehouse


@pytest.fixture
def city(made_up_city):
    with made_up_city.in_use():
        yield made_up_city


def run(*options):
    return main(["export", "areas", *map(str, options)])


def test_both_levels_become_layers_of_a_geopackage_with_what_they_are(city, tmp_path, capsys):
    file = tmp_path / "områden.gpkg"
    assert run("--output", file) == 0
    assert capsys.readouterr().out == f"{file}: 8 areas written.\n"
    assert [name for name, _ in pyogrio.list_layers(file)] == ["deso", "regso", "figures", "about"]
    warehouse = Warehouse(city.warehouse)
    rows = warehouse.rows("area_values", {"municipality": "1487", "level": "deso"})
    values = {row["area_code"]: row["value"] for row in rows if row["indicator"] == "foreign_background_share"}
    found = pyogrio.read_dataframe(file, layer="deso")
    assert dict(zip(found["area_code"], found["foreign_background_share"], strict=True)) == values
    assert (found.geometry.area > 0).all()
    figures = pyogrio.read_dataframe(file, layer="figures")
    (row,) = figures[(figures["column"] == "foreign_background_share") & (figures["level"] == "deso")].to_dict(
        "records"
    )
    assert (row["year"], row["unit"]) == ("2025", "%")
    assert "SCB" in row["source"]
    told = pyogrio.read_dataframe(file, layer="about").set_index("what")["text"]
    assert told["data_sha256"] == warehouse.meta["fingerprint"]
    assert told["boundaries"].startswith("Källa: SCB")
    warehouse.close()


def test_chosen_areas_become_geojson_and_what_is_held_back_is_empty_with_its_reason(built_city, tmp_path):
    with duckdb.connect(built_city.warehouse) as connection:
        connection.execute(
            "update observation set value = null, status = 'suppressed', note = 'suppressed_at_source'"
            " where area_code = '1487C1010_DeSO2025' and indicator = 'population'"
        )
    file = tmp_path / "a.geojson"
    with built_city.in_use():
        assert run("--output", file, "--format", "geojson", "--language", "en", "--area", "1487C1010", "1487C1020") == 0
    found = json.loads(file.read_text("utf-8"))
    one, other = (feature["properties"] for feature in found["features"])
    assert (one["code"], one["population"], other["code"]) == ("1487C1010", None, "1487C1020")
    assert one["why_empty"].startswith("Population: ")
    assert (other["population"], other["why_empty"]) == (1300, "")
    assert found["metadata"]["made"]
    assert {row["fetched"] for row in found["metadata"]["figures"]}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--format", "geojson"), "holds one level: name it with --level"),
        (("--area", "1488R001"), "There is no area 1488R001"),
    ],
)
def test_what_cannot_be_done_is_said(city, tmp_path, capsys, options, why):
    assert run("--output", tmp_path / "a.gpkg", *options) == 1
    assert why in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
