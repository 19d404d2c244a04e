"""Boundaries: read in SWEREF 99 TM, areas in square metres, stored in WGS 84."""

import geopandas as gpd
import made_up
import pytest
import shapely

from dashboard.sources.area_codes import parse_area_code
from dashboard.sources.scb_areas import COLUMNS, SWEREF_99_TM, WGS_84, area_table, municipality_table, read_boundaries
from dashboard.sources.tidy import InputError

DESO_FILE = "scb_deso_2025_1487.gpkg"


@pytest.fixture
def with_boundaries(input_folder):
    input_folder.boundaries()
    return input_folder


def test_boundaries_are_read_and_counted(with_boundaries):
    frame, report = read_boundaries(with_boundaries.path / DESO_FILE, "desokod", {"regsokod": "regso"})
    assert list(frame.columns) == ["code", "regso", "geometry"]
    assert list(frame["code"]) == list(made_up.DESOS)
    assert (report.rows, report.kept) == (6, 6)


def test_another_coordinate_system_is_refused(input_folder):
    input_folder.boundaries(crs=3021)
    with pytest.raises(InputError, match=f"{DESO_FILE} is not in SWEREF 99 TM"):
        read_boundaries(input_folder.path / DESO_FILE, "desokod", {})


def test_a_file_without_the_code_is_refused(with_boundaries):
    with pytest.raises(InputError, match="lacks the column regsokod_2030"):
        read_boundaries(with_boundaries.path / DESO_FILE, "desokod", {"regsokod_2030": "regso"})


def test_a_file_that_is_no_geopackage_is_refused(input_folder):
    path = input_folder.path / DESO_FILE
    path.write_text("this is not a GeoPackage", "utf-8")
    with pytest.raises(InputError, match=f"{DESO_FILE} is not a readable GeoPackage"):
        read_boundaries(path, "desokod", {})


def test_a_polygon_that_crosses_itself_is_refused_and_named(input_folder):
    bow = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    frame = gpd.GeoDataFrame({"desokod": ["1487C1010"]}, geometry=[bow], crs=3006)
    frame.to_file(input_folder.path / DESO_FILE)
    with pytest.raises(InputError, match="the boundary of 1487C1010 is not a valid polygon"):
        read_boundaries(input_folder.path / DESO_FILE, "desokod", {})


def test_areas_are_in_square_metres_and_boundaries_in_wgs_84():
    shapes = gpd.GeoDataFrame({"code": ["1487C1010"]}, geometry=[made_up.square(0)], crs=3006)
    codes = [parse_area_code(code) for code in ("1487C1020", "1487C1010")]
    table = area_table(codes, shapes, {}, made_up.REGSO_OF, "generalised")
    assert tuple(table.columns) == COLUMNS
    assert table.crs.to_epsg() == 4326
    first, second = (table.iloc[n] for n in range(2))
    assert (first["area_code"], first["area_m2"], first["boundary"]) == (
        "1487C1010_DeSO2025",
        1_000_000.0,
        "generalised",
    )
    assert (first["kind"], first["regso_code"], first["name"]) == ("C", "1487R001_RegSO2025", None)
    assert 11 < first["geometry"].centroid.x < 13
    assert second["boundary"] == "none"
    assert second["geometry"] is None
    assert second["area_m2"] is None or second["area_m2"] != second["area_m2"]


def test_an_area_of_the_old_division_lies_in_a_neighbourhood_of_the_old_division():
    codes = [parse_area_code(f"{code}_{suffix}") for code in ("1487C1010",) for suffix in ("DeSO2018", "DeSO2025")]
    codes += [parse_area_code(f"1487R001_{suffix}") for suffix in ("RegSO2020", "RegSO2025")]
    codes.append(parse_area_code("1487C1099_DeSO2018"))
    table = area_table(codes, None, {}, {"1487C1010": "1487R001"}, "none").set_index("area_code")
    assert {code: regso if isinstance(regso, str) else None for code, regso in table["regso_code"].items()} == {
        "1487C1010_DeSO2018": "1487R001_RegSO2020",
        "1487C1010_DeSO2025": "1487R001_RegSO2025",
        "1487C1099_DeSO2018": None,
        "1487R001_RegSO2020": "1487R001_RegSO2020",
        "1487R001_RegSO2025": "1487R001_RegSO2025",
    }


def test_sweref_99_tm_and_wgs_84_agree_on_a_point_that_scb_gives_in_both():
    """A corner of DeSO 1280C1070, as SCB's service gives it in both; to a centimetre."""
    corner = gpd.GeoSeries([shapely.Point(379844.1709, 6156729.8055)], crs=SWEREF_99_TM).to_crs(WGS_84).iloc[0]
    assert corner.x == pytest.approx(13.09577306, abs=1e-7)
    assert corner.y == pytest.approx(55.5417832, abs=1e-7)


def test_the_home_municipality_has_the_outline_of_its_areas():
    shapes = gpd.GeoDataFrame({"code": made_up.DESOS}, geometry=[made_up.square(n) for n in range(6)], crs=3006)
    table = municipality_table({"1487": "Provkommun", "1485": "Granne"}, "1487", shapes)
    home = table.set_index("code").loc["1487"]
    assert home["area_m2"] == 6_000_000.0
    assert table.set_index("code").loc["1485", "boundary"] == "none"
    assert home["geometry"].geom_type == "Polygon"
