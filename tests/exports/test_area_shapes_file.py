"""Areas for a GIS: metres in a GeoPackage, degrees in GeoJSON, an empty figure for what is not known."""

import json

import geopandas as gpd
import pyogrio
import pytest
import shapely

from dashboard.exports.area_shapes_file import areas_geojson, areas_geopackage

#: Four corners, one with many decimals, with a hole, its outer ring with the clock; and an area without a boundary.
HOLED = shapely.Polygon(
    [(12.2812345678, 58.2812345678), (12.28, 58.29), (12.30, 58.29), (12.30, 58.28)],
    [[(12.285, 58.283), (12.29, 58.283), (12.29, 58.286), (12.285, 58.286)]],
)
ROWS = [
    {"area_code": "B", "name": "Kronogården", "share": 14.25, "none": None, "why_empty": "none: för få"},
    {"area_code": "A", "name": "=1+1", "share": None, "none": None, "why_empty": "share: saknas"},
]


@pytest.fixture
def folder(tmp_path):
    shapes = [HOLED, None]
    areas = gpd.GeoDataFrame({"area_code": ["B", "A"]}, geometry=shapes, crs=4326)
    # The data may hold an area in several files, and lie in metres.
    areas.to_parquet(tmp_path / "deso.parquet")
    areas.iloc[:1].to_crs(3006).to_parquet(tmp_path / "regso.parquet")
    return tmp_path


def test_a_geopackage_is_in_metres_with_numbers_as_numbers(folder, tmp_path):
    file = tmp_path / "a.gpkg"
    file.write_bytes(areas_geopackage({"deso": ROWS, "regso": ROWS[:1]}, {"about": [{"text": "Källa: SCB"}]}, folder))
    assert pyogrio.list_layers(file).tolist() == [["deso", "MultiPolygon"], ["regso", "MultiPolygon"], ["about", None]]
    assert pyogrio.read_info(file, layer="deso")["crs"] == "EPSG:3006"
    found = pyogrio.read_dataframe(file, layer="deso")
    assert found["area_code"].tolist() == ["B", "A"]
    assert found["share"].tolist()[0] == 14.25
    assert found["share"].isna().tolist() == [False, True]
    # A figure that no area has is no text.
    assert (found["none"].dtype, found["none"].notna().any()) == ("float64", False)
    assert found["why_empty"].tolist() == ["none: för få", "share: saknas"]
    square, nothing = found.geometry
    assert nothing is None
    assert square.area == pytest.approx(gpd.GeoSeries([HOLED], crs=4326).to_crs(3006).area[0])
    assert pyogrio.read_dataframe(file, layer="about")["text"].tolist() == ["Källa: SCB"]


def test_geojson_is_in_degrees_with_six_decimals_and_rings_as_the_standard_wants_them(folder):
    found = json.loads(areas_geojson(ROWS, {"data_sha256": "abc"}, folder))
    assert (found["type"], found["metadata"]) == ("FeatureCollection", {"data_sha256": "abc"})
    assert "crs" not in found
    holed, bare = found["features"]
    assert (holed["properties"], bare["properties"]) == (ROWS[0], ROWS[1])
    assert bare["geometry"] is None
    outer, hole = (shapely.LinearRing(ring) for ring in holed["geometry"]["coordinates"])
    assert (outer.is_ccw, hole.is_ccw) == (True, False)
    assert shapely.Polygon(outer, [hole]).equals_exact(shapely.orient_polygons(HOLED), 1e-6)
    text = areas_geojson(ROWS, {}, folder).decode()
    assert "Kronogården" in text
    numbers = [str(one) for ring in holed["geometry"]["coordinates"] for point in ring for one in point]
    assert max(len(number.partition(".")[2]) for number in numbers) <= 6


def test_what_is_no_number_is_refused_rather_than_written(folder):
    with pytest.raises(ValueError, match="not JSON compliant"):
        areas_geojson([{**ROWS[0], "share": float("nan")}], {}, folder)
