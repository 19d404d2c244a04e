"""Boundaries for the screen: simplified together, named after their content, of the home municipality alone."""

import json
import os

import made_up_divisions
import pytest
import shapely

from dashboard.sources.area_codes import parse_area_code
from dashboard.sources.scb_areas import area_table
from dashboard.warehouse.checks import read_areas
from dashboard.warehouse.screen_maps import TOLERANCE, extents, write_maps


@pytest.fixture(scope="module")
def areas(embedded):
    return read_areas(embedded)


@pytest.fixture(scope="module")
def written(areas, tmp_path_factory):
    folder = tmp_path_factory.mktemp("maps")
    return {level: folder / name for level, name in write_maps(areas, "1488", folder).items()}


def features(path):
    return json.loads(path.read_text("utf-8"))["features"]


def test_one_file_a_level_with_the_home_areas_alone(written):
    assert {level: len(features(path)) for level, path in written.items()} == {
        "deso": 32,
        "regso": 16,
        "municipality": 1,
    }
    assert all(one["properties"]["code"].startswith("1488") for path in written.values() for one in features(path))


def test_a_municipality_without_boundaries_has_no_files(areas, tmp_path):
    assert write_maps(areas, "1487", tmp_path / "maps") == {}
    assert extents(areas, "1487") == {}


def test_the_same_boundaries_give_the_same_file_and_name(areas, written, tmp_path):
    again = write_maps(areas, "1488", tmp_path)
    for level, name in again.items():
        assert name == written[level].name
        assert (tmp_path / name).read_bytes() == written[level].read_bytes()


def test_other_boundaries_give_another_name(areas, written, tmp_path):
    fewer = areas[areas["area_code"] != "1488C1010_DeSO2025"]
    assert write_maps(fewer, "1488", tmp_path)["deso"] != written["deso"].name


def drawn(path):
    return shapely.from_geojson([json.dumps(one["geometry"]) for one in features(path)])


@pytest.mark.parametrize("level", ["deso", "regso"])
def test_neighbours_still_fit_together_after_simplification(written, areas, level):
    shapes = drawn(written[level])
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes), "no overlaps, and every point of a common line is in both"
    together = shapely.coverage_union_all(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(together.area, rel=1e-12)
    assert holes(together) == [], "no slivers"
    home = areas[(areas["code"] == "1488")].to_crs(3006).geometry.iloc[0]
    assert together.area == pytest.approx(home.area, rel=0.002)


def holes(together):
    return [shapely.Polygon(ring).area for part in shapely.get_parts(together) for ring in part.interiors]


@pytest.mark.parametrize("points", [40, 400])
def test_a_detailed_coverage_fits_together_after_simplification_and_is_small(tmp_path, points):
    division = made_up_divisions.divisions(points)
    shapes = division["deso_2025"]
    codes = [parse_area_code(code) for code in shapes["code"]]
    table = area_table(codes, shapes, {}, made_up_divisions.REGSO_AFTER, "published")
    before = shapely.get_num_coordinates(shapes.geometry.to_numpy()).sum()
    path = tmp_path / write_maps(table, made_up_divisions.HOME, tmp_path)["deso"]
    simple = drawn(path)
    assert len(simple) == 6
    assert shapely.is_valid(simple).all()
    assert shapely.coverage_is_valid(simple)
    together = shapely.coverage_union_all(simple)
    assert holes(together) == []
    assert shapely.area(simple).sum() == pytest.approx(together.area, rel=1e-12)
    after = shapely.get_num_coordinates(simple).sum()
    assert points < 100 or (before > 20_000 and after < before / 8)
    assert path.stat().st_size < 60_000
    by_code = dict(zip(shapes["code"], shapes.geometry, strict=True))
    for one, shape in zip(features(path), simple, strict=True):
        original = by_code[one["properties"]["code"].partition("_")[0]]
        assert shape.area == pytest.approx(original.area, rel=0.02)


def test_files_are_small_enough_to_come_at_once(written):
    assert written["deso"].stat().st_size < 90_000
    assert written["regso"].stat().st_size < 90_000


def test_coordinates_are_whole_metres_of_sweref_99_tm(written):
    for one in features(written["regso"]):
        points = shapely.get_coordinates(shapely.from_geojson(json.dumps(one["geometry"])))
        assert (points == points.round()).all()
        assert 320_000 < points[:, 0].min() < points[:, 0].max() < 370_000
        assert 6_440_000 < points[:, 1].min() < points[:, 1].max() < 6_490_000


def test_outer_rings_run_clockwise(written):
    for path in written.values():
        for one in features(path):
            for part in shapely.get_parts(shapely.from_geojson(json.dumps(one["geometry"]))):
                assert not shapely.is_ccw(part.exterior)


def test_simplification_stays_below_what_a_screen_shows(written, areas):
    original = areas.set_index("area_code").to_crs(3006).geometry
    for one in features(written["regso"]):
        shape = shapely.from_geojson(json.dumps(one["geometry"]))
        moved = shapely.symmetric_difference(shape, original[one["properties"]["code"]]).area
        assert moved <= 4 * TOLERANCE * original[one["properties"]["code"]].length


def test_the_centre_is_the_box_around_the_central_locality(areas):
    boxes = extents(areas, "1488")
    assert set(boxes) == {"municipality", "centre"}
    west, south, east, north = boxes["municipality"]
    inner = boxes["centre"]
    assert west <= inner[0] < inner[2] <= east
    assert south <= inner[1] < inner[3] <= north
    centre = areas[(areas["municipality"] == "1488") & (areas["kind"] == "C")].to_crs(3006)
    bounds = centre.total_bounds
    assert inner[0] < bounds[0] < bounds[2] < inner[2]


def test_no_half_written_file_stays(written):
    (folder,) = {path.parent for path in written.values()}
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in written.values())


def test_maps_of_earlier_builds_go_when_nobody_can_have_them_on_screen(areas, tmp_path):
    old, young, other = (
        tmp_path / name for name in ("1488-deso-old.json", "1488-deso-young.json", "1487-deso-old.json")
    )
    for path in (old, young, other):
        path.write_text("{}", "utf-8")
    for path in (old, other):
        os.utime(path, (0, 0))
    kept = write_maps(areas, "1488", tmp_path)
    assert not old.exists()
    assert young.exists()
    assert other.exists()
    assert all((tmp_path / name).is_file() for name in kept.values())
